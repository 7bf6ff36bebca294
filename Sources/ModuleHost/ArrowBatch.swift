internal import AuditModel
internal import CTrustCheckModule
internal import Columns
internal import Synchronization

/// A batch's bound columns as an array of the Arrow C data interface.
///
/// The tree of C structs is built once and filled again for every call: nothing is copied, and nothing is done by row.
/// What it points to is the batch's own memory.
@safe
final class ArrowBatch {
  /// What crosses to the module.
  let root: UnsafeMutablePointer<ArrowArray>

  private let arena = Arena()
  /// All arrays of the tree, and what each is filled with before a call.
  private var nodes: [UnsafeMutablePointer<ArrowArray>] = unsafe []
  private var templates: [ArrowArray] = unsafe []
  /// By node: true once it was released. A node's `private_data` points to its own.
  private let released: UnsafeMutablePointer<Bool>
  private var fields: [FieldNodes] = []
  private var placeNode = 0
  private var submissionNode = 0
  /// The greatest number of text buffers there is room for.
  private var textCapacity = 0
  /// The lengths of the text buffers (Arrow's variadic buffer lengths).
  private var textLengths: UnsafeMutablePointer<Int64>

  /// The nodes of one field; nil for members that its type does not have.
  private struct FieldNodes {
    var type: FieldType
    var kind: Int
    var text: Int
    var value: Int?
    var low: Int?
    var high: Int?
    var start: Int?
    var end: Int?
  }

  init(types: [FieldType]) {
    let count = 3 + types.count * 6
    unsafe released = unsafe arena.allocate(Bool.self, count: count)
    unsafe textLengths = unsafe arena.allocate(Int64.self, count: 1)
    unsafe root = unsafe arena.allocateStructs(ArrowArray.self)
    placeNode = leaf()
    submissionNode = leaf()
    var members = [placeNode, submissionNode]
    for type in types {
      let (node, parts) = field(type)
      members.append(node)
      fields.append(parts)
    }
    unsafe addNode(at: root, buffers: 1, nullCount: 0, children: members)
    precondition(unsafe nodes.count <= count)
    makeRoomForText(4)
  }

  // MARK: Building

  private func field(_ type: FieldType) -> (Int, FieldNodes) {
    var parts = FieldNodes(type: type, kind: leaf(), text: leaf())
    var members = [parts.kind, parts.text]
    switch type {
    case .text: break
    case .integer, .number:
      let (value, low, high) = (leaf(nullCount: -1), leaf(nullCount: -1), leaf(nullCount: -1))
      (parts.value, parts.low, parts.high) = (value, low, high)
      members += [value, low, high]
    case .date, .timestamp, .boolean:
      let value = leaf(nullCount: -1)
      parts.value = value
      members.append(value)
    case .period:
      let (start, end) = (leaf(), leaf())
      let value = unsafe addNode(buffers: 1, nullCount: -1, children: [start, end])
      (parts.value, parts.start, parts.end) = (value, start, end)
      members.append(value)
    }
    return (unsafe addNode(buffers: 1, nullCount: 0, children: members), parts)
  }

  /// An array of values with a validity bitmap, which may be NULL.
  private func leaf(nullCount: Int64 = 0) -> Int {
    unsafe addNode(buffers: 2, nullCount: nullCount, children: [])
  }

  @unsafe
  @discardableResult
  private func addNode(
    at place: UnsafeMutablePointer<ArrowArray>? = nil, buffers: Int, nullCount: Int64, children: [Int]
  ) -> Int {
    let index = unsafe nodes.count
    let list = unsafe arena.allocateStructs(UnsafeMutablePointer<ArrowArray>?.self, count: children.count)
    for (position, child) in children.enumerated() { unsafe list[position] = unsafe nodes[child] }
    unsafe nodes.append(place ?? arena.allocateStructs(ArrowArray.self))
    unsafe templates.append(
      ArrowArray(
        length: 0, null_count: nullCount, offset: 0, n_buffers: Int64(buffers), n_children: Int64(children.count),
        buffers: arena.allocateStructs(UnsafeRawPointer?.self, count: buffers),
        children: children.isEmpty ? nil : list, dictionary: nil, release: ArrowBatch.release,
        private_data: UnsafeMutableRawPointer(released + index)))
    return index
  }

  /// Gives text arrays room for views, some text buffers and their lengths.
  private func makeRoomForText(_ count: Int) {
    textCapacity = count
    unsafe textLengths = unsafe arena.allocate(Int64.self, count: count)
    for field in fields {
      unsafe templates[field.text].buffers = unsafe arena.allocateStructs(UnsafeRawPointer?.self, count: count + 3)
    }
  }

