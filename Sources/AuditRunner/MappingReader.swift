import AuditModel
public import Intake
import JSONDocument
import LocalFiles

/// Reads how a file is to be read: the keys of a submission in a round, and of a mapping file.
enum MappingReader {
  static let keys = ["columns", "encoding", "delimiter", "sheet", "sheets", "headerRow", "dates", "wide"]

  /// Adds what an object says to settings.
  static func read(_ value: JSONValue, into settings: inout SourceSettings) throws(JSONError) {
    for (heading, field) in try value.optionalObject("columns")?.members ?? [] {
      settings.columns[heading] = field.isNull ? .ignored : .field(try field.asString())
    }
    if let name = try value.optionalText("encoding") {
      guard let encoding = TextEncoding(named: name) else {
        throw (value["encoding"] ?? value).error(notAnEncoding(name))
      }
      settings.encoding = encoding
    }
    if let text = try value.optionalString("delimiter") {
      guard let delimiter = delimiter(text) else { throw (value["delimiter"] ?? value).error(notADelimiter(text)) }
      settings.delimiter = delimiter
    }
    if let sheet = try value.optionalText("sheet") { settings.sheets = [sheet] }
    if let sheets = try value.optionalStringArray("sheets") { settings.sheets = sheets }
    if let row = value["headerRow"] {
      let number = try row.asInteger()
      guard (0...1_048_576).contains(number) else {
        throw row.error("Expected the row of the header, or 0 for none, found \(number)")
      }
      settings.headerRow = Int(number)
    }
    if let dates: DateOrder = try value.optionalWord("dates") { settings.dates = dates }
    if let wide = try value.optionalText("wide") { settings.wide = wide }
  }

  static func notAnEncoding(_ name: String) -> String {
    let known = TextEncoding.allCases.map { "\"\($0.rawValue)\"" }
    return "\"\(name)\" is no encoding that is read; expected "
      + known.dropLast().joined(separator: ", ") + " or " + known[known.count - 1]
  }

  static func notADelimiter(_ text: String) -> String {
    "Expected one character that separates cells, such as \";\" or \"tab\", found \"\(text)\""
  }

  /// The character that a person names: one character, or `tab`.
  static func delimiter(_ text: String) -> Unicode.Scalar? {
    if text == "tab" { return "\t" }
    guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1, scalar != "\"", scalar != "\n",
      scalar != "\r", scalar.value != 0
    else { return nil }
    return scalar
  }
}

extension SourceSettings {
  /// The settings of a mapping file, such as `trustcheck map` writes.
  public init(mapping path: String) throws(ConfigurationError) {
    self.init()
    do throws(JSONError) {
      let root = try JSONDocument.read(path: path).root
      try root.object(allowing: ["$schema", "rules"] + MappingReader.keys, required: [])
      try MappingReader.read(root, into: &self)
    } catch {
      throw ConfigurationError([error.problem])
    }
  }

  /// Takes what the options of a command say.
  public mutating func take(
    encoding: String?, delimiter: String?, sheets: [String], headerRow: Int?, dates: String?
  ) throws(ConfigurationError) {
    if let encoding {
      guard let known = TextEncoding(named: encoding) else {
        throw ConfigurationError("--encoding", MappingReader.notAnEncoding(encoding) + ".")
      }
      self.encoding = known
    }
    if let delimiter {
      guard let character = MappingReader.delimiter(delimiter) else {
        throw ConfigurationError("--delimiter", MappingReader.notADelimiter(delimiter) + ".")
      }
      self.delimiter = character
    }
    if !sheets.isEmpty { self.sheets = sheets }
    if let headerRow {
      guard headerRow >= 0 else {
        throw ConfigurationError("--header-row", "Expected a row, or 0 for none, found \(headerRow).")
      }
      self.headerRow = headerRow
    }
    if let dates {
      guard let order = DateOrder(rawValue: dates) else {
        throw ConfigurationError("--dates", "Expected day-first or month-first, found \(dates).")
      }
      self.dates = order
    }
  }
}
