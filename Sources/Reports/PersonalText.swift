/// What in free text may tell who somebody is (DESIGN 10).
enum PersonalText {
  /// What stands in the place of something personal.
  static let mask = "[withheld]"

  /// The text without NHS numbers, e-mail addresses, telephone numbers and dates of birth.
  static func masked(_ text: String) -> String {
    var text = text
    text.replace(/[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+/, with: mask)
    text.replace(
      /\b(born|birth|dob|d\.o\.b\.?)\b([^0-9]{0,20})\d{1,4}[\/.\- ](\d{1,2}|[A-Za-z]{3,9})[\/.\- ]\d{2,4}/.ignoresCase()
    ) { match in "\(match.output.1)\(match.output.2)\(mask)" }
    // Ten digits are an NHS number or a telephone number, however they are grouped; a telephone number may have eleven.
    text.replace(/(\+\d{1,3}[ -]?)?(\(0\d{2,4}\)|\d)([ -]?\d){8,13}(?!\d)/, with: mask)
    return text
  }

  /// The text without any number, in digits or in words up to twelve.
  static func withoutNumbers(_ text: String) -> String {
    var text = text
    text.replace(/\d+([.,]\d+)*/, with: mask)
    text.replace(
      /\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|single|couple|handful|dozen)\b/.ignoresCase(),
      with: mask)
    return text
  }
}
