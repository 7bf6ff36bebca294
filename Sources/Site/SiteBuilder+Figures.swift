import AuditModel

extension SiteBuilder {
  func figures() -> [[String: Any]] {
    report.figures.map { figure in
      var context: [String: Any] = [
        "name": figure.name, "title": messages.text(figure.title), "note": messages.text(figure.note),
        "failure": figure.failure.map { messages("figureFailed", ["reason": messages.text($0)]) } ?? "",
        "shares": figure.count.shares.map { share(figure, $0) }, "claims": figure.claims.map { claim($0, figure.unit) },
        "hasParts": !figure.parts.isEmpty && figure.failure == nil, "parts": figure.parts.map { part($0, figure) },
        "unknown": unknown(figure),
      ]
      context["columns"] =
        [messages("figureCounted")]
        + figure.count.shares.map { messages(self.columnKey($0.of, figure.unit)) }
      return context
    }
  }

  private func share(_ figure: FigureResult, _ share: FigureShare) -> [String: Any] {
    let counts = share.counts
    let (low, high) = (counts.low, counts.high)
    let sentence = messages(
      sentenceKey(share.of, figure.unit),
      ["counted": messages.grouped(counts.counted), "total": messages.grouped(counts.denominator)])
    func plain(_ ratio: Ratio?) -> String { ratio.map { "\($0.numerator)/\($0.denominator)" } ?? "" }
    func bar(_ ratio: Ratio?) -> Double { ratio.map { 600 * Double($0.numerator) / Double($0.denominator) } ?? 0 }
    var context: [String: Any] = [
      "of": share.of.rawValue, "counted": String(counts.counted), "total": String(counts.denominator),
      "percent": messages.percent(counts.share), "percentPlain": plain(counts.share), "lowPlain": plain(low),
      "highPlain": plain(high), "sentence": sentence, "barLow": SiteMap.decimal(bar(low)),
      "barOpen": SiteMap.decimal(max(0, bar(high) - bar(low))),
      "ticks": figure.claims.map { SiteMap.decimal(bar($0.claim.value)) },
    ]
    if let low, let high, plain(low) != plain(high) {
      context["bounds"] = messages(
        "figureBounds", ["low": messages.percent(low), "high": messages.percent(high)])
    }
    return context
  }

  private func sentenceKey(_ of: FigureDenominator, _ unit: FigureUnit) -> String {
    switch (of, unit) {
    case (.asked, .organisation): "figureAsked"
    case (.answered, .organisation): "figureAnswered"
    case (.asked, .record): "figureRecords"
    case (.answered, .record): "figureRecordsAnswered"
    }
  }

  private func columnKey(_ of: FigureDenominator, _ unit: FigureUnit) -> String {
    switch (of, unit) {
    case (.asked, .organisation): "figureOfAsked"
    case (.answered, .organisation): "figureOfAnswered"
    case (.asked, .record): "figureOfRecords"
    case (.answered, .record): "figureOfRecordsAnswered"
    }
  }

  private func part(_ part: FigureResult.Part, _ figure: FigureResult) -> [String: Any] {
    let counted = part.count.shares.first?.counts.counted ?? 0
    return [
      "name": part.name, "title": messages.text(part.title),
      "cells": [messages.grouped(counted)] + part.count.shares.map { messages.percent($0.counts.share) },
    ]
  }

  private func unknown(_ figure: FigureResult) -> String {
    guard !figure.count.unknown.isEmpty else { return "" }
    let causes = figure.count.unknown.map { unknown -> String in
      let key =
        switch unknown.cause {
        case .silent: "causeSilent"
        case .needsReview: "causeNeedsReview"
        case .cannotBeTold: "causeCannotBeTold"
        case .base: "causeBase"
        }
      return messages("figureCause", ["cause": messages(key), "n": messages.grouped(unknown.units)])
    }
    return messages(
      "figureUnknown",
      [
        "n": messages.grouped(figure.count.unknown.reduce(0) { $0 + $1.units }),
        "causes": causes.joined(separator: ", "),
      ])
  }

  private func claim(_ judged: FigureResult.JudgedClaim, _ unit: FigureUnit) -> [String: Any] {
    let claim = judged.claim
    return [
      "words": messages.text(claim.words), "source": messages.text(claim.source),
      "judged": messages(
        "claimJudged",
        [
          "population": messages.text(claim.population), "predicate": messages.text(claim.predicate),
          "measure": measure(claim),
        ]),
      "verdicts": judged.verdicts.map { verdict in
        let which =
          verdict.of == .answered ? "claimAnswered" : unit == .organisation ? "claimAsked" : "claimRecords"
        let key =
          switch verdict.verdict {
          case .supported: "verdictSupported"
          case .notSupported: "verdictNotSupported"
          case .depends: "verdictDepends"
          case .noShare: "verdictNoShare"
          }
        return [
          "verdict": verdict.verdict.rawValue,
          "words": messages("claimVerdict", ["which": messages(which), "verdict": messages(key)]),
        ]
      },
    ]
  }

  private func measure(_ claim: Claim) -> String {
    let key =
      switch claim.relation {
      case .about: "claimAbout"
      case .atLeast: "claimAtLeast"
      case .atMost: "claimAtMost"
      case .moreThan: "claimMoreThan"
      case .lessThan: "claimLessThan"
      case .exactly: "claimExactly"
      }
    return messages(key, ["value": claim.value.description, "tolerance": claim.tolerance.description])
  }
}
