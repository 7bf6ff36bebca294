import CTrustCheckModule

/// A rule bound in a module, and what it says.
@safe
final class TestRule {
  let kind: TestKind
  let fields: [TestField]
  let host: TestHost
  fileprivate let bound: UnsafeMutableRawPointer

  /// Binds a rule with parameters by their pointers, in order.
  init(
    _ kind: TestKind, _ fields: [TestField], _ parameters: KeyValuePairs<String, TestParameter>,
    host: TestHost = TestHost(), asOf: String = "2016-12-31"
  ) throws {
    self.kind = kind
    self.fields = fields
    self.host = host
    let memory = Memory()
    let crossing = unsafe fields.map { field in
      unsafe UnsafePointer(
        memory.array([
          tc_field(
            struct_size: UInt32(MemoryLayout<tc_field>.size), type: field.kind.rawValue, privacy: field.privacy,
            reserved: 0, name: memory.text(field.name), label: memory.text("the \(field.name)"))
        ]))
    }
    let given = unsafe parameters.map { unsafe TestRule.parameter($0.key, $0.value, fields, host, memory) }
    var binding = unsafe tc_binding()
    unsafe binding.struct_size = UInt32(MemoryLayout<tc_binding>.size)
    unsafe binding.as_of = Int32(Cell.days(asOf))
    unsafe binding.rule = memory.text("pack/rule")
    unsafe binding.fields = UnsafePointer(memory.array(crossing.map { unsafe Optional($0) }))
    unsafe binding.field_count = UInt64(fields.count)
    unsafe binding.parameters = UnsafePointer(memory.array(given.map { unsafe Optional($0) }))
    unsafe binding.parameter_count = UInt64(given.count)
    var bound: UnsafeMutableRawPointer?
    let failure = unsafe TestRule.failure { error in
      unsafe kind.pointer.pointee.bind(host.pointer, kind.pointer, &binding, &bound, error)
    }
    if let failure { throw BindingRefused(description: failure) }
    unsafe self.bound = bound!
  }

  deinit {
    unsafe kind.pointer.pointee.unbind(bound)
  }

  private static func parameter(
    _ pointer: String, _ value: TestParameter, _ fields: [TestField], _ host: TestHost, _ memory: Memory
  ) -> UnsafePointer<tc_parameter> {
    var parameter = unsafe tc_parameter()
    unsafe parameter.struct_size = UInt32(MemoryLayout<tc_parameter>.size)
    unsafe parameter.pointer = memory.text(pointer)
    switch value {
    case .flag(let flag):
      unsafe parameter.type = TC_PARAMETER_BOOLEAN
      unsafe parameter.integer = flag ? 1 : 0
    case .integer(let integer):
      unsafe parameter.type = TC_PARAMETER_INTEGER
      unsafe parameter.integer = integer
    case .number(let number):
      unsafe parameter.type = TC_PARAMETER_NUMBER
      unsafe parameter.number = number
    case .text(let text):
      unsafe parameter.type = TC_PARAMETER_TEXT
      unsafe parameter.text = memory.text(text)
    case .fields(let names):
      let positions = names.map { name in UInt32(fields.firstIndex { $0.name == name }!) }
      unsafe parameter.type = TC_PARAMETER_FIELDS
      unsafe parameter.fields = UnsafePointer(memory.array(positions))
      unsafe parameter.field_count = UInt64(positions.count)
    case .expression(let source, let expression):
      unsafe parameter.type = TC_PARAMETER_EXPRESSION
      unsafe parameter.text = memory.text(source)
      unsafe parameter.expression = UInt64(host.expressions.count)
      host.expressions.append(expression)
    case .codes(let name, let codes):
      let crossing = unsafe codes.map { code in
        unsafe Optional(
          UnsafePointer(
            memory.array([
              tc_code(
                struct_size: UInt32(MemoryLayout<tc_code>.size), from: code.from.map { Int32(Cell.days($0)) } ?? .min,
                retired: code.retired.map { Int32(Cell.days($0)) } ?? .min, reserved: 0, code: memory.text(code.code),
                label: memory.text(code.code))
            ])))
      }
      unsafe parameter.type = TC_PARAMETER_CODE_LIST
      unsafe parameter.text = memory.text(name)
      unsafe parameter.codes = UnsafePointer(memory.array(crossing))
      unsafe parameter.code_count = UInt64(codes.count)
    }
    return unsafe UnsafePointer(memory.array([parameter]))
  }

