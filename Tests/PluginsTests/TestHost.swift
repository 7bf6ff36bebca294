import CTrustCheckModule

/// What the host does for modules, from what a test says.
@safe
final class TestHost {
  /// What an expression is of a row; nil when it cannot be told.
  typealias Expression = ([String: Cell]) -> Bool?

  struct Organisation {
    var name: String
    var opened: String?
    /// The last day open.
    var closed: String?
    var isSuperseded = false
    var successors: [String] = []
    var otherNames: [String] = []
  }

  var expressions: [Expression] = []
  var register: [String: Organisation] = [:]
  /// Codes by number of submission; empty for one that was not matched.
  var submissions: [String] = []
  private(set) var lookUps = 0
  private(set) var evaluations = 0
  let memory = Memory()
  private(set) var pointer: UnsafeMutablePointer<tc_host>

  init() {
    unsafe pointer = UnsafeMutablePointer<tc_host>.allocate(capacity: 1)
    unsafe pointer.initialize(
      to: tc_host(
        struct_size: UInt32(MemoryLayout<tc_host>.size), major: 1, minor: 0,
        context: Unmanaged.passUnretained(self).toOpaque(),
        evaluate: { host, batch, expression, selected, isTrue, isUnknown in
          unsafe TestHost.of(host!).evaluate(batch!, Int(expression), selected!, isTrue!, isUnknown!)
        },
        look_up: { host, code, day, found in
          unsafe TestHost.of(host!).lookUp(TestHost.string(code), day, found!)
        },
        know_name: { host, code, name in
          let organisation = unsafe TestHost.of(host!).register[TestHost.string(code)]
          let text = unsafe TestHost.string(name)
          return organisation.map { $0.name == text || $0.otherNames.contains(text) } ?? false
            ? TC_OK : TC_NOT_FOUND
        },
        describe: { host, submission, found in
          let this = unsafe TestHost.of(host!)
          guard Int(submission) < this.submissions.count else { return TC_NOT_FOUND }
          unsafe found!.pointee.organisation = this.memory.text(this.submissions[Int(submission)])
          return TC_OK
        },
        log: { _, _, _ in }))
  }

  deinit {
    unsafe pointer.deallocate()
  }

  private static func of(_ host: UnsafePointer<tc_host>) -> TestHost {
    unsafe Unmanaged<TestHost>.fromOpaque(host.pointee.context).takeUnretainedValue()
  }

  static func string(_ text: tc_text) -> String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: text.bytes, count: Int(text.length)), as: UTF8.self)
  }

  private func evaluate(
    _ pointer: UnsafePointer<tc_batch>, _ number: Int, _ selected: UnsafePointer<UInt64>,
    _ isTrue: UnsafeMutablePointer<UInt64>, _ isUnknown: UnsafeMutablePointer<UInt64>
  ) -> UInt32 {
    evaluations += 1
    let batch = unsafe Unmanaged<TestBatch>.fromOpaque(pointer.pointee.handle).takeUnretainedValue()
    for word in 0..<(batch.rows.count + 63) / 64 {
      unsafe isTrue[word] = 0
      unsafe isUnknown[word] = 0
    }
    for row in batch.rows.indices where unsafe (selected[row / 64] >> UInt64(row % 64)) & 1 == 1 {
      let cells = Dictionary(uniqueKeysWithValues: zip(batch.fields.map(\.name), batch.rows[row]))
      switch expressions[number](cells) {
      case true?: unsafe isTrue[row / 64] |= 1 << UInt64(row % 64)
      case false?: break
      case nil: unsafe isUnknown[row / 64] |= 1 << UInt64(row % 64)
      }
    }
    return TC_OK
  }

  private func lookUp(_ code: String, _ day: Int32, _ found: UnsafeMutablePointer<tc_organisation>) -> UInt32 {
    lookUps += 1
    guard let organisation = register[code] else { return TC_NOT_FOUND }
    let opened = organisation.opened.map { Int32(Cell.days($0)) }
    let closed = organisation.closed.map { Int32(Cell.days($0)) }
    var state = TC_ORGANISATION_OPEN
    if let opened, day < opened { state = TC_ORGANISATION_NOT_YET_OPEN }
    if let closed, day > closed { state = TC_ORGANISATION_CLOSED }
    if organisation.isSuperseded { state = TC_ORGANISATION_SUPERSEDED }
    let successors = unsafe organisation.successors.map { unsafe memory.text($0) }
    unsafe found.pointee.state = state
    unsafe found.pointee.opened = opened ?? .min
    unsafe found.pointee.closed = closed ?? .min
    unsafe found.pointee.code = memory.text(code)
    unsafe found.pointee.name = memory.text(organisation.name)
    unsafe found.pointee.successors = UnsafePointer(memory.array(successors))
    unsafe found.pointee.successor_count = UInt64(successors.count)
    return TC_OK
  }
}
