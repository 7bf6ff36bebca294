internal import AuditModel
internal import CTrustCheckModule

/// A check kind together with what the host needs to call it.
@safe
final class ModuleKind: @unchecked Sendable {
  // Sendable: never changed, and what it points to lives as long as the library.

  let kind: CheckKind
  let module: LoadedModule
  let functions: UnsafePointer<tc_kind>
  let evidence: EvidenceNames

  @unsafe
  init(_ kind: CheckKind, of module: LoadedModule, functions: UnsafePointer<tc_kind>) {
    self.kind = kind
    self.module = module
    unsafe self.functions = functions
    evidence = EvidenceNames(kind.evidence)
  }
}

/// The names that a kind's evidence may have.
@safe
final class EvidenceNames: Sendable {
  private let names: [String]
  private let bytes: [[UInt8]]
  /// Of names that end in `*`, what stands before it.
  private let beginnings: [[UInt8]]

  init(_ declared: [String]) {
    names = declared.filter { !$0.hasSuffix("*") }
    bytes = names.map { Array($0.utf8) }
    beginnings = declared.filter { $0.hasSuffix("*") }.map { Array($0.utf8.dropLast()) }
  }

  /// The declared name with these bytes, or one that is covered by a `*`; nil when there is none.
  @unsafe
  func name(_ text: tc_text) -> String? {
    let length = unsafe text.length
    guard length > 0, length <= UInt64(Limits.name), let start = unsafe text.bytes else { return nil }
    let given = unsafe UnsafeRawBufferPointer(start: start, count: Int(length))
    // A kind has few names, and this hands out one that is there already.
    for index in bytes.indices where unsafe bytes[index].count == given.count && bytes[index].elementsEqual(given) {
      return names[index]
    }
    guard beginnings.contains(where: { unsafe given.starts(with: $0) }) else { return nil }
    return unsafe String(validating: given, as: UTF8.self)
  }
}
