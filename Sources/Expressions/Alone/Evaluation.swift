public import JSONDocument

/// Values that an expression is given by name.
public struct EvaluationVariables: Sendable {
  private(set) var values: [(name: String, value: Value, type: ValueType)] = []

  public init() {}

  /// The names, in the order given.
  public var names: [String] { values.map(\.name) }

  /// Adds a value in the notation of CEL's conformance suite, such as `{"int64_value": "3"}`; its type is left open.
  public mutating func add(_ name: String, notation: JSONValue) throws(JSONError) {
    values.append((name, try Value(notation: notation), .dyn))
  }

  /// Adds a JSON value as it is: whole numbers are ints, other numbers doubles, objects maps.
  public mutating func add(_ name: String, json: JSONValue) throws(JSONError) {
    add(name, try Value(json: json))
  }

  /// Adds a value of its own type.
  mutating func add(_ name: String, _ value: Value) {
    values.append((name, value, ValueType(of: value)))
  }
}

/// What an expression came to that was evaluated by itself, without a batch of rows.
public struct Evaluation: Sendable {
  private let value: Value

  /// Evaluates an expression over given values.
  ///
  /// - Parameter isChecked: false to leave names and types to the evaluation.
  /// - Throws: an `ExpressionError` at its place when the expression cannot be read or, if it is checked, names what
  ///   there is not or has types that clash.
  public static func evaluate(
    _ source: String, _ variables: EvaluationVariables = EvaluationVariables(), isChecked: Bool = true
  ) throws(ExpressionError) -> Evaluation {
    let syntax = try Parser.parse(source)
    var checker = Checker(
      ExpressionScope(variables: variables.values.map { ($0.name, $0.type) }), isStrict: isChecked)
    let checked = try checker.check(syntax)
    var interpreter = Interpreter(
      bindings: variables.values.map(\.value), variableCount: checker.variableCount)
    return Evaluation(value: interpreter.result(of: checked))
  }

  /// What went wrong while it was evaluated; nil when it has a value.
  public var error: String? {
    if case .error(let message) = value { message } else { nil }
  }

  /// The value as CEL would write it; empty when there is none.
  public var text: String { value.isSettled ? value.literal : "" }

  /// Writes `{"value": …}` in the notation of CEL's conformance suite, or `{"error": …}`.
  public func write<Failure: Error>(to writer: inout JSONWriter<Failure>) throws(Failure) {
    try writer.beginObject()
    if let error {
      try writer.member("error", error)
    } else {
      try writer.key("value")
      try value.write(to: &writer)
    }
    try writer.endObject()
  }
}
