internal import Logging
internal import RPCCore
internal import RPCSockets
internal import RPCTLS
internal import RPCWire
internal import Synchronization

/// What all connections of a server share; nothing of it changes but whom it trusts.
final class ServerShared: Sendable {
  /// A served method with its bounds in the engine's units.
  final class Method: Sendable {
    let entry: Router.Entry
    let maximumDuration: UInt64

    init(_ entry: Router.Entry) {
      self.entry = entry
      maximumDuration = entry.policy.maximumDuration.wholeNanoseconds
    }
  }

  let router: Router
  let methods: [String: Method]
  let configuration: ServerConfiguration
  let limits: Limits
  let admission: Admission
  let logger: Logger
  let refusals: RefusalLog
  private let trust: Mutex<TLSContext>

  /// What connections that begin now start from.
  var context: TLSContext { trust.withLock { $0 } }

  /// From now on connections start from another context.
  func replace(context: TLSContext) { trust.withLock { $0 = context } }

  init(
    router: Router,
    configuration: ServerConfiguration,
    context: TLSContext,
    logger: Logger
  ) {
    trust = Mutex(context)
    self.router = router
    self.configuration = configuration
    self.logger = logger
    refusals = RefusalLog(logger)
    var methods: [String: Method] = [:]
    var limits = configuration.limits
    for method in router.methods {
      guard let entry = router.entry(forPath: method.path) else { continue }
      methods[method.path] = Method(entry)
      // HELLO announces the most that any method takes; each method's own limit is looked at later.
      limits.messageBytes = max(limits.messageBytes, entry.policy.maximumMessageBytes)
    }
    self.methods = methods
    self.limits = limits
    admission = Admission(configuration)
  }
}

/// A client's connection as the server sees it: starts handlers and stops them.
final class ServerConnection: Connection, @unchecked Sendable {
  // Unchecked: as `Connection`; `peer` is written before the first call begins.

  let shared: ServerShared
  let tasks: HandlerTasks
  /// The client's address without its port; read at the beginning, while the socket has one.
  private let remoteHost: String
  private(set) var peer = Peer(identity: "")
  private var isAdmitted = false
  private var hasLeft = false
  /// Calls that began in the bytes at hand, some of them started since.
  private var unstarted: [ServedCall] = []

  init(
    shared: ServerShared,
    loop: EventLoop,
    socket: Socket,
    session: TLSSession,
    buffer: ReceiveBuffer
  ) {
    self.shared = shared
    tasks = HandlerTasks(loop: loop)
    remoteHost = socket.peerAddress?.host ?? ""
    super.init(
      loop: loop,
      socket: socket,
      session: session,
      engine: Engine(
        role: .server,
        limits: shared.limits,
        software: shared.configuration.software,
        now: loop.now
      ),
      buffer: buffer,
      handshakeDeadline: loop.now.addingReportingOverflow(shared.configuration.handshakeTimeout)
        .partialValue
    )
  }

  /// Ends the connection if its peer is not trusted any more.
  func verifyAgain() {
    guard phase == .open else { return }
    do throws(TLSError) {
      try verifyPeer(in: shared.context)
    } catch {
      let failure = Connection.failure(error)
      shared.refusals.tell(failure, of: remoteHost, at: loop.now)
      stop(failure)
    }
  }

  override func authenticated() -> Bool {
    guard let verified = verifiedPeer else { return false }
    // A handshake may have begun under what has been replaced since.
    do throws(TLSError) {
      try verifyPeer(in: shared.context)
    } catch {
      engine.reject(Connection.failure(error))
      handleEvents()
      return false
    }
    peer = verified
    isAdmitted = shared.admission.admit(identity: verified.identity)
    if !isAdmitted {
      engine.reject(
        RPCError(.resourceExhausted, "too many connections, or the server is shutting down")
      )
      handleEvents()
    }
    return isAdmitted
  }

  override func handle(_ event: Engine.Event) {
    switch event {
    case .opened(let call): begin(call)
    case .readable(let call):
      guard let served = served(call) else { return }
      // The request is whole and in the cache: its handler runs now.
      if served.isStarted { served.wakeReceiver() } else { loop.runAtOnce { served.start() } }
    case .writable(let call): served(call)?.wakeSender()
    case .ended(let call):
      guard let served = served(call) else { return }
      if served.isStarted { served.stop() } else { served.skip() }
    case .idle: engine.finishDrain()
    case .hello, .headed, .goAway, .fatal: break
    }
  }

  override func ended(_ error: RPCError) {
    if !isAdmitted { shared.refusals.tell(error, of: remoteHost, at: loop.now) }
  }

  override func quietened() { tasks.release() }

  override func closed() {
    tasks.release()
    shared.admission.close(self)
    handlerReturned()
  }

  /// Gives the connection's place free once it is closed and no handler of it runs: else one client
  /// could have any number of handlers by connecting again.
  func handlerReturned() {
    guard phase == .closed, engine.activeCalls == 0, !hasLeft else { return }
    hasLeft = true
    shared.admission.leave(identity: isAdmitted ? peer.identity : nil)
  }

  private func begin(_ call: WireCall) {
    let method: ServerShared.Method
    if let known = engine.methodEntry as? ServerShared.Method {
      method = known
    } else if let found = shared.methods[engine.methodName] {
      engine.methodEntry = found
      method = found
    } else {
      return engine.refuse(call, RPCError(.unimplemented, "no such method is served here"))
    }
    engine.accept(
      call,
      maximumDuration: method.maximumDuration,
      maximumMessageBytes: method.entry.policy.maximumMessageBytes
    )
    let served = ServedCall(call, method: method, connection: self)
    call.owner = served
    unstarted.append(served)
    engine.watch(call)
  }

  /// Starts the handlers whose requests have not come with their calls.
  override func handledEvents() {
    guard !unstarted.isEmpty else { return }
    for served in unstarted where !served.isStarted { served.start() }
    unstarted.removeAll(keepingCapacity: true)
  }

  private func served(_ call: WireCall) -> ServedCall? { call.owner as? ServedCall }

  /// Begins an orderly end; on the loop.
  func drain(limit: UInt64) {
    guard phase == .open else { return stop(RPCError(.unavailable, "the server is shutting down")) }
    engine.advance(to: loop.now)
    engine.beginDrain(limit: limit)
    handleEvents()
    scheduleFlush()
  }

  /// Ends what still runs; on the loop.
  func stop(_ error: RPCError) {
    engine.finishDrain()
    engine.abandonCalls(error)
    handleEvents()
    close(error)
  }
}
