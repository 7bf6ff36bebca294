import AuditModel
import LocalFiles
import TestSupport
import Testing

@testable import Register

/// The register that is shipped, against the facts of DOMAIN 3.
@Suite("The shipped register")
struct ShippedRegisterTests {
  private static let folder = "\(TestSupport.repository)/rules/register"
  private let register: Register

  init() throws { register = try Register.load(Self.folder) }

  private func open(_ date: String) -> [Organisation] {
    let date = Invented.date(date)
    return register.organisations.filter { register.lookUp(code: $0.code, at: date) == .open($0) }
  }

  /// Set TRUSTCHECK_REWRITE=1 to write the register anew from the shared data.
  @Test(.enabled(if: TestSupport.shared != nil, "The shared data is not here"))
  func itIsWhatTheImportMakesOfTheSharedData() throws {
    let data = "\(TestSupport.shared ?? "")/data/ods"
    if TestSupport.environment("TRUSTCHECK_REWRITE") == "1" {
      _ = try RegisterImport.run(.init(odsFolder: data, tables: Self.folder, output: Self.folder))
    }
    try TestSupport.withTemporaryFolder { folder in
      let summary = try RegisterImport.run(.init(odsFolder: data, tables: Self.folder, output: folder))
      for file in try LocalFiles.list(folder) {
        #expect(try LocalFiles.read("\(folder)/\(file)") == LocalFiles.read("\(Self.folder)/\(file)"), "\(file)")
      }
      #expect(summary.organisations == 299 && summary.closed == 71)
      #expect(summary.unknownRegions.isEmpty)
      #expect(summary.closedWithoutSuccessor.count == 68)
    }
  }

