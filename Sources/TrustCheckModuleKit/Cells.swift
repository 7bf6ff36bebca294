/// What a cell is (DESIGN 5). Other numbers are reserved.
@frozen
public struct CellKind: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8

  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let value = CellKind(rawValue: 0)
  /// Nothing there.
  public static let blank = CellKind(rawValue: 1)
  /// A code or words that say that it is not known.
  public static let notKnown = CellKind(rawValue: 2)
  public static let notApplicable = CellKind(rawValue: 3)
  /// A count withheld because it is small; its range is known.
  public static let suppressed = CellKind(rawValue: 4)
  /// Something is there that is not of the field's type.
  public static let invalid = CellKind(rawValue: 5)

  /// The kind in words, as findings show it.
  public var words: String {
    switch self {
    case .value: "given"
    case .blank: "blank"
    case .notKnown: "not known"
    case .notApplicable: "not applicable"
    case .suppressed: "suppressed"
    case .invalid: "not readable as its type"
    default: "of a kind that this module does not know"
    }
  }
}

/// A set of cell kinds: bit `n` stands for the kind with raw value `n`.
@frozen
public struct CellKindSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  @inlinable
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public init(_ kinds: CellKind...) {
    rawValue = kinds.reduce(0) { $0 | (1 << $1.rawValue) }
  }

  public static let value = CellKindSet(rawValue: 1)

  /// The set of kinds that words name as parameters do: "blank", "not-known", "not-applicable", "suppressed", "invalid".
  public init(words: [String]) throws(ModuleFailure) {
    var set: UInt8 = 0
    for word in words {
      guard let kind = CellKindSet.allWords.firstIndex(of: word) else {
        throw ModuleFailure(
          "\"\(word)\" is no kind of cell; the kinds are \(CellKindSet.allWords.joined(separator: ", "))")
      }
      set |= 1 << UInt8(kind)
    }
    rawValue = set
  }

  private static let allWords = ["value", "blank", "not-known", "not-applicable", "suppressed", "invalid"]

  @inlinable
  public func contains(_ kind: CellKind) -> Bool { (rawValue >> kind.rawValue) & 1 == 1 }
}

/// Types of fields.
public enum FieldType: UInt32, Sendable {
  case text = 0
  case integer = 1
  case number = 2
  case date = 3
  /// A date and time without zone, microseconds since 1970-01-01T00:00:00.
  case timestamp = 4
  case boolean = 5
  /// A stretch of whole days, both ends included.
  case period = 6

  /// The type in words, as findings show it.
  public var words: String {
    switch self {
    case .text: "a text"
    case .integer: "a whole number"
    case .number: "a number"
    case .date: "a date"
    case .timestamp: "a date and time"
    case .boolean: "yes or no"
    case .period: "a period"
    }
  }
}

/// Who may see a field's values.
public enum Privacy: UInt32, Sendable, Comparable {
  case `public` = 0
  case `internal` = 1
  case personal = 2

  public static func < (a: Privacy, b: Privacy) -> Bool { a.rawValue < b.rawValue }
}

/// A field that a rule is bound to.
public struct Field: Hashable, Sendable {
  /// Its position among the bound fields.
  public let position: Int
  public let type: FieldType
  public let privacy: Privacy
  public let name: String
  /// What a person calls it.
  public let label: String
}

extension Collection where Element == Field {
  /// The field whose values the fewest may see: evidence made from several fields is said to come from it.
  public var mostPrivate: Field? { self.max { $0.privacy < $1.privacy } }
}

/// One code of a code list and when it may be used.
public struct Code: Hashable, Sendable {
  public let code: String
  public let label: String
  /// The first day of use; nil when always.
  public let from: Day?
  /// The first day out of use; nil while in use.
  public let retired: Day?

  public func isInUse(on day: Day) -> Bool {
    if let from, day < from { return false }
    if let retired, day >= retired { return false }
    return true
  }
}
