import AuditModel
import Testing

@testable import Intake

@Suite("Layouts of tables")
struct LayoutTests {
  private let fields = [
    Field(name: "code", label: "Code", type: .text), Field(name: "name", label: "Trust", type: .text, isOptional: true),
    Field(name: "first", label: "Diagnosed first presentation", type: .integer, isOptional: true),
    Field(name: "later", label: "Diagnosed progressed", type: .integer, isOptional: true),
    Field(name: "month", label: "Month", type: .period, isOptional: true),
  ]

  private func open(
    _ text: String, totals: [String] = [], settings: SourceSettings = SourceSettings()
  ) throws -> (file: SourceFile, outcome: Outcome) {
    let plan = IntakePlan(
      fields: fields, organisationCode: 0, organisationName: 1, wide: (period: 4, value: 2), totals: totals)
    let file = try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan, settings: settings)
    return (file, Outcome.read(file, plan))
  }

  @Test("A header over two rows: groups above, names below")
  func headerOfTwoRows() throws {
    let (file, outcome) = try open(
      "Returns\n,,Diagnosed,,\nCode,Trust,first presentation,progressed,Note\nX1,A,1,2,n\n")
    #expect(file.tables[0].headerRow == 3)
    #expect(
      file.tables[0].columns.map(\.heading) == [
        "Code", "Trust", "Diagnosed first presentation", "Diagnosed progressed", "Diagnosed Note",
      ])
    #expect(file.tables[0].columns.map(\.field) == [0, 1, 2, 3, nil])
    #expect(outcome.rows.map(\.texts) == [["X1", "A", "1", "2", ""]] && outcome.rows[0].number == 4)
    #expect(outcome.forgiven(.titleRows) == "title-rows 1 [1]")
    #expect(outcome.forgiven(.headerOfTwoRows) == "header-of-two-rows 2 [2, 3]")
  }

  @Test(
    "Marks of footnotes in headings are passed over",
    arguments: ["Code (1)", "Code [note 2]", "Code¹", "Code1", "Code *", "\"Code (1, 2)\"", "Code (notes 1)"])
  func footnotes(_ heading: String) throws {
    #expect(try open("\(heading),Trust\nX1,A\n").file.tables[0].columns[0].field == 0)
  }

  @Test("A column for each month becomes a record for each cell, at the place of the cell; totals are compared")
  func wide() throws {
    let text = "Code,Trust,Apr-25,May-25,Jun-25,Total\nX1,A,1,2,3,6\nX2,B,4,,<x>,9\nX3,C,1,1,1,4\nTotal,,6,3,4,13\n"
    let (file, outcome) = try open(text)
    #expect(outcome.rows.count == 9)
    #expect(outcome.rows[1].texts == ["X1", "A", "2", "", "May-25"])
    #expect(outcome.rows[1].cells[4].value == "2025-05-01 2025-05-31")
    #expect(outcome.rows[4].cells[2].kind == .blank && outcome.rows[5].cells[2].kind == .invalid)
    #expect(outcome.rows.map(\.number) == [2, 2, 2, 3, 3, 3, 4, 4, 4])
    let second = file.place(of: UInt64(2 * 3 + 1), field: 2)
    #expect(second.row == 2 && second.column == 4 && second.heading == "May-25")
    #expect(file.tables[0].usedColumns.map(\.position) == Array(1...6))
    #expect(file.tables[0].usedColumns.map(\.field) == [0, 1, 2, 2, 2, nil])
    #expect(file.place(of: UInt64(2 * 3 + 1), field: 0).column == 1)
    #expect(
      file.tables[0].columns.map(\.matchedBy?.rawValue).prefix(6) == [
        "name", "label", "period", "period", "period", "total",
      ])
    #expect(file.differences.count == 1)
    let difference = try #require(file.differences.first)
    #expect(difference.place.row == 4 && difference.place.column == 6 && difference.given == "4")
    #expect(difference.low == 3 && difference.high == 3 && difference.isOfRow)
  }

  @Test("The answer of one organisation with its fields one below the other")
  func form() throws {
    let (file, outcome) = try open(
      "Our answer,\nCode,X1\nTrust,A trust\nDiagnosed first presentation,3\nRemarks,none\n")
    #expect(outcome.rows.map(\.texts) == [["X1", "A trust", "3", "", ""]])
    let place = file.place(of: 1, field: 2)
    #expect(place.row == 4 && place.column == 2 && place.heading == "Diagnosed first presentation")
    #expect(file.tables[0].columns.filter { $0.field == nil }.map(\.heading) == ["Our answer", "Remarks"])
  }

  @Test("Several tables one below the other, each with its own header and title")
  func severalTables() throws {
    let text = """
      North
      Code,Trust,Month
      X1,A,2025-04

      South
      Trust,Code,Note
      B,X2,n
      C,X3,n

      X9,,
      """
    let (file, outcome) = try open(text)
    #expect(file.tables.map(\.headerRow) == [2, 6])
    #expect(
      outcome.rows.map { [$0.texts[0], $0.texts[1]] } == [["X1", "A"], ["X2", "B"], ["X3", "C"], ["", "X9"]])
    #expect(outcome.rows.map(\.number) == [3, 7, 8, 10])
    #expect(outcome.forgiven(.titleRows) == "title-rows 2 [1, 5]")
    #expect(outcome.forgiven(.furtherTables) == "further-tables 1 [6]")
    #expect(file.place(of: 1 << 32 | 7, field: 1).column == 1)
  }

  @Test("A further table far below is found as well")
  func furtherTableFarBelow() throws {
    let rows = (0..<200).map { "X\($0),A\($0),2025-04\n" }.joined()
    let (file, outcome) = try open("Code,Trust,Month\n" + rows + ",,\nSouth,,\nTrust,Code,Note\nB,Y1,n\n")
    #expect(file.tables.map(\.headerRow) == [1, 204])
    #expect(outcome.rows.count == 201 && outcome.rows[200].texts.prefix(2) == ["Y1", "B"])
  }

  @Test("Notes below a table are passed over and told; a name alone is a record")
  func notes() throws {
    let text = """
      Code,Trust,Month
      X1,A,2025-04
      ,Lonely Trust,
      Source: the trusts themselves
      * counts below five are withheld,,

      """
    let outcome = try open(text).outcome
    #expect(outcome.rows.map(\.number) == [2, 3])
    #expect(outcome.forgiven(.noteRow) == "note-row 2 [4, 5]")
  }

  @Test("Columns by position, a header that is given, and columns that are not wanted")
  func mapping() throws {
    var settings = SourceSettings()
    settings.headerRow = 0
    settings.columns = ["#1": .field("code"), "#C": .field("first"), "#2": .ignored]
    let (file, outcome) = try open("X1,secret,4\nX2,secret,5\n", settings: settings)
    #expect(outcome.rows.map { [$0.texts[0], $0.texts[2]] } == [["X1", "4"], ["X2", "5"]])
    #expect(outcome.rows.map(\.number) == [1, 2] && file.tables[0].headerRow == nil)
    #expect(file.tables[0].columns[1].matchedBy == .ignored)
    settings.headerRow = 2
    settings.columns = [:]
    let second = try open("Code,Trust,Month\nTrust,Code,x\nA,X1,2\n", settings: settings)
    #expect(second.outcome.rows.map { $0.texts.prefix(2) } == [["X1", "A"]])
  }

  @Test("Totals are compared with all rows above them, or with those since the last total")
  func totals() throws {
    let plan = IntakePlan(fields: fields, organisationCode: 0, organisationName: 1, totals: ["sub"])
    func differences(_ text: String) throws -> [String] {
      let file = try SourceFile.open(bytes: Array(text.utf8), name: "f", plan: plan)
      return try TotalsCheck(plan).differences(in: file).map {
        "\($0.place.row ?? 0) \($0.place.column ?? 0) \($0.given) \($0.low) \($0.high)"
      }
    }
    let head = "Code,Trust,Diagnosed first presentation\n"
    #expect(try differences(head + "X1,A,1\nX2,B,2\nsub,,3\nX3,C,4\nsub,,4\nTotal,,7\n").isEmpty)
    #expect(try differences(head + "X1,A,1\nX2,B,2\nTotal,,4\n") == ["4 3 4 3.0 3.0"])
    #expect(try differences(head + "X1,A,1\nX2,B,unclear\nTotal,,2\n").isEmpty)
    #expect(try differences(head + "X1,A,3\nX2,B,unclear\nTotal,,2\n") == ["4 3 2 3.0 inf"])
    #expect(try differences(head + "Total,,4\n").isEmpty)
  }
}
