/// The selected rows of one submission within up to 64 rows of a batch.
@frozen
public struct SubmissionRun: Sendable {
  @usableFromInline let position: Int
  @usableFromInline let rows: UInt64

  @inlinable
  init(position: Int, rows: UInt64) {
    self.position = position
    self.rows = rows
  }

  @inlinable
  public var rowCount: Int { rows.nonzeroBitCount }

  /// How many of the rows have a cell of one of these kinds.
  @inlinable
  public func count(_ column: KindColumn, of kinds: CellKindSet) -> Int {
    (column.word(position, of: kinds) & rows).nonzeroBitCount
  }

  @inlinable
  public func forEachRow(_ body: (Row) -> Void) {
    var rest = rows
    while rest != 0 {
      body(Row(position &* 64 &+ rest.trailingZeroBitCount))
      rest &= rest &- 1
    }
  }
}

extension Verdicts {
  /// Calls the closure with the selected rows by submission, in the order of rows, 64 or fewer at a time.
  @inlinable
  public func forEachRun(of submissions: Column<UInt32>, _ body: (UInt32, SubmissionRun) -> Void) {
    for position in 0..<wordCount {
      var rest = unsafe selectedWords[position]
      if rest == ~0 {
        // Submissions are long, so that 64 rows are mostly of one.
        let submission = submissions[Row(position &* 64)]
        var difference: UInt32 = 0
        for bit in 0..<64 { difference |= submissions[Row(position &* 64 &+ bit)] ^ submission }
        if difference == 0 {
          body(submission, SubmissionRun(position: position, rows: rest))
          continue
        }
      }
      while rest != 0 {
        let first = rest.trailingZeroBitCount
        let submission = submissions[Row(position &* 64 &+ first)]
        var run: UInt64 = 0
        var candidates = rest
        while candidates != 0 {
          let bit = candidates.trailingZeroBitCount
          if submissions[Row(position &* 64 &+ bit)] != submission { break }
          run |= 1 &<< UInt64(bit)
          candidates &= candidates &- 1
        }
        rest &= ~run
        body(submission, SubmissionRun(position: position, rows: run))
      }
    }
  }
}
