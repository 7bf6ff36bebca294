import LocalFiles
import TestSupport
import Testing

/// The sample round published as a site, and looked at as its readers, its translators and its attackers do.
@Suite struct SiteTests {
  static let program = SampleRoundTests.program
  private static let sample = "\(TestSupport.repository)/samples/2016-data-collection"
  private static let scripts = "\(TestSupport.repository)/Tests/AcceptanceTests/Site"

  /// Python with Playwright; nil, and said so, where it or a browser is missing.
  private static let browserPython = TestPython.able(
    to: "import playwright, axe_playwright_python, shutil, sys; sys.exit(not shutil.which('chromium'))",
    orSay: "no Chromium with Playwright and axe")

  /// Audits a round and publishes it; the folder then holds `report.json` and `site`.
  private static func publish(_ folder: String, _ options: [String] = []) throws {
    let audit = try TestSupport.run(
      program,
      [
        "check", "--round", "round.json", "--format", "json", "--output", "\(folder)/report.json", "--fail-on", "never",
      ],
      in: sample)
    try #require(audit.exitCode == 0, "\(audit.errors)")
    let site = try TestSupport.run(
      program, ["publish", "report.json", "--output", "site", "--register", "\(sample)/register"] + options, in: folder)
    try #require(site.exitCode == 0, "\(site.errors)")
  }

  private static func script(_ name: String, _ arguments: [String], in folder: String, by python: String = "python3")
    throws
  {
    let run = try TestSupport.run(python, ["\(scripts)/\(name)"] + arguments, in: folder)
    #expect(run.exitCode == 0, "\(run.errors.suffix(1_000))")
    #expect(run.output.contains(where: { !$0.isWhitespace }) == false, "\(run.output.prefix(2_000))")
  }

  @Test func siteIsWholeAndUsableInABrowser() throws {
    guard let python = SiteTests.browserPython else { return }
    try TestSupport.withTemporaryFolder { folder in
      try SiteTests.publish(folder)
      try SiteTests.script("in-a-browser.py", ["site", "--axe"], in: folder, by: python)
      _ = try SchemaTests.validate("report", ["\(folder)/site/downloads/round.json"])
    }
  }

  /// Boards of three countries and no statuses; a survey without organisations.
  @Test(arguments: ["2016-nursing-care", "2016-signs-awareness"])
  func otherRoundsAreUsableInABrowser(_ name: String) throws {
    guard let python = SiteTests.browserPython else { return }
    try TestSupport.withTemporaryFolder { folder in
      let round = "\(TestSupport.repository)/samples/\(name)"
      let audit = try TestSupport.run(
        SiteTests.program,
        [
          "check", "--round", "\(round)/round.json", "--format", "json", "--output", "report.json", "--fail-on",
          "never",
        ], in: folder)
      try #require(audit.exitCode == 0, "\(audit.errors)")
      let register = LocalFiles.kind("\(round)/register") == .folder ? ["--register", "\(round)/register"] : []
      let site = try TestSupport.run(
        SiteTests.program, ["publish", "report.json", "--output", "site"] + register, in: folder)
      try #require(site.exitCode == 0, "\(site.errors)")
      try SiteTests.script("in-a-browser.py", ["site"], in: folder, by: python)
      _ = try SchemaTests.validate("report", ["\(folder)/site/downloads/round.json"])
    }
  }

  @Test func nothingWithheldCanBeWorkedOut() throws {
    try TestSupport.withTemporaryFolder { folder in
      try SiteTests.publish(folder)
      try SiteTests.script("attack.py", ["report.json", "site"], in: folder)
    }
  }

  @Test func noEnglishIsLeftInAnotherLanguage() throws {
    try TestSupport.withTemporaryFolder { folder in
      try SiteTests.publish(folder)
      let english = "\(TestSupport.repository)/rules/site/messages/en.json"
      try SiteTests.script("made-up-locale.py", ["make", english, "report.json", "made-up.json"], in: folder)
      let site = try TestSupport.run(
        SiteTests.program,
        [
          "publish", "report.json", "--output", "other", "--register", "\(SiteTests.sample)/register", "--language",
          "made-up.json",
        ], in: folder)
      try #require(site.exitCode == 0, "\(site.errors)")
      try SiteTests.script(
        "made-up-locale.py",
        [
          "check", "report.json", "\(SiteTests.sample)/register", "\(TestSupport.repository)/rules/site/outline.json",
          "other",
        ],
        in: folder)
      guard let python = SiteTests.browserPython else { return }
      try SiteTests.script("in-a-browser.py", ["other"], in: folder, by: python)
    }
  }

  @Test(.enabled(if: TestSupport.shared != nil, "the shared folder is absent (TRUSTCHECK_SHARED)"))
  func hostileNamesAreTextAndNothingElse() throws {
    try TestSupport.withTemporaryFolder { folder in
      let strings = "\(TestSupport.shared ?? "")/conformance/naughty-strings/blns.json"
      try SiteTests.script("hostile-round.py", [strings, SiteTests.program, folder], in: folder)
      guard let python = SiteTests.browserPython else { return }
      try SiteTests.script("in-a-browser.py", ["site"], in: folder, by: python)
    }
  }

  @Test func sameReportGivesTheSameSite() throws {
    try TestSupport.withTemporaryFolder { folder in
      try SiteTests.publish(folder)
      let again = try TestSupport.run(
        SiteTests.program,
        ["publish", "report.json", "--output", "again", "--register", "\(SiteTests.sample)/register"],
        in: folder)
      try #require(again.exitCode == 0, "\(again.errors)")
      let difference = try TestSupport.run("diff", ["-r", "site", "again"], in: folder)
      #expect(difference.exitCode == 0, "\(difference.output.prefix(500))")
    }
  }
}
