import AuditModel
import Expressions
import Register

/// What expressions ask the register, without regard to the case of codes.
struct RegisterAnswers: RegisterLookup {
  let register: Register

  init(_ register: Register) {
    self.register = register
  }

  func index(_ code: String) -> Int? {
    register.index(ofCode: code.utf8) ?? register.index(ofCode: code.trimmed.uppercased().utf8)
  }

  func isRegistered(code: String) -> Bool { index(code) != nil }

  func isOpen(code: String, on day: Int32) -> Bool? {
    guard let index = index(code) else { return nil }
    switch register.state(at: index, on: CalendarDate(days: day)) {
    case .open: return true
    case .notYetOpen, .closed: return false
    // On which day it was replaced is not stated.
    case .superseded: return nil
    }
  }

  func successors(code: String, on day: Int32) -> [String]? {
    guard let index = index(code) else { return nil }
    switch register.state(at: index, on: CalendarDate(days: day)) {
    case .open, .notYetOpen: return []
    case .closed: return register.organisations[index].successors.map(\.code)
    case .superseded: return nil
    }
  }

  func name(code: String) -> String? { index(code).map { register.organisations[$0].name } }

  func nation(code: String) -> String? {
    index(code).map { register.organisations[$0].nation }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
