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
    /// `operand.?field`.
    case optionalSelect(Syntax, String)
    /// `has(operand.field)`.
    case presence(Syntax, String)
    case index(Syntax, Syntax)
    /// `operand[?index]`.
    case optionalIndex(Syntax, Syntax)
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
    case list([Element])
    case map([MapEntry])
    /// `Name{field: value}`: a message of a type.
    case message(String)
    case comprehension(Comprehension)
    /// `cel.bind(name, value, body)`.
    case bind(String, Syntax, Syntax)
    /// `operand.optMap(name, body)` and, when flat, `operand.optFlatMap(name, body)`.
    case optionalMap(Syntax, String, Syntax, isFlat: Bool)
    /// `given(x)` and its kin, which read the cell itself.
    case cell(CellQuestion, Syntax)
  }

  /// An element of a list; an optional one, `?value`, stands there only when it has a value.
  struct Element: Sendable {
    let value: Syntax
    let isOptional: Bool
  }

  /// An entry of a map; an optional one, `?key: value`, stands there only when its value has one.
  struct MapEntry: Sendable {
    let key: Syntax
    let value: Syntax
    let isOptional: Bool
  }

  /// A macro over a list or a map.
  struct Comprehension: Sendable {
    let kind: ComprehensionKind
    /// The element of a list or the key of a map; the index or the key when there is a second variable.
    let variable: String
    /// The element of a list or the value of a map.
    let second: String?
    let range: Syntax
    /// What is asked of each element; nil when the macro makes something of all of them.
    let condition: Syntax?
    /// What the macro makes of each element; nil for those that only ask.
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
  case transformList
  case transformMap

  /// The kind that a macro's name stands for.
  init?(name: String) {
    self.init(rawValue: name == "existsOne" ? "exists_one" : name)
  }

  /// True when it makes a list or a map of what it goes through.
  var transforms: Bool { self == .map || self == .transformList || self == .transformMap }

  /// True when it takes a name for the place of an element beside the element's own.
  func takesTwoNames(arguments: Int) -> Bool {
    switch self {
    case .all, .exists, .existsOne: arguments == 3
    case .map, .filter: false
    case .transformList, .transformMap: arguments == 3 || arguments == 4
    }
  }

  /// True when it takes one name.
  func takesOneName(arguments: Int) -> Bool {
    switch self {
    case .all, .exists, .existsOne, .filter: arguments == 2
    case .map: arguments == 2 || arguments == 3
    case .transformList, .transformMap: false
    }
  }

  /// How it is written, for messages.
  var usage: String {
    switch self {
    case .map: "a name and what to make of each element, as in list.map(r, r.x)"
    case .transformList: "two names and what to make of each element, as in list.transformList(i, r, r.x)"
    case .transformMap: "two names and what to make of each value, as in map.transformMap(k, v, v + 1)"
    default: "a name and a condition, as in list.\(rawValue)(r, r.x > 0)"
    }
  }
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
