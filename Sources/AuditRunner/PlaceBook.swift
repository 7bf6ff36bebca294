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

  init(_ inputs: [RunInput], parts: [(input: Int, ordinal: Int)]) {
    self.inputs = inputs
    self.parts = parts
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
    guard let file = input.file else { return Finding.Place(input: input.source.name) }
    let inFile = PlaceBook.place(sequence: part.ordinal, record: place)
    return Finding.Place(input: input.source.name, file.place(of: inFile, field: field))
  }

  /// The place in words, without a column.
  func words(_ place: UInt64) -> String { self.place(place, field: nil).description }
}

extension Finding.Place {
  init(input: String, _ place: SourcePlace) {
    self.init(
      input: input, sheet: place.sheet, row: place.row, column: place.column, heading: place.heading,
      pointer: place.pointer, line: place.line)
  }
}
