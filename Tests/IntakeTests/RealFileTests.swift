import AuditModel
import LocalFiles
import TestSupport
import Testing

@testable import Intake

/// Files that were really published, read and their values checked; skipped where they are not.
@Suite("Real files", .enabled(if: TestSupport.shared != nil, "the shared folder is absent (TRUSTCHECK_SHARED)"))
struct RealFileTests {
  private var folder: String { "\(TestSupport.shared ?? "")/data/real" }

  /// Reads columns by their positions, as texts.
  private func read(
    _ path: String, columns: [Int], headerRow: Int? = 1, sheet: String? = nil, places: RecordPlaces = RecordPlaces()
  ) throws -> (file: SourceFile, outcome: Outcome) {
    let fields = columns.map { Field(name: "c\($0)", label: "c\($0)", type: .text) }
    let plan = IntakePlan(fields: fields, organisationCode: nil, organisationName: nil, places: places)
    var settings = SourceSettings()
    settings.headerRow = headerRow
    if let sheet { settings.sheets = [sheet] }
    for column in columns { settings.columns["#\(column)"] = .field("c\(column)") }
    let file = unsafe try SourceFile.open(
      path: "\(folder)/\(path)", name: path, plan: plan, settings: settings, onBytes: nil)
    return (file, Outcome.read(file, plan))
  }

  @Test(
    "The waiting-times workbooks read to the same values as their CSV exports",
    arguments: ["PROVISIONAL", "FINAL"], [("31-DAY (BY CANCER)", "31day", 17), ("62-DAY (BY CANCER)", "62day", 18)])
  func waitingTimes(_ edition: String, _ sheet: (name: String, file: String, width: Int)) throws {
    let columns = Array(2...sheet.width)
    let book = try read(
      "cwt/APRIL-2025-CWT-CRS-PROVIDER-WORKBOOK-\(edition).xlsx", columns: columns, headerRow: 9, sheet: sheet.name)
    let csv = try read(
      "cwt/cwt_\(sheet.file)_by_cancer_2025-04_\(edition.lowercased()).csv", columns: columns, headerRow: 9)
    #expect(book.outcome.error == nil && csv.outcome.error == nil)
    #expect(book.outcome.rows.count > 4_000 && book.outcome.rows.count == csv.outcome.rows.count)
    var differing = 0
    for (left, right) in zip(book.outcome.rows, csv.outcome.rows) {
      if left.number != right.number { differing += 1 }
      for (a, b) in zip(left.texts, right.texts) where a.trimmed != b.trimmed {
        // The export has 15 digits.
        if let x = Double(a), let y = Double(b), abs(x - y) <= 1e-13 { continue }
        differing += 1
        if differing < 5 { Issue.record("row \(left.number): \(a) in the workbook, \(b) in the export") }
      }
    }
    #expect(differing == 0)
    let place = book.file.place(of: 10, field: 0)
    #expect(place.sheet == sheet.name && place.column == 2)
  }

  @Test("The hospitals of the NHS website: 1,231 rows between not signs in Latin-1")
  func hospitals() throws {
    let (file, outcome) = try read("Hospital_nhs_choices_2018.csv", columns: Array(1...22))
    #expect(file.delimiter == "¬" && file.encoding == "Windows-1252")
    #expect(outcome.rows.count == 1_231 && outcome.error == nil)
    #expect(outcome.rows[0].texts[1] == "NDA07" && outcome.rows[0].texts[7].hasPrefix("Walton Community Hospital"))
    #expect(outcome.rows[0].texts[21] == "01932 253674")
    #expect(outcome.rows.count { $0.texts[4] == "NHS Sector" } == 767)
    #expect(outcome.rows.count { $0.texts[3] == "UNKNOWN" } == 220)
    #expect(outcome.forgiven(.longRow) == nil && outcome.forgiven(.shortRow) == nil)
  }