  @Test func codesOfEveryShapeAreInIt() throws {
    let late = Invented.date("2026-07-01")
    #expect(register.lookUp(code: "G6V2S", at: late).organisation?.name == "NORTH LONDON NHS FOUNDATION TRUST")
    guard case .notYetOpen = register.lookUp(code: "K0N6A", at: Invented.date("2026-05-31")),
      case .open = register.lookUp(code: "K0N6A", at: Invented.date("2026-06-01"))
    else {
      Issue.record("The Online NHS Trust opens on 2026-06-01")
      return
    }
    #expect(register.lookUp(code: "NV1", at: late) == .notInRegister)
    #expect(register.organisation(code: "7A1")?.nation == "Wales")
    #expect(register.organisation(code: "W11000023")?.code == "7A1")
    #expect(register.organisation(code: "S08000029")?.name == "Fife")
    for code in ["RQF", "RT4", "RYT"] { #expect(register.organisation(code: code)?.nation == "Wales") }
  }

  @Test func factsOfDriftHold() {
    #expect(open("2016-09-01").count { $0.kind == "nhs-trust" } == 236)
    // DOMAIN counts by the 2018 file, which still has three trusts as open that the 2026 file closes before it.
    let named2018 = register.organisations.filter { $0.isNamed(by: "ods-etrust-2018") }
    let before = ["R1E", "RJD", "RY1"].compactMap { register.organisation(code: $0) }
    let open2018 = named2018.filter(Set(open("2018-09-15")).contains) + before
    #expect(open2018.count == 229)
    #expect(open2018.count { $0.closed != nil } == 30)
    let renamed = open2018.filter { organisation in
      !organisation.names.contains { $0.sources.contains("ods-etrust-2018") && $0.sources.contains("ods-etr-2026") }
    }
    #expect(renamed.count { $0.closed == nil } == 35)
  }

  @Test func successorsAreThoseThatTheSourcesState() {
    let date = Invented.date("2018-01-01")
    for code in ["RW3", "RM2"] {
      guard case .closed(_, let successors) = register.lookUp(code: code, at: date) else {
        Issue.record("\(code) is not closed")
        continue
      }
      #expect(successors.map(\.code) == ["R0A"] && successors[0].date == Invented.date("2017-10-01"))
      #expect(register.match(name: "", code: code, at: date).organisation?.code == "R0A")
      #expect(register.match(name: "", code: code, at: Invented.date("2016-09-01")).organisation?.code == code)
    }
    #expect(register.match(name: "", code: "RAP", at: Invented.date("2025-06-30")).organisation?.code == "RAL")
    for (old, new) in [("18", "29"), ("27", "30"), ("21", "31"), ("23", "32")] {
      #expect(register.match(name: "", code: "S080000\(old)", at: date).organisation?.code == "S080000\(new)")
    }
    guard
      case .notOpen(.closed(_, successors: [])) = register.match(
        name: "Yeovil District Hospital", at: Invented.date("2024-01-01"))
    else {
      Issue.record("Yeovil's successor is in no source")
      return
    }
  }

  @Test func coordinatesHaveThreeDecimalsAndWhatIsUnknownStaysSo() {
    let open2016 = Set(open("2016-09-01"))
    var unknown2016 = 0
    for organisation in register.organisations {
      guard let point = organisation.coordinates else {
        if organisation.kind == "nhs-trust", open2016.contains(organisation) { unknown2016 += 1 }
        continue
      }
      #expect((49...61).contains(point.latitude) && (-8...2).contains(point.longitude), "\(organisation.code)")
      #expect((point.latitude * 1000).rounded() / 1000 == point.latitude && !point.source.isEmpty)
    }
    #expect(unknown2016 == 9)
    #expect(register.organisation(code: "G6V2S")?.coordinates == nil)
  }

  @Test func everyRowNamesASourceThatIsDescribed() throws {
    let ids = Set(register.sources.map(\.id))
    for organisation in register.organisations {
      #expect(ids.contains(organisation.source) && organisation.names.allSatisfy { ids.isSuperset(of: $0.sources) })
      #expect(organisation.names.allSatisfy { !$0.sources.isEmpty })
    }
    #expect(register.sources.allSatisfy { !$0.licence.isEmpty && !$0.attribution.isEmpty })
    let sites = try register.loadSites()
    #expect(sites.all.allSatisfy { ids.contains($0.source) && register.organisation(code: $0.organisation) != nil })
    #expect(sites.of("R0A").count > 20)
  }

  /// The names of all organisations lead back to them, at a date on which they were open.
  @Test func everyKnownNameFindsItsOrganisation() {
    for organisation in register.organisations where !organisation.isSupersededAtUnknownDate {
      let date = organisation.closed ?? Invented.date("2026-07-01")
      for name in organisation.names {
        switch register.match(name: name.name.lowercased(), code: organisation.code, at: date) {
        case .exact, .normalised, .knownName: break
        case let other: Issue.record("\(organisation.code) \(name.name): \(other)")
        }
      }
    }
  }

  /// The providers of the waiting times file: what is not resolved is known and explained.
  @Test(.enabled(if: TestSupport.shared != nil, "The shared data is not here"))
  func providersOfTheWaitingTimesFileAreResolved() throws {
    let path = "\(TestSupport.shared ?? "")/data/real/cwt/cwt_breast_by_provider_2023-10_to_2025-09.csv"
    guard LocalFiles.kind(path) == .file else { return }
    var unresolved: [String: String] = [:]
    var kinds: [String: Int] = [:]
    var pairs: Set<[String]> = []
    var rows = try HeadedRows(try LocalFiles.read(path), file: path, required: ["ods_code", "provider"])
    while let row = try rows.next() { pairs.insert([row["ods_code"], row["provider"]]) }
    #expect(Set(pairs.map { $0[0] }).count == 140 && pairs.count == 142, "\(pairs.count)")
    for pair in pairs.sorted(by: { $0[0] < $1[0] }) {
      let (code, name) = (pair[0], pair[1])
      let word: String
      switch register.match(name: name, code: code, at: Invented.date("2024-12-31")) {
      case .exact: word = "exact"
      case .normalised: word = "normalised"
      case .knownName: word = "known name"
      case let other:
        word = "unresolved"
        unresolved[code] = "\(name): \(other)"
      }
      kinds[word, default: 0] += 1
    }
    // National totals without a code, and independent providers, which are not in this register.
    #expect(unresolved.keys.sorted() == ["", "GEC", "NDA", "NQT", "NRF", "NT2", "NTP", "NV1", "NVM"], "\(unresolved)")
    #expect(kinds["unresolved"] == 9, "\(kinds)")
  }
}

extension Organisation {
  fileprivate func isNamed(by source: String) -> Bool { names.contains { $0.sources.contains(source) } }
}
