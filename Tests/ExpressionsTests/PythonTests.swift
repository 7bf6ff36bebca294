import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import Expressions

/// Makes expressions of the part of CEL that cel-python gets right, over `n`, `m`, `x`, `s`, `t`, `b`, `l` and `d`.
///
/// Left out, since cel-python is mistaken there: `contains` of joined texts (it finds no overload), negative indexes (it
/// counts from the end), results outside 64 bits beside `&&` and `||` (they are not absorbed), comparisons between numbers
/// of different types, division of doubles by 0, and the extensions.
private struct Generator {
  var random: SplitMix
  private var elements = 0

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func any(_ depth: Int) -> String {
    switch random.below(6) {
    case 0, 1: condition(depth)
    case 2: integer(depth)
    case 3: number(depth)
    case 4: text(depth)
    default: list(depth)
    }
  }

  mutating func condition(_ depth: Int) -> String {
    if depth <= 0 {
      return random.pick(["true", "false", "b", "(n > 2)", "(s == 'a')", "t.contains('b')", "(n in l)"])
    }
    let next = depth - 1
    switch random.below(15) {
    case 0, 1: return "(\(condition(next)) && \(condition(next)))"
    case 2, 3: return "(\(condition(next)) || \(condition(next)))"
    case 4: return "!\(condition(next))"
    case 5: return "(\(condition(next)) ? \(condition(next)) : \(condition(next)))"
    case 6: return "(\(integer(next)) \(sign()) \(integer(next)))"
    case 7: return "(\(number(next)) \(sign()) \(number(next)))"
    case 8: return "(\(text(next)) \(sign()) \(text(next)))"
    case 9: return "(\(integer(next)) in \(list(next)))"
    case 10:
      return random.below(3) == 0
        ? "\(text(0)).contains(\(text(0)))"
        : "\(text(next)).\(random.pick(["startsWith", "endsWith"]))(\(text(next)))"
    case 11: return "\(text(next)).matches('\(random.pick(["a", "^a", "[ab]+$", "b?c", "x"]))')"
    case 12: return "has(d.\(random.pick(["k", "l", "z"])))"
    case 13: return macro(random.pick(["all", "exists", "exists_one"]), next)
    default: return "(\(list(next)) \(random.pick(["==", "!="])) \(list(next)))"
    }
  }

  mutating func macro(_ name: String, _ depth: Int) -> String {
    elements += 1
    let element = "e\(elements)"
    let condition = "(\(element) \(sign()) \(integer(depth - 1)) || \(condition(depth - 1)))"
    return "\(list(depth)).\(name)(\(element), \(condition))"
  }

  mutating func integer(_ depth: Int) -> String {
    if depth <= 0 {
      return random.pick(["n", "m", "0", "1", "-3", "7", "1000000", "size(s)", "size(l)", "d.k"])
    }
    let next = depth - 1
    switch random.below(10) {
    case 0, 1, 2, 3: return "(\(integer(next)) \(random.pick(["+", "-", "*", "/", "%"])) \(integer(next)))"
    case 4: return "-\(integer(next))"
    case 5: return "\(text(next)).size()"
    case 6: return "\(list(next))[\(random.below(3))]"
    case 7: return "(\(condition(next)) ? \(integer(next)) : \(integer(next)))"
    case 8: return "int('\(random.below(100))')"
    default: return "size(\(list(next)))"
    }
  }

  mutating func number(_ depth: Int) -> String {
    if depth <= 0 { return random.pick(["x", "0.5", "-2.25", "1e10"]) }
    let next = depth - 1
    switch random.below(4) {
    case 0, 1: return "(\(number(next)) \(random.pick(["+", "-", "*"])) \(number(next)))"
    case 2: return "double(\(random.pick(["n", "m", "3"])))"
    default: return "(\(condition(next)) ? \(number(next)) : \(number(next)))"
    }
  }

