import TrustCheckModuleKit

/// A decision table gives every organisation its status.
struct DecisionTableCheck: BatchCheck {
  static let description = KindDescription(
    name: "status.decision-table",
    summary: "Facts about an organisation, and a decision table over them, give it a status with its reason.",
    reads: .organisations, answers: .organisation, classifies: true,
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["facts","inputs","hitPolicy","rules"],"properties":{
        "facts":{"type":"object","description":"Facts by name.","additionalProperties":{
          "type":"object","additionalProperties":false,"required":["summary","cases","otherwise","unknown"],
          "description":"A fact: the word of the first case that is true.","properties":{
            "summary":{"type":"string","description":"What the fact says of an organisation."},
            "cases":{"type":"array","description":"The cases, in the order they are tried.","items":{
              "type":"object","additionalProperties":false,"required":["when","is"],
              "description":"A case.","properties":{
                "when":{"type":"string","x-trustcheck":"expression","description":"When the case is true."},
                "is":{"type":"string","description":"The fact's word then."}}}},
            "otherwise":{"type":"string","description":"The word when no case is true."},
            "unknown":{"type":"string","description":"The word when it cannot be told whether a case is true."},
            "clauses":{"type":"object","description":"What is so when a word holds, to follow \"if\", by word.",
              "additionalProperties":{"type":"string","description":"A clause."}}}}},
        "inputs":{"type":"array","minItems":1,"items":{"type":"string"},
          "description":"What the table reads: facts, and answered, contact and duplicates, which the host gives."},
        "hitPolicy":{"type":"string","enum":["UNIQUE"],"description":"Exactly one row takes each combination."},
        "rules":{"type":"array","minItems":1,"description":"The rows of the table.","items":{
          "type":"object","additionalProperties":false,"required":["when","status","basis","reason"],
          "description":"A row.","properties":{
            "when":{"type":"object","description":"The words it takes, by input; any of one that is left out.",
              "additionalProperties":{"type":"array","items":{"type":"string"},"description":"Words."}},
            "status":{"type":"string","description":"The status."},
            "basis":{"type":"string","enum":["practice","reply","none"],
              "description":"Whether the status rests on what is done, or on gaps in the reply."},
            "reason":{"type":"string","description":"Why, in one sentence."}}}}}}
      """#,
    message: "{status}: {reason}",
    examples: #"""
      [{"with":{"facts":{"collects":{"summary":"Whether it collects.",
          "cases":[{"when":"collecting == 'yes'","is":"yes"}],"otherwise":"no","unknown":"not told"}},
        "inputs":["answered","collects"],"hitPolicy":"UNIQUE","rules":[
          {"when":{"answered":["no"]},"status":"no-response","basis":"none","reason":"Nothing was received."},
          {"when":{"answered":["yes"],"collects":["yes"]},"status":"collecting","basis":"none",
           "reason":"It says that it collects."},
          {"when":{"answered":["yes"],"collects":["no","not told"]},"status":"needs-review","basis":"none",
           "reason":"Its answer is not clear."}]},
        "means":"An organisation that answers yes is collecting."}]
      """#,
    evidence: ["basis", "fact/*", "reason", "row", "status"])

  private let inputs: [Input]
  private let rows: [TableRow]

  init(_ binding: Binding) throws(ModuleFailure) {
    var inputs: [Input] = []
    for name in try binding.texts("/inputs") { inputs.append(try Input(name, binding)) }
    var rows: [TableRow] = []
    for key in binding.keys(below: "/rules") {
      rows.append(try TableRow("/rules/\(key)", inputs: inputs, binding))
    }
    if inputs.isEmpty || rows.isEmpty { throw ModuleFailure("Expected inputs and rules; the table has none") }
    self.inputs = inputs
    self.rows = rows
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) throws(ModuleFailure) {
    let words = try words(batch, verdicts.selected)
    verdicts.judge { row in self.row(words, row) == nil ? .unknown : .passed }
  }

  func explain(_ rows: [Row], of batch: Batch, _ explanations: inout Explanations) throws(ModuleFailure) {
    var wanted = Bitmap(rowCount: batch.count)
    for row in rows { wanted.insert(row) }
    let words = try words(batch, wanted)
    for row in rows {
      let position = self.row(words, row)
      explanations.explain(row) { evidence in explain(position, words.map { $0[row.index] }, &evidence) }
    }
  }

  private func explain(_ position: Int?, _ words: [UInt8?], _ evidence: inout Evidence) {
    if let position { evidence.add("basis", rows[position].basis) }
    for (input, word) in zip(inputs, words).sorted(by: { $0.0.name < $1.0.name }) {
      evidence.add("fact/\(input.name)", word.map { input.words[Int($0)] } ?? "not known")
    }
    if let position {
      evidence.add("reason", rows[position].reason)
      evidence.add("row", position + 1)
      evidence.add("status", rows[position].status)
    }
  }

  /// Of each input and row of the batch the position of its word, where it is asked for and has one.
  private func words(_ batch: Batch, _ rows: Bitmap) throws(ModuleFailure) -> [[UInt8?]] {
    var words: [[UInt8?]] = []
    for input in inputs { words.append(try input.words(batch, rows)) }
    return words
  }

  /// The position of the row that takes the words of an organisation; nil when none does.
  private func row(_ words: [[UInt8?]], _ row: Row) -> Int? {
    rows.firstIndex { candidate in
      for (input, taken) in candidate.takes.enumerated() {
        guard let word = words[input][row.index], (taken >> UInt64(word)) & 1 == 1 else { return false }
      }
      return true
    }
  }
}

/// A row of a decision table.
struct TableRow: Sendable {
  /// By input, the words the row takes: bit n for the word at position n.
  let takes: [UInt64]
  let status: String
  let basis: String
  let reason: String

  init(_ pointer: String, inputs: [Input], _ binding: Binding) throws(ModuleFailure) {
    status = try binding.text("\(pointer)/status")
    basis = try binding.text("\(pointer)/basis")
    reason = try binding.text("\(pointer)/reason")
    let named = binding.keys(below: "\(pointer)/when")
    for name in named.map(Binding.unescaped) where !inputs.contains(where: { $0.name == name }) {
      throw ModuleFailure("\(pointer)/when names \"\(name)\", which is no input of the table")
    }
    var takes: [UInt64] = []
    for input in inputs {
      guard let step = named.first(where: { Binding.unescaped($0) == input.name }) else {
        takes.append(.max)
        continue
      }
      var taken: UInt64 = 0
      for word in try binding.texts("\(pointer)/when/\(step)") {
        guard let position = input.words.firstIndex(of: word) else {
          throw ModuleFailure("\"\(input.name)\" has no word \"\(word)\", which \(pointer)/when takes")
        }
        taken |= 1 << UInt64(position)
      }
      takes.append(taken)
    }
    self.takes = takes
  }
}
