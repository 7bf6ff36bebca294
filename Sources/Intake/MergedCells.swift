/// The merged cells of a sheet: ranges of which the first cell alone has content.
struct MergedCells {
  struct Range {
    /// 1-based, both ends included.
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
  }

  /// By their first row.
  private(set) var ranges: [Range] = []
  private var next = 0
  /// Those that reach into the row at hand, with the text of their first cells.
  private var open: [(range: Range, cell: RowCell)] = []

  static let limit = 100_000

  init() {}

  /// - Throws: when two ranges overlap, which no workbook has.
  init(_ ranges: [Range], name: String) throws(IntakeError) {
    self.ranges = ranges.sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    var active: [Range] = []
    for range in self.ranges {
      active.removeAll { $0.rows.upperBound < range.rows.lowerBound }
      if let other = active.first(where: { $0.columns.overlaps(range.columns) }) {
        throw IntakeError(
          name, "The merged cells \(MergedCells.words(other)) and \(MergedCells.words(range)) overlap.",
          advice: "Open the workbook, undo the merging and save it again.")
      }
      active.append(range)
    }
  }

  private static func words(_ range: Range) -> String {
    "\(SheetRows.letters(range.columns.lowerBound))\(range.rows.lowerBound):"
      + "\(SheetRows.letters(range.columns.upperBound))\(range.rows.upperBound)"
  }

  /// Gives every merged cell of a row the text of the first one; numbers stay where they are, since a number for two
  /// rows is not that number for each.
  ///
  /// - Returns: true when a cell was given a text.
  mutating func fill(_ row: Int, _ cells: inout [RowCell], isNumber: (Int) -> Bool) -> Bool {
    if next >= ranges.count && open.isEmpty { return false }
    open.removeAll { $0.range.rows.upperBound < row }
    while next < ranges.count, ranges[next].rows.lowerBound <= row {
      let range = ranges[next]
      next += 1
      let column = range.columns.lowerBound - 1
      guard range.rows.contains(row), range.rows.lowerBound == row, column < cells.count else { continue }
      if cells[column].text.isEmpty || isNumber(column) { continue }
      open.append((range, cells[column]))
    }
    var hasFilled = false
    for (range, cell) in open {
      for column in range.columns.prefix(HeaderFinder.columnLimit) {
        while cells.count < column { cells.append(.empty) }
        if cells[column - 1].text.isEmpty {
          cells[column - 1] = cell
          hasFilled = true
        }
      }
    }
    return hasFilled
  }
}

/// `mergeCells` of a sheet, which stand after its rows.
final class MergedCellsReader: XMLHandler {
  private(set) var ranges: [MergedCells.Range] = []

  override func begin(_ element: String, _ attributes: [String: String]) {
    guard element == "mergeCell", let reference = attributes["ref"] else { return }
    let ends = reference.split(separator: ":")
    guard ends.count == 2, let first = SheetRows.place(ends[0]), let last = SheetRows.place(ends[1]),
      first.row <= last.row, first.column <= last.column
    else {
      if ends.count == 2 { fault = "the merged cells \"\(reference)\" are no range" }
      return
    }
    if ranges.count == MergedCells.limit { fault = "it has more than \(MergedCells.limit) merged cells" }
    ranges.append(MergedCells.Range(rows: first.row...last.row, columns: first.column...last.column))
  }

  /// The merged cells of a sheet; nothing is walked where the word does not occur.
  static func read(_ path: String, of zip: ZipArchive, name: String) throws(IntakeError) -> MergedCells {
    guard let entry = try zip.entry(path), try holdsMergedCells(entry), let again = try zip.entry(path) else {
      return MergedCells()
    }
    let reader = MergedCellsReader()
    try XMLWalk.read(again, into: reader)
    if let fault = reader.fault { throw Workbook.fault(path, fault, name) }
    return try MergedCells(reader.ranges, name: name)
  }

  private static func holdsMergedCells(_ entry: ZipEntry) throws(IntakeError) -> Bool {
    let word = Array("mergeCell".utf8)
    let block = ByteBlock()
    let length = 1 << 18
    block.reserve(length + word.count)
    while true {
      let got = unsafe try entry.read(
        into: UnsafeMutableRawBufferPointer(start: block.base + block.count, count: length))
      if got == 0 { return false }
      block.count += got
      if unsafe Intake.holds(block.buffer, word) { return true }
      let kept = min(word.count - 1, block.count)
      unsafe block.base.update(from: block.base + (block.count - kept), count: kept)
      block.count = kept
    }
  }
}
