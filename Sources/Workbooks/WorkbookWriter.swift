import CXLSXWriter
public import LocalFiles
import TerminalText

/// Writes an XLSX workbook, through libxlsxwriter: the same bytes for the same calls.
///
/// Every text is a text: nothing becomes a formula or a link, and characters that act on what shows them are written
/// out. The file appears whole, at `finish`, or not at all.
@safe
public final class WorkbookWriter {
  /// How a cell looks.
  public enum Style: Hashable, Sendable, CaseIterable {
    case plain, heading, title, wrapped
    /// Cells with a finding, by how much it matters.
    case error, warning, info
    /// A cell whose content is left out.
    case blanked
    /// A cell to fill in.
    case entry
  }

  /// A sheet of the workbook being written.
  @safe
  public struct Sheet {
    fileprivate let pointer: UnsafeMutablePointer<lxw_worksheet>
  }

  /// What a workbook's cell holds at most (ECMA-376 as Excel has it).
  public static let textLimit = 32_767
  private static let commentLimit = 4_000
  public static let rowLimit = 1_048_576
  public static let columnLimit = 16_384

  private let path: String
  private let temporary: String
  private var book: UnsafeMutablePointer<lxw_workbook>?
  private var formats: [Style: UnsafeMutablePointer<lxw_format>] = unsafe [:]
  private var names: Set<String> = []

  /// - Parameter path: where the workbook is to be; an existing file is replaced.
  public init(_ path: String, title: String) throws(FileError) {
    if LocalFiles.kind(path) == .folder { throw FileError(path: path, reason: "It is a folder, not a file") }
    let folder = LocalFiles.folder(of: path)
    guard LocalFiles.kind(folder) == .folder else {
      throw FileError(path: path, reason: "There is no folder \(folder)")
    }
    self.path = path
    temporary = LocalFiles.besideName(path)
    guard let made = unsafe workbook_new(temporary) else {
      throw FileError(path: path, reason: "The workbook could not be begun")
    }
    unsafe book = made
    setProperties(title)
    for style in Style.allCases { unsafe formats[style] = format(style) }
  }

  /// Properties that are the same in every run: libxlsxwriter writes the time of day when none is given.
  private func setProperties(_ title: String) {
    unsafe PlainText.visibleLines(title).withCString { title in
      var properties = unsafe lxw_doc_properties()
      unsafe properties.title = UnsafeMutablePointer(mutating: title)
      // 2000-01-01.
      unsafe properties.created = 946_684_800
      _ = unsafe workbook_set_properties(book, &properties)
    }
  }

  private func format(_ style: Style) -> UnsafeMutablePointer<lxw_format>? {
    let format = unsafe workbook_add_format(book)
    unsafe format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    func fill(_ colour: UInt32) {
      unsafe format_set_bg_color(format, colour)
      unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      unsafe format_set_border_color(format, 0xB0A8A0)
    }
    switch style {
    case .plain: break
    case .heading:
      unsafe format_set_bold(format)
      unsafe format_set_text_wrap(format)
      fill(0xEBE4DC)
    case .title:
      unsafe format_set_bold(format)
      unsafe format_set_font_size(format, 14)
    case .wrapped: unsafe format_set_text_wrap(format)
    case .error: fill(0xF8C9D0)
    case .warning: fill(0xFCE3B4)
    case .info: fill(0xD5DBF5)
    case .blanked:
      fill(0xE4E2E7)
      unsafe format_set_font_color(format, 0x6A6570)
    case .entry:
      unsafe format_set_text_wrap(format)
      unsafe format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      unsafe format_set_border_color(format, 0xB0A8A0)
      // As text, so that what is typed stays as it is typed.
      unsafe format_set_num_format_index(format, 49)
    }
    return unsafe format
  }

  /// Adds a sheet; its name is shortened and made one that a workbook can have.
  public func addSheet(_ name: String, widths: [Double] = [], frozenRows: Int = 0, isHidden: Bool = false) -> Sheet {
    let sheet = unsafe workbook_add_worksheet(book, sheetName(name))!
    for (column, width) in widths.enumerated() {
      _ = unsafe worksheet_set_column(sheet, UInt16(column), UInt16(column), width, nil)
    }
    if frozenRows > 0 { unsafe worksheet_freeze_panes(sheet, UInt32(frozenRows), 0) }
    if isHidden { unsafe worksheet_hide(sheet) }
    return unsafe Sheet(pointer: sheet)
  }

  private func sheetName(_ name: String) -> String {
    // By Unicode scalars: a slash with an accent on it is still one to the library, which then makes no sheet.
    var base = String(
      String.UnicodeScalarView(
        PlainText.visibleLines(name).unicodeScalars.map { "[]:*?/\\'".unicodeScalars.contains($0) ? "-" : $0 }))
    if base.trimmingSpaces.isEmpty { base = "Sheet" }
    func cut(_ text: String, _ length: Int) -> String {
      var text = text
      while text.utf16.count > length { text.removeLast() }
      return text
    }
    var result = cut(base, 31)
    var number = 2
    while !names.insert(result.lowercased()).inserted {
      let ending = " (\(number))"
      result = cut(base, 31 - ending.count) + ending
      number += 1
    }
    return result
  }

