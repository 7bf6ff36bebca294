import AuditModel
import Intake
import RulePacks

/// What was read from every input, over all packs that read it.
struct InputBook {
  private let results: [PackRun.Result]
  private let revealsPersonal: Bool

  init(_ results: [PackRun.Result], revealsPersonal: Bool) {
    self.results = results
    self.revealsPersonal = revealsPersonal
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
      let places = ragged.places.map { Finding.Place(input: input.source.name, $0) }
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
    var summary = InputSummary(
      name: input.source.name, sha256: input.sha256, format: file.format.rawValue, encoding: file.encoding,
      delimiter: file.delimiter, records: input.records,
      decisions: file.decisions.map {
        InputSummary.Decision(subject: $0.subject.rawValue, value: $0.value, why: $0.why)
      })
    let severalSheets = Set(file.tables.map(\.sheet)).count > 1
    summary.tables = file.tables.map { table($0, fields) }
    summary.tolerances = file.forgiven.map { forgiven in
      InputSummary.Tolerance(
        kind: forgiven.kind.rawValue, words: forgiven.kind.words, count: forgiven.count,
        places: forgiven.places.compactMap { InputBook.words($0, namesSheet: severalSheets) })
    }
    summary.differences = input.differences.map { difference in
      let isHidden = fields[difference.field].privacy == .personal && !revealsPersonal
      return InputSummary.Difference(
        field: fields[difference.field].name, place: Finding.Place(input: input.source.name, difference.place),
        given: isHidden ? EvidenceValue.hidden.words : difference.given,
        sum: isHidden ? EvidenceValue.hidden.words : InputBook.words(difference), isOfRow: difference.isOfRow)
    }
    summary.ambiguities = file.ambiguousDates.map { dates in
      let isHidden = fields[dates.field].privacy == .personal && !revealsPersonal
      return InputSummary.Ambiguity(
        field: fields[dates.field].name, count: dates.count,
        place: Finding.Place(input: input.source.name, dates.place), given: isHidden ? nil : dates.text,
        readings: isHidden ? [] : dates.readings)
    }
    return summary
  }

  private func table(_ table: SourceTable, _ fields: [Field]) -> InputSummary.Table {
    InputSummary.Table(
      sheet: table.sheet, headerRow: table.headerRow,
      columns: table.usedColumns.map { column in
        InputSummary.Column(
          position: column.position, heading: column.heading, field: column.field.map { fields[$0].name },
          matchedBy: column.matchedBy?.rawValue, isRepeated: column.isRepeated)
      },
      missing: table.missingFields.map { fields[$0].name })
  }

  private static func words(_ place: SourcePlace, namesSheet: Bool) -> String? {
    guard let row = place.row else { return place.line.map { "line \($0)" } }
    return (namesSheet ? place.sheet.map { "\($0) " } ?? "" : "") + "row \(row)"
  }

  private static func words(_ difference: TotalDifference) -> String {
    let low = EvidenceValue.number(difference.low).words
    if difference.low == difference.high { return low }
    if difference.high == .infinity { return "\(low) or more" }
    return "\(low) to \(EvidenceValue.number(difference.high).words)"
  }

  /// Adds what a further pack mapped and missed.
  private func add(_ result: PackRun.Result, _ index: Int, to summary: inout InputSummary) {
    let other = self.summary(result, index)
    if summary.format.isEmpty { summary = other }
    for (index, table) in other.tables.enumerated() {
      guard index < summary.tables.count, summary.tables[index].headerRow == table.headerRow else { continue }
      for column in table.columns where column.field != nil {
        let place = summary.tables[index].columns.firstIndex { $0.position == column.position }
        if let place, summary.tables[index].columns[place].field == nil {
          summary.tables[index].columns[place] = column
        }
      }
      for name in table.missing where !summary.tables[index].missing.contains(name) {
        summary.tables[index].missing.append(name)
      }
    }
  }
}
