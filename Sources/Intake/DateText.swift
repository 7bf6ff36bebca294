import AuditModel

/// Dates, times and periods as people write them.
///
/// A date in figures such as `03/04/2018` is read in the order that is fixed. Where none is, it is read when one order
/// alone gives a date, or both the same one, and otherwise not at all.
struct DateText {
  let order: DateOrder
  /// True where two figures stand for a year of this century, as in a period and never in a date of birth.
  var takesShortYears = false

  /// A reading, and true when it was not the plain ISO form.
  typealias Reading<Value> = (value: Value, isTolerated: Bool)

  /// A reading, and what was forgiven.
  typealias Forgiven<Value> = (value: Value, tolerance: ToleranceKind?)

  static func date(_ text: String, order: DateOrder?) -> Forgiven<CalendarDate>? {
    if let serial = serial(text), serial.seconds == 0 { return (serial.date, .serialDate) }
    return resolve(order, otherwise: .dayFirstDate) { $0.date(text) }
  }

  static func timestamp(_ text: String, order: DateOrder?) -> Forgiven<Int64>? {
    if let serial = serial(text) {
      return (Int64(serial.date.days) * dayLength + Int64(serial.seconds) * 1_000_000, .serialDate)
    }
    return resolve(order, otherwise: .timeForm) { $0.timestamp(text) }
  }

  static func period(_ text: String, order: DateOrder?) -> Forgiven<Period>? {
    resolve(order, otherwise: .periodForm) { $0.period(text) }
  }

  private static func resolve<Value: Equatable>(
    _ order: DateOrder?, otherwise tolerance: ToleranceKind, _ read: (DateText) -> Reading<Value>?
  ) -> Forgiven<Value>? {
    let dayFirst = order == .monthFirst ? nil : read(DateText(order: .dayFirst))
    if let dayFirst, !dayFirst.isTolerated { return (dayFirst.value, nil) }
    let monthFirst = order == .dayFirst ? nil : read(DateText(order: .monthFirst))
    if let monthFirst, !monthFirst.isTolerated { return (monthFirst.value, nil) }
    if let dayFirst {
      return monthFirst == nil || monthFirst!.value == dayFirst.value ? (dayFirst.value, tolerance) : nil
    }
    return monthFirst.map { ($0.value, tolerance == .dayFirstDate ? .monthFirstDate : tolerance) }
  }

  /// What a date, time or period in figures can be, day first and month first, in words; none when it can be one alone.
  static func readings(of text: String) -> [String] {
    let orders = DateOrder.allCases.map { DateText(order: $0) }
    let dates = orders.compactMap { $0.date(text)?.value }
    if dates.count == 2 { return dates[0] == dates[1] ? [] : dates.map(words) }
    let times = orders.compactMap { $0.timestamp(text)?.value }
    if times.count == 2, times[0] != times[1] {
      return times.map { words(CalendarDate(days: Int32($0 / dayLength))) }
    }
    let periods = orders.compactMap { $0.period(text)?.value }
    guard periods.count == 2, periods[0] != periods[1] else { return [] }
    return periods.map { "\(words($0.start)) to \(words($0.end))" }
  }

  /// `3 April 2018`.
  private static func words(_ date: CalendarDate) -> String {
    let (year, month, day) = date.parts
    return "\(day) \(months[month - 1].first!.uppercased())\(months[month - 1].dropFirst()) \(year)"
  }

  private static let dayLength: Int64 = 86_400_000_000

  /// The day, and the seconds after it, of a serial number of a spreadsheet of the years 1927 to 2099.
  private static func serial(_ text: String) -> (date: CalendarDate, seconds: Int)? {
    let digits = text.utf8
    guard digits.count >= 5, digits.count <= 24, digits.allSatisfy({ $0 &- 0x30 < 10 || $0 == UInt8(ascii: ".") }),
      digits.prefix(5).allSatisfy({ $0 != UInt8(ascii: ".") }),
      digits.count == 5 || digits.dropFirst(5).first == UInt8(ascii: "."), let number = Double(text),
      (10_000..<73_051).contains(number)
    else { return nil }
    return SheetDate.parts(number, uses1904: false)
  }

  /// `CCYY-MM-DD`; days first as `30/04/2018`, `30-04-2018`, `30.04.2018`; `30 April 2018`, `30-Apr-2018`; any of them
  /// followed by midnight.
  func date(_ text: String) -> Reading<CalendarDate>? {
    if let date = CalendarDate(iso: text) { return (date, false) }
    if let (day, time) = parts(text) {
      guard time == 0, let date = date(day) else { return nil }
      return (date.value, true)
    }
    let words = self.words(text)
    guard words.count == 3 else { return nil }
    if order == .monthFirst, words[2].count == 4 || takesShortYears && words[2].count == 2, words[0].count <= 2,
      words[1].count <= 2, let month = number(words[0]), let day = number(words[1]), let year = year(words[2])
    {
      return CalendarDate(year: year, month: month, day: day).map { ($0, true) }
    }
    guard let month = month(words[1]) else { return nil }
    if words[0].count == 4, let year = number(words[0]), let day = number(words[2]), words[2].count <= 2 {
      return CalendarDate(year: year, month: month, day: day).map { ($0, true) }
    }
    guard words[2].count == 4 || takesShortYears && words[2].count == 2, let year = year(words[2]),
      let day = number(withoutOrdinal(words[0])), day < 32
    else {
      return nil
    }
    return CalendarDate(year: year, month: month, day: day).map { ($0, true) }
  }

