import AuditModel
import Columns
import Intake
import RulePacks

/// The records of all inputs, read, judged by the rules of one pack and folded in file order.
struct RecordRun {
  let plan: RecordPlan
  let inputs: [RunInput]
  let fold: AuditFold
  let places: PlaceBook
  private let intake: IntakePlan

  /// Reads and judges everything.
  ///
  /// - Parameter jobs: threads; they change nothing but the time.
  init(
    plan: RecordPlan, sources: [SubmissionSource], matcher: OrganisationMatcher, jobs: Int, partBytes: Int?,
    savesStates: Bool, progress: (@Sendable (Int) -> Void)?
  ) {
    self.plan = plan
    let intake = RecordRun.intake(plan.pack, partBytes: partBytes)
    self.intake = intake
    inputs = sources.enumerated().map { RunInput(source: $0.element, index: $0.offset) }
    let queue = PartQueue(
      inputs: inputs, fold: AuditFold(plan: plan, organisations: matcher, savesStates: savesStates),
      window: jobs * 2 + 2, progress: progress
    ) { (input) throws(IntakeError) in
      unsafe try input.source.open(intake) { unsafe input.hash.add($0) }
    }
    Workers.run(jobs) { _ in
      let reader = PartReader(intake)
      let evaluator = PartEvaluator(plan: plan)
      while let work = queue.next() {
        reader.start(work.part)
        let result = evaluator.evaluate(reader, sequence: work.sequence, input: work.input.index)
        queue.finish(work, result, reader.summary)
      }
    }
    fold = queue.fold
    places = PlaceBook(inputs, parts: queue.parts)
  }

  /// How files are read for a pack.
  static func intake(_ pack: RulePack, partBytes: Int?) -> IntakePlan {
    if let partBytes {
      return IntakePlan(
        fields: pack.fields, organisationCode: pack.organisationCode, organisationName: pack.organisationName,
        totals: pack.totals, partBytes: partBytes)
    }
    return IntakePlan(
      fields: pack.fields, organisationCode: pack.organisationCode, organisationName: pack.organisationName,
      totals: pack.totals)
  }

  /// Reads records again.
  ///
  /// - Parameter wanted: their places, with the positions of the fields whose values are wanted.
  func recall(_ wanted: [UInt64: Set<Int>]) -> [UInt64: RecalledRecord] {
    var bySequence: [Int: [UInt64: Set<Int>]] = [:]
    for (place, fields) in wanted { bySequence[PlaceBook.sequence(of: place), default: [:]][place] = fields }
    var sequencesByInput: [Int: [Int: Int]] = [:]
    for sequence in bySequence.keys {
      let part = places.part(sequence)
      sequencesByInput[part.input, default: [:]][part.ordinal] = sequence
    }
    var records: [UInt64: RecalledRecord] = [:]
    for (input, sequences) in sequencesByInput {
      let source = inputs[input].source
      guard let file = unsafe try? source.open(intake, onBytes: nil) else { continue }
      var missing = sequences.count
      while missing > 0, let part = try? file.nextPart() {
        guard let sequence = sequences[part.ordinal], let places = bySequence[sequence] else { continue }
        missing -= 1
        recall(places, in: part, sequence: sequence, into: &records)
      }
    }
    return records
  }

  private func recall(
    _ wanted: [UInt64: Set<Int>], in part: SourcePart, sequence: Int, into records: inout [UInt64: RecalledRecord]
  ) {
    let reader = PartReader(intake)
    let batch = PartEvaluator.batch(plan)
    let drafter = Drafter(plan: plan)
    reader.start(part)
    while reader.nextBatch(into: batch) {
      for row in 0..<batch.count {
        let place = PlaceBook.place(sequence: sequence, record: batch.places[row])
        guard let fields = wanted[place] else { continue }
        records[place] = drafter.recalled(batch, row, fields: fields)
      }
    }
  }
}

extension SubmissionSource {
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
