public import AuditModel
public import JSONDocument

/// Everything that is wrong with a rule pack, so that its author can mend it in one go.
public struct PackErrors: Error, Equatable, CustomStringConvertible {
  /// In the order of files and places; files are named from the pack's folder on. At least one.
  public let errors: [JSONError]

  init(errors: [JSONError]) {
    self.errors = errors
  }

  /// One error about a pack as a whole.
  public init(_ pack: String, _ message: String) {
    errors = [JSONError(file: pack, message: message)]
  }

  /// The errors as problems, with their places as subjects.
  public var problems: [Problem] {
    errors.map { error in
      return Problem(
        subject: error.line == 0 ? error.file : "\(error.file):\(error.line):\(error.column)",
        message: Problem.sentence(error.message),
        source: error.sourceLine.map { Problem.SourceLine(text: $0, column: error.column) })
    }
  }

  public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// Collects the errors of a pack while it is read on.
final class PackErrorLog {
  private(set) var errors: [JSONError] = []

  func add(_ error: JSONError) { errors.append(error) }

  /// Notes an error in a file as a whole.
  func add(file: String, _ message: String) { add(JSONError(file: file, message: message)) }

  /// The errors in the order of files and places; of several at one place the first.
  var sorted: [JSONError] {
    var seen: Set<String> = []
    return errors.enumerated().sorted { a, b in
      (a.element.file, a.element.offset, a.offset) < (b.element.file, b.element.offset, b.offset)
    }.map(\.element).filter { seen.insert("\($0.file):\($0.offset):\($0.line == 0 ? $0.message : "")").inserted }
  }
}
