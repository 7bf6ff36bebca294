import Glibc

/// Time since it was made, for the timings file.
struct Stopwatch {
  private let started = Stopwatch.now()

  var milliseconds: Int { (Stopwatch.now() - started) / 1_000_000 }

  private static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
