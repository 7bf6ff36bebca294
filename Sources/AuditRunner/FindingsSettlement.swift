import AuditModel
import RulePacks

/// Turns drafts into findings: places into rows, evidence into messages, keys into identities.
struct FindingsSettlement {
  let plan: RecordPlan
  /// The key and, when matched, the code of every submission of the fold.
  let subjects: [(key: String, organisation: String?)]
  let places: PlaceBook

  /// The finding a draft stands for, without its identity.
  func finding(_ draft: FindingDraft) -> Finding {
    let planned = plan.rules[draft.rule]
    let field = draft.field.map { plan.pack.fields[$0] }
    let subject = draft.submission >= 0 ? subjects[draft.submission] : nil
    var evidence = (draft.evidence ?? []).map { item -> Finding.Evidence in
      switch item.value {
      case .known(let value): Finding.Evidence(name: item.name, value: value)
      case .place(let place): Finding.Evidence(name: item.name, value: .text(places.words(place)))
      }
    }
    evidence.sort { $0.name < $1.name }
    return Finding(
      rule: planned.rule.id, severity: planned.severity, subject: subject?.key, organisation: subject?.organisation,
      period: draft.period, field: field?.name, record: draft.record,
      place: draft.place.map { places.place($0, field: draft.field) },
      message: message(planned, draft, evidence, field), evidence: evidence)
  }

  private func message(
    _ planned: PlannedRule, _ draft: FindingDraft, _ evidence: [Finding.Evidence], _ field: Field?
  ) -> String {
    planned.rule.message.renderShortened { name in
      switch name {
      case "field": field?.label
      case "value": draft.value ?? EvidenceValue.hidden.words
      case "period": draft.period
      case "row": draft.place.map { places.words($0) }
      case "organisation": draft.submission >= 0 ? subjects[draft.submission].key : nil
      default: evidence.first { $0.name == name }?.value.words
      }
    }
  }

  /// Identities of a rule's findings on one subject, in the order given; all of them must be given.
  ///
  /// Equal ones are told apart by an ordinal in the order of their values, then of their places.
  func identities(_ drafts: [FindingDraft]) -> [FindingIdentity] {
    struct Key: Hashable {
      let rule: Int
      let submission: Int
      let field: Int?
      let period: String?
      let record: [String]
    }
    let order = drafts.indices.sorted { a, b in
      let left = (drafts[a].value ?? "", drafts[a].place ?? 0)
      let right = (drafts[b].value ?? "", drafts[b].place ?? 0)
      return left == right ? a < b : left < right
    }
    var counts: [Key: Int] = [:]
    var ordinals = drafts.map { _ in 0 }
    for index in order {
      let draft = drafts[index]
      let key = Key(
        rule: draft.rule, submission: draft.submission, field: draft.field, period: draft.period, record: draft.record)
      ordinals[index] = counts[key, default: 0]
      counts[key, default: 0] += 1
    }
    return drafts.indices.map { identity(drafts[$0], ordinal: ordinals[$0]) }
  }

  private func identity(_ draft: FindingDraft, ordinal: Int) -> FindingIdentity {
    let planned = plan.rules[draft.rule]
    let subject = draft.submission >= 0 ? subjects[draft.submission] : nil
    var identity = FindingIdentity(
      id: nil, rule: planned.rule.firstID, severity: planned.severity, subject: subject?.key, period: draft.period,
      field: draft.field.map { plan.pack.fields[$0].name }, record: draft.record, ordinal: ordinal)
    // Without a record key the records of a submission cannot be told apart from one audit to the next.
    if draft.place == nil || !plan.pack.recordKey.isEmpty { identity.id = identity.digest }
    return identity
  }
}

extension FindingIdentity {
  /// The identity as 32 hexadecimal digits: the start of the SHA-256 of its parts, each with its length.
  var digest: String {
    var digest = Digest()
    for part in [rule, subject ?? "", period ?? "", field ?? ""] { digest.add(part) }
    for part in record { digest.add(part) }
    digest.add(String(ordinal))
    return String(digest.hex().prefix(32))
  }
}
