import CTrustCheckModule
import Glibc
import TestSupport
import Testing

/// A built module, loaded as the host loads it.
@safe
struct TestModule: @unchecked Sendable {
  let pointer: UnsafePointer<tc_module>

  static let completeness = TestModule("Completeness")
  static let conformance = TestModule("Conformance")
  static let consistency = TestModule("Consistency")
  static let status = TestModule("StatusClassification")
  static let all = [completeness, conformance, consistency, status]

  private init(_ name: String) {
    let path = "\(TestSupport.products)/lib\(name).so"
    guard let handle = unsafe dlopen(path, RTLD_NOW | RTLD_LOCAL),
      let symbol = unsafe dlsym(handle, "trustcheck_module")
    else { fatalError(unsafe String(cString: dlerror())) }
    typealias Entry = @convention(c) () -> UnsafePointer<tc_module>
    unsafe pointer = unsafeBitCast(symbol, to: Entry.self)()
  }

  var name: String { unsafe TestHost.string(pointer.pointee.name) }

  var kinds: [TestKind] {
    unsafe (0..<Int(pointer.pointee.kind_count)).map { unsafe TestKind(pointer: pointer.pointee.kinds[$0]!) }
  }

  func kind(_ name: String) -> TestKind {
    kinds.first { $0.name == name }!
  }
}

/// A check kind of a module.
@safe
struct TestKind: @unchecked Sendable, CustomTestStringConvertible {
  let pointer: UnsafePointer<tc_kind>

  var name: String { unsafe TestHost.string(pointer.pointee.name) }
  var summary: String { unsafe TestHost.string(pointer.pointee.summary) }
  var parameters: String { unsafe TestHost.string(pointer.pointee.parameters) }
  var message: String { unsafe TestHost.string(pointer.pointee.message) }
  var examples: String { unsafe TestHost.string(pointer.pointee.examples) }
  var evidence: [String] {
    unsafe (0..<Int(pointer.pointee.evidence_count)).map { unsafe TestHost.string(pointer.pointee.evidence[$0]) }
  }
  var judgesAtFinish: Bool { unsafe pointer.pointee.flags & TC_KIND_AT_FINISH != 0 }
  var testDescription: String { name }
}

/// A parameter of a rule as a test writes it; fields by name.
enum TestParameter {
  case flag(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case fields([String])
  case expression(String, TestHost.Expression)
  case codes(String, [(code: String, from: String?, retired: String?)])
}

struct BindingRefused: Error, CustomStringConvertible {
  let description: String
}
