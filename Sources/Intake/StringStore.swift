import Glibc

/// Texts by their number, of which most lie in a file without a name once they are many: a workbook's shared texts can
/// come to any length, and nearly all of them are asked for in the order in which they stand there.
final class StringStore {
  /// Where each page of texts begins.
  private var pages: [Int] = []
  private var count = 0
  /// The texts that are not in the file yet: each its length in four bytes, then its bytes.
  private var tail = ByteBlock()
  private var tailStart = 0
  private var descriptor: Int32 = -1
  /// Pages read back, the last used one last.
  private var cache: [(page: Int, texts: [String])] = []

  private static let pageLength = 256
  private static let cachedPages = 64
  private let tailLimit: Int

  /// - Parameter memory: bytes that are kept in memory before they are put away.
  init(memory: Int = 4 << 20) {
    tailLimit = memory
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds a text; false when it could not be put away.
  func add(_ text: String) -> Bool {
    if count % StringStore.pageLength == 0 {
      if tail.count >= tailLimit, !putAway() { return false }
      pages.append(tailStart + tail.count)
    }
    count += 1
    var text = text
    text.withUTF8 { bytes in
      var length = UInt32(bytes.count).littleEndian
      unsafe withUnsafeBytes(of: &length) { unsafe tail.append($0) }
      unsafe tail.append(UnsafeRawBufferPointer(bytes))
    }
    return true
  }

  /// The text with a number, counted from 0; nil when there is none.
  func text(_ number: Int) -> String? {
    guard number >= 0, number < count else { return nil }
    let page = number / StringStore.pageLength
    if let place = cache.lastIndex(where: { $0.page == page }) {
      if place < cache.count - 1 { cache.append(cache.remove(at: place)) }
      return cache[cache.count - 1].texts[number % StringStore.pageLength]
    }
    let texts = read(page)
    guard texts.indices.contains(number % StringStore.pageLength) else { return nil }
    if cache.count == StringStore.cachedPages { cache.removeFirst() }
    cache.append((page, texts))
    return texts[number % StringStore.pageLength]
  }

  private func putAway() -> Bool {
    if descriptor < 0 {
      var template = Array("/tmp/trustcheck-XXXXXX".utf8CString)
      descriptor = unsafe template.withUnsafeMutableBufferPointer { unsafe mkstemp($0.baseAddress!) }
      if descriptor < 0 { return false }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      // Without a name, nobody else can open it, and it goes when the program ends, however that ends.
      _ = unsafe template.withUnsafeBufferPointer { unsafe unlink($0.baseAddress!) }
    }
    var done = 0
    while done < tail.count {
      let wrote = unsafe pwrite(descriptor, tail.base + done, tail.count - done, off_t(tailStart + done))
      if wrote < 0 && errno == EINTR { continue }
      if wrote <= 0 { return false }
      done += wrote
    }
    tailStart += tail.count
    tail.count = 0
    return true
  }

  private func read(_ page: Int) -> [String] {
    let start = pages[page]
    let end = page + 1 < pages.count ? pages[page + 1] : tailStart + tail.count
    var bytes: [UInt8]
    if start >= tailStart {
      bytes = tail.bytes((start - tailStart)..<(end - tailStart))
    } else {
      bytes = Array(repeating: 0, count: end - start)
      var done = 0
      while done < bytes.count {
        let got = unsafe bytes.withUnsafeMutableBytes {
          unsafe pread(descriptor, $0.baseAddress! + done, $0.count - done, off_t(start + done))
        }
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { return [] }
        done += got
      }
    }
    var texts: [String] = []
    var at = 0
    while at + 4 <= bytes.count {
      let length = (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
      texts.append(String(decoding: bytes[(at + 4)..<(at + 4 + length)], as: UTF8.self))
      at += 4 + length
    }
    return texts
  }
}
