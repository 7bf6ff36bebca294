import AuditModel
import Intake
import JSONDocument
import LocalFiles
import RulePacks

extension Round {
  /// Reads a round and the files it names.
  ///
  /// - Parameter path: of `round.json`; other paths are relative to its folder.
  public static func load(_ path: String) throws(ConfigurationError) -> Round {
    var loader = RoundLoader(path: path)
    return try loader.load()
  }
}

/// Reads `round.json`, `asked.csv`, `contacts.csv` and `decisions.csv`.
private struct RoundLoader {
  let path: String
  let folder: String
  var digest = Digest()

  init(path: String) {
    self.path = path
    folder = LocalFiles.folder(of: path)
  }

  mutating func load() throws(ConfigurationError) -> Round {
    let bytes = try read(path)
    var round: Round
    let papers: Papers
    let submissions: [JSONValue]
    let dates: DateOrder?
    do {
      let root = try JSONDocument.parse(bytes, name: LocalFiles.name(of: path)).root
      round = try self.round(root)
      papers = Papers(
        asked: try root.optionalText("asked"), contacts: try root.optionalText("contacts"),
        decisions: try root.optionalText("decisions"), corrections: try root.optionalText("corrections"))
      submissions = try root.requiredArray("submissions")
      dates = try root.optionalWord("dates")
    } catch {
      throw ConfigurationError([error.problem])
    }
    for value in submissions { round.submissions.append(try submission(value, dates: dates)) }
    if let name = papers.asked { round.asked = try asked(name) }
    if let name = papers.contacts { round.contacts = try contacts(name) }
    if let name = papers.decisions { round.decisions = try decisions(name) }
    if let name = papers.corrections { round.corrections = try corrections(name) }
    round.sha256 = digest.hex()
    return round
  }

  /// The files that `round.json` names.
  private struct Papers {
    let asked: String?
    let contacts: String?
    let decisions: String?
    let corrections: String?
  }

  private func round(_ root: JSONValue) throws(JSONError) -> Round {
    try root.object(
      allowing: [
        "$schema", "synthetic", "question", "register", "period", "sent", "cutOff", "asked", "excluded", "contacts",
        "decisions", "levels", "dates", "publication", "corrections",
      ], required: ["round", "title", "rules", "submissions"])
    var period: Period?
    if let value = try root.optionalObject("period") {
      try value.object(allowing: [], required: ["start", "end"])
      period = Period(start: try value.requiredDate("start"), end: try value.requiredDate("end"))
      if period == nil { throw value.error("The period ends before it starts") }
    }
    var register = try root.optionalText("register")
    if let name = register { register = LocalFiles.resolve(name, in: folder) }
    let publication = try root.optionalObject("publication").map(PublicationReader.read)
    return Round(
      name: try root.requiredText("round"), title: try root.requiredText("title"),
      question: try root.optionalStringArray("question") ?? [],
      isSynthetic: try root.optionalBoolean("synthetic") ?? false,
      packs: try packs(root),
      register: register, period: period, sent: try root.optionalDate("sent"),
      cutOff: try root.optionalDate("cutOff"), asked: [], excluded: try excluded(root), contacts: [:], decisions: [],
      submissions: [], levels: try levels(root), publication: publication, sha256: "")
  }

  /// Packs by name, or by a path seen from the round's folder.
  private func packs(_ root: JSONValue) throws(JSONError) -> [String] {
    let values = try root.requiredArray("rules")
    var packs: [String] = []
    for value in values {
      let name = try value.asText()
      if !name.contains("/") && !RulePack.isName(name) {
        throw value.error("\"\(name)\" is no pack name, and no path: a path has a slash in it")
      }
      packs.append(name.contains("/") ? LocalFiles.resolve(name, in: folder) : name)
    }
    if packs.isEmpty, let rules = root["rules"] { throw rules.error("Expected at least one rule pack") }
    return packs
  }

  private func excluded(_ root: JSONValue) throws(JSONError) -> [Round.ExcludedOrganisation] {
    var result: [Round.ExcludedOrganisation] = []
    for value in try root.optionalArray("excluded") ?? [] {
      try value.object(allowing: [], required: ["code", "why"])
      result.append(
        Round.ExcludedOrganisation(
          code: try value.requiredText("code").uppercased(), why: try value.requiredText("why")))
    }
    return result
  }

