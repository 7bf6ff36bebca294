/// A reusable way of checking that a rule module offers (DESIGN 6).
public struct CheckKind: Hashable, Sendable {
  /// What its batches hold.
  public enum Reads: UInt32, Sendable {
    case records = 0
    case organisations = 1

    /// As catalogues name it.
    public var word: String { self == .records ? "records" : "organisations" }
  }

  /// What its verdicts are about.
  public enum Answers: UInt32, Sendable {
    case record = 0
    case submission = 1
    case organisation = 2
    case round = 3

    /// As catalogues name it.
    public var word: String {
      switch self {
      case .record: "record"
      case .submission: "submission"
      case .organisation: "organisation"
      case .round: "round"
      }
    }
  }

  /// `module.kind`, such as `completeness.required`.
  public var name: String
  public var module: String
  public var summary: String
  public var reads: Reads
  public var answers: Answers
  public var judgesAtFinish: Bool
  /// True when its evidence gives every organisation a status.
  public var classifies: Bool
  /// The message of a rule that gives none.
  public var message: String
  /// What a rule's `with` may hold.
  public var parameters: ParameterSchema
  /// The names its evidence uses, sorted.
  public var evidence: [String]

  public init(
    name: String, module: String, summary: String, reads: Reads, answers: Answers, judgesAtFinish: Bool,
    classifies: Bool, message: String, parameters: ParameterSchema, evidence: [String]
  ) {
    self.name = name
    self.module = module
    self.summary = summary
    self.reads = reads
    self.answers = answers
    self.judgesAtFinish = judgesAtFinish
    self.classifies = classifies
    self.message = message
    self.parameters = parameters
    self.evidence = evidence
  }
}

/// What a parameter may be: the subset of JSON Schema that modules describe their parameters in, with our tags.
public indirect enum ParameterSchema: Hashable, Sendable {
  /// An object with named members and no others. Members are sorted by name.
  case object(members: [Member])
  /// An object whose keys the rule's author chooses.
  case map(values: ParameterSchema)
  case array(of: ParameterSchema, atLeast: Int)
  case boolean
  case integer(minimum: Int64?, maximum: Int64?)
  case number(minimum: Double?, maximum: Double?)
  /// Any text, or one of `oneOf` when that is not empty.
  case text(oneOf: [String])
  /// A date written `CCYY-MM-DD`, bound as its text.
  case date
  /// The name of one field.
  case field(FieldTag)
  /// An array of names of fields.
  case fields(FieldTag)
  /// An array of names of fields; the rule is bound once for each.
  case each(FieldTag)
  /// A CEL expression of type bool.
  case expression
  /// An RE2 pattern for the whole text of the field that parameter `of` names.
  case pattern(of: String)
  /// The name of a code list of the pack.
  case codeList

  public struct Member: Hashable, Sendable {
    public var name: String
    public var summary: String
    public var isRequired: Bool
    public var schema: ParameterSchema

    public init(name: String, summary: String, isRequired: Bool, schema: ParameterSchema) {
      self.name = name
      self.summary = summary
      self.isRequired = isRequired
      self.schema = schema
    }
  }

  /// Which fields a parameter takes, and which of their cells the kind judges.
  ///
  /// The host takes rows away from a rule where one of its fields has a cell of another kind: a blank or not applicable
  /// cell makes the row *not applicable*, one that is not known, suppressed or invalid makes it *not evaluated*.
  public struct FieldTag: Hashable, Sendable {
    /// Allowed types; empty for any.
    public var types: [FieldType]
    /// Judged cell kinds, by bit: bit n for the kind with raw value n.
    public var judges: UInt8

    public init(types: [FieldType] = [], judges: UInt8 = 0b11_1111) {
      self.types = types
      self.judges = judges
    }
  }
}

/// A bound parameter of a rule: one leaf of its `with`.
public struct RuleParameter: Hashable, Sendable {
  public enum Value: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// Positions in the scope's fields.
    case fields([Int])
    /// `index` is its place among the rule's compiled expressions.
    case expression(source: String, index: Int)
    /// `index` is its place among the rule's compiled patterns; `field` the position of the field it is matched against.
    case pattern(source: String, index: Int, field: Int)
    case codeList(name: String, codes: [Code])
  }

  /// The JSON Pointer within `with`, such as `/facts/0/cases/1/when`.
  public var pointer: String
  public var value: Value

  public init(pointer: String, value: Value) {
    self.pointer = pointer
    self.value = value
  }
}
