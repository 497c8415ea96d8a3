internal import Glibc

/// Takes the names of unfinished files away when a signal ends the process.
enum RemovalOnSignal {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// Files at once: a restore writes a database and two keys.
  private static let room = 8

  // Unsafe: a handler may read them at any time. The slots are made once; a name is whole before it
  // stands in one, and is never freed: a handler may still be reading it. One task at a time
  // changes them.
  nonisolated(unsafe) private static let names = {
    let slots = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: room)
    slots.initialize(repeating: nil, count: room)
    return slots
  }()
  nonisolated(unsafe) private static var earlier: [(Int32, sighandler_t?)] = []

  /// From now on a signal removes the file of this name, then does what it always does.
  static func start(_ path: String) {
    stop(path)
    guard let slot = (0..<room).first(where: { names[$0] == nil }) else { return }
    names[slot] = strdup(path)
    guard earlier.isEmpty else { return }
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

  /// Leaves the file of this name alone; after the last, signals do again what they did before.
  static func stop(_ path: String) {
    for slot in 0..<room {
      guard let name = names[slot], strcmp(name, path) == 0 else { continue }
      names[slot] = nil
    }
    guard (0..<room).allSatisfy({ names[$0] == nil }) else { return }
    for (number, previous) in earlier { signal(number, previous) }
    earlier = []
  }

  /// Only what a signal handler may call.
  private static func remove() {
    for slot in 0..<room {
      if let name = names[slot] { unlink(name) }
    }
  }
}
