import CZip
import Glibc

/// Bytes handed out in order, such as those of one part of a workbook.
protocol ByteFeed: AnyObject {
  /// Fills a buffer from its start on.
  ///
  /// - Returns: how many bytes were filled; 0 only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int
}

/// A zip file (libzip), read where it lies.
@safe
final class ZipArchive {
  private let archive: OpaquePointer
  /// The bytes of the archive, which libzip reads in place; nil for one in a file.
  private let block: ByteBlock?
  fileprivate let name: String

  /// Unpacked bytes of a part from which on its packed ones are compared with them.
  static let bombBytes: UInt64 = 64 << 20
  /// How many times its packed length a longer part may come to. Sheets that repeat one row come to about 60 times.
  static let bombRatio: UInt64 = 250
  /// The most that any part may come to when unpacked.
  static let entryLimit: UInt64 = 16 << 30

  init(_ store: ByteSource.Store, name: String) throws(IntakeError) {
    self.name = name
    switch store {
    case .file(let descriptor):
      block = nil
      var code: Int32 = 0
      guard let opened = unsafe zip_fdopen(descriptor, 0, &code) else {
        close(descriptor)
        var error = unsafe zip_error_t()
        unsafe zip_error_init_with_code(&error, code)
        defer { unsafe zip_error_fini(&error) }
        throw ZipArchive.unopened(name, unsafe String(cString: zip_error_strerror(&error)))
      }
      unsafe archive = unsafe opened
    case .bytes(let bytes):
      block = bytes
      var error = unsafe zip_error_t()
      unsafe zip_error_init(&error)
      defer { unsafe zip_error_fini(&error) }
      let source = unsafe zip_source_buffer_create(bytes.base, UInt64(bytes.count), 0, &error)
      guard let source = unsafe source, let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
        let reason = unsafe String(cString: zip_error_strerror(&error))
        unsafe zip_source_free(source)
        throw ZipArchive.unopened(name, reason)
      }
      unsafe archive = unsafe opened
    }
  }

  private static func unopened(_ name: String, _ reason: String) -> IntakeError {
    IntakeError(
      name, "It begins like an .xlsx workbook but cannot be opened (\(reason)); it may be cut off.",
      advice: "Send the workbook again, or save it as CSV.")
  }

  deinit {
    unsafe zip_discard(archive)
  }

  func holds(_ path: String) -> Bool { unsafe zip_name_locate(archive, path, UInt32(ZIP_FL_NOCASE)) >= 0 }

  /// An entry to be read from its start; nil when there is none by this name.
  func entry(_ path: String) throws(IntakeError) -> ZipEntry? {
    let index = unsafe zip_name_locate(archive, path, UInt32(ZIP_FL_NOCASE))
    guard index >= 0 else { return nil }
    var status = unsafe zip_stat_t()
    unsafe zip_stat_init(&status)
    let isKnown = unsafe zip_stat_index(archive, UInt64(index), 0, &status) == 0
    guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else {
      throw IntakeError(
        name, "The workbook's part \(path) cannot be read; it may be protected by a password.",
        advice: "Save it without a password, or as CSV.")
    }
    return unsafe ZipEntry(file, of: self, path: path, packed: isKnown ? status.comp_size : 0)
  }
}

/// One part of a zip file, being read.
@safe
final class ZipEntry: ByteFeed {
  private let file: OpaquePointer
  private let archive: ZipArchive
  private let path: String
  private let packed: UInt64
  private var unpacked: UInt64 = 0

  fileprivate init(_ file: OpaquePointer, of archive: ZipArchive, path: String, packed: UInt64) {
    unsafe self.file = unsafe file
    self.archive = archive
    self.path = path
    self.packed = packed
  }

  deinit {
    unsafe zip_fclose(file)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(IntakeError) -> Int {
    let got = unsafe zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
    guard got >= 0 else {
      throw IntakeError(
        archive.name, "The workbook's part \(path) is damaged.", advice: "Send the workbook again, or save it as CSV.")
    }
    unpacked += UInt64(got)
    let isBomb = unpacked > ZipArchive.bombBytes && unpacked / ZipArchive.bombRatio > max(packed, 1)
    if isBomb || unpacked > ZipArchive.entryLimit {
      throw IntakeError(
        archive.name,
        "The workbook's part \(path) has \(packed) bytes and came to more than \(unpacked >> 20) MiB when unpacked; "
          + "no workbook of records does.",
        advice: "Send the rows that are asked for, as CSV.")
    }
    return Int(got)
  }
}
