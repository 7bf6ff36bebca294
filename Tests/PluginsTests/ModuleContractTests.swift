import CTrustCheckModule
import JSONDocument
import Testing

/// What holds of every kind of every built-in module.
@Suite struct ModuleContractTests {
  static let kinds = TestModule.all.flatMap(\.kinds)

  @Test func theModulesOfferEveryKind() {
    #expect(
      TestModule.completeness.kinds.map(\.name) == [
        "completeness.required", "completeness.required-when", "completeness.fill-rate",
        "completeness.organisations-answered", "completeness.periods-present", "completeness.record-count",
      ])
    #expect(
      TestModule.conformance.kinds.map(\.name) == [
        "conformance.type", "conformance.pattern", "conformance.code-list", "conformance.range",
        "conformance.date-range", "conformance.format", "conformance.nhs-number", "conformance.organisation-code",
        "conformance.organisation-open", "conformance.organisation-name",
      ])
    #expect(
      TestModule.consistency.kinds.map(\.name) == [
        "consistency.assert", "consistency.order", "consistency.sum", "consistency.rate", "consistency.unique",
        "consistency.reference", "consistency.one-answer",
      ])
    #expect(TestModule.status.kinds.map(\.name) == ["status.decision-table", "status.declared"])
  }

  @Test func modulesAreOfTheVersionTheHeaderHas() {
    for module in TestModule.all {
      unsafe #expect(UInt32(module.pointer.pointee.major) == TC_ABI_MAJOR)
      unsafe #expect(UInt32(module.pointer.pointee.minor) == TC_ABI_MINOR)
      unsafe #expect(Int(module.pointer.pointee.struct_size) == MemoryLayout<tc_module>.size)
    }
  }

  @Test(arguments: kinds) func aKindSaysWhatItDoes(_ kind: TestKind) {
    #expect(kind.summary.hasSuffix("."))
    #expect(!kind.message.isEmpty)
    #expect(kind.evidence == kind.evidence.sorted())
    #expect(Set(kind.evidence).count == kind.evidence.count)
  }

  @Test(arguments: kinds) func aMessageNamesOnlyEvidenceOfItsKind(_ kind: TestKind) {
    let names = kind.message.split(separator: "{").dropFirst().map { String($0.prefix { $0 != "}" }) }
    // The host itself gives a message the name of the field.
    for name in names where name != "field" { #expect(kind.evidence.contains(name)) }
  }

  @Test(arguments: kinds) func everyParameterIsDescribed(_ kind: TestKind) throws {
    let schema = try JSONDocument.parse(Array(kind.parameters.utf8), name: kind.name).root
    try describeAll(schema)
  }

  private func describeAll(_ schema: JSONValue) throws {
    for (name, property) in schema["properties"]?.members ?? [] {
      #expect(property["description"]?.string?.hasSuffix(".") == true, "\(name)")
      try describeAll(property)
    }
    for key in ["items", "additionalProperties"] {
      if let element = schema[key], element.kind == .object { try describeAll(element) }
    }
  }

  @Test(arguments: kinds) func examplesUseParametersThatThereAre(_ kind: TestKind) throws {
    let schema = try JSONDocument.parse(Array(kind.parameters.utf8), name: kind.name).root
    let known = (schema["properties"]?.members ?? []).map(\.key)
    let required = try (schema["required"]?.asArray() ?? []).compactMap(\.string)
    let examples = try JSONDocument.parse(Array(kind.examples.utf8), name: kind.name).root.asArray()
    #expect(!examples.isEmpty)
    for example in examples {
      #expect(example["means"]?.string?.hasSuffix(".") == true)
      let given = (example["with"]?.members ?? []).map(\.key)
      #expect(Set(given).isSubset(of: known))
      #expect(Set(required).isSubset(of: given))
    }
  }

  @Test func aHostOfAnOlderVersionIsRefusedInWords() {
    var host = unsafe tc_host()
    unsafe host.struct_size = 16
    var binding = unsafe tc_binding()
    unsafe binding.struct_size = UInt32(MemoryLayout<tc_binding>.size)
    var buffer = [CChar](repeating: 0, count: 20)
    let kind = TestModule.completeness.kind("completeness.required")
    let message = unsafe buffer.withUnsafeMutableBufferPointer { buffer -> String in
      var error = unsafe tc_error(
        struct_size: UInt32(MemoryLayout<tc_error>.size), reserved: 0, buffer: buffer.baseAddress,
        capacity: UInt64(buffer.count), length: 0)
      var bound: UnsafeMutableRawPointer?
      unsafe #expect(kind.pointer.pointee.bind(&host, kind.pointer, &binding, &bound, &error) == TC_FAILED)
      unsafe #expect(bound == nil)
      return unsafe String(
        decoding: UnsafeRawBufferPointer(start: error.buffer, count: Int(error.length)), as: UTF8.self)
    }
    // As much as the host has room for.
    #expect(message == "The host speaks an o")
  }
}
