import AuditModel
import JSONDocument
import LocalFiles
import TestSupport
import Testing

@testable import RulePacks

/// A small rule pack that loads without error, to be changed in one place by a test.
struct SmallPack {
  /// By path within the pack's folder.
  var files: [String: String] = SmallPack.sound
  /// What the folder is called.
  var folderName = "demo"
  /// Where errors are expected: file, line and column (1-based), in the order in which the marks were set.
  private var places: [(file: String, line: Int, column: Int)] = []

  /// Stands before the place of an expected error, and is taken out of the file.
  static let mark: Character = "»"

  /// Replaces text that stands in a file exactly once; a mark in the new text says where an error is expected.
  func replacing(
    _ old: String, by new: String, in file: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> SmallPack {
    let text = try #require(files[file], sourceLocation: sourceLocation)
    let at = try #require(SmallPack.onlyRange(of: old, in: text), "\(old)", sourceLocation: sourceLocation)
    var pack = self
    pack.put(String(text[..<at.lowerBound]) + new + String(text[at.upperBound...]), in: file)
    return pack
  }

  /// Adds a file, or replaces one.
  func adding(_ text: String, as file: String) -> SmallPack {
    var pack = self
    pack.put(text, in: file)
    return pack
  }

  private mutating func put(_ text: String, in file: String) {
    if let mark = text.firstIndex(of: SmallPack.mark) {
      let before = text[..<mark]
      let line = before.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
      places.append((file, before.count { $0 == "\n" } + 1, line.unicodeScalars.count + 1))
    }
    files[file] = text.filter { $0 != SmallPack.mark }
  }

  func load() throws -> RulePack {
    try TestSupport.withTemporaryFolder { folder in
      let root = "\(folder)/\(folderName)"
      try LocalFiles.makeFolder(root)
      for (path, text) in files {
        let parts = path.split(separator: "/")
        if parts.count > 1 { try LocalFiles.makeFolder("\(root)/\(parts[0])") }
        try LocalFiles.write(text, to: "\(root)/\(path)")
      }
      return try RulePack.load(root, kinds: HandMadeKinds.all)
    }
  }

  /// The errors with which the pack is refused, none when it loads.
  func errors() throws -> [JSONError] {
    do {
      _ = try load()
      return []
    } catch let error as PackErrors {
      return error.errors
    }
  }

  /// Expects exactly these errors at the marked places, in the order of files and places; a pack without marks is
  /// expected to bring errors about whole files.
  func expect(_ messages: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let found = try errors()
    let described = found.map(\.description).joined(separator: "\n")
    #expect(found.map(\.message) == messages, sourceLocation: sourceLocation)
    guard !places.isEmpty else { return }
    let sorted = places.sorted { ($0.file, $0.line, $0.column) < ($1.file, $1.line, $1.column) }
    #expect(
      found.map { "\($0.file):\($0.line):\($0.column)" }
        == sorted.map { "\(folderName)/\($0.file):\($0.line):\($0.column)" }, "\(described)",
      sourceLocation: sourceLocation)
  }

  private static func onlyRange(of part: String, in text: String) -> Range<String.Index>? {
    let ranges = text.ranges(of: part)
    return ranges.count == 1 ? ranges[0] : nil
  }
}

extension SmallPack {
  static let sound = [
    "pack.json": packFile, "completeness/count-missing.json": countMissing,
    "conformance/code-pattern.json": codePattern, "conformance/answer-not-in-list.json": answerNotInList,
    "consistency/part-above-total.json": partAboveTotal, "status.json": statusFile,
  ]