  // MARK: Filling

  /// Points the tree to the first `batch.count` rows of some columns of a batch.
  func fill(_ batch: Batch, columns: [Int]) {
    let texts = unsafe batch.textBuffers
    if unsafe texts.count > textCapacity { makeRoomForText(unsafe texts.count * 2) }
    for index in unsafe texts.indices { unsafe textLengths[index] = Int64(texts[index].count) }
    unsafe set(placeNode, batch.places.base)
    unsafe set(submissionNode, batch.submissions.base)
    for (field, column) in zip(fields, columns) {
      unsafe fill(field, batch.columns[column], texts)
    }
    for index in unsafe nodes.indices {
      unsafe templates[index].length = Int64(batch.count)
      unsafe released[index] = false
      unsafe nodes[index].initialize(to: templates[index])
    }
  }

  @unsafe
  private func fill(_ nodes: FieldNodes, _ column: CellColumn, _ texts: [UnsafeRawBufferPointer]) {
    precondition(column.type == nodes.type, "The column is of another type than the field it is bound to")
    unsafe set(nodes.kind, column.kinds.base)
    unsafe set(nodes.text, column.texts.base)
    let textPointers = unsafe templates[nodes.text].buffers!
    for index in unsafe texts.indices {
      // A reader may refuse NULL even for no bytes.
      unsafe textPointers[2 + index] = unsafe texts[index].baseAddress ?? UnsafeRawPointer(textLengths)
    }
    unsafe textPointers[2 + texts.count] = UnsafeRawPointer(textLengths)
    unsafe templates[nodes.text].n_buffers = unsafe Int64(3 + texts.count)
    guard let value = nodes.value else { return }
    let validity = unsafe column.valueBits.base
    switch nodes.type {
    case .text: break
    case .integer:
      unsafe set(value, column.integers.base, validity)
      unsafe set(nodes.low!, column.lowIntegers.base, column.boundBits.base)
      unsafe set(nodes.high!, column.highIntegers.base, column.boundBits.base)
    case .number:
      unsafe set(value, column.doubles.base, validity)
      unsafe set(nodes.low!, column.lowDoubles.base, column.boundBits.base)
      unsafe set(nodes.high!, column.highDoubles.base, column.boundBits.base)
    case .timestamp: unsafe set(value, column.integers.base, validity)
    case .date: unsafe set(value, column.dates.base, validity)
    case .boolean: unsafe set(value, column.booleans.base, validity)
    case .period:
      unsafe templates[value].buffers![0] = UnsafeRawPointer(validity)
      unsafe set(nodes.start!, column.dates.base)
      unsafe set(nodes.end!, column.periodEnds.base)
    }
  }

  @unsafe
  private func set(_ node: Int, _ data: UnsafeRawPointer, _ validity: UnsafePointer<UInt64>? = nil) {
    unsafe templates[node].buffers![0] = UnsafeRawPointer(validity)
    unsafe templates[node].buffers![1] = unsafe data
  }

  // MARK: Releasing

  /// Releases what the module left in place; false when it moved something out and did not release it.
  func settle() -> Bool {
    if let release = unsafe root.pointee.release { unsafe release(root) }
    for index in unsafe nodes.indices where unsafe !released[index] { return false }
    return true
  }

  /// Keeps the tree as it is until the program ends: a module still has a way into it.
  func abandon() {
    let kept = Abandoned(tree: self)
    ArrowBatch.abandoned.withLock { $0.append(kept) }
  }

  private struct Abandoned: @unchecked Sendable {
    // Sendable: never used again by the host.
    let tree: ArrowBatch
  }

  private static let abandoned = Mutex<[Abandoned]>([])

  /// Marks an array and the children that are still in it as released. The memory is the tree's, so that it works for
  /// an array that was moved too.
  private static let release: @convention(c) (UnsafeMutablePointer<ArrowArray>?) -> Void = { array in
    guard let array = unsafe array, unsafe array.pointee.release != nil else { return }
    for index in 0..<Int(unsafe array.pointee.n_children) {
      guard let child = unsafe array.pointee.children[index], let release = unsafe child.pointee.release else {
        continue
      }
      unsafe release(child)
    }
    unsafe array.pointee.private_data.assumingMemoryBound(to: Bool.self).pointee = true
    unsafe array.pointee.release = nil
  }
}
