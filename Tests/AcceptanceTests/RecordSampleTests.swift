import JSONDocument
import LocalFiles
import TestSupport
import Testing

/// The sample of COSD records comes to the findings that were put into it, as XML and as CSV, and shows nobody's number.
@Suite struct RecordSampleTests {
  private static let folder = "\(TestSupport.repository)/samples/cosd-breast"

  private func check(_ arguments: [String]) throws -> JSONValue {
    try TestSupport.withTemporaryFolder { folder in
      let run = try TestSupport.run(
        SampleRoundTests.program,
        ["check"] + arguments + ["--format", "json", "--output", "\(folder)/report.json", "--fail-on", "never"],
        in: RecordSampleTests.folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      return try JSONDocument.read(path: "\(folder)/report.json").root
    }
  }

  private func findings(_ report: JSONValue) -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for rule in report["rules"]?.elements ?? [] {
      if let count = rule["findings"]?.integer, count > 0 { counts[rule["id"]?.string ?? ""] = count }
    }
    return counts
  }

  @Test func findsWhatWasPutIn() throws {
    var expected: [String: Int64] = [:]
    let truth = try LocalFiles.readText("\(RecordSampleTests.folder)/truth.csv")
    for line in truth.split(whereSeparator: \.isNewline).dropFirst() {
      let cells = line.split(separator: ",")
      expected[String(cells[0])] = Int64(cells[1])
    }
    #expect(expected.count >= 25)
    #expect(findings(try check(["--round", "round.json"])) == expected)
  }

  @Test func xmlAndExtractComeToTheSame() throws {
    let xml = try LocalFiles.list("\(RecordSampleTests.folder)/sent").first { $0.contains("X1A") } ?? ""
    let rules = ["--rules", "cosd-breast", "--register", "../2016-data-collection/register", "--as-of", "2016-08-31"]
    let sent = try check(["sent/\(xml)"] + rules)
    let extract = try check(["same/X1A.csv"] + rules)
    #expect(sent["inputs"]?[0]?["format"]?.string == "XML" && extract["inputs"]?[0]?["format"]?.string == "CSV")
    #expect(sent["inputs"]?[0]?["records"]?.integer == extract["inputs"]?[0]?["records"]?.integer)
    #expect(findings(sent) == findings(extract))
    let place = sent["findings"]?.elements.first { $0["rule"]?.string == "cosd-breast/local-with-distant-site" }?[
      "place"]
    #expect(place?["pointer"]?.string?.hasPrefix("/COSD/COSDRecord[") == true)
    #expect(place?["line"]?.integer != nil)
  }

  @Test func showsNoNumberNameOrBirthDate() throws {
    let round = try TestSupport.run(
      SampleRoundTests.program, ["check", "--round", "round.json", "--format", "json", "--limit", "500"],
      in: RecordSampleTests.folder)
    let counts = try TestSupport.run(
      SampleRoundTests.program, ["count", "--round", "round.json", "--against", "answers.csv"],
      in: RecordSampleTests.folder)
    #expect(counts.exitCode == 1)
    let name = try LocalFiles.list("\(RecordSampleTests.folder)/sent").first { $0.contains("X1A") } ?? ""
    let profile = try TestSupport.run(
      SampleRoundTests.program, ["profile", "sent/\(name)", "--rules", "cosd-breast", "--format", "json"],
      in: RecordSampleTests.folder)
    #expect(profile.exitCode == 0 && profile.output.contains("9999999999"))
    let extract = try LocalFiles.readText("\(RecordSampleTests.folder)/same/X1A.csv")
    let lines = extract.split(whereSeparator: \.isNewline)
    let headings = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let personal = ["NhsNumber", "LOCAL PATIENT IDENTIFIER (EXTENDED)", "PERSON BIRTH DATE", "PERSON FAMILY NAME"]
    for heading in personal { #expect(headings.contains(heading)) }
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      for heading in personal {
        guard let column = headings.firstIndex(of: heading), !cells[column].isEmpty else { continue }
        for output in [round.output, counts.output, profile.output] {
          #expect(!output.contains(cells[column]), "\(heading) \(cells[column])")
        }
      }
    }
  }

  @Test func scriptWritesTheSameBytesAgain() throws {
    try TestSupport.withTemporaryFolder { folder in
      for name in ["samples/make-cosd-breast.py", "rules/cosd-breast/pack.json"] {
        try LocalFiles.makeFolder(LocalFiles.folder(of: "\(folder)/\(name)"))
        try LocalFiles.write(try LocalFiles.read("\(TestSupport.repository)/\(name)"), to: "\(folder)/\(name)")
      }
      try LocalFiles.makeFolder("\(folder)/samples/making")
      for name in try LocalFiles.list("\(TestSupport.repository)/samples/making") where name.hasSuffix(".py") {
        try LocalFiles.write(
          try LocalFiles.read("\(TestSupport.repository)/samples/making/\(name)"),
          to: "\(folder)/samples/making/\(name)")
      }
      let run = try TestSupport.run("python3", ["samples/make-cosd-breast.py"], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      for part in ["", "sent/", "same/"] {
        for name in try LocalFiles.list("\(RecordSampleTests.folder)/\(part)") where name.contains(".") {
          let written = try LocalFiles.read("\(folder)/samples/cosd-breast/\(part)\(name)")
          #expect(written == (try LocalFiles.read("\(RecordSampleTests.folder)/\(part)\(name)")), "\(part)\(name)")
        }
      }
    }
  }
}
