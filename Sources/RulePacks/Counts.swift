import AuditModel
public import Expressions
import JSONDocument

/// How people are counted from the records of a pack: what its `counts.json` says.
public struct Counts: Sendable {
  /// What in it is this project's own reading.
  public var reading: String
  /// Ways to tell people apart, as positions of fields: the first whose fields all hold a value decides.
  public var person: [[Int]]
  public var counts: [Count]
  /// Why records are left out before any count is asked.
  public var leftOut: [Reason]
  /// Nil when the pack names no answer to hold the counts against.
  public var answers: Answers?

  /// Something that is counted.
  public struct Count: Sendable {
    /// Unique in its pack.
    public var name: String
    public var label: String
    public var words: String
    public var condition: CompiledExpression
    /// The position of the field with the date that decides whether a record is in the period.
    public var date: Int
  }

  /// A reason to leave a record out.
  public struct Reason: Sendable {
    public var name: String
    /// Words that end "left out because …".
    public var why: String
    public var condition: CompiledExpression
  }

  /// Where the answers stand that the counts are held against.
  public struct Answers: Sendable {
    /// The rule pack that reads them.
    public var pack: String
    /// Of every count that is answered, its position and the answer's field.
    public var fields: [(count: Int, field: String)]
    public var total: String?
    public var period: String?
  }

  /// Positions of the fields that it takes to count.
  public var fieldsRead: Set<Int> {
    let conditions = counts.map(\.condition) + leftOut.map(\.condition)
    return Set(person.flatMap { $0 } + counts.map(\.date) + conditions.flatMap(\.fieldsRead))
  }

  /// More counts than these have no room in the marks of a person.
  static let limit = 16

  /// Names that the report uses itself.
  static let reserved = ["total", "period"]
}

extension RulePack {
  /// Checks that a pack has the fields in which this one's counts look for answers.
  ///
  /// - Throws: every error, at its place in this pack's `counts.json`.
  public func checkAnswers(_ other: RulePack) throws(PackErrors) {
    guard let file = files.first(where: { $0.path == "counts.json" }),
      let root = try? JSONDocument.parse(file.bytes, name: "\(name)/\(file.path)").root, let answers = root["answers"]
    else { return }
    let log = PackErrorLog()
    func check(_ value: JSONValue?, _ expected: [FieldType]) {
      guard let value, let name = value.string else { return }
      guard let position = other.position(of: name) else {
        let question = Suggestion.question(for: name, among: other.fields.map(\.name))
        return log.add(value.error("The rule pack \"\(other.name)\" has no field \"\(name)\"" + question))
      }
      let type = other.fields[position].type
      if !expected.contains(type) { log.add(value.error(FieldType.mismatch(name, type, expected))) }
    }
    for (_, field) in answers["fields"]?.members ?? [] { check(field, [.integer, .number]) }
    check(answers["total"], [.integer, .number])
    check(answers["period"], [.period])
    if !log.errors.isEmpty { throw PackErrors(errors: log.sorted) }
  }
}
