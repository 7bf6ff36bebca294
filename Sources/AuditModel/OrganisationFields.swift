/// The fields the host itself gives to kinds that read organisations: one row an organisation of the round.
///
/// They stand before the pack's own fields. A pack's field reads there as the cell that all records of the organisation
/// share: blank when it has sent none, *not known* when its records differ.
public enum OrganisationFields {
  /// The name of the list of an organisation's records in expressions over organisations.
  public static let records = "records"

  /// What the log of contacts last said of an organisation, as the values of the field `contact`.
  public enum Contact: String, CaseIterable, Sendable {
    /// No request is on record.
    case none
    /// A request was sent and nothing came back yet.
    case sent
    /// Every request sent came back undelivered.
    case bounced
    case acknowledged
    case answered
    case refused
    /// The request was passed to another organisation.
    case transferred
  }

  public static let all: [Field] = [
    Field(name: "organisation", label: "organisation code", type: .text, privacy: .public),
    Field(name: "register_name", label: "name in the register", type: .text, privacy: .public),
    Field(name: "name_as_supplied", label: "name as supplied", type: .text, privacy: .public),
    Field(name: "asked", label: "was asked", type: .boolean, privacy: .public),
    Field(name: "answered", label: "has answered", type: .boolean, privacy: .public),
    Field(
      name: "contact", label: "last contact", type: .text, privacy: .public,
      codes: Contact.allCases.map { Code(code: $0.rawValue, label: $0.rawValue) }),
    Field(name: "after_cut_off", label: "the cut-off has passed", type: .boolean, privacy: .public),
    Field(name: "records_received", label: "records received", type: .integer, privacy: .public),
    Field(name: "duplicates", label: "sent more than one answer", type: .boolean, privacy: .public),
    Field(name: "derived_status", label: "derived status", type: .text, privacy: .public),
    Field(name: "derived_reason", label: "reason for the status", type: .text, privacy: .public),
  ]

  /// The position of a host field in `all`.
  public static func position(of name: String) -> Int? {
    all.firstIndex { $0.name == name }
  }
}
