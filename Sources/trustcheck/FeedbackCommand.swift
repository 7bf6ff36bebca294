import ArgumentParser
import AuditModel
import AuditRunner
import Feedback
import LocalFiles

struct FeedbackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feedback", abstract: "Writes a workbook that marks what was found in a submitter's own file.",
    discussion: """
      The workbook repeats the file, CSV or XLSX, cell for cell, with a colour and a comment at each finding, a sheet of \
      what to fix in the order of work, and one of what was not checked and why. Cells of personal fields, and of \
      columns that no rule knows, are left out.
      """)

  @Argument(help: "The report that check wrote with --format json.")
  var report: String

  @Option(help: "The file that was sent, the same one that was checked.")
  var file: String

  @Option(help: "The workbook to write (.xlsx).")
  var output: String

  @Option(help: "Show values of fields that are personal: --reveal personal.")
  var reveal: CheckCommand.Revealed?

  func run() throws {
    let found = try ReportFile.read(report, for: "feedback")
    if found.isPublic {
      throw ConfigurationError(
        "feedback", "The report was made with --public, and names no places in files.",
        advice: "Make it again without --public.")
    }
    if LocalFiles.realPath(file) == LocalFiles.realPath(output) {
      throw ConfigurationError(
        "--output", "\"\(output)\" is the file itself and would be overwritten.", advice: "Give another name.")
    }
    let bytes: [UInt8]
    do {
      bytes = try LocalFiles.read(file)
    } catch {
      Terminal.say("trustcheck: \(error.path): could not be read: \(error.reason).")
      Terminal.exit(.fault)
    }
    let digest = ReportBuilder.digest(ofBytes: bytes)
    let named = found.inputs.filter { LocalFiles.name(of: $0.name) == LocalFiles.name(of: file) }
    guard let input = found.inputs.first(where: { $0.sha256 == digest }) else {
      let about =
        named.isEmpty
        ? "The report knows no such file."
        : "The report is of another version of \(named[0].name): its digest is \(named[0].sha256.prefix(12))…, and that of this file \(digest.prefix(12))…."
      throw ConfigurationError(
        "feedback", "\(file) is not what was checked. \(about)", advice: "Check the file again, and use that report.")
    }
    do {
      try FeedbackWorkbook(found, input: input, revealsPersonal: reveal == .personal).write(file: file, to: output)
    } catch .input(let error) {
      Terminal.say("trustcheck: \(error)")
      Terminal.exit(.fault)
    } catch .output(let error) {
      Output.fail(error)
    }
  }
}
