import AuditModel
import Columns
import Intake
import LocalFiles
import RulePacks

/// The records of all inputs, read, judged by the rules of one pack and folded in file order.
struct RecordRun {
  let plan: RecordPlan
  let inputs: [RunInput]
  let fold: AuditFold
  let places: PlaceBook
  private let intake: IntakePlan
  private let jobs: Int

  /// Reads and judges everything.
  ///
  /// - Parameter jobs: threads; they change nothing but the time.
  init(
    plan: RecordPlan, sources: [SubmissionSource], matcher: OrganisationMatcher, jobs: Int, partBytes: Int?,
    savesStates: Bool, progress: (@Sendable (Int) -> Void)?
  ) {
    self.plan = plan
    let intake = IntakePlan(plan.pack, partBytes: partBytes)
    self.intake = intake
    self.jobs = jobs
    inputs = sources.enumerated().map { RunInput(source: $0.element, index: $0.offset) }
    let queue = PartQueue(
      inputs: inputs, fold: AuditFold(plan: plan, organisations: matcher, savesStates: savesStates),
      window: min(jobs, Workers.limit) * 2 + 2, progress: progress
    ) { (input) throws(IntakeError) in
      unsafe try input.source.open(intake) { unsafe input.hash.add($0) }
    }
    Workers.run(jobs) { _ in
      let reader = PartReader(intake)
      let evaluator = PartEvaluator(plan: plan)
      while let work = queue.next() {
        reader.start(work.part)
        let result = evaluator.evaluate(
          reader, sequence: work.sequence, input: work.input.index, organisation: work.input.source.organisation)
        queue.finish(work, result, reader.summary)
      }
    }
    fold = queue.fold
    for input in inputs { RecordRun.compareTotals(of: input, intake) }
    places = PlaceBook(inputs, parts: queue.parts)
  }

  /// Compares the totals that a file gives with the sums of what it is of; what came over a pipe is gone.
  private static func compareTotals(of input: RunInput, _ intake: IntakePlan) {
    guard let file = input.file else { return }
    input.differences = file.differences
    guard file.forgiven.contains(where: { $0.kind == .totalRow }), input.source.canBeReadAgain else { return }
    do {
      input.differences += try TotalsCheck(intake).differences(in: unsafe input.source.open(intake, onBytes: nil))
    } catch {
      // That the file cannot be read is a problem already, where it could not be read the first time.
    }
  }

  /// Adds the rules that read records, their entries and findings to the ledger.
  func settle(into book: inout LedgerBook) {
    let findings = FindingsSettlement(
      plan: plan, subjects: fold.submissions.map { ($0.match.key, $0.match.organisation) }, places: places)
    var settlement = RecordSettlement(plan: plan, fold: fold, findings: findings, recall: recall)
    settlement.settle(into: &book)
  }

  /// Reads records again.
  ///
  /// - Parameter wanted: their places, with the positions of the fields whose values are wanted.
  func recall(_ wanted: [UInt64: Set<Int>]) -> [UInt64: RecalledRecord] {
    let bySequence = Dictionary(grouping: wanted) { PlaceBook.sequence(of: $0.key) }
      .mapValues { Dictionary(uniqueKeysWithValues: $0.map { ($0.key, $0.value) }) }
    var sequencesByInput: [Int: [Int: Int]] = [:]
    for sequence in bySequence.keys {
      let part = places.part(sequence)
      sequencesByInput[part.input, default: [:]][part.ordinal] = sequence
    }
    let results = RecalledRecords()
    for (input, sequences) in sequencesByInput {
      let source = inputs[input].source
      // What came over a pipe is gone.
      guard source.canBeReadAgain, let file = unsafe try? source.open(intake, onBytes: nil) else { continue }
      let parts = WantedParts(file, count: sequences.count) { sequences[$0] }
      Workers.run(jobs) { _ in
        let reader = PartReader(intake)
        let batch = PartEvaluator.batch(plan)
        let drafter = Drafter(plan: plan)
        while let (part, sequence) = parts.next() {
          guard let places = bySequence[sequence] else { continue }
          results.add(recalled(places, in: part, sequence: sequence, reader, batch, drafter))
        }
      }
    }
    return results.all
  }

  private func recalled(
    _ wanted: [UInt64: Set<Int>], in part: SourcePart, sequence: Int, _ reader: PartReader, _ batch: Batch,
    _ drafter: Drafter
  ) -> [UInt64: RecalledRecord] {
    var records: [UInt64: RecalledRecord] = [:]
    reader.start(part, only: wanted.keys.map { UInt32(truncatingIfNeeded: $0) }.sorted())
    while reader.nextBatch(into: batch) {
      for row in 0..<batch.count {
        let place = PlaceBook.place(sequence: sequence, record: batch.places[row])
        if let fields = wanted[place] { records[place] = drafter.recalled(batch, row, fields: fields) }
      }
    }
    return records
  }
}

/// Hands the parts of a file that are wanted to several threads.
private final class WantedParts: @unchecked Sendable {
  private let monitor = Monitor()
  private let file: SourceFile
  private let sequence: (Int) -> Int?
  private var left: Int

  /// - Parameter sequence: the number among all parts of a part of the file, when it is wanted.
  init(_ file: SourceFile, count: Int, sequence: @escaping (Int) -> Int?) {
    self.file = file
    left = count
    self.sequence = sequence
  }

  func next() -> (part: SourcePart, sequence: Int)? {
    monitor.locked {
      while left > 0, let part = try? file.nextPart() {
        guard let sequence = sequence(part.ordinal) else { continue }
        left -= 1
        return (part, sequence)
      }
      return nil
    }
  }
}

/// Collects what several threads have read again.
private final class RecalledRecords: @unchecked Sendable {
  private let monitor = Monitor()
  private(set) var all: [UInt64: RecalledRecord] = [:]

  func add(_ records: [UInt64: RecalledRecord]) {
    monitor.locked { all.merge(records) { first, _ in first } }
  }
}

extension SubmissionSource {
  /// False for pipes and devices.
  fileprivate var canBeReadAgain: Bool { content != nil || LocalFiles.kind(path) == .file }

  /// Opens the file, or what is at hand.
  ///
  /// - Parameter onBytes: sees every byte once, in order.
  fileprivate func open(
    _ plan: IntakePlan, onBytes: ((UnsafeRawBufferPointer) -> Void)?
  ) throws(IntakeError) -> SourceFile {
    if let content { return try SourceFile.open(bytes: content, name: name, plan: plan, settings: settings) }
    return unsafe try SourceFile.open(path: path, name: name, plan: plan, settings: settings, onBytes: onBytes)
  }
}
