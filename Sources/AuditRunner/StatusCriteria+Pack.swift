import AuditModel
import Register
import RulePacks

extension StatusCriteria {
  /// The decision table of a pack; nil when it has none.
  init?(_ pack: RulePack) {
    guard let status = pack.status else { return nil }
    let inputs = status.table.inputs
    self.init(
      pack: pack.name, summary: status.rule.summary, why: status.rule.why,
      inputs: inputs.map { input in
        Input(
          name: input.name, summary: input.summary, isHostFact: input.isHostFact,
          words: input.words.map { Word(word: $0, clause: input.clauses[$0] ?? "") })
      },
      rows: status.table.rows.map { row in
        Row(
          when: zip(inputs, row.takes).compactMap { input, takes in
            takes.count == input.words.count
              ? nil : Condition(input: input.name, words: takes.map { input.words[$0] })
          },
          status: row.status, basis: row.basis, reason: row.reason)
      })
  }
}

extension OrganisationPlace {
  /// Where the register has an organisation; nil when it does not know it.
  init?(_ code: String, _ register: Register) {
    guard let index = register.index(ofCode: code.utf8) else { return nil }
    let organisation = register.organisations[index]
    self.init(
      nation: organisation.nation, region: organisation.region, town: organisation.town,
      latitude: organisation.coordinates?.latitude, longitude: organisation.coordinates?.longitude)
  }
}
