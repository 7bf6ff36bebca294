import CTrustCheckModule

/// Named facts about one finding; a rule's message refers to them as `{name}`.
public struct Evidence: Sendable {
  private struct Fact {
    var type: UInt32
    var name: Range<Int>
    var text: Range<Int>
    var integer: Int64
    var number: Double
    var field: UInt32
  }

  private var facts: [Fact] = []
  /// The names and texts of all facts.
  private var bytes: [UInt8] = []

  init() {}

  /// A text.
  ///
  /// - Parameter field: the field it was made from, which decides who may see it; nil when from none.
  public mutating func add(_ name: String, _ text: String, from field: Field? = nil) {
    add(name, TC_EVIDENCE_TEXT, text: text, field: field)
  }

  public mutating func add(_ name: String, _ value: Int, from field: Field? = nil) {
    add(name, TC_EVIDENCE_INTEGER, integer: Int64(value), field: field)
  }

  public mutating func add(_ name: String, _ value: Double, from field: Field? = nil) {
    add(name, TC_EVIDENCE_NUMBER, number: value, field: field)
  }

  public mutating func add(_ name: String, _ day: Day, from field: Field? = nil) {
    add(name, TC_EVIDENCE_DATE, integer: Int64(day.number), field: field)
  }

  /// The cell of a field in the row explained, as it was given. For `explain` only.
  public mutating func add(_ name: String, cellOf field: Field) {
    add(name, TC_EVIDENCE_CELL, field: field)
  }

  /// The place of another record, shown as its row.
  public mutating func add(_ name: String, place: UInt64) {
    add(name, TC_EVIDENCE_PLACE, integer: Int64(bitPattern: place))
  }

  private mutating func add(
    _ name: String, _ type: UInt32, text: String = "", integer: Int64 = 0, number: Double = 0, field: Field? = nil
  ) {
    let start = bytes.count
    bytes += name.utf8
    let end = bytes.count
    bytes += text.utf8
    facts.append(
      Fact(
        type: type, name: start..<end, text: end..<bytes.count, integer: integer, number: number,
        field: field.map { UInt32($0.position) } ?? TC_NO_FIELD))
  }

  mutating func removeAll() {
    facts.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }

  /// Calls `body` with the facts as the host reads them.
  func withPointers(_ body: (UnsafePointer<UnsafePointer<tc_evidence>?>?, UInt64) -> Void) {
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe withUnsafeTemporaryAllocation(of: tc_evidence.self, capacity: facts.count) { crossing in
        unsafe withUnsafeTemporaryAllocation(of: UnsafePointer<tc_evidence>?.self, capacity: facts.count) { pointers in
          for (index, fact) in facts.enumerated() {
            unsafe crossing.initializeElement(
              at: index,
              to: tc_evidence(
                struct_size: UInt32(MemoryLayout<tc_evidence>.size), type: fact.type,
                name: tc_text(UnsafeRawBufferPointer(rebasing: bytes[fact.name])),
                text: tc_text(UnsafeRawBufferPointer(rebasing: bytes[fact.text])), integer: fact.integer,
                number: fact.number, field: fact.field, reserved: 0))
            unsafe pointers.initializeElement(at: index, to: UnsafePointer(crossing.baseAddress! + index))
          }
          unsafe body(UnsafePointer(pointers.baseAddress), UInt64(facts.count))
        }
      }
    }
  }
}

/// Where evidence for rows of a batch goes.
@safe
public struct Explanations {
  private let sink: UnsafePointer<tc_sink>
  private var evidence = Evidence()

  init(_ sink: UnsafePointer<tc_sink>) {
    unsafe self.sink = sink
  }

  /// Gives a row its evidence; names in the order of the alphabet.
  public mutating func explain<Failure: Error>(
    _ row: Row, _ fill: (inout Evidence) throws(Failure) -> Void
  ) throws(Failure) {
    evidence.removeAll()
    try fill(&evidence)
    unsafe evidence.withPointers { unsafe sink.pointee.explained(sink.pointee.context, UInt64(row.index), $0, $1) }
  }
}

/// Where the verdicts that are given at the end go, in any order; what nothing is said of passes.
@safe
public struct Judgements {
  private let sink: UnsafePointer<tc_sink>
  private var evidence = Evidence()

  init(_ sink: UnsafePointer<tc_sink>) {
    unsafe self.sink = sink
  }

  /// Judges a record, for kinds that answer records.
  public mutating func judge(
    _ verdict: Verdict, place: UInt64, submission: UInt32, field: Field? = nil, _ fill: (inout Evidence) -> Void
  ) {
    judge(verdict, place, submission, field, fill)
  }

  /// Judges a submission, for kinds that answer submissions or organisations.
  public mutating func judge(
    _ verdict: Verdict, submission: UInt32, field: Field? = nil, _ fill: (inout Evidence) -> Void
  ) {
    judge(verdict, noPlace, submission, field, fill)
  }

  /// Judges the round.
  public mutating func judgeRound(_ verdict: Verdict, _ fill: (inout Evidence) -> Void) {
    judge(verdict, noPlace, TC_NO_SUBMISSION, nil, fill)
  }

  private mutating func judge(
    _ verdict: Verdict, _ place: UInt64, _ submission: UInt32, _ field: Field?, _ fill: (inout Evidence) -> Void
  ) {
    evidence.removeAll()
    fill(&evidence)
    let number =
      switch verdict {
      case .failed: TC_VERDICT_FAILED
      case .unknown: TC_VERDICT_UNKNOWN
      case .passed: TC_VERDICT_PASSED
      }
    let position = field.map { UInt32($0.position) } ?? TC_NO_FIELD
    unsafe evidence.withPointers {
      unsafe sink.pointee.judged(sink.pointee.context, place, submission, number, position, $0, $1)
    }
  }
}
