import AuditModel
import TestSupport
import Testing

@testable import Intake

@Suite("Kinds and values of cells")
struct CellTests {
  private let spellings = Spellings(
    blank: ["-"], notKnown: ["99", "Not held", "information not held"], notApplicable: ["N/A"],
    suppressed: [
      SuppressedSpelling(text: "*", low: 1, high: 4), SuppressedSpelling(text: "<5", low: 0, high: 4),
      SuppressedSpelling(text: "fewer than five", low: 0, high: 4),
    ], yes: ["Y", "Yes"], no: ["N", "No"], rounded: ["~", "About "], roundedBy: 2.5)

  /// One column of cells, read; the places of what was forgiven are 2, 3, …
  private func read(_ cells: [String], _ type: FieldType, codes: [Code] = []) -> Outcome {
    let field = Field(name: "x", label: "x", type: type, codes: codes, spellings: spellings)
    let text = cells.map { "\"\($0.replacing("\"", with: "\"\""))\",." }.joined(separator: "\n")
    return Outcome.read("x,y\n" + text, [field, Field(name: "y", label: "y", type: .text)])
  }

  private func words(_ outcome: Outcome) -> [String] {
    outcome.rows.map { row in
      let cell = row.cells[0]
      return cell.value.isEmpty ? cell.kind.words : "\(cell.kind.words) \(cell.value)"
    }
  }

  @Test("Whole numbers")
  func integers() {
    let outcome = read(
      [
        "0", "12345678", "123456789", "-5", "+5", "1,234", "1,234,567", "12.0", "~30", "about 30", "~ 1,000", "~1",
        "00012",
      ],
      .integer)
    #expect(
      words(outcome) == [
        "given 0", "given 12345678", "given 123456789", "given -5", "given 5", "given 1234", "given 1234567",
        "given 12",
        "given 30 [28, 32]", "given 30 [28, 32]", "given 1000 [998, 1002]", "given 1 [0, 3]", "given 12",
      ])
    #expect(outcome.forgiven == ["number-form 5 [6, 7, 8]", "rounded-number 4 [10, 11, 12]"])
    #expect(outcome.rows[8].cells[0].text == "~30")
  }

  @Test("What is no whole number")
  func notIntegers() {
    let texts = [
      "x", "1,23", "12,345,6", ",123", "12.5", "1 2", "1234,567", "--1", "1e400", "~", "~x", "~12.5",
      "99999999999999999999",
      "12a", "１２", "0x10", "~1e300", "1-", ".", "1e",
      "1e-400", "-0.1e-999",
    ]
    let outcome = read(texts, .integer)
    for (text, words) in zip(texts, words(outcome)) { #expect(words == "not readable as its type", "\(text)") }
    #expect(outcome.rows.map { $0.cells[0].text } == texts)
  }

  @Test("Numbers")
  func numbers() {
    let outcome = read(
      [
        "0.1", "12.50", "1,234.5", "1e3", "-0.25", ".5", "5.", "~30", "0.30000000000000004",
        "123456789012345678901234567890", "1E-2",
      ],
      .number)
    #expect(
      words(outcome) == [
        "given 0.1", "given 12.5", "given 1234.5", "given 1000.0", "given -0.25", "given 0.5", "given 5.0",
        "given 30.0 [27.5, 32.5]", "given 0.30000000000000004", "given 1.2345678901234568e+29", "given 0.01",
      ])
    #expect(outcome.forgiven == ["number-form 5 [4, 5, 7]", "rounded-number 1 [9]"])
    #expect(
      words(read(["nan", "inf", "1e999", "1.2.3", "1,2", "0x1p3", "1e-400", "-2.5E-999"], .number)).allSatisfy {
        $0 == "not readable as its type"
      })
  }

  @Test("Each form of a number that is not plain is noted; noughts and decimals are plain")
  func numberForms() {
    for type in [FieldType.integer, .number] {
      for text in ["1e2", "1E+2", "+5", "007", "-05", "00", "5.", "1,000", "0000000000000000000000000000001"] {
        let outcome = read([text], type)
        #expect(outcome.rows[0].cells[0].kind == .value, "\(text)")
        #expect(outcome.forgiven == ["number-form 1 [2]"], "\(text)")
      }
      for text in ["0", "-5", "10", "-0", "12345678", "123456789", "-100"] {
        #expect(read([text], type).forgiven == [], "\(text)")
      }
    }
    #expect(read(["0.5", "-0.05", "10.00", "0.000"], .number).forgiven == [])
    #expect(words(read(["0e-999", "0.000e9"], .number)) == ["given 0.0", "given 0.0"])
  }

  @Test("Numbers of workbooks and JSON are written plainly, and read as what they were")
  func numberTexts() {
    #expect(
      [1e21, -1.5e20, 1.25e-5, -1e-10, 0.1, 12, 1.2345678901234568e29, 1e300, 1e-300].map(NumberText.text) == [
        "1000000000000000000000", "-150000000000000000000", "0.0000125", "-0.0000000001", "0.1", "12.0",
        "1.2345678901234568e+29", "1e+300", "1e-300",
      ])
    var random = SplitMix(seed: 5)
    for _ in 0..<2000 {
      let number =
        Double.random(in: -10...10, using: &random)
        * (0..<Int.random(in: 0...22, using: &random)).reduce(1) { power, _ in power * 10 }
      #expect(Double(NumberText.text(number)) == number)
      #expect(Double(NumberText.text(number * 1e-24)) == number * 1e-24)
    }
  }

  @Test("Decimal texts read as the standard library reads them")
  func decimals() {
    var random = SplitMix(seed: 3)
    var texts: [String] = []
    for _ in 0..<2000 {
      let digits = (0..<Int.random(in: 1...20, using: &random)).map { _ in String(Int.random(in: 0...9, using: &random))
      }
      var text = digits.joined()
      text.insert(".", at: text.index(text.startIndex, offsetBy: Int.random(in: 1...text.count, using: &random)))
      if Bool.random(using: &random) { text += "e\(Int.random(in: -30...30, using: &random))" }
      texts.append(Bool.random(using: &random) ? "-" + text : text)
    }
    for text in texts {
      let bytes = Array(text.utf8)
      let reading = unsafe bytes.withUnsafeBufferPointer { unsafe NumberText.number($0) }
      #expect(
        reading?.value
          == Double(text.replacing(".e", with: ".0e").hasSuffix(".") ? text + "0" : text.replacing(".e", with: ".0e")),
        "\(text)")
    }
  }

  @Test("The pack's spellings say what a cell without a value is, whatever the case and the spaces")
  func kinds() {
    let texts = [
      "-", "99", "NOT HELD", "Information Not Held", "n/a", "*", "<5", " Fewer than FIVE ", "", "  ", "\u{A0}*\u{2003}",
    ]
    let expected = [
      "blank", "not known", "not known", "not known", "not applicable", "suppressed 0 [1, 4]", "suppressed 0 [0, 4]",
      "suppressed 0 [0, 4]", "blank", "blank", "suppressed 0 [1, 4]",
    ]
    let outcome = read(texts, .integer)
    #expect(words(outcome) == expected)
    #expect(outcome.forgiven == ["outer-spaces 2 [9, 12]", "spaces-alone 1 [11]"])
    #expect(words(read(texts, .text)) == expected.map { $0.hasPrefix("suppressed") ? "suppressed" : $0 })
    #expect(words(read(["99", "99.0", "990", "9"], .integer)) == ["not known", "given 99", "given 990", "given 9"])
  }

  @Test("Words for yes and no")
  func booleans() {
    let outcome = read(["Y", "no", "TRUE", "false", "maybe", "", "n/a", "yes"], .boolean)
    #expect(
      words(outcome) == [
        "given true", "given false", "given true", "given false", "not readable as its type", "blank", "not applicable",
        "given true",
      ])
  }

  @Test("A code is recognised by its label and other spellings, and reads as the code")
  func codes() {
    let codes = [
      Code(code: "01", label: "Local"), Code(code: "02", label: "Regional", spellings: ["1"]),
      Code(code: "distant-metastases", label: "Distant", spellings: ["a far longer way to say it"]),
    ]
    let outcome = read(
      [
        "01", "local", " 02", "1", "Distant", "distant-metastases", "A far LONGER way to say it", "Distant-Metastases",
        "3",
      ], .text,
      codes: codes)
    let long = "distant-metastases"
    #expect(outcome.rows.map { $0.cells[0].text } == ["01", "01", "02", "02", long, long, long, long, "3"])
    #expect(outcome.forgiven == ["outer-spaces 1 [4]", "code-spelling 5 [3, 5, 6]"])
    #expect(words(outcome).allSatisfy { $0 == "given" })
  }

  @Test("Spaces of every kind around a text are not part of it, in short and long texts")
  func outerSpaces() {
    let outcome = read(
      ["\u{A0}abc", "a long text of words \u{3000}", "\tx\u{200B}", "in side", "é\u{A0}", "naïveté à"], .text)
    #expect(
      outcome.rows.map { $0.cells[0].text } == ["abc", "a long text of words", "x", "in side", "é", "naïveté à"])
    #expect(outcome.forgiven == ["outer-spaces 4 [2, 3, 4]"])
  }

  @Test("The same text in many rows is counted in each")
  func repeated() {
    let outcome = read(Array(repeating: " 1,000", count: 200) + Array(repeating: "5", count: 200), .integer)
    #expect(outcome.forgiven == ["outer-spaces 200 [2, 3, 4]", "number-form 200 [2, 3, 4]"])
    #expect(words(outcome) == Array(repeating: "given 1000", count: 200) + Array(repeating: "given 5", count: 200))
  }

  @Test("Tolerances of several columns name the first rows of the file")
  func firstRows() {
    let fields = ["a", "b"].map { Field(name: $0, label: $0, type: .integer) }
    let outcome = Outcome.read("a,b\n1,\"1,000\"\n\"1,000\",2\n\"1,000\",\"1,000\"\n3,\"1,000\"\n", fields)
    #expect(outcome.forgiven == ["number-form 5 [2, 3, 4]"])
  }
}
