import AuditModel
import Expressions
import ModuleHost
import Register
import RulePacks

/// Whether the examples of a pack's rules notice when a rule is broken.
public struct MutationTest: Sendable {
  public var pack: String
  public var rules = 0
  /// Changes that some example notices.
  public var noticed = 0
  /// Changes that no record which was tried tells from the original.
  public var same = 0
  public var survivors: [Survivor] = []

  /// A change that no example notices, though it makes a difference.
  public struct Survivor: Sendable {
    public var rule: String
    /// Its file from the pack's folder on, with the pack's name.
    public var file: String
    public var place: String
    public var original: String
    public var changed: String
    /// An example that would notice it, as JSON to paste.
    public var example: String
  }

  /// Breaks every rule of packs in every way, and runs the rule's examples on each.
  ///
  /// - Parameters:
  ///   - names: names or folders of packs; all shipped ones when empty.
  ///   - modules: paths of modules beside the shipped ones.
  ///   - register: path of the register; the shipped one when nil.
  public static func run(
    _ names: [String], modules: [String], register: String?, _ installation: Installation
  ) throws(ConfigurationError) -> [MutationTest] {
    let register = try Tools.register(register ?? installation.register)
    let host = try Tools.host(installation, modules: modules, register: register)
    let packs = try Tools.packs(
      names.isEmpty ? installation.packs() : names, installation, kinds: host.kinds, register: register)
    var tests: [MutationTest] = []
    for pack in packs {
      tests.append(try MutationRun(pack: pack, host: host, register: register).run())
    }
    return tests
  }
}

/// Breaks the rules of one pack, on as many threads as there are processors.
private struct MutationRun {
  let pack: RulePack
  let host: ModuleHost
  let register: Register

  /// What became of the changes to one rule, or to a share of a table's.
  private struct Tally: Sendable {
    var noticed = 0
    var same = 0
    var survivors: [(order: Int, survivor: MutationTest.Survivor)] = []
  }

  /// One slot a thread; read after all have ended.
  private final class Slots: @unchecked Sendable {
    var tallies: [Tally]
    var failures: [ConfigurationError?]

    init(_ count: Int) {
      tallies = Array(repeating: Tally(), count: count)
      failures = Array(repeating: nil, count: count)
    }
  }

  func run() throws(ConfigurationError) -> MutationTest {
    var test = MutationTest(pack: pack.name, rules: pack.allRules.count)
    let count = Workers.processors
    let slots = Slots(count)
    // Which thread takes which change is fixed, and what they find is put in order, so that nothing depends on the
    // number of threads.
    Workers.run(count) { [self] worker in
      do throws(ConfigurationError) {
        var tally = Tally()
        for (index, rule) in pack.rules.enumerated() where index % count == worker {
          try run(rule, order: index, into: &tally)
        }
        if let status = pack.status { try run(status, share: worker, of: count, into: &tally) }
        slots.tallies[worker] = tally
      } catch {
        slots.failures[worker] = error
      }
    }
    if let failure = slots.failures.compactMap(\.self).first { throw failure }
    test.noticed = slots.tallies.reduce(0) { $0 + $1.noticed }
    test.same = slots.tallies.reduce(0) { $0 + $1.same }
    // The changes to one rule are all of one thread, in their order, and the sort keeps it.
    let survivors = slots.tallies.flatMap(\.survivors)
    test.survivors = survivors.sorted { $0.order < $1.order }.map(\.survivor)
    return test
  }

  private var tester: RuleTester { RuleTester(pack: pack, host: host, register: register) }
  private var mutation: RuleMutation { RuleMutation(pack, register: RegisterAnswers(register)) }

