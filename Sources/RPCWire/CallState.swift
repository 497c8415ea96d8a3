/// Where a call stands, the same for the client that opened it and the server that serves it.
///
/// A call has two halves and one end:
///
///     requests:   open ──END──▶ closed
///     responses:  waiting ──HEAD──▶ headed ──DATA──▶ flowing ──END──▶ closed
///                    └──────────DATA──────────────────▲  (END may come with the first DATA)
///     whole call: live ──STATUS, RESET, deadline, loss of the connection──▶ ended
///
/// Legal moves:
///
/// | move          | by     | while live and                   | afterwards        |
/// |---------------|--------|----------------------------------|-------------------|
/// | requestData   | client | requests open                    |                   |
/// | requestEnd    | client | requests open                    | requests closed   |
/// | responseHead  | server | responses waiting                | responses headed  |
/// | responseData  | server | responses waiting/headed/flowing | responses flowing |
/// | responseEnd   | server | responses not closed             | responses closed  |
/// | status        | server | always                           | ended             |
/// | reset         | either | always                           | ended             |
///
/// Any other move is a violation: it ends this call, never the connection. Frames for an ended
/// call are late ones and are dropped before they come here.
package struct CallState: Sendable, Equatable {
  /// What can happen to a call.
  package enum Move: Sendable, CaseIterable {
    /// Bytes of request messages.
    case requestData
    /// The end of the requests.
    case requestEnd
    /// Response metadata.
    case responseHead
    /// Bytes of response messages.
    case responseData
    /// The end of the responses, ahead of the status.
    case responseEnd
    /// The server's last word.
    case status
    /// Either side gives up.
    case reset
  }

  /// How far the responses are.
  package enum Responses: Sendable {
    /// Nothing yet.
    case waiting
    /// Metadata only.
    case headed
    /// Messages.
    case flowing
    /// All messages.
    case closed
  }

  /// Whether more requests may come.
  package private(set) var requestsOpen = true
  /// How far the responses are.
  package private(set) var responses = Responses.waiting
  /// Whether the call is over.
  package private(set) var isEnded = false

  /// A call just opened.
  package init() {}

  /// Makes a move; false, and nothing changes, when it is not legal.
  package mutating func apply(_ move: Move) -> Bool {
    guard !isEnded else { return false }
    switch move {
    case .requestData:
      return requestsOpen
    case .requestEnd:
      guard requestsOpen else { return false }
      requestsOpen = false
    case .responseHead:
      guard responses == .waiting else { return false }
      responses = .headed
    case .responseData:
      guard responses != .closed else { return false }
      responses = .flowing
    case .responseEnd:
      guard responses != .closed else { return false }
      responses = .closed
    case .status, .reset:
      isEnded = true
    }
    return true
  }
}
