import AuditModel
import Intake
import LocalFiles
import RulePacks

/// The answers that counts are held against, read with the rule pack that asks for them.
struct AnswerBook {
  /// One record of an answer.
  struct Answer {
    /// Where it stands, in words.
    var place: String
    var period: Period?
    /// By the position of the count: the cell with the number.
    var numbers: [(count: Int, cell: KeptCell)]
    var total: KeptCell?
  }

  /// By the key of the submission, in file order.
  private(set) var answers: [String: [Answer]] = [:]
  private(set) var problems: [Problem] = []
  private(set) var summary: CountReport.Against

  init(
    _ path: String, pack: RulePack, answers: Counts.Answers?, matcher: OrganisationMatcher, jobs: Int, partBytes: Int?
  ) {
    summary = CountReport.Against(name: SubmissionFiles.shownName(path), sha256: "", pack: pack.name)
    let found = SubmissionFiles.find([SubmissionSource(path: path, name: summary.name)])
    problems = found.problems
    guard let answers else { return }
    let run = RecordRun(
      plan: .reading(pack, keepsRecords: true), sources: found.files, matcher: matcher, jobs: jobs,
      partBytes: partBytes, savesStates: false, progress: nil)
    problems += run.inputs.compactMap(\.problem)
    summary.sha256 = run.inputs.count == 1 ? run.inputs[0].sha256 : ""
    for record in run.fold.records {
      let match = run.fold.submissions[record.submission].match
      self.answers[match.key, default: []].append(
        AnswerBook.answer(record, pack, answers, place: run.places.words(record.place)))
    }
  }

  private static func answer(
    _ record: KeptRecord, _ pack: RulePack, _ answers: Counts.Answers, place: String
  ) -> Answer {
    func cell(_ field: String?) -> KeptCell? {
      guard let field, let position = pack.position(of: field) else { return nil }
      var cell = record.cells[position]
      if pack.fields[position].privacy == .personal { cell.text = "" }
      return cell
    }
    var period: Period?
    if let cell = cell(answers.period), cell.kind == .value, case .period(let start, let end) = cell.value {
      period = Period(start: CalendarDate(days: start), end: CalendarDate(days: end))
    }
    return Answer(
      place: place, period: period,
      numbers: answers.fields.map { (count: $0.count, cell: cell($0.field) ?? .blank) }, total: cell(answers.total))
  }

  /// The periods that those who answered state: of several records the first that states one.
  var periods: [String: Period] {
    answers.compactMapValues { $0.lazy.compactMap(\.period).first }
  }
}

extension KeptCell {
  /// The whole numbers that a numeric cell can mean; nil when it gives none.
  var range: ClosedRange<Int>? {
    guard kind == .value || kind == .suppressed else { return nil }
    switch value {
    case .integer(_, let low, let high): return low <= high ? Int(low)...Int(high) : nil
    case .number(_, let low, let high):
      let (first, last) = (low.rounded(.up), high.rounded(.down))
      guard let first = Int(exactly: first), let last = Int(exactly: last), first <= last else { return nil }
      return first...last
    default: return nil
    }
  }

  /// What it says, for people: its text where that means a number, else what is there instead of one.
  var answerWords: String {
    guard range != nil else { return kind.words }
    return text.isEmpty ? "not shown, because the field is personal" : text.trimmed
  }
}
