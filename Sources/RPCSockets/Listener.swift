/// Accepts connections on an event loop and hands them on.
package final class Listener: ReadyHandler, @unchecked Sendable {
  // Unchecked: the mutable state is touched on the loop only.

  /// Most connections taken in one round, so that those already open are served as well.
  package static let acceptsPerRound = 64
  /// How long a listener rests when descriptors are so short that it cannot even refuse (ns).
  package static let rest: UInt64 = 100_000_000
  /// How long it leaves newcomers where they are when there are enough to be busy with (ns).
  package static let breath: UInt64 = 2_000_000

  private let socket: ListeningSocket
  private let loop: EventLoop
  private let accepted: (Socket, SocketAddress) -> Void
  private let refused: () -> Void
  private let hasTime: () -> Bool
  private var registration: Registration?

  /// The bound address.
  package let address: SocketAddress

  /// Prepares a listener.
  ///
  /// - Parameters:
  ///   - socket: the bound socket; the listener alone uses it from now on.
  ///   - loop: the loop on which everything happens.
  ///   - hasTime: asked on the loop before each connection; while it is false they wait in the system's
  ///     queue, where they cost nothing.
  ///   - refused: called on the loop for a connection turned away for want of descriptors.
  ///   - accepted: called on the loop with each connection and where it comes from.
  package init(
    _ socket: ListeningSocket,
    on loop: EventLoop,
    hasTime: @escaping @Sendable () -> Bool = { true },
    refused: @escaping @Sendable () -> Void = {},
    accepted: @escaping @Sendable (Socket, SocketAddress) -> Void
  ) {
    self.socket = socket
    self.loop = loop
    self.hasTime = hasTime
    self.refused = refused
    self.accepted = accepted
    address = socket.address
  }

  /// Starts to accept.
  ///
  /// - Throws: `SocketError`, `closed` when the loop is shut down.
  package func start() async throws {
    try await loop.run { [self] in
      registration = try loop.register(socket.descriptor, interest: .read, handler: self)
    }
  }

  /// Stops to accept and closes the socket; from any thread, more calls do nothing.
  package func stop() async {
    await withCheckedContinuation { waiter in
      loop.execute { [self] in
        close()
        waiter.resume()
      }
    }
  }

  package func ready(_ events: ReadyEvents) {
    for _ in 0..<Self.acceptsPerRound {
      guard hasTime() else { return pause(for: Self.breath) }
      do throws(SocketError) {
        switch try socket.accept() {
        case .connection(let connection, let peer): accepted(connection, peer)
        case .refused: refused()
        case .none: return
        case .exhausted: return pause(for: Self.rest)
        }
      } catch {
        // Only a mistake about this socket leads here; a listener that spins would be worse.
        return pause(for: Self.rest)
      }
      if registration == nil { return }
    }
  }

  private func pause(for time: UInt64) {
    guard let registration else { return }
    loop.update(registration, interest: [])
    _ = loop.schedule(after: time) { [weak self] in
      guard let self, let registration = self.registration else { return }
      loop.update(registration, interest: .read)
    }
  }

  private func close() {
    if let registration { loop.deregister(registration) }
    registration = nil
    socket.close()
  }
}
