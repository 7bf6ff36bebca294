/// Writes JSON as it goes: keys in the order written, the same bytes for the same calls.
///
/// Given a sink, it hands over what it has whenever that passes 64 kB, and the rest at `finish`. Without one
/// (`JSONWriter()`), it keeps everything until `take` or `finishedBytes` hands it out.
///
/// Calls that make no JSON, such as a value without its key, and numbers that JSON has not (NaN, infinity) are faults of
/// the program and stop it.
public struct JSONWriter<Failure: Error>: ~Copyable {
  private var output: JSONOutput
  private let sink: (([UInt8]) throws(Failure) -> Void)?

  /// How many bytes are kept before the sink gets them.
  private static var step: Int { 1 << 16 }

  public init(_ style: JSONStyle = .pretty, sink: @escaping ([UInt8]) throws(Failure) -> Void) {
    output = JSONOutput(style)
    self.sink = sink
  }

  public mutating func beginObject() throws(Failure) {
    output.begin(isObject: true)
    try pass()
  }

  public mutating func endObject() throws(Failure) {
    output.end(isObject: true)
    try pass()
  }

  public mutating func beginArray() throws(Failure) {
    output.begin(isObject: false)
    try pass()
  }

  public mutating func endArray() throws(Failure) {
    output.end(isObject: false)
    try pass()
  }

  public mutating func key(_ key: String) throws(Failure) {
    output.key(key)
    try pass()
  }

  public mutating func string(_ value: String) throws(Failure) {
    output.startValue()
    output.append(quoted: value)
    try pass()
  }

  /// A string of bytes; those that are not UTF-8 become U+FFFD.
  public mutating func string(bytes: some Sequence<UInt8>) throws(Failure) {
    try string(String(decoding: Array(bytes), as: UTF8.self))
  }

  public mutating func integer(_ value: some BinaryInteger) throws(Failure) {
    output.startValue()
    output.append(plain: String(value))
    try pass()
  }

  /// The shortest decimal that reads as the same double, always with a point or an exponent.
  public mutating func double(_ value: Double) throws(Failure) {
    precondition(value.isFinite, "JSON has no NaN and no infinity")
    output.startValue()
    output.append(plain: value.description)
    try pass()
  }

  public mutating func boolean(_ value: Bool) throws(Failure) {
    output.startValue()
    output.append(plain: value ? "true" : "false")
    try pass()
  }

  public mutating func null() throws(Failure) {
    output.startValue()
    output.append(plain: "null")
    try pass()
  }

  /// A value that was read, with all below it.
  public mutating func value(_ value: JSONValue) throws(Failure) {
    switch value.kind {
    case .object:
      try beginObject()
      for (key, member) in value.members {
        try self.key(key)
        try self.value(member)
      }
      try endObject()
    case .array:
      try beginArray()
      for index in 0..<value.count { if let element = value[index] { try self.value(element) } }
      try endArray()
    case .string: try string(value.string ?? "")
    case .integer: try integer(value.integer ?? 0)
    case .real: try double(value.double ?? 0)
    case .boolean: try boolean(value.boolean ?? false)
    case .null: try null()
    }
  }

  public mutating func member(_ key: String, _ value: String) throws(Failure) {
    output.key(key)
    try string(value)
  }

  public mutating func member(_ key: String, _ value: some BinaryInteger) throws(Failure) {
    output.key(key)
    try integer(value)
  }

  public mutating func member(_ key: String, _ value: Double) throws(Failure) {
    output.key(key)
    try double(value)
  }

  public mutating func member(_ key: String, _ value: Bool) throws(Failure) {
    output.key(key)
    try boolean(value)
  }

  /// A line feed between two values at the top, as JSON lines have them.
  public mutating func endLine() throws(Failure) {
    output.endLine()
    try pass()
  }

  /// Hands the rest to the sink. The text must be whole; a line feed ends it.
  public consuming func finish() throws(Failure) {
    output.finish()
    if let sink { try sink(output.take()) }
  }

  private mutating func pass() throws(Failure) {
    if output.bytes.count >= Self.step, let sink { try sink(output.take()) }
  }
}

extension JSONWriter where Failure == Never {
  /// A writer that keeps what it writes.
  public init(_ style: JSONStyle = .pretty) {
    output = JSONOutput(style)
    sink = nil
  }

  /// What was written since the last call, for a caller that streams by itself.
  public mutating func take() -> [UInt8] { output.take() }

  /// What was written since the last `take`. The text must be whole; a line feed ends it.
  public consuming func finishedBytes() -> [UInt8] {
    output.finish()
    return output.take()
  }
}
