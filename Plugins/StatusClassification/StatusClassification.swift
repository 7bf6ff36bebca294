public import CTrustCheckModule
import TrustCheckModuleKit

/// The kinds of this module: one file each in this folder.
private let module = RuleModule(
  name: "status", version: "1.0.0", summary: "Which status an organisation's answers put it in.",
  kinds: [
    .kind(DecisionTableCheck.self),
    .kind(DeclaredCheck.self),
  ])

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func trustcheck_module() -> UnsafePointer<tc_module>! {
  unsafe module.pointer
}