  private mutating func submission(_ value: JSONValue, dates: DateOrder?) throws(ConfigurationError) -> SubmissionSource
  {
    var source: SubmissionSource
    let mapping: String?
    do {
      try value.object(allowing: ["organisation", "mapping"] + MappingReader.keys, required: ["path"])
      let name = try value.requiredText("path")
      source = SubmissionSource(path: LocalFiles.resolve(name, in: folder), name: name)
      source.organisation = try value.optionalText("organisation")?.uppercased()
      mapping = try value.optionalText("mapping")
    } catch {
      throw ConfigurationError([error.problem])
    }
    source.settings.dates = dates
    if let mapping {
      let path = LocalFiles.resolve(mapping, in: folder)
      _ = try read(path)
      source.settings = try SourceSettings(mapping: path)
      if source.settings.dates == nil { source.settings.dates = dates }
    }
    do {
      try MappingReader.read(value, into: &source.settings)
    } catch {
      throw ConfigurationError([error.problem])
    }
    return source
  }

  private func levels(_ root: JSONValue) throws(JSONError) -> [LevelChange] {
    var result: [LevelChange] = []
    for value in try root.optionalArray("levels") ?? [] {
      try value.object(allowing: ["severity", "off"], required: ["rule", "why"])
      let severity: Severity? = try value.optionalWord("severity")
      let isOff = try value.optionalBoolean("off") ?? false
      if isOff == (severity != nil) { throw value.error("Expected either \"severity\" or \"off\": true") }
      result.append(
        LevelChange(rule: try value.requiredText("rule"), severity: severity, why: try value.requiredText("why")))
    }
    return result
  }

  // MARK: Tables

  private mutating func asked(_ name: String) throws(ConfigurationError) -> [Round.AskedOrganisation] {
    var seen: Set<String> = []
    var result: [Round.AskedOrganisation] = []
    for row in try table(name, required: ["code", "name"]) {
      let code = row["code"].uppercased()
      guard seen.insert(code).inserted else { throw row.error("The organisation \(code) is listed twice") }
      result.append(Round.AskedOrganisation(code: code, name: row["name"]))
    }
    return result
  }

  private mutating func contacts(_ name: String) throws(ConfigurationError) -> [String: [ContactEntry]] {
    let kinds = OrganisationFields.Contact.allCases.map(\.rawValue).filter { $0 != "none" } + [ContactEntry.told]
    var result: [String: [ContactEntry]] = [:]
    for row in try table(name, required: ["organisation", "date", "kind", "source"]) {
      guard kinds.contains(row["kind"]) else {
        throw row.error("\"\(row["kind"])\" is no kind of contact; the kinds are \(kinds.joined(separator: ", "))")
      }
      let entry = ContactEntry(date: try row.date("date"), kind: row["kind"], source: row["source"])
      result[row["organisation"].uppercased(), default: []].append(entry)
    }
    return result.mapValues { entries in
      entries.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
    }
  }

  private mutating func decisions(_ name: String) throws(ConfigurationError) -> [Round.RoundDecision] {
    var result: [Round.RoundDecision] = []
    for row in try table(name, required: ["organisation", "status", "words", "role", "date", "submission"]) {
      let words = Status.allCases.filter { $0 != .awaiting && $0 != .excluded }.map(\.rawValue)
      guard let status = Status(rawValue: row["status"]), words.contains(row["status"]) else {
        throw row.error("\"\(row["status"])\" is no status; the statuses are \(words.joined(separator: ", "))")
      }
      if row["role"].isEmpty || row["words"].isEmpty {
        throw row.error("A decision needs the words relied on and the role of the person who made it")
      }
      result.append(
        Round.RoundDecision(
          organisation: row["organisation"].uppercased(),
          decision: Decision(
            status: status, words: row["words"], role: row["role"], date: try row.date("date"),
            submission: row["submission"]),
          place: Finding.Place(input: name, row: row.row)))
    }
    return result
  }

  private mutating func corrections(_ name: String) throws(ConfigurationError) -> [Correction] {
    var result: [Correction] = []
    for row in try table(name, required: ["date", "organisation", "words"]) {
      if row["words"].isEmpty { throw row.error("A correction says what was wrong and what is right, in \"words\"") }
      result.append(
        Correction(
          date: try row.date("date"), organisation: row["organisation"].uppercased(), words: row["words"]))
    }
    return result.enumerated().sorted { ($0.element.date, $0.offset) < ($1.element.date, $1.offset) }.map(\.element)
  }

  private mutating func table(_ name: String, required: [String]) throws(ConfigurationError) -> [ControlTable.Row] {
    try ControlTable.rows(try read(LocalFiles.resolve(name, in: folder)), name: name, required: required)
  }

  private mutating func read(_ path: String) throws(ConfigurationError) -> [UInt8] {
    do {
      let bytes = try LocalFiles.read(path)
      digest.add(bytes)
      return bytes
    } catch {
      throw ConfigurationError(error.path, error.reason + ".")
    }
  }
}

extension JSONError {
  /// The error as a problem: its place as the subject.
  var problem: Problem {
    Problem(
      subject: line == 0 ? file : "\(file):\(line):\(column)", message: Problem.sentence(message),
      source: sourceLine.map { Problem.SourceLine(text: $0, column: column) })
  }
}
