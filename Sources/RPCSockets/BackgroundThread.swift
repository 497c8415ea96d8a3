internal import CLinux
internal import DequeModule
internal import Dispatch
internal import Glibc
internal import Synchronization

/// A thread that runs closures one after another and gives way to all other threads of the machine.
///
/// For computing that nobody's answer waits for. It ends with the last reference, behind what it was
/// given.
package final class BackgroundThread: Sendable {
  /// What the thread works on; it outlives the last reference to the thread.
  private final class Work: Sendable {
    let jobs = Mutex(Deque<(@Sendable () -> Void)?>())
    let signal = DispatchSemaphore(value: 0)

    func add(_ job: (@Sendable () -> Void)?) {
      jobs.withLock { $0.append(job) }
      signal.signal()
    }

    func run() {
      while true {
        signal.wait()
        // Every signal has its job; nil is the last.
        guard let job = jobs.withLock({ $0.popFirst() ?? nil }) else { return }
        job()
      }
    }
  }

  /// How much it gives way: a tenth of the processor's time beside a thread that wants all of it.
  private static let niceness: Int32 = 10
  /// How long it may compute at a time beside its like (ns): longer than others, who for that need not wait
  /// until it has had a turn.
  private static let slice: UInt64 = 20_000_000

  private let work = Work()

  /// Starts the thread.
  ///
  /// - Throws: `SocketError` when the process may have no more threads.
  package init() throws(SocketError) {
    var thread = pthread_t()
    let retained = Unmanaged.passRetained(work)
    let result = pthread_create(
      &thread,
      nil,
      { retained in
        guard let retained else { return nil }
        // If it fails the thread is as important as the others.
        _ = clinux_compute_in_background(BackgroundThread.niceness, BackgroundThread.slice)
        Unmanaged<Work>.fromOpaque(retained).takeRetainedValue().run()
        return nil
      },
      retained.toOpaque()
    )
    guard result == 0 else {
      retained.release()
      throw SocketError(.exhausted, operation: "pthread_create", reason: "no threads left")
    }
    pthread_detach(thread)
  }

  deinit { work.add(nil) }

  /// How many closures wait for their turn.
  package var waiting: Int { work.jobs.withLock { $0.count } }

  /// Runs a closure behind those before it; from any thread.
  package func execute(_ body: @escaping @Sendable () -> Void) { work.add(body) }
}