  private static let packFile = #"""
    {
      "name": "demo",
      "version": "1.2.3",
      "title": "A demonstration",
      "purpose": "To be loaded by tests.",
      "reading": "All of it.",
      "requires": [
        "completeness.required", "conformance.code-list", "conformance.pattern", "consistency.assert",
        "status.decision-table"
      ],
      "organisation": { "code": "code" },
      "period": "period",
      "recordsPerOrganisation": "one",
      "recordKey": ["reference"],
      "totals": ["sum"],
      "spellings": { "notKnown": ["not held"], "suppressed": [{ "text": "<5", "low": 0, "high": 4 }] },
      "codeLists": {
        "answers": [
          { "code": "yes", "label": "Yes, it does", "spellings": ["y"] },
          { "code": "no", "label": "No, it does not", "from": "2015-01-01", "retired": null }
        ]
      },
      "fields": [
        { "name": "code", "label": "organisation code", "type": "text", "summary": "A code.", "aliases": ["ODS code"] },
        { "name": "reference", "label": "reference", "type": "text", "summary": "A reference.", "optional": true },
        { "name": "collecting", "label": "answer", "type": "text", "privacy": "public", "summary": "An answer.",
          "codes": "answers" },
        { "name": "total", "label": "total", "type": "integer", "summary": "All.",
          "spellings": { "notKnown": ["no idea"], "rounded": ["~"], "roundedBy": 2 } },
        { "name": "part", "label": "part of the total", "type": "integer", "summary": "Some." },
        { "name": "period", "label": "months", "type": "period", "summary": "When." },
        { "name": "nhs_number", "label": "NHS number", "type": "text", "privacy": "personal", "summary": "Whose." }
      ]
    }
    """#

  private static let countMissing = #"""
    {
      "summary": "Both counts are given.",
      "why": "One alone says little.",
      "fix": { "data-officer": "Give both.", "reviewer": "Ask for both." },
      "dimension": "completeness",
      "severity": "error",
      "applies": "collecting == 'yes'",
      "check": "completeness.required",
      "with": { "fields": ["total", "part"], "accept": ["not-known"] },
      "message": "{field} is {found} {{in {period}}}",
      "enforced": { "from": "2016-09-01" },
      "aliases": ["demo/count-left-out"],
      "examples": {
        "pass": [{ "row": { "collecting": "yes", "total": "3", "part": "<5" } }],
        "fail": [{ "row": { "collecting": "y", "total": "3" }, "finds": [{ "field": "part" }] }]
      }
    }
    """#

  private static let codePattern = #"""
    {
      "summary": "The code has three characters.",
      "why": "No other is read.",
      "fix": { "data-officer": "Correct it." },
      "dimension": "conformance",
      "severity": "warning",
      "check": "conformance.pattern",
      "with": { "field": "code", "pattern": "[A-Z0-9]{3}" },
      "examples": {
        "pass": [{ "row": { "code": "X1A" } }],
        "fail": [{ "row": { "code": "X" }, "finds": [{}] }]
      }
    }
    """#

  private static let answerNotInList = #"""
    {
      "summary": "The answer is in the list.",
      "why": "Others are not understood.",
      "fix": { "reviewer": "Ask." },
      "dimension": "conformance",
      "severity": "info",
      "mandatory": true,
      "reading": true,
      "source": "A letter.",
      "check": "conformance.code-list",
      "with": { "field": "collecting", "list": "answers", "at": "period" },
      "examples": {
        "pass": [{ "row": { "collecting": "Yes, it does", "period": "2016" } }],
        "fail": [{ "row": { "collecting": "maybe", "period": "2016" }, "asOf": "2016-08-31", "finds": [{ "row": 1 }] }]
      }
    }
    """#

  private static let partAboveTotal = #"""
    {
      "summary": "The part is not above the total.",
      "why": "It is a part.",
      "fix": { "data-officer": "Correct one of them." },
      "dimension": "consistency",
      "severity": "error",
      "mandatory": false,
      "check": "consistency.assert",
      "with": { "that": "!given(part) || low(part) <= high(total)" },
      "field": "part",
      "message": "{value} is above the total.",
      "examples": {
        "pass": [{ "rows": [{ "total": "3", "part": "3" }, { "total": "3" }] }],
        "fail": [{ "row": { "total": "3", "part": "4" }, "finds": [{ "field": "part", "message": "4 is above the total." }] }]
      }
    }
    """#

  private static let statusFile = #"""
    {
      "summary": "Each gets a status.",
      "why": "For the map.",
      "fix": { "reviewer": "Look." },
      "reading": "A guess.",
      "check": "status.decision-table",
      "with": {
        "facts": {
          "says": {
            "summary": "What it says.",
            "cases": [{ "when": "collecting == 'yes'", "is": "yes" }, { "when": "collecting == 'no'", "is": "no" }],
            "otherwise": "nothing",
            "unknown": "nothing"
          },
          "counts": {
            "summary": "Whether it counts.",
            "cases": [{ "when": "records.exists(r, given(r.total))", "is": "some" }],
            "otherwise": "none",
            "unknown": "none"
          }
        },
        "inputs": ["answered", "says", "counts"],
        "hitPolicy": "UNIQUE",
        "rules": [
          { "when": { "answered": ["no"] }, "status": "no-response", "basis": "none", "reason": "Silence." },
          { "when": { "answered": ["yes"], "says": ["no"] }, "status": "not-collecting", "basis": "practice",
            "reason": "It says so." },
          { "when": { "answered": ["yes"], "says": ["nothing"] }, "status": "needs-review", "basis": "none",
            "reason": "It says nothing." },
          { "when": { "answered": ["yes"], "says": ["yes"], "counts": ["none"] }, "status": "partially-collecting",
            "basis": "reply", "reason": "No counts." },
          { "when": { "answered": ["yes"], "says": ["yes"], "counts": ["some"] }, "status": "collecting",
            "basis": "practice", "reason": "It counts." }
        ]
      },
      "examples": {
        "pass": [
          { "row": { "collecting": "yes", "total": "3" }, "organisation": { "answered": true, "contact": "answered" },
            "status": "collecting", "basis": "practice", "reason": "It counts." },
          { "organisation": { "answered": false, "records_received": 0 }, "status": "no-response" }
        ]
      }
    }
    """#
}
