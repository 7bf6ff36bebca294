import AuditModel
import AuditRunner
import LocalFiles
import RulePacks
import TestSupport

/// A round of invented organisations whose answers are put together at random from a seed.
struct GeneratedRound {
  static let installation = Installation(
    rules: "\(TestSupport.repository)/rules", modules: TestSupport.products)
  static let register = "\(TestSupport.repository)/samples/2016-data-collection/register"

  /// Writes the round into a folder.
  ///
  /// - Returns: the path of its `round.json`.
  static func write(seed: UInt64, pack: RulePack, folder: String) throws -> String {
    var source = SplitMix(seed: seed)
    let codes = ["X1A", "X1B", "X1C", "X1D", "X1E", "X1F", "X1G", "X1H"]
    let files = Int.random(in: 1...4, using: &source)
    var submissions: [String] = []
    for file in 0..<files {
      let rows = Int.random(in: 0...60, using: &source)
      var text = pack.fields.filter { _ in Int.random(in: 0..<25, using: &source) > 0 }.map(\.name)
      if !text.contains(where: { $0.contains("organisation") }) { text.append("organisation_code") }
      var csv = text.joined(separator: ",") + "\n"
      for _ in 0..<rows {
        csv +=
          text.map { name in
            cell(pack.fields.first { $0.name == name }, pack: pack, codes: codes, &source)
          }.joined(separator: ",") + "\n"
      }
      try LocalFiles.write(csv, to: "\(folder)/file\(file).csv")
      submissions.append("{\"path\": \"file\(file).csv\"}")
    }
    var asked = "code,name\n"
    for code in codes.prefix(6) { asked += "\(code),Invented \(code)\n" }
    try LocalFiles.write(asked, to: "\(folder)/asked.csv")
    let round = """
      {
        "round": "generated", "title": "SYNTHETIC: generated", "synthetic": true, "rules": ["\(pack.name)"],
        "cutOff": "2016-08-31", "asked": "asked.csv", "excluded": [{"code": "X1G", "why": "Invented"}],
        "submissions": [\(submissions.joined(separator: ", "))]
      }
      """
    try LocalFiles.write(round, to: "\(folder)/round.json")
    return "\(folder)/round.json"
  }

  private static func cell(
    _ field: Field?, pack: RulePack, codes: [String], _ source: inout SplitMix
  ) -> String {
    guard let field else { return "" }
    if pack.fields.firstIndex(where: { $0.name == field.name }) == pack.organisationCode {
      return Int.random(in: 0..<12, using: &source) == 0 ? "ZZZ" : codes.randomElement(using: &source)!
    }
    if pack.fields.firstIndex(where: { $0.name == field.name }) == pack.organisationName { return "" }
    let spellings = field.spellings
    var palette = ["", " ", "x", "\"a, b\"", "0", "7", "12", "2016-02-03", "31/03/2016", "2015-16", "April 2015", "-3"]
    palette += spellings.notKnown + spellings.notApplicable + spellings.suppressed.map(\.text) + spellings.yes
    palette += field.codes.flatMap { [$0.code, $0.label] }
    let text = palette.randomElement(using: &source)!
    return text.hasPrefix("\"") || !text.contains(",") ? text : "\"\(text)\""
  }
}
