public import AuditModel
public import Expressions

/// One checkable statement of a rule pack, with a permanent id.
public struct Rule: Sendable {
  /// `pack/rule-name`.
  public var id: String
  /// Ids it had before, in full, the oldest first.
  public var aliases: [String]
  public var summary: String
  public var why: String
  public var fix: [Role: String]
  public var dimension: Dimension
  public var severity: Severity
  /// True when a submission is not called clean while the rule was not evaluated.
  public var isMandatory: Bool
  /// From when to when it is on trial and in force.
  public var lifeCycle: LifeCycle
  /// True when the rule is this project's own reading.
  public var isReading: Bool
  /// Where the fact it rests on comes from; empty when it needs none.
  public var source: String
  /// Where it applies; nil when everywhere.
  public var applies: CompiledExpression?
  /// `applies` as written.
  public var appliesSource: String?
  public var kind: CheckKind
  /// What the check kind was given, one line a parameter, for people.
  public var settings: [Setting]
  public var message: MessageTemplate
  /// One for each field of a parameter that is bound field by field, else exactly one.
  public var bindings: [RuleBinding]
  public var examples: [RuleExample]
  /// Its file, within the pack's folder.
  public var file: String

  /// A parameter as the rule's author wrote it.
  public struct Setting: Hashable, Sendable {
    /// `fields`, or `facts.collects.unknown` for what lies deeper.
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What findings are recognised by from one version of the pack to the next: the id it had first.
  public var firstID: String { aliases.first ?? id }
}

/// What a check kind is bound with: one call of `bind` in a module.
public struct RuleBinding: Sendable {
  /// The field a finding points to, as a position in the scope: the one of a parameter bound field by field, the one
  /// that the rule names, or that of the parameter `field`. Nil when the rule leaves it to the check kind.
  public var field: Int?
  /// The bound fields as positions in the scope, in the order in which the check kind sees them, each once.
  public var fields: [Int]
  /// Of every bound field, which kinds of cell the check kind judges (`ParameterSchema.FieldTag.judges`).
  public var judges: [UInt8]
  /// In the order of the parameters' names, arrays and maps as written. Positions of fields, also of the one a pattern
  /// is matched against, index `fields`.
  public var parameters: [RuleParameter]
  /// By `RuleParameter.Value.expression`'s index. They read the scope's fields, bound or not.
  public var expressions: [CompiledExpression]
  /// By `RuleParameter.Value.pattern`'s index.
  public var patterns: [CompiledPattern]
}
