import AuditModel
import Expressions
import JSONDocument

/// What expressions of a rule may name, and the compilation of what stands in a pack's files.
struct RuleScope {
  /// The scope's fields: the pack's, or the host's and then the pack's.
  let fields: [Field]
  let expressions: ExpressionScope

  /// - Parameter reads: what the rule's check kind reads.
  init(_ reads: CheckKind.Reads, packFields: [Field], register: (any RegisterLookup)?) {
    switch reads {
    case .records:
      fields = packFields
      expressions = ExpressionScope(fields: packFields, register: register)
    case .organisations:
      fields = OrganisationFields.all + packFields
      expressions = ExpressionScope(
        fields: fields, records: (name: OrganisationFields.records, fields: packFields), register: register)
    }
  }

  /// Compiles a condition; an error stands at its place within the string.
  func condition(_ value: JSONValue) throws(JSONError) -> CompiledExpression {
    let source = try value.asString()
    do {
      return try CompiledExpression.compile(source, scope: expressions, expecting: .bool)
    } catch {
      throw value.error(inString: error.offset, error.message)
    }
  }

  /// True when an expression that was compiled here reads the list of an organisation's records.
  func readsRecords(_ expression: CompiledExpression) -> Bool {
    let withoutRecords = ExpressionScope(fields: fields, register: expressions.register)
    return (try? CompiledExpression.compile(expression.source, scope: withoutRecords, expecting: .bool)) == nil
  }

  func pattern(_ value: JSONValue) throws(JSONError) -> CompiledPattern {
    let source = try value.asString()
    do {
      return try CompiledPattern.compile(source)
    } catch {
      throw value.error(inString: error.offset, error.message)
    }
  }

  /// The position of a field named by a string.
  func field(_ value: JSONValue) throws(JSONError) -> Int {
    let name = try value.asString()
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      throw value.error(
        "There is no field \"\(name)\"" + Suggestion.question(for: name, among: fields.lazy.map(\.name)))
    }
    return position
  }
}
