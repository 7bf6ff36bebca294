public import AuditModel
internal import LocalFiles

/// The dated list of organisations.
///
/// A register is a folder of comma-separated files in UTF-8 with headers:
/// - `organisations.csv`, the register itself. Columns: `code`, `names` (all known names, newest source first, each
///   with the ids of its sources in brackets, separated by `|`), `opened`, `closed` (the last day open), `nation`,
///   `region`, `kind`, `town`, `postcode`, `latitude`, `longitude`, `coordinates_source`, `other_codes` (separated by
///   spaces), `source`. Only `code` and `names` must be there.
/// - `successors.csv`, if there is one: `code`, `successor`, `date` (may be empty), `source`.
/// - `sources.csv`, if there is one: `id`, `title`, `publisher`, `vintage`, `licence`, `attribution`.
/// - `sites.csv`, if there is one, read only by `loadSites`.
///
/// Dates are `CCYY-MM-DD`. Every look-up takes a date; a code is known or not by look-up, never by its shape.
public final class Register: Sendable {
  /// In file order.
  public let organisations: [Organisation]
  public let sources: [RegisterSource]
  /// The paths of the files that were read, for digests.
  public let files: [String]
  /// Where the sites would be.
  let sitesPath: String

  private let codes: CodeIndex
  /// Days since 1970-01-01, with the ends of Int32 for what is not known.
  private let opened: [Int32]
  private let closed: [Int32]
  private let superseded: [Bool]
  let names: NameIndex

  /// A register of organisations that are at hand.
  ///
  /// - Throws: when two organisations have the same code, a code is longer than 12 bytes, or a successor is not there.
  public convenience init(_ organisations: [Organisation]) throws(RegisterError) {
    try self.init(organisations, sources: [], files: [], folder: ".", shownAs: "register")
  }

  private init(
    _ organisations: [Organisation], sources: [RegisterSource], files: [String], folder: String, shownAs file: String
  ) throws(RegisterError) {
    var codes = CodeIndex(capacity: organisations.count * 2)
    for (index, organisation) in organisations.enumerated() {
      for code in [organisation.code] + organisation.otherCodes {
        guard let key = CodeIndex.key(code.utf8) else {
          throw RegisterError(file: file, message: "The code \"\(code)\" is empty or longer than 12 bytes")
        }
        guard codes.insert(key, index) else {
          throw RegisterError(file: file, message: "The code \"\(code)\" stands there twice")
        }
      }
    }
    for organisation in organisations {
      for successor in organisation.successors {
        let key = CodeIndex.key(successor.code.utf8)
        guard let key, codes.find(key) != nil else {
          throw RegisterError(
            file: file, message: "The successor \(successor.code) of \(organisation.code) is not in the register")
        }
      }
    }
    self.organisations = organisations
    self.sources = sources
    self.files = files
    self.codes = codes
    sitesPath = "\(folder)/sites.csv"
    opened = organisations.map { $0.opened?.days ?? .min }
    closed = organisations.map { $0.closed?.days ?? .max }
    superseded = organisations.map(\.isSupersededAtUnknownDate)
    names = NameIndex(organisations)
  }

  /// Reads a register.
  ///
  /// - Parameter path: the folder, or its `organisations.csv`.
  public static func load(_ path: String) throws(RegisterError) -> Register {
    let isFolder = LocalFiles.kind(path) == .folder
    let folder = isFolder ? path : LocalFiles.folder(of: path)
    let main = isFolder ? "\(folder)/organisations.csv" : path
    let successorsPath = "\(folder)/successors.csv"
    let sourcesPath = "\(folder)/sources.csv"
    var files = [main]
    var successors: [String: [Successor]] = [:]
    if LocalFiles.kind(successorsPath) == .file {
      successors = try RegisterFiles.successors(try RegisterFiles.bytes(successorsPath), file: successorsPath)
      files.append(successorsPath)
    }
    var sources: [RegisterSource] = []
    if LocalFiles.kind(sourcesPath) == .file {
      sources = try RegisterFiles.sources(try RegisterFiles.bytes(sourcesPath), file: sourcesPath)
      files.append(sourcesPath)
    }
    let organisations = try RegisterFiles.organisations(
      try RegisterFiles.bytes(main), file: main, successors: successors)
    let register = try Register(organisations, sources: sources, files: files, folder: folder, shownAs: main)
    for code in successors.keys.sorted() where register.index(ofCode: code.utf8) == nil {
      throw RegisterError(file: successorsPath, message: "The organisation \(code) is not in the register")
    }
    return register
  }

  /// True when its sources say that its organisations are invented: a title that begins with "SYNTHETIC".
  public var isSynthetic: Bool { sources.contains { $0.title.hasPrefix("SYNTHETIC") } }

  /// The position in `organisations` of a code given as bytes; nil when it is not in the register.
  public func index(ofCode code: some Sequence<UInt8>) -> Int? {
    guard let key = CodeIndex.key(code) else { return nil }
    return codes.find(key)
  }

  /// The position in `organisations` of a code of up to 12 bytes, without allocation.
  ///
  /// - Parameters:
  ///   - head: its first 8 bytes, little-endian, zero-padded (`TextView.inlineHead`).
  ///   - tail: the 4 after them (`TextView.inlineTail`).
  ///   - count: its length in bytes.
  public func index(head: UInt64, tail: UInt32, count: Int) -> Int? {
    guard (1...12).contains(count) else { return nil }
    return codes.find(CodeIndex.Key(head: head, tail: tail, count: Int32(count)))
  }

  /// What the organisation at a position of `organisations` was on a day.
  public func state(at index: Int, on date: CalendarDate) -> OrganisationState {
    if date.days < opened[index] { return .notYetOpen }
    if date.days > closed[index] { return .closed }
    return superseded[index] ? .superseded : .open
  }

  /// The organisation with a code, as at a date. The code must be spelled as the register spells it.
  public func lookUp(code: some StringProtocol, at date: CalendarDate) -> LookUp {
    guard let index = index(ofCode: code.utf8) else { return .notInRegister }
    return lookUp(index: index, at: date)
  }

  /// The organisation at a position of `organisations`, as at a date.
  public func lookUp(index: Int, at date: CalendarDate) -> LookUp {
    let organisation = organisations[index]
    return switch state(at: index, on: date) {
    case .open: .open(organisation)
    case .notYetOpen: .notYetOpen(organisation)
    case .closed: .closed(organisation, successors: organisation.successors)
    case .superseded: .superseded(organisation, successors: organisation.successors)
    }
  }

  /// The organisation with a code, whenever it was open.
  public func organisation(code: some StringProtocol) -> Organisation? {
    index(ofCode: code.utf8).map { organisations[$0] }
  }

  /// True when the code's organisation has or had this name, spelled in any way that certainly means it.
  public func isKnownName(_ name: String, ofIndex index: Int) -> Bool {
    let form = NameForm.normalised(name)
    return !form.isEmpty && names.forms[index].contains(form)
  }
}
