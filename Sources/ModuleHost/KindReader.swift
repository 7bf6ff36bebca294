internal import AuditModel
internal import CTrustCheckModule
internal import JSONDocument

/// Reads a kind that a module offers, and says what is wrong with it.
@safe
struct KindReader {
  let module: LoadedModule
  private let kind: tc_kind
  private let pointer: UnsafePointer<tc_kind>
  private let name: String

  /// - Parameter position: 0-based among the module's kinds.
  @unsafe
  init(_ pointer: UnsafePointer<tc_kind>?, position: Int, of module: LoadedModule) throws(ModuleError) {
    self.module = module
    let which = "The module \"\(module.name)\" in \(module.path) offers a kind (number \(position + 1))"
    guard let pointer = unsafe pointer else { throw ModuleError("\(which) that is NULL.") }
    let (size, least) = unsafe (Int(pointer.pointee.struct_size), MemoryLayout<tc_kind>.size)
    guard size >= least else {
      throw ModuleError("\(which) whose struct_size is \(size); version 1.0 of the boundary has \(least).")
    }
    unsafe self.pointer = unsafe pointer
    unsafe kind = unsafe pointer.pointee
    do {
      name = try unsafe ModuleText.copy(kind.name, limit: Limits.name)
    } catch {
      throw ModuleError("\(which) whose name \(error.words).")
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count >= 2, parts.allSatisfy({ ModuleText.isHyphenated($0) }) else {
      throw ModuleError(
        "\(which) with the name \"\(name)\"; expected two or more lower-case words joined by points, such as "
          + "\"completeness.required\".")
    }
  }

  func read() throws(ModuleError) -> ModuleKind {
    let reads = unsafe CheckKind.Reads(rawValue: kind.reads)
    let answers = unsafe CheckKind.Answers(rawValue: kind.answers)
    let flags = unsafe kind.flags
    guard let reads else { throw unsafe newer("reads", kind.reads) }
    guard let answers else { throw unsafe newer("answers", kind.answers) }
    guard flags & ~(TC_KIND_AT_FINISH | TC_KIND_CLASSIFIES) == 0 else { throw newer("flags", flags) }
    let atFinish = flags & TC_KIND_AT_FINISH != 0
    let classifies = flags & TC_KIND_CLASSIFIES != 0
    try checkCombination(reads, answers, atFinish: atFinish, classifies: classifies)
    try checkFunctions(atFinish: atFinish, classifies: classifies)
    let evidence = try evidence()
    if classifies {
      for needed in ["basis", "reason", "row", "status"] where !evidence.contains(needed) {
        throw fault("classifies organisations, and its evidence lacks the name \"\(needed)\"")
      }
    }
    try checkExamples()
    let result = CheckKind(
      name: name, module: module.name, summary: try unsafe sentence(kind.summary, "summary"), reads: reads,
      answers: answers, judgesAtFinish: atFinish, classifies: classifies,
      message: try unsafe sentence(kind.message, "message"), parameters: try parameters(), evidence: evidence)
    return unsafe ModuleKind(result, of: module, functions: pointer)
  }

  // MARK: Errors

  private func fault(_ words: String) -> ModuleError {
    ModuleError("The check kind \"\(name)\" of the module \"\(module.name)\" in \(module.path) \(words).")
  }

  private func newer(_ member: String, _ value: UInt32) -> ModuleError {
    fault("has \(member) = \(value), which this version of trustcheck does not know")
  }

  // MARK: Parts

  private func checkCombination(
    _ reads: CheckKind.Reads, _ answers: CheckKind.Answers, atFinish: Bool, classifies: Bool
  ) throws(ModuleError) {
    switch reads {
    case .records:
      if !atFinish && answers != .record {
        throw fault("reads records batch by batch and must answer records, or judge at finish")
      }
      if classifies { throw fault("classifies organisations and must read them, not records") }
    case .organisations:
      if atFinish { throw fault("reads organisations and must judge batch by batch, not at finish") }
      if answers != .organisation { throw fault("reads organisations and must answer organisations") }
    }
  }

  private func checkFunctions(atFinish: Bool, classifies: Bool) throws(ModuleError) {
    var missing: [String] = []
    if unsafe kind.bind == nil { missing.append("bind") }
    if unsafe kind.unbind == nil { missing.append("unbind") }
    if unsafe kind.check == nil { missing.append("check") }
    if unsafe classifies && kind.explain == nil { missing.append("explain") }
    if atFinish {
      if unsafe kind.state_create == nil { missing.append("state_create") }
      if unsafe kind.state_free == nil { missing.append("state_free") }
      if unsafe kind.merge == nil { missing.append("merge") }
      if unsafe kind.save == nil { missing.append("save") }
      if unsafe kind.load == nil { missing.append("load") }
      if unsafe kind.finish == nil { missing.append("finish") }
    }
    if !missing.isEmpty {
      let verb = missing.count == 1 ? "is" : "are"
      throw fault("lacks functions that it needs: \(missing.joined(separator: ", ")) \(verb) NULL")
    }
  }

  private func evidence() throws(ModuleError) -> [String] {
    let count = unsafe kind.evidence_count
    guard count <= UInt64(Limits.namesOfEvidence) else {
      throw fault("declares \(count) names of evidence; the most is \(Limits.namesOfEvidence)")
    }
    guard count > 0 else { return [] }
    guard let texts = unsafe kind.evidence else { throw fault("declares \(count) names of evidence and gives none") }
    var names: [String] = []
    for index in 0..<Int(count) {
      let name: String
      do {
        name = try unsafe ModuleText.copy(texts[index], limit: Limits.name)
      } catch {
        throw fault("declares a name of evidence (number \(index + 1)) that \(error.words)")
      }
      guard KindReader.isEvidenceName(name) else {
        throw fault(
          "declares the name of evidence \"\(name)\"; expected lower-case letters, digits, \"_\" and \"/\", and "
            + "\"*\" at the end only")
      }
      if let last = names.last, !Array(last.utf8).lexicographicallyPrecedes(Array(name.utf8)) {
        throw fault("declares the name of evidence \"\(name)\" after \"\(last)\"; expected them sorted, each once")
      }
      names.append(name)
    }
    return names
  }

  private static func isEvidenceName(_ name: String) -> Bool {
    var bytes = Array(name.utf8)
    if bytes.last == UInt8(ascii: "*") { bytes.removeLast() }
    return !bytes.isEmpty
      && bytes.allSatisfy { byte in
        ModuleText.isLetter(byte) || ModuleText.isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "/")
      }
  }

