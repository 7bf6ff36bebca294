import AuditModel
import JSONDocument

extension OrganisationResult: ReportCodable {
  static var blank: OrganisationResult { OrganisationResult(code: "", name: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("code", &code)
    try coder.string("name", &name)
    try coder.strings("namesAsSupplied", &namesAsSupplied)
    try coder.string("matchedBy", &matchedBy)
    try coder.object("place", &place)
    try coder.boolean("asked", &isAsked)
    try coder.string("excludedBecause", &exclusion)
    try coder.integer("records", &records)
    try coder.strings("inputs", &inputs)
    try coder.string("submissionDigest", &submissionDigest)
    try coder.string("contact", &contact)
    try coder.list("contacts", &contacts)
    try coder.word("status", &status)
    try coder.string("declared", &declared)
    try coder.object("derived", &derived)
    try coder.object("decision", &decision)
    try coder.string("words", &words)
    try coder.presentString("evidence", &evidence)
    try coder.string("dateReceived", &dateReceived)
    try coder.word("cleanness", &cleanness)
  }
}

extension ContactEntry: ReportCodable {
  static var blank: ContactEntry { ContactEntry(date: CalendarDate(days: 0), kind: "", source: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.date("date", &date)
    try coder.string("kind", &kind)
    try coder.string("source", &source)
  }
}

extension DerivedStatus: ReportCodable {
  static var blank: DerivedStatus {
    DerivedStatus(status: .needsReview, basis: .none, reason: "", row: nil, facts: [])
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("status", &status)
    try coder.word("basis", &basis)
    try coder.string("reason", &reason)
    try coder.integer("tableRow", &row)
    try coder.list("facts", &facts)
  }
}

extension DerivedStatus.Fact: ReportCodable {
  static var blank: Self { Self(name: "", word: "", cells: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("word", &word)
    try coder.list("cells", &cells)
  }
}

extension DerivedStatus.Cell: ReportCodable {
  static var blank: Self { Self(field: "", kind: .blank, text: nil) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("field", &field)
    var word = CellKindWord(kind)
    try coder.word("kind", &word)
    kind = word.kind
    try coder.string("text", &text)
    var low = range?.lowerBound
    var high = range?.upperBound
    try coder.integer("low", &low)
    try coder.integer("high", &high)
    if let low, let high, low <= high { range = low...high }
  }
}

/// The cell kinds as the JSON names them.
private enum CellKindWord: String, CaseIterable {
  case value
  case blank
  case notKnown = "not-known"
  case notApplicable = "not-applicable"
  case suppressed
  case invalid

  init(_ kind: CellKind) {
    self =
      switch kind {
      case .value: .value
      case .blank: .blank
      case .notKnown: .notKnown
      case .notApplicable: .notApplicable
      case .suppressed: .suppressed
      case .invalid: .invalid
      }
  }

  var kind: CellKind {
    switch self {
    case .value: .value
    case .blank: .blank
    case .notKnown: .notKnown
    case .notApplicable: .notApplicable
    case .suppressed: .suppressed
    case .invalid: .invalid
    }
  }
}

extension Decision: ReportCodable {
  static var blank: Decision {
    Decision(status: .needsReview, words: "", role: "", date: CalendarDate(days: 0), submission: "")
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("status", &status)
    try coder.string("words", &words)
    try coder.string("role", &role)
    try coder.date("date", &date)
    try coder.string("submission", &submission)
    try coder.string("voidBecause", &void)
  }
}

extension UnmatchedSubmission: ReportCodable {
  static var blank: UnmatchedSubmission {
    UnmatchedSubmission(key: "", code: "", name: "", inputs: [], records: 0, offers: [])
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("key", &key)
    try coder.string("code", &code)
    try coder.string("name", &name)
    try coder.strings("inputs", &inputs)
    try coder.integer("records", &records)
    try coder.list("offers", &offers)
  }
}

extension SubmissionOfNobody: ReportCodable {
  static var blank: SubmissionOfNobody { SubmissionOfNobody(inputs: [], records: 0) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    var key = SubmissionOfNobody.key
    try coder.string("key", &key)
    try coder.strings("inputs", &inputs)
    try coder.integer("records", &records)
    try coder.word("cleanness", &cleanness)
  }
}

extension UnmatchedSubmission.Offer: ReportCodable {
  static var blank: Self { Self(code: "", name: "", score: 0, why: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("code", &code)
    try coder.string("name", &name)
    try coder.integer("score", &score)
    try coder.string("why", &why)
  }
}

/// What a rule answers, as the JSON names it.
private enum AnswersWord: String, CaseIterable {
  case record, submission, organisation, round

