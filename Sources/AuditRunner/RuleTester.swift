import AuditModel
import ModuleHost
import Register
import RulePacks

/// What the examples of one rule pack came to.
public struct PackTest: Sendable {
  public var pack: String
  public var rules = 0
  public var examples = 0
  public var failures: [Failure] = []

  /// An example that does not come out as it says.
  public struct Failure: Sendable {
    public var rule: String
    /// File and 1-based line: `data-collection/status.json:120`.
    public var place: String
    /// What was expected and what was found, line by line.
    public var differences: [String]
  }
}

extension PackTest {
  /// Runs every example of rule packs, exact both ways: what must be found is found, and nothing else is.
  ///
  /// - Parameters:
  ///   - names: names or folders of packs; all shipped ones when empty.
  ///   - modules: paths of modules beside the shipped ones.
  ///   - register: path of the register; the shipped one when nil.
  /// - Throws: when a pack, a module or the register is wrong.
  public static func run(
    _ names: [String], modules: [String], register: String?, _ installation: Installation
  ) throws(ConfigurationError) -> [PackTest] {
    let register = try Tools.register(register ?? installation.register)
    let host = try Tools.host(installation, modules: modules, register: register)
    let packs = try Tools.packs(
      names.isEmpty ? installation.packs() : names, installation, kinds: host.kinds, register: register)
    var tests: [PackTest] = []
    for pack in packs { tests.append(try RuleTester(pack: pack, host: host, register: register).run()) }
    return tests
  }
}

/// Runs the examples of one pack.
struct RuleTester {
  let pack: RulePack
  let host: ModuleHost
  let register: Register

  func run() throws(ConfigurationError) -> PackTest {
    var test = PackTest(pack: pack.name)
    for rule in pack.rules {
      test.rules += 1
      for example in rule.examples {
        test.examples += 1
        let (observed, causes) = try judged(rule, example)
        let differences = example.differences(from: observed, causes: causes)
        if !differences.isEmpty {
          test.failures.append(
            PackTest.Failure(rule: rule.id, place: place(rule, example.line), differences: differences))
        }
      }
    }
    guard let status = pack.status else { return test }
    test.rules += 1
    for example in status.examples {
      test.examples += 1
      let differences = try differences(status, example)
      if !differences.isEmpty {
        test.failures.append(
          PackTest.Failure(rule: status.rule.id, place: place(status.rule, example.line), differences: differences))
      }
    }
    return test
  }

  private func place(_ rule: Rule, _ line: Int) -> String { "\(pack.name)/\(rule.file):\(line)" }

  // MARK: Rules

  /// What a rule finds in an example.
  func observed(_ rule: Rule, _ example: RuleExample) throws(ConfigurationError) -> [ObservedFinding] {
    try judged(rule, example).findings
  }

  /// What a rule finds in an example, and why it did not judge what it did not judge.
  private func judged(
    _ rule: Rule, _ example: RuleExample
  ) throws(ConfigurationError) -> (findings: [ObservedFinding], causes: [LedgerEntry.Cause]) {
    var single = pack
    single.rules = [rule]
    single.status = nil
    let asOf = example.asOf ?? register.latestDate
    let (plans, records) = try judge(single, rows: example.rows, asOf: asOf)
    if let planned = plans.organisations.first {
      let row = row(example.organisation, records)
      let judgement = OrganisationJudgement(
        planned, OrganisationTable([row], fields: pack.fields), pack, revealsPersonal: true)
      let entry = judgement.entry(0, row.code)
      if entry.outcome == .fault { throw fault(entry) }
      let findings = judgement.findings(0, row.code).map { finding in
        ObservedFinding(field: finding.field, row: nil, message: finding.message)
      }
      return (findings, entry.causes)
    }
    var book = LedgerBook()
    records.settle(into: &book)
    if let entry = book.entries.first(where: { $0.outcome == .fault }) { throw fault(entry) }
    let findings = book.findings.map { finding in
      ObservedFinding(
        field: finding.field, row: finding.place?.row.map { $0 - ExampleFile.headerRow }, message: finding.message)
    }
    return (findings, book.entries.flatMap(\.causes))
  }

