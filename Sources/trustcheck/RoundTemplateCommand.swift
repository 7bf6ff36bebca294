import ArgumentParser
import AuditModel
import AuditRunner
import LocalFiles
import Reports
import RulePacks
import Workbooks

struct RoundTemplateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "template", abstract: "Writes the sheet for answers that check reads without further ado.",
    discussion: """
      As XLSX with drop-downs, or as CSV, by the ending of --output. With --organisation it is for that one to fill in; \
      without, it is for staff, with a row for each reply.
      """)

  @Option(help: "The round: its round.json.")
  var round: String

  @Option(help: "The file to write, .xlsx or .csv.")
  var output: String

  @Option(help: "The code of the organisation that fills it in.")
  var organisation: String?

  func run() throws {
    let installation = try Installation.find()
    let found = try Round.load(round)
    guard let name = found.packs.first else { return }
    let pack = try Catalogue.packs([name], modules: [], register: nil, installation)[0]
    var sheet = AnswerSheet(round: found, pack: pack)
    if let organisation {
      let code = organisation.uppercased()
      guard let asked = found.asked.first(where: { $0.code == code }) else {
        throw ConfigurationError("--organisation", "\(code) is not asked in this round.")
      }
      sheet.organisation = asked
    }
    if LocalFiles.kind(output) != .missing, LocalFiles.realPath(output) == LocalFiles.realPath(round) {
      throw ConfigurationError("--output", "\"\(output)\" is the round itself.", advice: "Give another name.")
    }
    if output.lowercased().hasSuffix(".csv") {
      Output.write(Array(CSVReport.table(sheet.table).utf8), to: output)
    } else if output.lowercased().hasSuffix(".xlsx") {
      Output.writing { () throws(FileError) in try sheet.writeWorkbook(output) }
    } else {
      throw ConfigurationError("--output", "\"\(output)\" ends in neither .xlsx nor .csv.")
    }
    Terminal.say("created \(output)")
  }
}

/// The sheet in which answers are written down.
struct AnswerSheet {
  let round: Round
  let pack: RulePack
  var organisation: Round.AskedOrganisation?

  init(round: Round, pack: RulePack) {
    self.round = round
    self.pack = pack
  }

  /// Rows for replies: one for an organisation of its own, else as many as were asked and some more.
  private var rows: Int { organisation == nil ? max(50, round.asked.count + 20) : 1 }

  private func prefilled(_ field: Int) -> String {
    guard let organisation else { return "" }
    if field == pack.organisationCode { return organisation.code }
    return field == pack.organisationName ? organisation.name : ""
  }

  /// Headings, and the row that is filled in already.
  var table: [[String]] {
    let headings = [pack.fields.map(\.label)]
    return organisation == nil ? headings : headings + [pack.fields.indices.map(prefilled)]
  }

  func writeWorkbook(_ path: String) throws(FileError) {
    let writer = try WorkbookWriter(path, title: round.title)
    let answers = writer.addSheet(
      "Answers", widths: pack.fields.map { $0.type == .text && $0.codes.isEmpty ? 34 : 18 }, frozenRows: 1)
    for (index, field) in pack.fields.enumerated() {
      writer.write(field.label, answers, row: 1, column: index + 1, style: .heading)
      if !field.summary.isEmpty {
        writer.comment(note(field), answers, row: 1, column: index + 1)
      }
      for row in 2...(rows + 1) {
        writer.write(row == 2 ? prefilled(index) : "", answers, row: row, column: index + 1, style: .entry)
      }
      if !field.codes.isEmpty {
        writer.choices(field.codes.map(\.code), answers, rows: 2...(rows + 1), column: index + 1)
      }
    }
    let question = writer.addSheet("Question", widths: [100])
    var lines = round.isSynthetic ? ["SYNTHETIC: every organisation and every answer is invented."] : []
    lines += [round.title] + round.question
    lines += [
      organisation == nil
        ? "Write one row for each reply on the sheet Answers, in the organisation's own words and numbers. Leave out whoever has not replied."
        : "Please fill in the row on the sheet Answers. Leave a cell empty when you have nothing to say there.",
      "A count that is not held: write \"not held\". A small count that may not be shown: write <5.",
    ]
    for (index, line) in lines.enumerated() {
      writer.write(line, question, row: index + 1, column: 1, style: index == 0 ? .title : .wrapped)
    }
    if organisation == nil, !round.asked.isEmpty, let code = pack.organisationCode {
      let asked = writer.addSheet("Asked", widths: [12, 60], frozenRows: 1)
      writer.write("Code of the round", asked, row: 1, column: 1, style: .heading)
      writer.write("Name in the round", asked, row: 1, column: 2, style: .heading)
      for (index, organisation) in round.asked.enumerated() {
        writer.write(organisation.code, asked, row: index + 2, column: 1)
        writer.write(organisation.name, asked, row: index + 2, column: 2)
      }
      writer.choices(from: "Asked", rows: 2...(round.asked.count + 1), answers, rows: 2...(rows + 1), column: code + 1)
    }
    try writer.finish()
  }

  private func note(_ field: Field) -> String {
    let codes = field.codes.map { $0.label == $0.code ? $0.code : "\($0.code): \($0.label)" }
    return ([field.summary] + codes).joined(separator: "\n")
  }
}
