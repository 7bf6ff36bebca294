import AuditModel
import Intake

/// Works out what a place of the run is in the file it came from.
///
/// A place of the run is the part's number among all parts in the upper half and the record's number in the lower half,
/// so that places increase in file order over all inputs.
struct PlaceBook {
  private let inputs: [RunInput]
  /// Of every part: its input and its number there.
  private let parts: [(input: Int, ordinal: Int)]
  /// Of every input: by field, the 1-based column and its heading.
  private let columns: [[Int: (position: Int, heading: String)]]

  init(_ inputs: [RunInput], parts: [(input: Int, ordinal: Int)]) {
    self.inputs = inputs
    self.parts = parts
    columns = inputs.map { input in
      var columns: [Int: (position: Int, heading: String)] = [:]
      for column in input.file?.columns ?? [] {
        if let field = column.field { columns[field] = (column.position, column.heading) }
      }
      return columns
    }
  }

  /// The input of a part and its number there.
  func part(_ sequence: Int) -> (input: Int, ordinal: Int) { parts[sequence] }

  /// The place of a record of the part with a number.
  static func place(sequence: Int, record: UInt64) -> UInt64 {
    UInt64(sequence) << 32 | record & 0xFFFF_FFFF
  }

  /// The number of a place's part among all parts.
  static func sequence(of place: UInt64) -> Int { Int(place >> 32) }

  /// The place in its file, with the column of a field of the pack when there is one.
  func place(_ place: UInt64, field: Int?) -> Finding.Place {
    let part = parts[PlaceBook.sequence(of: place)]
    let input = inputs[part.input]
    var found = Finding.Place(input: input.source.name)
    guard let file = input.file else { return found }
    let inFile = PlaceBook.place(sequence: part.ordinal, record: place)
    if let pointer = file.pointer(of: inFile) {
      found.line = file.line(of: inFile)
      found.pointer = pointer
      if let field, let column = columns[part.input][field] {
        found.pointer = file.pointer(of: inFile, column: column.position) ?? pointer
      }
      return found
    }
    found.sheet = file.sheet
    found.row = file.row(of: inFile)
    if let field, let column = columns[part.input][field] {
      found.column = column.position
      found.heading = column.heading
    }
    return found
  }

  /// The place in words, without a column.
  func words(_ place: UInt64) -> String { self.place(place, field: nil).description }
}
