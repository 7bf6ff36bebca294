import AuditModel

/// How a status is shown: the same shape, class and words wherever it stands.
enum SiteStatus: String, CaseIterable {
  case collecting
  case partiallyCollecting = "partially-collecting"
  case notCollecting = "not-collecting"
  case noResponse = "no-response"
  case needsReview = "needs-review"
  /// It has answered, in a round that gives no statuses.
  case answered
  case excluded

  /// Nil when the organisation is not shown.
  init?(_ organisation: OrganisationResult, hasStatuses: Bool) {
    if organisation.exclusion != nil {
      self = .excluded
    } else if !organisation.isAsked {
      return nil
    } else if let status = organisation.status {
      guard let shown = SiteStatus(rawValue: status.rawValue) else { return nil }
      self = shown
    } else if hasStatuses {
      self = .needsReview
    } else {
      self = organisation.records > 0 ? .answered : .noResponse
    }
  }

  /// True for what has a mark on the map.
  var isMapped: Bool { self != .excluded }

  /// The key of its words in the message catalogue.
  var message: String {
    switch self {
    case .collecting: "statusCollecting"
    case .partiallyCollecting: "statusPartiallyCollecting"
    case .notCollecting: "statusNotCollecting"
    case .noResponse: "statusNoResponse"
    case .needsReview: "statusNeedsReview"
    case .answered: "statusAnswered"
    case .excluded: "statusExcluded"
    }
  }
}
