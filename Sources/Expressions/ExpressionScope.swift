public import AuditModel

/// What an expression may name.
public struct ExpressionScope: Sendable {
  /// The columns of the batches it is evaluated over, in their order.
  public let fields: [Field]
  /// A list of records: its name and the columns of the nested batch. Nil for expressions over records.
  public let records: (name: String, fields: [Field])?
  /// The register that functions such as `isOpen` look up; nil when there is none.
  public let register: (any RegisterLookup)?
  /// Values that are given with the expression.
  let variables: [(name: String, type: ValueType)]

  public init(
    fields: [Field], records: (name: String, fields: [Field])? = nil, register: (any RegisterLookup)? = nil
  ) {
    self.fields = fields
    self.records = records
    self.register = register
    variables = []
  }

  /// A scope of given values alone.
  init(variables: [(name: String, type: ValueType)], register: (any RegisterLookup)? = nil) {
    fields = []
    records = nil
    self.register = register
    self.variables = variables
  }

  /// What its names name, for messages.
  var word: String { fields.isEmpty && records == nil ? "variable" : "field" }
}

/// What expressions ask the register of organisations. Dates are days since 1970-01-01.
public protocol RegisterLookup: Sendable {
  func isRegistered(code: String) -> Bool
  /// Whether the organisation was open on a day; nil when that cannot be told, as of a code that is not registered.
  func isOpen(code: String, on day: Int32) -> Bool?
  /// The codes of the organisations that had taken its place by a day, none while it was open; nil when that cannot be
  /// told.
  func successors(code: String, on day: Int32) -> [String]?
  /// Nil when the code is not registered.
  func name(code: String) -> String?
  /// Nil when the code is not registered or the register states no nation.
  func nation(code: String) -> String?
}

/// The type an expression is expected to have.
public enum ExpressionType: Sendable {
  case bool
}

/// An expression or a pattern that cannot be compiled.
public struct ExpressionError: Error, Equatable, Sendable {
  /// What is wrong and what was expected, without a full stop at the end.
  public let message: String
  /// Where, 0-based in UTF-8 bytes of the source.
  public let offset: Int

  public init(_ message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}
