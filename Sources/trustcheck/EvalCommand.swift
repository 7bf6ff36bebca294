import ArgumentParser
import AuditModel
import AuditRunner
import Expressions
import JSONDocument

struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval", abstract: "Evaluates an expression of the rule language (CEL) by itself.",
    discussion: """
      With --batch, each line of standard input is an object {"expr": …, "bindings": {name: {"value": …}}, \
      "disable_check": true or false}, and each line of standard output, in the same order, is {"value": …} or \
      {"error": …}. Values are in the notation of CEL's conformance suite, such as {"int64_value": "3"}.

      Exit codes: 0 the expression has a value, or every line was an object as above; 1 evaluating it ran into an \
      error; 2 it cannot be read or its types clash; 3 a line of the batch cannot be read.
      """)

  @Argument(
    help:
      "The expression, such as \"months(date('2016-04-01'), date('2017-03-31')) + 1\"; behind -- when it begins with -."
  )
  var expression: String?

  @Option(help: "A JSON file with an object whose members the expression may name.")
  var data: String?

  @Flag(help: "Reads JSON lines from standard input and writes JSON lines.")
  var batch = false

  func validate() throws {
    if batch && (expression != nil || data != nil) {
      throw ValidationError("--batch takes its expressions from standard input, and none as an argument.")
    }
    if !batch && expression == nil {
      throw ValidationError("Give an expression, or --batch. One that begins with - stands behind --.")
    }
  }

  func run() throws {
    if batch { runBatch() } else { try runOne(expression ?? "") }
  }

  private func runOne(_ source: String) throws {
    var variables = EvaluationVariables()
    if let data {
      do {
        let root = try JSONDocument.read(path: data).root
        try root.expect(.object)
        for (name, value) in root.members { try variables.add(name, json: value) }
      } catch {
        throw ConfigurationError(
          "eval", Problem.sentence("\(error)"),
          advice: "--data takes a JSON file with an object, such as {\"total\": 31}.")
      }
    }
    let result: Evaluation
    do {
      result = try Evaluation.evaluate(source, variables)
    } catch {
      throw ConfigurationError([Problem(expression: source, error)])
    }
    if let error = result.error {
      Terminal.say("trustcheck: eval: The expression has no value: \(error).")
      Terminal.exit(.findings)
    }
    Terminal.write(result.text + "\n")
  }

  private func runBatch() {
    var writer = JSONWriter<Never>(.compact)
    var number = 0
    var hasFailed = false
    while let line = readLine() {
      number += 1
      do {
        try EvalCommand.answer(line, to: &writer)
      } catch {
        hasFailed = true
        Terminal.say("trustcheck: eval: Line \(number) of the batch: \(Problem.sentence(error.message))")
        writer.beginObject()
        writer.member("error", "line \(number) of the batch cannot be read: \(error.message)")
        writer.endObject()
      }
      writer.endLine()
      Terminal.write(writer.take())
    }
    if hasFailed { Terminal.exit(.fault) }
  }

  /// What a case of CEL's conformance suite says beside; a line may be a whole case.
  private static let ignored = [
    "suite", "section", "name", "description", "type_env", "value", "eval_error", "disable_macros",
  ]

  /// Answers one line of a batch.
  private static func answer(_ line: String, to writer: inout JSONWriter<Never>) throws(JSONError) {
    let root = try JSONDocument.parse(Array(line.utf8), name: "batch").root
    try root.object(allowing: ["bindings", "disable_check"] + ignored, required: ["expr"])
    let source = try root.requiredString("expr")
    var variables = EvaluationVariables()
    for (name, binding) in try root.optionalObject("bindings")?.members ?? [] {
      try binding.object(allowing: [], required: ["value"])
      try variables.add(name, notation: binding.required("value"))
    }
    let isChecked = try !(root.optionalBoolean("disable_check") ?? false)
    do {
      try Evaluation.evaluate(source, variables, isChecked: isChecked).write(to: &writer)
    } catch {
      writer.beginObject()
      writer.member("error", Problem(expression: source, error).description)
      writer.endObject()
    }
  }
}

extension Problem {
  /// What is wrong with an expression, with its line.
  init(expression source: String, _ error: ExpressionError) {
    let bytes = Array(source.utf8)
    let before = bytes.prefix(error.offset)
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    let line = before.count { $0 == 0x0A } + 1
    let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    self.init(
      subject: "line \(line), column \(column)", message: Problem.sentence(error.message),
      source: SourceLine(text: String(decoding: bytes[start..<end], as: UTF8.self), column: column))
  }
}
