import AuditModel
import Glibc
import LocalFiles
import TerminalText

/// Standard output, which carries reports alone, and standard error, which carries everything else.
enum Terminal {
  static func write(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(1, $0.baseAddress! + start, bytes.count - start) }
      if written < 0 && errno == EINTR { continue }
      // A closed pipe is the reader's choice and no fault.
      if written < 0 && errno == EPIPE { return }
      if written <= 0 { Terminal.exit(.fault) }
      start += written
    }
  }

  /// Makes a pipe that nobody reads any more an error of the call instead of the end of the program.
  static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

  static func write(_ text: String) { write(Array(text.utf8)) }

  /// One line on standard error.
  static func say(_ words: String) {
    let line = Array((words + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress!, line.count) }
  }

  /// A problem on standard error, with the line that it concerns.
  static func say(_ problem: Problem) {
    say("trustcheck: \(problem)")
    guard let source = problem.source else { return }
    for line in SourceExcerpt.lines(source.text, column: source.column, width: 76) { say("  \(line)") }
  }

  static func exit(_ code: ProgramExit) -> Never { Glibc.exit(code.rawValue) }

  /// True when a person reads standard output in colour.
  static var usesColour: Bool {
    isatty(1) == 1 && (environment("NO_COLOR") ?? "").isEmpty && environment("TERM") != "dumb"
  }

  static var showsProgress: Bool { isatty(2) == 1 }

  /// Columns of the terminal, at least 80 and at most 120; 80 when there is none.
  static var width: Int {
    var size = winsize()
    guard isatty(1) == 1, unsafe ioctl(1, UInt(TIOCGWINSZ), &size) == 0 else { return 80 }
    return min(120, max(80, Int(size.ws_col)))
  }

  /// Words in lines of the terminal's width.
  static func lines(_ words: String, indent: Int = 0, first: String = "") -> [String] {
    PlainText.lines(words, width: width, indent: indent, first: first)
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}

/// A line on the terminal that says how far the work is; only after a second, and gone at the end.
@safe
final class Progress: @unchecked Sendable {
  private let started = Progress.now()
  private var last = 0.0
  private var isShown = false
  private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() { unsafe pthread_mutex_init(lock, nil) }

  deinit {
    unsafe pthread_mutex_destroy(lock)
    unsafe lock.deallocate()
  }

  func show(rows: Int) {
    unsafe pthread_mutex_lock(lock)
    defer { unsafe pthread_mutex_unlock(lock) }
    let now = Progress.now()
    guard now - started > 1, now - last > 0.2 else { return }
    last = now
    isShown = true
    Progress.write("\r\u{1B}[Ktrustcheck: \(rows) rows")
  }

  func end() {
    if isShown { Progress.write("\r\u{1B}[K") }
  }

  private static func write(_ text: String) {
    let bytes = Array(text.utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(2, $0.baseAddress!, bytes.count) }
  }

  private static func now() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
