internal import AuditModel
internal import CTrustCheckModule

extension BoundRule {
  /// A fresh state; nil for kinds that judge batch by batch.
  public func makeState() throws(ModuleError) -> RuleState? {
    guard context.kind.kind.judgesAtFinish else { return nil }
    return try unsafe newState("state_create", submissionCount: 0) { state, error in
      unsafe functions.state_create(bound, state, error)
    }
  }

  /// Adds the state of the part that follows in file order.
  ///
  /// - Parameter submissionMap: submission n of `from` is submission `submissionMap[n]` of `into`.
  public func merge(into: RuleState, from: RuleState, submissionMap: [UInt32]) throws(ModuleError) {
    precondition(into.rule === self && from.rule === self, "A state is another rule's")
    guard UInt32(submissionMap.count) >= from.submissionCount else {
      throw context.error(
        "a state that is to be merged has met \(from.submissionCount) submissions, and only \(submissionMap.count) "
          + "are known")
    }
    try unsafe ErrorBuffer().call("merge", context) { error in
      unsafe submissionMap.withUnsafeBufferPointer { map in
        unsafe functions.merge(bound, into.pointer, from.pointer, map.baseAddress, UInt64(map.count), error)
      }
    }
    if let greatest = submissionMap.max() { into.submissionCount = max(into.submissionCount, greatest + 1) }
  }

  /// The verdicts that are not passes, in the order given.
  ///
  /// - Parameter organisation: the code a submission was matched to; nil when it was not matched.
  public func finish(
    _ state: RuleState, organisation: (UInt32) -> String?
  ) throws(ModuleError) -> [Judgement] {
    precondition(state.rule === self, "The state is another rule's")
    let sink = JudgementSink(
      evidenceReader, answers: context.kind.kind.answers, submissionCount: state.submissionCount)
    try context.withSubmissions(count: state.submissionCount, organisation: organisation) { () throws(ModuleError) in
      try unsafe ErrorBuffer().call("finish", context) { error in
        unsafe sink.withCStruct { sink in unsafe functions.finish(bound, state.pointer, sink, error) }
      }
    }
    if let fault = sink.fault { throw context.error(fault) }
    return sink.judgements
  }

  /// The state as bytes, which name their module, kind and version.
  public func save(_ state: RuleState) throws(ModuleError) -> [UInt8] {
    precondition(state.rule === self, "The state is another rule's")
    let sink = SavedStateSink(SavedState.header(savedStateOrigin, submissionCount: state.submissionCount))
    try unsafe ErrorBuffer().call("save", context) { error in
      unsafe sink.withCStruct { sink in unsafe functions.save(bound, state.pointer, sink, error) }
    }
    if let fault = sink.fault { throw context.error(fault) }
    return sink.bytes
  }

  /// A state from the bytes that `save` made; those of another module, kind or version are an error.
  public func load(_ bytes: [UInt8]) throws(ModuleError) -> RuleState {
    let saved: SavedState
    do {
      saved = try SavedState(bytes, expecting: savedStateOrigin)
    } catch {
      throw ModuleError(
        "The saved state for the rule \"\(context.rule)\" cannot be used: \(error.words). Audit the files again.")
    }
    return try unsafe newState("load", submissionCount: saved.submissionCount) { state, error in
      unsafe bytes[saved.content].withUnsafeBytes { content in
        unsafe functions.load(bound, content.baseAddress, UInt64(content.count), state, error)
      }
    }
  }

  private var savedStateOrigin: SavedState.Origin {
    let module = context.kind.module
    return SavedState.Origin(module: module.name, version: module.version, kind: context.kind.kind.name)
  }

  /// Takes over a state that one of the module's functions makes.
  private func newState(
    _ function: String, submissionCount: UInt32,
    _ body: (UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafeMutablePointer<tc_error>) -> UInt32
  ) throws(ModuleError) -> RuleState {
    var state: UnsafeMutableRawPointer?
    try unsafe ErrorBuffer().call(function, context) { error in unsafe body(&state, error) }
    guard let state = unsafe state else { throw context.error("its function \(function) gave no state") }
    return unsafe RuleState(state, of: self, submissionCount: submissionCount)
  }
}
