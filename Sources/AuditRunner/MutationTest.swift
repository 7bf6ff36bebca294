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

private struct MutationRun {
  let pack: RulePack
  let host: ModuleHost
  let register: Register

  func run() throws(ConfigurationError) -> MutationTest {
    var test = MutationTest(pack: pack.name)
    let tester = RuleTester(pack: pack, host: host, register: register)
    let mutation = RuleMutation(pack, register: RegisterAnswers(register))
    for rule in pack.rules {
      test.rules += 1
      let search = ExampleSearch(rule: rule, tester: tester)
      let own = try rule.examples.map { example throws(ConfigurationError) in
        (example, try tester.observed(rule, example))
      }
      var tried: [(RuleExample, [ObservedFinding])]?
      for mutant in mutation.mutants(of: rule) {
        if try differs(mutant.rule, own, tester) != nil {
          test.noticed += 1
          continue
        }
        // Only a change that some record tells from the rule is one that an example could notice.
        let candidates: [(RuleExample, [ObservedFinding])]
        if let tried {
          candidates = tried
        } else {
          candidates = try search.examples().map { example throws(ConfigurationError) in
            (example, try tester.observed(rule, example))
          }
          tried = candidates
        }
        guard let teller = try differs(mutant.rule, candidates, tester) else {
          test.same += 1
          continue
        }
        test.survivors.append(
          MutationTest.Survivor(
            rule: rule.id, file: "\(pack.name)/\(rule.file)", place: mutant.place, original: mutant.original,
            changed: mutant.changed, example: search.json(teller.0, teller.1)))
      }
    }
    if let status = pack.status { try run(status, mutation, tester, into: &test) }
    return test
  }

  /// The first example in which a broken rule finds something else.
  ///
  /// A change that its module refuses is noticed at once.
  private func differs(
    _ mutant: Rule, _ examples: [(RuleExample, [ObservedFinding])], _ tester: RuleTester
  ) throws(ConfigurationError) -> (RuleExample, [ObservedFinding])? {
    for (example, expected) in examples {
      do throws(ConfigurationError) {
        let found = try tester.observed(mutant, example)
        if !same(found, expected) { return (example, expected) }
      } catch {
        return (example, expected)
      }
    }
    return nil
  }

  private func same(_ a: [ObservedFinding], _ b: [ObservedFinding]) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.field == $1.field && $0.row == $1.row }
  }

  // MARK: The decision table's facts

  private func run(
    _ status: StatusTable, _ mutation: RuleMutation, _ tester: RuleTester, into test: inout MutationTest
  ) throws(ConfigurationError) {
    test.rules += 1
    let search = ExampleSearch(rule: status.rule, tester: tester)
    let own = status.examples.map { RuleExample(rows: $0.rows, organisation: $0.organisation, asOf: $0.asOf) }
    let expected = try own.map { example throws(ConfigurationError) in (example, try tester.derived(status, example)) }
    var tried: [(RuleExample, DerivedStatus?)]?
    for mutant in mutation.mutants(of: status.rule) {
      var broken = status
      broken.rule = mutant.rule
      if try differs(broken, expected, tester) != nil {
        test.noticed += 1
        continue
      }
      let candidates: [(RuleExample, DerivedStatus?)]
      if let tried {
        candidates = tried
      } else {
        let near = own + search.examples()
        candidates = try near.map { example throws(ConfigurationError) in (example, try tester.derived(status, example)) }
        tried = candidates
      }
      guard let teller = try differs(broken, candidates, tester) else {
        test.same += 1
        continue
      }
      test.survivors.append(
        MutationTest.Survivor(
          rule: status.rule.id, file: "\(pack.name)/\(status.rule.file)", place: mutant.place,
          original: mutant.original, changed: mutant.changed, example: search.json(teller.0, status: teller.1)))
    }
  }

  private func differs(
    _ mutant: StatusTable, _ examples: [(RuleExample, DerivedStatus?)], _ tester: RuleTester
  ) throws(ConfigurationError) -> (RuleExample, DerivedStatus?)? {
    for (example, expected) in examples {
      let derived = try tester.derived(mutant, example)
      if derived?.status != expected?.status || derived?.row != expected?.row { return (example, expected) }
    }
    return nil
  }
}
