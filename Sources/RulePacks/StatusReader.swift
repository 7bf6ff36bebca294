import AuditModel
import JSONDocument

/// Reads `status.json`: the rule that classifies, and its decision table with the proof.
struct StatusReader {
  let rules: RuleReader
  let log: PackErrorLog

  /// The inputs that the host gives, with their words.
  static let hostFacts: [(name: String, summary: String, words: [String])] = [
    ("answered", "Whether anything was received from the organisation.", ["yes", "no"]),
    (
      "contact", "What the log of contacts last says of it.",
      OrganisationFields.Contact.allCases.map(\.rawValue)
    ),
    ("duplicates", "Whether it sent more than one answer.", ["yes", "no"]),
  ]

  /// The statuses a table may give; the host gives the others before it asks.
  static let statuses: [Status] = Status.mapped + [.needsReview]

  func table(_ root: JSONValue, file: String) -> StatusTable? {
    guard
      let reader = ObjectReader(
        root,
        allowing: ["$schema", "reading", "severity", "message", "source", "declared", "words", "evidence", "received"],
        required: ["summary", "why", "fix", "check", "with", "examples"], log: log)
    else { return nil }
    _ = reader.string("$schema")
    guard let kind = rules.kind(reader) else { return nil }
    if !kind.classifies {
      log.add((reader["check"] ?? root).error("\(kind.name) gives organisations no status"))
      return nil
    }
    let common = rules.common(reader, kind: kind)
    let reading = reader.string("reading") ?? ""
    let pack = rules.head.pack
    let table = reader["with"].flatMap(decisionTable)
    let examples = ExampleReader(fields: pack.fields, reads: kind.reads, log: log)
    let statusExamples = reader["examples"].map(examples.statusExamples) ?? []
    guard let message = common.message, let table else { return nil }
    let severity = reader.word("severity", of: Severity.self) ?? .info
    let rule = Rule(
      id: "\(pack.name)/status", aliases: [], summary: reader.string("summary") ?? "",
      why: reader.string("why") ?? "", fix: rules.fix(reader), dimension: .status, severity: severity,
      isMandatory: true, lifeCycle: LifeCycle(), isReading: !reading.isEmpty,
      source: reader.string("source") ?? "", applies: nil, appliesSource: nil, kind: kind, settings: common.settings,
      message: message, bindings: common.bindings, examples: [], file: file)
    return StatusTable(
      rule: rule, reading: reading, table: table, declared: field("declared", reader, .text),
      words: field("words", reader, .text), evidence: evidence(reader), received: field("received", reader, .date),
      examples: statusExamples)
  }

