public import CTrustCheckModule

/// A rule module: keep one in a global constant, and return its `pointer` from `trustcheck_module`.
///
///     private let module = RuleModule(name: "acme", version: "1.0.0", summary: "…", kinds: [.kind(NoTypos.self)])
///
///     @c @implementation
///     public func trustcheck_module() -> UnsafePointer<tc_module>! { unsafe module.pointer }
@safe
public final class RuleModule: @unchecked Sendable {
  /// What the host reads. It lives until the program ends.
  public let pointer: UnsafePointer<tc_module>

  public init(name: String, version: String, summary: String, kinds: [Kind]) {
    let list = UnsafeMutablePointer<UnsafePointer<tc_kind>?>.allocate(capacity: max(1, kinds.count))
    for (index, kind) in kinds.enumerated() {
      unsafe (list + index).initialize(to: RuleModule.crossing(kind))
    }
    let module = UnsafeMutablePointer<tc_module>.allocate(capacity: 1)
    unsafe module.initialize(
      to: tc_module(
        struct_size: UInt32(MemoryLayout<tc_module>.size), major: UInt16(TC_ABI_MAJOR), minor: UInt16(TC_ABI_MINOR),
        name: permanent(name), version: permanent(version), summary: permanent(summary),
        kinds: UnsafePointer(list), kind_count: UInt64(kinds.count)))
    unsafe pointer = UnsafePointer(module)
  }

  /// One check kind of a module.
  public struct Kind {
    let description: KindDescription
    let judgesAtFinish: Bool
    let bind: (Binding) throws(ModuleFailure) -> BoundRule

    /// A kind that judges batch by batch.
    public static func kind<Check: BatchCheck>(_ check: Check.Type) -> Kind {
      Kind(description: Check.description, judgesAtFinish: false) { binding throws(ModuleFailure) in
        try BoundBatchCheck<Check>(binding)
      }
    }

    /// A kind that judges when it has seen all.
    public static func kind<Check: FinishCheck>(_ check: Check.Type) -> Kind {
      Kind(description: Check.description, judgesAtFinish: true) { binding throws(ModuleFailure) in
        try BoundFinishCheck<Check>(binding)
      }
    }
  }

  /// A kind as the host reads it, with what binds its rules directly behind.
  private static func crossing(_ kind: Kind) -> UnsafePointer<tc_kind> {
    let memory = unsafe UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<tc_kind>.stride + MemoryLayout<Unmanaged<Binder>>.stride,
      alignment: MemoryLayout<tc_kind>.alignment)
    let result = unsafe memory.bindMemory(to: tc_kind.self, capacity: 1)
    let names = UnsafeMutablePointer<tc_text>.allocate(capacity: max(1, kind.description.evidence.count))
    for (index, name) in kind.description.evidence.enumerated() {
      unsafe (names + index).initialize(to: permanent(name))
    }
    var made = unsafe tc_kind()
    unsafe made.struct_size = UInt32(MemoryLayout<tc_kind>.size)
    unsafe made.reads = kind.description.reads.rawValue
    unsafe made.answers = kind.description.answers.rawValue
    unsafe made.flags =
      (kind.judgesAtFinish ? TC_KIND_AT_FINISH : 0) | (kind.description.classifies ? TC_KIND_CLASSIFIES : 0)
    unsafe made.name = permanent(kind.description.name)
    unsafe made.summary = permanent(kind.description.summary)
    unsafe made.parameters = permanent(kind.description.parameters)
    unsafe made.message = permanent(kind.description.message)
    unsafe made.examples = permanent(kind.description.examples)
    unsafe made.evidence = UnsafePointer(names)
    unsafe made.evidence_count = UInt64(kind.description.evidence.count)
    unsafe Callbacks.set(&made, judgesAtFinish: kind.judgesAtFinish)
    unsafe result.initialize(to: made)
    let binder = unsafe Unmanaged.passRetained(Binder(kind.bind))
    unsafe (memory + MemoryLayout<tc_kind>.stride).bindMemory(to: Unmanaged<Binder>.self, capacity: 1)
      .initialize(to: binder)
    return unsafe UnsafePointer(result)
  }
}

/// Binds the rules of one kind.
final class Binder {
  let bind: (Binding) throws(ModuleFailure) -> BoundRule

  init(_ bind: @escaping (Binding) throws(ModuleFailure) -> BoundRule) {
    self.bind = bind
  }

  /// The binder of a kind that this module made.
  static func of(_ kind: UnsafePointer<tc_kind>) -> Binder {
    let place = unsafe UnsafeRawPointer(kind) + MemoryLayout<tc_kind>.stride
    return unsafe place.assumingMemoryBound(to: Unmanaged<Binder>.self).pointee.takeUnretainedValue()
  }
}

/// A text that lives until the program ends.
private func permanent(_ text: String) -> tc_text {
  let bytes = Array(text.utf8)
  let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
  unsafe memory.copyBytes(from: bytes)
  return unsafe tc_text(UnsafeRawBufferPointer(rebasing: memory[..<bytes.count]))
}
