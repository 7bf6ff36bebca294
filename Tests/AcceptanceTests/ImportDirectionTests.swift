import LocalFiles
import TestSupport
import Testing

/// Dependencies run one way (DESIGN 3); this reads the sources and keeps it so.
@Suite struct ImportDirectionTests {
  /// What each room may import, by room; rooms stand below those that import them.
  static let allowed: [String: Set<String>] = [
    "LocalFiles": [],
    "TerminalText": [],
    "AuditModel": [],
    "JSONDocument": ["CJansson", "AuditModel", "LocalFiles"],
    "Columns": ["AuditModel"],
    "Intake": ["AuditModel", "Columns", "JSONDocument", "LocalFiles", "CZip"],
    "Expressions": ["AuditModel", "Columns", "JSONDocument", "CRE2"],
    "Register": ["AuditModel", "Intake", "JSONDocument", "LocalFiles"],
    "TrustCheckModuleKit": ["CTrustCheckModule"],
    "ModuleHost": ["CTrustCheckModule", "AuditModel", "Columns", "Expressions", "JSONDocument"],
    "RulePacks": ["AuditModel", "Expressions", "JSONDocument", "LocalFiles", "TerminalText"],
    "AuditRunner": [
      "AuditModel", "Columns", "Expressions", "Intake", "JSONDocument", "LocalFiles", "ModuleHost", "Register",
      "RulePacks",
    ],
    "Profiles": ["AuditModel", "Columns", "Intake", "JSONDocument", "TerminalText"],
    "Reports": ["AuditModel", "JSONDocument", "LocalFiles", "TerminalText"],
    "Site": ["AuditModel", "JSONDocument", "LocalFiles", "Register", "Reports", "TerminalText"],
    "Feedback": ["AuditModel", "Intake", "LocalFiles", "Reports", "Workbooks"],
    "trustcheck": [
      "AuditModel", "AuditRunner", "Expressions", "Feedback", "JSONDocument", "LocalFiles", "ModuleHost", "Profiles",
      "Register",
      "Reports", "RulePacks", "Site", "TerminalText", "Workbooks",
    ],
    "Workbooks": ["CXLSXWriter", "LocalFiles", "TerminalText"],
  ]

  /// Modules that are no rooms of this project, with the rooms that may import them.
  static let outside: [String: Set<String>] = [
    "Glibc": ["LocalFiles", "AuditRunner", "trustcheck", "ModuleHost", "Expressions", "Intake", "Register", "Site"],
    "Mustache": ["Site"],
    // Costs milliseconds of start-up, so it stays behind its XML parser and its time zones.
    "Foundation": ["Intake", "Expressions"],
    "FoundationXML": ["Intake"],
    "Crypto": ["AuditRunner"],
    "Synchronization": ["ModuleHost", "Intake"],
    "ArgumentParser": ["trustcheck"],
  ]

  static let rooms = allowed.keys.sorted()

  @Test func everyRoomIsListed() throws {
    let folders = try LocalFiles.list("\(TestSupport.repository)/Sources")
      .filter { name in
        (try? ImportDirectionTests.sources("\(TestSupport.repository)/Sources/\(name)"))?.isEmpty == false
      }
    #expect(folders.sorted() == ImportDirectionTests.rooms)
  }

  @Test(arguments: rooms)
  func roomImportsOnlyWhatStandsBelowIt(_ room: String) throws {
    let folder = "\(TestSupport.repository)/Sources/\(room)"
    let allowed = try #require(ImportDirectionTests.allowed[room])
    for file in try ImportDirectionTests.sources(folder) {
      for name in try ImportDirectionTests.imports("\(folder)/\(file)") {
        let isAllowed = allowed.contains(name) || ImportDirectionTests.outside[name]?.contains(room) == true
        #expect(isAllowed, "Sources/\(room)/\(file) imports \(name)")
      }
    }
  }

  @Test func builtInModulesSeeOnlyTheKitAndTheInterface() throws {
    let plugins = "\(TestSupport.repository)/Plugins"
    for plugin in try LocalFiles.list(plugins) {
      for file in try ImportDirectionTests.sources("\(plugins)/\(plugin)") {
        for name in try ImportDirectionTests.imports("\(plugins)/\(plugin)/\(file)") {
          let isAllowed = ["TrustCheckModuleKit", "CTrustCheckModule"].contains(name)
          #expect(isAllowed, "Plugins/\(plugin)/\(file) imports \(name)")
        }
      }
    }
  }

  /// The Swift files below a folder, by path from it.
  private static func sources(_ folder: String) throws -> [String] {
    var files: [String] = []
    for name in try LocalFiles.list(folder) {
      if LocalFiles.kind("\(folder)/\(name)") == .folder {
        files += try sources("\(folder)/\(name)").map { "\(name)/\($0)" }
      } else if name.hasSuffix(".swift") {
        files.append(name)
      }
    }
    return files
  }

  /// The modules that a source file imports.
  private static func imports(_ path: String) throws -> [String] {
    try LocalFiles.readText(path).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let at = words.firstIndex(of: "import"), at < 3, words.count == at + 2 else { return nil }
      let isImport = words[..<at].allSatisfy { ["public", "internal", "package", "private", "@testable"].contains($0) }
      return isImport ? String(words[at + 1]) : nil
    }
  }
}
