import AuditModel
import Register

/// Organisations that no real body resembles, for tests without shared data.
enum Invented {
  static func date(_ text: String) -> CalendarDate {
    guard let date = CalendarDate(iso: text) else { preconditionFailure("\(text) is no date") }
    return date
  }

  static func organisation(
    _ code: String, _ names: String..., opened: String? = nil, closed: String? = nil, successors: [Successor] = []
  ) -> Organisation {
    Organisation(
      code: code, names: names.map { KnownName(name: $0, sources: ["invented"]) }, opened: opened.map(date),
      closed: closed.map(date), successors: successors, nation: "England", source: "invented")
  }

  static let organisations = [
    organisation("XA1", "EASTMERE & VALE UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", "EASTMERE HOSPITALS NHS TRUST"),
    organisation("XA2", "ST ORAN'S AND FELLBRIDGE HOSPITALS NHS TRUST", opened: "2010-04-01"),
    organisation(
      "XA3", "FELLBRIDGE INFIRMARY NHS TRUST", opened: "1995-04-01", closed: "2017-09-30",
      successors: [Successor(code: "XA4", date: date("2017-10-01"), source: "an order")]),
    organisation(
      "XA4", "GREATER FELLBRIDGE NHS FOUNDATION TRUST", opened: "2017-10-01", closed: "2020-03-31",
      successors: [Successor(code: "Q1Z2B", date: nil, source: "an order")]),
    organisation("Q1Z2B", "NORTH FELLBRIDGE CARE NHS FOUNDATION TRUST", opened: "2020-04-01"),
    organisation("XA5", "OLDHAVEN NHS TRUST", opened: "1995-04-01", closed: "2012-03-31"),
    organisation("XA6", "TWINFORD NHS TRUST"),
    organisation("XA7", "TWINFORD NHS FOUNDATION TRUST"),
    organisation("XA8", "LATER CARE NHS TRUST", opened: "2030-01-01"),
    organisation("S99000001", "Isles of Nowhere", successors: [Successor(code: "S99000002", date: nil, source: "x")]),
    organisation("S99000002", "Isles of Nowhere"),
  ]

  static func register() throws -> Register { try Register(organisations) }
}
