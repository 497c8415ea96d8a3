internal import Glibc
internal import Synchronization

/// Passes connections on to a server, and lets go wrong what a script says.
///
/// A thread carries each way of a connection, so that a stall of one holds up no other: threads of its
/// own, since a pool of them hands out none while its others wait in calls that block.
package final class FaultProxy: Sendable {
  /// What passed and what went wrong so far.
  package struct Statistics: Sendable, Hashable {
    /// Connections taken.
    package var connections = 0
    /// Octets passed on to the server.
    package var up = 0
    /// Octets passed on to clients.
    package var down = 0
    /// Faults that happened.
    package var faults = 0
  }

  /// Why the proxy cannot listen.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private struct State {
    var script: FaultScript
    var statistics = Statistics()
    var open: Set<Int32> = []
    var isStopped = false
  }

  private let state: Mutex<State>
  private let seed: UInt64
  private let host: String
  private let target: UInt16
  private let listener: Int32
  /// The port that clients connect to.
  package let port: UInt16
  private let log: @Sendable (String) -> Void

  /// Listens on 127.0.0.1; port 0 takes a free one.
  ///
  /// Throws `Failure` if it cannot.
  package init(
    port: UInt16 = 0,
    to host: String = "127.0.0.1",
    _ target: UInt16,
    script: FaultScript = FaultScript(),
    seed: UInt64 = 1,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(Failure) {
    state = Mutex(State(script: script))
    self.seed = seed
    self.host = host
    self.target = target
    self.log = log
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    self.listener = listener
    var on: Int32 = 1
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard listener >= 0, var address = Self.address("127.0.0.1", port) else {
      throw Failure(description: "no socket")
    }
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 256) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard bound else {
      close(listener)
      throw Failure(description: "port \(port): \(String(cString: strerror(errno)))")
    }
    self.port = UInt16(bigEndian: address.sin_port)
    Self.thread { self.accept() }
  }

  /// Runs work on a thread of its own; at once, and on this one, where there is none left.
  private static func thread(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(Work(work))
    var thread = pthread_t()
    let result = pthread_create(
      &thread,
      nil,
      { pointer in
        guard let pointer else { return nil }
        Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
      },
      box.toOpaque()
    )
    guard result == 0 else { return box.takeRetainedValue().body() }
    pthread_detach(thread)
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  /// Takes another script, for connections to come.
  package func follow(_ script: FaultScript) { state.withLock { $0.script = script } }

  /// What happened so far.
  package var statistics: Statistics { state.withLock { $0.statistics } }

  /// Resets every connection that is open.
  package func cutAll() {
    state.withLock { state in
      for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  /// Takes no more connections and ends those that are open.
  package func stop() {
    let isFirst = state.withLock { state in
      defer { state.isStopped = true }
      return !state.isStopped
    }
    guard isFirst else { return }
    shutdown(listener, Int32(SHUT_RDWR))
    cutAll()
  }

  private func accept() {
    var number = 0
    while true {
      let client = Glibc.accept(listener, nil, nil)
      if client < 0 {
        if errno == EINTR { continue }
        break
      }
      number += 1
      serve(client, number)
    }
    close(listener)
  }

  private func serve(_ client: Int32, _ number: Int) {
    guard let server = connect() else {
      Self.reset(client)
      close(client)
      return
    }
    let script = state.withLock { state -> FaultScript? in
      guard !state.isStopped else { return nil }
      state.open.insert(client)
      state.open.insert(server)
      state.statistics.connections += 1
      return state.script
    }
    guard let script else {
      close(client)
      close(server)
      return
    }
    for descriptor in [client, server] { Self.hurry(descriptor) }
    let pair = Pair(client: client, server: server)
    for direction in FlowDirection.allCases {
      let faults = script.faults(of: number, direction, seed: seed)
      Self.thread {
        var flow = Flow(self, pair, number, direction, faults)
        flow.run()
        if pair.finish() { self.end(pair) }
      }
    }
  }

  private func end(_ pair: Pair) {
    state.withLock { state in
      state.open.remove(pair.client)
      state.open.remove(pair.server)
    }
    close(pair.client)
    close(pair.server)
  }

  private func connect() -> Int32? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0, var address = Self.address(host, target) else { return nil }
    let connected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    if connected { return descriptor }
    close(descriptor)
    return nil
  }

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { return nil }
    return address
  }

  /// Small pieces go at once: waiting for more of them would make every call 40 ms slower.
  private static func hurry(_ descriptor: Int32) {
    var on: Int32 = 1
    setsockopt(
      descriptor,
      Int32(IPPROTO_TCP),
      TCP_NODELAY,
      &on,
      socklen_t(MemoryLayout<Int32>.size)
    )
  }

  fileprivate static func reset(_ descriptor: Int32) {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(
      descriptor,
      SOL_SOCKET,
      SO_LINGER,
      &linger,
      socklen_t(MemoryLayout<Glibc.linger>.size)
    )
  }

  fileprivate func passed(_ count: Int, _ direction: FlowDirection) {
    state.withLock { state in
      if direction == .up { state.statistics.up += count } else { state.statistics.down += count }
    }
  }

  fileprivate func happened(_ fault: Fault, _ number: Int, _ offset: Int) {
    state.withLock { $0.statistics.faults += 1 }
    log("connection \(number) \(fault.direction.rawValue) at \(offset): \(fault.kind)")
  }
}

