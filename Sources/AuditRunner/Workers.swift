import Glibc

/// Threads that share one piece of work.
enum Workers {
  /// Runs `body` on `count` threads, the calling one among them, and returns when all are done.
  static func run(_ count: Int, _ body: @escaping @Sendable (_ worker: Int) -> Void) {
    var threads: [pthread_t] = []
    for worker in 1..<max(1, count) {
      let task = unsafe Unmanaged.passRetained(Task(worker: worker, body: body))
      var thread = pthread_t()
      let failed = unsafe pthread_create(
        &thread, nil,
        { pointer in
          let task = unsafe Unmanaged<Task>.fromOpaque(pointer!).takeRetainedValue()
          task.body(task.worker)
          return nil
        }, task.toOpaque())
      // Fewer threads do the same work.
      if failed == 0 { threads.append(thread) } else { unsafe task.release() }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  private final class Task: Sendable {
    let worker: Int
    let body: @Sendable (Int) -> Void

    init(worker: Int, body: @escaping @Sendable (Int) -> Void) {
      self.worker = worker
      self.body = body
    }
  }

  /// The number of processors this program may use.
  static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
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
