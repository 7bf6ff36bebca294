import CTrustCheckModule

/// A bound rule behind the C boundary, whatever its kind: the callbacks are no generic functions, this class is their
/// one dynamic call a batch.
class BoundRule {
  func check(_ batch: Batch, _ verdicts: Verdicts, state: UnsafeMutableRawPointer?) throws(ModuleFailure) {}
  func explain(_ rows: [Row], of batch: Batch, _ explanations: inout Explanations) throws(ModuleFailure) {}
  /// States are retained objects; the host releases them by `state_free`.
  func makeState() -> UnsafeMutableRawPointer? { nil }
  func merge(
    _ next: UnsafeRawPointer, into state: UnsafeMutableRawPointer, submissions: [UInt32]
  ) throws(ModuleFailure) {}
  func save(_ state: UnsafeRawPointer) -> [UInt8] { [] }
  func load(_ bytes: [UInt8]) throws(ModuleFailure) -> UnsafeMutableRawPointer? { nil }
  func finish(_ state: UnsafeMutableRawPointer, _ judgements: inout Judgements) throws(ModuleFailure) {}
}

final class BoundBatchCheck<Check: BatchCheck>: BoundRule {
  private let rule: Check

  init(_ binding: Binding) throws(ModuleFailure) {
    rule = try Check(binding)
  }

  override func check(
    _ batch: Batch, _ verdicts: Verdicts, state: UnsafeMutableRawPointer?
  ) throws(ModuleFailure) {
    try rule.check(batch, verdicts)
  }

  override func explain(
    _ rows: [Row], of batch: Batch, _ explanations: inout Explanations
  ) throws(ModuleFailure) {
    try rule.explain(rows, of: batch, &explanations)
  }
}

final class BoundFinishCheck<Check: FinishCheck>: BoundRule {
  private let rule: Check

  private final class StateBox {
    var state: Check.State
    init(_ state: Check.State) { self.state = state }
  }

  init(_ binding: Binding) throws(ModuleFailure) {
    rule = try Check(binding)
  }

  override func check(
    _ batch: Batch, _ verdicts: Verdicts, state: UnsafeMutableRawPointer?
  ) throws(ModuleFailure) {
    guard let state = unsafe state else { throw ModuleFailure("The host gave no state") }
    try unsafe rule.collect(batch, verdicts, into: &box(state).state)
  }

  override func explain(
    _ rows: [Row], of batch: Batch, _ explanations: inout Explanations
  ) throws(ModuleFailure) {
    try rule.explain(rows, of: batch, &explanations)
  }

  override func makeState() -> UnsafeMutableRawPointer? { unsafe retained(rule.makeState()) }

  override func merge(
    _ next: UnsafeRawPointer, into state: UnsafeMutableRawPointer, submissions: [UInt32]
  ) throws(ModuleFailure) {
    try unsafe rule.merge(box(next).state, into: &box(state).state, submissions: submissions)
  }

  override func save(_ state: UnsafeRawPointer) -> [UInt8] {
    var writer = StateWriter()
    unsafe rule.save(box(state).state, &writer)
    return writer.bytes
  }

  override func load(_ bytes: [UInt8]) throws(ModuleFailure) -> UnsafeMutableRawPointer? {
    var reader = StateReader(bytes)
    let state = try rule.load(&reader)
    try reader.expectEnd()
    return unsafe retained(state)
  }

  override func finish(
    _ state: UnsafeMutableRawPointer, _ judgements: inout Judgements
  ) throws(ModuleFailure) {
    try unsafe rule.finish(box(state).state, &judgements)
  }

  private func box(_ state: UnsafeRawPointer) -> StateBox {
    unsafe Unmanaged<StateBox>.fromOpaque(state).takeUnretainedValue()
  }

  private func retained(_ state: Check.State) -> UnsafeMutableRawPointer {
    unsafe Unmanaged.passRetained(StateBox(state)).toOpaque()
  }
}
