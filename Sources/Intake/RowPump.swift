import Foundation

/// Carries what a reader finds on a thread of its own to the one that asks for it, a few items ahead.
///
/// XMLParser calls back until a document ends; this turns it into something that can be asked for the next part.
final class RowPump<Item>: @unchecked Sendable {
  // Sendable: everything that changes is changed under the lock.

  private let lock = NSCondition()
  private var items: [Item] = []
  private var result: Result<Void, IntakeError>?
  private var isCancelled = false

  /// Items that may wait.
  private static var ahead: Int { 2 }
  /// Enough for the depth to which elements may be nested.
  private static var stackBytes: Int { 8 << 20 }

  /// Takes an item, waiting for room; false when nobody wants any more.
  func put(_ item: Item) -> Bool {
    lock.lock()
    defer { lock.unlock() }
    while items.count >= RowPump.ahead, !isCancelled { lock.wait() }
    if isCancelled { return false }
    items.append(item)
    lock.broadcast()
    return true
  }

  /// The next item, or nil after the last one.
  func take() throws(IntakeError) -> Item? {
    lock.lock()
    defer { lock.unlock() }
    while items.isEmpty, result == nil { lock.wait() }
    if !items.isEmpty {
      defer { lock.broadcast() }
      return items.removeFirst()
    }
    if case .failure(let error) = result { throw error }
    return nil
  }

  func cancel() {
    lock.lock()
    isCancelled = true
    items = []
    lock.broadcast()
    lock.unlock()
  }

  private func finish(_ result: Result<Void, IntakeError>) {
    lock.lock()
    self.result = result
    lock.broadcast()
    lock.unlock()
  }

  /// Starts a thread that reads.
  func run(_ body: @escaping () throws(IntakeError) -> Void) {
    let work = Work(body: body)
    let thread = Thread {
      do throws(IntakeError) {
        try work.body()
        self.finish(.success(()))
      } catch {
        self.finish(.failure(error))
      }
    }
    thread.stackSize = RowPump.stackBytes
    thread.start()
  }

  /// Sendable: it is called on one thread alone, which takes over what it uses.
  private struct Work: @unchecked Sendable {
    let body: () throws(IntakeError) -> Void
  }
}

/// The tables and rows that come over a pump.
final class PumpedTables: PartSupply {
  private(set) var tables: [SourceTable] = []
  private(set) var lines: [Int] = []
  private(set) var notes: [ToleranceKind: [SourcePlace]] = [:]
  private let pump = RowPump<Item>()

  enum Item {
    case table(TableEvent)
    /// Further columns of the last table.
    case columns([ColumnMapping])
    /// Lines of the records that follow.
    case lines([Int])
    case note(ToleranceKind, SourcePlace)
  }

  deinit { pump.cancel() }

  /// Starts reading.
  ///
  /// - Parameter body: reads on another thread, and hands what it finds to the closure, which is false when nothing more
  ///   is wanted.
  func run(_ body: @escaping (_ put: @escaping (Item) -> Bool) throws(IntakeError) -> Void) {
    let pump = pump
    pump.run { () throws(IntakeError) in try body { pump.put($0) } }
  }

  func next() throws(IntakeError) -> (table: Int, content: SourcePart.Content)? {
    while let item = try pump.take() {
      switch item {
      case .table(.table(let table)): tables.append(table)
      case .table(.rows(let block)): return (tables.count - 1, .rows(block))
      case .table(.unused(let columns)):
        for column in columns { tables[tables.count - 1].columns[column].isUnused = true }
      case .columns(let columns): tables[tables.count - 1].columns += columns
      case .lines(let lines): self.lines += lines
      case .note(let kind, let place): notes[kind, default: []].append(place)
      }
    }
    return nil
  }
}