  private func run(_ rule: Rule, order: Int, into tally: inout Tally) throws(ConfigurationError) {
    let search = ExampleSearch(rule: rule, tester: tester)
    func isSame(_ a: [ObservedFinding], _ b: [ObservedFinding]) -> Bool {
      a.count == b.count && zip(a, b).allSatisfy { $0.field == $1.field && $0.row == $1.row }
    }
    try run(
      mutation.mutants(of: rule), of: rule, order: { _ in order }, own: rule.examples, others: { search.examples() },
      observed: { (mutant: Rule, example: RuleExample) throws(ConfigurationError) -> [ObservedFinding] in
        try tester.observed(mutant, example)
      }, agrees: { rule.examples[$0].differences(from: $1).isEmpty }, isSame: isSame,
      json: { example, found in search.json(example, found) }, into: &tally)
  }

  /// The facts' conditions of a decision table.
  private func run(
    _ status: StatusTable, share: Int, of shares: Int, into tally: inout Tally
  ) throws(ConfigurationError) {
    let search = ExampleSearch(rule: status.rule, tester: tester)
    let own = status.examples.map(\.given)
    let mutants = mutation.mutants(of: status.rule).enumerated().filter { $0.offset % shares == share }
    try run(
      mutants.map(\.element), of: status.rule, order: { pack.rules.count + mutants[$0].offset }, own: own,
      others: { search.examples(near: own) },
      observed: { (mutant: Rule, example: RuleExample) throws(ConfigurationError) -> DerivedStatus? in
        var broken = status
        broken.rule = mutant
        return try tester.derived(broken, example)
      }, agrees: { index, derived in derived.map { status.examples[index].differences(from: $0).isEmpty } ?? false },
      isSame: { a, b in a?.status == b?.status && a?.row == b?.row },
      json: { example, derived in search.json(example, status: derived) }, into: &tally)
  }

  /// Runs examples on broken rules until one notices.
  ///
  /// - Parameters:
  ///   - others: further records, tried when no example notices: only a change that some record tells from the rule is
  ///     one that an example could notice.
  ///   - observed: what a rule makes of an example. What it throws, a change that its module refuses, is noticed.
  ///   - agrees: whether what is observed of one of the rule's own examples is what that says.
  private func run<Observed>(
    _ mutants: [RuleMutant], of rule: Rule, order: (Int) -> Int, own: [RuleExample], others: () -> [RuleExample],
    observed: (Rule, RuleExample) throws(ConfigurationError) -> Observed,
    agrees: (Int, Observed) -> Bool, isSame: (Observed, Observed) -> Bool, json: (RuleExample, Observed) -> String,
    into tally: inout Tally
  ) throws(ConfigurationError) {
    func expected(_ examples: [RuleExample]) throws(ConfigurationError) -> [(RuleExample, Observed)] {
      var pairs: [(RuleExample, Observed)] = []
      for example in examples { pairs.append((example, try observed(rule, example))) }
      return pairs
    }
    func teller(_ mutant: Rule, _ examples: [(RuleExample, Observed)]) -> (RuleExample, Observed)? {
      examples.first { example, expected in
        guard let found = try? observed(mutant, example) else { return true }
        return !isSame(found, expected)
      }
    }
    func notices(_ mutant: Rule) -> Bool {
      own.indices.contains { index in
        guard let found = try? observed(mutant, own[index]) else { return true }
        return !agrees(index, found)
      }
    }
    for (index, example) in own.enumerated() where try !agrees(index, observed(rule, example)) {
      throw ConfigurationError(
        rule.id, "An example does not come out as it says, so that it could not tell a broken rule.",
        advice: "Mend it first: trustcheck rules test \(pack.name).")
    }
    var tried: [(RuleExample, Observed)]?
    for (index, mutant) in mutants.enumerated() {
      if notices(mutant.rule) {
        tally.noticed += 1
        continue
      }
      if tried == nil { tried = try expected(others()) }
      let candidates = tried ?? []
      guard let found = teller(mutant.rule, candidates) else {
        tally.same += 1
        continue
      }
      let survivor = MutationTest.Survivor(
        rule: rule.id, file: "\(pack.name)/\(rule.file)", place: mutant.place, original: mutant.original,
        changed: mutant.changed, example: json(found.0, found.1))
      tally.survivors.append((order(index), survivor))
    }
  }
}
