import AuditModel
import Expressions
import JSONDocument

/// Checks a rule's `with` against its check kind's parameters and makes bindings of it.
struct ParameterBinder {
  private let scope: RuleScope
  private let codeLists: [RulePack.CodeList]
  private let log: PackErrorLog
  private var leaves: [Leaf] = []
  /// The pointers of the parameters that the rule gives, right or wrong.
  private var given: Set<String> = []
  private var expressions: [CompiledExpression] = []
  private var patterns: [CompiledPattern] = []
  private(set) var settings: [Rule.Setting] = []

  /// A parameter before it is known which field it is bound to.
  private struct Leaf {
    enum Value {
      case plain(RuleParameter.Value)
      /// Positions in the scope.
      case fields([Int], ParameterSchema.FieldTag)
      /// Positions in the scope, one a binding.
      case each([Int], ParameterSchema.FieldTag)
      /// The pointer of the parameter that names the field.
      case pattern(source: String, index: Int, of: String, JSONValue)
    }
    let pointer: String
    let value: Value
  }

  init(scope: RuleScope, codeLists: [RulePack.CodeList], log: PackErrorLog) {
    self.scope = scope
    self.codeLists = codeLists
    self.log = log
  }

  /// Makes the bindings of a rule.
  ///
  /// - Parameters:
  ///   - with: the rule's parameters; nil when it gives none.
  ///   - rule: where a missing `with` is told.
  ///   - place: the field that findings point to, as a position in the scope, when the rule names one.
  mutating func bind(
    _ with: JSONValue?, _ schema: ParameterSchema, rule: JSONValue, place: (position: Int, value: JSONValue)?
  ) -> [RuleBinding] {
    if let with {
      walk(with, schema, pointer: "", name: "")
    } else if case .object(let members) = schema, members.contains(where: \.isRequired) {
      let needed = members.filter(\.isRequired).map { "\"\($0.name)\"" }.joined(separator: ", ")
      log.add(rule.error("The key \"with\" is missing; the check needs \(needed)"))
    }
    var each: [Int?] = [nil]
    for leaf in leaves {
      if case .each(let positions, _) = leaf.value, !positions.isEmpty { each = positions.map { $0 } }
    }
    if let place, each.first != .some(nil) {
      log.add(place.value.error("The check points to each of its fields; leave \"field\" out"))
    }
    return each.map { binding(each: $0, place: place) }
  }

  // MARK: Walking

  private mutating func walk(_ value: JSONValue, _ schema: ParameterSchema, pointer: String, name: String) {
    do throws(JSONError) {
      switch schema {
      case .object(let members): walk(value, members: members, pointer, name)
      case .map(let values):
        try value.expect(.object)
        for (key, member) in value.members {
          walk(member, values, pointer: "\(pointer)/\(ParameterBinder.escaped(key))", name: joined(name, key))
        }
      case .array(let element, let least):
        let elements = try value.asArray()
        if elements.count < least {
          throw value.error("Expected at least \(least == 1 ? "one element" : "\(least) elements")")
        }
        for (index, item) in elements.enumerated() {
          walk(item, element, pointer: "\(pointer)/\(index)", name: joined(name, String(index + 1)))
        }
      case .boolean:
        let flag = try value.asBoolean()
        add(pointer, name, .plain(.boolean(flag)), shown: flag ? "true" : "false")
      case .integer(let minimum, let maximum):
        let number = try value.asInteger()
        if let minimum, number < minimum { throw value.error("Expected at least \(minimum), found \(number)") }
        if let maximum, number > maximum { throw value.error("Expected at most \(maximum), found \(number)") }
        add(pointer, name, .plain(.integer(number)), shown: String(number))
      case .number(let minimum, let maximum):
        let number = try value.asDouble()
        let shown = EvidenceValue.number(number).words
        if let minimum, number < minimum {
          throw value.error("Expected at least \(EvidenceValue.number(minimum).words), found \(shown)")
        }
        if let maximum, number > maximum {
          throw value.error("Expected at most \(EvidenceValue.number(maximum).words), found \(shown)")
        }
        add(pointer, name, .plain(.number(number)), shown: shown)
      case .text(let words):
        let text = try value.asString()
        if !words.isEmpty, !words.contains(text) {
          let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
          throw value.error(
            "Expected one of \(list), found \"\(text)\"" + Suggestion.question(for: text, among: words))
        }
        add(pointer, name, .plain(.text(text)), shown: text)
      case .date:
        let date = try value.asDate()
        add(pointer, name, .plain(.text(date.description)), shown: date.description)
      case .field(let tag):
        let position = try field(value, tag)
        add(pointer, name, .fields([position], tag), shown: scope.fields[position].name)
      case .fields(let tag):
        let positions = try fields(value, tag)
        add(pointer, name, .fields(positions, tag), shown: names(positions))
      case .each(let tag):
        let positions = try fields(value, tag)
        add(pointer, name, .each(positions, tag), shown: names(positions))
      case .expression:
        let compiled = try scope.condition(value)
        let source = value.string ?? ""
        add(pointer, name, .plain(.expression(source: source, index: expressions.count)), shown: source)
        expressions.append(compiled)
      case .pattern(let parameter):
        let compiled = try scope.pattern(value)
        let source = value.string ?? ""
        if source.isEmpty { throw value.error("The pattern is empty") }
        let parent = pointer.lastIndex(of: "/").map { pointer[..<$0] } ?? ""
        add(
          pointer, name, .pattern(source: source, index: patterns.count, of: "\(parent)/\(parameter)", value),
          shown: source)
        patterns.append(compiled)
      case .codeList:
        let text = try value.asString()
        guard let list = codeLists.first(where: { $0.name == text }) else {
          throw value.error(
            "The pack has no code list \"\(text)\"" + Suggestion.question(for: text, among: codeLists.map(\.name)))
        }
        add(pointer, name, .plain(.codeList(name: text, codes: list.codes)), shown: text)
      }
    } catch {
      log.add(error)
    }
  }

