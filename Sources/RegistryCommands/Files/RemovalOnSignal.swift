internal import Glibc

/// Takes the name of an unfinished file away when a signal ends the process.
///
/// A command writes one file; of several at once the last one started is removed.
enum RemovalOnSignal {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  // Unsafe: a handler may read them at any time. Both are set before handlers are, and the name is
  // freed only after no handler can find it.
  nonisolated(unsafe) private static var name: UnsafeMutablePointer<CChar>?
  nonisolated(unsafe) private static var earlier: [(Int32, sighandler_t?)] = []

  /// From now on a signal removes the file of this name, then does what it always does.
  static func start(_ path: String) {
    stop()
    name = strdup(path)
    for number in signals {
      let previous = signal(number) { number in
        RemovalOnSignal.remove()
        signal(number, SIG_DFL)
        raise(number)
      }
      // What the process was told to ignore (`nohup`), it goes on ignoring.
      if unsafeBitCast(previous, to: Int.self) == 1 {
        signal(number, previous)
      } else {
        earlier.append((number, previous))
      }
    }
  }

  /// Signals do again what they did before.
  static func stop() {
    for (number, previous) in earlier { signal(number, previous) }
    earlier = []
    let old = name
    name = nil
    free(old)
  }

  /// Only what a signal handler may call.
  private static func remove() {
    if let name { unlink(name) }
  }
}
