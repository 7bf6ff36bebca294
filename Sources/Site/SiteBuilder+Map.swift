import AuditModel
import JSONDocument
import Register
import TerminalText

extension SiteBuilder {
  func mapContext() -> [String: Any] {
    let map = SiteMap(request.outline, organisations)
    let decimal = SiteMap.decimal
    var context: [String: Any] = [
      "mapWidth": decimal(map.width), "mapHeight": decimal(map.height), "shapes": map.shapes,
      "mapLabel": messages("mapLabel", ["n": messages.grouped(map.marks.count)]),
      "mapCaption": messages("mapCaption"),
      "syntheticX": decimal(map.width * 0.5), "syntheticY": decimal(map.height * 0.55),
      "leaders": map.marks.compactMap { mark in
        mark.home.map { "M\(decimal($0.x)) \(decimal($0.y))L\(decimal(mark.at.x)) \(decimal(mark.at.y))" }
      },
      "marks": map.marks.map { mark in
        var context = badge(mark.organisation.status)
        context["page"] = mark.organisation.page
        context["code"] = mark.organisation.code
        context["name"] = mark.organisation.name
        context["x"] = decimal(mark.at.x)
        context["y"] = decimal(mark.at.y)
        context["left"] = decimal(mark.at.x - 9)
        context["top"] = decimal(mark.at.y - 9)
        return context
      },
    ]
    if let inset = map.inset {
      let (box, place) = (inset.box, inset.place)
      context["inset"] = [
        [
          "x": decimal(box.x), "y": decimal(box.y), "width": decimal(box.width), "height": decimal(box.height),
          "titleX": decimal(box.x + 10), "titleY": decimal(box.y + 19), "placeX": decimal(place.x),
          "placeY": decimal(place.y), "placeWidth": decimal(place.width), "placeHeight": decimal(place.height),
          "insetShapes": inset.shapes,
        ] as [String: Any]
      ]
    }
    if let top = map.stripTop { context["strip"] = [["stripY": decimal(top + 14)]] }
    return context
  }

  // MARK: Hospitals

  /// When the list of hospitals was made, by its sources; where they were found is said on the page of methods.
  var vintages: String {
    var vintages: [String] = []
    for source in hospitals.sources {
      let date = String(source.vintage.split(separator: " (").first ?? "")
      if !vintages.contains(date) { vintages.append(date) }
    }
    return vintages.joined(separator: "; ")
  }

  var hospitalSources: String {
    hospitals.sources.map { source in
      messages(
        "sourceVintage", ["title": source.title, "publisher": source.publisher, "vintage": source.vintage])
    }.joined(separator: "; ")
  }

  func hospitalsContext() -> [String: Any] {
    [
      "hospitalsNote": messages("hospitalsNote", ["sources": hospitalSources]),
      "hospitals": hospitals.hospitals.map { hospital in
        [
          "name": hospital.name, "postcode": hospital.postcode, "runBy": runBy(hospital),
          "organisations": hospital.organisations.compactMap { code in
            organisation(code).map { found -> [String: Any] in
              var context = badge(found.status)
              context["name"] = found.name
              context["page"] = found.page
              return context
            }
          },
        ] as [String: Any]
      },
    ]
  }

  func runBy(_ hospital: HospitalIndex.Hospital) -> String {
    hospital.runBy.map { messages("hospitalRunBy", ["name": $0]) } ?? ""
  }

  /// The list as a script that sets one variable: for each organisation the codes, who runs its hospitals today, its town,
  /// and names and postcodes in turn.
  func hospitalScript() -> [UInt8] {
    var writer = JSONWriter<Never>(.compact)
    writer.beginArray()
    let mapped = Set(self.mapped.map(\.code))
    let groups = Dictionary(grouping: hospitals.hospitals) { hospital in
      [hospital.runBy ?? ""] + hospital.organisations.filter(mapped.contains)
    }
    for group in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) where group.count > 1 {
      writer.beginArray()
      writer.beginArray()
      for code in group.dropFirst() { writer.string(code) }
      writer.endArray()
      writer.string(PlainText.visible(group[0]))
      writer.string(PlainText.visible(town(group[1])))
      writer.beginArray()
      for hospital in groups[group]! {
        writer.string(PlainText.visible(hospital.name))
        writer.string(PlainText.visible(hospital.postcode))
      }
      writer.endArray()
      writer.endArray()
    }
    writer.endArray()
    return Array("window.trustcheckHospitals = ".utf8) + writer.finishedBytes()
  }

  private func town(_ code: String) -> String {
    DisplayName.of(organisation(code)?.result.place?.town ?? "")
  }
}
