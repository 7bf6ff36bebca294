import TrustCheckModuleKit

/// A way to write a date: a letter stands for a digit of a part, everything else for itself.
struct DateForm: Sendable {
  private enum Part {
    case year, month, day, hour, minute, second, followingYear
  }

  let length: Int
  /// What stands at each place; 0 for a digit.
  private let literals: [UInt8]
  /// Parts and where each begins.
  private let parts: [(part: Part, place: Int)]
  /// For texts of up to 12 bytes as two words: the bits that must be as they are in `expected`, which are all of a
  /// literal's and the upper four of a digit's.
  private let fixed: (head: UInt64, tail: UInt64)
  private let expected: (head: UInt64, tail: UInt64)

  init(_ format: String) {
    let bytes = Array(format.utf8)
    length = bytes.count
    var literals = bytes
    var parts: [(part: Part, place: Int)] = []
    let words: [([UInt8], Part)] = [
      (Array("CCYY".utf8), .year), (Array("YY".utf8), .followingYear), (Array("MM".utf8), .month),
      (Array("DD".utf8), .day), (Array("hh".utf8), .hour), (Array("mm".utf8), .minute), (Array("ss".utf8), .second),
    ]
    var position = 0
    while position < bytes.count {
      if let (word, part) = words.first(where: { bytes[position...].starts(with: $0.0) }) {
        for place in position..<(position + word.count) { literals[place] = 0 }
        parts.append((part, position))
        position += word.count
      } else {
        position += 1
      }
    }
    var fixed: (head: UInt64, tail: UInt64) = (0, 0)
    var expected: (head: UInt64, tail: UInt64) = (0, 0)
    for (place, literal) in literals.enumerated() where place < 16 {
      let bits: UInt64 = literal == 0 ? 0xF0 : 0xFF
      let value = literal == 0 ? 0x30 : UInt64(literal)
      if place < 8 {
        fixed.head |= bits << UInt64(place * 8)
        expected.head |= value << UInt64(place * 8)
      } else {
        fixed.tail |= bits << UInt64(place * 8 - 64)
        expected.tail |= value << UInt64(place * 8 - 64)
      }
    }
    self.literals = literals
    self.parts = parts
    self.fixed = fixed
    self.expected = expected
  }

  /// True when a text of the form's length, held in its view, has its form.
  func matches(_ text: TextView) -> Bool {
    let head = text.inlineHead
    let tail = UInt64(text.inlineTail)
    guard head & fixed.head == expected.head, tail & fixed.tail == expected.tail else { return false }
    // The lower four bits of a digit are no more than 9; those of literals do not matter.
    let digits = (head: head & ~fixed.head, tail: tail & ~fixed.tail)
    let sixes: UInt64 = 0x0606_0606_0606_0606
    guard ((digits.head &+ sixes) | (digits.tail &+ sixes)) & 0xF0F0_F0F0_F0F0_F0F0 == 0 else { return false }
    return areParts { place in
      // A pair never stands across the two words.
      let word = place < 8 ? digits.head &>> UInt64(place &* 8) : digits.tail &>> UInt64((place &- 8) &* 8)
      return Int(truncatingIfNeeded: (word & 0x0F) &* 10 &+ ((word &>> 8) & 0x0F))
    }
  }

  /// True when a text of the form's length has its form.
  func matches(_ text: Span<UInt8>) -> Bool {
    for place in 0..<length {
      let byte = text[place]
      if literals[place] == 0 ? byte &- 0x30 > 9 : byte != literals[place] { return false }
    }
    return areParts { Int(text[$0] & 0x0F) * 10 + Int(text[$0 + 1] & 0x0F) }
  }

  /// Whether pairs of digits, by the place of the first, are a day, a time or a financial year.
  @inline(__always)
  private func areParts(_ pair: (Int) -> Int) -> Bool {
    var year = 0
    var month = 1
    var day = 1
    for (part, place) in parts {
      var value = pair(place)
      if part == .year { value = value &* 100 &+ pair(place &+ 2) }
      switch part {
      case .year:
        year = value
        if year == 0 { return false }
      case .month:
        month = value
        if month == 0 || month > 12 { return false }
      case .day:
        day = value
        if day == 0 || day > 31 { return false }
      case .hour: if value > 23 { return false }
      case .minute, .second: if value > 59 { return false }
      case .followingYear: if value != (year &+ 1) % 100 { return false }
      }
    }
    return day <= 28 || day <= Month(year, month).length
  }
}
