import AuditRunner
import Reports

extension RulesTestCommand {
  /// Breaks rules and tells what their examples do not notice.
  func runMutants() throws {
    let tests = try MutationTest.run(
      packs, modules: options.modules, register: options.register, Installation.find())
    for test in tests {
      for survivor in test.survivors {
        Terminal.write("\(survivor.file): \(survivor.rule)\n")
        var lines: [String] = []
        if survivor.changed.isEmpty {
          lines += Terminal.lines(survivor.original, indent: 4, first: "  without \(survivor.place): ")
        } else {
          lines += Terminal.lines(survivor.original, indent: 4, first: "  \(survivor.place): ")
          lines += Terminal.lines(survivor.changed, indent: 4, first: "  changed to: ")
        }
        lines.append("  no example notices; this one would:")
        lines.append("    \(survivor.example)")
        Terminal.write(lines.joined(separator: "\n") + "\n")
      }
      let all = test.noticed + test.survivors.count
      let noticed = all == 0 ? "so nothing to notice" : "all noticed"
      let outcome = test.survivors.isEmpty ? noticed : "\(test.survivors.count) not noticed"
      Terminal.write(
        "\(test.pack): \(Shares.count(test.rules, "rule")), \(Shares.count(all, "change that makes", "changes that make"))"
          + " a difference, \(outcome)"
          + " (\(test.same) others make none)\n")
    }
    if tests.contains(where: { !$0.survivors.isEmpty }) { Terminal.exit(.findings) }
  }
}
