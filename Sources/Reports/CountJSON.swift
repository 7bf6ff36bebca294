public import AuditModel
import JSONDocument

/// The people counted as JSON, by `rules/schemas/count-report.schema.json`.
public enum CountJSON {
  /// The whole report, ended by a line feed.
  public static func render(_ report: CountReport) -> [UInt8] {
    var writer = JSONWriter<Never>(.pretty)
    writer.object { writer in
      writer.member("schemaVersion", CountReport.schemaVersion)
      writer.member("tool", "trustcheck")
      writer.member("toolVersion", report.toolVersion)
      writer.member("synthetic", report.isSynthetic)
      writer.member("use", CountText.use)
      writer.object("pack") { pack(&$0, report.pack) }
      if let round = report.round { writer.member("round", round) }
      writer.period("period", report.period)
      writer.list("counts", report.counts) { definition(&$0, $1) }
      writer.list("person", report.keys) { $0.strings($1) }
      writer.list("inputs", report.inputs) { input(&$0, $1) }
      if let against = report.against {
        writer.object("against") { writer in
          writer.member("name", against.name)
          writer.member("sha256", against.sha256)
          writer.member("pack", against.pack)
        }
      }
      writer.list("organisations", report.organisations) { organisation(&$0, $1) }
      writer.key("withoutRecords")
      writer.strings(report.withoutRecords)
      writer.list("problems", report.problems) { problem(&$0, $1) }
    }
    return writer.finishedBytes()
  }

  private static func pack(_ writer: inout JSONWriter<Never>, _ pack: PackSummary) {
    writer.member("name", pack.name)
    writer.member("version", pack.version)
    writer.member("sha256", pack.sha256)
    writer.member("reading", pack.reading)
  }

  private static func definition(_ writer: inout JSONWriter<Never>, _ count: CountReport.Definition) {
    writer.object { writer in
      writer.member("name", count.name)
      writer.member("label", count.label)
      writer.member("words", count.words)
      writer.member("where", count.condition)
      writer.member("date", count.date)
    }
  }

  private static func input(_ writer: inout JSONWriter<Never>, _ input: CountReport.Input) {
    writer.object { writer in
      writer.member("name", input.name)
      writer.member("sha256", input.sha256)
      writer.member("records", input.records)
      writer.key("missingFields")
      writer.strings(input.missing)
    }
  }

  private static func problem(_ writer: inout JSONWriter<Never>, _ problem: Problem) {
    writer.object { writer in
      writer.member("subject", problem.subject)
      writer.member("message", problem.message)
      writer.member("advice", problem.advice)
    }
  }

  private static func organisation(_ writer: inout JSONWriter<Never>, _ organisation: OrganisationCount) {
    writer.object { writer in
      writer.member("subject", organisation.subject)
      writer.member("name", organisation.name)
      writer.member("records", organisation.records)
      writer.period("period", organisation.period)
      writer.member("periodFrom", organisation.periodFrom.rawValue)
      writer.list("counts", organisation.counts) { writer, count in
        writer.object { writer in
          writer.member("name", count.name)
          writer.member("people", count.people)
          writer.member("atMost", count.most)
          writer.member("records", count.records)
        }
      }
      writer.member("people", organisation.people)
      writer.member("peopleInSeveral", organisation.peopleInSeveral)
      writer.list("peopleByKey", organisation.peopleByKey) { $0.integer($1) }
      writer.member("recordsCounted", organisation.recordsCounted)
      writer.member("reachesPeriod", organisation.reachesPeriod)
      writer.list("leftOut", organisation.leftOut) { writer, line in
        writer.object { writer in
          writer.member("kind", line.kind.rawValue)
          writer.member("words", line.words)
          writer.member("records", line.records)
        }
      }
      writer.list("answers", organisation.answers) { answer(&$0, $1) }
    }
  }

  private static func answer(_ writer: inout JSONWriter<Never>, _ answer: ComparedAnswer) {
    writer.object { writer in
      writer.member("place", answer.place)
      writer.period("period", answer.period)
      if let why = answer.notCompared { writer.member("notCompared", why) }
      writer.list("comparisons", answer.comparisons) { writer, comparison in
        writer.object { writer in
          writer.member("name", comparison.name)
          writer.member("answer", comparison.answer)
          if let range = comparison.range { writer.object("range") { $0.bounds(range) } }
          writer.object("counted") { $0.bounds(comparison.counted) }
          writer.member("atMost", comparison.most)
          writer.member("verdict", comparison.verdict.rawValue)
        }
      }
    }
  }
}

extension JSONWriter where Failure == Never {
  fileprivate mutating func object(_ body: (inout JSONWriter<Never>) -> Void) {
    beginObject()
    body(&self)
    endObject()
  }

  fileprivate mutating func object(_ key: String, _ body: (inout JSONWriter<Never>) -> Void) {
    self.key(key)
    object(body)
  }

  fileprivate mutating func list<Element>(
    _ key: String, _ elements: [Element], _ write: (inout JSONWriter<Never>, Element) -> Void
  ) {
    self.key(key)
    beginArray()
    for element in elements { write(&self, element) }
    endArray()
  }

  fileprivate mutating func strings(_ texts: [String]) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  fileprivate mutating func period(_ key: String, _ period: Period?) {
    guard let period else { return }
    object(key) { writer in
      writer.member("start", period.start.description)
      writer.member("end", period.end.description)
    }
  }

  fileprivate mutating func bounds(_ range: ClosedRange<Int>) {
    member("low", range.lowerBound)
    member("high", range.upperBound)
  }
}
