import AuditModel
import ModuleHost
import TestSupport

/// The modules that are built beside the tests.
enum BuiltInModules {
  /// The check kinds that they offer; none when one of them cannot be loaded.
  static let kinds: [CheckKind] = {
    let host = ModuleHost(
      services: ModuleServices(lookUp: { _, _ in nil }, knowsName: { _, _ in false }, log: { _, _ in }))
    do {
      for name in ["Completeness", "Conformance", "Consistency", "StatusClassification"] {
        try host.load("\(TestSupport.products)/lib\(name).so")
      }
      return host.kinds
    } catch {
      return []
    }
  }()
}
