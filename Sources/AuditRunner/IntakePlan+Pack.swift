public import Intake
public import RulePacks

extension IntakePlan {
  /// How files are read for a pack.
  ///
  /// - Parameter partBytes: for tests; the standard when nil.
  public init(_ pack: RulePack, partBytes: Int? = nil) {
    self.init(
      fields: pack.fields, organisationCode: pack.organisationCode, organisationName: pack.organisationName,
      places: pack.recordPlaces, wide: pack.wide.map { ($0.period, $0.value) }, totals: pack.totals,
      partBytes: partBytes ?? IntakePlan.partBytes)
  }
}
