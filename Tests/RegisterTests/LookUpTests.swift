import AuditModel
import Register
import Testing

@Suite("Look-ups by code")
struct LookUpTests {
  private let register: Register

  init() throws { register = try Invented.register() }

  private func state(_ code: String, _ date: String) -> String {
    switch register.lookUp(code: code, at: Invented.date(date)) {
    case .open: "open"
    case .notYetOpen: "not yet open"
    case .closed(_, let successors): "closed, then \(successors.map(\.code))"
    case .superseded(_, let successors): "superseded by \(successors.map(\.code))"
    case .notInRegister: "not in this register"
    }
  }

  @Test func firstAndLastDaysAreOpen() {
    #expect(state("XA3", "1995-03-31") == "not yet open")
    #expect(state("XA3", "1995-04-01") == "open" && state("XA3", "2017-09-30") == "open")
    #expect(state("XA3", "2017-10-01") == "closed, then [\"XA4\"]")
    #expect(state("XA5", "2016-09-01") == "closed, then []")
    #expect(state("XA1", "1900-01-01") == "open", "No open date is known")
  }

  @Test func codesAreKnownByLookUpAndNotByShape() {
    #expect(state("Q1Z2B", "2021-01-01") == "open")
    for code in ["R0A", "XA9", "xa1", " XA1", "", "XA1XA1XA1XA1X", "XA1\0"] {
      #expect(state(code, "2021-01-01") == "not in this register", "\(code)")
    }
  }

  @Test func codeReplacedOnAnUnknownDayIsNeitherOpenNorClosed() {
    #expect(state("S99000001", "2016-09-01") == "superseded by [\"S99000002\"]")
    #expect(state("S99000002", "2016-09-01") == "open")
  }

  @Test func wordsAndBytesFindTheSameOrganisations() {
    func words(_ code: String) -> (UInt64, UInt32) {
      var padded = Array(code.utf8) + [UInt8](repeating: 0, count: 12)
      padded.removeLast(padded.count - 12)
      let head = padded[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return (head, padded[8...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
    for (index, organisation) in register.organisations.enumerated() {
      let (head, tail) = words(organisation.code)
      #expect(register.index(head: head, tail: tail, count: organisation.code.utf8.count) == index)
      #expect(register.index(head: head, tail: tail, count: organisation.code.utf8.count + 1) == nil)
      #expect(register.index(ofCode: Array(organisation.code.utf8)) == index)
    }
    let (head, tail) = words("S99000003")
    #expect(
      register.index(head: head, tail: tail, count: 9) == nil && register.index(head: 0, tail: 0, count: 0) == nil)
  }

  @Test func everyCodeOfALargeRegisterIsFoundAndNoOther() throws {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    var codes: [String] = []
    for a in letters { for b in letters { codes.append("R\(a)\(b)") } }
    let register = try Register(codes.map { Invented.organisation($0, "NAME OF \($0)") })
    for (index, code) in codes.enumerated() { #expect(register.index(ofCode: code.utf8) == index) }
    for code in codes { #expect(register.index(ofCode: "S\(code.dropFirst())".utf8) == nil) }
  }

  @Test func knownNamesOfACodeAreToldFromOthers() throws {
    let index = try #require(register.index(ofCode: "XA1".utf8))
    #expect(register.isKnownName("Eastmere and Vale University Hospitals", ofIndex: index))
    #expect(register.isKnownName("EASTMERE HOSPITALS NHS TRUST                     ", ofIndex: index))
    #expect(!register.isKnownName("Twinford", ofIndex: index) && !register.isKnownName("", ofIndex: index))
  }

  @Test func registersThatContradictThemselvesAreRefused() {
    let first = Invented.organisation("XB1", "A")
    let twice = #expect(throws: RegisterError.self) { try Register([first, first]) }
    #expect(twice?.description == "register: The code \"XB1\" stands there twice")
    let long = #expect(throws: RegisterError.self) { try Register([Invented.organisation("XB34567890123", "A")]) }
    #expect(long?.message == "The code \"XB34567890123\" is empty or longer than 12 bytes")
    let lost = #expect(throws: RegisterError.self) {
      try Register([
        Invented.organisation("XB1", "A", successors: [Successor(code: "XB2", date: nil, source: "x")])
      ])
    }
    #expect(lost?.message == "The successor XB2 of XB1 is not in the register")
  }
}
