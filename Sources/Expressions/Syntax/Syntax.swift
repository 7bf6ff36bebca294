/// An expression as it was written, with macros recognised and names not yet looked up.
struct Syntax: Sendable {
  /// Where to point when something is wrong with it: a name, an operator, the first byte of a literal.
  let offset: Int
  /// The number of levels below and including this one.
  let depth: Int
  let form: Form

  /// The deepest tree that is built; all later walks recurse.
  static let depthLimit = 200

  indirect enum Form: Sendable {
    case literal(Value)
    /// A name; `isAbsolute` when written with a leading dot, which passes over the variables of macros.
    case name(String, isAbsolute: Bool)
    case select(Syntax, String)
    /// `has(operand.field)`.
    case presence(Syntax, String)
    case index(Syntax, Syntax)
    case call(String, [Syntax])
    case memberCall(Syntax, String, [Syntax])
    case not(Syntax)
    case negate(Syntax)
    case arithmetic(ArithmeticOperator, Syntax, Syntax)
    case compare(ComparisonOperator, Syntax, Syntax)
    case isIn(Syntax, Syntax)
    /// Two or more conditions joined by `&&`.
    case and([Syntax])
    /// Two or more conditions joined by `||`.
    case or([Syntax])
    case conditional(Syntax, Syntax, Syntax)
    case list([Syntax])
    case map([MapEntry])
    /// `Name{field: value}`: a message of a type.
    case message(String)
    case comprehension(Comprehension)
    /// `given(x)` and its kin, which read the cell itself.
    case cell(CellQuestion, Syntax)
  }

  struct MapEntry: Sendable {
    let key: Syntax
    let value: Syntax
  }

  /// A macro over a list.
  struct Comprehension: Sendable {
    let kind: ComprehensionKind
    let variable: String
    let range: Syntax
    /// What is asked of each element; nil for a `map` of all elements.
    let condition: Syntax?
    /// What `map` makes of each element.
    let transform: Syntax?
  }
}

enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case remainder = "%"
}

enum ComparisonOperator: String, Sendable {
  case equal = "=="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// True for operators that ask for an order, not just for sameness.
  var isOrder: Bool { self != .equal && self != .notEqual }

  /// The operator that says the same with the sides exchanged.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

enum ComprehensionKind: String, Sendable, CaseIterable {
  case all
  case exists
  case existsOne = "exists_one"
  case map
  case filter
}

/// A macro that reads a cell itself and not its value (DESIGN 5).
enum CellQuestion: String, Sendable, CaseIterable {
  case given
  case isBlank
  case isNotKnown
  case isNotApplicable
  case isSuppressed
  case isInvalid
  case low
  case high
}
