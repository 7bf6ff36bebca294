import AuditModel
import JSONDocument

extension StatusCriteria: ReportCodable {
  static var blank: StatusCriteria { StatusCriteria(pack: "", summary: "", why: "", inputs: [], rows: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("pack", &pack)
    try coder.string("summary", &summary)
    try coder.string("why", &why)
    try coder.list("inputs", &inputs)
    try coder.list("rows", &rows)
  }
}

extension StatusCriteria.Input: ReportCodable {
  static var blank: Self { Self(name: "", summary: "", isHostFact: false, words: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("summary", &summary)
    try coder.boolean("given", &isHostFact)
    try coder.list("words", &words)
  }
}

extension StatusCriteria.Word: ReportCodable {
  static var blank: Self { Self(word: "", clause: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("word", &word)
    try coder.presentString("clause", &clause)
  }
}

extension StatusCriteria.Row: ReportCodable {
  static var blank: Self { Self(when: [], status: .needsReview, basis: .none, reason: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.list("when", &when)
    try coder.word("status", &status)
    try coder.word("basis", &basis)
    try coder.string("reason", &reason)
  }
}

extension StatusCriteria.Condition: ReportCodable {
  static var blank: Self { Self(input: "", words: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("input", &input)
    try coder.strings("words", &words)
  }
}

extension DisclosurePolicy: ReportCodable {
  static var blank: Self { Self(smallest: 0, counts: [], sums: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.integer("smallest", &smallest)
    try coder.strings("counts", &counts)
    try coder.list("sums", &sums)
  }
}

extension DisclosurePolicy.Sum: ReportCodable {
  static var blank: Self { Self(total: "", parts: []) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("total", &total)
    try coder.strings("parts", &parts)
  }
}

extension FieldSummary: ReportCodable {
  static var blank: Self { Self(name: "", label: "", privacy: .internal) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("name", &name)
    try coder.string("label", &label)
    try coder.word("privacy", &privacy)
  }
}

extension Publication: ReportCodable {
  static var blank: Publication { Publication() }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.presentString("reason", &reason)
    try coder.presentString("publisher", &publisher)
    try coder.presentString("contact", &contact)
    try coder.presentList("actions", &actions)
    try coder.presentString("letter", &letter)
    try coder.presentList("stories", &stories)
    try coder.presentList("reports", &reports)
  }
}

extension Publication.Link: ReportCodable {
  static var blank: Self { Self(title: "", address: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("title", &title)
    try coder.string("address", &address)
  }
}

extension Correction: ReportCodable {
  static var blank: Correction { Correction(date: CalendarDate(days: 0), organisation: "", words: "") }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.date("date", &date)
    try coder.string("organisation", &organisation)
    try coder.string("words", &words)
  }
}

extension OrganisationPlace: ReportCodable {
  static var blank: Self { Self(nation: "", region: "", town: "", latitude: nil, longitude: nil) }

  mutating func code(_ coder: ReportCoder) throws(JSONError) {
    try coder.string("nation", &nation)
    try coder.string("region", &region)
    try coder.string("town", &town)
    try coder.number("latitude", &latitude)
    try coder.number("longitude", &longitude)
  }
}
