public import AuditModel
import JSONDocument
import LocalFiles
import Reports

/// An edition of a site that was published before, with those before it.
public struct Edition {
  public let number: Int
  public let round: String
  public let date: CalendarDate
  /// Its public report.
  public let report: Report
  /// Every edition up to this one, oldest first.
  public let history: [Stamp]
  /// All its files: those of earlier editions stand below `editions/`.
  public let files: [SiteFile]

  /// What an edition is known by.
  public struct Stamp: Hashable, Sendable {
    public var number: Int
    public var date: CalendarDate
  }

  static let stampPath = "edition.json"
  static let reportPath = "downloads/round.json"

  /// Reads the folder that `publish` wrote.
  public static func load(_ folder: String) throws(SiteError) -> Edition {
    var files: [SiteFile] = []
    do {
      try read(folder, "", into: &files)
    } catch {
      throw SiteError("\(error.path): \(error.reason).", advice: "Name the folder of the edition before.")
    }
    do {
      guard let stamp = files.first(where: { $0.path == stampPath }),
        let report = files.first(where: { $0.path == reportPath })
      else {
        throw SiteError(
          "\(folder) holds no edition: it has no \(stampPath) and \(reportPath).",
          advice: "Name the folder that publish wrote the edition before to.")
      }
      let root = try JSONDocument.parse(stamp.bytes, name: "\(folder)/\(stampPath)").root
      var history: [Stamp] = []
      for value in try root.requiredArray("editions") {
        history.append(
          Stamp(number: Int(try value.requiredInteger("edition")), date: try value.requiredDate("date")))
      }
      guard let last = history.last else { throw root.error("Expected at least one edition") }
      return Edition(
        number: last.number, round: try root.requiredText("round"), date: last.date,
        report: try JSONReport.read(JSONDocument.parse(report.bytes, name: "\(folder)/\(reportPath)")),
        history: history, files: files)
    } catch let error as SiteError {
      throw error
    } catch {
      throw SiteError("\(error)", advice: "Name the folder that publish wrote the edition before to.")
    }
  }

  private static func read(_ folder: String, _ below: String, into files: inout [SiteFile]) throws(FileError) {
    for name in try LocalFiles.list(folder) {
      let path = "\(folder)/\(name)"
      switch LocalFiles.kind(path) {
      case .folder: try read(path, "\(below)\(name)/", into: &files)
      case .file: files.append(SiteFile(path: below + name, bytes: try LocalFiles.read(path)))
      case .other, .missing: continue
      }
    }
  }

  /// The files as they stand in the next edition: this edition's below `editions/`, with a notice that there is a newer
  /// one.
  func archived(_ messages: Messages) -> [SiteFile] {
    files.map { file in
      if file.path.hasPrefix("editions/") { return file }
      var file = file
      let depth = file.path.count { $0 == "/" }
      if file.path.hasSuffix(".html") {
        let up = String(repeating: "../", count: depth + 2)
        let notice =
          "<p class=\"superseded\">\(HTMLText().escapeText(messages("supersededNotice", ["n": String(number)])))"
          + " <a href=\"\(up)index.html\">\(HTMLText().escapeText(messages("supersededLink")))</a></p>"
        let text = String(decoding: file.bytes, as: UTF8.self)
        file.bytes = Array(text.replacing("<!--superseded-->", with: notice, maxReplacements: 1).utf8)
      }
      file.path = "editions/\(number)/\(file.path)"
      return file
    }
  }

  /// `edition.json` for a history.
  static func stampFile(round: String, history: [Stamp]) -> SiteFile {
    var writer = JSONWriter<Never>(.pretty)
    writer.beginObject()
    writer.member("round", round)
    writer.key("editions")
    writer.beginArray()
    for stamp in history {
      writer.beginObject()
      writer.member("edition", stamp.number)
      writer.member("date", stamp.date.description)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return SiteFile(path: stampPath, bytes: writer.finishedBytes())
  }
}
