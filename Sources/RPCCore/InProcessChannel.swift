internal import Synchronization

/// A channel to a router in the same process: the same services, rules and encodings, no socket.
///
/// The stand-alone version and fast tests use it. Messages are encoded and decoded as on the wire,
/// so that both ways accept and refuse the same.
public final class InProcessChannel: Channel {
  private let router: Router
  private let peer: Peer
  private let closed = Mutex(false)

  /// Connects to a router as the given peer.
  public init(router: Router, peer: Peer) {
    self.router = router
    self.peer = peer
  }

  /// Opens a call; its handler starts at once.
  public func open(_ method: MethodDescriptor, options: CallOptions) async throws -> any ClientCall
  {
    guard !closed.withLock({ $0 }) else {
      throw RPCError(code: .unavailable, message: "the channel is closed", processed: .notStarted)
    }
    guard let entry = router.entry(forPath: method.path) else {
      throw RPCError(
        code: .unimplemented,
        message: "no method \(method.path)",
        processed: .notStarted
      )
    }
    guard options.metadata.isWellFormed else {
      throw RPCError(.invalidArgument, "metadata has a key or value with a character not permitted")
    }
    let call = InProcessCall(peer: peer, options: options, policy: entry.policy)
    call.start(entry)
    return InProcessClientCall(call)
  }

  /// Refuses further calls; open ones go on to their end.
  public func close() async { closed.withLock { $0 = true } }
}
