import AuditModel
import JSONDocument

/// Reads the stages of a rule's life: `draft`, `beta` and `enforced`.
struct LifeCycleReader {
  let log: PackErrorLog

  func lifeCycle(_ rule: ObjectReader) -> LifeCycle {
    var result = LifeCycle(isDraft: rule.boolean("draft") ?? false)
    if let value = rule["beta"], let dates = ObjectReader(value, allowing: [], required: ["from"], log: log) {
      result.betaFrom = dates.date("from")
    }
    if let value = rule["enforced"],
      let dates = ObjectReader(value, allowing: ["to"], required: ["from"], log: log)
    {
      result.enforcedFrom = dates.date("from")
      result.enforcedTo = dates.date("to")
    }
    check(result, rule)
    return result
  }

  private func check(_ cycle: LifeCycle, _ rule: ObjectReader) {
    if let from = cycle.enforcedFrom, let to = cycle.enforcedTo, to < from, let place = rule["enforced"] {
      log.add(place.error("The last day is before the first"))
    }
    for key in ["beta", "enforced"] where cycle.isDraft {
      guard let place = rule[key] else { continue }
      log.add(place.errorAtKey("The rule is a draft, so \"\(key)\" says nothing; remove \"draft\" or \"\(key)\""))
    }
    guard let beta = rule["beta"], !cycle.isDraft else { return }
    if rule["enforced"] == nil {
      log.add(
        beta.errorAtKey(
          "A rule in beta says from when on it is enforced: expected \"enforced\": { \"from\": … } beside \"beta\""))
    }
    if let betaFrom = cycle.betaFrom, let enforcedFrom = cycle.enforcedFrom, betaFrom >= enforcedFrom {
      log.add(
        (beta["from"] ?? beta).error(
          "The rule is in beta from \(betaFrom) and enforced from \(enforcedFrom); expected beta to begin first"))
    }
  }
}
