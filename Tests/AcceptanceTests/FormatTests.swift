import LocalFiles
import TestSupport
import Testing

/// Every form of a report, read by programs that others wrote.
@Suite struct FormatTests {
  /// Python with the readers; nil, and said so, where they are missing.
  static let python = TestPython.able(
    to: "import agate, geojson, xmlschema, jsonschema, openpyxl",
    orSay: "no Python with agate, geojson, xmlschema, jsonschema and openpyxl")

  @Test(arguments: ["2016-data-collection", "2016-nursing-care", "2016-signs-awareness", "cosd-breast"])
  func everyFormSaysTheSame(_ sample: String) throws {
    guard let python = FormatTests.python else { return }
    let shared = TestSupport.shared.map { ["\($0)/conformance/sarif/sarif-schema-2.1.0.json"] } ?? []
    if shared.isEmpty { print("skipped in part: no SARIF schema (TRUSTCHECK_SHARED)") }
    try TestSupport.withTemporaryFolder { folder in
      var arguments = ["check", "--round", "round.json", "--fail-on", "error"]
      for (format, file) in [
        ("json", "report.json"), ("sarif", "report.sarif"), ("junit", "report.xml"), ("geojson", "report.geojson"),
        ("markdown", "report.md"), ("github", "report.github"), ("statuses", "statuses.csv"),
        ("findings-csv", "findings.csv"), ("figures", "figures.csv"),
      ] {
        arguments += ["--format", format, "--output", "\(folder)/\(file)"]
      }
      let run = try TestSupport.run(
        SampleRoundTests.program, arguments, in: "\(TestSupport.repository)/samples/\(sample)")
      #expect(run.exitCode < 2, "\(run.errors)")
      let script = "\(TestSupport.repository)/Tests/AcceptanceTests"
      let check = try TestSupport.run(
        python, ["\(script)/formats.py", folder, "\(script)/junit.xsd"] + shared, in: folder)
      #expect(check.exitCode == 0, "\(check.output.prefix(2_000)) \(check.errors.suffix(1_000))")
    }
  }
}
