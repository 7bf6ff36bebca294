/// A rule module that is loaded, as lists of modules show it.
public struct LoadedModule: Hashable, Sendable {
  public let name: String
  public let version: String
  public let summary: String
  /// As it was given to `ModuleHost.load(_:)`.
  public let path: String
  /// The names of the check kinds it offers, in its order.
  public let kinds: [String]
}
