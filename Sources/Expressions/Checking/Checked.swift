/// An expression whose names are resolved and whose types agree, ready to be evaluated.
struct Checked: Sendable {
  var type: ValueType
  /// 0-based, in bytes of the source.
  let offset: Int
  let form: Form

  indirect enum Form: Sendable {
    case constant(Value)
    /// A column of the batch.
    case field(Int)
    /// A column of the nested batch, in the row of a record.
    case recordField(Checked, Int)
    /// All records of the row.
    case records
    /// What a macro at this level holds, counted from the outermost.
    case variable(Int)
    /// A value that is given with the expression, by its place among them.
    case binding(Int)
    case periodEnd(Checked, PeriodEnd)
    case entry(Checked, String)
    case hasEntry(Checked, String)
    case index(Checked, Checked)
    /// `operand.?key` and `operand[?key]`.
    case optionalEntry(Checked, Checked)
    case not(Checked)
    case negate(Checked)
    case arithmetic(ArithmeticOperator, Checked, Checked)
    case compare(ComparisonOperator, Checked, Checked)
    case isIn(Checked, Checked)
    case and([Checked])
    case or([Checked])
    case conditional(Checked, Checked, Checked)
    case call(Function, [Checked])
    /// What the register says of a code.
    case lookup(RegisterQuestion, any RegisterLookup, [Checked])
    /// `text.matches(pattern)` with a pattern known beforehand.
    case matches(Checked, RegularExpression)
    case list([Checked])
    /// A list of elements some of which are optional.
    case sparseList([(value: Checked, isOptional: Bool)])
    case map([(key: Checked, value: Checked, isOptional: Bool)])
    case comprehension(Comprehension)
    /// Holds a value at a level while the body is evaluated.
    case bind(Int, Checked, Checked)
    /// What is made of the value of an optional, held at a level; flat when that is an optional itself.
    case optionalMap(Checked, Int, Checked, isFlat: Bool)
    /// The first when it has a value, otherwise the second; its value when it unwraps.
    case orElse(Checked, Checked, unwraps: Bool)
    /// What is wrong with an expression that is not checked; found when it is evaluated.
    case failure(String)
    case cell(CellQuestion, CellPlace)
  }

  enum PeriodEnd: String, Sendable, CaseIterable {
    case start
    case end
  }

  /// The cell that a macro reads.
  enum CellPlace: Sendable {
    case field(Int)
    case recordField(Checked, Int)
  }

  struct Comprehension: Sendable {
    let kind: ComprehensionKind
    /// The level of its variable.
    let variable: Int
    /// The level of its second variable, the element or value, when it has two.
    let second: Int?
    let range: Checked
    let condition: Checked?
    let transform: Checked?
  }

  /// The value when it is known before any row is.
  var constant: Value? {
    if case .constant(let value) = form { value } else { nil }
  }
}