  /// `CCYY-MM-DDThh:mm:ss` with seconds and fractions optional; also a space instead of `T`, and any date as above
  /// before it; a date alone is its midnight. Microseconds since 1970-01-01.
  func timestamp(_ text: String) -> Reading<Int64>? {
    let dayLength = DateText.dayLength
    guard let (day, time) = parts(text) else {
      return date(text).map { (Int64($0.value.days) * dayLength, true) }
    }
    guard let date = date(day) else { return nil }
    let isPlain = !date.isTolerated && text.utf8.dropFirst(10).first == UInt8(ascii: "T")
    return (Int64(date.value.days) * dayLength + time, !isPlain)
  }

  /// A day and the time after it, in microseconds; nil when the text does not end in a time.
  private func parts(_ text: String) -> (day: String, time: Int64)? {
    guard let split = text.lastIndex(where: { $0 == "T" || $0 == " " }) else { return nil }
    guard let time = time(text[text.index(after: split)...]) else { return nil }
    return (String(text[..<split]).trimmed, time)
  }

  /// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.ffffff` in microseconds since midnight.
  private func time(_ text: Substring) -> Int64? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, (1...2).contains(parts[0].count), parts[1].count == 2,
      let hour = number(parts[0]), hour < 24, let minute = number(parts[1]), minute < 60
    else { return nil }
    var micro = (Int64(hour) * 60 + Int64(minute)) * 60_000_000
    guard parts.count == 3 else { return micro }
    let seconds = parts[2].split(separator: ".", omittingEmptySubsequences: false)
    guard seconds.count <= 2, seconds[0].count == 2, let second = number(seconds[0]), second < 60 else { return nil }
    micro += Int64(second) * 1_000_000
    guard seconds.count == 2 else { return micro }
    guard (1...9).contains(seconds[1].count), number(seconds[1]) != nil else { return nil }
    var scale: Int64 = 100_000
    for digit in seconds[1].utf8 {
      micro += Int64(digit &- 0x30) * scale
      scale /= 10
    }
    return micro
  }

  /// `2023-10`; `2022-23`, `2022/23`, `2022/2023` (financial years); `2018`; `Apr-25`, `April 2025`; `Q1 2016/17`;
  /// two dates or months with `to` or a dash between them.
  func period(_ text: String) -> Reading<Period>? {
    let bytes = Array(text.utf8)
    if bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = number(text.prefix(4)),
      let month = number(text.suffix(2)), (1...12).contains(month)
    {
      // A financial year's second half is the next year's number: `2009-10` is read as a financial year only where no
      // month is meant, and months are.
      return Period(year: year, month: month).map { ($0, false) }
    }
    if let whole = single(text) { return (whole, true) }
    let lowered = text.lowercased()
    for separator in [" to ", " until ", " - ", " – ", " and ", "–", "/", "-"] {
      for range in ranges(of: separator, in: lowered) {
        var left = String(lowered[..<range.lowerBound])
        let right = String(lowered[range.upperBound...])
        for prefix in ["from ", "between "] where left.hasPrefix(prefix) { left.removeFirst(prefix.count) }
        guard let end = single(right) else { continue }
        // Between sides of different form it cannot be told which separator divides them: "2015-16-17".
        let isEven = marks(separator, in: left) == marks(separator, in: right)
        guard let start = (isEven ? single(left) : nil) ?? monthLike(left, before: end) else { continue }
        return Period(start: start.start, end: end.end).map { ($0, true) }
      }
    }
    return nil
  }

  /// How often a separator stands in a text; of single characters any that may divide.
  private func marks(_ separator: String, in text: String) -> Int {
    separator.count == 1 ? text.count { "-/–".contains($0) } : ranges(of: separator, in: text).count
  }

  /// A period written without a separator: a year, a financial year, a month, a quarter, a day or a year up to one.
  private func single(_ text: String) -> Period? {
    var dates = self
    dates.takesShortYears = true
    if let day = dates.date(text.trimmed) { return Period(start: day.value, end: day.value) }
    if let year = yearEnding(text.lowercased().trimmed) { return year }
    var words = self.words(text)
    if words.count == 3, words[0] == "calendar", words[1] == "year" { words.removeFirst(2) }
    let isFinancial = words.first.map { $0.hasPrefix("fy") || $0 == "financial" } == true
    if let first = words.first, ["fy", "financial", "year"].contains(first), words.count > 1 {
      words.removeFirst()
      if words.first == "year" { words.removeFirst() }
    } else if let first = words.first, first.hasPrefix("fy") {
      words[0] = String(first.dropFirst(2))
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
      if let year = number(words[0]), words[0].count == 4, let month = number(words[1]) {
        return Period(year: year, month: month)
      }
    }
    // "FY 2016" may be the year that begins or that ends in 2016.
    if words.count == 1, !isFinancial, words[0].count == 4, let year = number(words[0]), (1900...2200).contains(year),
      let start = CalendarDate(year: year, month: 1, day: 1), let end = CalendarDate(year: year, month: 12, day: 31)
    {
      return Period(start: start, end: end)
    }
    return nil
  }

  /// The twelve months that end with a day or a month: `year ending 31 March 2016`, `12 months to March 2016`.
  private func yearEnding(_ text: String) -> Period? {
    for length in ["year ", "12 months ", "twelve months "] {
      for link in ["ending ", "ended ", "to "] where text.hasPrefix(length + link) {
        guard let last = single(String(text.dropFirst(length.count + link.count))),
          last.end.days - last.start.days < 31
        else { return nil }
        let next = CalendarDate(days: last.end.days + 1).parts
        // After 28 February of a leap year comes a day that the year before does not have.
        let start =
          CalendarDate(year: next.year - 1, month: next.month, day: next.day)
          ?? CalendarDate(year: next.year - 1, month: 3, day: 1)
        return start.flatMap { Period(start: $0, end: last.end) }
      }
    }
    return nil
  }

  /// A month without a year takes the year of what follows: "April to March 2016" is not read, "April to June 2016" is.
  private func monthLike(_ text: String, before end: Period) -> Period? {
    let words = self.words(text)
    guard words.count == 1, let month = monthName(words[0]) else { return nil }
    let (year, endMonth, _) = end.end.parts
    guard month <= endMonth else { return nil }
    return Period(year: year, month: month)
  }

  private func quarter(_ word: String) -> Int? {
    guard word.count == 2, word.hasPrefix("q"), let number = number(word.dropFirst()), (1...4).contains(number) else {
      return nil
    }
    return number
  }

  /// Quarter 1 of a financial year is April to June.
  private func quarter(_ quarter: Int, of financialYear: Int) -> Period? {
    let month = quarter == 4 ? 1 : quarter * 3 + 1
    let year = quarter == 4 ? financialYear + 1 : financialYear
    guard let first = Period(year: year, month: month), let last = Period(year: year, month: month + 2) else {
      return nil
    }
    return Period(start: first.start, end: last.end)
  }

  /// The first year of `2022-23` or `2022/2023`.
  private func financialYear(_ first: String, _ second: String) -> Int? {
    guard let year = number(first), let next = number(second) else { return nil }
    switch (first.count, second.count) {
    case (4, 2): return next == (year + 1) % 100 ? year : nil
    case (4, 4): return next == year + 1 ? year : nil
    case (2, 2): return next == (year + 1) % 100 ? 2000 + year : nil
    default: return nil
    }
  }

  private func year(_ word: String) -> Int? {
    guard let number = number(word) else { return nil }
    return word.count == 4 ? number : word.count == 2 ? 2000 + number : nil
  }

  private func month(_ word: String) -> Int? {
    if let number = number(word) { return word.count <= 2 ? number : nil }
    return monthName(word)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  private func monthName(_ word: String) -> Int? {
    guard word.count >= 3 else { return nil }
    if word == "sept" { return 9 }
    return Self.months.firstIndex { $0 == word || $0.prefix(3) == word }.map { $0 + 1 }
  }

  /// Lower-case words between spaces, with at most one dash, slash, point, colon or comma; none when a mark stands at an
  /// end or two stand together, such as the sign of a negative number. A point after a letter shortens the word.
  private func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    // As at the start, where no mark may stand.
    var hasMark = true
    for character in text.lowercased().trimmed {
      if character == " " || character == "\u{A0}" || character == "." && word.last?.isLetter == true {
        if !word.isEmpty {
          words.append(word)
          (word, hasMark) = ("", false)
        }
      } else if "-/.:,–".contains(character) {
        if word.isEmpty && hasMark { return [] }
        if !word.isEmpty { words.append(word) }
        (word, hasMark) = ("", true)
      } else {
        word.append(character)
      }
    }
    if word.isEmpty { return hasMark ? [] : words }
    return words + [word]
  }

  private func ranges(of separator: String, in text: String) -> [Range<String.Index>] {
    text.indices.compactMap { start in
      text[start...].hasPrefix(separator) ? start..<text.index(start, offsetBy: separator.count) : nil
    }
  }

  /// A number of ASCII digits alone, of at most nine.
  private func number(_ text: some StringProtocol) -> Int? {
    guard (1...9).contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int(text)
  }

  /// `30th` as `30`.
  private func withoutOrdinal(_ word: String) -> String {
    ["st", "nd", "rd", "th"].contains(String(word.suffix(2))) ? String(word.dropLast(2)) : word
  }
}