  init(_ answers: CheckKind.Answers) {
    self =
      switch answers {
      case .record: .record
      case .submission: .submission
      case .organisation: .organisation
      case .round: .round
      }
  }

  var answers: CheckKind.Answers {
    switch self {
    case .record: .record
    case .submission: .submission
    case .organisation: .organisation
    case .round: .round
    }
  }
}

extension RuleResult: ReportCodable {
  static var blank: RuleResult {
    RuleResult(
      id: "", summary: "", why: "", fix: [:], dimension: .completeness, severity: .info, isMandatory: false,
      isReading: false, answers: .record)
  }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("id", &id)
    try coder.string("summary", &summary)
    try coder.string("why", &why)
    try coder.texts("fix", &fix)
    try coder.word("dimension", &dimension)
    try coder.word("severity", &severity)
    try coder.boolean("mandatory", &isMandatory)
    try coder.boolean("ourReading", &isReading)
    // Reports of version 1.0 have no stage, and all of their rules were enforced.
    var stage: RuleStage? = stage
    try coder.word("stage", &stage)
    self.stage = stage ?? .enforced
    var word = AnswersWord(answers)
    try coder.word("answers", &word)
    answers = word.answers
    try coder.counts("outcomes", &outcomes)
    try coder.object("rows", &rows)
    try coder.integer("findings", &findings)
    try coder.integer("findingsShown", &shown)
  }
}

extension RowCounts: ReportCodable {
  static var blank: RowCounts { RowCounts() }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.integer("passed", &passed)
    try coder.integer("failed", &failed)
    try coder.integer("ofWhichWaived", &waived)
    try coder.integer("notApplicable", &notApplicable)
    try coder.integer("notEvaluated", &notEvaluated)
  }
}

extension LedgerEntry: ReportCodable {
  static var blank: LedgerEntry { LedgerEntry(rule: "", subject: nil, outcome: .passed) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("rule", &rule)
    try coder.string("subject", &subject)
    try coder.word("outcome", &outcome)
    try coder.list("causes", &causes)
    try coder.object("rows", &rows)
    try coder.integer("findings", &findings)
  }
}

extension LedgerEntry.Cause: ReportCodable {
  static var blank: Self { Self(of: .notEvaluated, words: "", rows: nil) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.word("of", &of)
    try coder.string("words", &words)
    try coder.integer("rows", &rows)
  }
}

extension Finding: ReportCodable {
  static var blank: Finding { Finding(rule: "", severity: .info, subject: nil, message: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("id", &id)
    try coder.string("rule", &rule)
    try coder.word("severity", &severity)
    try coder.string("subject", &subject)
    try coder.string("organisation", &organisation)
    try coder.string("period", &period)
    try coder.string("field", &field)
    try coder.strings("record", &record)
    try coder.object("place", &place)
    try coder.string("message", &message)
    try coder.evidence("evidence", &evidence)
  }
}

extension Finding.Place: ReportCodable {
  static var blank: Self { Self(input: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("input", &input)
    try coder.string("sheet", &sheet)
    try coder.integer("row", &row)
    try coder.integer("column", &column)
    try coder.string("heading", &heading)
    try coder.string("pointer", &pointer)
    try coder.integer("line", &line)
  }
}
