import TestSupport
import Testing

/// What holds of the states of every kind that judges at the end (DESIGN 6): however the records are cut into parts, and
/// whether or not states are saved and read back, the verdicts are the same.
@Suite struct StateTests {
  enum Subject: CaseIterable {
    case fillRate, periodsPresent, recordCount, uniqueText, uniqueKey, uniqueWithin, reference

    var fields: [TestField] {
      [
        TestField("code", .text), TestField("other", .text), TestField("count", .integer), TestField("month", .period),
      ]
    }

    func rule() throws -> TestRule {
      switch self {
      case .fillRate:
        return try TestRule(
          TestModule.completeness.kind("completeness.fill-rate"), fields,
          ["/field": .fields(["count"]), "/atLeast": .number(0.85)])
      case .periodsPresent:
        return try TestRule(
          TestModule.completeness.kind("completeness.periods-present"), fields,
          ["/field": .fields(["month"]), "/every": .text("month")])
      case .recordCount:
        return try TestRule(
          TestModule.completeness.kind("completeness.record-count"), fields,
          ["/field": .fields(["count"]), "/by": .fields(["code"])])
      case .uniqueText:
        return try TestRule(
          TestModule.consistency.kind("consistency.unique"), fields, ["/fields": .fields(["code"])])
      case .uniqueKey:
        return try TestRule(
          TestModule.consistency.kind("consistency.unique"), fields, ["/fields": .fields(["code", "count", "month"])])
      case .uniqueWithin:
        return try TestRule(
          TestModule.consistency.kind("consistency.unique"), fields,
          ["/fields": .fields(["code"]), "/within": .text("submission")])
      case .reference:
        return try TestRule(
          TestModule.consistency.kind("consistency.reference"), fields,
          ["/field": .fields(["code"]), "/to": .fields(["other"])])
      }
    }
  }

  private struct Record {
    var cells: [Cell]
    var place: UInt64
    var submission: UInt32
    var isSelected: Bool
  }

  private func records(_ generator: inout SplitMix) -> [Record] {
    let count = Int.random(in: 1...400, using: &generator)
    let values = Int.random(in: 5...400, using: &generator)
    var place: UInt64 = 0
    return (0..<count).map { _ in
      place += UInt64.random(in: 1...1000, using: &generator)
      func text() -> Cell {
        let number = Int.random(in: 0..<values, using: &generator)
        return .text(number % 3 == 0 ? "a code of more than twelve bytes \(number)" : "c\(number)")
      }
      let month = Int.random(in: 1...12, using: &generator)
      let kind = UInt8.random(in: 0...20, using: &generator)
      return Record(
        cells: [
          text(), text(), kind < 6 ? Cell(kind: kind) : .integer(Int64.random(in: -2...2, using: &generator)),
          .month("2024-\(month < 10 ? "0" : "")\(month)"),
        ],
        place: place, submission: UInt32.random(in: 0..<4, using: &generator),
        isSelected: Int.random(in: 0..<8, using: &generator) > 0)
    }
  }

  /// A state of some records, in batches of random lengths, and the round's number of each of its own submissions.
  private func state(
    _ rule: TestRule, _ records: ArraySlice<Record>, _ generator: inout SplitMix
  ) throws -> (TestState, [UInt32]) {
    let state = rule.makeState()
    var numbers: [UInt32] = []
    var start = records.startIndex
    while start < records.endIndex {
      let end = min(records.endIndex, start + Int.random(in: 1...150, using: &generator))
      let rows = records[start..<end]
      let own = rows.map { record -> UInt32 in
        if let known = numbers.firstIndex(of: record.submission) { return UInt32(known) }
        numbers.append(record.submission)
        return UInt32(numbers.count - 1)
      }
      let batch = TestBatch(rule.fields, rows.map(\.cells), places: rows.map(\.place), submissions: own)
      _ = try rule.check(batch, selected: rows.map(\.isSelected), state: state)
      start = end
    }
    return (state, numbers)
  }

