internal import RPCCore

/// Decides whether a failed unary call is sent again: the rules of `proto/PROTOCOL.md`, Retries.
///
/// A value without clock or randomness; the token bucket is all its state.
struct RetryPolicy: Sendable, Equatable {
  /// Tokens of a full bucket; a failure takes one, a success gives a tenth back.
  static let capacity = 10.0

  /// What to do about a failure.
  enum Decision: Sendable, Equatable {
    /// Tell the application.
    case fail
    /// Send again at once.
    case now
    /// Send again after a pause by the backoff, or after the server's wish if that is longer (ns).
    case later(atLeast: UInt64)
  }

  private(set) var tokens = Self.capacity
  let maximumAttempts: Int

  init(maximumAttempts: Int) { self.maximumAttempts = maximumAttempts }

  mutating func succeeded() { tokens = min(Self.capacity, tokens + 0.1) }

  /// Decides about a failure of the given attempt, counted from 1.
  ///
  /// - Parameter wasAnswered: the server answered with a status, rather than that the call
  ///   never left or was excluded by GOAWAY.
  mutating func decide(
    _ error: RPCError,
    attempt: Int,
    isReadOnly: Bool,
    hasKey: Bool,
    wasAnswered: Bool
  ) -> Decision {
    let mends =
      error.code == .unavailable
      || (error.code == .resourceExhausted && error.processed == .notStarted)
    guard mends else { return .fail }
    tokens = max(0, tokens - 1)
    let isSafe = error.processed == .notStarted || isReadOnly || hasKey
    guard isSafe, !error.forbidsRetry, attempt < maximumAttempts, tokens > Self.capacity / 2 else {
      return .fail
    }
    if error.processed == .notStarted, !wasAnswered, attempt == 1 { return .now }
    return .later(atLeast: error.retryDelay?.wholeNanoseconds ?? 0)
  }
}
