import AuditModel

extension SiteBuilder {
  // MARK: Lists

  func lists() -> [[String: Any]] {
    func list(_ id: String, _ title: String, _ explained: String, _ items: [[String: Any]]) -> [String: Any] {
      [
        "id": id, "title": messages(title), "explained": messages(explained), "count": messages.grouped(items.count),
        "hasItems": !items.isEmpty, "items": items,
      ]
    }
    func items(_ status: SiteStatus) -> [[String: Any]] {
      organisations.filter { $0.status == status }.map {
        ["name": $0.name, "code": $0.code, "page": $0.page, "note": status == .noResponse ? "" : why($0)]
      }
    }
    var lists = [list("no-response", "listNoResponse", "listNoResponseWhy", items(.noResponse))]
    if report.criteria != nil {
      lists.append(list("needs-review", "listNeedsReview", "listNeedsReviewWhy", items(.needsReview)))
    }
    lists.append(list("excluded", "listExcluded", "listExcludedWhy", items(.excluded)))
    let unmatched = report.unmatched.map { submission -> [String: Any] in
      let name = submission.name.isEmpty ? submission.code : submission.name
      return ["name": name.isEmpty ? messages("listUnnamed") : name]
    }
    lists.append(list("not-matched", "listUnmatched", "listUnmatchedWhy", unmatched))
    return lists
  }

  // MARK: The report to print

  func reportContext() -> [String: Any] {
    var context: [String: Any] = ["hasFigures": !report.figures.isEmpty, "figures": figures()]
    guard hasOrganisations else { return context }
    let shown = key()
    context["key"] = shown
    let statuses = shown.compactMap { ($0["status"] as? String).flatMap(SiteStatus.init) }
    let regions = Dictionary(grouping: mapped) { $0.region.isEmpty ? messages("regionUnknown") : $0.region }
    context["regions"] = regions.keys.sorted().map { region -> [String: Any] in
      [
        "region": region,
        "counts": statuses.map { status in
          messages.grouped(regions[region]!.count { $0.status == status })
        },
      ]
    }
    context["groups"] = statuses.map { status -> [String: Any] in
      let members = mapped.filter { $0.status == status }
      var group: [String: Any] = badge(status)
      group["count"] = messages.grouped(members.count)
      group["members"] = members.map { ["name": $0.name, "code": $0.code] }
      return group
    }
    return context
  }

  // MARK: Methods

  func methodsContext() -> [String: Any] {
    let round = report.round!
    var asked: [String] = []
    if let sent = round.sent { asked.append(messages("methodsSent", ["date": messages.date(sent)])) }
    if let period = round.period {
      asked.append(
        messages(
          "methodsPeriod", ["start": messages.date(period.start), "end": messages.date(period.end)]))
    }
    if let cutOff = round.cutOff { asked.append(messages("methodsCutOff", ["date": messages.date(cutOff)])) }
    if hasOrganisations {
      asked.append(
        messages(
          "methodsCounts",
          [
            "asked": messages.grouped(mapped.count),
            "answered": messages.grouped(mapped.count { $0.result.records > 0 }),
            "excluded": messages.grouped(organisations.count { $0.status == .excluded }),
          ]))
    }
    var privacy: [String] = []
    if let smallest = report.packs.compactMap(\.disclosure?.smallest).max() {
      privacy.append(messages("methodsPrivacySmall", ["n": String(smallest - 1)]))
    }
    privacy.append(messages("methodsPrivacyWords"))
    var context: [String: Any] = [
      "hasQuestion": !round.question.isEmpty, "question": round.question, "askedLines": asked,
      "figureMethods": ["methodsFiguresBoth", "methodsFiguresBounds", "methodsFiguresRounding"].map { messages($0) }
        + report.figures.map { "\(messages.text($0.title)). \(messages.text($0.note))" },
      "privacyLines": privacy, "sourceLines": sourceLines,
    ]
    context.merge(criteriaContext()) { first, _ in first }
    return context
  }

  private var sourceLines: [String] {
    var lines = [messages("methodsVersion", ["version": report.toolVersion])]
    lines += report.packs.map {
      messages("methodsPack", ["title": messages.text($0.title), "version": $0.version])
    }
    guard hasOrganisations else { return lines }
    if let register = report.register {
      lines.append(messages("methodsRegister", ["attribution": register.attribution]))
    }
    if !hospitals.sources.isEmpty { lines.append(messages("methodsHospitals", ["sources": hospitalSources])) }
    lines.append(
      messages(
        "methodsOutline", ["source": request.outline.source, "attribution": request.outline.attribution]))
    return lines
  }

