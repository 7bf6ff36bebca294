internal import AuditModel
internal import CTrustCheckModule

/// Collects the verdicts of `finish`.
@safe
final class JudgementSink: Sink {
  private var reader: EvidenceReader
  private let answers: CheckKind.Answers
  private let submissionCount: UInt32
  private let limit: Int
  private(set) var judgements: [Judgement] = []

  /// - Parameters:
  ///   - submissionCount: the number of submissions that the state has met.
  ///   - limit: the greatest number of verdicts.
  init(
    _ reader: EvidenceReader, answers: CheckKind.Answers, submissionCount: UInt32, limit: Int = Limits.judgements
  ) {
    self.reader = reader
    self.answers = answers
    self.submissionCount = submissionCount
    self.limit = limit
  }

  @unsafe
  override func judged(
    _ place: UInt64, _ submission: UInt32, _ verdict: UInt32, _ field: UInt32,
    _ evidence: UnsafePointer<UnsafePointer<tc_evidence>?>?, _ count: UInt64
  ) throws(ModuleText.Fault) {
    guard judgements.count < limit else {
      throw ModuleText.Fault(words: "it gave more than \(limit) verdicts")
    }
    guard let known = Judgement.Verdict(rawValue: verdict) else {
      throw ModuleText.Fault(words: "it gave the verdict \(verdict), which this version of trustcheck does not know")
    }
    var judgement = Judgement(place: nil, submission: nil, verdict: known)
    if answers == .record {
      guard place != .max else { throw ModuleText.Fault(words: "it gave a verdict on a record without its place") }
      judgement.place = place
    } else if place != .max {
      throw ModuleText.Fault(words: "it gave the place of a record, and the kind does not answer records")
    }
    if answers == .round {
      guard submission == .max else {
        throw ModuleText.Fault(words: "it gave a submission, and the kind answers the round")
      }
    } else {
      guard submission < submissionCount else {
        let shown = submission == .max ? "no submission" : "submission \(submission)"
        throw ModuleText.Fault(words: "it gave a verdict on \(shown); expected one of the \(submissionCount) it met")
      }
      judgement.submission = submission
    }
    if field != .max {
      guard field < UInt32(reader.fieldCount) else {
        throw ModuleText.Fault(
          words: "it gave a verdict on field \(field); the rule has \(reader.fieldCount) bound fields")
      }
      judgement.field = field
    }
    judgement.evidence = try unsafe reader.read(evidence, count: count, hasRow: judgement.place != nil)
    judgements.append(judgement)
  }
}
