import CZip

/// A zip file in memory (libzip).
@safe
final class ZipArchive {
  private let archive: OpaquePointer
  /// The bytes of the archive, which libzip reads in place.
  private let block: ByteBlock
  private let name: String

  /// The most that one entry may come to when unpacked, so that a small file cannot fill the memory.
  static let entryLimit = 256 << 20

  init(_ block: ByteBlock, name: String) throws(IntakeError) {
    var error = unsafe zip_error_t()
    unsafe zip_error_init(&error)
    defer { unsafe zip_error_fini(&error) }
    let source = unsafe zip_source_buffer_create(block.base, UInt64(block.count), 0, &error)
    guard let source = unsafe source, let opened = unsafe zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let reason = unsafe String(cString: zip_error_strerror(&error))
      unsafe zip_source_free(source)
      throw IntakeError(
        name, "It begins like an .xlsx workbook but cannot be opened (\(reason)); it may be cut off.",
        advice: "Send the workbook again, or save it as CSV.")
    }
    unsafe archive = unsafe opened
    self.block = block
    self.name = name
  }

  deinit {
    unsafe zip_discard(archive)
  }

  /// The bytes of an entry; nil when there is none by this name.
  func entry(_ path: String) throws(IntakeError) -> [UInt8]? {
    let index = unsafe zip_name_locate(archive, path, UInt32(ZIP_FL_NOCASE))
    guard index >= 0 else { return nil }
    guard let file = unsafe zip_fopen_index(archive, UInt64(index), 0) else {
      throw IntakeError(
        name, "The workbook's part \(path) cannot be read; it may be protected by a password.",
        advice: "Save it without a password, or as CSV.")
    }
    defer { unsafe zip_fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe zip_fread(file, $0.baseAddress, UInt64($0.count)) }
      if got == 0 { return bytes }
      guard got > 0 else {
        throw IntakeError(
          name, "The workbook's part \(path) is damaged.", advice: "Send the workbook again, or save it as CSV.")
      }
      bytes += chunk[..<Int(got)]
      if bytes.count > ZipArchive.entryLimit {
        throw IntakeError(
          name, "The workbook's part \(path) is larger than \(ZipArchive.entryLimit >> 20) MiB when unpacked.",
          advice: "Send the rows that are asked for, as CSV.")
      }
    }
  }
}
