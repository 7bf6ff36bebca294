public import AuditModel

/// The host's own rules: what it finds about files, names and the round's papers, as the pack `intake`.
///
/// They have ids, documentation and outcomes like the rules of any other pack, but no check kind: the host judges them.
public enum IntakeRules {
  public struct Rule: Sendable {
    public let id: String
    public let summary: String
    public let why: String
    public let fix: [Role: String]
    public let dimension: Dimension
    public let severity: Severity
    public let isMandatory: Bool
    public let answers: CheckKind.Answers
  }

  public static let packName = "intake"

  public static let missingColumn = Rule(
    id: "intake/missing-column",
    summary: "A file has a column for every field that its rules need.",
    why: "Rules that need the column cannot be evaluated, so the file cannot be called complete or correct.",
    fix: [
      .dataOfficer: "Add the column, or give it the heading that the rule pack knows.",
      .reviewer: "If the column is there under another heading, map it in the round under \"columns\".",
    ], dimension: .conformance, severity: .error, isMandatory: true, answers: .round)

  public static let unmappedColumn = Rule(
    id: "intake/unmapped-column",
    summary: "Every column of a file is one that the rules know.",
    why: "What stands in it was not audited; it may be an answer under a heading that was not recognised.",
    fix: [
      .dataOfficer: "Remove the column if it is not asked for.",
      .reviewer: "Map it in the round under \"columns\" if it holds an answer.",
    ], dimension: .conformance, severity: .info, isMandatory: false, answers: .round)

  public static let columnRepeated = Rule(
    id: "intake/column-repeated",
    summary: "A field has one column.",
    why: "Only the first of two columns for one field is read; what stands in the other was not audited.",
    fix: [
      .dataOfficer: "Remove one of the columns, or give it another heading.",
      .reviewer: "Ask which column holds the answer, and map it in the round under \"columns\".",
    ], dimension: .conformance, severity: .error, isMandatory: true, answers: .round)

  public static let ambiguousDate = Rule(
    id: "intake/ambiguous-date",
    summary: "Every date can be read in one way only.",
    why: "In 03/04/2018 the day may be the third or the fourth. A guess would move dates by months and tell nobody.",
    fix: [
      .dataOfficer: "Write dates as CCYY-MM-DD, or with the month in letters.",
      .reviewer: "If the order is known, fix it for the round or the file: \"dates\": \"day-first\".",
    ], dimension: .conformance, severity: .error, isMandatory: true, answers: .round)

  public static let totalDiffers = Rule(
    id: "intake/total-differs",
    summary: "A total is the sum of what it is the total of.",
    why: "A part is wrong or missing, or the total counts something that is not in the file. Totals are never read as "
      + "records.",
    fix: [
      .dataOfficer: "Add the parts up again, and correct the number that is wrong.",
      .reviewer: "Ask which of the numbers is right.",
    ], dimension: .consistency, severity: .warning, isMandatory: false, answers: .round)

  public static let noRecords = Rule(
    id: "intake/no-records",
    summary: "A file holds records below its header.",
    why: "A file with a header alone answers nothing; an export may have failed.",
    fix: [
      .dataOfficer: "Export the records again and send them.",
      .reviewer: "Ask for the records; until they come the file counts as no answer.",
    ], dimension: .completeness, severity: .error, isMandatory: true, answers: .round)

  public static let raggedRow = Rule(
    id: "intake/ragged-row",
    summary: "No row has more cells than the header.",
    why: "A stray delimiter moves every value after it one column to the right, under the wrong heading.",
    fix: [
      .dataOfficer: "Put cells that hold the delimiter in double quotes.",
      .reviewer: "Compare the row with what was sent.",
    ], dimension: .conformance, severity: .error, isMandatory: true, answers: .round)

  public static let organisationNotMatched = Rule(
    id: "intake/organisation-not-matched",
    summary: "Records say which organisation they are of.",
    why: "Their answer counts for nobody until it is known whose it is.",
    fix: [
      .dataOfficer: "Give the organisation's code.",
      .reviewer: "Check the organisations offered and give the code in the round.",
    ], dimension: .conformance, severity: .error, isMandatory: true, answers: .submission)

  public static let organisationNotAsked = Rule(
    id: "intake/organisation-not-asked",
    summary: "Only organisations answer that the round asked.",
    why: "Its answer is audited but counts in no figure of the round.",
    fix: [.reviewer: "Add it to those asked, or to those excluded with the reason."],
    dimension: .consistency, severity: .warning, isMandatory: false, answers: .submission)

  public static let organisationNotInRegister = Rule(
    id: "intake/organisation-not-in-register",
    summary: "Codes are in this register.",
    why:
      "The register holds NHS trusts and boards; a code outside it, such as an independent provider's, can be right.",
    fix: [.reviewer: "Nothing, when the code is right; otherwise ask for the right one."],
    dimension: .conformance, severity: .info, isMandatory: false, answers: .submission)

  public static let decisionWithoutEffect = Rule(
    id: "intake/decision-without-effect",
    summary: "Every decision has an effect.",
    why: "It was made on another submission than the one that stands now, or on none.",
    fix: [.reviewer: "Look at the answer again and note the decision anew, or remove it."],
    dimension: .status, severity: .warning, isMandatory: false, answers: .round)

  public static let contactUnknown = Rule(
    id: "intake/contact-unknown",
    summary: "The log of contacts names organisations of the round only.",
    why: "What was noted about it is not used.",
    fix: [.reviewer: "Correct the code, or add the organisation to the round."],
    dimension: .consistency, severity: .warning, isMandatory: false, answers: .round)

  /// In the order of their ids.
  public static let all = [
    ambiguousDate, columnRepeated, contactUnknown, decisionWithoutEffect, missingColumn, noRecords,
    organisationNotAsked,
    organisationNotInRegister,
    organisationNotMatched, raggedRow, totalDiffers, unmappedColumn,
  ]
}
