import AuditModel
import ModuleHost
import RulePacks

/// A finding before its row number and organisation are known.
struct FindingDraft: Sendable {
  /// Positions in the plan.
  var rule: Int
  var binding: Int
  /// The submission's number in its part, in the fold once merged.
  var submission: Int
  /// Nil for findings that are not about one record.
  var place: UInt64?
  /// Position of the pack's field it is about.
  var field: Int?
  /// The text of that field's cell; nil when there is none or it may not be shown.
  var value: String?
  var record: [String] = []
  var period: String?
  /// Nil when it is kept for its identity alone.
  var evidence: [DraftEvidence]?
}

/// Evidence as drafts carry it: a place in an input is still a number.
struct DraftEvidence: Sendable {
  var name: String
  var value: Value

  enum Value: Sendable {
    case known(EvidenceValue)
    case place(UInt64)
  }
}