  @unsafe
  private func sentence(_ text: tc_text, _ member: String) throws(ModuleError) -> String {
    let sentence: String
    do {
      sentence = try unsafe ModuleText.copy(text, limit: Limits.sentence)
    } catch {
      throw fault("has a \(member) that \(error.words)")
    }
    if sentence.isEmpty { throw fault("has no \(member)") }
    return sentence
  }

  private func parameters() throws(ModuleError) -> ParameterSchema {
    let text: String
    do {
      text = try unsafe ModuleText.copy(kind.parameters, limit: Limits.json)
    } catch {
      throw fault("describes its parameters in a text that \(error.words)")
    }
    do {
      return try SchemaReader.read(text)
    } catch {
      throw fault("describes its parameters wrongly \(KindReader.place(error)): \(error.message)")
    }
  }

  private func checkExamples() throws(ModuleError) {
    let text: String
    do {
      text = try unsafe ModuleText.copy(kind.examples, limit: Limits.json)
    } catch {
      throw fault("gives examples in a text that \(error.words)")
    }
    if text.isEmpty { return }
    do {
      _ = try JSONDocument.parse(Array(text.utf8), name: "examples")
    } catch {
      throw fault("gives examples that are not JSON \(KindReader.place(error)): \(error.message)")
    }
  }

  private static func place(_ error: JSONError) -> String {
    switch error.pointer {
    case nil: "at line \(error.line), column \(error.column)"
    case "": "at the top"
    case let pointer?: "at \"\(pointer)\""
    }
  }
}