  /// The verdicts of records cut into parts, with the round's numbers of submissions.
  private func verdicts(
    _ rule: TestRule, _ records: [Record], parts: Int, saving: Bool, _ generator: inout SplitMix
  ) throws -> [Judgement] {
    let cuts = (1..<parts).map { _ in Int.random(in: 0...records.count, using: &generator) }.sorted()
    let ends = [0] + cuts + [records.count]
    var (whole, numbers) = try state(rule, records[0..<ends[1]], &generator)
    for part in 1..<parts {
      var (next, nextNumbers) = try state(rule, records[ends[part]..<ends[part + 1]], &generator)
      if saving {
        next = try rule.load(rule.save(next))
        whole = try rule.load(rule.save(whole))
      }
      let map = nextNumbers.map { number -> UInt32 in
        if let known = numbers.firstIndex(of: number) { return UInt32(known) }
        numbers.append(number)
        return UInt32(numbers.count - 1)
      }
      try rule.merge(next, into: whole, map)
    }
    var found = try rule.finish(whole)
    for index in found.indices { found[index].submission = numbers[Int(found[index].submission)] }
    return found.sorted { ($0.place, $0.submission) < ($1.place, $1.submission) }
  }

  @Test(arguments: Subject.allCases) func partsGiveTheVerdictsOfTheWhole(_ subject: Subject) throws {
    var generator = SplitMix(seed: 17)
    var failures = 0
    for _ in 0..<10 {
      let rule = try subject.rule()
      let records = records(&generator)
      let whole = try verdicts(rule, records, parts: 1, saving: false, &generator)
      failures += whole.count
      for parts in [2, 3, 7] {
        #expect(try verdicts(rule, records, parts: parts, saving: false, &generator) == whole)
        #expect(try verdicts(rule, records, parts: parts, saving: true, &generator) == whole)
      }
    }
    #expect(failures > 0)
  }

  @Test func uniqueAgreesWithADictionary() throws {
    var generator = SplitMix(seed: 3)
    for _ in 0..<10 {
      let records = records(&generator)
      let rule = try Subject.uniqueText.rule()
      var first: [String: UInt64] = [:]
      var expected: [String] = []
      for record in records where record.isSelected {
        let key = record.cells[0].text
        if let earlier = first[key] { expected.append("\(record.place) \(record.submission) place \(earlier)") }
        if first[key] == nil { first[key] = record.place }
      }
      let found = try verdicts(rule, records, parts: 3, saving: false, &generator)
      #expect(found.map { "\($0.place) \($0.submission) \($0.evidence["first"]!)" } == expected)
    }
  }

  @Test func referenceAgreesWithASet() throws {
    var generator = SplitMix(seed: 5)
    for _ in 0..<10 {
      let records = records(&generator)
      let rule = try Subject.reference.rule()
      let known = Set(records.map { $0.cells[1].text })
      let expected = records.filter { $0.isSelected && !known.contains($0.cells[0].text) }.map(\.place)
      let found = try verdicts(rule, records, parts: 3, saving: true, &generator)
      #expect(found.map(\.place) == expected)
    }
  }

  @Test(arguments: Subject.allCases) func aDamagedStateIsRefusedOrReadButNeverCrashes(_ subject: Subject) throws {
    var generator = SplitMix(seed: 29)
    let rule = try subject.rule()
    let (whole, _) = try state(rule, records(&generator)[...], &generator)
    let bytes = rule.save(whole)
    for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 50)) {
      #expect(throws: BindingRefused.self) { try rule.load(Array(bytes[..<length])) }
    }
    #expect(throws: BindingRefused.self) { try rule.load(bytes + [0]) }
    for _ in 0..<100 {
      var damaged = bytes
      damaged[Int.random(in: 0..<bytes.count, using: &generator)] ^= UInt8.random(in: 1...255, using: &generator)
      guard let read = try? rule.load(damaged) else { continue }
      for judgement in try rule.finish(read) { #expect(!judgement.evidence.isEmpty) }
    }
  }

  @Test(arguments: Subject.allCases) func aStateIsSavedTheSameEveryTime(_ subject: Subject) throws {
    var generator = SplitMix(seed: 31)
    let rule = try subject.rule()
    let (whole, _) = try state(rule, records(&generator)[...], &generator)
    let bytes = rule.save(whole)
    #expect(rule.save(try rule.load(bytes)) == bytes)
  }

  @Test(arguments: Subject.allCases) func aStateOfNothingIsRight(_ subject: Subject) throws {
    let rule = try subject.rule()
    let state = rule.makeState()
    #expect(try rule.check(TestBatch(rule.fields, []), state: state) == "")
    #expect(try rule.finish(state).isEmpty)
    #expect(try rule.finish(rule.load(rule.save(state))).isEmpty)
  }
}
