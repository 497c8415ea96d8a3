internal import Dispatch
internal import Glibc
internal import Synchronization

/// The signals that end the node: the first asks for a drain, the second ends the process at once. SIGHUP
/// asks to read the certificates again.
///
/// From its making on SIGPIPE is ignored: a peer that goes away is an error code, not an end.
package final class DaemonSignals: Sendable {
  /// Gives one element when the first signal arrives.
  package let first: AsyncStream<Int32>
  private let hangup = HangUp()

  /// Whether SIGHUP came since this was asked last.
  package func takeHangUp() -> Bool { hangup.came.exchange(false, ordering: .relaxed) }

  private let sources: [Held]

  /// Takes SIGTERM and SIGINT over; meant to be made once, before anything is served.
  package init() {
    signal(SIGPIPE, SIG_IGN)
    let (first, continuation) = AsyncStream.makeStream(
      of: Int32.self,
      bufferingPolicy: .bufferingNewest(2)
    )
    self.first = first
    let queue = DispatchQueue(label: "registryd.signals")
    let count = Count()
    signal(SIGHUP, SIG_IGN)
    let reload = DispatchSource.makeSignalSource(signal: SIGHUP, queue: queue)
    reload.setEventHandler { [hangup] in hangup.came.store(true, ordering: .relaxed) }
    reload.activate()
    sources =
      [Held(reload)]
      + [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler {
          // Signals of one kind that came close together arrive as one event with their number.
          count.value += UInt(source.data)
          // The second one is an operator who will not wait: nothing acknowledged is lost, since it
          // is synced, and the log is replayed at the next start.
          if count.value > 1 { _exit(128 + number) }
          continuation.yield(number)
        }
        source.activate()
        return Held(source)
      }
  }

  deinit { for held in sources { held.source.cancel() } }

  private final class HangUp: Sendable { let came = Atomic<Bool>(false) }

  /// Signals seen; touched on the signal queue alone, hence unchecked.
  private final class Count: @unchecked Sendable { var value: UInt = 0 }

  /// A source is only ever cancelled from here, which Dispatch permits from any thread.
  private struct Held: @unchecked Sendable {
    let source: any DispatchSourceSignal
    init(_ source: any DispatchSourceSignal) { self.source = source }
  }
}
