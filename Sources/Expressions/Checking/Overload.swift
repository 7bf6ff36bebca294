/// One way to call a function.
struct Overload: Sendable {
  let name: String
  let function: Function
  /// True when the first parameter stands before the dot.
  let isMember: Bool
  let parameters: [Parameter]
  /// True when the last parameter may stand any number of times from once.
  let isVariadic: Bool
  private let outcome: @Sendable ([ValueType]) -> ValueType

  /// What an argument may be.
  enum Parameter: Sendable {
    case type(ValueType)
    case anyNumber
    case anyList
    case anyMap
    case anyOptional

    func takes(_ type: ValueType) -> Bool {
      switch (self, type) {
      case (_, .dyn), (.anyList, .list), (.anyMap, .map), (.anyOptional, .optional): true
      case (.anyNumber, _): type.isNumeric
      case (.type(let wanted), _): type.fits(wanted)
      default: false
      }
    }

    /// The type's name, for messages.
    var name: String {
      switch self {
      case .type(let type): type.name
      case .anyNumber: "number"
      case .anyList: "list"
      case .anyMap: "map"
      case .anyOptional: "optional"
      }
    }
  }

  private init(
    _ name: String, _ function: Function, isMember: Bool, _ parameters: [Parameter], isVariadic: Bool,
    _ outcome: @escaping @Sendable ([ValueType]) -> ValueType
  ) {
    self.name = name
    self.function = function
    self.isMember = isMember
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.outcome = outcome
  }

  /// A call without a dot, or with the name of an extension before it.
  static func global(_ name: String, _ function: Function, _ parameters: [ValueType], _ result: ValueType) -> Overload {
    Overload(name, function, isMember: false, parameters.map { .type($0) }, isVariadic: false) { _ in result }
  }

  /// A call whose first parameter stands before the dot.
  static func member(_ name: String, _ function: Function, _ parameters: [ValueType], _ result: ValueType) -> Overload {
    Overload(name, function, isMember: true, parameters.map { .type($0) }, isVariadic: false) { _ in result }
  }

  /// A call whose result depends on the types of its arguments.
  static func generic(
    _ name: String, _ function: Function, isMember: Bool, _ parameters: [Parameter], isVariadic: Bool = false,
    _ outcome: @escaping @Sendable ([ValueType]) -> ValueType
  ) -> Overload {
    Overload(name, function, isMember: isMember, parameters, isVariadic: isVariadic, outcome)
  }

  /// Whether arguments of these types may be given.
  func takes(_ types: [ValueType]) -> Bool {
    guard isVariadic ? types.count >= parameters.count : types.count == parameters.count else { return false }
    return types.enumerated().allSatisfy { parameters[min($0, parameters.count - 1)].takes($1) }
  }

  /// The type of the result for arguments that it takes.
  func result(for types: [ValueType]) -> ValueType { outcome(types) }

  /// Every way to call every function.
  static let all: [Overload] = standard + conversions + calendar + strings + mathematics + optionals + register

  static let byName = Dictionary(grouping: all, by: \.name)

  /// What stands before the dot of functions that belong to an extension.
  static let namespaces = Set(byName.keys.compactMap { name in name.split(separator: ".").first.map(String.init) })
    .filter { namespace in byName.keys.contains { $0.hasPrefix("\(namespace).") } }

  /// How it is called, for messages.
  var usage: String {
    let names = parameters.map(\.name)
    let rest = isVariadic ? ", …" : ""
    return isMember
      ? "\(names[0]).\(name)(\(names.dropFirst().joined(separator: ", "))\(rest))"
      : "\(name)(\(names.joined(separator: ", "))\(rest))"
  }
}