  fileprivate static func failure(_ work: (UnsafeMutablePointer<tc_error>) -> UInt32) -> String? {
    var buffer = [CChar](repeating: 0, count: 512)
    return unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      var error = unsafe tc_error(
        struct_size: UInt32(MemoryLayout<tc_error>.size), reserved: 0, buffer: buffer.baseAddress,
        capacity: UInt64(buffer.count), length: 0)
      if unsafe work(&error) == TC_OK { return nil }
      return unsafe String(
        decoding: UnsafeRawBufferPointer(start: error.buffer, count: Int(error.length)), as: UTF8.self)
    }
  }

  // MARK: Checking

  /// The verdict of each row, "P", "F", "U", or "-" where it was not selected.
  func check(_ batch: TestBatch, selected: [Bool]? = nil, state: TestState? = nil) throws -> String {
    let wordCount = (batch.rows.count + 63) / 64
    var wanted = [UInt64](repeating: 0, count: wordCount)
    var failed = wanted
    var unknown = wanted
    for row in batch.rows.indices where selected?[row] ?? true { wanted[row / 64] |= 1 << UInt64(row % 64) }
    let failure = unsafe TestRule.failure { error in
      unsafe kind.pointer.pointee.check(bound, state?.pointer, batch.pointer, wanted, &failed, &unknown, error)
    }
    if let failure { throw BindingRefused(description: failure) }
    var verdicts = ""
    for row in 0..<(wordCount * 64) {
      func bit(_ words: [UInt64]) -> Bool { (words[row / 64] >> UInt64(row % 64)) & 1 == 1 }
      switch (bit(wanted), bit(failed), bit(unknown)) {
      case (true, true, false): verdicts += "F"
      case (true, false, true): verdicts += "U"
      case (true, false, false): verdicts += "P"
      case (false, false, false): if row < batch.rows.count { verdicts += "-" }
      default: throw BindingRefused(description: "Row \(row) has a verdict it may not have")
      }
    }
    return verdicts
  }

  /// The evidence of one row.
  func explain(_ batch: TestBatch, _ row: Int) throws -> [String: String] {
    let collector = EvidenceCollector(kind)
    var sink = unsafe collector.sink
    var rows = [UInt32(row)]
    let failure = unsafe TestRule.failure { error in
      unsafe kind.pointer.pointee.explain(bound, batch.pointer, &rows, 1, &sink, error)
    }
    if let failure { throw BindingRefused(description: failure) }
    if let problem = collector.problem { throw BindingRefused(description: problem) }
    return collector.explained[UInt64(row)] ?? [:]
  }

  // MARK: States

  func makeState() -> TestState {
    var state: UnsafeMutableRawPointer?
    _ = unsafe TestRule.failure { unsafe kind.pointer.pointee.state_create(bound, &state, $0) }
    return unsafe TestState(rule: self, pointer: state!)
  }

  func merge(_ next: TestState, into state: TestState, _ map: [UInt32]) throws {
    let failure = unsafe TestRule.failure { error in
      unsafe kind.pointer.pointee.merge(bound, state.pointer, next.pointer, map, UInt64(map.count), error)
    }
    if let failure { throw BindingRefused(description: failure) }
  }

  func save(_ state: TestState) -> [UInt8] {
    let collector = EvidenceCollector(kind)
    var sink = unsafe collector.sink
    _ = unsafe TestRule.failure { unsafe kind.pointer.pointee.save(bound, state.pointer, &sink, $0) }
    return collector.saved
  }

  func load(_ bytes: [UInt8]) throws -> TestState {
    var state: UnsafeMutableRawPointer?
    let failure = unsafe TestRule.failure { error in
      unsafe kind.pointer.pointee.load(bound, bytes, UInt64(bytes.count), &state, error)
    }
    if let failure { throw BindingRefused(description: failure) }
    return unsafe TestState(rule: self, pointer: state!)
  }

  /// The verdicts, sorted by place and submission.
  func finish(_ state: TestState) throws -> [Judgement] {
    let collector = EvidenceCollector(kind)
    var sink = unsafe collector.sink
    let failure = unsafe TestRule.failure { unsafe kind.pointer.pointee.finish(bound, state.pointer, &sink, $0) }
    if let failure { throw BindingRefused(description: failure) }
    if let problem = collector.problem { throw BindingRefused(description: problem) }
    return collector.judgements.sorted { ($0.place, $0.submission) < ($1.place, $1.submission) }
  }
}

