public import JSONDocument
import Reports

/// The words of the public outputs in one language.
///
/// A catalogue is a JSON object with `language` (a BCP 47 tag), `name`, `messages` (by key; `{name}` stands for a
/// value) and `texts`: translations, by the English, of what rule packs say. A number chooses between `KEY.one` and
/// `KEY.other`.
public struct Messages: Sendable {
  public let language: String
  private let messages: [String: String]
  private let texts: [String: String]

  /// The catalogue in a file.
  ///
  /// - Parameter complete: the English catalogue; a message that is missing, unknown, or lacks a value that the English
  ///   one has, is an error that names it.
  public static func load(_ path: String, complete: Messages? = nil) throws(JSONError) -> Messages {
    let root = try JSONDocument.read(path: path).root
    try root.object(allowing: ["texts", "$schema"], required: ["language", "name", "messages"])
    var messages: [String: String] = [:]
    let found = try root.requiredObject("messages")
    for (key, value) in found.members {
      let text = try value.asText()
      if let complete {
        guard let english = complete.messages[key] else { throw value.errorAtKey("There is no message \"\(key)\"") }
        let values = Messages.values(english)
        if values != Messages.values(text) {
          throw value.error(
            "Expected the values \(values.sorted().map { "{\($0)}" }.joined(separator: ", ")) in it, as in English")
        }
      }
      messages[key] = text
    }
    if let missing = complete?.messages.keys.sorted().first(where: { messages[$0] == nil }) {
      throw found.error(
        "The message \"\(missing)\" is missing; in English it is \"\(complete?.messages[missing] ?? "")\"")
    }
    var texts: [String: String] = [:]
    for (key, value) in try root.optionalObject("texts")?.members ?? [] { texts[key] = try value.asText() }
    let language = try root.requiredText("language")
    guard language.wholeMatch(of: /[a-z]{2,3}(-[A-Za-z0-9]{2,8})*/) != nil else {
      throw root.error("\"\(language)\" is no language tag; expected one such as \"en\" or \"cy\"")
    }
    return Messages(language: language, messages: messages, texts: texts)
  }

  /// The names in braces.
  private static func values(_ text: String) -> Set<String> {
    Set(text.matches(of: /\{([a-z]+)\}/).map { String($0.output.1) })
  }

  /// Every message by key, for templates.
  var all: [String: String] { messages }

  /// A message with its values put in.
  func callAsFunction(_ key: String, _ values: KeyValuePairs<String, String> = [:]) -> String {
    guard let text = messages[key] else { preconditionFailure("The catalogue has no message \"\(key)\"") }
    return Messages.fill(text, values)
  }

  /// A message that counts something: the number is its value `{n}`.
  func callAsFunction(_ key: String, count: Int, _ values: KeyValuePairs<String, String> = [:]) -> String {
    Messages.fill(
      Messages.fill(self(count == 1 ? "\(key).one" : "\(key).other"), ["n": grouped(count)]), values)
  }

  /// In one pass, so that braces in a value stay as they are.
  private static func fill(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
    text.replacing(/\{([a-z]+)\}/) { match in
      values.first { $0.key == match.output.1 }?.value ?? String(match.output.0)
    }
  }

  /// What a rule pack says, in this language when the catalogue has it.
  func text(_ english: String) -> String { texts[english] ?? english }

  /// Digits in groups of three.
  func grouped(_ number: Int) -> String { Shares.grouped(number, by: self("numberGroup")) }
}
