internal import AuditModel
internal import CTrustCheckModule
internal import Glibc

/// Opens shared libraries and reads what they offer.
enum ModuleLoader {
  /// A module that was opened, with its kinds checked one by one.
  struct Opened {
    let module: LoadedModule
    let kinds: [ModuleKind]
  }

  private typealias EntryPoint = @convention(c) () -> UnsafePointer<tc_module>?

  /// Opens a module. The library stays open until the program ends: closing one that is written in Swift crashes later,
  /// and what a module points to lives only as long.
  static func open(_ path: String) throws(ModuleError) -> Opened {
    try checkFile(path)
    // Without a slash the system would search its own folders instead.
    let file = path.contains("/") ? path : "./\(path)"
    guard let library = unsafe dlopen(file, RTLD_NOW | RTLD_LOCAL) else {
      throw ModuleError(
        "\(path) cannot be loaded as a module: \(reason(path)). Expected a shared library built for this machine.")
    }
    guard let symbol = unsafe dlsym(library, "trustcheck_module") else {
      throw ModuleError(
        "\(path) is a shared library and no rule module: it does not export the function trustcheck_module.")
    }
    let entryPoint = unsafe unsafeBitCast(symbol, to: EntryPoint.self)
    guard let module = unsafe entryPoint() else {
      throw ModuleError("\(path): its function trustcheck_module returned NULL instead of a module.")
    }
    return try unsafe read(module, path)
  }

  private static func checkFile(_ path: String) throws(ModuleError) {
    var info = stat()
    guard unsafe stat(path, &info) == 0 else {
      throw ModuleError("\(path): the module cannot be opened: \(unsafe String(cString: strerror(errno))).")
    }
    guard info.st_mode & S_IFMT == S_IFREG else {
      throw ModuleError("\(path): the module cannot be opened: it is not a file.")
    }
  }

  /// What the system said last about a library, without the path in front.
  private static func reason(_ path: String) -> String {
    guard let words = unsafe dlerror() else { return "no reason is given" }
    var reason = unsafe String(cString: words)
    for prefix in ["./\(path): ", "\(path): "] where reason.hasPrefix(prefix) { reason.removeFirst(prefix.count) }
    return reason
  }

  @unsafe
  private static func read(_ pointer: UnsafePointer<tc_module>, _ path: String) throws(ModuleError) -> Opened {
    // The first three members stand at the same place in every version.
    let size = unsafe Int(pointer.pointee.struct_size)
    let versionEnd = unsafe MemoryLayout<tc_module>.offset(of: \.name)!
    guard size >= versionEnd else {
      throw ModuleError("\(path): its tc_module has a struct_size of \(size); expected at least \(versionEnd).")
    }
    let found = unsafe (pointer.pointee.major, pointer.pointee.minor)
    guard UInt32(found.0) == TC_ABI_MAJOR else {
      throw ModuleError(
        "\(path) was built for version \(found.0).\(found.1) of the module boundary; this trustcheck has version "
          + "\(TC_ABI_MAJOR).\(TC_ABI_MINOR) and needs a module of version \(TC_ABI_MAJOR). "
          + "Build the module with this trustcheck's trustcheck_module.h.")
    }
    let least = unsafe MemoryLayout<tc_module>.size
    guard size >= least else {
      throw ModuleError("\(path): its tc_module has a struct_size of \(size); version 1.0 has \(least).")
    }
    let module = unsafe pointer.pointee
    func text(_ text: tc_text, _ member: String, _ limit: Int) throws(ModuleError) -> String {
      do throws(ModuleText.Fault) {
        let copy = try unsafe ModuleText.copy(text, limit: limit)
        guard !copy.isEmpty else { throw ModuleText.Fault(words: "is empty") }
        return copy
      } catch {
        throw ModuleError("\(path): the module's \(member) \(error.words).")
      }
    }
    let name = try unsafe text(module.name, "name", Limits.name)
    guard ModuleText.isHyphenated(name) else {
      throw ModuleError(
        "\(path): the module's name is \"\(name)\"; expected lower-case words joined by hyphens.")
    }
    let version = try unsafe text(module.version, "version", Limits.name)
    let summary = try unsafe text(module.summary, "summary", Limits.sentence)
    let count = unsafe module.kind_count
    guard count <= UInt64(Limits.kindsOfAModule), let offered = unsafe module.kinds, count > 0 else {
      throw ModuleError(
        "\(path): the module offers \(count) check kinds; expected 1 to \(Limits.kindsOfAModule) and a list of them.")
    }
    func loaded(_ kinds: [String]) -> LoadedModule {
      LoadedModule(name: name, version: version, summary: summary, path: path, kinds: kinds)
    }
    var kinds: [ModuleKind] = []
    for index in 0..<Int(count) {
      let reader = try unsafe KindReader(offered[index], position: index, of: loaded([]))
      kinds.append(try reader.read())
    }
    let whole = loaded(kinds.map(\.kind.name))
    return Opened(module: whole, kinds: kinds.map { unsafe ModuleKind($0.kind, of: whole, functions: $0.functions) })
  }
}
