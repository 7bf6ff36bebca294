public import AuditModel
import JSONDocument
import TerminalText

/// The findings as SARIF 2.1.0 (OASIS), for review pages and code scanning.
public enum SARIFReport {
  /// - Parameter folder: of the round, seen from the working folder, so that paths lead to the files.
  public static func render(_ report: Report, folder: String = "") -> [UInt8] {
    let renderer = Renderer(report: report, places: FindingPlaces(report, folder: folder))
    return renderer.document()
  }

  private struct Renderer: ~Copyable {
    let report: Report
    let places: FindingPlaces
    var writer = JSONWriter<Never>(.pretty)
    let ruleIndex: [String: Int]
    let artifactIndex: [String: Int]

    init(report: Report, places: FindingPlaces) {
      self.report = report
      self.places = places
      ruleIndex = Dictionary(report.rules.enumerated().map { ($1.id, $0) }) { first, _ in first }
      artifactIndex = Dictionary(report.inputs.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    mutating func object(_ key: String? = nil, _ body: (inout Renderer) -> Void) {
      if let key { writer.key(key) }
      writer.beginObject()
      body(&self)
      writer.endObject()
    }

    mutating func array(_ key: String, _ body: (inout Renderer) -> Void) {
      writer.key(key)
      writer.beginArray()
      body(&self)
      writer.endArray()
    }

    mutating func text(_ key: String, _ text: String) {
      object(key) { $0.writer.member("text", SARIFText.escaped(text)) }
    }

    consuming func document() -> [UInt8] {
      object { sarif in
        sarif.writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        sarif.writer.member("version", "2.1.0")
        sarif.array("runs") { $0.object { $0.run() } }
      }
      return writer.finishedBytes()
    }

    private mutating func run() {
      object("tool") { $0.object("driver") { $0.driver() } }
      array("taxonomies") { $0.object { $0.taxonomy() } }
      invocation()
      array("artifacts") { sarif in
        for input in sarif.report.inputs {
          sarif.object { sarif in
            sarif.object("location") { $0.writer.member("uri", $0.places.uri(input.name)) }
            if !input.sha256.isEmpty { sarif.object("hashes") { $0.writer.member("sha-256", input.sha256) } }
          }
        }
      }
      array("results") { sarif in
        for finding in sarif.report.findings { sarif.object { $0.result(finding) } }
      }
      writer.member("columnKind", "unicodeCodePoints")
      object("properties") { sarif in
        if sarif.report.isSynthetic { sarif.writer.member("synthetic", true) }
        sarif.writer.member("asOf", sarif.report.asOf.description)
        if let round = sarif.report.round { sarif.writer.member("round", round.name) }
        sarif.writer.member("findings", sarif.report.findingCount)
        sarif.writer.member("findingsShown", sarif.report.findings.count)
        sarif.array("readings") { sarif in
          for reading in sarif.report.packs.map(\.reading) where !reading.isEmpty { sarif.writer.string(reading) }
        }
      }
    }

    // MARK: The tool

    private mutating func driver() {
      writer.member("name", "trustcheck")
      writer.member("semanticVersion", report.toolVersion)
      array("rules") { sarif in
        for rule in sarif.report.rules { sarif.object { $0.rule(rule) } }
      }
      array("supportedTaxonomies") { sarif in
        sarif.object { $0.writer.member("name", "quality-dimensions") }
      }
    }

    private mutating func rule(_ rule: RuleResult) {
      writer.member("id", rule.id)
      text("shortDescription", rule.summary)
      text("fullDescription", rule.why.isEmpty ? rule.summary : rule.why)
      object("help") { sarif in
        let advice = Role.allCases.compactMap { role in rule.fix[role].map { (SARIFReport.words(role), $0) } }
        sarif.writer.member(
          "text",
          ([rule.why] + advice.map { "\($0.0): \($0.1)" }).map(SARIFText.escaped).joined(separator: "\n"))
        sarif.writer.member(
          "markdown",
          ([MarkdownText.escaped(rule.why)] + advice.map { "**\($0.0):** \(MarkdownText.escaped($0.1))" })
            .map(SARIFText.bracesDoubled).joined(separator: "\n\n"))
      }
      object("defaultConfiguration") { $0.writer.member("level", SARIFReport.level(rule.severity)) }
      array("relationships") { sarif in
        sarif.object { sarif in
          sarif.object("target") { $0.taxon(rule.dimension) }
          sarif.array("kinds") { $0.writer.string("superset") }
        }
      }
      object("properties") { sarif in
        sarif.array("tags") { $0.writer.string(rule.dimension.rawValue) }
        sarif.writer.member("mandatory", rule.isMandatory)
        sarif.writer.member("ourReading", rule.isReading)
        sarif.writer.member("findings", rule.findings)
        sarif.writer.member("findingsShown", rule.shown)
      }
    }

    private mutating func taxonomy() {
      writer.member("name", "quality-dimensions")
      text("shortDescription", "The sides of data quality that a rule looks at.")
      writer.member("isComprehensive", true)
      array("taxa") { sarif in
        for dimension in Dimension.allCases { sarif.object { $0.writer.member("id", dimension.rawValue) } }
      }
    }

    private mutating func taxon(_ dimension: Dimension) {
      writer.member("id", dimension.rawValue)
      writer.member("index", Dimension.allCases.firstIndex(of: dimension)!)
      object("toolComponent") { sarif in
        sarif.writer.member("name", "quality-dimensions")
        sarif.writer.member("index", 0)
      }
    }

    /// Whether the run went well, and the rules that the round changed.
    private mutating func invocation() {
      array("invocations") { sarif in
        sarif.object { sarif in
          sarif.writer.member("executionSuccessful", sarif.report.problems.isEmpty)
          sarif.array("toolExecutionNotifications") { sarif in
            for problem in sarif.report.problems {
              sarif.object { sarif in
                sarif.writer.member("level", "error")
                sarif.text("message", problem.description)
              }
            }
          }
          sarif.array("ruleConfigurationOverrides") { sarif in
            for level in sarif.report.levels {
              sarif.object { sarif in
                sarif.object("descriptor") { $0.writer.member("id", level.rule) }
                sarif.object("configuration") { sarif in
                  sarif.writer.member("enabled", level.severity != nil)
                  if let severity = level.severity { sarif.writer.member("level", SARIFReport.level(severity)) }
                }
                sarif.object("properties") { $0.writer.member("why", level.why) }
              }
            }
          }
        }
      }
    }

    // MARK: Results

    private mutating func result(_ finding: Finding) {
      writer.member("ruleId", finding.rule)
      if let index = ruleIndex[finding.rule] { writer.member("ruleIndex", index) }
      writer.member("level", SARIFReport.level(finding.severity))
      text("message", finding.message)
      array("locations") { $0.object { $0.location(finding) } }
      if let index = ruleIndex[finding.rule] {
        array("taxa") { $0.object { $0.taxon($0.report.rules[index].dimension) } }
      }
      if let id = finding.id { object("partialFingerprints") { $0.writer.member("trustcheckFinding/v1", id) } }
      // Empty says that it was looked whether the finding is suppressed, and that it is not.
      array("suppressions") { _ in }
    }

    private mutating func location(_ finding: Finding) {
      if let place = finding.place {
        object("physicalLocation") { sarif in
          sarif.object("artifactLocation") { sarif in
            sarif.writer.member("uri", sarif.places.uri(place.input))
            if let index = sarif.artifactIndex[place.input] { sarif.writer.member("index", index) }
          }
          if let line = sarif.places.line(place) { sarif.object("region") { $0.writer.member("startLine", line) } }
        }
      }
      array("logicalLocations") { sarif in
        if let organisation = finding.organisation ?? finding.subject {
          sarif.object { sarif in
            sarif.writer.member("name", PlainText.visible(organisation))
            sarif.writer.member("kind", "organisation")
          }
        }
        if let place = finding.place {
          let cell = FindingPlaces.cell(place)
          if !cell.isEmpty {
            sarif.object { sarif in
              sarif.writer.member("name", PlainText.visible(cell))
              sarif.writer.member(
                "fullyQualifiedName", PlainText.visible(place.sheet == nil ? "\(place.input) \(cell)" : cell))
              sarif.writer.member("kind", "cell")
            }
          }
        }
        if let field = finding.field {
          sarif.object { sarif in
            sarif.writer.member("name", field)
            sarif.writer.member("kind", "field")
          }
        }
      }
    }
  }

  static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  static func words(_ role: Role) -> String {
    switch role {
    case .dataOfficer: "Data officer"
    case .reviewer: "Reviewer"
    }
  }
}
