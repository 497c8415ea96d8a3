extension EventLoop {
  /// Watches a non-blocking descriptor. On the loop only; the loop keeps the handler until
  /// `deregister`, which has to come before the descriptor is closed.
  ///
  /// - Throws: `SocketError`: `closed` after shutdown, `exhausted` without kernel memory.
  package func register(
    _ descriptor: Int32,
    interest: Interest,
    handler: any ReadyHandler
  ) throws(SocketError) -> Registration {
    preconditionOnLoop()
    guard let poller, !closing else {
      throw SocketError(.closed, operation: "register", reason: "the event loop is shut down")
    }
    let registration = sockets.insert(
      descriptor: descriptor,
      interest: interest,
      handler: handler
    )
    do throws(SocketError) {
      try poller.add(descriptor, registration, interest)
    } catch {
      _ = sockets.remove(registration)
      throw error
    }
    return registration
  }

  /// Changes what a socket waits for; free of charge when nothing changes. On the loop only.
  /// A registration that has ended is ignored.
  package func update(_ registration: Registration, interest: Interest) {
    preconditionOnLoop()
    guard let poller, let socket = sockets.socket(registration), socket.interest != interest
    else { return }
    // Fails only for a descriptor closed before `deregister`; it has no events any more.
    try? poller.change(socket.descriptor, registration, interest)
    sockets.setInterest(interest, of: registration)
  }

  /// Ends a registration: its handler is not called again and is released. On the loop only.
  package func deregister(_ registration: Registration) {
    preconditionOnLoop()
    guard let descriptor = sockets.remove(registration) else { return }
    poller?.remove(descriptor)
  }
}
