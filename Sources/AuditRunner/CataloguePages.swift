import AuditModel
import LocalFiles
import RulePacks

/// The catalogue in Markdown: a page for each rule pack and, where all packs are asked for, one for the host's own rules
/// and one that leads to the others.
public struct CataloguePages {
  private let pages: [Page]
  /// True when the pages are all that there should be in their folder.
  private let areAll: Bool

  struct Page {
    /// The file's name.
    let name: String
    let text: String
  }

  /// In what a folder differs from the pages.
  public struct Difference: Hashable, Sendable {
    /// The file's name.
    public let page: String
    public let kind: Kind

    public enum Kind: String, Sendable {
      case missing
      case stale
      /// It was made from a pack that is not there any more.
      case leftOver = "left over"
    }
  }

  /// - Parameters:
  ///   - names: names or folders of packs; all shipped ones when empty.
  ///   - modules: paths of modules beside the shipped ones.
  ///   - register: path of the register; the shipped one when nil.
  public init(
    _ names: [String], modules: [String], register: String?, _ installation: Installation
  ) throws(ConfigurationError) {
    let packs = try Catalogue.packs(names, modules: modules, register: register, installation)
    areAll = names.isEmpty
    var pages = packs.map { Page(name: "\($0.name).md", text: PackPage.render($0)) }
    if areAll {
      pages.append(Page(name: "\(IntakeRules.packName).md", text: IntakePage.render()))
      pages.append(Page(name: "README.md", text: CataloguePages.index(packs)))
    }
    self.pages = pages
  }

  /// In what a folder differs from the pages, in the order of the files' names; only pages that were made by this
  /// program can be left over.
  public func differences(in folder: String) -> [Difference] {
    var result: [Difference] = []
    for page in pages {
      guard let text = try? LocalFiles.readText("\(folder)/\(page.name)") else {
        result.append(Difference(page: page.name, kind: .missing))
        continue
      }
      if text != page.text { result.append(Difference(page: page.name, kind: .stale)) }
    }
    result += leftOver(in: folder).map { Difference(page: $0, kind: .leftOver) }
    return result.sorted { $0.page < $1.page }
  }

  /// Writes the pages that differ and removes those that are left over. Throws before anything is written when a file
  /// that a person wrote is in the way.
  ///
  /// - Returns: what differed before.
  public func write(to folder: String) throws(ConfigurationError) -> [Difference] {
    let differences = differences(in: folder)
    for difference in differences where difference.kind == .stale && !isPage("\(folder)/\(difference.page)") {
      throw ConfigurationError(
        "\(folder)/\(difference.page)", "This file is no page of the catalogue and would be overwritten.",
        advice: "Give another folder.")
    }
    do throws(FileError) {
      try LocalFiles.makeFolder(folder)
      for difference in differences {
        if difference.kind == .leftOver {
          try LocalFiles.remove("\(folder)/\(difference.page)")
        } else if let page = pages.first(where: { $0.name == difference.page }) {
          try LocalFiles.write(page.text, to: "\(folder)/\(page.name)")
        }
      }
    } catch {
      throw ConfigurationError(error.path, error.reason + ".")
    }
    return differences
  }

  private func leftOver(in folder: String) -> [String] {
    guard areAll else { return [] }
    return ((try? LocalFiles.list(folder)) ?? []).filter { name in
      name.hasSuffix(".md") && !pages.contains { $0.name == name } && isPage("\(folder)/\(name)")
    }
  }

  /// True for a file that this program made.
  private func isPage(_ path: String) -> Bool {
    (try? LocalFiles.readText(path))?.hasPrefix(Markdown.mark) == true
  }

  private static func index(_ packs: [RulePack]) -> String {
    var page = Markdown()
    page.begin()
    page.heading(1, "The rules")
    page.paragraph(
      "What a submission is held to, a page for each rule pack: its fields, every rule with why it matters, what to do "
        + "and examples, and the table that gives a status.")
    var rows: [[Markdown.Inline]] = packs.map { pack in
      [
        .link(pack.title, to: "\(pack.name).md"), .code(pack.name), Markdown.Inline(pack.purpose),
        Markdown.Inline("\(pack.allRules.count)"),
      ]
    }
    rows.append([
      .link(IntakePage.title, to: "\(IntakeRules.packName).md"), .code(IntakeRules.packName),
      Markdown.Inline(IntakePage.purpose), Markdown.Inline("\(IntakeRules.all.count)"),
    ])
    page.table(["Title", "Pack", "Purpose", "Rules"], rows, right: [3])
    page.paragraph(
      "In a terminal, " + .code("trustcheck rules explain ID") + " says the same of one rule. For programs there is "
        + .code("trustcheck rules list --format json") + ".")
    return page.text
  }
}

/// The page about the host's own rules.
enum IntakePage {
  static let title = "What the program itself finds"
  static let purpose = "Judges files, names and the round's papers."

  static func render() -> String {
    var page = Markdown()
    page.begin()
    page.heading(1, Markdown.Inline(title))
    page.paragraph(
      "These rules are about files, names and the round's papers. The program judges them by itself, whatever the rule "
        + "pack.")
    page.table(
      ["Rule", "Severity", "What holds"],
      IntakeRules.all.map { rule in
        let name = String(rule.id.dropFirst(IntakeRules.packName.count + 1))
        return [
          .link(name, to: "#" + Markdown.anchor(rule.id)), Markdown.Inline(level(rule)), Markdown.Inline(rule.summary),
        ]
      })
    for rule in IntakeRules.all {
      page.heading(2, Markdown.Inline(rule.id))
      page.paragraph(.strong(rule.summary))
      page.list([Markdown.Inline("Severity: \(level(rule))"), Markdown.Inline("Dimension: \(rule.dimension.rawValue)")])
      page.paragraph(.strong("Why:") + Markdown.Inline(" " + rule.why))
      page.advice(rule.fix)
    }
    return page.text
  }

  private static func level(_ rule: IntakeRules.Rule) -> String {
    rule.isMandatory ? "\(rule.severity.rawValue), mandatory" : rule.severity.rawValue
  }
}
