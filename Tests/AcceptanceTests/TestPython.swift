import TestSupport

/// The Python that `make test-deps` fills, or the system's.
enum TestPython {
  /// One in which a line of Python runs; nil, and said so, where none has what the line needs.
  static func able(to line: String, orSay missing: String) -> String? {
    for python in ["\(TestSupport.repository)/.build/python/bin/python3", "python3"] {
      if (try? TestSupport.run(python, ["-c", line], in: TestSupport.repository))?.exitCode == 0 { return python }
    }
    print("skipped: \(missing) (make test-deps installs them)")
    return nil
  }
}
