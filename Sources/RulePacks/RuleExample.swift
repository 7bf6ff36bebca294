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

extension RuleExample {
  /// How what was found differs from what the example says, one line a difference; empty when nothing does.
  ///
  /// Every expected finding has to be there and no other: each observed finding accounts for one expected finding.
  public func differences(from observed: [ObservedFinding]) -> [String] {
    var matching = ExampleMatching(expected: finds, observed: observed)
    matching.match()
    let missing = finds.indices.filter { !matching.isExpectedMatched($0) }.map {
      "expected a finding\(finds[$0].words), and there was none"
    }
    let surplus = observed.indices.filter { matching.expectedOf[$0] == nil }.map {
      "did not expect a finding\(observed[$0].words), and there was one"
    }
    return missing + surplus
  }
}

extension StatusExample {
  /// How a derived status differs from what the example says, one line a difference; empty when nothing does.
  public func differences(from derived: DerivedStatus) -> [String] {
    var lines: [String] = []
    if derived.status != status {
      lines.append("expected the status \(status.rawValue), and it was \(derived.status.rawValue): \(derived.reason)")
    }
    if let basis, derived.basis != basis {
      lines.append("expected the basis \(basis.rawValue), and it was \(derived.basis.rawValue)")
    }
    if let reason, derived.reason != reason {
      lines.append("expected the reason \"\(reason)\", and it was \"\(derived.reason)\"")
    }
    return lines
  }
}

extension ExpectedFinding {
  fileprivate func accepts(_ observed: ObservedFinding) -> Bool {
    (field == nil || field == observed.field) && (row == nil || row == observed.row)
      && (message == nil || message == observed.message)
  }

  fileprivate var words: String { findingWords(field: field, row: row, message: message) }
}

extension ObservedFinding {
  fileprivate var words: String { findingWords(field: field, row: row, message: message) }
}

private func findingWords(field: String?, row: Int?, message: String?) -> String {
  var words = ""
  if let field { words += " in \(field)" }
  if let row { words += " of record \(row)" }
  if let message { words += " that says \"\(message)\"" }
  return words
}

/// Gives as many expected findings as possible an observed one each (augmenting paths; a few of either at most).
private struct ExampleMatching {
  let expected: [ExpectedFinding]
  let observed: [ObservedFinding]
  /// By observed finding, the expected one it accounts for.
  var expectedOf: [Int?]

  init(expected: [ExpectedFinding], observed: [ObservedFinding]) {
    self.expected = expected
    self.observed = observed
    expectedOf = observed.map { _ in nil }
  }

  mutating func match() {
    for index in expected.indices {
      var tried: Set<Int> = []
      _ = place(index, &tried)
    }
  }

  func isExpectedMatched(_ index: Int) -> Bool { expectedOf.contains(index) }

  private mutating func place(_ index: Int, _ tried: inout Set<Int>) -> Bool {
    for candidate in observed.indices where expected[index].accepts(observed[candidate]) {
      guard tried.insert(candidate).inserted else { continue }
      if let holder = expectedOf[candidate], !place(holder, &tried) { continue }
      expectedOf[candidate] = index
      return true
    }
    return false
  }
}
