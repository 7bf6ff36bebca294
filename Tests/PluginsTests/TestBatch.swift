import CTrustCheckModule

/// Memory that lives as long as its owner.
@safe
final class Memory {
  private var blocks: [UnsafeMutableRawPointer] = unsafe []

  deinit {
    for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
  }

  func array<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let bytes = MemoryLayout<Element>.stride * max(1, elements.count)
    let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    unsafe blocks.append(block)
    let typed = unsafe block.bindMemory(to: Element.self, capacity: max(1, elements.count))
    for (index, element) in elements.enumerated() { unsafe (typed + index).initialize(to: element) }
    return unsafe typed
  }

  func text(_ text: String) -> tc_text {
    let bytes = Array(text.utf8).map { CChar(bitPattern: $0) }
    return unsafe tc_text(bytes: bytes.isEmpty ? nil : UnsafePointer(array(bytes)), length: UInt64(bytes.count))
  }
}

/// Rows of cells as the columns that cross the boundary (DESIGN 6), filled by hand.
@safe
final class TestBatch {
  let fields: [TestField]
  let rows: [[Cell]]
  let places: [UInt64]
  let submissions: [UInt32]
  let pointer: UnsafePointer<tc_batch>
  private let memory = Memory()

  /// - Parameters:
  ///   - places: 10, 20, … when not given.
  ///   - submissions: all 0 when not given.
  init(_ fields: [TestField], _ rows: [[Cell]], places: [UInt64]? = nil, submissions: [UInt32]? = nil) {
    self.fields = fields
    self.rows = rows
    self.places = places ?? rows.indices.map { UInt64($0 + 1) * 10 }
    self.submissions = submissions ?? rows.map { _ in 0 }
    let memory = memory
    var members = unsafe [
      TestBatch.array(memory, rows.count, [memory.array(self.places)]),
      TestBatch.array(memory, rows.count, [memory.array(self.submissions)]),
    ]
    for (index, field) in fields.enumerated() {
      unsafe members.append(TestBatch.column(memory, field, rows.map { $0[index] }))
    }
    let records = unsafe TestBatch.array(memory, rows.count, [], children: members)
    let batch = unsafe memory.array([
      tc_batch(
        struct_size: UInt32(MemoryLayout<tc_batch>.size), reserved: 0, row_count: UInt64(rows.count),
        records: records, handle: nil)
    ])
    unsafe pointer = UnsafePointer(batch)
    unsafe batch.pointee.handle = Unmanaged.passUnretained(self).toOpaque()
  }

  private static func array(
    _ memory: Memory, _ count: Int, _ buffers: [UnsafeMutableRawPointer?],
    children: [UnsafeMutablePointer<ArrowArray>] = unsafe []
  ) -> UnsafeMutablePointer<ArrowArray> {
    let all = unsafe ([nil] + buffers).map { UnsafeRawPointer($0) }
    return unsafe memory.array([
      ArrowArray(
        length: Int64(count), null_count: 0, offset: 0, n_buffers: Int64(all.count), n_children: Int64(children.count),
        buffers: memory.array(all), children: memory.array(children.map { unsafe Optional($0) }), dictionary: nil,
        release: nil, private_data: nil)
    ])
  }

  private static func column(
    _ memory: Memory, _ field: TestField, _ cells: [Cell]
  ) -> UnsafeMutablePointer<ArrowArray> {
    let count = cells.count
    func plain<Element>(_ values: [Element]) -> UnsafeMutablePointer<ArrowArray> {
      unsafe array(memory, count, [UnsafeMutableRawPointer(memory.array(values))])
    }
    var members = unsafe [plain(cells.map(\.kind)), texts(memory, cells.map(\.text))]
    switch field.kind {
    case .text: break
    case .integer:
      unsafe members.append(plain(cells.map(\.integer)))
      unsafe members.append(plain(cells.map { Int64($0.low.rounded(.up)) }))
      unsafe members.append(plain(cells.map { Int64($0.high.rounded(.down)) }))
    case .number:
      unsafe members.append(plain(cells.map(\.number)))
      unsafe members.append(plain(cells.map(\.low)))
      unsafe members.append(plain(cells.map(\.high)))
    case .date: unsafe members.append(plain(cells.map { Int32($0.integer) }))
    case .timestamp: unsafe members.append(plain(cells.map(\.integer)))
    case .boolean:
      var bits = [UInt8](repeating: 0, count: (count + 7) / 8)
      for (row, cell) in cells.enumerated() where cell.integer != 0 { bits[row / 8] |= 1 << UInt8(row % 8) }
      unsafe members.append(plain(bits))
    case .period:
      let ends = unsafe [plain(cells.map { Int32($0.integer) }), plain(cells.map { Int32($0.end) })]
      unsafe members.append(array(memory, count, [], children: ends))
    }
    return unsafe array(memory, count, [], children: members)
  }

  /// Views, with long texts by turns in two buffers, none at the start of its buffer.
  private static func texts(_ memory: Memory, _ texts: [String]) -> UnsafeMutablePointer<ArrowArray> {
    var buffers: [[UInt8]] = [[0x2E], [0x2E, 0x2E]]
    var views: [UInt32] = []
    for (row, text) in texts.enumerated() {
      let bytes = Array(text.utf8)
      var view = [UInt8](repeating: 0, count: 12)
      if bytes.count <= 12 {
        for (index, byte) in bytes.enumerated() { view[index] = byte }
      } else {
        let number = row % 2
        let offset = buffers[number].count
        buffers[number] += bytes
        for index in 0..<4 {
          view[index] = bytes[index]
          view[4 + index] = UInt8(truncatingIfNeeded: number >> (index * 8))
          view[8 + index] = UInt8(truncatingIfNeeded: offset >> (index * 8))
        }
      }
      views.append(UInt32(bytes.count))
      for word in 0..<3 {
        views.append((0..<4).reduce(UInt32(0)) { $0 | UInt32(view[word * 4 + $1]) << UInt32($1 * 8) })
      }
    }
    return unsafe array(
      memory, texts.count,
      [
        UnsafeMutableRawPointer(memory.array(views)), UnsafeMutableRawPointer(memory.array(buffers[0])),
        UnsafeMutableRawPointer(memory.array(buffers[1])),
        UnsafeMutableRawPointer(memory.array(buffers.map { Int64($0.count) })),
      ])
  }
}