  /// The position of the pack's field that a key names, which is to be of a type.
  private func field(_ key: String, _ reader: ObjectReader, _ type: FieldType) -> Int? {
    guard let name = reader.string(key), let place = reader[key] else { return nil }
    let fields = rules.head.pack.fields
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      let question = Suggestion.question(for: name, among: fields.map(\.name))
      log.add(place.error("There is no field \"\(name)\"" + question))
      return nil
    }
    if fields[position].type != type {
      log.add(
        place.error(
          "The field \"\(name)\" is of type \(fields[position].type.rawValue); expected \(type.rawValue)"))
    }
    return position
  }

  /// The position of the field with words that may be published, which is to be public.
  private func evidence(_ reader: ObjectReader) -> Int? {
    guard let position = field("evidence", reader, .text), let place = reader["evidence"] else { return nil }
    let field = rules.head.pack.fields[position]
    if field.privacy != .public {
      log.add(
        place.error(
          "The field \"\(field.name)\" is \(field.privacy.rawValue); what is published stands in a public field"))
    }
    return position
  }

  // MARK: The table

  private func decisionTable(_ with: JSONValue) -> DecisionTable? {
    guard
      let reader = ObjectReader(with, allowing: [], required: ["facts", "inputs", "hitPolicy", "rules"], log: log)
    else { return nil }
    let before = log.errors.count
    if let policy = reader.string("hitPolicy"), policy != "UNIQUE", let place = reader["hitPolicy"] {
      log.add(place.error("Expected \"UNIQUE\", found \"\(policy)\""))
    }
    let inputs = inputs(reader)
    guard log.errors.count == before, !inputs.isEmpty else { return nil }
    var combinations = 1
    for input in inputs {
      combinations *= input.words.count
      if combinations > DecisionProof.limit {
        let sizes = inputs.map { "\($0.name) \($0.words.count)" }.joined(separator: ", ")
        log.add(
          (reader["inputs"] ?? with).error(
            "The inputs have more than \(DecisionProof.limit) combinations; the words they have: \(sizes)"))
        return nil
      }
    }
    let values = reader.array("rules")
    if values.count > DecisionProof.rowLimit {
      log.add(with.error("The table has more than \(DecisionProof.rowLimit) rows"))
      return nil
    }
    let rows = values.compactMap { row($0, inputs) }
    guard log.errors.count == before, rows.count == values.count else { return nil }
    let (proof, violations) = DecisionProof.prove(sizes: inputs.map(\.words.count), rows: rows.map(\.takes))
    tell(violations, inputs, values, at: reader["rules"] ?? with)
    return violations.isEmpty ? DecisionTable(inputs: inputs, rows: rows, proof: proof) : nil
  }

  private func inputs(_ reader: ObjectReader) -> [DecisionTable.Input] {
    var facts: [String: DecisionTable.Input] = [:]
    for (name, value) in reader.members("facts") {
      if !PackName.isIdentifier(name) { log.add(value.errorAtKey("\"\(name)\" is no name for a fact")) }
      if Self.hostFacts.contains(where: { $0.name == name }) {
        log.add(value.errorAtKey("\"\(name)\" is a fact that the host gives"))
      }
      facts[name] = fact(name, value)
    }
    let names = reader.strings("inputs")
    for (name, value) in reader.members("facts") where !names.contains(where: { $0.text == name }) {
      log.add(value.errorAtKey("The fact \"\(name)\" is no input, so nothing depends on it"))
    }
    return names.compactMap { name, value in
      if let fact = facts[name] { return fact }
      if let host = Self.hostFacts.first(where: { $0.name == name }) {
        return DecisionTable.Input(name: name, summary: host.summary, words: host.words, isHostFact: true)
      }
      let known = Self.hostFacts.map(\.name) + facts.keys.sorted()
      log.add(value.error("There is no fact \"\(name)\"" + Suggestion.question(for: name, among: known)))
      return nil
    }
  }

  /// A fact's words: those of its cases, then the one otherwise, then the one for what cannot be told.
  private func fact(_ name: String, _ value: JSONValue) -> DecisionTable.Input? {
    guard
      let reader = ObjectReader(
        value, allowing: ["clauses"], required: ["summary", "cases", "otherwise", "unknown"], log: log)
    else { return nil }
    var words: [String] = []
    if let cases = reader["cases"], cases.kind == .array, cases.count == 0 {
      log.add(cases.error("A fact has at least one case"))
    }
    for element in reader.array("cases") {
      guard let item = ObjectReader(element, allowing: [], required: ["when", "is"], log: log),
        let word = item.string("is")
      else { continue }
      if !words.contains(word) { words.append(word) }
    }
    for key in ["otherwise", "unknown"] {
      if let word = reader.string(key), !words.contains(word) { words.append(word) }
    }
    var input = DecisionTable.Input(
      name: name, summary: reader.string("summary") ?? "", words: words, isHostFact: false)
    for (word, place) in reader.members("clauses") {
      guard words.contains(word) else {
        log.add(
          place.errorAtKey("\"\(name)\" has no word \"\(word)\"" + Suggestion.question(for: word, among: words)))
        continue
      }
      do throws(JSONError) {
        input.clauses[word] = try place.asText()
      } catch {
        log.add(error)
      }
    }
    return input
  }

  private func row(_ value: JSONValue, _ inputs: [DecisionTable.Input]) -> DecisionTable.Row? {
    guard
      let reader = ObjectReader(
        value, allowing: [], required: ["when", "status", "basis", "reason"], log: log),
      let when = reader["when"],
      let conditions = ObjectReader(when, allowing: inputs.map(\.name), log: log)
    else { return nil }
    let takes = inputs.map { input -> [Int] in
      guard let given = conditions[input.name] else { return Array(input.words.indices) }
      let positions = conditions.strings(input.name).compactMap { word, place -> Int? in
        if let position = input.words.firstIndex(of: word) { return position }
        let list = input.words.map { "\"\($0)\"" }.joined(separator: ", ")
        let question = Suggestion.question(for: word, among: input.words)
        log.add(
          place.error(
            "\"\(input.name)\" has no word \"\(word)\"" + (question.isEmpty ? "; its words are \(list)" : question)))
        return nil
      }
      if given.kind == .array, given.count == 0 { log.add(given.error("The row takes no word, so nothing reaches it")) }
      return positions
    }
    guard let status = Self.givenStatus(reader, log), let basis = reader.word("basis", of: StatusBasis.self)
    else { return nil }
    if status == .partiallyCollecting, basis == .none, let place = reader["basis"] {
      log.add(place.error("partially-collecting says whether it rests on \"practice\" or on the \"reply\""))
    }
    return DecisionTable.Row(takes: takes, status: status, basis: basis, reason: reader.string("reason") ?? "")
  }

  /// The status under the key `status`, which is to be one that a table may give.
  static func givenStatus(_ reader: ObjectReader, _ log: PackErrorLog) -> Status? {
    guard let status = reader.word("status", of: Status.self) else { return nil }
    if !statuses.contains(status), let place = reader["status"] {
      let list = statuses.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
      log.add(place.error("A table gives one of \(list); \"\(status.rawValue)\" is given by the host"))
    }
    return status
  }

  // MARK: The proof

  private func tell(
    _ violations: [DecisionProof.Violation], _ inputs: [DecisionTable.Input], _ rows: [JSONValue], at table: JSONValue
  ) {
    func when(_ words: [Int?]) -> String {
      let given = zip(inputs, words).compactMap { input, word in
        word.map { "\"\(input.name)\": [\"\(input.words[$0])\"]" }
      }
      return given.isEmpty ? "{}" : "{ \(given.joined(separator: ", ")) }"
    }
    var leftOut: [String] = []
    var told: Set<[Int]> = []
    for violation in violations {
      switch violation {
      case .leftOut(let words): leftOut.append(when(words))
      case .takenTwice(let words, let first, let second):
        // Two rows that meet are told once, with the first combination in which they do.
        guard told.insert([first, second]).inserted else { continue }
        log.add(
          rows[second].error(
            "Rows \(first + 1) and \(second + 1) both take the combination { \"when\": \(when(words)) };"
              + " take words away from one of them"))
      case .unreachable(let row):
        log.add(rows[row].error("Nothing reaches row \(row + 1): other rows take all that it takes"))
      }
    }
    guard !leftOut.isEmpty else { return }
    let pasted = leftOut.prefix(5).map(row).joined(separator: ", ")
    let more = leftOut.count > 5 ? "; there are others" : ""
    log.add(
      table.error(
        leftOut.count == 1
          ? "No row takes this combination; a row that does: \(pasted)"
          : "No row takes these combinations; rows that do: \(pasted)\(more)"))
  }

  /// A row of the table as it can be pasted.
  private func row(_ when: String) -> String {
    "{ \"when\": \(when), \"status\": \"needs-review\", \"basis\": \"none\", \"reason\": \"…\" }"
  }
}
