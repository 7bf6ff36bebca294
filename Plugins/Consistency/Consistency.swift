public import CTrustCheckModule
import TrustCheckModuleKit

/// The kinds of this module: one file each in this folder.
private let module = RuleModule(
  name: "consistency", version: "1.0.0", summary: "Do the cells of a record, and the records of a round, agree.",
  kinds: [
    .kind(AssertCheck.self),
    .kind(OrderCheck.self),
    .kind(SumCheck.self),
    .kind(RateCheck.self),
    .kind(Unique.self),
    .kind(Reference.self),
    .kind(OneAnswer.self),
  ])

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func trustcheck_module() -> UnsafePointer<tc_module>! {
  unsafe module.pointer
}
