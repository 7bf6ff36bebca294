public import AuditModel
public import Intake

/// What stands in a column: how much of it is filled, what its cells look like, and how often.
public struct ColumnStatistics: Sendable {
  /// Cells that are not empty.
  public private(set) var given = 0
  public private(set) var classes: [CellClass: Int] = [:]
  /// How often each shape was met, such as `A9A` or `99/99/9999`.
  public private(set) var shapes: [String: Int] = [:]
  /// How often each text was met; only the first many different ones are told apart.
  public private(set) var values: [String: Int] = [:]
  /// True when there are more different texts than are told apart.
  public private(set) var hasMoreValues = false
  /// Characters of the longest text.
  public private(set) var longest = 0
  private var looks: [String: (kind: CellClass, shape: String)] = [:]

  /// Different texts and shapes that are told apart.
  public static let distinctLimit = 10_000

  public init() {}

  mutating func add(_ text: String) {
    let look: (kind: CellClass, shape: String)
    if let known = looks[text] {
      look = known
    } else {
      look = (CellClass.of(text), CellShape.of(text))
      longest = max(longest, text.count)
      if looks.count < ColumnStatistics.distinctLimit { looks[text] = look }
    }
    classes[look.kind, default: 0] += 1
    if look.kind != .blank || !text.isEmpty { given += 1 }
    if values[text] != nil || values.count < ColumnStatistics.distinctLimit {
      values[text, default: 0] += 1
    } else {
      hasMoreValues = true
    }
    if shapes[look.shape] != nil || shapes.count < ColumnStatistics.distinctLimit {
      shapes[look.shape, default: 0] += 1
    }
  }

  /// The type that most cells with a value have.
  public var type: FieldType {
    let known = CellClass.allCases.filter { ![.blank, .notKnown, .notApplicable].contains($0) }
    let total = known.reduce(0) { $0 + classes[$1, default: 0] }
    func share(_ kinds: [CellClass]) -> Bool {
      total > 0 && kinds.reduce(0) { $0 + classes[$1, default: 0] } * 10 >= total * 9
    }
    let counts: [CellClass] = [.integer, .suppressed, .rounded]
    if share([.yesOrNo]) { return .boolean }
    if classes[.integer, default: 0] > 0, share(counts), !areCodes { return .integer }
    if share(counts + [.number, .percent]), classes[.integer, default: 0] + classes[.number, default: 0] > 0,
      !areCodes
    {
      return .number
    }
    if share([.date, .ambiguousDate]) { return .date }
    if share([.date, .ambiguousDate, .time]) { return .timestamp }
    if share([.period]) { return .period }
    return .text
  }

  /// True for numbers that count nothing: those with a nought in front, and those as long as an NHS number.
  private var areCodes: Bool {
    values.keys.contains { ($0.count > 1 && $0.first == "0" || $0.count >= 10) && $0.allSatisfy(\.isNumber) }
  }

  /// The most frequent of some texts, those of the same count in their order.
  static func most(_ counts: [String: Int], _ limit: Int) -> [(text: String, count: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(limit).map { ($0.key, $0.value) }
  }
}

/// The shape of a text: letters as A, digits as 9, the rest as it is.
enum CellShape {
  /// A longer shape says no more.
  private static let longest = 24

  static func of(_ text: String) -> String {
    var shape = ""
    var count = 0
    for character in text {
      if count == longest { return shape + "…" }
      shape.append(character.isLetter ? "A" : character.isNumber ? "9" : character)
      count += 1
    }
    return shape
  }
}