  private func fault(_ entry: LedgerEntry) -> ConfigurationError {
    ConfigurationError(entry.rule, "The rule could not be evaluated: \(entry.causes.first?.words ?? "")")
  }

  private func judge(
    _ pack: RulePack, rows: [[String: String]], asOf: CalendarDate
  ) throws(ConfigurationError) -> (Planner.Plans, RecordRun) {
    var planner = Planner(
      host: host, pack: pack, levels: [], day: asOf, stages: .ignored, limit: .max / 50, collectsAll: false,
      revealsPersonal: true)
    let plans = try planner.plan(keepsRecords: true)
    let records = RecordRun(
      plan: plans.records, sources: rows.isEmpty ? [] : [ExampleFile.source(rows, pack.fields)],
      matcher: OrganisationMatcher(register: register, asOf: asOf, inRound: nil), jobs: 1, partBytes: nil,
      savesStates: false, progress: nil)
    if let problem = records.inputs.compactMap(\.problem).first {
      throw ConfigurationError([problem])
    }
    return (plans, records)
  }

  // MARK: Organisations

  /// What the host knows of the example's organisation; what the example leaves out is as after a request that was
  /// answered by its records, or not answered when it has none.
  private func row(_ given: [String: String], _ records: RecordRun) -> OrganisationTable.Row {
    func flag(_ name: String, _ otherwise: Bool) -> Bool { given[name].map { $0 == "true" } ?? otherwise }
    let own = records.fold.records
    let hasAnswered = flag("answered", !own.isEmpty)
    var row = OrganisationTable.Row(
      code: given["organisation"] ?? "EXAMPLE", name: given["register_name"] ?? "An example",
      nameAsSupplied: given["name_as_supplied"] ?? "", isAsked: flag("asked", true), hasAnswered: hasAnswered,
      contact: given["contact"] ?? (hasAnswered ? "answered" : "sent"), isAfterCutOff: flag("after_cut_off", true),
      hasDuplicates: flag("duplicates", pack.recordsPerOrganisation == .one && own.count > 1),
      recordsReceived: given["records_received"].flatMap(Int.init) ?? own.count, submission: own.isEmpty ? nil : 0,
      records: own)
    if let status = given["derived_status"] { row.derived = (status, given["derived_reason"] ?? "") }
    return row
  }

  private func differences(_ status: StatusTable, _ example: StatusExample) throws(ConfigurationError) -> [String] {
    guard let derived = try derived(status, example.given) else { return ["the table gave no status"] }
    return example.differences(from: derived)
  }

  /// The status that a table gives the organisation of an example.
  func derived(_ status: StatusTable, _ example: RuleExample) throws(ConfigurationError) -> DerivedStatus? {
    var single = pack
    single.rules = []
    single.status = status
    let asOf = example.asOf ?? register.latestDate
    let (plans, records) = try judge(single, rows: example.rows, asOf: asOf)
    let row = row(example.organisation, records)
    var results = [OrganisationResult(code: row.code, name: row.name)]
    var book = LedgerBook()
    OrganisationSettlement(
      plan: plans.records, status: plans.status, rules: [], state: RoundState(round: nil, asOf: asOf),
      revealsPersonal: true
    ).settle(&results, rows: [row], into: &book)
    if let entry = book.entries.first(where: { $0.outcome == .fault }) { throw fault(entry) }
    return results[0].derived
  }
}

/// The records of an example as the CSV file they would stand in.
private enum ExampleFile {
  static let headerRow = 1

  static func source(_ rows: [[String: String]], _ fields: [Field]) -> SubmissionSource {
    func line(_ cells: [String]) -> String {
      cells.map { cell in
        "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
      }
      .joined(separator: ",") + "\n"
    }
    // The last column keeps a record of blank cells from being passed over as an empty row.
    var text = line(fields.map(\.name) + ["example"])
    for row in rows { text += line(fields.map { row[$0.name] ?? "" } + ["x"]) }
    var source = SubmissionSource(path: "example", name: "example")
    source.content = Array(text.utf8)
    return source
  }
}
