internal import AuditModel
internal import CTrustCheckModule

/// The functions of `tc_host`, as C sees them.
enum HostFunctions {
  /// A `tc_host` whose context is not kept alive by it.
  @unsafe
  static func host(_ context: RuleContext) -> tc_host {
    unsafe tc_host(
      struct_size: UInt32(MemoryLayout<tc_host>.size), major: UInt16(TC_ABI_MAJOR), minor: UInt16(TC_ABI_MINOR),
      context: Unmanaged.passUnretained(context).toOpaque(), evaluate: evaluate, look_up: lookUp, know_name: knowName,
      describe: describe, log: log)
  }

  @unsafe
  private static func context(_ host: UnsafePointer<tc_host>?) -> RuleContext? {
    guard let host = unsafe host, let context = unsafe host.pointee.context else { return nil }
    return unsafe Unmanaged<RuleContext>.fromOpaque(context).takeUnretainedValue()
  }

  private static let evaluate:
    @convention(c) (
      UnsafePointer<tc_host>?, UnsafePointer<tc_batch>?, UInt64, UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>?,
      UnsafeMutablePointer<UInt64>?
    ) -> UInt32 = { host, batch, expression, selected, isTrue, isUnknown in
      guard let context = unsafe context(host), let batch = unsafe batch, let selected = unsafe selected,
        let isTrue = unsafe isTrue, let isUnknown = unsafe isUnknown
      else { return TC_FAILED }
      return unsafe context.evaluate(
        handle: UInt(bitPattern: batch.pointee.handle), expression: expression, selected: selected, isTrue: isTrue,
        isUnknown: isUnknown)
    }

  private static let lookUp:
    @convention(c) (UnsafePointer<tc_host>?, tc_text, Int32, UnsafeMutablePointer<tc_organisation>?) -> UInt32 = {
      host, code, day, found in
      guard let context = unsafe context(host), let found = unsafe found,
        let date = CalendarDate(moduleDays: day)
      else { return TC_FAILED }
      // A cell may hold a text of any length; no code is that long.
      if unsafe code.length > UInt64(Limits.name) { return TC_NOT_FOUND }
      guard let code = unsafe try? ModuleText.copy(code, limit: Limits.name) else { return TC_FAILED }
      guard let organisation = context.services.lookUp(code, date) else { return TC_NOT_FOUND }
      // A module of this major version knows all members of version 1.0; a later minor one would look at the
      // struct_size that the module set.
      unsafe found.initialize(to: LastingTexts.organisation(organisation))
      return TC_OK
    }

  private static let knowName: @convention(c) (UnsafePointer<tc_host>?, tc_text, tc_text) -> UInt32 = {
    host, code, name in
    guard let context = unsafe context(host) else { return TC_FAILED }
    if unsafe code.length > UInt64(Limits.name) || name.length > UInt64(Limits.sentence) { return TC_NOT_FOUND }
    guard let code = unsafe try? ModuleText.copy(code, limit: Limits.name),
      let name = unsafe try? ModuleText.copy(name, limit: Limits.sentence)
    else { return TC_FAILED }
    return context.services.knowsName(code, name) ? TC_OK : TC_NOT_FOUND
  }

  private static let describe:
    @convention(c) (UnsafePointer<tc_host>?, UInt32, UnsafeMutablePointer<tc_submission>?) -> UInt32 = {
      host, submission, found in
      guard let context = unsafe context(host), let found = unsafe found else { return TC_FAILED }
      guard let code = context.organisation(of: submission) else { return TC_NOT_FOUND }
      unsafe found.initialize(
        to: tc_submission(
          struct_size: UInt32(MemoryLayout<tc_submission>.size), reserved: 0, organisation: LastingTexts.text(code)))
      return TC_OK
    }

  private static let log: @convention(c) (UnsafePointer<tc_host>?, UInt32, tc_text) -> Void = { host, level, message in
    guard let context = unsafe context(host) else { return }
    context.log(
      isWarning: level == TC_LOG_WARNING,
      unsafe ModuleText.shown(message.bytes, length: message.length, limit: Limits.logMessage))
  }
}

extension CalendarDate {
  /// A day from a module; nil outside the years 1 to 9999, which also holds for `TC_NO_DAY`.
  init?(moduleDays days: Int32) {
    guard (-719_162...2_932_896).contains(days) else { return nil }
    self.init(days: days)
  }
}