  private mutating func walk(
    _ value: JSONValue, members: [ParameterSchema.Member], _ pointer: String, _ name: String
  ) {
    let required = members.filter(\.isRequired).map(\.name)
    let optional = members.filter { !$0.isRequired }.map(\.name)
    guard let reader = ObjectReader(value, allowing: optional, required: required, log: log) else { return }
    for member in members {
      guard let item = reader[member.name] else { continue }
      given.insert("\(pointer)/\(member.name)")
      walk(item, member.schema, pointer: "\(pointer)/\(member.name)", name: joined(name, member.name))
    }
  }

  private func field(_ value: JSONValue, _ tag: ParameterSchema.FieldTag) throws(JSONError) -> Int {
    let position = try scope.field(value)
    let field = scope.fields[position]
    guard tag.types.isEmpty || tag.types.contains(field.type) else {
      let types = tag.types.map(\.rawValue).joined(separator: " or ")
      throw value.error("The field \"\(field.name)\" is of type \(field.type.rawValue); the check needs \(types)")
    }
    return position
  }

  private func fields(_ value: JSONValue, _ tag: ParameterSchema.FieldTag) throws(JSONError) -> [Int] {
    let elements = try value.asArray()
    if elements.isEmpty { throw value.error("Expected at least one field") }
    var positions: [Int] = []
    for element in elements {
      do throws(JSONError) {
        let position = try field(element, tag)
        if positions.contains(position) { throw element.error("The field is listed twice") }
        positions.append(position)
      } catch {
        log.add(error)
      }
    }
    return positions
  }

  private mutating func add(_ pointer: String, _ name: String, _ value: Leaf.Value, shown: String) {
    leaves.append(Leaf(pointer: pointer, value: value))
    settings.append(Rule.Setting(name: name, value: shown))
  }

  private func names(_ positions: [Int]) -> String {
    positions.map { scope.fields[$0].name }.joined(separator: ", ")
  }

  private func joined(_ name: String, _ step: String) -> String { name.isEmpty ? step : "\(name).\(step)" }

  private static func escaped(_ key: String) -> String {
    var text = ""
    for character in key {
      switch character {
      case "~": text += "~0"
      case "/": text += "~1"
      default: text.append(character)
      }
    }
    return text
  }

  // MARK: Binding

  private func binding(each: Int?, place: (position: Int, value: JSONValue)?) -> RuleBinding {
    var result = RuleBinding(
      field: each ?? place?.position ?? mainField, fields: [], judges: [], parameters: [], expressions: expressions,
      patterns: patterns)
    if let field = result.field { _ = ParameterBinder.bound(field, judges: 0b11_1111, in: &result) }
    var named: [String: Int] = [:]
    for leaf in leaves {
      switch leaf.value {
      case .plain(let value): result.parameters.append(RuleParameter(pointer: leaf.pointer, value: value))
      case .fields(let positions, let tag):
        let indexes = positions.map { ParameterBinder.bound($0, judges: tag.judges, in: &result) }
        named[leaf.pointer] = indexes.first
        result.parameters.append(RuleParameter(pointer: leaf.pointer, value: .fields(indexes)))
      case .each(_, let tag):
        guard let each else { continue }
        let index = ParameterBinder.bound(each, judges: tag.judges, in: &result)
        named[leaf.pointer] = index
        result.parameters.append(RuleParameter(pointer: leaf.pointer, value: .fields([index])))
      case .pattern: continue
      }
    }
    for leaf in leaves {
      guard case .pattern(let source, let index, let of, let value) = leaf.value else { continue }
      guard let field = named[of] else {
        // A field that is given and wrong was told already.
        if !given.contains(of) {
          log.add(value.error("The pattern has no field to be matched against: \"\(of.dropFirst())\" names it"))
        }
        continue
      }
      result.parameters.append(
        RuleParameter(pointer: leaf.pointer, value: .pattern(source: source, index: index, field: field)))
    }
    return result
  }

  /// The field of the parameter that is called so: what the check is about.
  private var mainField: Int? {
    for leaf in leaves where leaf.pointer == "/field" {
      if case .fields(let positions, _) = leaf.value { return positions.first }
    }
    return nil
  }

  /// Binds a field, if it is not bound yet, and gives its index among the bound ones. Only those kinds of cell are
  /// judged that all parameters with the field judge.
  private static func bound(_ field: Int, judges: UInt8, in binding: inout RuleBinding) -> Int {
    if let index = binding.fields.firstIndex(of: field) {
      binding.judges[index] &= judges
      return index
    }
    binding.fields.append(field)
    binding.judges.append(judges)
    return binding.fields.count - 1
  }
}
