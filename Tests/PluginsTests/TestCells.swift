/// A cell as a test writes it; integers stand for days in fields of dates.
struct Cell {
  var kind: UInt8 = 0
  var text = ""
  var integer: Int64 = 0
  var number = 0.0
  /// The last day of a period, whose first is `integer`.
  var end: Int64 = 0
  var low = 0.0
  var high = 0.0

  static let blank = Cell(kind: 1)
  static let notKnown = Cell(kind: 2, text: "99")
  static let notApplicable = Cell(kind: 3, text: "NA")

  static func suppressed(_ low: Double, _ high: Double) -> Cell { Cell(kind: 4, text: "*", low: low, high: high) }
  static func invalid(_ text: String) -> Cell { Cell(kind: 5, text: text) }
  static func text(_ text: String) -> Cell { Cell(text: text) }

  static func integer(_ value: Int64) -> Cell {
    Cell(text: "\(value)", integer: value, low: Double(value), high: Double(value))
  }

  static func number(_ value: Double) -> Cell { Cell(text: "\(value)", number: value, low: value, high: value) }

  /// A rounded number.
  static func about(_ value: Int64, _ distance: Double) -> Cell {
    Cell(text: "~\(value)", integer: value, low: Double(value) - distance, high: Double(value) + distance)
  }

  static func day(_ text: String) -> Cell { Cell(text: text, integer: days(text)) }

  static func flag(_ value: Bool) -> Cell { Cell(text: value ? "yes" : "no", integer: value ? 1 : 0) }

  static func period(_ first: String, _ last: String) -> Cell {
    Cell(text: "\(first) to \(last)", integer: days(first), end: days(last))
  }

  /// A month written `CCYY-MM`.
  static func month(_ text: String) -> Cell {
    let parts = text.split(separator: "-").map { Int($0)! }
    let next = parts[1] == 12 ? (parts[0] + 1, 1) : (parts[0], parts[1] + 1)
    return Cell(
      text: text, integer: days(parts[0], parts[1], 1), end: days(next.0, next.1, 1) - 1)
  }

  /// Days since 1970-01-01 of a date written `CCYY-MM-DD`.
  static func days(_ text: String) -> Int64 {
    let parts = text.split(separator: "-").map { Int($0)! }
    return days(parts[0], parts[1], parts[2])
  }

  /// Counted year by year and month by month, so that the modules' own formula has something to be held against.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    func isLeap(_ year: Int) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
    var days = 0
    if year >= 1970 {
      for earlier in 1970..<year { days += isLeap(earlier) ? 366 : 365 }
    } else {
      for later in year..<1970 { days -= isLeap(later) ? 366 : 365 }
    }
    let lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return Int64(days + lengths[..<(month - 1)].reduce(0, +) + day - 1)
  }
}

/// A field that tests bind.
struct TestField {
  enum Kind: UInt32 {
    case text = 0
    case integer = 1
    case number = 2
    case date = 3
    case timestamp = 4
    case boolean = 5
    case period = 6
  }

  var name: String
  var kind: Kind
  var privacy: UInt32 = 1

  init(_ name: String, _ kind: Kind, privacy: UInt32 = 1) {
    self.name = name
    self.kind = kind
    self.privacy = privacy
  }
}
