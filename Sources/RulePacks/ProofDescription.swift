import AuditModel
import LocalFiles
import TerminalText

/// The proof of a pack's decision table, for people and for programs.
public struct ProofDescription {
  let pack: RulePack
  let status: StatusTable

  /// Nil when the pack has no decision table.
  public init?(_ pack: RulePack) {
    guard let status = pack.status else { return nil }
    self.pack = pack
    self.status = status
  }

  /// What was proved: the inputs with their words, and how many combinations each row takes.
  ///
  /// - Parameter width: columns to stay within.
  public func text(width: Int) -> [String] {
    let table = status.table
    func wrapped(_ words: String, indent: Int = 0, first: String = "") -> [String] {
      PlainText.lines(words, width: width, indent: indent, first: first)
    }
    let rows = table.rows.count == 1 ? "its only row" : "exactly one of \(table.rows.count) rows"
    var lines = wrapped(
      "\(pack.name)/\(status.rule.file) is proved: \(table.inputs.count) inputs have"
        + " \(table.proof.combinations) combinations of words, and each is taken by \(rows).")
    lines += ["", "Inputs"]
    for input in table.inputs {
      lines += wrapped(
        input.words.joined(separator: " | "), indent: 4,
        first: "  \(input.name)\(input.isHostFact ? " (given by the host)" : ""): ")
    }
    let width = String(table.proof.taken.max() ?? 0).count
    let column = max("takes".count, width)
    lines += ["", " row  \(PlainText.padded("takes", column, right: true))  status"]
    for (index, row) in table.rows.enumerated() {
      let number = PlainText.padded(String(index + 1), 4, right: true)
      let taken = PlainText.padded(String(table.proof.taken[index]), column, right: true)
      let first = "\(number)  \(taken)  "
      lines += wrapped("\(row.status.rawValue): \(row.reason)", indent: first.count, first: first)
    }
    let total = table.proof.taken.reduce(0, +)
    lines.append("      \(PlainText.padded(String(total), column, right: true))  in all")
    return lines
  }

  /// Every combination with the row (1-based) that takes it and its status, as CSV with a heading.
  ///
  /// - Parameter body: gets a line at a time, without its end; its cells are words of facts and need no quotes unless
  ///   one has a comma or a quote in it.
  public func forEachCombination(_ body: (String) -> Void) {
    let table = status.table
    body(CSVLine.text(table.inputs.map(\.name) + ["row", "status"]))
    table.forEachCombination { words, row in
      body(CSVLine.text(words + [String(row), table.rows[row - 1].status.rawValue]))
    }
  }
}
