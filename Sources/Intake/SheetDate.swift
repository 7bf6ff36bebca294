import AuditModel

/// The serial numbers by which spreadsheets count days.
enum SheetDate {
  /// The day, and the seconds after it; nil outside the calendar.
  ///
  /// In the 1900 system day 60 is 29 February 1900, which never was; days before it are one off, and day 0, which cells
  /// that hold a time alone have, is none (ECMA-376 part 1, 18.17.4.1).
  static func parts(_ serial: Double, uses1904: Bool) -> (date: CalendarDate, seconds: Int)? {
    guard serial >= 0, serial < 2_958_466 else { return nil }
    var day = Int(serial.rounded(.down))
    var seconds = Int(((serial - Double(day)) * 86_400).rounded())
    if seconds == 86_400 { (day, seconds) = (day + 1, 0) }
    if !uses1904 && (day == 0 || day == 60) { return nil }
    let base = uses1904 ? -24_107 : day < 60 ? -25_568 : -25_569
    return (CalendarDate(days: Int32(base + day)), seconds)
  }

  /// The same as text: the date, and the time where there is one.
  static func text(_ serial: Double, uses1904: Bool) -> String? {
    guard let (date, seconds) = parts(serial, uses1904: uses1904) else { return nil }
    if seconds == 0 { return date.description }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(date)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}
