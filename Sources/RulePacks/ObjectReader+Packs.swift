import AuditModel
import Expressions
import JSONDocument

extension ObjectReader {
  /// A name that is unique among those known.
  func name(_ names: inout Set<String>) -> String? {
    guard let name = string("name"), let place = self["name"] else { return nil }
    if !PackName.isHyphenated(name) {
      log.add(place.error("\"\(name)\" is no name here: lower-case words joined by hyphens"))
    }
    if !names.insert(name).inserted { log.add(place.error("The name \"\(name)\" is given twice")) }
    return name
  }

  /// A condition over the fields of a scope.
  func condition(_ key: String, _ scope: RuleScope) -> CompiledExpression? {
    guard let member = self[key] else { return nil }
    do {
      return try scope.condition(member)
    } catch {
      log.add(error)
      return nil
    }
  }

  /// The position of a field of one of several types.
  func field(_ key: String, _ scope: RuleScope, ofType types: [FieldType] = FieldType.allCases) -> Int? {
    guard let member = self[key] else { return nil }
    do throws(JSONError) {
      let position = try scope.field(member)
      let field = scope.fields[position]
      if !types.contains(field.type) { throw member.error(FieldType.mismatch(field.name, field.type, types)) }
      return position
    } catch {
      log.add(error)
      return nil
    }
  }

  /// A share as an exact fraction in text: "2/3", "0", "1".
  func fraction(_ key: String) -> Ratio? {
    guard let place = self[key], let text = string(key) else { return nil }
    guard let ratio = Ratio(text) else {
      log.add(
        place.error(
          "Expected a fraction of whole numbers such as \"2/3\", up to 9 digits each and not over 0, found \"\(text)\"")
      )
      return nil
    }
    if ratio.numerator > ratio.denominator {
      log.add(place.error("\"\(text)\" is more than 1, and no share is"))
      return nil
    }
    return ratio
  }
}

extension FieldType {
  /// What is said of a field of another type than is expected.
  static func mismatch(_ name: String, _ type: FieldType, _ expected: [FieldType]) -> String {
    let words = expected.map(\.rawValue)
    let all = words.dropLast().joined(separator: ", ") + (words.count > 1 ? " or " : "") + (words.last ?? "")
    return "The field \"\(name)\" is of type \(type.rawValue); expected \(all)"
  }
}