  private func criteriaContext() -> [String: Any] {
    guard let criteria = report.criteria else { return [:] }
    return [
      "hasCriteria": true, "criteriaWhy": messages.text(criteria.why),
      "criteriaFacts": criteria.inputs.map { input -> [String: Any] in
        [
          "name": messages.text(input.name.replacing("_", with: " ")), "summary": messages.text(input.summary),
          "words": messages(
            "methodsFactWords",
            ["words": input.words.map { messages.text($0.word) }.joined(separator: "; ")]),
        ]
      },
      "criteriaRows": criteria.rows.enumerated().map { index, row -> [String: Any] in
        var context: [String: Any] = SiteStatus(rawValue: row.status.rawValue).map { badge($0) } ?? [:]
        context["number"] = String(index + 1)
        context["reason"] = messages.text(row.reason)
        context["when"] =
          row.when.isEmpty
          ? messages("methodsAlways")
          : row.when.map { condition in
            messages(
              "methodsCondition",
              [
                "input": messages.text(condition.input.replacing("_", with: " ")),
                "words": condition.words.map(messages.text).joined(separator: messages("methodsOr")),
              ])
          }.joined(separator: "; ")
        return context
      },
    ]
  }

  // MARK: Corrections and editions

  func correctionsContext() -> [String: Any] {
    let corrections = report.round?.corrections ?? []
    let changes = self.changes()
    return [
      "hasCorrections": !corrections.isEmpty,
      "corrections": corrections.map { correction in
        let date = messages.date(correction.date)
        guard !correction.organisation.isEmpty else {
          return messages("correctionLine", ["date": date, "words": correction.words])
        }
        let name = organisation(correction.organisation)?.name ?? correction.organisation
        return messages("correctionLineNamed", ["date": date, "name": name, "words": correction.words])
      },
      "hasChanges": !changes.isEmpty,
      "changes": changes.map { change -> [String: Any] in
        let found = organisation(change.code)
        return ["name": found?.name ?? change.name, "page": found?.page ?? "index.html", "words": words(change)]
      },
      "editions": history.reversed().map { stamp -> [String: Any] in
        let isThis = stamp == edition
        let values: KeyValuePairs = ["n": String(stamp.number), "date": messages.date(stamp.date)]
        return [
          "words": messages(isThis ? "editionCurrent" : "editionEarlier", values),
          "address": isThis ? "" : "editions/\(stamp.number)/index.html",
        ]
      },
    ]
  }

  /// An organisation whose status differs from the edition before.
  struct Change {
    var code: String
    var name: String
    var before: SiteStatus?
    var after: SiteStatus?
  }

  func changes() -> [Change] {
    guard let previous = request.previous?.report else { return [] }
    let hadStatuses = previous.criteria != nil
    let before = previous.organisations.compactMap { SiteOrganisation($0, hasStatuses: hadStatuses) }
    var changes: [Change] = []
    for organisation in organisations {
      let earlier = before.first { $0.code == organisation.code }
      if earlier?.status != organisation.status {
        changes.append(
          Change(
            code: organisation.code, name: organisation.name, before: earlier?.status, after: organisation.status))
      }
    }
    for organisation in before where self.organisation(organisation.code) == nil {
      changes.append(
        Change(code: organisation.code, name: organisation.name, before: organisation.status, after: nil))
    }
    return changes
  }

  private func words(_ change: Change) -> String {
    switch (change.before, change.after) {
    case (let before?, let after?):
      messages("changeLine", ["before": statusWords(before), "after": statusWords(after)])
    case (nil, let after?): messages("changeNew", ["after": statusWords(after)])
    case (let before, nil): messages("changeGone", ["before": before.map { statusWords($0) } ?? ""])
    }
  }

  /// A status that was published is not changed without a word.
  func refuseUnexplainedChanges() throws(SiteError) {
    guard let previous = request.previous else { return }
    let explained = Set(
      (report.round?.corrections ?? []).filter { $0.date >= previous.date }.map(\.organisation))
    let silent = changes().filter { !explained.contains($0.code) }
    guard !silent.isEmpty else { return }
    let names = silent.prefix(5).map { "\($0.code) (\($0.name)) \(words($0))" }.joined(separator: " ")
    let more = silent.count > 5 ? " There are \(silent.count - 5) more." : ""
    throw SiteError(
      "\(silent.count == 1 ? "A status differs" : "\(silent.count) statuses differ") from edition \(previous.number), "
        + "and no correction says why: \(names)\(more)",
      advice: "Add a line for each to the round's corrections file, dated \(previous.date) or later.")
  }
}
