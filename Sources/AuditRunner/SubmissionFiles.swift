import AuditModel
import LocalFiles

/// Finds the files behind the paths of a round or of the command line.
enum SubmissionFiles {
  /// The files in the order of the sources; those of a folder by name, files that begin with a dot left out.
  ///
  /// A path that leads to nothing is a problem of its own, so that the other submissions are audited all the same.
  static func find(_ sources: [SubmissionSource]) -> (files: [SubmissionSource], problems: [Problem]) {
    var files: [SubmissionSource] = []
    var problems: [Problem] = []
    for source in sources {
      switch LocalFiles.kind(source.path) {
      case .file, .other: files.append(source)
      case .missing:
        problems.append(
          Problem(
            subject: source.name, message: "There is no such file or folder.",
            advice: "Check the path; those in a round are seen from the folder of its round.json."))
      case .folder:
        do {
          var visited: Set<String> = []
          let found = try inFolder(source, &visited)
          if found.isEmpty {
            problems.append(
              Problem(
                subject: source.name, message: "The folder holds no submission.",
                advice: "Put the files to audit into it, or name another folder."))
          }
          files += found
        } catch {
          problems.append(Problem(subject: source.name, message: error.reason + "."))
        }
      }
    }
    return (named(onceEach(files)), problems)
  }

  /// The files without those that stand there before, by whatever path.
  private static func onceEach(_ files: [SubmissionSource]) -> [SubmissionSource] {
    var seen: Set<String> = []
    return files.filter { LocalFiles.kind($0.path) != .file || seen.insert(LocalFiles.realPath($0.path)).inserted }
  }

  /// The files with names that tell them apart: as much of their paths as that takes.
  private static func named(_ files: [SubmissionSource]) -> [SubmissionSource] {
    var files = files
    for indices in Dictionary(grouping: files.indices, by: { files[$0].name }).values where indices.count > 1 {
      let parts = indices.map { files[$0].path.split(separator: "/") }
      var count = 1
      while count < 64, Set(parts.map { $0.suffix(count).joined(separator: "/") }).count < indices.count { count += 1 }
      for (index, parts) in zip(indices, parts) { files[index].name = parts.suffix(count).joined(separator: "/") }
    }
    return files
  }

  /// - Parameter visited: where the folders above and before this one lead, so that links cannot go round in a ring.
  private static func inFolder(
    _ folder: SubmissionSource, _ visited: inout Set<String>
  ) throws(FileError) -> [SubmissionSource] {
    guard visited.insert(LocalFiles.realPath(folder.path)).inserted else { return [] }
    var files: [SubmissionSource] = []
    for name in try LocalFiles.list(folder.path) where !name.hasPrefix(".") {
      var file = folder
      file.path = "\(folder.path)/\(name)"
      file.name = "\(folder.name)/\(name)"
      switch LocalFiles.kind(file.path) {
      case .file: files.append(file)
      case .folder: files += try inFolder(file, &visited)
      case .other, .missing: break
      }
    }
    return files
  }

  /// A path as reports show it: as it was given, but for absolute ones only their last part, so that no report depends
  /// on where its machine keeps files.
  static func shownName(_ path: String) -> String {
    var name = path.hasPrefix("/") ? LocalFiles.name(of: path) : path
    while name.hasPrefix("./") { name.removeFirst(2) }
    while name.hasSuffix("/") { name.removeLast() }
    return name.isEmpty ? "." : name
  }
}
