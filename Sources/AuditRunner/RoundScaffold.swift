public import AuditModel
import JSONDocument
import LocalFiles
import Register
public import RulePacks

/// The files of a new round.
public struct RoundScaffold {
  public var name: String
  public var title: String
  public var isSynthetic: Bool
  public var pack: RulePack
  /// What `round.json` calls the pack.
  public var packName: String
  /// Word for word; the pack's own when empty.
  public var question: [String]
  public var sent: CalendarDate
  public var cutOff: CalendarDate
  /// The path of the register as `round.json` names it; nil for the shipped one.
  public var register: String?
  public var asked: [Round.AskedOrganisation] = []

  public init(
    name: String, title: String, isSynthetic: Bool, pack: RulePack, packName: String, question: [String],
    sent: CalendarDate, cutOff: CalendarDate, register: String?
  ) {
    self.name = name
    self.title = title
    self.isSynthetic = isSynthetic
    self.pack = pack
    self.packName = packName
    self.question = question.isEmpty ? pack.question : question
    self.sent = sent
    self.cutOff = cutOff
    self.register = register
  }

  /// Reads whom to ask: a CSV with the column code, and name if it is there; names come from the register otherwise.
  public mutating func ask(fromFile path: String, registerPath: String) throws(ConfigurationError) {
    let bytes: [UInt8]
    let register: Register
    do {
      bytes = try LocalFiles.read(path)
    } catch {
      throw ConfigurationError(error.path, error.reason + ".")
    }
    do {
      register = try Register.load(registerPath)
    } catch {
      throw ConfigurationError("--register", "\(error).")
    }
    var seen: Set<String> = []
    for row in try ControlTable.rows(bytes, name: path, required: ["code"]) {
      let code = row["code"].uppercased()
      guard seen.insert(code).inserted else { throw row.error("The organisation \(code) is listed twice") }
      var name = row["name"]
      switch register.lookUp(code: code, at: sent) {
      case .open(let organisation), .superseded(let organisation, _): if name.isEmpty { name = organisation.name }
      case .closed(let organisation, let successors):
        let later = successors.map(\.code).joined(separator: ", ")
        throw row.error(
          "\(code) (\(organisation.name)) had closed by \(sent)"
            + (later.isEmpty ? "" : "; \(later) took its place"))
      case .notYetOpen(let organisation):
        throw row.error("\(code) (\(organisation.name)) was not open yet on \(sent)")
      case .notInRegister:
        if name.isEmpty {
          throw row.error("\(code) is not in the register, so its name is to be given in the column name")
        }
      }
      asked.append(Round.AskedOrganisation(code: code, name: name))
    }
    if asked.isEmpty { throw ConfigurationError(path, "It lists no organisation.") }
  }

  /// The files by their path in the round's folder.
  public func files() -> [(path: String, bytes: [UInt8])] {
    func csv(_ rows: [[String]]) -> [UInt8] { Array(rows.map { CSVLine.text($0) + "\n" }.joined().utf8) }
    return [
      ("round.json", roundFile()), ("asked.csv", csv([["code", "name"]] + asked.map { [$0.code, $0.name] })),
      ("contacts.csv", csv([["organisation", "date", "kind", "source"]])),
      ("decisions.csv", csv([["organisation", "status", "words", "role", "date", "submission"]])),
      ("corrections.csv", csv([["date", "organisation", "words"]])),
      // Keeps the folder in being; files whose name begins with a full stop are no submissions.
      ("answers/.keep", []),
    ]
  }

  private static func list(_ key: String, _ texts: [String], _ writer: inout JSONWriter<Never>) {
    writer.key(key)
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }

  private func roundFile() -> [UInt8] {
    var writer = JSONWriter<Never>(.pretty)
    writer.beginObject()
    writer.member("round", name)
    writer.member("title", title)
    if isSynthetic { writer.member("synthetic", true) }
    writer.member("dates", "day-first")
    RoundScaffold.list("question", question, &writer)
    RoundScaffold.list("rules", [packName], &writer)
    if let register { writer.member("register", register) }
    writer.member("sent", sent.description)
    writer.member("cutOff", cutOff.description)
    writer.member("asked", "asked.csv")
    RoundScaffold.list("excluded", [], &writer)
    writer.member("contacts", "contacts.csv")
    writer.member("decisions", "decisions.csv")
    writer.member("corrections", "corrections.csv")
    writer.key("submissions")
    writer.beginArray()
    writer.beginObject()
    writer.member("path", "answers")
    writer.endObject()
    writer.endArray()
    writer.endObject()
    return writer.finishedBytes()
  }
}
