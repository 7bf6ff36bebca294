import AuditModel
import Columns
import TestSupport
import Testing

@testable import Expressions

/// A register of three codes: one open since 2010, one replaced by it in 2016, one replaced on a day that is not known.
private struct SmallRegister: RegisterLookup {
  private static let replaced = CalendarDate(iso: "2016-04-01")!.days

  func isRegistered(code: String) -> Bool { ["X1A", "X2B", "X3C"].contains(code) }

  func isOpen(code: String, on day: Int32) -> Bool? {
    switch code {
    case "X1A": day >= CalendarDate(iso: "2010-01-01")!.days
    case "X2B": day < SmallRegister.replaced
    default: nil
    }
  }

  func successors(code: String, on day: Int32) -> [String]? {
    switch code {
    case "X1A": []
    case "X2B": day < SmallRegister.replaced ? [] : ["X1A"]
    default: nil
    }
  }

  func name(code: String) -> String? { code == "X1A" ? "Tarnelbridge" : nil }
  func nation(code: String) -> String? { code == "X1A" ? "England" : nil }
}

@Suite struct RegisterFunctionTests {
  private let scope = ExpressionScope(
    fields: [field("code", .text), field("seen", .date)], register: SmallRegister())

  private func outcome(_ source: String, _ code: Cell, _ seen: String) throws -> String {
    let table = Table(scope.fields, [[code, .date(seen)]])
    let both = try BothWays(source, scope: scope, table.batch)
    #expect(both.agree, "\(source)")
    return both.columns.outcomes[0].rawValue
  }

  @Test(arguments: [
    ("isRegistered(code)", "X1A", "2016-09-01", "true"),
    ("isRegistered(code)", "X9Z", "2016-09-01", "false"),
    ("isOpen(code, seen)", "X2B", "2016-03-31", "true"),
    ("isOpen(code, seen)", "X2B", "2016-04-01", "false"),
    ("isOpen(code, seen)", "X3C", "2016-04-01", "unknown"),
    ("isOpen(code, seen)", "X9Z", "2016-04-01", "unknown"),
    ("isOpen(code, seen) || true", "X3C", "2016-04-01", "true"),
    ("'X1A' in successors(code, seen)", "X2B", "2016-04-01", "true"),
    ("size(successors(code, seen)) == 0", "X2B", "2016-03-31", "true"),
    ("successors(code, seen) == []", "X3C", "2016-03-31", "unknown"),
    ("registeredName(code).orValue('') == 'Tarnelbridge'", "X1A", "2016-03-31", "true"),
    ("registeredName(code).hasValue()", "X9Z", "2016-03-31", "false"),
    ("registeredNation(code).orValue('?') == 'England'", "X1A", "2016-03-31", "true"),
  ])
  func answersAsAtTheDate(source: String, code: String, seen: String, expected: String) throws {
    #expect(try outcome(source, .text(code), seen) == expected)
  }

  @Test func aCellWithoutAValueIsUnknown() throws {
    #expect(try outcome("isOpen(code, seen)", .none(.blank), "2016-04-01") == "unknown")
  }
}
