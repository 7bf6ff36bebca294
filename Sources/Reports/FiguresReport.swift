public import AuditModel

/// The figures as CSV: a row for every figure, part and claim over each denominator.
public enum FiguresReport {
  static let headings = [
    "row", "pack", "figure", "name", "words", "unit", "over", "counted", "of", "not known", "open", "percent", "low",
    "low percent", "high", "high percent", "verdict", "judged as", "source", "organisations counted",
    "organisations not counted", "organisations not known", "why not known", "note",
  ]

  /// UTF-8 with CRLF line ends. The rows of a claim repeat the numbers of its figure, but not who is behind them.
  public static func render(_ report: Report) -> String {
    let answered = Set(report.organisations.filter { $0.records > 0 }.map(\.code))
    var csv = CSVText()
    csv.row(headings)
    for figure in report.figures {
      let note = note(figure, report)
      for over in FigureDenominator.allCases {
        func row(_ kind: String, _ name: String, _ words: String, _ count: FigureCount, _ rest: [String]) {
          csv.row(
            [kind, figure.pack, figure.name, name, words, figure.unit.rawValue, over.rawValue]
              + numbers(count.share(of: over)) + rest + [note])
        }
        func counted(_ kind: String, _ name: String, _ title: String, _ count: FigureCount) {
          row(kind, name, title, count, ["", "", ""] + organisations(count, over, answered))
        }
        counted("figure", figure.name, figure.title, figure.count)
        for part in figure.parts { counted("part", part.name, part.title, part.count) }
        for judged in figure.claims {
          let claim = judged.claim
          let verdict = judged.verdicts.first { $0.of == over }?.verdict.words ?? ""
          let measured = "\(claim.population) \(claim.predicate): \(claim.measure)"
          row(
            "claim", claim.name, claim.words, figure.count,
            [verdict, measured, claim.source] + Array(repeating: "", count: 4))
        }
      }
    }
    return csv.text
  }

  private static func note(_ figure: FigureResult, _ report: Report) -> String {
    let isReading = report.packs.contains { $0.name == figure.pack && !($0.reading + $0.figuresReading).isEmpty }
    let notes = [
      report.isSynthetic ? "SYNTHETIC" : "", isReading ? "this project's reading" : "",
      figure.failure.map { "no number can be given: \($0)" } ?? "", figure.note,
    ]
    return notes.filter { !$0.isEmpty }.joined(separator: "; ")
  }

  private static func numbers(_ counts: FigureCounts?) -> [String] {
    guard let counts else { return Array(repeating: "", count: 9) }
    // A spreadsheet would take "1/2" for a day.
    func words(_ ratio: Ratio?) -> String { ratio.map { "\($0.numerator) of \($0.denominator)" } ?? "" }
    func percent(_ ratio: Ratio?) -> String { ratio.map(Shares.perCent) ?? "" }
    return [
      String(counts.counted), String(counts.denominator), String(counts.unknown), String(counts.open),
      percent(counts.share), words(counts.low), percent(counts.low), words(counts.high), percent(counts.high),
    ]
  }

  /// Those behind the numbers, and why something is not known of some.
  private static func organisations(
    _ count: FigureCount, _ over: FigureDenominator, _ answered: Set<String>
  ) -> [String] {
    let unknown = count.unknown.compactMap { cause -> (words: String, units: Int, codes: [String])? in
      guard !cause.organisations.isEmpty else {
        // Records of which the answer is not known have not answered.
        return over == .answered && cause.cause != .base ? nil : (cause.words, cause.units, [])
      }
      let codes = cause.organisations.filter { over == .asked || answered.contains($0) }
      return codes.isEmpty ? nil : (cause.words, codes.count, codes)
    }
    return [
      count.counted.joined(separator: " "), count.notCounted.joined(separator: " "),
      unknown.flatMap(\.codes).joined(separator: " "),
      unknown.map { "\($0.words) \($0.units)" }.joined(separator: "; "),
    ]
  }
}
