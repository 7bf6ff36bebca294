import AuditModel

/// Every cell of a file as it stands there, for outputs that repeat the file.
public enum FileCells {
  /// A sheet of a workbook.
  public struct Sheet: Hashable, Sendable {
    public let name: String
    public let isVisible: Bool
  }

  /// Hands over the rows of a CSV file or a workbook in their order.
  ///
  /// - Parameters:
  ///   - name: what errors call the file.
  ///   - take: gets the sheet (nil for a CSV), the row as a spreadsheet numbers it (1-based), and its cells as text.
  /// - Throws: when the file cannot be read, or is neither a CSV nor a workbook.
  public static func read(
    path: String, name: String, settings: SourceSettings = SourceSettings(),
    take: @escaping (_ sheet: Sheet?, _ row: Int, _ cells: [String]) -> Void
  ) throws(IntakeError) {
    let plan = IntakePlan(fields: [], organisationCode: nil, organisationName: nil, takesAnyHeader: true)
    let bytes = unsafe try ByteSource(path: path, shownAs: name, onBytes: nil)
    let block = ByteBlock()
    try bytes.read(plan.headBytes, into: block)
    let head = FileHead(bytes: bytes, block: block, name: name)
    try head.refuse()
    if Workbook.begins(block) {
      return try Workbook.rows(head, plan: plan) { sheet, row, cells in take(sheet, row, cells) }
    }
    let sniffer = try TextSniffer(block, name: name, isWhole: bytes.isAtEnd, settings: settings)
    if let first = sniffer.firstCharacter, "<{[".utf8.contains(first) {
      throw IntakeError(
        name, "It is neither a CSV file nor a workbook, and only those have cells to repeat.",
        advice: "Use the report itself: it names the place of each finding.")
    }
    try DelimitedFile.rows(head, sniffer, plan: plan) { row, cells in take(nil, row, cells) }
  }
}
