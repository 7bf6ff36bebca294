import CTrustCheckModule

/// What the host does for a bound rule. It may be called from any thread while the rule lives.
@safe
public struct Host: @unchecked Sendable {
  let pointer: UnsafePointer<tc_host>

  init(_ pointer: UnsafePointer<tc_host>) {
    unsafe self.pointer = pointer
  }

  /// The organisation with this code as at a day; nil when the register does not have the code.
  public func organisation(_ code: Span<UInt8>, on day: Day) -> Organisation? {
    unsafe code.withUnsafeBytes { bytes in
      var found = unsafe tc_organisation()
      unsafe found.struct_size = UInt32(MemoryLayout<tc_organisation>.size)
      let result = unsafe pointer.pointee.look_up(pointer, tc_text(bytes), day.number, &found)
      return result == TC_OK ? unsafe Organisation(found) : nil
    }
  }

  /// Whether and when the organisation with this code was open, as at a day; nil when the register does not have the
  /// code. It makes no strings, and so suits loops over records.
  public func standing(_ code: Span<UInt8>, on day: Day) -> Organisation.Standing? {
    unsafe code.withUnsafeBytes { bytes in
      var found = unsafe tc_organisation()
      unsafe found.struct_size = UInt32(MemoryLayout<tc_organisation>.size)
      let result = unsafe pointer.pointee.look_up(pointer, tc_text(bytes), day.number, &found)
      return result == TC_OK ? unsafe Organisation.Standing(found) : nil
    }
  }

  public func organisation(_ code: String, on day: Day) -> Organisation? {
    let bytes = Array(code.utf8)
    return organisation(bytes.span, on: day)
  }

  /// True when a name is a known name of the organisation with this code.
  public func knowsName(_ name: Span<UInt8>, of code: Span<UInt8>) -> Bool {
    unsafe code.withUnsafeBytes { code in
      unsafe name.withUnsafeBytes { name in
        unsafe pointer.pointee.know_name(pointer, tc_text(code), tc_text(name)) == TC_OK
      }
    }
  }

  /// The code of the organisation that a submission was matched to; nil when it was not matched. For `finish` only.
  public func organisation(ofSubmission number: UInt32) -> String? {
    var found = unsafe tc_submission()
    unsafe found.struct_size = UInt32(MemoryLayout<tc_submission>.size)
    let result = unsafe pointer.pointee.describe(pointer, number, &found)
    guard result == TC_OK, unsafe found.organisation.length > 0 else { return nil }
    return unsafe found.organisation.string
  }

  /// Tells the person who runs the audit.
  public func log(_ message: String, isWarning: Bool = true) {
    let bytes = Array(message.utf8)
    unsafe bytes.withUnsafeBytes { bytes in
      unsafe pointer.pointee.log(pointer, isWarning ? TC_LOG_WARNING : TC_LOG_DEBUG, tc_text(bytes))
    }
  }
}

/// An organisation of the register, as at a day.
public struct Organisation: Hashable, Sendable {
  public enum State: UInt32, Sendable, BitwiseCopyable {
    case open = 0
    case notYetOpen = 1
    case closed = 2
    /// Replaced on a day that no source states, so that it may have been open.
    case superseded = 3
  }

  /// Whether an organisation was open on a day, and when it opened and closed.
  public struct Standing: Hashable, Sendable, BitwiseCopyable {
    public let state: State
    /// Nil when not known.
    public let opened: Day?
    /// Its last day open; nil while it is open.
    public let closed: Day?

    init(_ found: tc_organisation) {
      // A state that a later version has says nothing that this one could rely on.
      state = unsafe State(rawValue: found.state) ?? .superseded
      opened = unsafe found.opened == noDay ? nil : Day(found.opened)
      closed = unsafe found.closed == noDay ? nil : Day(found.closed)
    }
  }

  public let standing: Standing
  public let code: String
  public let name: String
  /// Codes.
  public let successors: [String]

  init(_ found: tc_organisation) {
    standing = unsafe Standing(found)
    code = unsafe found.code.string
    name = unsafe found.name.string
    successors = unsafe (0..<Int(found.successor_count)).map { unsafe found.successors[$0].string }
  }
}

/// A CEL expression, or a pattern for the whole text of a field, that a rule was bound with.
public struct Expression: Sendable {
  /// As the rule's author wrote it.
  public let source: String
  let number: UInt64
  let host: Host

  /// Where it is true, and where that cannot be told; it is false for the other rows.
  public struct Truth: Sendable {
    public let isTrue: Bitmap
    public let isUnknown: Bitmap
  }

  /// Evaluates it for rows of the batch of the call under way.
  public func evaluate(_ batch: Batch, _ rows: Bitmap) throws(ModuleFailure) -> Truth {
    let words = rows.words
    var isTrue = words
    var isUnknown = words
    let result = unsafe words.withUnsafeBufferPointer { words in
      unsafe isTrue.withUnsafeMutableBufferPointer { isTrue in
        unsafe isUnknown.withUnsafeMutableBufferPointer { isUnknown in
          unsafe host.pointer.pointee.evaluate(
            host.pointer, batch.pointer, number, words.baseAddress, isTrue.baseAddress, isUnknown.baseAddress)
        }
      }
    }
    guard result == TC_OK else { throw ModuleFailure("The host could not evaluate \"\(source)\"") }
    return Truth(isTrue: Bitmap(words: isTrue), isUnknown: Bitmap(words: isUnknown))
  }
}

extension tc_text {
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.init(
      bytes: bytes.baseAddress?.assumingMemoryBound(to: CChar.self), length: UInt64(bytes.count))
  }

  var string: String {
    guard unsafe length > 0, let bytes = unsafe bytes else { return "" }
    return unsafe String(decoding: UnsafeRawBufferPointer(start: bytes, count: Int(length)), as: UTF8.self)
  }
}
