import ArgumentParser
import AuditModel
import AuditRunner
import JSONDocument
import LocalFiles
import Site

/// What publish and letters read beside the report.
enum SiteFiles {
  /// - Parameter language: the name of a shipped catalogue, or the file of one.
  static func messages(_ language: String, _ installation: Installation) throws -> Messages {
    let folder = "\(installation.rules)/site/messages"
    return try reading("--language") { () throws(JSONError) in
      let english = try Messages.load("\(folder)/en.json")
      if language == "en" { return english }
      let shipped = "\(folder)/\(language).json"
      return try Messages.load(LocalFiles.kind(shipped) == .file ? shipped : language, complete: english)
    }
  }

  static func theme(_ installation: Installation) throws -> Theme {
    let folder = "\(installation.rules)/site"
    var theme = Theme(templates: [:], files: [:])
    do {
      for name in try LocalFiles.list("\(folder)/templates") where name.hasSuffix(".mustache") {
        theme.templates[String(name.dropLast(".mustache".count))] = try LocalFiles.readText(
          "\(folder)/templates/\(name)")
      }
      for name in ["style.css", "page.js"] { theme.files[name] = try LocalFiles.read("\(folder)/\(name)") }
    } catch {
      throw ConfigurationError(error.path, "\(error.reason).")
    }
    return theme
  }

  /// A day given as an option.
  static func day(_ text: String?, _ option: String) throws -> CalendarDate? {
    guard let text else { return nil }
    guard let day = CalendarDate(iso: text) else {
      throw ConfigurationError(option, "\"\(text)\" is no date; expected CCYY-MM-DD.")
    }
    return day
  }

  static func making<Result>(_ command: String, _ body: () throws(SiteError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw ConfigurationError(command, Problem.sentence(error.message), advice: error.advice)
    }
  }

  static func reading<Result>(_ subject: String, _ body: () throws(JSONError) -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      throw ConfigurationError(subject, Problem.sentence("\(error)"))
    }
  }
}
