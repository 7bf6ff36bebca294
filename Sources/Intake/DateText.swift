import AuditModel

/// Dates, times and periods as people write them. A date with its parts in figures is read day first.
enum DateText {
  /// A reading, and true when it was not the plain ISO form.
  typealias Reading<Value> = (value: Value, isTolerated: Bool)

  /// `CCYY-MM-DD`; days first as `30/04/2018`, `30-04-2018`, `30.04.2018`; `30 April 2018`, `30-Apr-2018`; any of them
  /// followed by midnight.
  static func date(_ text: String) -> Reading<CalendarDate>? {
    if let date = CalendarDate(iso: text) { return (date, false) }
    var words = self.words(text)
    if words.count > 3, words.dropFirst(3).allSatisfy({ $0.allSatisfy { $0 == "0" } }) { words.removeLast(words.count - 3) }
    guard words.count == 3 else { return nil }
    if words[0].count == 4, let year = Int(words[0]), let month = month(words[1]), let day = Int(words[2]) {
      return CalendarDate(year: year, month: month, day: day).map { ($0, true) }
    }
    guard words[2].count == 4, let year = Int(words[2]), let month = month(words[1]) else { return nil }
    guard let day = Int(words[0].filter(\.isNumber)), words[0].count <= 4 else { return nil }
    return CalendarDate(year: year, month: month, day: day).map { ($0, true) }
  }

