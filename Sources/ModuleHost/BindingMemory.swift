internal import AuditModel
internal import CTrustCheckModule

/// What a rule is bound with, as C structs in memory of its own.
@safe
struct BindingMemory {
  let arena = Arena()
  let host: UnsafeMutablePointer<tc_host>
  let binding: UnsafeMutablePointer<tc_binding>

  /// - Parameters:
  ///   - context: is not kept alive.
  ///   - expressionCount: patterns are numbered after that many expressions.
  init(
    _ context: RuleContext, asOf: CalendarDate, fields: [Field], parameters: [RuleParameter], expressionCount: Int
  ) {
    unsafe host = unsafe arena.store(HostFunctions.host(context))
    let parameterList = unsafe arena.allocateStructs(UnsafePointer<tc_parameter>?.self, count: parameters.count)
    for (index, parameter) in parameters.enumerated() {
      unsafe parameterList[index] = UnsafePointer(
        arena.store(
          BindingMemory.parameter(
            parameter, fieldCount: fields.count, expressionCount: expressionCount, in: arena)))
    }
    let fieldList = unsafe arena.allocateStructs(UnsafePointer<tc_field>?.self, count: fields.count)
    for (index, field) in fields.enumerated() {
      unsafe fieldList[index] = UnsafePointer(arena.store(BindingMemory.field(field, in: arena)))
    }
    unsafe binding = unsafe arena.store(
      tc_binding(
        struct_size: UInt32(MemoryLayout<tc_binding>.size), as_of: asOf.days, rule: arena.text(context.rule),
        fields: fieldList, field_count: UInt64(fields.count), parameters: parameterList,
        parameter_count: UInt64(parameters.count), schema: ArrowSchemaTree.build(fields, in: arena)))
  }

  @unsafe
  private static func field(_ field: Field, in arena: Arena) -> tc_field {
    unsafe tc_field(
      struct_size: UInt32(MemoryLayout<tc_field>.size), type: field.type.moduleConstant,
      privacy: field.privacy.moduleConstant, reserved: 0, name: arena.text(field.name), label: arena.text(field.label))
  }

  @unsafe
  private static func parameter(
    _ parameter: RuleParameter, fieldCount: Int, expressionCount: Int, in arena: Arena
  ) -> tc_parameter {
    var result = unsafe tc_parameter()
    unsafe result.struct_size = UInt32(MemoryLayout<tc_parameter>.size)
    unsafe result.pointer = arena.text(parameter.pointer)
    switch parameter.value {
    case .boolean(let flag):
      unsafe result.type = TC_PARAMETER_BOOLEAN
      unsafe result.integer = flag ? 1 : 0
    case .integer(let number):
      unsafe result.type = TC_PARAMETER_INTEGER
      unsafe result.integer = number
    case .number(let number):
      unsafe result.type = TC_PARAMETER_NUMBER
      unsafe result.number = number
    case .text(let text):
      unsafe result.type = TC_PARAMETER_TEXT
      unsafe result.text = arena.text(text)
    case .fields(let positions):
      precondition(positions.allSatisfy { $0 >= 0 && $0 < fieldCount }, "A parameter names a field that is not bound")
      let list = unsafe arena.allocate(UInt32.self, count: positions.count)
      for (index, position) in positions.enumerated() { unsafe list[index] = UInt32(position) }
      unsafe result.type = TC_PARAMETER_FIELDS
      unsafe result.fields = UnsafePointer(list)
      unsafe result.field_count = UInt64(positions.count)
    case .expression(let source, let index):
      unsafe result.type = TC_PARAMETER_EXPRESSION
      unsafe result.text = arena.text(source)
      unsafe result.expression = UInt64(index)
    case .pattern(let source, let index, _):
      unsafe result.type = TC_PARAMETER_PATTERN
      unsafe result.text = arena.text(source)
      unsafe result.expression = UInt64(expressionCount + index)
    case .codeList(let name, let codes):
      let list = unsafe arena.allocateStructs(UnsafePointer<tc_code>?.self, count: codes.count)
      for (index, code) in codes.enumerated() {
        unsafe list[index] = UnsafePointer(arena.store(self.code(code, in: arena)))
      }
      unsafe result.type = TC_PARAMETER_CODE_LIST
      unsafe result.text = arena.text(name)
      unsafe result.codes = UnsafePointer(list)
      unsafe result.code_count = UInt64(codes.count)
    }
    return unsafe result
  }

  @unsafe
  private static func code(_ code: Code, in arena: Arena) -> tc_code {
    unsafe tc_code(
      struct_size: UInt32(MemoryLayout<tc_code>.size), from: code.from?.days ?? .min,
      retired: code.retired?.days ?? .min, reserved: 0, code: arena.text(code.code), label: arena.text(code.label))
  }
}

extension FieldType {
  /// `TC_FIELD_…`.
  var moduleConstant: UInt32 {
    switch self {
    case .text: TC_FIELD_TEXT
    case .integer: TC_FIELD_INTEGER
    case .number: TC_FIELD_NUMBER
    case .date: TC_FIELD_DATE
    case .timestamp: TC_FIELD_TIMESTAMP
    case .boolean: TC_FIELD_BOOLEAN
    case .period: TC_FIELD_PERIOD
    }
  }
}

extension Privacy {
  /// `TC_PRIVACY_…`.
  var moduleConstant: UInt32 {
    switch self {
    case .public: TC_PRIVACY_PUBLIC
    case .internal: TC_PRIVACY_INTERNAL
    case .personal: TC_PRIVACY_PERSONAL
    }
  }
}
