import AuditModel
import Intake
import RulePacks

/// What was read from every input, over all packs that read it.
struct InputBook {
  private let results: [PackRun.Result]

  init(_ results: [PackRun.Result]) {
    self.results = results
  }

  var summaries: [InputSummary] {
    guard let first = results.first else { return [] }
    return first.records.inputs.indices.map { index in
      var summary = summary(first, index)
      for other in results.dropFirst() { add(other, index, to: &summary) }
      return summary
    }
  }

  /// A file that one pack could read and another not is no problem of the file.
  var problems: [Problem] {
    guard let first = results.first else { return [] }
    return first.records.inputs.indices.compactMap { index in
      let problems = results.map { $0.records.inputs[index].problem }
      return problems.contains { $0 == nil } ? nil : problems[0]
    }
  }

  /// Rows with more cells than the header, by input.
  var raggedRows: [(input: String, places: [Finding.Place], count: Int)] {
    guard let first = results.first else { return [] }
    return first.records.inputs.compactMap { input in
      guard let file = input.file, let ragged = file.forgiven.first(where: { $0.kind == .longRow }) else { return nil }
      let places = ragged.rows.map { Finding.Place(input: input.source.name, sheet: file.sheet, row: $0) }
      return (input.source.name, places, ragged.count)
    }
  }

  /// What people call the fields, by name.
  var labels: [String: String] {
    Dictionary(results.flatMap { $0.pack.fields.map { ($0.name, $0.label) } }) { first, _ in first }
  }

  private func summary(_ result: PackRun.Result, _ index: Int) -> InputSummary {
    let input = result.records.inputs[index]
    guard let file = input.file else { return InputSummary(name: input.source.name) }
    let fields = result.pack.fields
    return InputSummary(
      name: input.source.name, sha256: input.sha256, format: file.format.rawValue, encoding: file.encoding,
      delimiter: file.delimiter, sheet: file.sheet, headerRow: file.headerRow, records: input.records,
      columns: file.columns.map { column in
        InputSummary.Column(
          position: column.position, heading: column.heading, field: column.field.map { fields[$0].name },
          matchedBy: column.matchedBy?.rawValue, isRepeated: column.isRepeated)
      },
      missing: file.missingFields.map { fields[$0].name },
      tolerances: file.forgiven.map { forgiven in
        InputSummary.Tolerance(
          kind: forgiven.kind.rawValue, words: forgiven.kind.words, count: forgiven.count,
          places: forgiven.rows.map { "row \($0)" })
      })
  }

  /// Adds what a further pack mapped and missed.
  private func add(_ result: PackRun.Result, _ index: Int, to summary: inout InputSummary) {
    let other = self.summary(result, index)
    if summary.format.isEmpty { summary = other }
    for column in other.columns where column.field != nil {
      let index = summary.columns.firstIndex { $0.position == column.position }
      if let index, summary.columns[index].field == nil { summary.columns[index] = column }
    }
    for name in other.missing where !summary.missing.contains(name) { summary.missing.append(name) }
  }
}
