/// What a round says about the page that is made of it.
public struct Publication: Hashable, Sendable {
  /// Why the page exists, in one sentence.
  public var reason: String
  /// Who publishes it.
  public var publisher: String
  /// Where corrections are to be sent.
  public var contact: String
  /// What a reader can do.
  public var actions: [Link]
  /// A letter to a trust; `{trust}` stands for its name and `{status}` for its status in words. Empty when there is none.
  public var letter: String
  /// People's stories.
  public var stories: [Link]
  public var reports: [Link]

  public struct Link: Hashable, Sendable {
    public var title: String
    /// Begins with `https://` or `mailto:`.
    public var address: String

    public init(title: String, address: String) {
      self.title = title
      self.address = address
    }
  }

  public init(
    reason: String = "", publisher: String = "", contact: String = "", actions: [Link] = [], letter: String = "",
    stories: [Link] = [], reports: [Link] = []
  ) {
    self.reason = reason
    self.publisher = publisher
    self.contact = contact
    self.actions = actions
    self.letter = letter
    self.stories = stories
    self.reports = reports
  }
}

/// Something that was published and was wrong.
public struct Correction: Hashable, Sendable {
  public var date: CalendarDate
  /// The code of the organisation it concerns; empty when it concerns the round.
  public var organisation: String
  /// What was wrong and what is right, for readers of the page.
  public var words: String

  public init(date: CalendarDate, organisation: String, words: String) {
    self.date = date
    self.organisation = organisation
    self.words = words
  }
}

/// Where an organisation is, as the register has it.
public struct OrganisationPlace: Hashable, Sendable {
  public var nation: String
  public var region: String
  public var town: String
  /// Degrees north and east (WGS 84); nil when not known.
  public var latitude: Double?
  public var longitude: Double?

  public init(nation: String, region: String, town: String, latitude: Double?, longitude: Double?) {
    self.nation = nation
    self.region = region
    self.town = town
    self.latitude = latitude
    self.longitude = longitude
  }
}
