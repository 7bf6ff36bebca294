import TrustCheckModuleKit

/// What a decision table reads of an organisation: a word, from a fact of the table or from a field of the host.
struct Input: Sendable {
  let name: String
  /// The words it can have, at most 64.
  let words: [String]
  private let source: Source

  private enum Source {
    /// Cases, each with the position of its word, then the positions of the words otherwise and when it is unknown.
    case fact(cases: [(when: Expression, word: UInt8)], otherwise: UInt8, unknown: UInt8)
    /// The word is "yes" or "no".
    case flag(Field)
    /// The word is the text.
    case text(Field, TextIndex)
  }

  /// The words of the host's field `contact` (docs/modules.md).
  private static let contacts = ["none", "sent", "bounced", "acknowledged", "answered", "refused", "transferred"]

  init(_ name: String, _ binding: Binding) throws(ModuleFailure) {
    self.name = name
    if let step = binding.keys(below: "/facts").first(where: { Binding.unescaped($0) == name }) {
      (words, source) = try Input.fact(name, "/facts/\(step)", binding)
      return
    }
    switch name {
    case "answered", "duplicates":
      words = ["yes", "no"]
      source = .flag(try binding.hostField(name, .boolean))
    case "contact":
      words = Input.contacts
      source = .text(try binding.hostField(name, .text), TextIndex(words))
    default: throw ModuleFailure("There is no fact \"\(name)\", and the host gives none of that name")
    }
  }

  private static func fact(
    _ name: String, _ pointer: String, _ binding: Binding
  ) throws(ModuleFailure) -> ([String], Source) {
    var words: [String] = []
    func position(_ word: String) throws(ModuleFailure) -> UInt8 {
      if let known = words.firstIndex(of: word) { return UInt8(known) }
      if words.count == 64 { throw ModuleFailure("The fact \"\(name)\" has more than 64 words") }
      words.append(word)
      return UInt8(words.count - 1)
    }
    var cases: [(when: Expression, word: UInt8)] = []
    for key in binding.keys(below: "\(pointer)/cases") {
      cases.append(
        (
          try binding.expression("\(pointer)/cases/\(key)/when"),
          try position(binding.text("\(pointer)/cases/\(key)/is"))
        ))
    }
    let otherwise = try position(binding.text("\(pointer)/otherwise"))
    let unknown = try position(binding.text("\(pointer)/unknown"))
    return (words, .fact(cases: cases, otherwise: otherwise, unknown: unknown))
  }

  /// The position of the word by row of the batch; nil for rows that are not asked for, and where there is none.
  func words(_ batch: Batch, _ rows: Bitmap) throws(ModuleFailure) -> [UInt8?] {
    var words = [UInt8?](repeating: nil, count: batch.count)
    switch source {
    case .fact(let cases, let otherwise, let unknown):
      var open = rows
      for (when, word) in cases where !open.isEmpty {
        let truth = try when.evaluate(batch, open)
        open.intersection(truth.isTrue).forEachRow { words[$0.index] = word }
        // What cannot be told ends the search: a later case would speak for a row that this one may be about.
        open.intersection(truth.isUnknown).forEachRow { words[$0.index] = unknown }
        open = open.subtracting(truth.isTrue).subtracting(truth.isUnknown)
      }
      open.forEachRow { words[$0.index] = otherwise }
    case .flag(let field):
      let flags = batch.booleans(of: field)
      rows.intersection(batch.kinds(of: field), of: .value).forEachRow { words[$0.index] = flags[$0] ? 0 : 1 }
    case .text(let field, let index):
      let texts = batch.texts(of: field)
      rows.intersection(batch.kinds(of: field), of: .value).forEachRow { row in
        words[row.index] = index.position(of: row, in: texts).map { UInt8($0) }
      }
    }
    return words
  }
}
