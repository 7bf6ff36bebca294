public import AuditModel

/// How counts are put into words.
public enum Shares {
  /// A percentage with one decimal, rounded once from the exact ratio, half up; "–" of nothing.
  static func percent(_ part: Int, of whole: Int) -> String {
    Ratio(part, whole).map { "\(perCent($0)) %" } ?? "–"
  }

  /// The same without the sign.
  static func perCent(_ ratio: Ratio) -> String { perCent(ratio, group: ",", point: ".") }

  /// The same of a ratio of any size.
  static func perCent(_ ratio: ExactRatio) -> String { decimal(ratio.rounded(times: 1000)) }

  /// A ratio as a percentage without the sign, written as another language does.
  public static func perCent(_ ratio: Ratio, group: String, point: String) -> String {
    decimal((ratio.numerator * 2000 + ratio.denominator) / (ratio.denominator * 2), group: group, point: point)
  }

  /// So many tenths: "47.2".
  static func decimal(_ tenths: Int, group: String = ",", point: String = ".") -> String {
    "\(grouped(tenths / 10, by: group))\(point)\(tenths % 10)"
  }

  /// "1 organisation", "2 organisations".
  public static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }

  /// Digits in groups of three: "21,286".
  public static func grouped(_ number: Int, by group: String = ",") -> String {
    var digits = String(number.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    groups.insert(digits, at: 0)
    return (number < 0 ? "-" : "") + groups.joined(separator: group)
  }
}
