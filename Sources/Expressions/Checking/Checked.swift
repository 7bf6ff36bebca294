/// An expression whose names are resolved and whose types agree, ready to be evaluated.
struct Checked: Sendable {
  let type: ValueType
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
    /// The element of the macro at this level, counted from the outermost.
    case variable(Int)
    case periodEnd(Checked, PeriodEnd)
    case entry(Checked, String)
    case hasEntry(Checked, String)
    case index(Checked, Checked)
    case not(Checked)
    case negate(Checked)
    case arithmetic(ArithmeticOperator, Checked, Checked)
    case compare(ComparisonOperator, Checked, Checked)
    case isIn(Checked, Checked)
    case and([Checked])
    case or([Checked])
    case conditional(Checked, Checked, Checked)
    case call(Function, [Checked])
    /// `text.matches(pattern)` with a pattern known beforehand.
    case matches(Checked, RegularExpression)
    case list([Checked])
    case map([(key: Checked, value: Checked)])
    case comprehension(Comprehension)
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
    let range: Checked
    let condition: Checked?
    let transform: Checked?
  }

  /// The value when it is known before any row is.
  var constant: Value? {
    if case .constant(let value) = form { value } else { nil }
  }
}
