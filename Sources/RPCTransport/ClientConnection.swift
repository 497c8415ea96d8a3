internal import RPCCore
internal import RPCSockets
internal import RPCTLS
internal import RPCWire

/// A channel's connection to a server.
final class ClientConnection: Connection, @unchecked Sendable {
  // Unchecked: as `Connection`.

  /// What a channel wants to know of its connection; on the loop.
  protocol Owner: AnyObject {
    /// The handshake is done.
    func connected(_ connection: ClientConnection)
    /// A call has ended, or the peer's limits are here: there may be room.
    func roomAppeared(on connection: ClientConnection)
    /// No further calls on this connection.
    func retired(_ connection: ClientConnection)
    /// The connection is gone.
    func lost(_ connection: ClientConnection, _ error: RPCError)
  }

  private weak var owner: (any Owner)?
  private let configuration: ChannelConfiguration
  /// Host and port, as requests over HTTP/2 name them.
  private let authority: String
  /// The handshake was done once.
  private(set) var wasConnected = false

  init(
    owner: any Owner,
    endpoint: Endpoint,
    loop: EventLoop,
    socket: Socket,
    session: TLSSession,
    configuration: ChannelConfiguration,
    buffer: ReceiveBuffer,
    codec: MessageCodec,
    handshakeDeadline: UInt64
  ) {
    self.owner = owner
    self.configuration = configuration
    authority = "\(endpoint)"
    super.init(
      loop: loop,
      socket: socket,
      session: session,
      engine: Engine(
        role: .client,
        limits: configuration.limits,
        software: configuration.software,
        now: loop.now
      ),
      buffer: buffer,
      codec: codec,
      handshakeDeadline: handshakeDeadline
    )
  }

  override func makeHTTP2Engine() -> HTTP2Engine {
    HTTP2Engine(
      role: .client,
      limits: configuration.limits,
      software: configuration.software,
      authority: authority,
      detailsType: "",
      now: loop.now
    )
  }

  override func authenticated() -> Bool {
    wasConnected = true
    owner?.connected(self)
    return phase == .open
  }

  override func handle(_ event: Engine.Event) {
    switch event {
    case .headed(let call), .readable(let call): transfer(call)?.wakeReceivers()
    case .writable(let call): transfer(call)?.wakeSender()
    case .ended(let call):
      transfer(call)?.ended()
      owner?.roomAppeared(on: self)
    case .hello: owner?.roomAppeared(on: self)
    case .goAway: owner?.retired(self)
    case .opened, .idle, .fatal: break
    }
  }

  override func ended(_ error: RPCError) { owner?.lost(self, error) }

  private func transfer(_ call: WireCall) -> CallTransfer? { call.owner as? CallTransfer }

  /// Whether a call can be opened now.
  var refusal: Engine.OpenRefusal? { phase == .open ? engine.openRefusal : .never }

  /// How many more calls can be opened now.
  var room: Int {
    refusal == nil ? max(0, engine.peer.concurrentCalls - engine.activeCalls) : 0
  }
}
