import AuditModel
import RulePacks

/// The host's own findings, about files, names and the round's papers, as the pack `intake`.
struct InputSettlement {
  let inputs: [InputSummary]
  /// What people call the fields, by name.
  let labels: [String: String]
  /// Rows with more cells than the header, by input: the first places, and how many there are.
  let raggedRows: [(input: String, places: [Finding.Place], count: Int)]
  let round: Round?
  /// False when only some submissions are reported: nothing is said of the round's papers then.
  let reportsPapers: Bool
  let organisations: [OrganisationResult]
  let unmatched: [UnmatchedSubmission]
  /// True when there are records of a pack that names no organisation.
  let hasSubmissionOfNobody: Bool
  /// Keys of unmatched submissions whose code the register does not have.
  let outsideRegister: Set<String>
  let levels: [LevelChange]
  let limit: Int

  /// Adds the rules and what they found to the ledger.
  func settle(into book: inout LedgerBook) {
    for rule in IntakeRules.all {
      let level = levels.last { $0.rule == rule.id }
      if let level, level.severity == nil { continue }
      let severity = level?.severity ?? rule.severity
      book.begin(RuleResult(rule, severity: severity))
      switch rule.id {
      case IntakeRules.missingColumn.id: settle(rule, missingColumns(), severity, into: &book)
      case IntakeRules.columnRepeated.id: settle(rule, repeatedColumns(), severity, into: &book)
      case IntakeRules.ambiguousDate.id: settle(rule, ambiguousDates(), severity, into: &book)
      case IntakeRules.totalDiffers.id: settle(rule, differentTotals(), severity, into: &book)
      case IntakeRules.noRecords.id: settle(rule, filesWithoutRecords(), severity, into: &book)
      case IntakeRules.unmappedColumn.id: settle(rule, unmappedColumns(), severity, into: &book)
      case IntakeRules.raggedRow.id: settleRaggedRows(rule, severity, into: &book)
      case IntakeRules.decisionWithoutEffect.id: settle(rule, reportsPapers ? decisions() : [], severity, into: &book)
      case IntakeRules.contactUnknown.id: settle(rule, reportsPapers ? unknownContacts() : [], severity, into: &book)
      default: settleBySubmission(rule, severity, into: &book)
      }
    }
  }

  private struct Draft {
    var message: String
    var field: String?
    var record: [String] = []
    var organisation: String?
    var place: Finding.Place?
  }

  private func settle(
    _ rule: IntakeRules.Rule, _ drafts: [Draft], _ severity: Severity, into book: inout LedgerBook,
    subject: String? = nil, count: Int? = nil
  ) {
    let outcome: Outcome = drafts.isEmpty ? .passed : .failed
    book.add(LedgerEntry(rule: rule.id, subject: subject, outcome: outcome, findings: count ?? drafts.count))
    var ordinals: [[String]: Int] = [:]
    for (index, draft) in drafts.enumerated() {
      let key = [draft.field ?? ""] + draft.record
      var identity = FindingIdentity(
        id: nil, rule: rule.id, severity: severity, subject: subject, period: nil, field: draft.field,
        record: draft.record, ordinal: ordinals[key, default: 0])
      ordinals[key, default: 0] += 1
      identity.id = identity.digest
      if index < limit {
        book.show(
          Finding(
            id: identity.id, rule: rule.id, severity: severity, subject: subject, organisation: draft.organisation,
            field: draft.field, record: draft.record, place: draft.place, message: draft.message))
      }
      book.identify(identity)
    }
  }

  private func missingColumns() -> [Draft] {
    inputs.flatMap { input in
      input.tables.flatMap { table in
        table.missing.map { field in
          Draft(
            message: "No column is \"\(labels[field] ?? field)\"; found "
              + (table.columns.isEmpty
                ? "no columns" : table.columns.map { "\"\($0.heading)\"" }.joined(separator: ", ")) + ".",
            field: field, record: [input.name],
            place: Finding.Place(input: input.name, sheet: table.sheet, row: table.headerRow))
        }
      }
    }
  }

  private func filesWithoutRecords() -> [Draft] {
    inputs.filter { !$0.format.isEmpty && $0.records == 0 && !$0.sha256.isEmpty }.map { input in
      Draft(
        message: "The file has a header and no records.", record: [input.name],
        place: Finding.Place(input: input.name, sheet: input.tables.first?.sheet, row: input.tables.first?.headerRow))
    }
  }

  private func repeatedColumns() -> [Draft] {
    drafts("The column \"%\" is for a field that a column to its left is for already.") { $0.isRepeated }
  }

  private func unmappedColumns() -> [Draft] {
    drafts("The column \"%\" is not one that the rules know.") { column in
      column.field == nil && column.matchedBy == nil && !column.isRepeated
    }
  }

