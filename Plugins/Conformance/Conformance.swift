public import CTrustCheckModule
import TrustCheckModuleKit

/// The kinds of this module: one file each in this folder.
private let module = RuleModule(
  name: "conformance", version: "1.0.0", summary: "Does every cell hold what its field may hold.",
  kinds: [
    .kind(TypeCheck.self),
    .kind(PatternCheck.self),
    .kind(CodeListCheck.self),
    .kind(RangeCheck.self),
    .kind(DateRangeCheck.self),
    .kind(FormatCheck.self),
    .kind(NHSNumberCheck.self),
    .kind(OrganisationCodeCheck.self),
    .kind(OrganisationOpenCheck.self),
    .kind(OrganisationNameCheck.self),
  ])

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func trustcheck_module() -> UnsafePointer<tc_module>! {
  unsafe module.pointer
}
