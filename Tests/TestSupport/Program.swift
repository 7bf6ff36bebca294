import Glibc
import LocalFiles

extension TestSupport {
  /// What a program that was run left behind.
  public struct Run {
    public let exitCode: Int32
    public let output: String
    public let errors: String
  }

  /// Runs a program to its end in a folder and collects what it writes.
  ///
  /// - Parameter input: what it reads on its standard input.
  public static func run(
    _ program: String, _ arguments: [String], in folder: String, input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Run {
    try withTemporaryFolder { scratch in
      try LocalFiles.write(input, to: "\(scratch)/in")
      var actions = unsafe posix_spawn_file_actions_t()
      unsafe posix_spawn_file_actions_init(&actions)
      defer { unsafe posix_spawn_file_actions_destroy(&actions) }
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "\(scratch)/in", O_RDONLY, 0)
      unsafe posix_spawn_file_actions_addopen(&actions, 1, "\(scratch)/out", flags, 0o600)
      unsafe posix_spawn_file_actions_addopen(&actions, 2, "\(scratch)/err", flags, 0o600)
      var values = ["PATH": TestSupport.environment("PATH") ?? "/usr/bin:/bin", "HOME": folder]
      values["LD_LIBRARY_PATH"] = TestSupport.environment("LD_LIBRARY_PATH")
      values["PYENV_ROOT"] = TestSupport.environment("PYENV_ROOT")
      for (name, value) in environment { values[name] = value }
      // Glibc keeps its own way to spawn in a folder from Swift.
      let words = unsafe (["env", "-C", folder, program] + arguments).map { unsafe strdup($0) } + [nil]
      let settings = unsafe values.map { unsafe strdup("\($0)=\($1)") } + [nil]
      let copies = unsafe words + settings
      defer { for index in unsafe copies.indices { unsafe free(copies[index]) } }
      var child = pid_t()
      let failed = unsafe posix_spawnp(&child, "env", &actions, nil, words, settings)
      guard failed == 0 else { throw FileError(path: program, reason: unsafe String(cString: strerror(failed))) }
      var status: Int32 = 0
      while unsafe waitpid(child, &status, 0) < 0 && errno == EINTR {}
      let exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
      return Run(
        exitCode: exitCode, output: String(decoding: try LocalFiles.read("\(scratch)/out"), as: UTF8.self),
        errors: String(decoding: try LocalFiles.read("\(scratch)/err"), as: UTF8.self))
    }
  }
}
