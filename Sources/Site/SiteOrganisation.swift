import AuditModel

/// An organisation of a round as its page shows it.
struct SiteOrganisation {
  let result: OrganisationResult
  let status: SiteStatus
  let name: String
  let region: String

  var code: String { result.code }

  /// The address of its page, below the site's root. It depends on the code alone.
  var page: String { "organisations/\(SiteOrganisation.fileName(code)).html" }

  var point: Outline.Point? {
    guard let place = result.place, let latitude = place.latitude, let longitude = place.longitude else { return nil }
    return Outline.Point(longitude: longitude, latitude: latitude)
  }

  init?(_ result: OrganisationResult, hasStatuses: Bool) {
    guard let status = SiteStatus(result, hasStatuses: hasStatuses) else { return nil }
    self.result = result
    self.status = status
    name = DisplayName.of(result.name)
    let place = result.place
    region = place.map { $0.region.isEmpty ? $0.nation : $0.region } ?? ""
  }

  /// A code as a file name: letters and digits stay, every other byte becomes `_` and two hexadecimal digits.
  static func fileName(_ code: String) -> String {
    var name = ""
    for byte in code.utf8 {
      let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
      name += isPlain ? String(UnicodeScalar(byte)) : "_" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return name
  }
}

/// Names that the register has in capitals, as people write them.
enum DisplayName {
  private static let small: Set<String> = ["and", "of", "the", "for", "in", "on", "at", "with", "upon", "by", "under"]
  private static let capitals: Set<String> = ["nhs", "gp", "uk", "hsc", "ccg"]

  static func of(_ name: String) -> String {
    guard name.count > 3, name == name.uppercased(), name != name.lowercased() else { return name }
    var words: [String] = []
    for word in name.lowercased().split(separator: " ") {
      let bare = word.filter { $0.isLetter }
      if capitals.contains(bare) {
        words.append(word.uppercased())
      } else if small.contains(String(word)), !words.isEmpty {
        words.append(String(word))
      } else {
        words.append(capitalised(String(word)))
      }
    }
    return words.joined(separator: " ")
  }

  /// Capitals after hyphens, brackets and full stops, not after apostrophes: "St. Mary's", "(Upper-Town)".
  private static func capitalised(_ word: String) -> String {
    var result = ""
    var isStart = true
    for character in word {
      result += isStart ? character.uppercased() : String(character)
      isStart = !(character.isLetter || character.isNumber || character == "'" || character == "’")
    }
    return result
  }
}
