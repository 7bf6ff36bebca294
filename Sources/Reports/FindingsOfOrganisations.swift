public import AuditModel

/// Which findings are an organisation's.
public enum FindingsOfOrganisations {
  /// The findings of every subject, with those about a file that only one organisation's records came in.
  public static func bySubject(_ report: Report) -> [String: [Finding]] {
    var owners: [String: [String]] = [:]
    for organisation in report.organisations {
      for input in organisation.inputs { owners[input, default: []].append(organisation.code) }
    }
    var bySubject: [String: [Finding]] = [:]
    for finding in report.findings {
      if let subject = finding.subject {
        bySubject[subject, default: []].append(finding)
      } else if let input = finding.place?.input, let owner = owners[input], owner.count == 1 {
        bySubject[owner[0], default: []].append(finding)
      }
    }
    return bySubject
  }
}
