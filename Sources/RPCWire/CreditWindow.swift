/// What this side may still send: cumulative, so that a lost or doubled count cannot drift.
package struct SendCredit: Sendable, Equatable {
  /// Bytes sent in all.
  package private(set) var sent: UInt64 = 0
  /// Bytes that the peer is willing to have received in all.
  package private(set) var limit: UInt64

  /// Starts with the first credit.
  package init(limit: UInt64) { self.limit = limit }

  /// Bytes that may be sent now.
  package var available: Int { Int(clamping: limit - sent) }

  /// Counts bytes sent; the caller keeps within `available`.
  package mutating func spend(_ count: Int) { sent = min(limit, sent &+ UInt64(max(0, count))) }

  /// Raises the limit; true when it was raised. Limits never fall.
  package mutating func raise(to total: UInt64) -> Bool {
    guard total > limit else { return false }
    limit = total
    return true
  }
}

/// What the peer may still send, and what of it the application has taken.
package struct ReceiveCredit: Sendable, Equatable {
  /// Bytes received in all.
  package private(set) var received: UInt64 = 0
  /// Bytes of those that no longer wait for the application.
  package private(set) var taken: UInt64 = 0
  /// The total that the peer was last told.
  package private(set) var announced: UInt64
  /// Bytes that may wait.
  package let window: UInt64

  /// Starts with the window announced in HELLO.
  package init(window: Int) {
    self.window = UInt64(max(0, window))
    announced = self.window
  }

  /// Bytes that the peer may still send.
  package var available: UInt64 { announced - received }

  /// Counts bytes received; false, and nothing is counted, when they exceed what was announced.
  package mutating func receive(_ count: Int) -> Bool {
    guard UInt64(max(0, count)) <= announced - received else { return false }
    received += UInt64(max(0, count))
    return true
  }

  /// Follows a count that somebody else keeps: bytes that went missing in it came and nobody waits for
  /// them, and what it has beyond this one was announced.
  package mutating func settle(available count: UInt64) {
    if count < available {
      let gone = available - count
      received += gone
      taken += gone
    } else {
      announced += count - available
    }
  }

  /// Counts bytes that no longer wait.
  package mutating func take(_ count: UInt64) { taken = min(received, taken &+ count) }

  /// The total to announce now, when that is worth a frame: half a window, or an extension for a
  /// message that the window cannot hold.
  package mutating func announcement(extension needed: UInt64 = 0) -> UInt64? {
    let target = max(taken &+ window, needed)
    guard target > announced else { return nil }
    guard needed > announced || target - announced >= max(1, window / 2) else { return nil }
    announced = target
    return target
  }
}
