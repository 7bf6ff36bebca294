/// Which counts of people a pack guards when something is made public (DESIGN 10).
public struct DisclosurePolicy: Hashable, Sendable {
  /// The least count above nought that may be shown; 5 means that 1 to 4 are withheld.
  public var smallest: Int
  /// The fields that count people.
  public var counts: [String]
  /// Fields that add up: who knows all but one of them knows the last.
  public var sums: [Sum]

  public struct Sum: Hashable, Sendable {
    public var total: String
    public var parts: [String]

    public init(total: String, parts: [String]) {
      self.total = total
      self.parts = parts
    }
  }

  public init(smallest: Int, counts: [String], sums: [Sum]) {
    self.smallest = smallest
    self.counts = counts
    self.sums = sums
  }
}

/// A field as reports name it.
public struct FieldSummary: Hashable, Sendable {
  public var name: String
  public var label: String
  public var privacy: Privacy

  public init(name: String, label: String, privacy: Privacy) {
    self.name = name
    self.label = label
    self.privacy = privacy
  }
}
