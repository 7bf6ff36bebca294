import LocalFiles
import TestSupport
import Testing

/// The sample round, audited by the program as a person would, compared with what must come out.
@Suite struct SampleRoundTests {
  static let sample = "\(TestSupport.repository)/samples/2016-data-collection"
  static let program = "\(TestSupport.products)/trustcheck"
  static let expected = "\(TestSupport.repository)/Tests/AcceptanceTests/Expected"
  static let formats = ["text": "txt", "json": "json", "statuses": "csv", "figures": "figures.csv"]

  private static let standard = Result { try audit([]) }

  /// Every output of the sample round, by file name.
  static func outputs() throws -> [String: [UInt8]] { try standard.get() }

  private static func audit(_ options: [String]) throws -> [String: [UInt8]] {
    try TestSupport.withTemporaryFolder { folder in
      var arguments = [
        "check", "--round", "round.json", "--fail-on", "never", "--findings", "\(folder)/findings.jsonl",
      ]
      for (format, ending) in formats.sorted(by: { $0.key < $1.key }) {
        arguments += ["--format", format, "--output", "\(folder)/2016-data-collection.\(ending)"]
      }
      let run = try TestSupport.run(program, arguments + options, in: sample)
      try #require(run.exitCode == 0, "\(run.errors)")
      #expect(run.output.isEmpty && run.errors.isEmpty)
      var outputs: [String: [UInt8]] = [:]
      for name in try LocalFiles.list(folder) {
        outputs[name] = withoutModuleDigests(try LocalFiles.read("\(folder)/\(name)"))
      }
      return outputs
    }
  }

  /// An output in which the digests of the modules, which every build makes anew, are noughts.
  private static func withoutModuleDigests(_ output: [UInt8]) -> [UInt8] {
    var lines = String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.firstIndex(of: "  \"modules\": ["), let last = lines[first...].firstIndex(of: "  ],") else {
      return output
    }
    for index in first..<last where lines[index].contains("\"sha256\"") {
      lines[index] = "\(lines[index].prefix { $0 != ":" }): \"\(String(repeating: "0", count: 64))\""
    }
    return Array(lines.joined(separator: "\n").utf8)
  }

  @Test func everyTrustHasTheStatusThatTheTruthSays() throws {
    let table = try #require(try SampleRoundTests.outputs()["2016-data-collection.csv"])
    let statuses = SampleRoundTests.rows(String(decoding: table, as: UTF8.self))
    let truth = SampleRoundTests.rows(try LocalFiles.readText("\(SampleRoundTests.sample)/truth.csv"))
    var found: [String: (derived: String, final: String)] = [:]
    for row in statuses.dropFirst() { found[row[0]] = (row[4], row[5]) }
    for row in truth.dropFirst() {
      #expect(found[row[0]]?.final == row[1], "\(row[0]): \(row[3])")
      #expect(found[row[0]]?.derived == row[2], "\(row[0]): \(row[3])")
    }
    #expect(truth.count > 150)
  }

  @Test func sharesAreThoseThatTheSampleWasMadeFor() throws {
    let table = try #require(try SampleRoundTests.outputs()["2016-data-collection.csv"])
    let rows = SampleRoundTests.rows(String(decoding: table, as: UTF8.self)).dropFirst()
    func count(_ status: String) -> Int { rows.count { $0[5] == status } }
    let answered = 140
    #expect((count("not-collecting") * 200 + answered) / (answered * 2) == 19)
    #expect((count("partially-collecting") * 200 + answered) / (answered * 2) == 47)
    #expect((count("collecting") * 200 + answered) / (answered * 2) == 34)
  }

  @Test func figuresSupportTheClaimOverThoseThatAnsweredAlone() throws {
    let table = try #require(try SampleRoundTests.outputs()["2016-data-collection.figures.csv"])
    let rows = SampleRoundTests.rows(String(decoding: table, as: UTF8.self))
    func row(_ name: String, _ over: String) throws -> ArraySlice<String> {
      try #require(rows.first { $0[2] == "do-not-know-how-many" && $0[3] == name && $0[6] == over })[7...]
    }
    for (name, counted) in [("do-not-know-how-many", 92), ("not-collecting", 26), ("partially-collecting", 66)] {
      #expect(try Array(row(name, "asked").prefix(4)) == [String(counted), "158", "19", "0"])
      #expect(try Array(row(name, "answered").prefix(4)) == [String(counted), "140", "1", "0"])
    }
    #expect(try row("two-thirds", "asked")[16] == "depends on the answers still missing")
    #expect(try row("two-thirds", "answered")[16] == "supported")
  }

