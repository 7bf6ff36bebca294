internal import AuditModel
internal import CTrustCheckModule
public import Columns
internal import Expressions

/// A rule bound in its module; may be used from several threads at once.
///
/// The module frees its part when the last reference goes away.
@safe
public final class BoundRule: @unchecked Sendable {
  // Sendable: never changed after it is made, by the host or by the module.

  /// The batch columns of the bound fields, in the module's order: those that were given, then the host's own fields for
  /// kinds that read organisations. Positions of fields in evidence and judgements index it.
  public let columns: [Int]

  let context: RuleContext
  let bound: UnsafeMutableRawPointer?
  private let types: [FieldType]
  private let memory: BindingMemory

  var functions: tc_kind { unsafe context.kind.functions.pointee }

  /// Calls the module's `bind`.
  init(
    _ context: RuleContext, asOf: CalendarDate, fields: [Field], columns: [Int], parameters: [RuleParameter],
    expressionCount: Int
  ) throws(ModuleError) {
    let memory = BindingMemory(
      context, asOf: asOf, fields: fields, parameters: parameters, expressionCount: expressionCount)
    var bound: UnsafeMutableRawPointer?
    let kind = unsafe context.kind.functions
    try unsafe ErrorBuffer().call("bind", context) { error in
      unsafe kind.pointee.bind(memory.host, kind, memory.binding, &bound, error)
    }
    unsafe self.bound = unsafe bound
    self.context = context
    self.columns = columns
    self.memory = memory
    types = fields.map(\.type)
  }

  deinit {
    unsafe functions.unbind(bound)
  }

  /// Memory for calls; one caller at a time.
  public func makeFrame() -> CallFrame {
    CallFrame(context: context, types: types, columns: columns)
  }

  /// Judges rows; the verdicts are in the frame afterwards.
  ///
  /// - Parameters:
  ///   - state: collects what is judged at the end; nil for kinds that judge batch by batch.
  ///   - selected: the rows to judge.
  ///   - frame: one of this rule's.
  public func check(
    _ batch: Batch, state: RuleState?, selected: Bitmap, frame: CallFrame
  ) throws(ModuleError) {
    precondition(frame.context === context, "The frame is another rule's")
    precondition(selected.count == batch.count, "The selection is of another batch")
    let atFinish = context.kind.kind.judgesAtFinish
    precondition((state != nil) == atFinish, "A state goes with kinds that judge at the end, and only with them")
    precondition(state == nil || state?.rule === self, "The state is another rule's")
    state?.meet(batch)
    try unsafe frame.check(batch, selected: selected, mayFail: !atFinish) { records, selected, failed, unknown, error in
      unsafe functions.check(bound, state?.pointer, records, selected, failed, unknown, error)
    }
  }

  /// Evidence for rows of the batch, in the order of `rows`; rows the module has nothing to say of have none.
  ///
  /// - Parameter rows: 0-based, each once; rows that failed, for kinds that classify any rows.
  public func explain(_ batch: Batch, rows: [UInt32], frame: CallFrame) throws(ModuleError) -> [Explanation] {
    precondition(frame.context === context, "The frame is another rule's")
    precondition(rows.allSatisfy { $0 < batch.count }, "A row to explain is not in the batch")
    guard let explain = unsafe functions.explain, !rows.isEmpty else { return [] }
    let sink = ExplanationSink(evidenceReader, rows: rows)
    try unsafe frame.perform("explain", batch) { records, error in
      unsafe sink.withCStruct { sink in
        unsafe rows.withUnsafeBufferPointer { rows in
          unsafe explain(bound, records, rows.baseAddress, UInt64(rows.count), sink, error)
        }
      }
    }
    if let fault = sink.fault { throw context.error(fault) }
    return sink.explanations
  }

  var evidenceReader: EvidenceReader {
    EvidenceReader(names: context.kind.evidence, fieldCount: columns.count)
  }
}
