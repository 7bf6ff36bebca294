/// A file of a pack or a round that is broken in one place, which the program and the schema both have to refuse.
struct BrokenFile {
  /// What is wrong with it.
  let what: String
  let kind: Kind
  /// Text that stands in the sound file exactly once.
  let old: String
  let new: String

  /// The kinds of file, by the names of their schemas.
  enum Kind: String, CaseIterable {
    case pack, rule, status, figures, round

    /// Where it stands in a folder with the pack `sound` and a round.
    var path: String {
      switch self {
      case .pack: "sound/pack.json"
      case .rule: "sound/completeness/total-missing.json"
      case .status: "sound/status.json"
      case .figures: "sound/figures.json"
      case .round: "round.json"
      }
    }
  }

  init(_ what: String, _ kind: Kind, _ old: String, _ new: String) {
    self.what = what
    self.kind = kind
    self.old = old
    self.new = new
  }

  static let soundRound = #"""
    {
      "round": "sound",
      "title": "SYNTHETIC: a sound round",
      "synthetic": true,
      "question": ["Do you collect?"],
      "rules": ["./sound"],
      "register": "register",
      "period": { "start": "2015-04-01", "end": "2016-03-31" },
      "sent": "2016-07-01",
      "cutOff": "2016-08-31",
      "excluded": [{ "code": "X1A", "why": "It treats children only." }],
      "submissions": [{ "path": "answers.csv", "columns": { "Answer": "collecting" }, "delimiter": "," }],
      "levels": [{ "rule": "sound/total-missing", "severity": "warning", "why": "A trial." }]
    }
    """#

  static let all = pack + rule + status + figures + round

  private static let pack = [
    BrokenFile("key missing", .pack, #""title": "A sound pack","#, ""),
    BrokenFile("key unknown", .pack, #""purpose""#, #""purpos": "x", "purpose""#),
    BrokenFile("name of another type", .pack, #""name": "sound""#, #""name": 5"#),
    BrokenFile("name in capitals", .pack, #""name": "sound""#, #""name": "Sound pack""#),
    BrokenFile("version of two numbers", .pack, #""1.0.0""#, #""1.0""#),
    BrokenFile("text empty", .pack, #""A sound pack""#, #""""#),
    BrokenFile("list as text", .pack, #"["completeness.required", "status.decision-table"]"#, #""status""#),
    BrokenFile("list of something else", .pack, #"["sum"]"#, "[7]"),
    BrokenFile("listed twice", .pack, #"["sum"]"#, #"["sum", "sum"]"#),
    BrokenFile("word unknown", .pack, #""recordsPerOrganisation": "one""#, #""recordsPerOrganisation": "some""#),
    BrokenFile("organisation without a field", .pack, #"{ "code": "code" }"#, "{}"),
    BrokenFile("organisation by another key", .pack, #"{ "code": "code" }"#, #"{ "code": "code", "id": "code" }"#),
    BrokenFile(
      "code list empty", .pack,
      #"""
      [
            { "code": "yes", "label": "It does", "spellings": ["y"] },
            { "code": "no", "label": "It does not", "from": "2015-01-01", "retired": null }
          ]
      """#, "[]"),
    BrokenFile("code without a label", .pack, #""label": "It does", "#, ""),
    BrokenFile("day that is none", .pack, #""2015-01-01""#, #""2015-02-30""#),
    BrokenFile("range of text", .pack, #""low": 0"#, #""low": "0""#),
    BrokenFile("distance below 0", .pack, #""roundedBy": 2"#, #""roundedBy": -2"#),
    BrokenFile("field of no type", .pack, #""type": "integer""#, #""type": "count""#),
    BrokenFile("field without a summary", .pack, #", "summary": "A count.""#, ""),
    BrokenFile("field with a digit first", .pack, #""name": "total""#, #""name": "1st""#),
    BrokenFile("field named by the host", .pack, #""name": "total""#, #""name": "records""#),
    BrokenFile("field named by a word of CEL", .pack, #""name": "total""#, #""name": "while""#),
    BrokenFile("privacy unknown", .pack, #""public""#, #""secret""#),
    BrokenFile("flag as text", .pack, #""optional": true"#, #""optional": "yes""#),
    BrokenFile("key of a field at the top", .pack, #""period": "period""#, #""period": "period", "codes": []"#),
  ]

  private static let rule = [
    BrokenFile("key missing", .rule, #""why": "Without it nothing is counted.","#, ""),
    BrokenFile("key unknown", .rule, #""why""#, #""whi": "x", "why""#),
    BrokenFile("text empty", .rule, #""The {field} is {found}.""#, #""""#),
    BrokenFile("advice for nobody", .rule, #"{ "data-officer": "Give it.", "reviewer": "Ask for it." }"#, "{}"),
    BrokenFile("advice for another", .rule, #""reviewer""#, #""manager""#),
    BrokenFile("dimension unknown", .rule, #""dimension": "completeness""#, #""dimension": "correctness""#),
    BrokenFile("severity unknown", .rule, #""severity": "error""#, #""severity": "fatal""#),
    BrokenFile("flag as text", .rule, #""mandatory": true"#, #""mandatory": "true""#),
    BrokenFile("condition as a flag", .rule, #""collecting == 'yes'""#, "true"),
    BrokenFile("check kind without its module", .rule, #""completeness.required""#, #""required""#),
    BrokenFile("parameter unknown", .rule, #""accept""#, #""accepts""#),
    BrokenFile("parameter missing", .rule, #""fields": ["total"], "#, ""),
    BrokenFile("parameter of no field", .rule, #"["total"]"#, "[]"),
    BrokenFile("parameter of another word", .rule, #"["not-known"]"#, #"["unknown"]"#),
    BrokenFile("day in another form", .rule, #""2016-07-01""#, #""01/07/2016""#),
    BrokenFile("force without a first day", .rule, #""from": "2016-07-01", "#, ""),
    BrokenFile(
      "beta with a last day", .rule, #"{ "from": "2016-01-01" }"#, #"{ "from": "2016-01-01", "to": "2016-02-01" }"#),
    BrokenFile("beta without force", .rule, #""enforced": { "from": "2016-07-01", "to": "2017-06-30" },"#, ""),
    BrokenFile("draft in force", .rule, #""beta": { "from": "2016-01-01" }"#, #""draft": true"#),
    BrokenFile("alias without its pack", .rule, #"["sound/total-left-out"]"#, #"["total-left-out"]"#),
    BrokenFile("source empty", .rule, #""A letter.""#, #""""#),
    BrokenFile(
      "no failing example", .rule,
      #"""
      [{ "row": { "collecting": "yes" }, "asOf": "2016-08-31", "finds": [{ "field": "total", "row": 1 }] }]
      """#, "[]"),
    BrokenFile("example without a record", .rule, #"[{ "row": { "collecting": "yes", "total": "3" } }]"#, "[{}]"),
    BrokenFile("example with row and rows", .rule, #"{ "row": { "collecting": "yes" }"#, #"{ "rows": [], "row": {}"#),
    BrokenFile("cell as a number", .rule, #""total": "3""#, #""total": 3"#),
    BrokenFile("example that finds nothing", .rule, #"[{ "field": "total", "row": 1 }]"#, "[]"),
    BrokenFile("record 0", .rule, #""row": 1"#, #""row": 0"#),
    BrokenFile("example on no day", .rule, #""2016-08-31""#, #""2016-08""#),
  ]

  private static let status = [
    BrokenFile("key missing", .status, #""why": "For the map.","#, ""),
    BrokenFile("key unknown", .status, #""why""#, #""whi": "x", "why""#),
    BrokenFile("severity unknown", .status, #""severity": "info""#, #""severity": "loud""#),
    BrokenFile("hit policy unknown", .status, #""UNIQUE""#, #""FIRST""#),
    BrokenFile("inputs empty", .status, #"["answered", "says"]"#, "[]"),
    BrokenFile("input twice", .status, #"["answered", "says"]"#, #"["answered", "says", "says"]"#),
    BrokenFile("fact without cases", .status, #"[{ "when": "collecting == 'yes'", "is": "yes" }]"#, "[]"),
    BrokenFile("fact without a word otherwise", .status, #""otherwise": "no","#, ""),
    BrokenFile("case without a word", .status, #", "is": "yes" }"#, " }"),
    BrokenFile("fact named by the host", .status, #""says": {"#, #""contact": {"#),
    BrokenFile("word in place of a list", .status, #"{ "answered": ["no"] }"#, #"{ "answered": "no" }"#),
    BrokenFile("row that takes no word", .status, #"{ "answered": ["no"] }"#, #"{ "answered": [] }"#),
    BrokenFile("status of the host", .status, #""no-response", "basis""#, #""awaiting", "basis""#),
    BrokenFile("part without a basis", .status, #""basis": "reply""#, #""basis": "none""#),
    BrokenFile("basis unknown", .status, #""basis": "reply""#, #""basis": "answer""#),
    BrokenFile("reason empty", .status, #""Silence.""#, #""""#),
    BrokenFile("example without a status", .status, #", "status": "no-response" }"#, " }"),
    BrokenFile(
      "example with a status of the host", .status, #"false }, "status": "no-response""#,
      #"false }, "status": "excluded""#),
    BrokenFile("example about nobody", .status, #""organisation": { "answered": false }, "#, ""),
    BrokenFile("host fact of another type", .status, #""answered": false"#, #""answered": "no""#),
    BrokenFile("failing examples", .status, #""pass": ["#, #""fail": [], "pass": ["#),
  ]

  private static let figures = [
    BrokenFile("key missing", .figures, #""title": "Organisations that collect","#, ""),
    BrokenFile("key unknown", .figures, #""unit""#, #""units": 1, "unit""#),
    BrokenFile("unit unknown", .figures, #""unit": "organisation""#, #""unit": "trust""#),
    BrokenFile("name with a space", .figures, #""two-thirds""#, #""two thirds""#),
    BrokenFile("share in words", .figures, #""2/3""#, #""two thirds""#),
    BrokenFile("share of nothing", .figures, #""2/3""#, #""2/0""#),
    BrokenFile("relation unknown", .figures, #""about""#, #""roughly""#),
    BrokenFile("tolerance of an exact share", .figures, #""about""#, #""exactly""#),
    BrokenFile("claim without a source", .figures, #""source""#, #""sources""#),
  ]

  private static let round = [
    BrokenFile("key missing", .round, #""round": "sound","#, ""),
    BrokenFile("key unknown", .round, #""cutOff""#, #""cutoff": "2016-08-31", "cutOff""#),
    BrokenFile("text empty", .round, #""SYNTHETIC: a sound round""#, #""""#),
    BrokenFile("flag as text", .round, #""synthetic": true"#, #""synthetic": "true""#),
    BrokenFile("question as text", .round, #"["Do you collect?"]"#, #""Do you collect?""#),
    BrokenFile("no rule pack", .round, #"["./sound"]"#, "[]"),
    BrokenFile("name of no pack", .round, #"["./sound"]"#, #"["Sound pack"]"#),
    BrokenFile("period without an end", .round, #", "end": "2016-03-31""#, ""),
    BrokenFile("day in another form", .round, #""2016-08-31""#, #""31 August 2016""#),
    BrokenFile("day that is none", .round, #""2016-07-01""#, #""2016-06-31""#),
    BrokenFile("excluded without a reason", .round, #", "why": "It treats children only.""#, ""),
    BrokenFile("reason empty", .round, #""It treats children only.""#, #""""#),
    BrokenFile("file without a path", .round, #""path": "answers.csv", "#, ""),
    BrokenFile("delimiter of two characters", .round, #""delimiter": ",""#, #""delimiter": ",,""#),
    BrokenFile("field as a number", .round, #""Answer": "collecting""#, #""Answer": 3"#),
    BrokenFile("level and off", .round, #""severity": "warning""#, #""severity": "warning", "off": true"#),
    BrokenFile("neither level nor off", .round, #""severity": "warning", "#, ""),
    BrokenFile("level unknown", .round, #""severity": "warning""#, #""severity": "low""#),
    BrokenFile("level of no rule", .round, #""sound/total-missing""#, #""total-missing""#),
  ]
}
