import Glibc
import LocalFiles

/// Where tests find things that are not in the repository.
public enum TestSupport {
  /// The folder of shared data and conformance suites, by `TRUSTCHECK_SHARED` or beside the repository; nil when absent.
  public static let shared: String? = {
    let candidates = [environment("TRUSTCHECK_SHARED"), "\(repository)/../shared"].compactMap { $0 }
    return candidates.first { LocalFiles.kind($0) == .folder }
  }()

  /// The root of the repository.
  public static let repository: String = {
    // Tests/TestSupport/TestSupport.swift is three levels down.
    let file = #filePath
    return LocalFiles.folder(of: LocalFiles.folder(of: LocalFiles.folder(of: file)))
  }()

  /// The folder with the built products: executables, modules.
  public static let products: String = {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe readlink("/proc/self/exe", bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    let executable = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    return LocalFiles.folder(of: executable)
  }()

  public static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// Runs `body` with a folder of its own, removed afterwards.
  public static func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    var template = Array("/tmp/trustcheck-test-XXXXXX".utf8CString)
    let made = unsafe template.withUnsafeMutableBufferPointer { unsafe mkdtemp($0.baseAddress!) != nil }
    guard made else { throw FileError(path: "/tmp", reason: "No temporary folder could be made") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(folder) }
    return try body(folder)
  }

  private static func remove(_ path: String) {
    if LocalFiles.kind(path) == .folder, let names = try? LocalFiles.list(path) {
      for name in names { remove("\(path)/\(name)") }
      unsafe rmdir(path)
    } else {
      unsafe unlink(path)
    }
  }
}