  /// One for each of the columns that are meant, at their headings.
  ///
  /// - Parameter message: with a percent sign for the heading.
  private func drafts(_ message: String, of isMeant: (InputSummary.Column) -> Bool) -> [Draft] {
    inputs.flatMap { input in
      input.tables.flatMap { table in
        table.columns.filter(isMeant).map { column in
          Draft(
            message: message.split(separator: "%", maxSplits: 1).joined(separator: column.heading),
            record: [input.name, column.heading],
            place: Finding.Place(
              input: input.name, sheet: table.sheet, row: table.headerRow,
              column: table.headerRow == nil ? nil : column.position,
              pointer: table.headerRow == nil ? column.heading : nil))
        }
      }
    }
  }

  private func ambiguousDates() -> [Draft] {
    inputs.flatMap { input in
      input.ambiguities.map { dates in
        let label = labels[dates.field] ?? dates.field
        var message =
          dates.count == 1
          ? "A date in \"\(label)\" can be read day first or month first"
          : "\(dates.count) dates in \"\(label)\" can be read day first or month first"
        if let given = dates.given {
          message +=
            "; \(dates.count == 1 ? "it" : "the first") is \(given): "
            + dates.readings.joined(separator: " or ")
        }
        return Draft(message: message + ".", field: dates.field, record: [input.name], place: dates.place)
      }
    }
  }

  private func differentTotals() -> [Draft] {
    inputs.flatMap { input in
      input.differences.map { difference in
        Draft(
          message: "The total of \"\(labels[difference.field] ?? difference.field)\" is given as \(difference.given); "
            + "the \(difference.isOfRow ? "cells of its row" : "rows above") come to \(difference.sum).",
          field: difference.field, record: [input.name], place: difference.place)
      }
    }
  }

  private func settleRaggedRows(_ rule: IntakeRules.Rule, _ severity: Severity, into book: inout LedgerBook) {
    let drafts = raggedRows.flatMap { ragged in
      ragged.places.map { place in
        Draft(message: "The row has more cells than the header has columns.", record: [ragged.input], place: place)
      }
    }
    settle(rule, drafts, severity, into: &book, count: raggedRows.reduce(0) { $0 + $1.count })
  }

  private func decisions() -> [Draft] {
    let codes = Set(organisations.map(\.code))
    var drafts = organisations.compactMap { organisation -> Draft? in
      guard let decision = organisation.decision, let void = decision.void else { return nil }
      return Draft(
        message: "The decision of \(decision.date) for \(organisation.code) (\(decision.status.words)) has no effect: "
          + void + ".", record: [organisation.code], organisation: organisation.code,
        place: round?.decisions.last { $0.organisation == organisation.code }?.place)
    }
    for entry in round?.decisions ?? [] where !codes.contains(entry.organisation) {
      drafts.append(
        Draft(
          message: "The decision is for \(entry.organisation), which is not in the round.",
          record: [entry.organisation], place: entry.place))
    }
    return drafts
  }

  private func unknownContacts() -> [Draft] {
    let codes = Set(organisations.map(\.code))
    return (round?.contacts.keys.sorted() ?? []).filter { !codes.contains($0) }.map { code in
      Draft(message: "The log of contacts names \(code), which is not in the round.", record: [code])
    }
  }

  private func settleBySubmission(_ rule: IntakeRules.Rule, _ severity: Severity, into book: inout LedgerBook) {
    for organisation in organisations where organisation.records > 0 {
      var drafts: [Draft] = []
      if rule.id == IntakeRules.organisationNotAsked.id, round != nil, !organisation.isAsked {
        drafts = [
          Draft(
            message: organisation.exclusion.map { "It answered although it is excluded: \($0)" }
              ?? "It answered although the round did not ask it.", organisation: organisation.code,
            place: organisation.inputs.first.map { Finding.Place(input: $0) })
        ]
      }
      settle(rule, drafts, severity, into: &book, subject: organisation.code)
    }
    if hasSubmissionOfNobody {
      book.add(
        LedgerEntry(
          rule: rule.id, subject: SubmissionOfNobody.key, outcome: .notApplicable,
          causes: [
            LedgerEntry.Cause(of: .notApplicable, words: "the rule pack names no organisation", rows: nil)
          ]))
    }
    for submission in unmatched {
      let isOutside = outsideRegister.contains(submission.key)
      let wanted =
        rule.id == IntakeRules.organisationNotInRegister.id
        ? isOutside : rule.id == IntakeRules.organisationNotMatched.id && !isOutside
      var drafts: [Draft] = []
      if wanted {
        let name = [submission.code, submission.name].filter { !$0.isEmpty }.joined(separator: " ")
        let offers = submission.offers.prefix(3).map { "\($0.code) \($0.name)" }.joined(separator: "; ")
        let message =
          isOutside
          ? "\(name) is not in this register."
          : name.isEmpty
            ? "The records say neither a code nor a name."
            : "\"\(name)\" could not be matched\(offers.isEmpty ? "." : "; it may be \(offers).")"
        drafts = [Draft(message: message, place: submission.inputs.first.map { Finding.Place(input: $0) })]
      }
      settle(rule, drafts, severity, into: &book, subject: submission.key)
    }
  }
}