/// A state; freed with its last reference.
@safe
final class TestState {
  fileprivate let rule: TestRule
  fileprivate let pointer: UnsafeMutableRawPointer

  fileprivate init(rule: TestRule, pointer: UnsafeMutableRawPointer) {
    self.rule = rule
    unsafe self.pointer = pointer
  }

  deinit {
    unsafe rule.kind.pointer.pointee.state_free(rule.bound, pointer)
  }
}

struct Judgement: Equatable {
  var place: UInt64
  var submission: UInt32
  var verdict: UInt32
  var evidence: [String: String]
}

/// Collects what a module says, and sees that it says only what its kind declares.
@safe
final class EvidenceCollector {
  private let names: [String]
  private(set) var explained: [UInt64: [String: String]] = [:]
  private(set) var judgements: [Judgement] = []
  private(set) var saved: [UInt8] = []
  private(set) var problem: String?

  init(_ kind: TestKind) {
    names = kind.evidence
  }

  var sink: tc_sink {
    unsafe tc_sink(
      struct_size: UInt32(MemoryLayout<tc_sink>.size), reserved: 0, context: Unmanaged.passUnretained(self).toOpaque(),
      explained: { context, row, evidence, count in
        let this = unsafe EvidenceCollector.of(context!)
        unsafe this.explained[row] = this.read(evidence, count)
      },
      judged: { context, place, submission, verdict, _, evidence, count in
        let this = unsafe EvidenceCollector.of(context!)
        unsafe this.judgements.append(
          Judgement(
            place: place, submission: submission, verdict: verdict, evidence: this.read(evidence, count)))
      },
      saved: { context, bytes, length in
        let this = unsafe EvidenceCollector.of(context!)
        unsafe this.saved += UnsafeRawBufferPointer(start: bytes, count: Int(length))
      })
  }

  private static func of(_ context: UnsafeMutableRawPointer) -> EvidenceCollector {
    unsafe Unmanaged<EvidenceCollector>.fromOpaque(context).takeUnretainedValue()
  }

  private func read(_ evidence: UnsafePointer<UnsafePointer<tc_evidence>?>?, _ count: UInt64) -> [String: String] {
    var facts: [String: String] = [:]
    var last = ""
    for index in 0..<Int(count) {
      let fact = unsafe evidence![index]!.pointee
      let name = unsafe TestHost.string(fact.name)
      let isDeclared = names.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name }
      if !isDeclared { problem = "\(name) is not declared" }
      if name <= last { problem = "\(name) stands after \(last)" }
      last = name
      switch unsafe fact.type {
      case TC_EVIDENCE_TEXT: facts[name] = unsafe TestHost.string(fact.text)
      case TC_EVIDENCE_INTEGER: facts[name] = unsafe "\(fact.integer)"
      case TC_EVIDENCE_NUMBER: facts[name] = unsafe "\(fact.number)"
      case TC_EVIDENCE_DATE: facts[name] = unsafe "day \(fact.integer)"
      case TC_EVIDENCE_CELL: facts[name] = unsafe "cell \(fact.field)"
      case TC_EVIDENCE_PLACE: facts[name] = unsafe "place \(fact.integer)"
      default: problem = "\(name) is of an unknown type"
      }
    }
    return facts
  }
}
