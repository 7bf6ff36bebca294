import AuditModel
import Columns

/// Tells rows in which the header stands once more, as where tables were put one under the other.
@safe
struct RepeatedHeader {
  /// Of the columns that were taken for fields.
  private var headings: [(position: Int, text: String)] = []
  /// By which most other rows are ruled out: the first of these columns, and the first byte of its heading.
  private var position = 0
  private var firstByte: UInt8 = 0

  /// - Parameter columns: of a file with a header row; none for other files.
  init(_ columns: [ColumnMapping]) {
    headings = columns.enumerated().filter { $0.element.field != nil }.map { ($0.offset, $0.element.heading) }
    guard let first = headings.first else { return }
    (position, firstByte) = (first.position, first.text.utf8.first ?? 0)
  }

  /// True when every cell below a heading is that heading.
  ///
  /// - Parameter slots: by column, with the cells of all rows.
  @inline(__always)
  func stands(
    in row: Int, _ slots: UnsafeMutablePointer<UnsafeMutablePointer<TextView>>, _ buffers: TextBuffers
  ) -> Bool {
    if headings.isEmpty { return false }
    let view = unsafe slots[position][row]
    let byte = UInt8(truncatingIfNeeded: view.low >> 32)
    guard byte == firstByte || view.mayHaveOuterSpace(buffers) else { return false }
    return unsafe standsEverywhere(in: row, slots, buffers)
  }

  @inline(never)
  private func standsEverywhere(
    in row: Int, _ slots: UnsafeMutablePointer<UnsafeMutablePointer<TextView>>, _ buffers: TextBuffers
  ) -> Bool {
    headings.allSatisfy { heading in
      let view = unsafe slots[heading.position][row]
      return view.count >= heading.text.utf8.count && buffers.string(view).trimmed == heading.text
    }
  }
}
