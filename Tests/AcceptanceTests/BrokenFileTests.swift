import LocalFiles
import TestSupport
import Testing

/// What the schemas refuse in an editor and what the program refuses when it loads a file are the same.
@Suite struct BrokenFileTests {
  private static let sound = "\(TestSupport.repository)/Tests/AcceptanceTests/Packs/sound"

  /// The sound pack, its round and a register, in a folder.
  private static func lay(in folder: String) throws {
    for kind in BrokenFile.Kind.allCases where kind != .round {
      let path = "\(folder)/\(kind.path)"
      try LocalFiles.makeFolder(LocalFiles.folder(of: path))
      try LocalFiles.write(LocalFiles.read("\(sound)/\(kind.path.dropFirst("sound/".count))"), to: path)
    }
    try LocalFiles.write(BrokenFile.soundRound, to: "\(folder)/\(BrokenFile.Kind.round.path)")
    try LocalFiles.makeFolder("\(folder)/register")
    for name in try LocalFiles.list("\(SampleRoundTests.sample)/register") {
      let bytes = try LocalFiles.read("\(SampleRoundTests.sample)/register/\(name)")
      try LocalFiles.write(bytes, to: "\(folder)/register/\(name)")
    }
    try LocalFiles.write("Code,Answer,Total,Months\nX1B,yes,3,2015-16\n", to: "\(folder)/answers.csv")
  }

  /// Loads the round and with it the pack.
  private static func load(in folder: String) throws -> TestSupport.Run {
    try TestSupport.run(SampleRoundTests.program, ["check", "--round", "round.json", "--fail-on", "never"], in: folder)
  }

  private static func broken(_ file: BrokenFile) throws -> String {
    let text =
      file.kind == .round
      ? BrokenFile.soundRound : try LocalFiles.readText("\(sound)/\(file.kind.path.dropFirst("sound/".count))")
    let ranges = text.ranges(of: file.old)
    #expect(ranges.count == 1, "\(file.kind), \(file.what): \(file.old) stands there \(ranges.count) times")
    guard let range = ranges.first else { return text }
    return text[..<range.lowerBound] + file.new + text[range.upperBound...]
  }

  @Test func soundFilesLoad() throws {
    try TestSupport.withTemporaryFolder { folder in
      try BrokenFileTests.lay(in: folder)
      let run = try BrokenFileTests.load(in: folder)
      #expect(run.exitCode == 0, "\(run.output)\(run.errors)")
      let test = try TestSupport.run(SampleRoundTests.program, ["rules", "test", "./sound"], in: folder)
      #expect(test.exitCode == 0, "\(test.output)\(test.errors)")
      for kind in BrokenFile.Kind.allCases {
        _ = try SchemaTests.validate(kind.rawValue, ["\(folder)/\(kind.path)"])
      }
    }
  }

  @Test(arguments: BrokenFile.all)
  func theProgramRefusesIt(_ file: BrokenFile) throws {
    try TestSupport.withTemporaryFolder { folder in
      try BrokenFileTests.lay(in: folder)
      try LocalFiles.write(BrokenFileTests.broken(file), to: "\(folder)/\(file.kind.path)")
      let run = try BrokenFileTests.load(in: folder)
      #expect(run.exitCode == 2, "\(file.kind), \(file.what): \(run.output)")
      // The place says which file it is.
      #expect(run.errors.contains("\(file.kind.path):"), "\(file.kind), \(file.what): \(run.errors)")
    }
  }

  @Test(arguments: BrokenFile.Kind.allCases)
  func theSchemaRefusesThem(_ kind: BrokenFile.Kind) throws {
    try TestSupport.withTemporaryFolder { folder in
      let files = BrokenFile.all.filter { $0.kind == kind }
      #expect(files.count >= 9)
      for (index, file) in files.enumerated() {
        try LocalFiles.write(BrokenFileTests.broken(file), to: "\(folder)/\(index).json")
      }
      let paths = files.indices.map { "\(folder)/\($0).json" }
      guard let errors = try SchemaTests.errors(kind.rawValue, paths) else { return }
      for (file, path) in zip(files, paths) {
        #expect(errors.contains { $0.hasPrefix(path + " ") }, "the schema takes \(kind), \(file.what)")
      }
    }
  }
}
