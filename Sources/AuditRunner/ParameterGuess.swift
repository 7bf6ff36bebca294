import AuditModel
import JSONDocument
import RulePacks

/// Parameters for a check kind that its schema lets one make up.
struct ParameterGuess {
  /// What the kind cannot do without, as a JSON object.
  let required: String
  /// All it can be given.
  let all: String

  init(
    kind: CheckKind, fields: [Field], codeLists: [String], request: RuleScaffold.Request
  ) throws(ConfigurationError) {
    var given: [(key: String, value: String)] = []
    if let with = request.with {
      do {
        let root = try JSONDocument.parse(Array(with.utf8), name: "--with").root
        try root.expect(.object)
        for (key, value) in root.members {
          var writer = JSONWriter<Never>(.compact)
          writer.value(value)
          given.append((key, String(decoding: writer.finishedBytes().dropLast(), as: UTF8.self)))
        }
      } catch {
        throw ConfigurationError([error.problem])
      }
    }
    var wanted: Int?
    if let name = request.field {
      wanted = fields.firstIndex { $0.name == name }
      guard wanted != nil else {
        throw ConfigurationError(
          "--field",
          "The pack has no field \"\(name)\"" + Suggestion.end(for: name, among: fields.map(\.name)),
          advice: "A new field is added to the pack's pack.json first.")
      }
    }
    guard case .object(let members) = kind.parameters else {
      (required, all) = ("{}", "{}")
      return
    }
    var guess = Guess(fields: fields, codeLists: codeLists, wanted: wanted)
    var needed: [(key: String, value: String)] = given
    var every = given
    for member in members where !given.contains(where: { $0.key == member.name }) {
      guard let value = guess.value(member.schema) else {
        if member.isRequired {
          throw ConfigurationError(
            "--with", "\(kind.name) needs \"\(member.name)\", which cannot be made up: \(member.summary)",
            advice: "Give it, as in --with '{\"\(member.name)\": …}'.")
        }
        continue
      }
      if member.isRequired { needed.append((member.name, value)) }
      every.append((member.name, value))
    }
    required = ParameterGuess.object(needed)
    all = ParameterGuess.object(every)
  }

  private static func object(_ members: [(key: String, value: String)]) -> String {
    let sorted = members.sorted { $0.key < $1.key }
    return sorted.isEmpty ? "{}" : "{ \(sorted.map { "\(quoted($0.key)): \($0.value)" }.joined(separator: ", ")) }"
  }

  /// Makes up one parameter after the other; each field is taken once while there are others.
  private struct Guess {
    let fields: [Field]
    let codeLists: [String]
    let wanted: Int?
    var taken: Set<Int> = []

    init(fields: [Field], codeLists: [String], wanted: Int?) {
      self.fields = fields
      self.codeLists = codeLists
      self.wanted = wanted
    }

    mutating func value(_ schema: ParameterSchema) -> String? {
      switch schema {
      case .field(let tag): return field(tag).map { quoted(fields[$0].name) }
      case .fields(let tag):
        // Kinds that take several fields compare them with one another, where there are several.
        guard let first = field(tag) else { return nil }
        let second = field(tag).flatMap { $0 == first ? nil : $0 }
        return "[\([first, second].compactMap { $0.map { quoted(fields[$0].name) } }.joined(separator: ", "))]"
      case .each(let tag): return field(tag).map { "[\(quoted(fields[$0].name))]" }
      case .expression: return condition.map(quoted)
      case .pattern: return quoted("[A-Za-z0-9 ]+")
      case .boolean: return "true"
      case .integer(let minimum, let maximum): return String(minimum ?? maximum ?? 0)
      case .number(let minimum, let maximum): return number(minimum, maximum)
      case .text(let words): return words.first.map(quoted)
      case .date: return quoted("2000-01-01")
      case .codeList: return codeLists.first.map(quoted)
      case .array, .map, .object: return nil
      }
    }

    private func number(_ minimum: Double?, _ maximum: Double?) -> String {
      if let minimum, let maximum { return String((minimum + maximum) / 2) }
      return String(minimum ?? maximum ?? 0)
    }

    /// The field that was asked for, when the tag takes it and nothing has it yet; else the first that fits.
    private mutating func field(_ tag: ParameterSchema.FieldTag) -> Int? {
      func fits(_ position: Int) -> Bool { tag.types.isEmpty || tag.types.contains(fields[position].type) }
      let fitting = fields.indices.filter(fits)
      let order = (wanted.map { [$0] } ?? []) + fitting.filter { fields[$0].name != "organisation_code" } + fitting
      guard let chosen = order.first(where: { fits($0) && !taken.contains($0) }) ?? fitting.first else { return nil }
      taken.insert(chosen)
      return chosen
    }

    /// A condition that some values of a field meet and others do not.
    private var condition: String? {
      guard let position = wanted ?? fields.indices.first else { return nil }
      let name = fields[position].name
      switch fields[position].type {
      case .integer, .number: return "low(\(name)) >= 0"
      case .boolean: return name
      case .date: return "\(name) >= date('2000-01-01')"
      case .period: return "\(name).start >= date('2000-01-01')"
      case .text, .timestamp: return "given(\(name))"
      }
    }
  }
}
