public import AuditModel

/// A name that an organisation has or had. When it had it is not known: the sources give names without dates.
public struct KnownName: Hashable, Sendable {
  public let name: String
  /// The ids of the sources that have it.
  public let sources: [String]

  public init(name: String, sources: [String]) {
    self.name = name
    self.sources = sources
  }
}

/// The organisation that took over from another.
public struct Successor: Hashable, Sendable {
  public let code: String
  /// The first day of the successor's responsibility; nil when the source does not state it.
  public let date: CalendarDate?
  /// Who says so.
  public let source: String

  public init(code: String, date: CalendarDate?, source: String) {
    self.code = code
    self.date = date
    self.source = source
  }
}

/// A point on the map, in degrees to three decimals (about 100 metres).
public struct Coordinates: Hashable, Sendable {
  public let latitude: Double
  public let longitude: Double
  /// The id of the source that has it.
  public let source: String

  public init(latitude: Double, longitude: Double, source: String) {
    self.latitude = latitude
    self.longitude = longitude
    self.source = source
  }
}

/// An NHS trust or a health board: one row of the register.
public struct Organisation: Hashable, Sendable {
  public let code: String
  /// Other codes of the same organisation, such as the statistical code of a Welsh board.
  public let otherCodes: [String]
  /// All known names, the newest source's first; never empty.
  public let names: [KnownName]
  /// The first day open; nil when not known.
  public let opened: CalendarDate?
  /// The last day open, as ODS gives it (RM2 closed on 2017-09-30 and R0A, which replaced it, opened on 2017-10-01);
  /// nil when open or not known.
  public let closed: CalendarDate?
  /// Who took over, as far as a source says so.
  public let successors: [Successor]
  /// `England`, `Wales`, `Scotland` or `Northern Ireland`; empty when not known.
  public let nation: String
  /// The NHS England region; empty outside England.
  public let region: String
  /// `nhs-trust`, `local-health-board`, `health-board`, …
  public let kind: String
  public let town: String
  public let postcode: String
  /// Nil when not known.
  public let coordinates: Coordinates?
  /// The id of the source of the code and dates.
  public let source: String

  public init(
    code: String, otherCodes: [String] = [], names: [KnownName], opened: CalendarDate? = nil,
    closed: CalendarDate? = nil, successors: [Successor] = [], nation: String = "", region: String = "",
    kind: String = "", town: String = "", postcode: String = "", coordinates: Coordinates? = nil, source: String = ""
  ) {
    precondition(!names.isEmpty, "An organisation has a name")
    self.code = code
    self.otherCodes = otherCodes
    self.names = names
    self.opened = opened
    self.closed = closed
    self.successors = successors
    self.nation = nation
    self.region = region
    self.kind = kind
    self.town = town
    self.postcode = postcode
    self.coordinates = coordinates
    self.source = source
  }

  /// The name in the newest source.
  public var name: String { names[0].name }

  /// True when it was replaced on a day that no source states, so that it cannot be said when it was open.
  public var isSupersededAtUnknownDate: Bool {
    closed == nil && !successors.isEmpty && successors.allSatisfy { $0.date == nil }
  }
}

/// What an organisation was on a day.
public enum OrganisationState: Sendable {
  case open
  case notYetOpen
  case closed
  /// Replaced on a day that no source states: it may or may not have been open.
  case superseded
}

/// The answer to a look-up by code at a date.
public enum LookUp: Equatable, Sendable {
  case open(Organisation)
  case notYetOpen(Organisation)
  /// Closed before the date. No successors means that none is known, not that there is none.
  case closed(Organisation, successors: [Successor])
  /// Replaced on a day that no source states: the code may have been right at the date.
  case superseded(Organisation, successors: [Successor])
  /// The code is not in this register. It may be right all the same: registers hold one kind of organisation.
  case notInRegister

  public var organisation: Organisation? {
    switch self {
    case .open(let organisation), .notYetOpen(let organisation), .closed(let organisation, _),
      .superseded(let organisation, _):
      organisation
    case .notInRegister: nil
    }
  }
}

/// A hospital or other site of an organisation.
public struct Site: Hashable, Sendable {
  public let code: String
  public let name: String
  /// The code of the organisation it belongs to, as the newest source has it.
  public let organisation: String
  public let opened: CalendarDate?
  /// The last day open.
  public let closed: CalendarDate?
  public let postcode: String
  /// Nil when not known.
  public let coordinates: Coordinates?
  public let source: String
}

/// Where rows of the register come from.
public struct RegisterSource: Hashable, Sendable {
  public let id: String
  public let title: String
  public let publisher: String
  /// When the data was taken.
  public let vintage: String
  public let licence: String
  /// What a copy of the data must say.
  public let attribution: String
}
