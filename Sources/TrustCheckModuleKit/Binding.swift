import CTrustCheckModule

/// What a rule is bound with: its fields and parameters, the day of the audit, and the host's services.
///
/// Parameters are read by their JSON Pointer in the rule's "with". It is a copy: a bound rule may keep what it takes.
public struct Binding: Sendable {
  /// The rule's id.
  public let rule: String
  /// The day the audit speaks for.
  public let asOf: Day
  /// The bound fields, by position; kinds that read organisations have the host's own fields among them.
  public let fields: [Field]
  public let host: Host
  private let parameters: [String: Parameter]
  /// Pointers in the order of the rule's "with".
  private let pointers: [String]

  private enum Parameter {
    case boolean(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case fields([Field])
    case expression(Expression)
    case codeList(name: String, codes: [Code])

    var words: String {
      switch self {
      case .boolean: "true or false"
      case .integer: "a whole number"
      case .number: "a number"
      case .text: "a text"
      case .fields: "fields"
      case .expression: "an expression"
      case .codeList: "a code list"
      }
    }
  }

  init(_ binding: UnsafePointer<tc_binding>, host: UnsafePointer<tc_host>) throws(ModuleFailure) {
    guard unsafe Int(host.pointee.struct_size) >= MemoryLayout<tc_host>.size,
      unsafe Int(binding.pointee.struct_size) >= MemoryLayout<tc_binding>.size
    else { throw ModuleFailure("The host speaks an older version of the module interface than the module needs") }
    unsafe self.host = Host(host)
    rule = unsafe binding.pointee.rule.string
    asOf = unsafe Day(binding.pointee.as_of)
    var fields: [Field] = []
    for position in unsafe 0..<Int(binding.pointee.field_count) {
      let field = unsafe binding.pointee.fields[position]!
      let name = unsafe field.pointee.name.string
      guard let type = unsafe FieldType(rawValue: field.pointee.type) else {
        throw ModuleFailure("The field \"\(name)\" is of a type that the module does not know")
      }
      // A level that is not known is kept from everybody.
      let privacy = unsafe Privacy(rawValue: field.pointee.privacy) ?? .personal
      fields.append(
        unsafe Field(position: position, type: type, privacy: privacy, name: name, label: field.pointee.label.string))
    }
    self.fields = fields
    var parameters: [String: Parameter] = [:]
    var pointers: [String] = []
    for index in unsafe 0..<Int(binding.pointee.parameter_count) {
      let parameter = unsafe binding.pointee.parameters[index]!
      let pointer = unsafe parameter.pointee.pointer.string
      guard let value = unsafe Binding.parameter(parameter, fields: fields, host: Host(host)) else {
        throw ModuleFailure("The parameter at \(pointer) is of a type that the module does not know")
      }
      parameters[pointer] = value
      pointers.append(pointer)
    }
    self.parameters = parameters
    self.pointers = pointers
  }

  private static func parameter(
    _ pointer: UnsafePointer<tc_parameter>, fields: [Field], host: Host
  ) -> Parameter? {
    let given = unsafe pointer.pointee
    switch unsafe given.type {
    case TC_PARAMETER_BOOLEAN: return unsafe .boolean(given.integer != 0)
    case TC_PARAMETER_INTEGER: return unsafe .integer(given.integer)
    case TC_PARAMETER_NUMBER: return unsafe .number(given.number)
    case TC_PARAMETER_TEXT: return unsafe .text(given.text.string)
    case TC_PARAMETER_FIELDS:
      return unsafe .fields((0..<Int(given.field_count)).map { unsafe fields[Int(given.fields[$0])] })
    case TC_PARAMETER_EXPRESSION, TC_PARAMETER_PATTERN:
      return unsafe .expression(Expression(source: given.text.string, number: given.expression, host: host))
    case TC_PARAMETER_CODE_LIST:
      let codes = unsafe (0..<Int(given.code_count)).map { index in
        let code = unsafe given.codes[index]!.pointee
        return unsafe Code(
          code: code.code.string, label: code.label.string, from: code.from == noDay ? nil : Day(code.from),
          retired: code.retired == noDay ? nil : Day(code.retired))
      }
      return unsafe .codeList(name: given.text.string, codes: codes)
    default: return nil
    }
  }

  // MARK: Fields

  /// The one field that a parameter names.
  public func field(_ pointer: String) throws(ModuleFailure) -> Field {
    guard let field = try optionalField(pointer) else { throw missing(pointer) }
    return field
  }

  /// The one field that a parameter names; nil when the rule does not give the parameter.
  public func optionalField(_ pointer: String) throws(ModuleFailure) -> Field? {
    guard let parameter = parameters[pointer] else { return nil }
    guard case .fields(let fields) = parameter else { throw mismatch(pointer, "a field", parameter) }
    guard fields.count == 1 else { throw ModuleFailure("Expected one field at \(pointer), found \(fields.count)") }
    return fields[0]
  }

