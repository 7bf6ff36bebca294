public import CTrustCheckModule
import TrustCheckModuleKit

/// The kinds of this module: one file each in this folder.
private let module = RuleModule(
  name: "completeness", version: "1.0.0", summary: "Is everything there that is asked for.",
  kinds: [
    .kind(Required.self),
    .kind(RequiredWhen.self),
    .kind(FillRate.self),
    .kind(OrganisationsAnswered.self),
    .kind(PeriodsPresent.self),
    .kind(RecordCount.self),
  ])

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func trustcheck_module() -> UnsafePointer<tc_module>! {
  unsafe module.pointer
}
