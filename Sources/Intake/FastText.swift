import AuditModel
import Columns

/// Readings of short texts straight from the words of their views.
extension TextView {
  @inline(__always)
  func isSame(_ other: TextView) -> Bool { low == other.low && high == other.high }

  /// True when a text may begin or end with a space of any kind; also for the empty text.
  @inline(__always)
  func mayHaveOuterSpace(_ buffers: TextBuffers) -> Bool {
    let last: UInt8
    if isInline {
      // The last byte of the text is byte `count + 3` of the view.
      let bit = (UInt64(truncatingIfNeeded: count) &+ 3) &* 8
      last = UInt8(truncatingIfNeeded: (bit < 64 ? low : high) >> (bit & 63))
    } else {
      last = unsafe buffers.base(self)[offset &+ count &- 1]
    }
    let first = UInt8(truncatingIfNeeded: low >> 32)
    // Up to 0x20, and from the bytes that begin or end a space of another kind. One comparison each, and no branch.
    let isFirst: UInt8 = first &- 0x21 >= 0xC2 - 0x21 ? 1 : 0
    let isLast: UInt8 = last &- 0x21 >= 0x80 - 0x21 ? 1 : 0
    return isFirst | isLast != 0
  }

  /// The value of a text of up to 8 bytes, all of them digits, and 0 of the empty text; nil when anything else is there.
  @inline(__always)
  var digits: Int64? {
    let length = UInt64(truncatingIfNeeded: count)
    // Digits to the top, so that the missing ones are leading zeros; a shift by 64 gives zero.
    let word = inlineHead << ((8 &- length) &* 8) | (0x3030_3030_3030_3030 >> (length &* 8))
    guard TextView.isAllDigits(word) else { return nil }
    var value = word & 0x0F0F_0F0F_0F0F_0F0F
    value = (value &* 10 &+ (value >> 8)) & 0x00FF_00FF_00FF_00FF
    value = (value &* 100 &+ (value >> 16)) & 0x0000_FFFF_0000_FFFF
    value = (value &* 10000 &+ (value >> 32)) & 0x0000_0000_FFFF_FFFF
    return Int64(truncatingIfNeeded: value)
  }

  /// Days since 1970-01-01 of a text of 10 bytes `CCYY-MM-DD`; nil when it is no such date.
  @inline(__always)
  var isoDays: Int32? {
    let head = inlineHead
    guard head & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let month = (head >> 40) & 0xFFFF
    return TextView.days(head & 0xFFFF_FFFF | month << 32 | UInt64(inlineTail & 0xFFFF) << 48)
  }

  /// Days since 1970-01-01 of a text of 10 bytes `DD/MM/CCYY`, or with dashes or points; nil when it is no such date.
  @inline(__always)
  var dayFirstDays: Int32? {
    let head = inlineHead
    let separators = head & 0x0000_FF00_00FF_0000
    guard
      separators == 0x0000_2F00_002F_0000 || separators == 0x0000_2D00_002D_0000
        || separators == 0x0000_2E00_002E_0000
    else { return nil }
    let year = head >> 48 | UInt64(inlineTail & 0xFFFF) << 16
    let month = (head >> 24) & 0xFFFF
    return TextView.days(year | month << 32 | (head & 0xFFFF) << 48)
  }

  /// The days of the digits `CCYYMMDD`.
  @inline(__always)
  private static func days(_ digits: UInt64) -> Int32? {
    guard isAllDigits(digits) else { return nil }
    var pairs = digits & 0x0F0F_0F0F_0F0F_0F0F
    pairs = (pairs &* 10 &+ (pairs >> 8)) & 0x00FF_00FF_00FF_00FF
    let year = UInt32(truncatingIfNeeded: (pairs & 0xFF) &* 100 &+ ((pairs >> 16) & 0xFF))
    let month = UInt32(truncatingIfNeeded: (pairs >> 32) & 0xFF)
    let day = UInt32(truncatingIfNeeded: (pairs >> 48) & 0xFF)
    guard year > 0, month &- 1 < 12, day &- 1 < 31 else { return nil }
    // Months of 31 days are the odd ones up to July and the even ones from August on.
    let length = 30 &+ ((month ^ (month >> 3)) & 1)
    if day > length { return nil }
    if month == 2, day > 28, CalendarDate(year: Int(year), month: 2, day: Int(day)) == nil { return nil }
    // As `CalendarDate` counts them, without its checks: years begin in March, and 306 days are over by 1 January.
    let isEarly: UInt32 = month <= 2 ? 1 : 0
    let years = year &- isEarly
    let months = month &+ 12 &* isEarly &- 3
    let leaps = years / 4 &- years / 100 &+ years / 400
    let count = years &* 365 &+ leaps &+ (153 &* months &+ 2) / 5 &+ day &- 1
    return Int32(truncatingIfNeeded: Int(count) &- 719_468)
  }

  @inline(__always)
  private static func isAllDigits(_ word: UInt64) -> Bool {
    let high = word & 0xF0F0_F0F0_F0F0_F0F0
    // Six more lifts the bytes after "9" out of the row of digits.
    let lifted = (word &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0
    return high == 0x3030_3030_3030_3030 && lifted == high
  }

  /// The view's words with ASCII capitals made small; for inline texts only.
  @inline(__always)
  var lowercasedWords: TextView {
    // The length in the low word is at most 12, which is no capital.
    TextView(low: TextView.lowercased(low), high: TextView.lowercased(high))
  }

  @inline(__always)
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low7 = word & (0x7F &* ones)
    let atLeastA = low7 &+ ((0x80 - 0x41) &* ones)
    let aboveZ = low7 &+ ((0x80 - 0x5B) &* ones)
    let capitals = atLeastA & ~aboveZ & ~word & (0x80 &* ones)
    return word | (capitals >> 2)
  }
}