  /// `CCYY-MM-DDThh:mm:ss` with a space or `T`, seconds and fractions optional; microseconds since 1970-01-01.
  static func timestamp(_ text: String) -> Reading<Int64>? {
    let bytes = Array(text.utf8)
    if bytes.count == 10, let date = CalendarDate(iso: text) { return (Int64(date.days) * 86_400_000_000, true) }
    guard bytes.count >= 16, let date = CalendarDate(iso: String(decoding: bytes[0..<10], as: UTF8.self)),
      bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: " "), bytes[13] == UInt8(ascii: ":")
    else { return nil }
    func pair(_ at: Int) -> Int64? {
      guard at + 1 < bytes.count, (0x30...0x39).contains(bytes[at]), (0x30...0x39).contains(bytes[at + 1]) else {
        return nil
      }
      return Int64(bytes[at] - 0x30) * 10 + Int64(bytes[at + 1] - 0x30)
    }
    guard let hour = pair(11), hour < 24, let minute = pair(14), minute < 60 else { return nil }
    var second: Int64 = 0
    var micro: Int64 = 0
    if bytes.count > 16 {
      guard bytes[16] == UInt8(ascii: ":"), let found = pair(17), found < 60 else { return nil }
      second = found
      if bytes.count > 19 {
        guard bytes[19] == UInt8(ascii: "."), bytes.count > 20, bytes.count <= 29 else { return nil }
        var scale: Int64 = 100_000
        for byte in bytes[20...] {
          guard (0x30...0x39).contains(byte) else { return nil }
          micro += Int64(byte - 0x30) * scale
          scale /= 10
        }
      }
    }
    let seconds = Int64(date.days) * 86_400 + hour * 3600 + minute * 60 + second
    return (seconds * 1_000_000 + micro, bytes[10] != UInt8(ascii: "T"))
  }

  /// `2023-10`; `2022-23`, `2022/23`, `2022/2023` (financial years); `2018`; `Apr-25`, `April 2025`; `Q1 2016/17`;
  /// two dates or months with `to` or a dash between them.
  static func period(_ text: String) -> Reading<Period>? {
    let bytes = Array(text.utf8)
    if bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = Int(text.prefix(4)), let number = Int(text.suffix(2)),
      (1...12).contains(number)
    {
      // A financial year's second half is the next year's number: `2009-10` is read as a financial year only where no
      // month is meant, and months are.
      return Period(year: year, month: number).map { ($0, false) }
    }
    if let whole = single(text) { return (whole, true) }
    let lowered = text.lowercased()
    for separator in [" to ", " until ", " - ", " – ", " and ", "–", "/"] {
      guard let range = range(of: separator, in: lowered) else { continue }
      var left = String(lowered[..<range.lowerBound])
      let right = String(lowered[range.upperBound...])
      for prefix in ["from ", "between "] where left.hasPrefix(prefix) { left.removeFirst(prefix.count) }
      guard let start = single(left) ?? monthLike(left, yearOf: right), let end = single(right) else { continue }
      return Period(start: start.start, end: end.end).map { ($0, true) }
    }
    return nil
  }

  /// A period written without a separator: a year, a financial year, a month, a quarter or a day.
  private static func single(_ text: String) -> Period? {
    if let day = date(text.trimmed) { return Period(start: day.value, end: day.value) }
    var words = self.words(text)
    if let first = words.first, ["fy", "financial", "year"].contains(first), words.count > 1 {
      words.removeFirst()
      if words.first == "year" { words.removeFirst() }
    }
    if words.count == 3, let quarter = quarter(words[0]), let year = financialYear(words[1], words[2]) {
      return self.quarter(quarter, of: year)
    }
    if words.count == 3, let quarter = quarter(words[2]), let year = financialYear(words[0], words[1]) {
      return self.quarter(quarter, of: year)
    }
    if words.count == 2 {
      if let year = financialYear(words[0], words[1]) { return Period(financialYear: year) }
      if let month = monthName(words[0]), let year = year(words[1]) { return Period(year: year, month: month) }
      if let month = monthName(words[1]), let year = year(words[0]) { return Period(year: year, month: month) }
      if let year = Int(words[0]), words[0].count == 4, let month = Int(words[1]) {
        return Period(year: year, month: month)
      }
    }
    if words.count == 1, words[0].count == 4, let year = Int(words[0]), (1900...2200).contains(year),
      let start = CalendarDate(year: year, month: 1, day: 1), let end = CalendarDate(year: year, month: 12, day: 31)
    {
      return Period(start: start, end: end)
    }
    return nil
  }

  /// A month without a year takes the year of what follows: "April to March 2016" is not read, "April to June 2016" is.
  private static func monthLike(_ text: String, yearOf other: String) -> Period? {
    let words = self.words(text)
    guard words.count == 1, let month = monthName(words[0]), let end = single(other) else { return nil }
    let (year, endMonth, _) = end.end.parts
    guard month <= endMonth else { return nil }
    return Period(year: year, month: month)
  }

  private static func quarter(_ word: String) -> Int? {
    guard word.count == 2, word.hasPrefix("q"), let number = Int(word.dropFirst()), (1...4).contains(number) else {
      return nil
    }
    return number
  }

  /// Quarter 1 of a financial year is April to June.
  private static func quarter(_ quarter: Int, of financialYear: Int) -> Period? {
    let month = quarter == 4 ? 1 : quarter * 3 + 1
    let year = quarter == 4 ? financialYear + 1 : financialYear
    guard let first = Period(year: year, month: month), let last = Period(year: year, month: month + 2) else { return nil }
    return Period(start: first.start, end: last.end)
  }

  /// The first year of `2022-23` or `2022/2023`.
  private static func financialYear(_ first: String, _ second: String) -> Int? {
    guard let year = Int(first), let next = Int(second) else { return nil }
    switch (first.count, second.count) {
    case (4, 2): return next == (year + 1) % 100 ? year : nil
    case (4, 4): return next == year + 1 ? year : nil
    case (2, 2): return next == (year + 1) % 100 ? 2000 + year : nil
    default: return nil
    }
  }

  private static func year(_ word: String) -> Int? {
    guard let number = Int(word) else { return nil }
    return word.count == 4 ? number : word.count == 2 ? 2000 + number : nil
  }

  private static func month(_ word: String) -> Int? {
    if let number = Int(word) { return word.count <= 2 ? number : nil }
    return monthName(word)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  private static func monthName(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    if word == "sept" { return 9 }
    return months.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
  }

  /// Lower-case words between spaces, dashes, slashes, points, colons and commas.
  private static func words(_ text: String) -> [String] {
    text.lowercased().split { " -/.:,–\u{A0}".contains($0) }.map(String.init)
  }

  private static func range(of separator: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(separator) {
        return start..<text.index(start, offsetBy: separator.count)
      }
      start = text.index(after: start)
    }
    return nil
  }
}

extension String {
  /// Without spaces of any kind at the ends.
  var trimmed: String {
    var view = Substring(self)
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
