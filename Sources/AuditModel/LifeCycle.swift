/// Where a rule stands on one day of its life.
public enum RuleStage: String, CaseIterable, Sendable {
  /// Being written; only its examples are run.
  case draft
  /// Known, and not in use yet.
  case announced
  /// On trial: its findings are warnings at most, and it is never mandatory.
  case beta
  /// In force.
  case enforced
  /// Not in use any more.
  case retired
}

/// The days on which a rule's stages begin and end; without any it is enforced always.
public struct LifeCycle: Hashable, Sendable {
  public var isDraft: Bool
  /// The first day of its trial; before `enforcedFrom`, which is then known.
  public var betaFrom: CalendarDate?
  /// The first day on which it is in force; nil when always.
  public var enforcedFrom: CalendarDate?
  /// The last day on which it is in force; nil while it is. Never without `enforcedFrom`.
  public var enforcedTo: CalendarDate?

  public init(
    isDraft: Bool = false, betaFrom: CalendarDate? = nil, enforcedFrom: CalendarDate? = nil,
    enforcedTo: CalendarDate? = nil
  ) {
    self.isDraft = isDraft
    self.betaFrom = betaFrom
    self.enforcedFrom = enforcedFrom
    self.enforcedTo = enforcedTo
  }

  public func stage(on day: CalendarDate) -> RuleStage {
    if isDraft { return .draft }
    if let enforcedTo, day > enforcedTo { return .retired }
    guard let enforcedFrom, day < enforcedFrom else { return .enforced }
    if let betaFrom, day >= betaFrom { return .beta }
    return .announced
  }

  /// The stages with their days in words: "beta from 2016-09-01, enforced from 2017-09-01"; nil when it is enforced
  /// always.
  public var words: String? {
    if isDraft { return "draft" }
    guard let enforcedFrom else { return nil }
    return (betaFrom.map { "beta from \($0), " } ?? "") + "enforced from \(enforcedFrom)"
      + (enforcedTo.map { " to \($0)" } ?? "")
  }

  /// Why a rule does not apply on a day, in words; nil when it does.
  public func reasonNotInForce(on day: CalendarDate) -> String? {
    switch stage(on: day) {
    case .draft: return "the rule is a draft"
    case .announced:
      if let betaFrom { return "the rule is in beta from \(betaFrom)" }
      return enforcedFrom.map { "the rule is in force from \($0)" }
    case .beta, .enforced: return nil
    case .retired: return enforcedTo.map { "the rule is retired: it was in force until \($0)" }
    }
  }
}
