internal import Logging
internal import RPCCore
internal import RPCTLS
internal import Synchronization

/// Tells the log of connections that were refused: a line each, until a flood of them would fill the
/// disk; then it counts, and the next line says how many were not told.
///
/// A line has the reason and the host that it came from: no name of a certificate, no bytes.
final class RefusalLog: Sendable {
  /// Lines that may follow each other at once.
  static let burst = 20
  /// Nanoseconds after which there is room for another line: 60 a minute.
  static let interval: UInt64 = 1_000_000_000

  private struct State {
    var room = RefusalLog.burst
    var lastRoom: UInt64 = 0
    var untold = 0

    /// How many were not told before this one, if there is room to tell of it; else counts it.
    mutating func takeRoom(at now: UInt64) -> Int? {
      let gained = now > lastRoom ? (now - lastRoom) / RefusalLog.interval : 0
      if gained > 0 {
        room = min(RefusalLog.burst, room + Int(clamping: gained))
        lastRoom = now
      }
      guard room > 0 else {
        untold += 1
        return nil
      }
      room -= 1
      defer { untold = 0 }
      return untold
    }
  }

  private let logger: Logger
  private let state = Mutex(State())

  init(_ logger: Logger) { self.logger = logger }

  /// Tells of a connection that ended before it was admitted, at an instant of the monotonic clock.
  ///
  /// One that only went away was not refused: its end is for those who look for faults.
  func tell(_ error: RPCError, of host: String, at now: UInt64) {
    guard Self.isRefusal(error) else {
      return logger.debug("connection ended before its handshake: \(error.message)")
    }
    guard let untold = state.withLock({ $0.takeRoom(at: now) }) else { return }
    var metadata: Logger.Metadata = ["reason": "\(error.message)", "from": "\(host)"]
    if untold > 0 { metadata["untold"] = "\(untold)" }
    logger.info("connection refused", metadata: metadata)
  }

  /// Whether a connection was refused, rather than went away.
  static func isRefusal(_ error: RPCError) -> Bool {
    if let cause = error.cause as? TLSError {
      return ![.truncated, .connectionLost].contains(cause.code)
    }
    return error.code != .unavailable || error.message == Connection.lateHandshake
  }
}
