import LocalFiles
import TestSupport

/// A plain-text test of the command line: the files, the command, the exit code, the output.
///
///     One or more lines that say what it shows.
///
///     file answers.csv
///     | Code,Trust
///     copy Tests/AcceptanceTests/BadInputs/nul.csv nul.csv
///     large cell.csv 100000000
///     compile Tests/AcceptanceTests/Modules/failing.c failing.so
///     run check answers.csv --rules data-collection
///     input
///     | what the program reads on its standard input
///     exit 1
///     output
///     | the whole of standard output
///     errors
///     | the whole of standard error
///
/// `copy` takes files and folders of the repository. `run` may repeat; each has its own `input`, `exit`, `output` and
/// `errors`. In expected text a line `| …` alone stands for any number of lines; `output` or `errors` left out are not compared. `TRUSTCHECK_REWRITE=1` writes what the program said
/// into scenarios that have no `| …`.
struct Scenario {
  struct Step {
    var arguments: [String]
    var input: [String] = []
    var exitCode: Int32 = 0
    var output: [String]?
    var errors: [String]?
  }

  enum Item {
    case file(path: String, text: String)
    case copy(from: String, to: String)
    /// A CSV whose one cell has so many bytes.
    case large(path: String, bytes: Int)
    /// A rule module in C.
    case compile(source: String, library: String)
    case step(Step)
  }

  let path: String
  var about: [String] = []
  var items: [Item] = []

  init(path: String) throws {
    self.path = path
    var lines = try LocalFiles.readText(path).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    var index = 0

    func block() -> [String] {
      var block: [String] = []
      while index < lines.count, lines[index] == "|" || lines[index].hasPrefix("| ") {
        block.append(String(lines[index].dropFirst(2)))
        index += 1
      }
      return block
    }

    while index < lines.count {
      let line = lines[index]
      index += 1
      let words = Scenario.words(line)
      guard let keyword = words.first else { continue }
      switch keyword {
      case "file" where words.count == 2:
        items.append(.file(path: words[1], text: block().map { $0 + "\n" }.joined()))
      case "copy" where words.count == 3:
        items.append(.copy(from: words[1], to: words[2]))
      case "large" where words.count == 3:
        items.append(.large(path: words[1], bytes: Int(words[2]) ?? 0))
      case "compile" where words.count == 3:
        items.append(.compile(source: words[1], library: words[2]))
      case "run":
        items.append(.step(Step(arguments: Array(words.dropFirst()))))
      case "input" where words.count == 1:
        let text = block()
        try change { $0.input = text }
      case "exit" where words.count == 2:
        try change { $0.exitCode = Int32(words[1]) ?? -1 }
      case "output" where words.count == 1:
        let text = block()
        try change { $0.output = text }
      case "errors" where words.count == 1:
        let text = block()
        try change { $0.errors = text }
      default:
        guard items.isEmpty else { throw ScenarioError(path: path, line: index, message: "not understood: \(line)") }
        about.append(line)
      }
    }
  }

  private mutating func change(_ body: (inout Step) -> Void) throws {
    guard case .step(var step) = items.last else {
      throw ScenarioError(path: path, line: 0, message: "an expectation stands before any run")
    }
    body(&step)
    items[items.count - 1] = .step(step)
  }

  /// Words by spaces; double quotes hold words together.
  private static func words(_ line: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var hasWord = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
        hasWord = true
      } else if character == " " && !isQuoted {
        if hasWord { words.append(word) }
        word = ""
        hasWord = false
      } else {
        word.append(character)
        hasWord = true
      }
    }
    if hasWord { words.append(word) }
    return words
  }

  /// True when the lines are as expected, where `…` stands for any number of lines.
  static func matches(_ lines: ArraySlice<String>, _ expected: ArraySlice<String>) -> Bool {
    let blocks = expected.split(separator: "…", omittingEmptySubsequences: false)
    guard let first = blocks.first, let last = blocks.last, lines.starts(with: first) else { return false }
    if blocks.count == 1 { return lines.count == first.count }
    var rest = lines.dropFirst(first.count)
    // Where a block stands first leaves the most for those after it.
    for block in blocks.dropFirst().dropLast() where !block.isEmpty {
      guard let place = rest.indices.first(where: { rest[$0...].starts(with: block) }) else { return false }
      rest = rest[(place + block.count)...]
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }

  /// The scenario as text, for rewriting.
  var text: String {
    var lines = about
    while lines.last == "" { lines.removeLast() }
    lines.append("")
    for item in items {
      switch item {
      case .file(let path, let text):
        lines.append("file \(path)")
        lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { Scenario.quoted($0) }
      case .copy(let from, let to): lines.append("copy \(from) \(to)")
      case .large(let path, let bytes): lines.append("large \(path) \(bytes)")
      case .compile(let source, let library): lines.append("compile \(source) \(library)")
      case .step(let step):
        let words = step.arguments.map { $0.contains(" ") || $0.isEmpty ? "\"\($0)\"" : $0 }
        lines += ["", (["run"] + words).joined(separator: " ")]
        if !step.input.isEmpty { lines += ["input"] + step.input.map { Scenario.quoted($0[...]) } }
        lines.append("exit \(step.exitCode)")
        if let output = step.output { lines += ["output"] + output.map { Scenario.quoted($0[...]) } }
        if let errors = step.errors { lines += ["errors"] + errors.map { Scenario.quoted($0[...]) } }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func quoted(_ line: Substring) -> String { line.isEmpty ? "|" : "| \(line)" }
}

struct ScenarioError: Error, CustomStringConvertible {
  let path: String
  let line: Int
  let message: String

  var description: String { "\(path):\(line): \(message)" }
}
