public import AuditModel

/// An organisation that a name may mean.
public struct Offer: Equatable, Sendable {
  public let organisation: Organisation
  /// 0 to 1, to two decimals; 1 when the name itself fits and something else is in doubt.
  public let score: Double
  /// Why it is offered, and not taken, for people.
  public let why: String
}

/// What a name, or a name and a code, means at a date. Only what is certain is taken; the rest is offered.
public enum Match: Equatable, Sendable {
  /// The code alone was given, and it is open.
  case code(Organisation)
  /// The organisation's name letter for letter.
  case exact(Organisation)
  /// The organisation's name but for case, punctuation, spaces and the words for its kind.
  case normalised(Organisation)
  /// Another known name of the organisation. When it bore it is not known.
  case knownName(Organisation, KnownName)
  /// What was named is not open; one open organisation took over from it, as the steps show, first to last.
  case successor(Organisation, of: Organisation, steps: [Successor])
  /// It is clear what was named, but it is not open, and who answers for it is not known.
  case notOpen(LookUp)
  /// What may be meant, best first.
  case offered([Offer])
  case none

  /// The organisation that is taken to be meant.
  public var organisation: Organisation? {
    switch self {
    case .code(let organisation), .exact(let organisation), .normalised(let organisation),
      .knownName(let organisation, _), .successor(let organisation, _, _):
      organisation
    case .notOpen, .offered, .none: nil
    }
  }
}

/// The known names of all organisations in normal form.
struct NameIndex: Sendable {
  /// By organisation, in the order of its names.
  let forms: [[String]]
  let byForm: [String: [Int]]

  init(_ organisations: [Organisation]) {
    forms = organisations.map { $0.names.map { NameForm.normalised($0.name) } }
    var byForm: [String: [Int]] = [:]
    for (index, forms) in forms.enumerated() {
      for form in forms where byForm[form]?.last != index { byForm[form, default: []].append(index) }
    }
    self.byForm = byForm
  }
}

extension Register {
  /// Finds the organisation that a submission's name and code mean.
  ///
  /// A code decides, and the name must be one of its known names; without a code, the name must fit one organisation
  /// only among those open at the date. Whatever is less certain is offered.
  ///
  /// - Parameters:
  ///   - name: as supplied; may be empty when there is a code.
  ///   - code: as supplied; nil or empty when there is none.
  public func match(name: String, code: String? = nil, at date: CalendarDate) -> Match {
    let text = NameForm.trimmed(name)
    let form = NameForm.normalised(text)
    let code = NameForm.trimmed(code ?? "").uppercased()
    guard code.isEmpty else { return match(code: code, text, form, at: date) }
    if form.isEmpty { return .none }
    let candidates = names.byForm[form] ?? []
    let open = candidates.filter { state(at: $0, on: date) == .open }
    let exact = open.filter { organisations[$0].names.contains { $0.name == text } }
    if let one = exact.count == 1 ? exact.first : open.count == 1 ? open.first : nil {
      return taken(one, text, form)
    }
    if open.count > 1 {
      return .offered(
        open.map { Offer(organisation: organisations[$0], score: 1, why: "one of several with this name") })
    }
    if candidates.count == 1 { return carried(candidates[0], at: date) }
    if candidates.count > 1 {
      return .offered(candidates.map { Offer(organisation: organisations[$0], score: 1, why: stateWords($0, date)) })
    }
    if let index = index(ofCode: text.uppercased().utf8) {
      return .offered([Offer(organisation: organisations[index], score: 1, why: "the name given is its code")])
    }
    let offers = similar(to: form, at: date)
    return offers.isEmpty ? .none : .offered(offers)
  }

  private func match(code: String, _ text: String, _ form: String, at date: CalendarDate) -> Match {
    guard let index = index(ofCode: code.utf8) else {
      let offers = byName(form, at: date, doubt: "the code \(code) is not in this register")
      return offers.isEmpty ? .none : .offered(offers)
    }
    if form.isEmpty {
      return state(at: index, on: date) == .open ? .code(organisations[index]) : carried(index, at: date)
    }
    if names.forms[index].contains(form) {
      return state(at: index, on: date) == .open ? taken(index, text, form) : carried(index, at: date)
    }
    let named = byName(form, at: date, doubt: "the code \(code) is another's")
    let coded = Offer(
      organisation: organisations[index], score: similarity(of: form, toOrganisation: index),
      why: "it has the code \(code), but the name is none of its known names")
    return .offered([coded] + named.filter { $0.organisation.code != coded.organisation.code })
  }

  private func taken(_ index: Int, _ text: String, _ form: String) -> Match {
    let organisation = organisations[index]
    if organisation.name == text { return .exact(organisation) }
    if names.forms[index][0] == form { return .normalised(organisation) }
    let place = names.forms[index].firstIndex(of: form) ?? 0
    let known = organisation.names.first { $0.name == text } ?? organisation.names[place]
    return .knownName(organisation, known)
  }

  /// The one open organisation that took over from one that is not open, however many steps away.
  private func carried(_ index: Int, at date: CalendarDate) -> Match {
    let named = lookUp(index: index, at: date)
    var steps: [Successor] = []
    var at = index
    while state(at: at, on: date) == .closed || state(at: at, on: date) == .superseded {
      let successors = organisations[at].successors
      guard successors.count == 1, steps.count < organisations.count,
        let next = self.index(ofCode: successors[0].code.utf8)
      else { return .notOpen(named) }
      steps.append(successors[0])
      at = next
    }
    guard !steps.isEmpty, state(at: at, on: date) == .open else { return .notOpen(named) }
    return .successor(organisations[at], of: organisations[index], steps: steps)
  }

  /// What a name alone would give, as offers, because of a doubt.
  private func byName(_ form: String, at date: CalendarDate, doubt: String) -> [Offer] {
    if form.isEmpty { return [] }
    let same = names.byForm[form] ?? []
    if same.isEmpty { return similar(to: form, at: date) }
    return same.map {
      Offer(organisation: organisations[$0], score: 1, why: "it has this name, but \(doubt)\(suffix($0, date))")
    }
  }

  /// What the organisation was at the date, in words: "closed on 2024-12-31".
  func stateWords(_ index: Int, _ date: CalendarDate) -> String {
    let organisation = organisations[index]
    return switch state(at: index, on: date) {
    case .open: "open"
    case .notYetOpen: "not open before \(organisation.opened?.description ?? "")"
    case .closed: "closed on \(organisation.closed?.description ?? "")"
    case .superseded: "replaced by \(organisation.successors.map(\.code).joined(separator: ", "))"
    }
  }

  /// `; closed on …` for organisations that are not open.
  func suffix(_ index: Int, _ date: CalendarDate) -> String {
    state(at: index, on: date) == .open ? "" : "; \(stateWords(index, date))"
  }
}
