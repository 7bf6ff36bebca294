/// The bytes of a state that is saved, little-endian.
public struct StateWriter {
  public private(set) var bytes: [UInt8] = []

  init() {}

  public mutating func write<Number: FixedWidthInteger>(_ value: Number) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }

  /// A count, then the elements.
  public mutating func write<Number: FixedWidthInteger>(all values: [Number]) {
    write(UInt64(values.count))
    unsafe values.withUnsafeBytes { unsafe write(memory: $0) }
  }

  /// Memory as it is: on every machine that trustcheck runs on, numbers are little-endian there.
  mutating func write(memory: UnsafeRawBufferPointer) {
    unsafe bytes.append(contentsOf: memory)
  }
}

/// Reads the bytes of a saved state.
///
/// Bytes may come from elsewhere: every read is checked, and ends in an error where they do not hold what is expected.
public struct StateReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  public mutating func read<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(ModuleFailure)
    -> Number
  {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw StateReader.broken }
    let value = unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: position, as: Number.self) }
    position += size
    return Number(littleEndian: value)
  }

  /// Elements with their count before them.
  public mutating func readAll<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(ModuleFailure)
    -> [Number]
  {
    let count = try read(UInt64.self)
    guard count <= UInt64((bytes.count - position) / MemoryLayout<Number>.size) else { throw StateReader.broken }
    var values: [Number] = []
    values.reserveCapacity(Int(count))
    for _ in 0..<count { values.append(try read()) }
    return values
  }

  /// Reads as many bytes as the memory takes.
  mutating func read(into memory: UnsafeMutableRawBufferPointer) throws(ModuleFailure) {
    guard bytes.count - position >= memory.count else { throw StateReader.broken }
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + memory.count)]))
    }
    position += memory.count
  }

  /// A count of elements that take at least so many bytes each.
  public mutating func readCount(elementSize: Int) throws(ModuleFailure) -> Int {
    let count = try read(UInt64.self)
    guard count <= UInt64((bytes.count - position) / elementSize) else { throw StateReader.broken }
    return Int(count)
  }

  /// Fails when bytes are left.
  public func expectEnd() throws(ModuleFailure) {
    guard position == bytes.count else { throw StateReader.broken }
  }

  /// What is told of bytes that are no saved state.
  public static let broken = ModuleFailure("The saved state is damaged; the part it stands for must be checked again")
}

extension [UInt32] {
  /// The number in the state merged into of a submission of the state that is merged.
  public func number(of submission: Int) throws(ModuleFailure) -> Int {
    guard submission < count else { throw ModuleFailure("The host gave no number for submission \(submission)") }
    return Int(self[submission])
  }
}
