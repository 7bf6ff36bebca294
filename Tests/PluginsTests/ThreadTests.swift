import Testing

/// A bound rule is used from several threads at once (DESIGN 6).
@Suite struct ThreadTests {
  private struct Shared: @unchecked Sendable {
    let rules: [TestRule]
    let batch: TestBatch
  }

  @Test func threadsThatShareARuleGetTheVerdictsOfOne() async throws {
    let fields = [TestField("nhs_number", .text), TestField("code", .text), TestField("total", .integer)]
    let codes = (0..<50).map { (code: "\($0)", from: String?.none, retired: String?.none) }
    let rules = [
      try TestRule(TestModule.conformance.kind("conformance.nhs-number"), fields, ["/field": .fields(["nhs_number"])]),
      try TestRule(
        TestModule.conformance.kind("conformance.code-list"), fields,
        ["/field": .fields(["code"]), "/list": .codes("codes", codes)]),
      try TestRule(TestModule.completeness.kind("completeness.required"), fields, ["/fields": .fields(["total"])]),
      try TestRule(TestModule.consistency.kind("consistency.unique"), fields, ["/fields": .fields(["code"])]),
    ]
    let rows = (0..<700).map { row -> [Cell] in
      [.text("94347659\(row % 100)"), .text("\(row % 70)"), row % 9 == 0 ? .blank : .integer(1)]
    }
    let shared = Shared(rules: rules, batch: TestBatch(fields, rows))
    func verdicts(_ shared: Shared) throws -> [String] {
      try shared.rules.map { rule in
        let state = rule.kind.judgesAtFinish ? rule.makeState() : nil
        let verdicts = try rule.check(shared.batch, state: state)
        return try verdicts + (state.map { "\(try rule.finish($0).map(\.place))" } ?? "")
      }
    }
    let expected = try verdicts(shared)
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<8 { group.addTask { try verdicts(shared) } }
      for try await found in group { #expect(found == expected) }
    }
  }
}
