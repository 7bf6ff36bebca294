internal import CTrustCheckModule

/// Takes what a module says during one call. The first thing that is wrong is kept, and the rest then left unread.
@safe
class Sink {
  private(set) var fault: String?

  /// Called with what the three functions of `tc_sink` are called with.
  @unsafe
  func explained(_ row: UInt64, _ evidence: UnsafePointer<UnsafePointer<tc_evidence>?>?, _ count: UInt64)
    throws(ModuleText.Fault)
  {
    throw ModuleText.Fault(words: "it called the sink's \"explained\" outside explain")
  }

  @unsafe
  func judged(
    _ place: UInt64, _ submission: UInt32, _ verdict: UInt32, _ field: UInt32,
    _ evidence: UnsafePointer<UnsafePointer<tc_evidence>?>?, _ count: UInt64
  ) throws(ModuleText.Fault) {
    throw ModuleText.Fault(words: "it called the sink's \"judged\" outside finish")
  }

  func saved(_ bytes: UnsafeRawBufferPointer) throws(ModuleText.Fault) {
    throw ModuleText.Fault(words: "it called the sink's \"saved\" outside save")
  }

  /// Calls `body` with the C struct through which a module reaches this sink; it is valid during the call only.
  @unsafe
  func withCStruct(_ body: (UnsafePointer<tc_sink>) -> UInt32) -> UInt32 {
    var record = unsafe tc_sink(
      struct_size: UInt32(MemoryLayout<tc_sink>.size), reserved: 0,
      context: Unmanaged.passUnretained(self).toOpaque(), explained: Sink.explained, judged: Sink.judged,
      saved: Sink.saved)
    return unsafe body(&record)
  }

  private func take(_ body: () throws(ModuleText.Fault) -> Void) {
    guard fault == nil else { return }
    do {
      try body()
    } catch {
      fault = error.words
    }
  }

  @unsafe
  private static func sink(_ context: UnsafeMutableRawPointer?) -> Sink? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue()
  }

  private static let explained:
    @convention(c) (UnsafeMutableRawPointer?, UInt64, UnsafePointer<UnsafePointer<tc_evidence>?>?, UInt64) -> Void = {
      context, row, evidence, count in
      guard let sink = unsafe sink(context) else { return }
      sink.take { () throws(ModuleText.Fault) in try unsafe sink.explained(row, evidence, count) }
    }

  private static let judged:
    @convention(c) (
      UnsafeMutableRawPointer?, UInt64, UInt32, UInt32, UInt32, UnsafePointer<UnsafePointer<tc_evidence>?>?, UInt64
    ) -> Void = { context, place, submission, verdict, field, evidence, count in
      guard let sink = unsafe sink(context) else { return }
      sink.take { () throws(ModuleText.Fault) in
        try unsafe sink.judged(place, submission, verdict, field, evidence, count)
      }
    }

  private static let saved: @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, UInt64) -> Void = {
    context, bytes, length in
    guard let sink = unsafe sink(context), length > 0 else { return }
    sink.take { () throws(ModuleText.Fault) in
      guard let start = unsafe bytes, length <= UInt64(Limits.savedState) else {
        throw ModuleText.Fault(words: "it saved \(length) bytes at once, or none where it said there were some")
      }
      try unsafe sink.saved(UnsafeRawBufferPointer(start: start, count: Int(length)))
    }
  }
}

/// Collects the evidence of rows that were asked for.
@safe
final class ExplanationSink: Sink {
  private var reader: EvidenceReader
  private let rows: [UInt32]
  /// Of each row asked for, its position and what was said of it.
  private var positions: [UInt32: Int] = [:]
  private var found: [[Evidence]?]

  init(_ reader: EvidenceReader, rows: [UInt32]) {
    self.reader = reader
    self.rows = rows
    found = Array(repeating: nil, count: rows.count)
    for (position, row) in rows.enumerated() { positions[row] = position }
  }

  /// In the order in which the rows were asked for.
  var explanations: [Explanation] {
    zip(rows, found).compactMap { row, evidence in evidence.map { Explanation(row: row, evidence: $0) } }
  }

  @unsafe
  override func explained(_ row: UInt64, _ evidence: UnsafePointer<UnsafePointer<tc_evidence>?>?, _ count: UInt64)
    throws(ModuleText.Fault)
  {
    guard let position = UInt32(exactly: row).flatMap({ positions[$0] }) else {
      throw ModuleText.Fault(words: "it explained row \(row &+ 1) of a batch, which it was not asked for")
    }
    guard found[position] == nil else {
      throw ModuleText.Fault(words: "it explained row \(row + 1) of a batch twice")
    }
    found[position] = try unsafe reader.read(evidence, count: count, hasRow: true)
  }
}
