import AuditModel
import Register
import Testing

@Suite("Matching names")
struct MatchTests {
  private let register: Register

  init() throws { register = try Invented.register() }

  private func match(_ name: String, code: String? = nil, at date: String = "2018-09-01") -> String {
    switch register.match(name: name, code: code, at: Invented.date(date)) {
    case .code(let organisation): "code \(organisation.code)"
    case .exact(let organisation): "exact \(organisation.code)"
    case .normalised(let organisation): "normalised \(organisation.code)"
    case .knownName(let organisation, let name): "\(organisation.code) as \(name.name)"
    case .successor(let organisation, let named, let steps):
      "\(organisation.code) for \(named.code) in \(steps.count)"
    case .notOpen(let lookUp): "not open: \(lookUp.organisation?.code ?? "")"
    case .offered(let offers): "offered " + offers.map { "\($0.organisation.code) \($0.score)" }.joined(separator: ", ")
    case .none: "none"
    }
  }

  @Test func nameLetterForLetterIsExact() {
    #expect(match("ST ORAN'S AND FELLBRIDGE HOSPITALS NHS TRUST") == "exact XA2")
    // Spaces around a name are no part of it, 21 of them included.
    #expect(match("ST ORAN'S AND FELLBRIDGE HOSPITALS NHS TRUST" + String(repeating: " ", count: 21)) == "exact XA2")
  }

  @Test(arguments: [
    "St Oran's and Fellbridge Hospitals NHS Trust", "ST ORANS & FELLBRIDGE HOSPITALS NHS FOUNDATION TRUST",
    "Saint Oran\u{2019}s and Fellbridge Hospitals", "St. Oran's\u{A0}and\u{2003}Fellbridge\u{200B} Hospitals  NHS FT",
    "The St Oran's and Fellbridge Hospitals National Health Service Trust", "st oran\u{2BC}s+fellbridge hospitals",
    "\u{FEFF}ST ORAN'S AND FELLBRIDGE HOSPITALS\tNHS TRUST\u{202F}", "St-Oran's and Fellbridge (Hospitals), NHST",
  ])
  func spellingsThatCertainlyMeanTheNameAreNormalised(name: String) {
    #expect(match(name) == "normalised XA2")
  }

  @Test func otherKnownNamesAreTakenAsSuch() {
    #expect(match("Eastmere Hospitals") == "XA1 as EASTMERE HOSPITALS NHS TRUST")
  }

  @Test func whatIsNearIsOfferedAndNeverTaken() {
    #expect(match("St Oran's & Felbridge Hospital").hasPrefix("offered XA2 0.8"))
    #expect(match("Eastmere and Vale Univ Hosps").hasPrefix("offered XA1 0."))
    #expect(match("Fellbridge").hasPrefix("offered "))
    #expect(match("Nothing alike") == "none" && match("") == "none" && match(" \u{A0}") == "none")
    #expect(match("and of the") == "none", "Small words alone are no likeness")
  }

  @Test func offersAreBestFirstSayWhyAndWhatIsClosed() {
    guard case .offered(let offers) = register.match(name: "Fellbridge Infirmry", at: Invented.date("2021-01-01"))
    else {
      Issue.record("nothing is offered")
      return
    }
    #expect(offers.first?.organisation.code == "XA3")
    #expect(offers.first?.why == "shares \"fellbridge\", \"infirmary\"; closed on 2017-09-30")
    #expect(offers.map(\.score) == offers.map(\.score).sorted(by: >))
    #expect(offers.allSatisfy { (0...1).contains($0.score) } && offers.count <= 5)
  }

  @Test func twoOrganisationsWithOneNormalNameAreOffered() {
    #expect(match("Twinford") == "offered XA6 1.0, XA7 1.0")
    #expect(match("Twinford NHS Trust") == "offered XA6 1.0, XA7 1.0")
    // Letter for letter it is one of them; with a code it is that one.
    #expect(match("TWINFORD NHS TRUST") == "exact XA6")
    #expect(match("Twinford", code: "XA7") == "normalised XA7")
  }

  @Test func closedOrganisationsLeadToTheirSuccessorAsAStatedStep() {
    #expect(match("Fellbridge Infirmary", at: "2016-09-01") == "normalised XA3")
    #expect(match("Fellbridge Infirmary", at: "2018-09-01") == "XA4 for XA3 in 1")
    #expect(match("Fellbridge Infirmary", at: "2021-01-01") == "Q1Z2B for XA3 in 2")
    #expect(match("", code: "XA3", at: "2021-01-01") == "Q1Z2B for XA3 in 2")
    #expect(match("Oldhaven NHS Trust") == "not open: XA5", "No source states a successor")
    #expect(match("Later Care") == "not open: XA8")
    #expect(match("Later Care", at: "2030-01-01") == "normalised XA8")
  }

  @Test func supersededCodesAreCarriedAndTheirNameMeansTheCurrentOne() {
    #expect(match("NHS Isles of Nowhere") == "normalised S99000002")
    #expect(match("Isles of Nowhere", code: "S99000001") == "S99000002 for S99000001 in 1")
    #expect(match("Isles of Nowhere Health Board", code: "s99000002 ") == "normalised S99000002")
  }

  @Test func codeAndNameMustAgree() {
    #expect(match("", code: "XA2") == "code XA2" && match("  ", code: " xa2 ") == "code XA2")
    #expect(match("Eastmere Hospitals NHS Trust", code: "XA1") == "XA1 as EASTMERE HOSPITALS NHS TRUST")
    #expect(match("Twinford NHS Trust", code: "XA2") == "offered XA2 0.0, XA6 1.0, XA7 1.0")
    #expect(match("St Oran's and Fellbridge Hospitals", code: "NV1") == "offered XA2 1.0")
    #expect(match("Quite Other Ltd", code: "NV1") == "none")
    #expect(match("", code: "NV1") == "none")
    #expect(match("xa2") == "offered XA2 1.0", "A code in the name's place is offered")
  }

  @Test func matchingDoesNotDependOnTheOrderOfTheRegister() throws {
    let reversed = try Register(Invented.organisations.reversed())
    for name in ["Fellbridge", "Twinford", "Eastmere", "Fellbridge Infirmary", "St Oran's"] {
      let date = Invented.date("2018-09-01")
      guard case .offered(let a) = register.match(name: name, at: date),
        case .offered(let b) = reversed.match(name: name, at: date)
      else { continue }
      #expect(Set(a.map(\.organisation.code)) == Set(b.map(\.organisation.code)), "\(name)")
    }
  }
}
