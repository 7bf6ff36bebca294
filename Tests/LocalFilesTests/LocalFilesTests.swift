import Glibc
import LocalFiles
import TestSupport
import Testing

@Suite("Reading files")
struct FileReadingTests {
  @Test(arguments: [0, 1, 4095, 4096, 4097, 65_535, 65_536, 300_000])
  func filesOfEverySizeAreReadWhole(size: Int) throws {
    try TestSupport.withTemporaryFolder { folder in
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try LocalFiles.write(bytes, to: "\(folder)/a")
      #expect(try LocalFiles.read("\(folder)/a") == bytes)
      #expect(try LocalFiles.read("\(folder)/a", limit: size) == bytes)
      if size > 0 {
        let error = #expect(throws: FileError.self) { try LocalFiles.read("\(folder)/a", limit: size - 1) }
        #expect(error?.description == "\(folder)/a: It is larger than \(size - 1) bytes")
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func pipesAreWrittenAndReadToTheirEnd() throws {
    var ends: [Int32] = [0, 0]
    #expect(unsafe pipe(&ends) == 0)
    #expect(LocalFiles.kind("/proc/self/fd/\(ends[1])") == .other)
    try LocalFiles.write("over the pipe", to: "/proc/self/fd/\(ends[1])")
    close(ends[1])
    #expect(try LocalFiles.readText("/proc/self/fd/\(ends[0])") == "over the pipe")
    close(ends[0])
  }

  @Test func filesOfUnknownSizeAreRead() throws {
    let status = try LocalFiles.readText("/proc/self/status")
    #expect(status.hasPrefix("Name:"))
    #expect(throws: FileError.self) { try LocalFiles.read("/dev/zero", limit: 100_000) }
  }

  @Test func whatCannotBeReadIsSaid() throws {
    try TestSupport.withTemporaryFolder { folder in
      let missing = #expect(throws: FileError.self) { try LocalFiles.read("\(folder)/none") }
      #expect(missing == FileError(path: "\(folder)/none", reason: "No such file or directory"))
      let isFolder = #expect(throws: FileError.self) { try LocalFiles.read(folder) }
      #expect(isFolder?.reason == "It is a folder, not a file")
      try LocalFiles.write([0x61, 0xE9], to: "\(folder)/latin1")
      let notText = #expect(throws: FileError.self) { try LocalFiles.readText("\(folder)/latin1") }
      #expect(notText?.reason == "It is not UTF-8 text")
    }
  }

  @Test func kindsAreToldApart() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write("x", to: "\(folder)/a")
      #expect(LocalFiles.kind(folder) == .folder && LocalFiles.kind("\(folder)/a") == .file)
      #expect(LocalFiles.kind("\(folder)/b") == .missing && LocalFiles.kind("/dev/null") == .other)
    }
  }
}

@Suite("Writing files")
struct FileWritingTests {
  @Test func fileAppearsWholeAtCommitAndNothingElseStays() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/report.json"
      try LocalFiles.write("old", to: path)
      var file = try WholeFile(path)
      for _ in 0..<100_000 { try file.write(Array("line\n".utf8)) }
      #expect(try LocalFiles.readText(path) == "old")
      try file.commit()
      #expect(try LocalFiles.read(path).count == 500_000)
      #expect(try LocalFiles.list(folder) == ["report.json"])
    }
  }

  @Test func withoutCommitTheOldFileStaysAndThePartGoes() throws {
    struct Interruption: Error {}
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/report.json"
      try LocalFiles.write("old", to: path)
      func interrupted() throws {
        var file = try WholeFile(path)
        try file.write([UInt8](repeating: 0x61, count: 200_000))
        throw Interruption()
      }
      #expect(throws: Interruption.self) { try interrupted() }
      #expect(try LocalFiles.readText(path) == "old")
      #expect(try LocalFiles.list(folder) == ["report.json"])
    }
  }

  @Test func writeThatFailsLeavesTheOldFile() throws {
    try TestSupport.withTemporaryFolder { folder in
      let error = #expect(throws: FileError.self) { try LocalFiles.write("x", to: "\(folder)/none/a") }
      #expect(error?.reason == "No such file or directory")
      try LocalFiles.makeFolder("\(folder)/taken")
      let isFolder = #expect(throws: FileError.self) { try LocalFiles.write("x", to: "\(folder)/taken") }
      #expect(isFolder?.reason == "It is a folder, not a file")
      // A full device: the failure shows, and nothing is left beside it.
      let full = #expect(throws: FileError.self) { try LocalFiles.write("x", to: "/dev/full") }
      #expect(full?.reason == "No space left on device")
      #expect(try LocalFiles.list(folder) == ["taken"])
    }
  }

  @Test func devicesAreWrittenDirectly() throws {
    try LocalFiles.write("gone", to: "/dev/null")
    #expect(LocalFiles.kind("/dev/null") == .other)
  }
}

@Suite("Folders and paths")
struct PathTests {
  @Test func foldersAreMadeWithThoseAbove() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.makeFolder("\(folder)/a/b/c")
      try LocalFiles.makeFolder("\(folder)/a/b/c")
      try LocalFiles.makeFolder("\(folder)/a/d/")
      #expect(LocalFiles.kind("\(folder)/a/b/c") == .folder && LocalFiles.kind("\(folder)/a/d") == .folder)
      try LocalFiles.write("x", to: "\(folder)/file")
      let error = #expect(throws: FileError.self) { try LocalFiles.makeFolder("\(folder)/file/under") }
      #expect(error?.reason == "Not a directory" || error?.reason == "File exists")
    }
  }

  @Test func namesAreListedInByteOrder() throws {
    try TestSupport.withTemporaryFolder { folder in
      for name in ["b", "a", "Z", "é", "a10", "a2", ".hidden"] { try LocalFiles.write("", to: "\(folder)/\(name)") }
      #expect(try LocalFiles.list(folder) == [".hidden", "Z", "a", "a10", "a2", "b", "é"])
      let error = #expect(throws: FileError.self) { try LocalFiles.list("\(folder)/none") }
      #expect(error?.reason == "No such file or directory")
    }
  }

  @Test func linkThatIsWrittenToStaysALink() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.write("old", to: "\(folder)/file")
      #expect(unsafe symlink("file", "\(folder)/link") == 0)
      try LocalFiles.write("new", to: "\(folder)/link")
      #expect(try LocalFiles.readText("\(folder)/file") == "new")
      #expect(try LocalFiles.list(folder) == ["file", "link"])
      var info = stat()
      #expect(unsafe lstat("\(folder)/link", &info) == 0 && info.st_mode & S_IFMT == S_IFLNK)
    }
  }

  @Test func partsOfPaths() {
    #expect(LocalFiles.name(of: "a/b.csv") == "b.csv" && LocalFiles.name(of: "a/b/") == "b")
    #expect(LocalFiles.name(of: "b") == "b" && LocalFiles.name(of: "/") == "")
    #expect(LocalFiles.folder(of: "a/b.csv") == "a" && LocalFiles.folder(of: "b") == ".")
    #expect(LocalFiles.folder(of: "/b") == "/")
    #expect(LocalFiles.resolve("b", in: "a") == "a/b" && LocalFiles.resolve("/b", in: "a") == "/b")
    #expect(LocalFiles.resolve("b", in: ".") == "b")
  }
}