  /// Writes a text.
  ///
  /// - Parameters:
  ///   - row: 1-based.
  ///   - column: 1-based.
  public func write(_ text: String, _ sheet: Sheet, row: Int, column: Int, style: Style = .plain) {
    guard fits(row, column) else { return }
    let (row, column) = (UInt32(row - 1), UInt16(column - 1))
    let format = unsafe formats[style]
    if text.isEmpty {
      _ = unsafe worksheet_write_blank(sheet.pointer, row, column, format)
    } else {
      _ = unsafe worksheet_write_string(
        sheet.pointer, row, column, WorkbookWriter.limited(text, WorkbookWriter.textLimit), format)
    }
  }

  public func write(_ number: Int, _ sheet: Sheet, row: Int, column: Int, style: Style = .plain) {
    guard fits(row, column) else { return }
    _ = unsafe worksheet_write_number(
      sheet.pointer, UInt32(row - 1), UInt16(column - 1), Double(number), formats[style])
  }

  /// Adds a comment to a cell; a cell has one.
  public func comment(_ text: String, _ sheet: Sheet, row: Int, column: Int) {
    guard fits(row, column) else { return }
    var options = unsafe lxw_comment_options()
    unsafe options.width = 320
    unsafe options.height = UInt16(min(400, 60 + text.count / 2))
    unsafe WorkbookWriter.limited(text, WorkbookWriter.commentLimit).withCString { text in
      unsafe "trustcheck".withCString { author in
        unsafe options.author = UnsafeMutablePointer(mutating: author)
        _ = unsafe worksheet_write_comment_opt(sheet.pointer, UInt32(row - 1), UInt16(column - 1), text, &options)
      }
    }
  }

  /// Offers words to choose from in the cells of a column; others can be typed all the same.
  ///
  /// - Parameter words: together at most 255 characters, the most a list can have; those beyond are left out.
  public func choices(_ words: [String], _ sheet: Sheet, rows: ClosedRange<Int>, column: Int) {
    var length = 0
    let taken = words.prefix { word in
      length += word.utf16.count + 1
      return length <= 255 && !word.contains(",")
    }
    guard !taken.isEmpty, fits(rows.upperBound, column) else { return }
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST.rawValue)
    unsafe validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    var list = unsafe taken.map { unsafe strdup($0) } + [nil]
    unsafe list.withUnsafeMutableBufferPointer { buffer in
      unsafe validation.value_list = buffer.baseAddress
      _ = unsafe worksheet_data_validation_range(
        sheet.pointer, UInt32(rows.lowerBound - 1), UInt16(column - 1), UInt32(rows.upperBound - 1),
        UInt16(column - 1), &validation)
      var index = 0
      while let word = unsafe buffer[index] {
        unsafe free(word)
        index += 1
      }
    }
  }

  /// Offers what stands in the first column of another sheet.
  ///
  /// - Parameters:
  ///   - name: of the other sheet, as it was added.
  ///   - source: its rows.
  public func choices(
    from name: String, rows source: ClosedRange<Int>, _ sheet: Sheet, rows: ClosedRange<Int>, column: Int
  ) {
    guard fits(rows.upperBound, column) else { return }
    var validation = unsafe lxw_data_validation()
    unsafe validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
    unsafe validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
    unsafe validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue)
    unsafe "='\(name)'!$A$\(source.lowerBound):$A$\(source.upperBound)".withCString { formula in
      unsafe validation.value_formula = UnsafeMutablePointer(mutating: formula)
      _ = unsafe worksheet_data_validation_range(
        sheet.pointer, UInt32(rows.lowerBound - 1), UInt16(column - 1), UInt32(rows.upperBound - 1),
        UInt16(column - 1), &validation)
    }
  }

  /// Puts the workbook in its place.
  public func finish() throws(FileError) {
    let result = unsafe workbook_close(book)
    unsafe book = nil
    guard result == LXW_NO_ERROR else {
      try? LocalFiles.remove(temporary)
      let words = unsafe String(cString: lxw_strerror(result))
      throw FileError(path: path, reason: words)
    }
    try LocalFiles.move(temporary, to: path)
  }

  private func fits(_ row: Int, _ column: Int) -> Bool {
    (1...WorkbookWriter.rowLimit).contains(row) && (1...WorkbookWriter.columnLimit).contains(column)
  }

  // MARK: Texts

  private static func limited(_ text: String, _ limit: Int) -> String {
    var text = PlainText.visibleLines(text)
    guard text.utf16.count > limit else { return text }
    let ending = " … (cut)"
    while text.utf16.count > limit - ending.utf16.count { text.removeLast(max(1, (text.utf16.count - limit) / 4)) }
    return text + ending
  }

  deinit {
    guard let book = unsafe book else { return }
    // Closing is the only way to free it; what it writes is removed.
    _ = unsafe workbook_close(book)
    try? LocalFiles.remove(temporary)
  }
}

extension String {
  fileprivate var trimmingSpaces: Substring {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
