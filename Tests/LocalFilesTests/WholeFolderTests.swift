import LocalFiles
import TestSupport
import Testing

@Suite struct WholeFolderTests {
  @Test func folderAppearsAtCommitAlone() throws {
    try TestSupport.withTemporaryFolder { folder in
      let path = "\(folder)/made/site"
      var whole = try WholeFolder(path)
      try whole.write(Array("a".utf8), to: "a.txt")
      try whole.write(Array("b".utf8), to: "x/y/b.txt")
      #expect(LocalFiles.kind(path) == .missing)
      try whole.commit()
      #expect(try LocalFiles.readText("\(path)/x/y/b.txt") == "b")
      #expect(try LocalFiles.list("\(folder)/made") == ["site"])
    }
  }

  @Test func nothingIsLeftOfWhatWasNotCommitted() throws {
    try TestSupport.withTemporaryFolder { folder in
      do {
        var whole = try WholeFolder("\(folder)/site/")
        try whole.write(Array("a".utf8), to: "x/a.txt")
      }
      #expect(try LocalFiles.list(folder).isEmpty)
    }
  }

  @Test func anEmptyFolderGivesWayAndAFullOneDoesNot() throws {
    try TestSupport.withTemporaryFolder { folder in
      try LocalFiles.makeFolder("\(folder)/empty")
      var whole = try WholeFolder("\(folder)/empty")
      try whole.write([], to: "a")
      try whole.commit()
      #expect(try LocalFiles.list("\(folder)/empty") == ["a"])
      #expect(throws: FileError.self) { _ = try WholeFolder("\(folder)/empty") }
      try LocalFiles.write("x", to: "\(folder)/file")
      #expect(throws: FileError.self) { _ = try WholeFolder("\(folder)/file") }
      #expect(try LocalFiles.list(folder) == ["empty", "file"])
    }
  }
}
