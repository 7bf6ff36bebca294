import AuditModel
import JSONDocument

extension InputSummary: ReportCodable {
  static var blank: InputSummary { InputSummary(name: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("sha256", &sha256)
    try coder.string("format", &format)
    try coder.string("encoding", &encoding)
    try coder.string("delimiter", &delimiter)
    try coder.integer("records", &records)
    try coder.list("decisions", &decisions)
    try coder.list("tables", &tables)
    try coder.list("tolerances", &tolerances)
  }
}

extension InputSummary.Decision: ReportCodable {
  static var blank: Self { Self(subject: "", value: "", why: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("subject", &subject)
    try coder.string("value", &value)
    try coder.string("why", &why)
  }
}

extension InputSummary.Table: ReportCodable {
  static var blank: Self { Self() }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("sheet", &sheet)
    try coder.integer("headerRow", &headerRow)
    try coder.list("columns", &columns)
    try coder.strings("missingFields", &missing)
  }
}

extension InputSummary.Column: ReportCodable {
  static var blank: Self { Self(position: 0, heading: "", field: nil, matchedBy: nil) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.integer("position", &position)
    try coder.string("heading", &heading)
    try coder.string("field", &field)
    try coder.string("matchedBy", &matchedBy)
    try coder.boolean("repeated", &isRepeated)
  }
}

extension InputSummary.Tolerance: ReportCodable {
  static var blank: Self { Self(kind: "", words: "", count: 0, places: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("kind", &kind)
    try coder.string("words", &words)
    try coder.integer("count", &count)
    try coder.strings("places", &places)
  }
}
