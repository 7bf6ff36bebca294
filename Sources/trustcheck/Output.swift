import LocalFiles

/// Files that commands write. What cannot be written is told, and the program ends with a fault.
enum Output {
  static func write(_ bytes: [UInt8], to path: String) {
    writing { () throws(FileError) in try LocalFiles.write(bytes, to: path) }
  }

  /// To a file, or to standard output when there is none.
  static func write(_ bytes: [UInt8], toFileOrTerminal path: String?) {
    guard let path else { return Terminal.write(bytes) }
    write(bytes, to: path)
  }

  /// Writes a folder that appears whole or not at all.
  ///
  /// - Parameter files: their paths, from the folder, and what is in them.
  static func write(_ files: [(path: String, bytes: [UInt8])], toFolder path: String) {
    writing { () throws(FileError) in
      var folder = try WholeFolder(path)
      for file in files { try folder.write(file.bytes, to: file.path) }
      try folder.commit()
    }
  }

  static func writing(_ body: () throws(FileError) -> Void) {
    do {
      try body()
    } catch {
      fail(error)
    }
  }

  static func fail(_ error: FileError) -> Never {
    Terminal.say("trustcheck: \(error.path): could not be written: \(error.reason).")
    Terminal.exit(.fault)
  }
}
