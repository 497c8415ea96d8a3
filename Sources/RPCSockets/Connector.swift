internal import CLinux
internal import Glibc

/// Makes TCP connections without blocking a loop.
package enum Connector {
  /// Connects to the first of a host's addresses that answers.
  ///
  /// - Parameters:
  ///   - host: a name or a number.
  ///   - port: the port.
  ///   - loop: the loop that watches the attempts.
  ///   - timeout: how long the look-up and all addresses may take together (ns).
  /// - Throws: `SocketError`, the last address's; `nameNotFound`; `timedOut`; `CancellationError`.
  package static func connect(
    host: String,
    port: UInt16,
    on loop: EventLoop,
    timeout: UInt64
  ) async throws -> Socket {
    let start = loop.freshNow()
    let addresses = try await lookUp(host: host, port: port, on: loop, timeout: timeout)
    let left = timeout - min(timeout, loop.freshNow() &- start)
    return try await connect(toFirstOf: addresses, on: loop, timeout: left)
  }

  /// Connects to the first address that answers; each has an equal share of the time that is left,
  /// so that one which never answers leaves the others theirs.
  ///
  /// - Throws: `SocketError`, the last address's, or `nameNotFound` for none; `CancellationError`.
  package static func connect(
    toFirstOf addresses: [SocketAddress],
    on loop: EventLoop,
    timeout: UInt64
  ) async throws -> Socket {
    var last = SocketError(.nameNotFound, operation: "connect", reason: "no address")
    let start = loop.freshNow()
    for (index, address) in addresses.enumerated() {
      let left = timeout - min(timeout, loop.freshNow() &- start)
      do {
        let share = left / UInt64(addresses.count - index)
        return try await connect(to: address, on: loop, timeout: share)
      } catch let error as SocketError {
        last = error
      }
    }
    throw last
  }

  /// The addresses of a host within `timeout` ns.
  private static func lookUp(
    host: String,
    port: UInt16,
    on loop: EventLoop,
    timeout: UInt64
  ) async throws -> [SocketAddress] {
    if let address = SocketAddress(host: host, port: port) { return [address] }
    let lookUp = LookUp(host: host, loop: loop)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiter in
        loop.execute { lookUp.start(port: port, timeout: timeout, waiter) }
      }
    } onCancel: {
      loop.execute { lookUp.finish(.failure(CancellationError())) }
    }
  }

  /// Connects to one address within `timeout` ns.
  ///
  /// - Throws: `SocketError`: `refused`, `unreachable`, `timedOut`, `closed`; `CancellationError`.
  package static func connect(
    to address: SocketAddress,
    on loop: EventLoop,
    timeout: UInt64
  ) async throws -> Socket {
    let attempt = ConnectionAttempt(address: address, loop: loop)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiter in
        loop.execute { attempt.start(timeout: timeout, waiter) }
      }
    } onCancel: {
      loop.execute { attempt.finish(.failure(CancellationError())) }
    }
  }
}

private final class ConnectionAttempt: ReadyHandler, TimerHandler, @unchecked Sendable {
  // Unchecked: the mutable state is touched on the loop only.

  private let address: SocketAddress
  private let loop: EventLoop
  private var socket: Socket?
  private var registration: Registration?
  private var timer: TimerID?
  private var waiter: CheckedContinuation<Socket, any Error>?
  private var finished: Result<Socket, any Error>?

  private var operation: String { "connect to \(address)" }

  init(address: SocketAddress, loop: EventLoop) {
    self.address = address
    self.loop = loop
  }

  func start(timeout: UInt64, _ waiter: CheckedContinuation<Socket, any Error>) {
    if let finished {
      waiter.resume(with: finished)
      return
    }
    self.waiter = waiter
    do throws(SocketError) {
      let socket = try Socket.stream(address.family)
      self.socket = socket
      let descriptor = socket.descriptor
      // An interrupted connect goes on by itself, as an unfinished one does.
      let status = address.withSockaddr { Glibc.connect(descriptor, $0, $1) }
      if status == 0 { return finish(.success(socket)) }
      let number = errno
      guard number == EINPROGRESS || number == EINTR else {
        return finish(.failure(SocketError(errno: number, operation: operation)))
      }
      registration = try loop.register(descriptor, interest: .write, handler: self)
      timer = loop.schedule(after: timeout, self)
    } catch {
      finish(.failure(error))
    }
  }

  func ready(_ events: ReadyEvents) {
    guard let socket else { return }
    if let error = socket.pendingError(operation) {
      finish(.failure(error))
    } else {
      finish(.success(socket))
    }
  }

  func timerFired(_ timer: TimerID) {
    finish(
      .failure(SocketError(.timedOut, operation: operation, reason: "no answer in time"))
    )
  }

  func finish(_ result: Result<Socket, any Error>) {
    guard finished == nil else { return }
    finished = result
    if let registration { loop.deregister(registration) }
    if let timer { loop.cancel(timer) }
    if case .failure = result { socket?.close() }
    socket = nil
    waiter?.resume(with: result)
    waiter = nil
  }
}

/// A look-up that is given up in time; the system's own goes on by itself to its end.
private final class LookUp: TimerHandler, @unchecked Sendable {
  // Unchecked: the mutable state is touched on the loop only.

  private let host: String
  private let loop: EventLoop
  private var timer: TimerID?
  private var waiter: CheckedContinuation<[SocketAddress], any Error>?
  private var finished: Result<[SocketAddress], any Error>?

  init(host: String, loop: EventLoop) {
    self.host = host
    self.loop = loop
  }

  func start(
    port: UInt16,
    timeout: UInt64,
    _ waiter: CheckedContinuation<[SocketAddress], any Error>
  ) {
    if let finished {
      waiter.resume(with: finished)
      return
    }
    self.waiter = waiter
    timer = loop.schedule(after: timeout, self)
    Task { [self, host, loop] in
      let result: Result<[SocketAddress], any Error>
      do {
        result = .success(try await SocketAddress.resolve(host: host, port: port))
      } catch {
        result = .failure(error)
      }
      loop.execute { self.finish(result) }
    }
  }

  func timerFired(_ timer: TimerID) {
    finish(
      .failure(SocketError(.timedOut, operation: "resolve \(host)", reason: "no answer in time"))
    )
  }

  func finish(_ result: Result<[SocketAddress], any Error>) {
    guard finished == nil else { return }
    finished = result
    if let timer { loop.cancel(timer) }
    waiter?.resume(with: result)
    waiter = nil
  }
}