  mutating func text(_ depth: Int) -> String {
    if depth <= 0 { return random.pick(["s", "t", "''", "'a'", "'abc'", "'é'"]) }
    let next = depth - 1
    switch random.below(4) {
    case 0, 1: return "(\(text(next)) + \(text(next)))"
    case 2: return "string(\(random.pick(["n", "m", "12"])))"
    default: return "(\(condition(next)) ? \(text(next)) : \(text(next)))"
    }
  }

  mutating func list(_ depth: Int) -> String {
    if depth <= 0 { return random.pick(["l", "[1, 2, 3]", "[n, m]", "[7]"]) }
    let next = depth - 1
    switch random.below(5) {
    case 0: return "(\(list(next)) + \(list(next)))"
    case 1: return "[\(integer(next)), \(integer(next))]"
    case 2: return macro("filter", next)
    case 3:
      elements += 1
      return "\(list(next)).map(e\(elements), e\(elements) + \(integer(next)))"
    default: return "(\(condition(next)) ? \(list(next)) : \(list(next)))"
    }
  }

  private mutating func sign() -> String { random.pick(["==", "!=", "<", "<=", ">", ">="]) }

  mutating func bindings() -> String {
    let numbers = ["0", "1", "2", "-3", "5"]
    let texts = ["\"\"", "\"a\"", "\"abc\"", "\"bé\""]
    return """
      {"n": \(random.pick(numbers)), "m": \(random.pick(numbers)), "x": \(random.pick(["0.5", "-1.25", "3.0"])), \
      "s": \(random.pick(texts)), "t": \(random.pick(texts)), "b": \(random.pick(["true", "false"])), \
      "l": [\(random.pick(["1, 2", "3", "5, -3, 0"]))], "d": {"k": \(random.pick(numbers)), "l": 2}}
      """
  }
}

private let celPythonIsHere = (try? TestSupport.run("python3", ["-c", "import celpy"], in: "/tmp").exitCode) == 0

/// A second opinion by cel-python, over generated expressions; skipped where Python has no `celpy`.
@Suite(.enabled(if: celPythonIsHere, "cel-python is not here (pip install cel-python)"))
struct PythonTests {
  @Test func celPythonComesToTheSame() throws {
    var generator = Generator(seed: 2016)
    var lines: [String] = []
    var sources: [(source: String, bindings: String)] = []
    for _ in 0..<4000 {
      let made = (source: generator.any(3), bindings: generator.bindings())
      sources.append(made)
      var writer = JSONWriter<Never>(.compact)
      writer.beginObject()
      writer.member("expr", made.source)
      writer.key("bindings")
      writer.value(try JSONDocument.parse(Array(made.bindings.utf8), name: "bindings").root)
      writer.endObject()
      lines.append(String(decoding: writer.finishedBytes(), as: UTF8.self).trimmingNewline)
    }
    let script = "\(TestSupport.repository)/Tests/ExpressionsTests/cel-python.py"
    let run = try TestSupport.run(
      "python3", [script], in: "/tmp", input: Array((lines.joined(separator: "\n") + "\n").utf8))
    try #require(run.exitCode == 0, "\(run.errors)")
    let answers = run.output.split(separator: "\n")
    try #require(answers.count == sources.count)
    var compared = 0
    var values = 0
    for (answer, (source, bindings)) in zip(answers, sources) {
      let theirs = try JSONDocument.parse(Array(answer.utf8), name: "answer").root
      if theirs["skip"] != nil { continue }
      compared += 1
      var variables = EvaluationVariables()
      for (name, value) in try JSONDocument.parse(Array(bindings.utf8), name: "bindings").root.members {
        try variables.add(name, json: value)
      }
      let ours = try Evaluation.evaluate(source, variables)
      guard let value = theirs["value"] else {
        #expect(ours.error != nil, "\(source) over \(bindings): cel-python has an error, \(answer)")
        continue
      }
      values += 1
      let expected = try Value(notation: value)
      #expect(ours.text == expected.literal, "\(source) over \(bindings): \(ours.error ?? "")")
    }
    #expect(compared > 3500)
    #expect(values > 2000)
  }
}

extension String {
  fileprivate var trimmingNewline: String { hasSuffix("\n") ? String(dropLast()) : self }
}
