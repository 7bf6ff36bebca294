import AuditModel

extension Value {
  /// The value as an expression that comes to it.
  var literal: String {
    switch self {
    case .null: return "null"
    case .bool(let value): return value ? "true" : "false"
    case .int(let value): return String(value)
    case .uint(let value): return "\(value)u"
    case .double(let value): return value.isFinite ? value.description : "double(\"\(Conversion.words(value))\")"
    case .string(let text): return Value.visible(Text.quoted(text))
    case .bytes(let bytes): return "b\"\(bytes.map(Value.escaped).joined())\""
    case .date(let day): return "date(\"\(CalendarDate(days: day))\")"
    case .timestamp(let time): return "timestamp(\"\(time.text)\")"
    case .duration(let duration): return "duration(\"\(DurationText.text(duration))\")"
    case .period(let start, let end):
      return "period(\(Value.date(start).literal), \(Value.date(end).literal))"
    case .list(let list): return "[\(list.items.map(\.literal).joined(separator: ", "))]"
    case .map(let map):
      return "{\(map.sorted.map { "\($0.key.literal): \($0.value.literal)" }.joined(separator: ", "))}"
    case .type(let name): return name
    case .optional(let held): return held.map { "optional.of(\($0.literal))" } ?? "optional.none()"
    case .record, .unknown, .error: return typeName
    }
  }

  /// With escapes for what a terminal would act on or not show: controls, marks of direction, and the like.
  private static func visible(_ text: String) -> String {
    func isHidden(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
      default: false
      }
    }
    guard text.unicodeScalars.contains(where: isHidden) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      guard isHidden(scalar) else { return shown.unicodeScalars.append(scalar) }
      let digits = String(scalar.value, radix: 16)
      let width = digits.count > 4 ? 8 : 4
      shown += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
    }
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\\"), UInt8(ascii: "\""): return "\\" + String(Character(Unicode.Scalar(byte)))
    case 0x20...0x7E: return String(Character(Unicode.Scalar(byte)))
    default: return "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }
}
