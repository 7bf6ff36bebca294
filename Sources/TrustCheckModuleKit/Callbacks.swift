import CTrustCheckModule

/// The functions that the host calls. Nothing throws across: an error becomes a code and its words.
enum Callbacks {
  static func set(_ kind: inout tc_kind, judgesAtFinish: Bool) {
    unsafe kind.bind = { host, kind, binding, bound, error in
      guard let host = unsafe host, let kind = unsafe kind, let binding = unsafe binding, let bound = unsafe bound
      else {
        return TC_FAILED
      }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        let rule = try unsafe Binder.of(kind).bind(Binding(binding, host: host))
        unsafe bound.pointee = Unmanaged.passRetained(rule).toOpaque()
      }
    }
    unsafe kind.unbind = { bound in
      if let bound = unsafe bound { unsafe Unmanaged<BoundRule>.fromOpaque(bound).release() }
    }
    unsafe kind.check = { bound, state, batch, selected, failed, unknown, error in
      guard let bound = unsafe bound, let batch = unsafe batch, let selected = unsafe selected,
        let failed = unsafe failed, let unknown = unsafe unknown
      else { return TC_FAILED }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        guard unsafe batch.pointee.row_count > 0 else { return }
        let columns = try unsafe Callbacks.batch(batch)
        let verdicts = unsafe Verdicts(count: columns.count, selected: selected, failed: failed, unknown: unknown)
        try unsafe Callbacks.rule(bound).check(columns, verdicts, state: state)
      }
    }
    unsafe kind.explain = { bound, batch, rows, rowCount, sink, error in
      guard let bound = unsafe bound, let batch = unsafe batch, let rows = unsafe rows, let sink = unsafe sink else {
        return TC_FAILED
      }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        let columns = try unsafe Callbacks.batch(batch)
        var wanted: [Row] = []
        for index in 0..<Int(rowCount) {
          let row = unsafe Int(rows[index])
          guard row < columns.count else {
            throw ModuleFailure("The host asked for a row that the batch does not have")
          }
          wanted.append(Row(row))
        }
        var explanations = unsafe Explanations(sink)
        try unsafe Callbacks.rule(bound).explain(wanted, of: columns, &explanations)
      }
    }
    if judgesAtFinish { unsafe setStateFunctions(&kind) }
  }

  private static func setStateFunctions(_ kind: inout tc_kind) {
    unsafe kind.state_create = { bound, state, error in
      guard let bound = unsafe bound, let state = unsafe state else { return TC_FAILED }
      unsafe state.pointee = Callbacks.rule(bound).makeState()
      return TC_OK
    }
    unsafe kind.state_free = { _, state in
      if let state = unsafe state { unsafe Unmanaged<AnyObject>.fromOpaque(state).release() }
    }
    unsafe kind.merge = { bound, into, from, map, count, error in
      guard let bound = unsafe bound, let into = unsafe into, let from = unsafe from else { return TC_FAILED }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        let submissions = unsafe Array(UnsafeBufferPointer(start: map, count: Int(count)))
        try unsafe Callbacks.rule(bound).merge(from, into: into, submissions: submissions)
      }
    }
    unsafe kind.save = { bound, state, sink, error in
      guard let bound = unsafe bound, let state = unsafe state, let sink = unsafe sink else { return TC_FAILED }
      let bytes = unsafe Callbacks.rule(bound).save(state)
      unsafe bytes.withUnsafeBytes { bytes in
        unsafe sink.pointee.saved(sink.pointee.context, bytes.baseAddress, UInt64(bytes.count))
      }
      return TC_OK
    }
    unsafe kind.load = { bound, bytes, length, state, error in
      guard let bound = unsafe bound, let state = unsafe state else { return TC_FAILED }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        let saved = unsafe Array(UnsafeRawBufferPointer(start: bytes, count: Int(length)))
        unsafe state.pointee = try Callbacks.rule(bound).load(saved)
      }
    }
    unsafe kind.finish = { bound, state, sink, error in
      guard let bound = unsafe bound, let state = unsafe state, let sink = unsafe sink else { return TC_FAILED }
      return unsafe Callbacks.result(error) { () throws(ModuleFailure) in
        var judgements = unsafe Judgements(sink)
        try unsafe Callbacks.rule(bound).finish(state, &judgements)
      }
    }
  }

  private static func rule(_ bound: UnsafeRawPointer) -> BoundRule {
    unsafe Unmanaged<BoundRule>.fromOpaque(bound).takeUnretainedValue()
  }

  private static func batch(_ pointer: UnsafePointer<tc_batch>) throws(ModuleFailure) -> Batch {
    guard let batch = unsafe Batch(pointer) else {
      throw ModuleFailure("The host gave a batch of a form that the module does not know")
    }
    return batch
  }

  private static func result(
    _ error: UnsafeMutablePointer<tc_error>?, _ work: () throws(ModuleFailure) -> Void
  ) -> UInt32 {
    do throws(ModuleFailure) {
      try work()
      return TC_OK
    } catch let failure {
      unsafe failure.write(to: error)
      return TC_FAILED
    }
  }
}
