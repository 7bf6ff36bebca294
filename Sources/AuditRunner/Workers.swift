import Glibc

/// Threads that share one piece of work.
enum Workers {
  /// More threads than these help nobody, and each takes memory.
  static let limit = 256

  /// Runs `body` on `count` threads, the calling one among them, and returns when all are done.
  static func run(_ count: Int, _ body: @escaping @Sendable (_ worker: Int) -> Void) {
    // Where no thread can be made, fewer threads do the same work.
    let threads = (1..<max(1, min(count, limit))).compactMap { worker in start { body(worker) } }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// A thread that runs `body` and is to be joined; nil when none can be made, and `body` does not run.
  static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
    let task = unsafe Unmanaged.passRetained(Task(body))
    var thread = pthread_t()
    let failed = unsafe pthread_create(
      &thread, nil,
      { pointer in
        unsafe Unmanaged<Task>.fromOpaque(pointer!).takeRetainedValue().body()
        return nil
      }, task.toOpaque())
    if failed == 0 { return thread }
    unsafe task.release()
    return nil
  }

  private final class Task: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
      self.body = body
    }
  }

  /// The number of processors this program may use.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// A value that is worked out on a thread of its own while others go on.
final class Later<Value: Sendable>: Sendable {
  private let box: Box
  private let work: @Sendable () -> Value
  private let thread: pthread_t?

  /// Written by the thread, read after it was joined.
  private final class Box: @unchecked Sendable {
    var value: Value?
  }

  init(_ work: @escaping @Sendable () -> Value) {
    let box = Box()
    self.box = box
    self.work = work
    thread = Workers.start { box.value = work() }
  }

  /// The value, waited for. To be taken once.
  func take() -> Value {
    if let thread { pthread_join(thread, nil) }
    return box.value ?? work()
  }
}

/// A mutex with a condition to wait on; guards whatever its holder says it guards.
@safe
final class Monitor: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(condition, nil)
  }

  deinit {
    unsafe pthread_mutex_destroy(mutex)
    unsafe pthread_cond_destroy(condition)
    unsafe mutex.deallocate()
    unsafe condition.deallocate()
  }

  func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    return try body()
  }

  /// Gives up the lock until something is signalled; only while it is held.
  func wait() { unsafe pthread_cond_wait(condition, mutex) }

  func signalAll() { unsafe pthread_cond_broadcast(condition) }
}
