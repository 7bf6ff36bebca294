internal import AuditModel
internal import CTrustCheckModule

/// The schema of a rule's batches in the Arrow C data interface (`tc_binding.schema`).
enum ArrowSchemaTree {
  /// Builds the schema in an arena, which alone frees it: `release` marks it and its children as released.
  @unsafe
  static func build(_ fields: [Field], in arena: Arena) -> UnsafeMutablePointer<ArrowSchema> {
    let place = unsafe node("L", "place", in: arena)
    let submission = unsafe node("I", "submission", in: arena)
    let members = unsafe [place, submission] + fields.map { unsafe field($0, in: arena) }
    return unsafe node("+s", "", children: members, in: arena)
  }

  @unsafe
  private static func field(_ field: Field, in arena: Arena) -> UnsafeMutablePointer<ArrowSchema> {
    var members = unsafe [node("C", "kind", in: arena), node("vu", "text", in: arena)]
    switch field.type {
    case .text: break
    case .integer, .number:
      for name in ["value", "low", "high"] {
        unsafe members.append(node(field.type == .integer ? "l" : "g", name, isNullable: true, in: arena))
      }
    case .date: unsafe members.append(node("tdD", "value", isNullable: true, in: arena))
    case .timestamp: unsafe members.append(node("tsu:", "value", isNullable: true, in: arena))
    case .boolean: unsafe members.append(node("b", "value", isNullable: true, in: arena))
    case .period:
      let days = unsafe [node("tdD", "start", in: arena), node("tdD", "end", in: arena)]
      unsafe members.append(node("+s", "value", isNullable: true, children: days, in: arena))
    }
    return unsafe node("+s", field.name, children: members, in: arena)
  }

  @unsafe
  private static func node(
    _ format: String, _ name: String, isNullable: Bool = false,
    children: [UnsafeMutablePointer<ArrowSchema>] = unsafe [],
    in arena: Arena
  ) -> UnsafeMutablePointer<ArrowSchema> {
    let list = unsafe arena.allocateStructs(UnsafeMutablePointer<ArrowSchema>?.self, count: children.count)
    for index in unsafe children.indices { unsafe list[index] = unsafe children[index] }
    return unsafe arena.store(
      ArrowSchema(
        format: arena.terminated(format), name: arena.terminated(name), metadata: nil,
        flags: isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0, n_children: Int64(children.count),
        children: children.isEmpty ? nil : list, dictionary: nil, release: release, private_data: nil))
  }

  private static let release: @convention(c) (UnsafeMutablePointer<ArrowSchema>?) -> Void = { schema in
    guard let schema = unsafe schema, unsafe schema.pointee.release != nil else { return }
    for index in 0..<Int(unsafe schema.pointee.n_children) {
      guard let child = unsafe schema.pointee.children[index], let release = unsafe child.pointee.release else {
        continue
      }
      unsafe release(child)
    }
    unsafe schema.pointee.release = nil
  }
}