  @Test("The maternity counts: 15,785 values, all multiples of five")
  func maternity() throws {
    let (file, outcome) = try read("msds_maternity_2022-23_by_provider.csv", columns: Array(1...8))
    #expect(file.encoding == "UTF-8" && outcome.rows.count == 15_785)
    let values = outcome.rows.compactMap { Int($0.texts[7]) }
    #expect(values.count == 15_785 && values.allSatisfy { $0 % 5 == 0 } && values.filter { $0 > 0 }.min() == 5)
    #expect(Set(outcome.rows.map { $0.texts[0] }) == ["2022-23"])
    #expect(
      outcome.rows[0].texts == [
        "2022-23", "AgeAtBookingMotherGroup", "National", "National", "ALL SUBMITTERS", "Under 20", "Deliveries",
        "17135",
      ])
  }

  @Test("The registry's own fixtures read, or are refused, as they should be")
  func registryFixtures() throws {
    func rows(_ name: String, _ columns: ClosedRange<Int>, headerRow: Int = 1) throws -> Outcome {
      try read("fixtures_ndr_import/\(name)", columns: Array(columns), headerRow: headerRow).outcome
    }
    let marked = try rows("bomd.csv", 1...26)
    #expect(marked.rows.map { Set($0.texts) } == [["1"], ["2"]])
    #expect(marked.forgiven(.byteOrderMark) != nil)
    let thorn = try read("fixtures_ndr_import/normal_thorn.csv", columns: Array(1...26))
    #expect(thorn.file.delimiter == "þ" && thorn.outcome.rows[0].texts == Array(repeating: "1", count: 26))
    let not = try rows("not_sign_delimited.txt", 1...3)
    #expect(not.rows.map(\.texts) == [["some", "data", "here"], ["more", "data", "here"]])
    let high = try rows("high_ascii_delimited.txt", 1...24, headerRow: 0)
    #expect(high.rows.count == 2 && high.rows[0].texts[2] == "Dr Bob" && high.rows[1].texts[7] == "05 NOV 1990")
    let wide = try rows("hello_utf16le.txt", 1...1)
    #expect(wide.error == nil && wide.rows.map { $0.texts[0].hasPrefix("This is a thorny") } == [true])
    let windows = try rows("hello_windows.txt", 1...1)
    #expect(windows.rows.map(\.texts) == [["This is a thorny \u{FE} issue!"]])
    // Text after a closing quote is kept, and told.
    let broken = try rows("broken.csv", 1...3)
    #expect(broken.rows.map(\.texts) == [["this", "is not\" \"", ""], ["going", "to", "work"]])
    #expect(broken.forgiven(.textAfterQuote) == "text-after-quote 1 [2]")
    for name in ["malformed.csv", "malformed_pipe.csv"] {
      let outcome = try rows(name, 1...26)
      #expect(outcome.error == nil && outcome.rows[1].texts.contains { $0.contains("malformed") }, "\(name)")
    }
  }

  @Test(
    "The registry's XML: values of attributes, text and CDATA; what is malformed or says a wrong encoding is refused")
  func registryXML() throws {
    func field(_ name: String, _ path: String) -> Field {
      Field(name: name, label: name, type: .text, paths: [RecordPath(path)!])
    }
    let fields = [
      field("value", "no_relative_path/@value"), field("text", "no_path_or_att"),
      field("second", "demographics/address/address_line1[2]"), field("code", "demographics/demographics_2/@code"),
      field("inner", "demographics/demographics_2"), field("date", "pathology/pathology_date_1"),
    ]
    func open(_ name: String, _ record: [String]) throws -> Outcome {
      let plan = IntakePlan(
        fields: fields, organisationCode: nil, organisationName: nil, places: RecordPlaces(xml: record))
      return Outcome.read(
        unsafe try SourceFile.open(path: "\(folder)/fixtures_ndr_import/\(name)", name: name, plan: plan, onBytes: nil),
        plan)
    }
    let sample = try open("sample.xml", ["root", "record"])
    let expected = ["A value", "Another value", "Address 2", "03", "Inner text", "2018-01-01"]
    #expect(sample.rows.map(\.texts) == [expected, expected])
    for (name, words) in [("malformed.xml", "not well-formed"), ("claims_utf16be_but_isnt.xml", "no such text")] {
      var error: IntakeError?
      do {
        error = try open(name, ["root", "note"]).error
      } catch let thrown as IntakeError {
        error = thrown
      }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
