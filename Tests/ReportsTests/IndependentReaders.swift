/// Rows of CSV as readers of RFC 4180 find them, by code points.
enum CSVRows {
  static func read(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if isQuoted {
        if scalar != "\"" {
          cell.unicodeScalars.append(scalar)
        } else if scalars.first == "\"" {
          cell.unicodeScalars.append(scalars.removeFirst())
        } else {
          isQuoted = false
        }
        continue
      }
      switch scalar {
      case "\"" where cell.isEmpty: isQuoted = true
      case ",":
        row.append(cell)
        cell = ""
      case "\r": break
      case "\n":
        rows.append(row + [cell])
        (row, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }
}

/// A workflow command as GitHub's runner takes it apart, by code points: `::name key=value,key=value::message`.
struct WorkflowCommand {
  var name = ""
  var keys: [String] = []
  var values: [String] = []

  init(_ line: String) {
    var scalars = Array(line.unicodeScalars.dropFirst(2))
    if let end = scalars.indices.dropLast().first(where: { scalars[$0] == ":" && scalars[$0 + 1] == ":" }) {
      scalars.removeSubrange(end...)
    }
    let parts = scalars.split(separator: " ", maxSplits: 1)
    name = WorkflowCommand.text(parts[0])
    for pair in parts.dropFirst().flatMap({ $0.split(separator: ",") }) {
      let sides = pair.split(separator: "=", maxSplits: 1)
      keys.append(WorkflowCommand.text(sides[0]))
      values.append(sides.count > 1 ? WorkflowCommand.text(sides[1]) : "")
    }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}

/// What in a text acts because no backslash or doubling takes its meaning away, by code points.
enum Unescaped {
  static func count(_ wanted: Unicode.Scalar, in text: String) -> Int {
    var count = 0
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if scalar == wanted && !isEscaped { count += 1 }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return count
  }

  /// A brace of SARIF that is not doubled; nil when there is none.
  static func argument(in text: String) -> Unicode.Scalar? {
    for brace: Unicode.Scalar in ["{", "}"] {
      var run = 0
      for scalar in text.unicodeScalars + [" "] {
        if scalar == brace {
          run += 1
        } else {
          if run % 2 == 1 { return brace }
          run = 0
        }
      }
    }
    return nil
  }

  /// Whether a bracket that is not escaped ends right before a parenthesis.
  static func hasLink(_ text: String) -> Bool {
    var isEscaped = false
    var endsBracket = false
    for scalar in text.unicodeScalars {
      if endsBracket && scalar == "(" { return true }
      endsBracket = scalar == "]" && !isEscaped
      isEscaped = scalar == "\\" && !isEscaped
    }
    return false
  }
}
