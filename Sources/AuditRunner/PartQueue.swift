import AuditModel
import Intake

/// One file of the run, in the order of the run.
final class RunInput: @unchecked Sendable {
  let source: SubmissionSource
  let index: Int
  /// Nil until it was opened, and when it could not be.
  var file: SourceFile?
  var problem: Problem?
  var records = 0
  /// Totals that differ from the sums of their parts.
  var differences: [TotalDifference] = []
  var hash = Digest()
  var sha256 = ""

  init(source: SubmissionSource, index: Int) {
    self.source = source
    self.index = index
  }
}

/// The parts of all inputs in file order, handed out to threads and folded in the same order.
///
/// Where a part ends is decided by its input alone; how many threads there are changes nothing but the time.
final class PartQueue: @unchecked Sendable {
  struct Work {
    let part: SourcePart
    let sequence: Int
    let input: RunInput
  }

  private let monitor = Monitor()
  private let inputs: [RunInput]
  private let open: (RunInput) throws(IntakeError) -> SourceFile
  private let window: Int
  private var current = 0
  private var sequence = 0
  private var folded = 0
  private var waiting: [Int: (PartResult, PartSummary)] = [:]
  private(set) var fold: AuditFold
  /// Of every part by its number: its input and its number there.
  private(set) var parts: [(input: Int, ordinal: Int)] = []
  private let progress: (@Sendable (Int) -> Void)?

  /// - Parameter window: how many parts may be under way or waiting for those before them; bounds the memory.
  init(
    inputs: [RunInput], fold: AuditFold, window: Int, progress: (@Sendable (Int) -> Void)?,
    open: @escaping (RunInput) throws(IntakeError) -> SourceFile
  ) {
    self.inputs = inputs
    self.fold = fold
    self.window = window
    self.progress = progress
    self.open = open
  }

  /// The next part, or nil when there is none left.
  func next() -> Work? {
    monitor.locked {
      while current < inputs.count {
        while sequence - folded >= window { monitor.wait() }
        guard current < inputs.count else { break }
        let input = inputs[current]
        do throws(IntakeError) {
          if input.file == nil { input.file = try open(input) }
          if let part = try input.file!.nextPart() {
            sequence += 1
            parts.append((input.index, part.ordinal))
            return Work(part: part, sequence: sequence - 1, input: input)
          }
          input.sha256 = input.hash.hex()
        } catch {
          input.problem = PartQueue.problem(error, recordsBefore: input.file != nil)
        }
        current += 1
      }
      return nil
    }
  }

  /// What is said of a file that could not be read, or not to its end.
  private static func problem(_ error: IntakeError, recordsBefore isOpen: Bool) -> Problem {
    let kept = isOpen ? " The records before it were audited, those after it were not." : ""
    return Problem(subject: error.subject, message: error.message + kept, advice: error.advice)
  }

  /// Takes what a part came to and folds all parts that are complete up to it.
  func finish(_ work: Work, _ result: PartResult, _ summary: PartSummary) {
    monitor.locked {
      waiting[work.sequence] = (result, summary)
      while let (next, summary) = waiting.removeValue(forKey: folded) {
        let input = inputs[next.input]
        input.file?.note(summary)
        input.records += next.rows.reduce(0, +)
        fold.add(next, override: input.source.organisation)
        folded += 1
      }
      progress?(fold.rows)
      monitor.signalAll()
    }
  }
}
