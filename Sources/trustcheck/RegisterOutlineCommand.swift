import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Site

struct RegisterOutlineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "outline", abstract: "Makes the outline of the map from files of regions.",
    discussion: """
      The files are GeoJSON of the European electoral regions of Great Britain (properties EER13CD and EER13NM). A \
      region that stands in several is taken from the first.
      """)

  @Argument(help: "GeoJSON files, the finest first.")
  var files: [String]

  @Option(help: "Where the outline comes from, in one sentence.")
  var source: String

  @Option(help: "What a map drawn from it must say.")
  var attribution: String

  @Option(help: "The file to write.")
  var output: String

  func run() throws {
    var outline = Outline(source: source, attribution: attribution, shapes: [])
    do {
      for file in files { try outline.add(JSONDocument.read(path: file)) }
    } catch {
      throw ConfigurationError("register outline", Problem.sentence("\(error)"))
    }
    do {
      try LocalFiles.write(outline.json(), to: output)
    } catch {
      throw ConfigurationError(error.path, "\(error.reason).")
    }
    Terminal.say("\(output): \(outline.shapes.map(\.name).joined(separator: ", ")).")
  }
}
