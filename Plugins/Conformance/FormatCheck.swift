import TrustCheckModuleKit

/// A date or period is written in one form.
struct FormatCheck: BatchCheck {
  static let description = KindDescription(
    name: "conformance.format",
    summary: "The text as given is a date, time or period written in one form.",
    parameters: #"""
      {"type":"object","additionalProperties":false,"required":["field","format"],"properties":{
        "field":{"type":"string","x-trustcheck":"field","x-judges":["value","invalid"],"description":"The field."},
        "format":{"type":"string","enum":["CCYY-MM-DD","CCYY-MM-DDThh:mm:ss","DD/MM/CCYY","CCYY-MM","CCYY-YY",
          "CCYY-MM to CCYY-MM"],"description":"The form: CCYY-YY is a financial year such as 2016-17."}}}
      """#,
    message: "{found} is not written as {expected}",
    examples: #"""
      [{"with":{"field":"birth_date","format":"CCYY-MM-DD"},"means":"The date of birth is written as 1961-05-23."}]
      """#,
    evidence: ["expected", "found"])

  private let field: Field
  private let format: String
  private let form: DateForm

  init(_ binding: Binding) throws(ModuleFailure) {
    field = try binding.field("/field")
    format = try binding.text("/format")
    form = DateForm(format)
  }

  func check(_ batch: Batch, _ verdicts: Verdicts) {
    let texts = batch.texts(of: field)
    let length = form.length
    verdicts.fail { row in
      // Most wrong texts are of another length, which the view tells.
      texts[row].count != length || !texts.withBytes(of: row) { form.matches($0) }
    }
  }

  func explain(_ row: Row, of batch: Batch, _ evidence: inout Evidence) {
    evidence.add("expected", format)
    evidence.add("found", cellOf: field)
  }
}

/// A way to write a date: a letter stands for a digit of a part, everything else for itself.
struct DateForm: Sendable {
  private enum Part {
    case year, month, day, hour, minute, second, followingYear
  }

  let length: Int
  /// What stands at each place; 0 for a digit.
  private let literals: [UInt8]
  private let parts: [(part: Part, range: Range<Int>)]

  init(_ format: String) {
    let bytes = Array(format.utf8)
    length = bytes.count
    var literals = bytes
    var parts: [(part: Part, range: Range<Int>)] = []
    let words: [([UInt8], Part)] = [
      (Array("CCYY".utf8), .year), (Array("YY".utf8), .followingYear), (Array("MM".utf8), .month),
      (Array("DD".utf8), .day), (Array("hh".utf8), .hour), (Array("mm".utf8), .minute), (Array("ss".utf8), .second),
    ]
    var position = 0
    while position < bytes.count {
      if let (word, part) = words.first(where: { bytes[position...].starts(with: $0.0) }) {
        let range = position..<(position + word.count)
        for place in range { literals[place] = 0 }
        parts.append((part, range))
        position = range.upperBound
      } else {
        position += 1
      }
    }
    self.literals = literals
    self.parts = parts
  }

  /// True when a text of the form's length has its form, and its parts are a day, a time or a financial year.
  func matches(_ text: Span<UInt8>) -> Bool {
    for place in 0..<length {
      let byte = text[place]
      if literals[place] == 0 ? byte &- 0x30 > 9 : byte != literals[place] { return false }
    }
    var year = 0
    var month = 1
    var day = 1
    for (part, range) in parts {
      var value = 0
      for place in range { value = value * 10 + Int(text[place] & 0x0F) }
      switch part {
      case .year: year = value
      case .month:
        month = value
        if !(1...12).contains(value) { return false }
      case .day: day = value
      case .hour: if value > 23 { return false }
      case .minute, .second: if value > 59 { return false }
      case .followingYear: if value != (year + 1) % 100 { return false }
      }
    }
    return Day(year: year, month: month, day: day) != nil
  }
}