  @Test func outputsAreTheCommittedOnes() throws {
    let outputs = try SampleRoundTests.outputs()
    if ScenarioTests.rewrites {
      try LocalFiles.makeFolder(SampleRoundTests.expected)
      for (name, bytes) in outputs { try LocalFiles.write(bytes, to: "\(SampleRoundTests.expected)/\(name)") }
    }
    let committed = try LocalFiles.list(SampleRoundTests.expected).filter {
      !OtherSampleTests.names.contains(String($0.prefix { $0 != "." }))
    }
    #expect(committed == outputs.keys.sorted())
    for (name, bytes) in outputs {
      let isSame = try LocalFiles.read("\(SampleRoundTests.expected)/\(name)") == bytes
      #expect(isSame, "\(name) differs; TRUSTCHECK_REWRITE=1 writes it anew")
    }
  }

  @Test func everyOutputSaysThatItIsInvented() throws {
    for (name, bytes) in try SampleRoundTests.outputs() {
      #expect(String(decoding: bytes, as: UTF8.self).lowercased().contains("synthetic"), "\(name)")
    }
  }

  @Test func readmeShowsWhatTheDemoPrints() throws {
    let readme = try LocalFiles.readText("\(TestSupport.repository)/README.md")
    let text = String(decoding: try #require(try SampleRoundTests.outputs()["2016-data-collection.txt"]), as: UTF8.self)
    let starts = ["\nSYNTHETIC", "\nFindings", "\nX1"]
    let blocks = readme.split(separator: "```").filter { block in starts.contains { block.hasPrefix($0) } }
    #expect(blocks.count == starts.count)
    for block in blocks {
      let isShown = text.contains(block.drop { $0 == "\n" })
      #expect(isShown, "README.md shows\n\(block)")
    }
  }

  @Test(arguments: [["--jobs", "1"], ["--jobs", "2"], ["--jobs", "7"]])
  func outputsAreTheSameBytesAtAnyNumberOfThreads(_ options: [String]) throws {
    let outputs = try SampleRoundTests.outputs()
    let others = try SampleRoundTests.audit(options)
    let isSame = others == outputs
    #expect(isSame)
  }

  @Test func noOutputHoldsAPathOfThisMachine() throws {
    for (name, bytes) in try SampleRoundTests.outputs() {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains(TestSupport.repository) && !text.contains("/tmp/"), "\(name)")
    }
  }

  @Test func textFitsATerminalOf80Columns() throws {
    let text = try #require(try SampleRoundTests.outputs()["2016-data-collection.txt"])
    for line in String(decoding: text, as: UTF8.self).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func registerOfTheSampleIsTheOneThatTheImportMakes() throws {
    let source = "\(SampleRoundTests.sample)/register-source"
    try TestSupport.withTemporaryFolder { folder in
      let run = try TestSupport.run(
        SampleRoundTests.program,
        [
          "register", "import", "--tables", source, "--output", "\(folder)/register", "--trusts",
          "synthetic=\(source)/etr.csv", "--trusts-and-sites", "synthetic=\(source)/sites.csv", "--coordinates",
          "synthetic=\(source)/coordinates.csv", "--regions", "synthetic=\(source)/regions.csv",
        ], in: folder)
      #expect(run.exitCode == 0, "\(run.errors)")
      let register = "\(SampleRoundTests.sample)/register"
      #expect(try LocalFiles.list("\(folder)/register") == LocalFiles.list(register))
      for name in try LocalFiles.list(register) {
        let isSame = try LocalFiles.read("\(folder)/register/\(name)") == LocalFiles.read("\(register)/\(name)")
        #expect(isSame, "\(name)")
      }
    }
  }

  @Test func sampleIsTheOneThatItsScriptWrites() throws {
    try TestSupport.withTemporaryFolder { folder in
      let python = try TestSupport.run("python3", ["--version"], in: folder)
      guard python.exitCode == 0 else {
        print("skipped: there is no python3 to write the sample with")
        return
      }
      let copy = try TestSupport.run("cp", ["-r", "\(TestSupport.repository)/samples", folder], in: folder)
      #expect(copy.exitCode == 0)
      let write = try TestSupport.run(
        "python3",
        [
          "\(folder)/samples/make-2016-data-collection.py", "--digests",
          "\(SampleRoundTests.expected)/2016-data-collection.json",
        ], in: folder)
      #expect(write.exitCode == 0, "\(write.errors)")
      let compare = try TestSupport.run(
        "diff", ["-r", "-x", "__pycache__", "\(folder)/samples", "\(TestSupport.repository)/samples"], in: folder)
      #expect(compare.exitCode == 0, "\(compare.output)")
    }
  }

  /// Simple CSV: quoted cells may hold commas and doubled quotes, no line ends.
  private static func rows(_ text: String) -> [[String]] {
    text.split(whereSeparator: \.isNewline).map { line in
      var cells = [""]
      var isQuoted = false
      for character in line {
        if character == "\"" {
          isQuoted.toggle()
        } else if character == "," && !isQuoted {
          cells.append("")
        } else {
          cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
  }
}
