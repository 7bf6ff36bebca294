internal import CTrustCheckModule
internal import Columns

/// What a kind that judges at the end has collected; one caller at a time. Freed with its last reference.
@safe
public final class RuleState: @unchecked Sendable {
  // Sendable: may go from thread to thread, and has one caller at a time.

  let rule: BoundRule
  let pointer: UnsafeMutableRawPointer
  /// One more than the greatest number of a submission it has met.
  var submissionCount: UInt32

  /// Takes over a state that the module made.
  @unsafe
  init(_ pointer: UnsafeMutableRawPointer, of rule: BoundRule, submissionCount: UInt32) {
    unsafe self.pointer = unsafe pointer
    self.rule = rule
    self.submissionCount = submissionCount
  }

  deinit {
    unsafe rule.functions.state_free(rule.bound, pointer)
  }

  /// Counts the submissions of a batch.
  func meet(_ batch: Batch) {
    let submissions = unsafe batch.submissions.base
    precondition(batch.count <= batch.submissions.count)
    var greatest: UInt32 = 0
    for row in 0..<batch.count { greatest = max(greatest, unsafe submissions[row]) }
    if batch.count > 0 { submissionCount = max(submissionCount, greatest + 1) }
  }
}
