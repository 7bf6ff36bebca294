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
            advice: "Check the path; a round's paths are relative to its round.json."))
      case .folder:
        do {
          let found = try inFolder(source)
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
    return (files, problems)
  }

  private static func inFolder(_ folder: SubmissionSource) throws(FileError) -> [SubmissionSource] {
    var files: [SubmissionSource] = []
    for name in try LocalFiles.list(folder.path) where !name.hasPrefix(".") {
      var file = folder
      file.path = "\(folder.path)/\(name)"
      file.name = "\(folder.name)/\(name)"
      switch LocalFiles.kind(file.path) {
      case .file: files.append(file)
      case .folder: files += try inFolder(file)
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
