import AuditModel
import Register

extension Register {
  /// What stands before all that is shown of an invented register.
  var notice: String { isSynthetic ? "SYNTHETIC: every organisation of this register is invented.\n" : "" }
}

extension Match {
  /// What a name was taken for, or may mean, line by line.
  func lines(at date: CalendarDate) -> [String] {
    func shown(_ organisation: Organisation) -> String { "\(organisation.code) \(organisation.name)" }
    switch self {
    case .code(let organisation): return ["\(shown(organisation)) (by its code)"]
    case .exact(let organisation): return ["\(shown(organisation)) (its name)"]
    case .normalised(let organisation):
      return ["\(shown(organisation)) (its name but for case, punctuation, spaces or words such as \"NHS Trust\")"]
    case .knownName(let organisation, let known):
      return ["\(shown(organisation)) (also known as \"\(known.name)\"; since when is not known)"]
    case .successor(let organisation, let former, let steps):
      let way = steps.map { step in step.code + (step.date.map { " from \($0)" } ?? ", date not known") }
      return ["\(shown(organisation)) (took over from \(shown(former)): \(way.joined(separator: ", then ")))"]
    case .notOpen(let found):
      guard let organisation = found.organisation else { return ["not matched"] }
      return [
        "not matched: \(shown(organisation)) is not open on \(date), and no source says who took over from it"
      ]
    case .offered(let offers):
      return ["not matched; it may be"]
        + offers.map { "  \(shown($0.organisation)) (\(Int(($0.score * 100).rounded())) of 100: \($0.why))" }
    case .none: return ["not matched, and nothing in the register is like it"]
    }
  }
}

extension Organisation {
  /// Everything that is known, line by line.
  func lines(_ found: LookUp, at date: CalendarDate, sites: [Site]) -> [String] {
    var lines = ["\(code)  \(name)"]
    func add(_ what: String, _ words: String) {
      if !words.isEmpty { lines.append("  \(what): \(words)") }
    }
    let state =
      switch found {
      case .open: "open on \(date)"
      case .notYetOpen: "not yet open on \(date)"
      case .closed: "closed on \(date)"
      case .superseded: "replaced, on a day that no source states"
      case .notInRegister: ""
      }
    add("state", state)
    add("opened", opened?.description ?? "not known")
    if let closed { add("last day open", closed.description) }
    for successor in successors {
      let when = successor.date.map { " from \($0)" } ?? ", date not known"
      add("successor", "\(successor.code)\(when) (\(successor.source))")
    }
    for known in names { add("known name", "\(known.name) (\(known.sources.joined(separator: ", ")))") }
    add("other codes", otherCodes.joined(separator: ", "))
    add("nation", nation)
    add("region", region)
    add("kind", kind)
    add("place", [town, postcode].filter { !$0.isEmpty }.joined(separator: ", "))
    add(
      "coordinates",
      coordinates.map { "\($0.latitude), \($0.longitude) (\($0.source))" } ?? "not known")
    add("source", source)
    if !sites.isEmpty {
      lines.append("  sites: \(sites.count)")
      for site in sites {
        lines.append("    \(site.code) \(site.name)" + (site.closed.map { ", closed \($0)" } ?? ""))
      }
    }
    return lines
  }
}
