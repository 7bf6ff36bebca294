internal import AuditModel
internal import CTrustCheckModule
public import Columns
internal import Expressions
internal import Synchronization

/// What one caller needs to call a bound rule: verdicts and the memory that crosses, used again from call to call.
///
/// One caller at a time.
@safe
public final class CallFrame {
  /// The rows that the last `check` failed.
  public private(set) var failed = Bitmap(count: 0)
  /// The rows that the last `check` could not tell.
  public private(set) var unknown = Bitmap(count: 0)
  /// The first error an expression ran into in the last `check`.
  public private(set) var firstExpressionError: String?

  let context: RuleContext
  private let errors = ErrorBuffer()
  /// The types of the bound fields, and the batch column of each.
  private let types: [FieldType]
  private let columns: [Int]
  private var number: UInt32 = 0
  private var call: UInt32 = 0

  private let arena = Arena()
  private var tree: ArrowBatch
  private let record: UnsafeMutablePointer<tc_batch>
  private var verdicts: VerdictWords

  // What `evaluate` uses, under the lock: a module may call it from threads of its own.
  private let lock = Mutex<Void>(())
  private var batch: Batch?
  private var selection = Bitmap(count: 0)
  private var outcome = TriState()
  private var expressionError: String?
  /// What the module asked of the host that it may not.
  private var misuse: String?

  init(context: RuleContext, types: [FieldType], columns: [Int]) {
    self.context = context
    self.types = types
    self.columns = columns
    tree = ArrowBatch(types: types)
    unsafe record = unsafe arena.allocateStructs(tc_batch.self)
    verdicts = VerdictWords(rows: Batch.standardCapacity)
    number = context.register(self)
  }

  deinit { context.forget(frame: number) }

  // MARK: Calls

  /// Hands a batch to one of the module's functions and takes it back.
  ///
  /// - Parameter function: the function's name, for errors.
  @unsafe
  func perform(
    _ function: String, _ batch: Batch,
    _ body: (UnsafePointer<tc_batch>, UnsafeMutablePointer<tc_error>) -> UInt32
  ) throws(ModuleError) {
    begin(batch)
    var failure: ModuleError?
    do {
      try unsafe errors.call(function, context) { error in unsafe body(record, error) }
    } catch {
      failure = error
    }
    if let complaint = end() { throw context.error(complaint) }
    if let failure { throw failure }
  }

  private func begin(_ batch: Batch) {
    tree.fill(batch, columns: columns)
    call &+= 1
    let handle = CallHandle(frame: number, call: call)
    unsafe record.initialize(
      to: tc_batch(
        struct_size: UInt32(MemoryLayout<tc_batch>.size), reserved: 0, row_count: UInt64(batch.count),
        records: tree.root, handle: UnsafeMutableRawPointer(bitPattern: handle.bits)))
    lock.withLock { _ in
      self.batch = batch
      if selection.count != batch.count { selection = Bitmap(count: batch.count) }
      expressionError = nil
      misuse = nil
    }
  }

  /// What the module did wrong with the batch, if anything.
  private func end() -> String? {
    let misuse = lock.withLock { _ in
      batch = nil
      return self.misuse
    }
    if tree.settle() { return misuse }
    tree.abandon()
    tree = ArrowBatch(types: types)
    return "it moved the batch's array, or a part of it, and did not release it before it returned"
  }

  /// Judges rows; the verdicts are in `failed` and `unknown` afterwards.
  @unsafe
  func check(
    _ batch: Batch, selected: Bitmap, mayFail: Bool,
    _ body: (
      UnsafePointer<tc_batch>, UnsafePointer<UInt64>, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>,
      UnsafeMutablePointer<tc_error>
    ) -> UInt32
  ) throws(ModuleError) {
    verdicts.clear(rows: batch.count)
    firstExpressionError = nil
    let chosen = unsafe verdicts.copy(selected)
    try unsafe perform("check", batch) { batch, error in
      unsafe body(batch, chosen, verdicts.failed, verdicts.unknown, error)
    }
    firstExpressionError = expressionError
    if let fault = verdicts.fault(selected, mayFail: mayFail) { throw context.error(fault) }
    unsafe CallFrame.load(verdicts.failed, count: batch.count, into: &failed)
    unsafe CallFrame.load(verdicts.unknown, count: batch.count, into: &unknown)
  }

  @unsafe
  private static func load(_ words: UnsafePointer<UInt64>, count: Int, into bitmap: inout Bitmap) {
    if bitmap.count != count { bitmap = Bitmap(count: count) }
    unsafe bitmap.replaceWords(from: words)
  }

  // MARK: Expressions

  /// Evaluates a condition for the module over the batch of the call under way.
  ///
  /// - Parameter condition: returns what is wrong with the request, or nil.
  @unsafe
  func evaluate(
    call: UInt32, selected: UnsafePointer<UInt64>, isTrue: UnsafeMutablePointer<UInt64>,
    isUnknown: UnsafeMutablePointer<UInt64>, _ condition: (Batch, Bitmap, inout TriState) -> String?
  ) -> UInt32 {
    lock.withLock { _ in
      guard let batch, call == self.call else { return TC_FAILED }
      unsafe CallFrame.load(selected, count: batch.count, into: &selection)
      outcome.firstError = nil
      if let fault = condition(batch, selection, &outcome) {
        misuse = misuse ?? fault
        return TC_FAILED
      }
      for index in 0..<Bitmap.wordCount(batch.count) {
        unsafe isTrue[index] = outcome.isTrue.words[index]
        unsafe isUnknown[index] = outcome.isUnknown.words[index] | outcome.isError.words[index]
      }
      expressionError = expressionError ?? outcome.firstError
      return TC_OK
    }
  }
}
