import Foundation

/// Time zones by the names of the IANA database, or by an offset such as `+02:00`.
enum TimeZones {
  /// Seconds east of Greenwich at a moment; nil when there is no such zone.
  static func offset(_ zone: String, at time: Timestamp) -> Int64? {
    if let offset = ClockText.offset(Array(zone.utf8)[...]) { return offset }
    if zone == "UTC" { return 0 }
    // Other spellings that Foundation takes, such as "GMT+2", are no names of the database.
    guard zone.utf8.allSatisfy({ $0.isWordPart || [0x2B, 0x2D, 0x2F].contains($0) }),
      let found = TimeZone(identifier: zone)
    else { return nil }
    return Int64(found.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.seconds))))
  }
}
