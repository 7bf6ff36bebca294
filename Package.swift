// swift-tools-version: 6.2
import PackageDescription

/// The settings every Swift target is built with; warnings are errors.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

/// A built-in rule module: a shared library of its own, loaded like any other module.
func module(_ name: String) -> Target {
  .target(
    name: name, dependencies: ["TrustCheckModuleKit"], path: "Plugins/\(name)", swiftSettings: strict)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = [], excluding files: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies, exclude: files,
    swiftSettings: strict)
}

let builtInModules = ["Conformance", "Completeness", "Consistency", "StatusClassification"]

let package = Package(
  name: "trustcheck",
  products: [
    .executable(name: "trustcheck", targets: ["trustcheck"]),
    .library(name: "TrustCheckModuleKit", targets: ["TrustCheckModuleKit"]),
  ] + builtInModules.map { .library(name: $0, type: .dynamic, targets: [$0]) },
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    .systemLibrary(name: "CJansson", pkgConfig: "jansson", providers: [.apt(["libjansson-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CTrustCheckModule"),

    room("LocalFiles"),
    room("TerminalText"),
    room("AuditModel"),
    room("JSONDocument", ["CJansson", "AuditModel", "LocalFiles"]),
    room("Columns", ["AuditModel"]),
    room("Intake", ["Columns", "AuditModel", "JSONDocument", "LocalFiles", "CZip"]),
    room("Expressions", ["Columns", "AuditModel", "JSONDocument", "CRE2"]),
    room("Register", ["AuditModel", "JSONDocument", "LocalFiles", "Intake"]),
    room("TrustCheckModuleKit", ["CTrustCheckModule"]),
    room("ModuleHost", ["CTrustCheckModule", "AuditModel", "Columns", "Expressions", "JSONDocument"]),
    room("RulePacks", ["AuditModel", "JSONDocument", "LocalFiles", "Expressions", "TerminalText"]),
    room(
      "AuditRunner",
      [
        "AuditModel", "JSONDocument", "LocalFiles", "Columns", "Intake", "Register", "Expressions", "RulePacks",
        "ModuleHost", .product(name: "Crypto", package: "swift-crypto"),
      ]),
    room("Profiles", ["AuditModel", "Columns", "Intake", "JSONDocument", "TerminalText"]),
    room("Reports", ["AuditModel", "JSONDocument", "LocalFiles", "TerminalText"]),
    room("Feedback", ["AuditModel", "Intake", "LocalFiles", "Reports", "Workbooks"]),
    room("Workbooks", ["CXLSXWriter", "LocalFiles", "TerminalText"]),
    room(
      "Site",
      [
        "AuditModel", "JSONDocument", "LocalFiles", "Register", "Reports", "TerminalText",
        .product(name: "Mustache", package: "swift-mustache"),
      ]),
    .executableTarget(
      name: "trustcheck",
      dependencies: [
        "AuditModel", "AuditRunner", "Expressions", "Feedback", "Intake", "JSONDocument", "LocalFiles", "ModuleHost",
        "Profiles",
        "Register", "Reports", "RulePacks", "Site", "TerminalText",
        "Workbooks",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["LocalFiles"], path: "Tests/TestSupport", swiftSettings: strict),
    tests(of: "JSONDocument", ["AuditModel", "LocalFiles"]),
    tests(of: "LocalFiles"),
    tests(of: "AuditModel"),
    tests(of: "Columns", ["AuditModel"]),
    tests(of: "Intake", ["AuditModel", "Columns", "JSONDocument"]),
    tests(
      of: "Expressions", ["AuditModel", "Columns", "JSONDocument", "LocalFiles"],
      excluding: ["conformance-exceptions.json", "cel-python.py"]),
    tests(of: "Register", ["AuditModel", "JSONDocument", "LocalFiles"]),
    tests(of: "ModuleHost", ["AuditModel", "Columns", "Expressions", "CTrustCheckModule", "JSONDocument"]),
    tests(of: "RulePacks", ["AuditModel", "JSONDocument", "LocalFiles", "Expressions", "ModuleHost"]),
    tests(of: "AuditRunner", ["AuditModel", "JSONDocument", "LocalFiles", "RulePacks", "ModuleHost", "Register"]),
    tests(of: "Profiles", ["AuditModel", "Intake", "JSONDocument", "LocalFiles"]),
    tests(of: "Reports", ["AuditModel", "JSONDocument"]),
    tests(of: "Site", ["AuditModel", "JSONDocument", "LocalFiles", "Register", "Reports"]),
    tests(of: "Feedback", ["AuditModel", "Intake", "LocalFiles", "Reports", "Workbooks"]),
    tests(of: "Workbooks", ["LocalFiles", "Intake"]),
    .testTarget(
      name: "PluginsTests", dependencies: ["TestSupport", "CTrustCheckModule", "JSONDocument"], swiftSettings: strict),
    .testTarget(
      name: "AcceptanceTests", dependencies: ["TestSupport", "JSONDocument", "LocalFiles"],
      exclude: [
        "BadInputs", "Expected", "ExpectedLetters", "Modules", "Packs", "Scenarios", "Site", "bad-inputs.py",
        "fill-template.py", "formats.py", "junit.xsd",
        "personal-values.py", "naughty-strings.py",
      ],
      swiftSettings: strict),
  ] + builtInModules.map(module),
  cxxLanguageStandard: .cxx17
)