/// The two sockets of a connection; closed when both ways have ended.
private final class Pair: Sendable {
  let client: Int32
  let server: Int32
  private let running = Atomic(2)

  init(client: Int32, server: Int32) {
    self.client = client
    self.server = server
  }

  /// Whether the last of both ways ends.
  func finish() -> Bool { running.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 }

  /// Ends both ways.
  func shut() {
    shutdown(client, Int32(SHUT_RDWR))
    shutdown(server, Int32(SHUT_RDWR))
  }
}

/// One way of a connection.
private struct Flow {
  let proxy: FaultProxy
  let pair: Pair
  let number: Int
  let direction: FlowDirection
  var faults: ArraySlice<Fault>

  private var offset = 0
  private var octetsPerSecond: Int?
  /// What has passed, for faults that send it again.
  private var past: [UInt8] = []
  private let remembers: Bool

  init(
    _ proxy: FaultProxy,
    _ pair: Pair,
    _ number: Int,
    _ direction: FlowDirection,
    _ faults: [Fault]
  ) {
    self.proxy = proxy
    self.pair = pair
    self.number = number
    self.direction = direction
    self.faults = faults[...]
    remembers = faults.contains { $0.kind == .replay }
  }

  private var source: Int32 { direction == .up ? pair.client : pair.server }
  private var sink: Int32 { direction == .up ? pair.server : pair.client }

  mutating func run() {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      if faults.first?.offset == offset, !happen(&buffer) { return }
      let count = recv(source, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        // The end, or a failure, goes on to the other side.
        shutdown(sink, Int32(SHUT_WR))
        return
      }
      guard pass(&buffer, count) else { return }
    }
  }

  /// Passes octets on, up to each fault; false if the way has ended.
  private mutating func pass(_ buffer: inout [UInt8], _ count: Int) -> Bool {
    var start = 0
    while start < count {
      if let next = faults.first, next.offset < offset + count - start {
        let end = start + next.offset - offset
        guard send(buffer, start..<end) else { return false }
        start = end
        if next.kind == .corrupt {
          buffer[start] = ~buffer[start]
        }
        guard happen(&buffer) else { return false }
        continue
      }
      guard send(buffer, start..<count) else { return false }
      start = count
    }
    return true
  }

  /// Lets the next fault happen; false if the way has ended by it.
  private mutating func happen(_ buffer: inout [UInt8]) -> Bool {
    guard let fault = faults.popFirst() else { return true }
    proxy.happened(fault, number, offset)
    switch fault.kind {
    case .close:
      pair.shut()
      return false
    case .reset:
      FaultProxy.reset(pair.client)
      FaultProxy.reset(pair.server)
      pair.shut()
      return false
    case .stall(let milliseconds?):
      usleep(UInt32(milliseconds) * 1_000)
    case .stall(nil):
      drain()
      return false
    case .slow(let rate): octetsPerSecond = rate
    case .halfOpen:
      shutdown(pair.server, Int32(SHUT_RDWR))
      drain()
      return false
    case .corrupt: break
    case .replay:
      let again = past
      return send(again, 0..<again.count)
    }
    return true
  }

  /// Takes what comes and passes nothing on, until the client ends.
  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 4 << 10)
    while true {
      let count = recv(pair.client, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
    }
    pair.shut()
  }

  private mutating func send(_ octets: [UInt8], _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound {
      // At a slow rate in tenths of a second.
      let most = octetsPerSecond.map { max(1, $0 / 10) } ?? .max
      let count = min(most, range.upperBound - start)
      let sent = octets.withUnsafeBytes { octets in
        Glibc.send(sink, octets.baseAddress.map { $0 + start }, count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, errno == EINTR { continue }
      guard sent > 0 else {
        shutdown(source, Int32(SHUT_RDWR))
        return false
      }
      if remembers { past += octets[start..<start + sent] }
      start += sent
      offset += sent
      proxy.passed(sent, direction)
      if let octetsPerSecond { usleep(UInt32(sent * 1_000_000 / octetsPerSecond)) }
    }
    return true
  }
}
