import Glibc

/// Numbers as people write them.
enum NumberText {
  /// A whole number: digits with an optional sign, thousands separated by commas in threes, or a decimal part of zeros.
  ///
  /// - Returns: the number, and true when it was not plain digits.
  static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> (value: Int64, isTolerated: Bool)? {
    var index = 0
    let count = bytes.count
    guard count > 0, count <= 32 else { return nil }
    var isNegative = false
    if unsafe bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      isNegative = unsafe bytes[0] == UInt8(ascii: "-")
      index = 1
    }
    var value: Int64 = 0
    var digits = 0
    var sinceComma = -1
    var isTolerated = false
    while index < count {
      let byte = unsafe bytes[index]
      if byte >= 0x30 && byte <= 0x39 {
        let (product, over) = value.multipliedReportingOverflow(by: 10)
        let (sum, overSum) = product.addingReportingOverflow(Int64(byte - 0x30))
        if over || overSum { return nil }
        value = sum
        digits += 1
        if sinceComma >= 0 { sinceComma += 1 }
      } else if byte == UInt8(ascii: ",") {
        let isPlaced = sinceComma < 0 ? (1...3).contains(digits) : sinceComma == 3
        guard isPlaced else { return nil }
        sinceComma = 0
        isTolerated = true
      } else if byte == UInt8(ascii: ".") && digits > 0 && index + 1 < count {
        for rest in (index + 1)..<count where unsafe bytes[rest] != 0x30 { return nil }
        isTolerated = true
        break
      } else {
        return nil
      }
      index += 1
    }
    guard digits > 0, sinceComma < 0 || sinceComma == 3 else { return nil }
    return (isNegative ? -value : value, isTolerated)
  }

  /// A decimal number: as `integer`, with a decimal part or an exponent.
  static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> (value: Double, isTolerated: Bool)? {
    if let whole = unsafe integer(bytes) { return (Double(whole.value), false) }
    guard bytes.count <= 40 else { return nil }
    var plain: [CChar] = []
    plain.reserveCapacity(bytes.count + 1)
    var digits = 0
    var sinceComma = -1
    var hasPoint = false
    var hasExponent = false
    var isTolerated = false
    for index in 0..<bytes.count {
      let byte = unsafe bytes[index]
      switch byte {
      case 0x30...0x39:
        digits += 1
        if sinceComma >= 0 && !hasPoint { sinceComma += 1 }
      case UInt8(ascii: "-"), UInt8(ascii: "+"):
        let isFirst = unsafe index == 0 || bytes[index - 1] == UInt8(ascii: "e") || bytes[index - 1] == UInt8(ascii: "E")
        if !isFirst { return nil }
      case UInt8(ascii: "."):
        if hasPoint || hasExponent || digits == 0 { return nil }
        hasPoint = true
      case UInt8(ascii: "e"), UInt8(ascii: "E"):
        if hasExponent || digits == 0 { return nil }
        hasExponent = true
      case UInt8(ascii: ","):
        guard !hasPoint, !hasExponent, sinceComma < 0 ? (1...3).contains(digits) : sinceComma == 3 else { return nil }
        sinceComma = 0
        isTolerated = true
        continue
      default: return nil
      }
      plain.append(CChar(bitPattern: byte))
    }
    guard digits > 0, sinceComma < 0 || sinceComma == 3 else { return nil }
    plain.append(0)
    let (value, isWhole) = unsafe plain.withUnsafeBufferPointer { text in
      var end: UnsafeMutablePointer<CChar>?
      let value = unsafe strtod(text.baseAddress!, &end)
      return unsafe (value, end == UnsafeMutablePointer(mutating: text.baseAddress! + text.count - 1))
    }
    guard isWhole, value.isFinite else { return nil }
    return (value, isTolerated)
  }
}
