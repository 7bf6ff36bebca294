import AuditModel
import LocalFiles
import TestSupport
import Testing

@testable import RulePacks

/// The guide for authors of rules is true.
@Suite("The guide to rule packs")
struct GuideTests {
  private let lines: [Substring]

  init() throws {
    lines = try LocalFiles.readText("\(TestSupport.repository)/docs/rule-packs.md").split(
      separator: "\n", omittingEmptySubsequences: false)
  }

  /// The files that the guide gives in full, by path.
  private var files: [(path: String, text: String)] {
    lines.indices.compactMap { index in
      guard lines[index].hasPrefix("<!-- file: "), lines[index].hasSuffix(" -->") else { return nil }
      let block = lines[(index + 2)...].prefix { $0 != "```" }
      return (String(lines[index].dropFirst(11).dropLast(4)), block.joined(separator: "\n"))
    }
  }

  @Test func thePackOfTenMinutesLoads() throws {
    try TestSupport.withTemporaryFolder { folder in
      for file in files {
        try LocalFiles.makeFolder(LocalFiles.folder(of: "\(folder)/\(file.path)"))
        try LocalFiles.write(file.text, to: "\(folder)/\(file.path)")
      }
      let pack = try RulePack.load("\(folder)/clinic-nurses", kinds: BuiltInModules.kinds)
      #expect(pack.rules.map(\.id) == ["clinic-nurses/count-missing", "clinic-nurses/part-above-whole"])
    }
  }

  @Test func theTableOfCheckKindsIsComplete() throws {
    let words = { (cell: Substring) in
      cell.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }
    var told: [String: (parameters: [String], evidence: [String])] = [:]
    for line in lines where line.hasPrefix("| `") {
      let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 5, let name = words(cells[0]).first, name.contains(".") else { continue }
      let evidence = cells[3].split { ", ".contains($0) }.map(String.init)
      told[name] = (words(cells[2]), evidence)
    }
    #expect(told.keys.sorted() == BuiltInModules.kinds.map(\.name))
    for kind in BuiltInModules.kinds {
      let row = try #require(told[kind.name])
      #expect(row.evidence == kind.evidence.filter { !$0.contains("/") }, "\(kind.name)")
      guard !kind.classifies, case .object(let members) = kind.parameters else { continue }
      let names = members.map { $0.isRequired ? $0.name : $0.name + "?" }
      #expect(Set(names).isSubset(of: row.parameters), "\(kind.name)")
    }
  }

  @Test func theHostsFieldsAreNamed() {
    let text = lines.joined(separator: " ")
    for field in OrganisationFields.all { #expect(text.contains("`\(field.name)`"), "\(field.name)") }
  }
}
