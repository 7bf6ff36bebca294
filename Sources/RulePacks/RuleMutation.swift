import AuditModel
public import Expressions

/// A rule with one thing in it broken.
public struct RuleMutant: Sendable {
  public var rule: Rule
  /// What is changed, such as `applies` or `with.that`.
  public var place: String
  public var original: String
  /// What stands there instead; empty when it is taken away.
  public var changed: String
}

/// Breaks rules, one thing at a time.
public struct RuleMutation {
  private let records: ExpressionScope
  private let organisations: ExpressionScope

  /// - Parameter register: what expressions look organisations up in.
  public init(_ pack: RulePack, register: (any RegisterLookup)?) {
    records = RuleScope(.records, packFields: pack.fields, register: register).expressions
    organisations = RuleScope(.organisations, packFields: pack.fields, register: register).expressions
  }

  /// Every way to break a rule: its condition taken away or changed, each parameter changed by what it is.
  ///
  /// Changes that do not compile are left out; some may mean the same as the original.
  public func mutants(of rule: Rule) -> [RuleMutant] {
    var mutants: [RuleMutant] = []
    if let source = rule.appliesSource {
      var bare = rule
      bare.applies = nil
      mutants.append(RuleMutant(rule: bare, place: "applies", original: source, changed: ""))
      for (changed, compiled) in expressions(source, rule) {
        var other = rule
        other.applies = compiled
        mutants.append(RuleMutant(rule: other, place: "applies", original: source, changed: changed))
      }
    }
    if rule.bindings.count > 1 {
      for index in rule.bindings.indices {
        var other = rule
        let gone = other.bindings.remove(at: index)
        let name = gone.field.map { scope(rule).fields[$0].name } ?? ""
        mutants.append(RuleMutant(rule: other, place: "with", original: name, changed: ""))
      }
    }
    for parameter in rule.bindings.first?.parameters ?? [] { mutants += self.mutants(of: rule, parameter) }
    return mutants
  }

  private func scope(_ rule: Rule) -> ExpressionScope { rule.kind.reads == .records ? records : organisations }

  private func expressions(_ source: String, _ rule: Rule) -> [(String, CompiledExpression)] {
    ExpressionMutation.mutants(of: source).compactMap { mutant in
      (try? CompiledExpression.compile(mutant.source, scope: scope(rule), expecting: .bool)).map { (mutant.source, $0) }
    }
  }

  // MARK: Parameters

  /// One parameter changed in every binding of the rule.
  private func mutants(of rule: Rule, _ parameter: RuleParameter) -> [RuleMutant] {
    let place = "with" + parameter.pointer.replacing("/", with: ".")
    func mutant(_ original: String, _ changed: String, _ change: (inout RuleBinding, Int) -> Void) -> RuleMutant {
      var other = rule
      for index in other.bindings.indices {
        guard let position = other.bindings[index].parameters.firstIndex(where: { $0.pointer == parameter.pointer })
        else { continue }
        change(&other.bindings[index], position)
      }
      return RuleMutant(rule: other, place: place, original: original, changed: changed)
    }
    func plain(_ original: String, _ changed: String, _ value: RuleParameter.Value) -> RuleMutant {
      mutant(original, changed) { $0.parameters[$1].value = value }
    }
    var mutants: [RuleMutant] = []
    switch parameter.value {
    case .boolean(let value): mutants = [plain("\(value)", "\(!value)", .boolean(!value))]
    case .integer(let value):
      mutants = [1, -1].map { plain("\(value)", "\(value + $0)", .integer(value + $0)) }
    case .number(let value): mutants = steps(value).map { plain("\(value)", "\($0)", .number($0)) }
    case .text(let text):
      if let date = CalendarDate(iso: text) {
        mutants = [Int32(1), -1].map { step in
          let changed = CalendarDate(days: date.days + step).description
          return plain(text, changed, .text(changed))
        }
      }
    case .fields(let positions):
      // Of several fields, each is left out once.
      if positions.count > 2 {
        mutants = positions.indices.map { index in
          mutant("", "") { binding, position in
            guard case .fields(var left) = binding.parameters[position].value else { return }
            left.remove(at: index)
            binding.parameters[position].value = .fields(left)
          }
        }
      }
    case .expression(let source, _):
      mutants = expressions(source, rule).map { changed, compiled in
        mutant(source, changed) { binding, position in
          guard case .expression(_, let index) = binding.parameters[position].value else { return }
          binding.expressions[index] = compiled
        }
      }
    case .pattern(let source, _, _):
      mutants = ["(?s).*", "x\\bx"].compactMap { changed in
        (try? CompiledPattern.compile(changed)).map { compiled in
          mutant(source, changed) { binding, position in
            guard case .pattern(_, let index, _) = binding.parameters[position].value else { return }
            binding.patterns[index] = compiled
          }
        }
      }
    case .codeList(let name, let codes):
      mutants = [plain("the code list \(name)", "no codes", .codeList(name: name, codes: []))]
      mutants += codes.indices.map { index in
        var left = codes
        let gone = left.remove(at: index)
        return plain(
          "the code list \(name)", "without \"\(gone.code)\"", .codeList(name: name, codes: left))
      }
    }
    return mutants
  }

  /// A number a little larger and a little smaller, in its own last digit.
  private func steps(_ value: Double) -> [Double] {
    var step = 1.0
    while step > 1e-6, (value / step).rounded() * step != value { step /= 10 }
    return [value + step, value - step]
  }
}
