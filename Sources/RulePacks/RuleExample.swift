public import AuditModel

/// Records that a rule must pass, or must find fault with in the places named and nowhere else.
public struct RuleExample: Hashable, Sendable {
  /// Of every record, the cells by field name as they would stand in a CSV file; a field left out is a blank cell.
  public var rows: [[String: String]]
  /// What the host knows of the organisation, by the names of `OrganisationFields`; booleans as `true` and `false`.
  public var organisation: [String: String]
  /// The day of the audit; nil when it does not matter.
  public var asOf: CalendarDate?
  /// What must be found; empty for a passing example.
  public var finds: [ExpectedFinding]
  /// Where it stands: 1-based line of the rule's file.
  public var line: Int
  /// The JSON Pointer there.
  public var pointer: String

  public var isFailing: Bool { !finds.isEmpty }

  /// An example that stands in no file.
  public init(rows: [[String: String]], organisation: [String: String] = [:], asOf: CalendarDate? = nil) {
    self.init(rows: rows, organisation: organisation, asOf: asOf, finds: [], line: 0, pointer: "")
  }

  init(
    rows: [[String: String]], organisation: [String: String], asOf: CalendarDate?, finds: [ExpectedFinding], line: Int,
    pointer: String
  ) {
    self.rows = rows
    self.organisation = organisation
    self.asOf = asOf
    self.finds = finds
    self.line = line
    self.pointer = pointer
  }
}

/// A finding that a failing example must bring; what is nil may be anything.
public struct ExpectedFinding: Hashable, Sendable {
  /// The field's name.
  public var field: String?
  /// The record, 1-based, as it stands in the example.
  public var row: Int?
  public var message: String?
}

/// An organisation and the status that it must be given.
public struct StatusExample: Hashable, Sendable {
  public var rows: [[String: String]]
  public var organisation: [String: String]
  public var asOf: CalendarDate?
  public var status: Status
  public var basis: StatusBasis?
  public var reason: String?
  /// 1-based.
  public var line: Int
  public var pointer: String
}

extension StatusExample {
  /// The records and what is known of the organisation, without what they are to come to.
  public var given: RuleExample { RuleExample(rows: rows, organisation: organisation, asOf: asOf) }
}

/// A finding that a run of an example brought.
public struct ObservedFinding: Hashable, Sendable {
  public var field: String?
  /// 1-based.
  public var row: Int?
  public var message: String

  public init(field: String?, row: Int?, message: String) {
    self.field = field
    self.row = row
    self.message = message
  }
}
