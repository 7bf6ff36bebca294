internal import AuditModel
internal import CTrustCheckModule
internal import Columns
internal import Expressions
internal import Synchronization

/// What the host's services for one bound rule work with. `tc_host.context` points to it.
@safe
final class RuleContext: @unchecked Sendable {
  // Sendable: what changes is under locks.

  let kind: ModuleKind
  let rule: String
  let services: ModuleServices
  private let expressions: [CompiledExpression]
  /// Each with the batch column of the field it is matched against; nil when no parameter uses it.
  private let patterns: [(pattern: CompiledPattern, column: Int?)]
  private let frames = Mutex<FrameTable>(FrameTable())
  private let messagesLogged = Mutex<Int>(0)
  private let finishing = Mutex<Void>(())
  private let submissions = Mutex<Submissions?>(nil)

  private struct WeakFrame: @unchecked Sendable {
    weak var frame: CallFrame?
  }

  private struct FrameTable {
    var byNumber: [UInt32: WeakFrame] = [:]
    var last: UInt32 = 0
  }

  /// The submissions that `describe` may tell of, while `finish` runs.
  private struct Submissions: @unchecked Sendable {
    let count: UInt32
    let organisation: (UInt32) -> String?
  }

  init(
    kind: ModuleKind, rule: String, services: ModuleServices, expressions: [CompiledExpression],
    patterns: [(pattern: CompiledPattern, column: Int?)]
  ) {
    self.kind = kind
    self.rule = rule
    self.services = services
    self.expressions = expressions
    self.patterns = patterns
  }

  // MARK: Errors

  /// An error of the module at this rule; `words` go on from a colon and have no full stop.
  func error(_ words: String) -> ModuleError {
    ModuleError(
      "The module \"\(kind.module.name)\" went wrong at the rule \"\(rule)\" (\(kind.kind.name)): \(words).")
  }

  // MARK: Frames

  /// A number that no other frame of the rule has, 1 at least.
  func register(_ frame: CallFrame) -> UInt32 {
    let entry = WeakFrame(frame: frame)
    return frames.withLock { table in
      repeat { table.last = table.last == .max ? 1 : table.last + 1 } while table.byNumber[table.last] != nil
      table.byNumber[table.last] = entry
      return table.last
    }
  }

  func forget(frame number: UInt32) {
    frames.withLock { table in _ = table.byNumber.removeValue(forKey: number) }
  }

  private func frame(_ number: UInt32) -> CallFrame? {
    let entry = frames.withLock { $0.byNumber[number] }
    return entry?.frame
  }

  // MARK: Services

  /// `tc_host.evaluate`.
  @unsafe
  func evaluate(
    handle: UInt, expression: UInt64, selected: UnsafePointer<UInt64>, isTrue: UnsafeMutablePointer<UInt64>,
    isUnknown: UnsafeMutablePointer<UInt64>
  ) -> UInt32 {
    guard let frame = frame(CallHandle(handle).frame) else { return TC_FAILED }
    return unsafe frame.evaluate(
      call: CallHandle(handle).call, selected: selected, isTrue: isTrue, isUnknown: isUnknown
    ) { batch, selection, outcome in
      if expression < UInt64(expressions.count) {
        expressions[Int(expression)].evaluate(batch, selected: selection, into: &outcome)
        return nil
      }
      let index = expression - UInt64(expressions.count)
      guard index < UInt64(patterns.count), let column = patterns[Int(index)].column else {
        return "it asked for expression \(expression), and the rule has no such expression"
      }
      patterns[Int(index)].pattern.evaluate(batch, column: column, selected: selection, into: &outcome)
      return nil
    }
  }

  /// Runs `body`, during which `organisation(of:)` answers; one call at a time.
  func withSubmissions<Result: Sendable, Failure: Error>(
    count: UInt32, organisation: (UInt32) -> String?, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withoutActuallyEscaping(organisation) { (organisation) throws(Failure) -> Result in
      let open = Submissions(count: count, organisation: organisation)
      // A rule may finish several states, and `describe` does not say for which it asks.
      return try finishing.withLock { (_) throws(Failure) -> Result in
        submissions.withLock { $0 = open }
        defer { submissions.withLock { $0 = nil } }
        return try body()
      }
    }
  }

  /// The code that a submission was matched to, empty when it was not; nil when there is no such submission, or `finish`
  /// does not run.
  func organisation(of submission: UInt32) -> String? {
    submissions.withLock { open in
      guard let open, submission < open.count else { return nil }
      return open.organisation(submission) ?? ""
    }
  }

  func log(isWarning: Bool, _ message: String) {
    let number = messagesLogged.withLock { count in
      count = min(count + 1, Limits.logMessages + 1)
      return count
    }
    if number < Limits.logMessages {
      services.log(isWarning, "\(kind.module.name): \(message)")
    } else if number == Limits.logMessages {
      services.log(isWarning, "\(kind.module.name): \(message) (further messages at the rule \(rule) are dropped)")
    }
  }
}

/// The batch handle of a call: a number, not an address, so that a module cannot make the host follow a wrong one.
struct CallHandle {
  let frame: UInt32
  /// Counts the frame's calls, so that the handle of an earlier one is told apart.
  let call: UInt32

  init(frame: UInt32, call: UInt32) {
    self.frame = frame
    self.call = call
  }

  init(_ bits: UInt) {
    frame = UInt32(truncatingIfNeeded: bits >> 32)
    call = UInt32(truncatingIfNeeded: bits)
  }

  var bits: UInt { UInt(frame) << 32 | UInt(call) }
}
