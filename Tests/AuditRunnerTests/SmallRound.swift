import AuditModel
import AuditRunner
import LocalFiles
import TestSupport

/// A little round of invented organisations with a hand-made rule pack, in a folder of its own.
struct SmallRound {
  /// By path within the round's folder.
  var files: [String: String]

  /// Organisations with a status; the pack's figures are given.
  ///
  /// - Parameters:
  ///   - answers: rows of code, answer (yes, no, part, hm) and count.
  ///   - asked: codes.
  static func ofOrganisations(
    figures: String, answers: [String], asked: [String], decisions: [String] = []
  ) -> SmallRound {
    SmallRound(files: [
      "pack/pack.json": organisationPack, "pack/status.json": status, "pack/figures.json": figures,
      "answers.csv": "code,says,count\n" + answers.map { $0 + "\n" }.joined(),
      "asked.csv": "code,name\n" + asked.map { "\($0),Invented \($0)\n" }.joined(),
      "contacts.csv": "organisation,date,kind,source\n" + asked.map { "\($0),2016-07-04,sent,letter\n" }.joined(),
      "decisions.csv": "organisation,status,words,role,date,submission\n" + decisions.map { $0 + "\n" }.joined(),
      "round.json": """
      {
        "round": "small", "title": "SYNTHETIC: small", "synthetic": true, "rules": ["./pack"], "cutOff": "2016-08-31",
        "asked": "asked.csv", "contacts": "contacts.csv", "decisions": "decisions.csv",
        "excluded": [{ "code": "X9Z", "why": "Invented" }], "submissions": [{ "path": "answers.csv" }]
      }
      """,
    ])
  }

  /// Records of nobody, in several files.
  static func ofRecords(figures: String, files: [String: String]) -> SmallRound {
    var all = [
      "pack/pack.json": recordPack, "pack/figures.json": figures,
      "pack/uniqueness/answer-twice.json": recordRule,
      "round.json": """
      {
        "round": "survey", "title": "SYNTHETIC: survey", "synthetic": true, "rules": ["./pack"],
        "cutOff": "2016-08-31",
        "submissions": [\(files.keys.sorted().map { "{ \"path\": \"\($0)\" }" }.joined(separator: ", "))]
      }
      """,
    ]
    all.merge(files) { _, new in new }
    return SmallRound(files: all)
  }

  func audit(_ change: (inout AuditRequest) -> Void = { _ in }) throws -> AuditResult {
    try TestSupport.withTemporaryFolder { folder in
      for (path, text) in files {
        try LocalFiles.makeFolder(LocalFiles.folder(of: "\(folder)/\(path)"))
        try LocalFiles.write(text, to: "\(folder)/\(path)")
      }
      var request = AuditRequest()
      request.round = try Round.load("\(folder)/round.json")
      request.register = GeneratedRound.register
      change(&request)
      return try Audit.run(request, GeneratedRound.installation)
    }
  }

  private static let organisationPack = #"""
    {
      "name": "pack", "version": "1.0.0", "title": "Invented", "purpose": "Tests.",
      "requires": ["status.decision-table"], "organisation": { "code": "code" }, "recordsPerOrganisation": "one",
      "spellings": { "notKnown": ["?"], "suppressed": [{ "text": "<5", "low": 0, "high": 4 }] },
      "fields": [
        { "name": "code", "label": "code", "type": "text", "privacy": "public", "summary": "Whose." },
        { "name": "says", "label": "answer", "type": "text", "privacy": "public", "summary": "What." },
        { "name": "count", "label": "count", "type": "integer", "privacy": "public", "summary": "How many." }
      ]
    }
    """#

  private static let status = #"""
    {
      "summary": "Each gets a status.", "why": "For the tests.", "fix": { "reviewer": "Look." },
      "check": "status.decision-table",
      "with": {
        "facts": {
          "says_word": {
            "summary": "What it says.",
            "cases": [
              { "when": "says == 'yes'", "is": "yes" }, { "when": "says == 'no'", "is": "no" },
              { "when": "says == 'part'", "is": "part" }
            ],
            "otherwise": "unclear", "unknown": "unclear"
          }
        },
        "inputs": ["answered", "says_word"], "hitPolicy": "UNIQUE",
        "rules": [
          { "when": { "answered": ["no"] }, "status": "no-response", "basis": "none", "reason": "Silence." },
          { "when": { "answered": ["yes"], "says_word": ["yes"] }, "status": "collecting", "basis": "practice",
            "reason": "Yes." },
          { "when": { "answered": ["yes"], "says_word": ["no"] }, "status": "not-collecting", "basis": "practice",
            "reason": "No." },
          { "when": { "answered": ["yes"], "says_word": ["part"] }, "status": "partially-collecting",
            "basis": "practice", "reason": "In part." },
          { "when": { "answered": ["yes"], "says_word": ["unclear"] }, "status": "needs-review", "basis": "none",
            "reason": "Unclear." }
        ]
      },
      "examples": { "pass": [{ "row": { "says": "yes" }, "status": "collecting" }] }
    }
    """#

  private static let recordPack = #"""
    {
      "name": "pack", "version": "1.0.0", "title": "Invented", "purpose": "Tests.",
      "requires": ["consistency.unique"], "recordsPerOrganisation": "many", "recordKey": ["id"],
      "spellings": { "notKnown": ["?"], "yes": ["yes"], "no": ["no"] },
      "fields": [
        { "name": "id", "label": "id", "type": "text", "privacy": "public", "summary": "Whose." },
        { "name": "aware", "label": "aware", "type": "boolean", "privacy": "public", "summary": "Whether." },
        { "name": "age", "label": "age", "type": "integer", "privacy": "public", "summary": "How old." }
      ]
    }
    """#

  private static let recordRule = #"""
    {
      "summary": "Nobody answers twice.", "why": "One would count for two.", "fix": { "reviewer": "Look." },
      "dimension": "uniqueness", "severity": "error", "check": "consistency.unique",
      "with": { "fields": ["id"], "within": "submission" },
      "examples": {
        "pass": [{ "row": { "id": "1" } }],
        "fail": [{ "rows": [{ "id": "1" }, { "id": "1" }], "finds": [{ "row": 2 }] }]
      }
    }
    """#
}