  /// The fields that a parameter lists.
  public func fields(_ pointer: String) throws(ModuleFailure) -> [Field] {
    guard let parameter = parameters[pointer] else { throw missing(pointer) }
    guard case .fields(let fields) = parameter else { throw mismatch(pointer, "fields", parameter) }
    return fields
  }

  /// A field that the host itself gives to kinds that read organisations, such as `answered`.
  public func hostField(_ name: String, _ type: FieldType) throws(ModuleFailure) -> Field {
    guard let field = fields.first(where: { $0.name == name && $0.type == type }) else {
      throw ModuleFailure("The host gives organisations no field \"\(name)\" with \(type.words)")
    }
    return field
  }

  // MARK: Values

  /// True or false; false when the rule does not say.
  public func flag(_ pointer: String) throws(ModuleFailure) -> Bool {
    guard let parameter = parameters[pointer] else { return false }
    guard case .boolean(let value) = parameter else { throw mismatch(pointer, "true or false", parameter) }
    return value
  }

  public func integer(_ pointer: String) throws(ModuleFailure) -> Int64 {
    guard let parameter = parameters[pointer] else { throw missing(pointer) }
    guard case .integer(let value) = parameter else { throw mismatch(pointer, "a whole number", parameter) }
    return value
  }

  public func number(_ pointer: String) throws(ModuleFailure) -> Double {
    guard let value = try optionalNumber(pointer) else { throw missing(pointer) }
    return value
  }

  public func optionalNumber(_ pointer: String) throws(ModuleFailure) -> Double? {
    switch parameters[pointer] {
    case nil: return nil
    case .number(let value): return value
    case .integer(let value): return Double(value)
    case .some(let parameter): throw mismatch(pointer, "a number", parameter)
    }
  }

  public func text(_ pointer: String) throws(ModuleFailure) -> String {
    guard let value = try optionalText(pointer) else { throw missing(pointer) }
    return value
  }

  public func optionalText(_ pointer: String) throws(ModuleFailure) -> String? {
    guard let parameter = parameters[pointer] else { return nil }
    guard case .text(let value) = parameter else { throw mismatch(pointer, "a text", parameter) }
    return value
  }

  /// The texts of an array; empty when the rule does not give it.
  public func texts(_ pointer: String) throws(ModuleFailure) -> [String] {
    var values: [String] = []
    while let value = try optionalText("\(pointer)/\(values.count)") { values.append(value) }
    return values
  }

  /// The day of a parameter that is tagged as a date; nil when the rule does not give it.
  public func optionalDay(_ pointer: String) throws(ModuleFailure) -> Day? {
    guard let text = try optionalText(pointer) else { return nil }
    guard let day = Day(text) else {
      throw ModuleFailure("Expected a date such as \"2024-03-31\" at \(pointer), found \"\(text)\"")
    }
    return day
  }

  /// An expression, or a pattern.
  public func expression(_ pointer: String) throws(ModuleFailure) -> Expression {
    guard let parameter = parameters[pointer] else { throw missing(pointer) }
    guard case .expression(let value) = parameter else { throw mismatch(pointer, "an expression", parameter) }
    return value
  }

  public func codes(_ pointer: String) throws(ModuleFailure) -> [Code] {
    guard let parameter = parameters[pointer] else { throw missing(pointer) }
    guard case .codeList(_, let codes) = parameter else { throw mismatch(pointer, "a code list", parameter) }
    return codes
  }

  /// The name of a code list.
  public func codeListName(_ pointer: String) throws(ModuleFailure) -> String {
    guard let parameter = parameters[pointer] else { throw missing(pointer) }
    guard case .codeList(let name, _) = parameter else { throw mismatch(pointer, "a code list", parameter) }
    return name
  }

  // MARK: Objects and arrays

  /// The keys of an object, or the indexes of an array, that has parameters somewhere below it, in the rule's order.
  ///
  /// They are still escaped as in a JSON Pointer, to be put into one; `unescaped` gives the key itself.
  public func keys(below pointer: String) -> [String] {
    let start = pointer + "/"
    var seen: Set<String> = []
    var keys: [String] = []
    for candidate in pointers where candidate.hasPrefix(start) {
      let key = String(candidate.dropFirst(start.count).prefix { $0 != "/" })
      if seen.insert(key).inserted { keys.append(key) }
    }
    return keys
  }

  /// A step of a JSON Pointer as the key it stands for (RFC 6901).
  public static func unescaped(_ step: String) -> String {
    var key = ""
    var isEscape = false
    for character in step {
      if isEscape {
        key.append(character == "1" ? "/" : "~")
        isEscape = false
      } else if character == "~" {
        isEscape = true
      } else {
        key.append(character)
      }
    }
    return key
  }

  private func missing(_ pointer: String) -> ModuleFailure {
    ModuleFailure("The parameter at \(pointer) is missing")
  }

  private func mismatch(_ pointer: String, _ expected: String, _ found: Parameter) -> ModuleFailure {
    ModuleFailure("Expected \(expected) at \(pointer), found \(found.words)")
  }
}
