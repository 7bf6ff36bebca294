/// A position in a text.
public struct JSONPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 1-based; lines end with a line feed.
  public let line: Int
  /// 1-based, in characters (Unicode scalars).
  public let column: Int
  /// 0-based, in bytes from the start of the file.
  public let offset: Int

  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  public static func < (a: JSONPlace, b: JSONPlace) -> Bool { a.offset < b.offset }

  /// `line:column`.
  public var description: String { "\(line):\(column)" }
}

/// A text that is not JSON, or JSON that is not what its reader expects, and where.
public struct JSONError: Error, Equatable, CustomStringConvertible {
  /// The file as it is shown to people.
  public let file: String
  /// 1-based; 0 when the file as a whole could not be read.
  public let line: Int
  /// 1-based, in characters; 0 when the file as a whole could not be read.
  public let column: Int
  /// 0-based, in bytes.
  public let offset: Int
  /// What is wrong, for people.
  public let message: String
  /// The JSON Pointer of the value; nil when the text is not JSON.
  public let pointer: String?
  /// The line of the text; nil when there is none. It is what the file holds, so it is shown of files without data
  /// alone.
  public let sourceLine: String?

  /// - Parameter source: the text of the file, from which the line is taken.
  public init(file: String, place: JSONPlace, message: String, pointer: String? = nil, source: [UInt8]? = nil) {
    self.file = file
    line = place.line
    column = place.column
    offset = place.offset
    self.message = message
    self.pointer = pointer
    sourceLine = source.map { bytes in
      let at = min(place.offset, bytes.count)
      let start = bytes[..<at].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
  }

  /// The line of the text is no part of what an error is.
  public static func == (a: JSONError, b: JSONError) -> Bool {
    (a.file, a.line, a.column, a.offset, a.message, a.pointer)
      == (b.file, b.line, b.column, b.offset, b.message, b.pointer)
  }

  /// An error about a file as a whole.
  public init(file: String, message: String) {
    self.init(file: file, place: JSONPlace(line: 0, column: 0, offset: 0), message: message)
  }

  /// `file:line:column: message`, or `file: message` for a file that could not be read.
  public var description: String { line == 0 ? "\(file): \(message)" : "\(file):\(line):\(column): \(message)" }
}

/// How much a text may ask of its reader.
public struct JSONLimits: Sendable {
  /// The greatest number of objects and arrays inside one another; at most 2,048.
  public var depth = 128
  /// The greatest size of a text in bytes.
  public var bytes = 256 << 20

  public init(depth: Int = 128, bytes: Int = 256 << 20) {
    precondition((1...2048).contains(depth), "The nesting limit is 1 to 2,048")
    self.depth = depth
    self.bytes = bytes
  }
}
