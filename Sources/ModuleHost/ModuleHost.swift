public import AuditModel
internal import Columns
public import Expressions

/// The rule modules of a run and what they do for it.
///
/// Load all modules first; after that rules may be bound and used from any thread.
public final class ModuleHost: @unchecked Sendable {
  // Sendable: changed by `load` alone, which comes before threads.

  /// The modules, in the order in which they were loaded.
  public private(set) var modules: [LoadedModule] = []
  /// Every check kind that the loaded modules offer, by name.
  public private(set) var kinds: [CheckKind] = []

  private let services: ModuleServices
  private var kindsByName: [String: ModuleKind] = [:]

  public init(services: ModuleServices) {
    self.services = services
  }

  /// Loads a module, or says why it cannot be used. A module that is refused leaves nothing behind but its library.
  ///
  /// - Parameter path: a shared library; one without a slash is in the working folder.
  public func load(_ path: String) throws(ModuleError) {
    let opened = try ModuleLoader.open(path)
    if let other = modules.first(where: { $0.name == opened.module.name }) {
      throw ModuleError(
        "\(path): a module with the name \"\(opened.module.name)\" is loaded already, from \(other.path). "
          + "Name each module once.")
    }
    var added: [String: ModuleKind] = [:]
    for kind in opened.kinds {
      let name = kind.kind.name
      if let other = kindsByName[name] {
        throw ModuleError(
          "\(path): the check kind \"\(name)\" of the module \"\(opened.module.name)\" is offered by the module "
            + "\"\(other.module.name)\" in \(other.module.path) already. Load only one of the two.")
      }
      guard added.updateValue(kind, forKey: name) == nil else {
        throw ModuleError("\(path): the module \"\(opened.module.name)\" offers the check kind \"\(name)\" twice.")
      }
    }
    kindsByName.merge(added) { old, _ in old }
    modules.append(opened.module)
    kinds = kindsByName.values.map(\.kind).sorted { $0.name < $1.name }
  }

  /// Binds a rule, or says why the module refuses it.
  ///
  /// - Parameters:
  ///   - rule: its id.
  ///   - asOf: the day the audit speaks for.
  ///   - fields: the bound fields. A kind that reads organisations is bound to the host's own fields too, after them.
  ///   - columns: of each bound field, its column in the batches. The host's own fields are the first columns of
  ///     batches of organisations, in the order of `OrganisationFields.all`.
  ///   - parameters: positions of fields in them index `fields`.
  ///   - expressions: by the index in `RuleParameter.Value.expression`.
  ///   - patterns: by the index in `RuleParameter.Value.pattern`.
  public func bind(
    kind: String, rule: String, asOf: CalendarDate, fields: [Field], columns: [Int], parameters: [RuleParameter],
    expressions: [CompiledExpression], patterns: [CompiledPattern]
  ) throws(ModuleError) -> BoundRule {
    precondition(fields.count == columns.count, "Every bound field has one column")
    guard let known = kindsByName[kind] else {
      throw ModuleError("No module offers the check kind \"\(kind)\", which the rule \"\(rule)\" uses.")
    }
    var fields = fields
    var columns = columns
    if known.kind.reads == .organisations {
      for (column, field) in OrganisationFields.all.enumerated() where !columns.contains(column) {
        fields.append(field)
        columns.append(column)
      }
    }
    var bound: [(pattern: CompiledPattern, column: Int?)] = patterns.map { ($0, nil) }
    for parameter in parameters {
      guard case .pattern(_, let index, let field) = parameter.value else { continue }
      bound[index].column = columns[field]
    }
    let context = RuleContext(
      kind: known, rule: rule, services: services, expressions: expressions, patterns: bound)
    return try BoundRule(
      context, asOf: asOf, fields: fields, columns: columns, parameters: parameters,
      expressionCount: expressions.count)
  }
}
