public import AuditModel
public import Intake
public import LocalFiles
import Reports
import Workbooks

/// A workbook for whoever sent a file: the file again, cell for cell, with a colour and a comment where something was
/// found, what to mend in the order of work, and what was not checked.
///
/// Cells of personal fields, and of columns that no pack knows, are left out unless they are asked for.
public struct FeedbackWorkbook {
  private let report: Report
  private let input: InputSummary
  private let revealsPersonal: Bool

  /// - Parameter input: the file, as the report has it.
  public init(_ report: Report, input: InputSummary, revealsPersonal: Bool) {
    self.report = report
    self.input = input
    self.revealsPersonal = revealsPersonal
  }

  /// The findings about the file, the gravest first, then by place.
  var findings: [Finding] {
    let own = report.findings.filter { $0.place?.input == input.name }
    return own.enumerated().sorted { a, b in
      if a.element.severity != b.element.severity { return a.element.severity > b.element.severity }
      return FeedbackWorkbook.isAbove(a.element.place, b.element.place) ?? (a.offset < b.offset)
    }.map(\.element)
  }

  private static func isAbove(_ a: Finding.Place?, _ b: Finding.Place?) -> Bool? {
    guard let a, let b else { return nil }
    if a.sheet != b.sheet { return nil }
    if a.row != b.row { return (a.row ?? 0) < (b.row ?? 0) }
    return a.column == b.column ? nil : (a.column ?? 0) < (b.column ?? 0)
  }

  /// Writes the workbook.
  ///
  /// - Parameters:
  ///   - file: the submitter's file, the one that was audited.
  ///   - path: where the workbook is to be.
  public func write(file: String, to path: String) throws(FeedbackError) {
    do {
      let writer = try WorkbookWriter(path, title: "Feedback on \(input.name)")
      let own = findings
      FixSheet(report: report, input: input, findings: own).write(writer)
      do {
        try repeatFile(file, own, writer)
      } catch {
        throw FeedbackError.input(error)
      }
      NotCheckedSheet(report: report, input: input).write(writer)
      try writer.finish()
    } catch let error as FeedbackError {
      throw error
    } catch let error as FileError {
      throw FeedbackError.output(error)
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private func repeatFile(_ file: String, _ findings: [Finding], _ writer: WorkbookWriter) throws(IntakeError) {
    let notes = CellNotes(findings, report)
    let privacy = CellPrivacy(report, input, revealsPersonal: revealsPersonal)
    var sheets: [String: WorkbookWriter.Sheet] = [:]
    try FileCells.read(path: file, name: input.name) { from, row, cells in
      let name = from?.name ?? ""
      let sheet: WorkbookWriter.Sheet
      if let known = sheets[name] {
        sheet = known
      } else {
        let shown = from?.name ?? "Your file"
        sheet = writer.addSheet(shown, widths: Array(repeating: 16, count: min(cells.count + 8, 60)), frozenRows: 0)
        sheets[name] = sheet
      }
      let marked = notes.columns(from?.name, row)
      let width = max(cells.count, marked.max() ?? 0)
      for column in stride(from: 1, through: width, by: 1) {
        let text = column <= cells.count ? cells[column - 1] : ""
        let note = notes.note(from?.name, row, column)
        if text.isEmpty && note == nil { continue }
        let isShown = privacy.shows(from?.name, row, column, cells)
        let style = note.map { WorkbookWriter.Style($0.severity) } ?? (isShown ? .plain : .blanked)
        writer.write(isShown ? text : "(not shown)", sheet, row: row, column: column, style: style)
        if let note { writer.comment(note.words, sheet, row: row, column: column) }
      }
    }
  }
}

/// Why no workbook could be written.
public enum FeedbackError: Error {
  /// The submitter's file could not be read.
  case input(IntakeError)
  case output(FileError)
}

extension WorkbookWriter.Style {
  init(_ severity: Severity) {
    self =
      switch severity {
      case .error: .error
      case .warning: .warning
      case .info: .info
      }
  }
}

/// The findings of each cell.
struct CellNotes {
  struct Note {
    var severity: Severity
    var words: String
  }

  private struct Key: Hashable {
    var sheet: String?
    var row: Int
    var column: Int
  }

  private var notes: [Key: Note] = [:]
  private var columnsByRow: [Key: [Int]] = [:]

  /// A finding about a whole row stands in its first cell.
  init(_ findings: [Finding], _ report: Report) {
    let rules = Dictionary(report.rules.map { ($0.id, $0) }) { first, _ in first }
    for finding in findings {
      guard let place = finding.place, let row = place.row else { continue }
      let key = Key(sheet: place.sheet, row: row, column: place.column ?? 1)
      let fix = rules[finding.rule]?.fix[.dataOfficer].map { "\nTo mend: \($0)" } ?? ""
      let words = "\(finding.severity.rawValue.uppercased()): \(finding.message)\(fix)\n[\(finding.rule)]"
      if var note = notes[key] {
        note.severity = max(note.severity, finding.severity)
        note.words += "\n\n" + words
        notes[key] = note
      } else {
        notes[key] = Note(severity: finding.severity, words: words)
        columnsByRow[Key(sheet: place.sheet, row: row, column: 0), default: []].append(key.column)
      }
    }
  }

  func note(_ sheet: String?, _ row: Int, _ column: Int) -> Note? {
    notes[Key(sheet: sheet, row: row, column: column)]
  }

  /// The columns of a row that have findings.
  func columns(_ sheet: String?, _ row: Int) -> [Int] {
    columnsByRow[Key(sheet: sheet, row: row, column: 0)] ?? []
  }
}
