internal import AuditModel
internal import CTrustCheckModule

/// Copies evidence that a module hands over, and keeps count of how much it is.
struct EvidenceReader {
  let names: EvidenceNames
  /// The number of bound fields.
  let fieldCount: Int
  /// The greatest number of bytes of evidence, counting 64 for each piece beside its text.
  private let limit: Int
  private var spent = 0

  init(names: EvidenceNames, fieldCount: Int, limit: Int = Limits.evidenceOfACall) {
    self.names = names
    self.fieldCount = fieldCount
    self.limit = limit
  }

  /// - Parameter hasRow: true when there is a row or a record whose cells evidence may name.
  @unsafe
  mutating func read(
    _ items: UnsafePointer<UnsafePointer<tc_evidence>?>?, count: UInt64, hasRow: Bool
  ) throws(ModuleText.Fault) -> [Evidence] {
    if count == 0 { return [] }
    guard count <= UInt64(Limits.evidenceOfOne) else {
      throw fault("\(count) pieces of evidence at once; the most is \(Limits.evidenceOfOne)")
    }
    guard let items = unsafe items else { throw fault("\(count) pieces of evidence and a NULL list of them") }
    var evidence: [Evidence] = []
    evidence.reserveCapacity(Int(count))
    for index in 0..<Int(count) {
      guard let item = unsafe items[index] else { throw fault("a piece of evidence that is NULL") }
      let (size, least) = unsafe (Int(item.pointee.struct_size), MemoryLayout<tc_evidence>.size)
      guard size >= least else {
        throw fault("evidence with a struct_size of \(size); version 1.0 of the boundary has \(least)")
      }
      evidence.append(try unsafe read(item.pointee, hasRow: hasRow))
    }
    return evidence
  }

  @unsafe
  private mutating func read(_ item: tc_evidence, hasRow: Bool) throws(ModuleText.Fault) -> Evidence {
    guard let name = unsafe names.name(item.name) else {
      let shown = unsafe ModuleText.shown(item.name.bytes, length: item.name.length, limit: Limits.name)
      throw fault("evidence named \"\(shown)\", which the kind does not declare")
    }
    var field: UInt32?
    if unsafe item.field != .max {
      guard unsafe item.field < UInt32(fieldCount) else {
        throw fault("the evidence \"\(name)\" of field \(unsafe item.field); the rule has \(fieldCount) bound fields")
      }
      field = unsafe item.field
    }
    spent += 64
    let value = try unsafe value(item, name, hasCell: hasRow && field != nil)
    guard spent <= limit else { throw fault("more than \(limit) bytes of evidence in one call") }
    return Evidence(name: name, value: value, field: field)
  }

  /// - Parameter hasCell: true when there is a cell that the evidence may stand for.
  @unsafe
  private mutating func value(
    _ item: tc_evidence, _ name: String, hasCell: Bool
  ) throws(ModuleText.Fault) -> Evidence.Value {
    switch unsafe item.type {
    case TC_EVIDENCE_TEXT:
      spent += unsafe Int(clamping: item.text.length)
      do {
        return .text(try unsafe ModuleText.copy(item.text, limit: Limits.evidenceText))
      } catch {
        throw fault("the evidence \"\(name)\" as a text that \(error.words)")
      }
    case TC_EVIDENCE_INTEGER: return .integer(unsafe item.integer)
    case TC_EVIDENCE_NUMBER:
      guard unsafe item.number.isFinite else { throw fault("the evidence \"\(name)\" as a number that is not finite") }
      return .number(unsafe item.number)
    case TC_EVIDENCE_DATE:
      guard let date = unsafe Int32(exactly: item.integer).flatMap(CalendarDate.init(moduleDays:)) else {
        throw fault(
          "the evidence \"\(name)\" as a date \(unsafe item.integer) days from 1970-01-01, outside the years 1 to 9999")
      }
      return .date(date)
    case TC_EVIDENCE_CELL:
      guard hasCell else { throw fault("the evidence \"\(name)\" as a cell, and names no field or no record for it") }
      return .cell
    case TC_EVIDENCE_PLACE: return .place(UInt64(bitPattern: unsafe item.integer))
    default:
      throw fault(
        "the evidence \"\(name)\" of type \(unsafe item.type), which this version of trustcheck does not know")
    }
  }

  private func fault(_ words: String) -> ModuleText.Fault { ModuleText.Fault(words: "it gave \(words)") }
}
