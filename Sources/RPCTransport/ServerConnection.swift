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
    /// Where the method stands among those that are served.
    let index: Int

    init(_ entry: Router.Entry, index: Int) {
      self.entry = entry
      self.index = index
      maximumDuration = entry.policy.maximumDuration.wholeNanoseconds
    }
  }

  let methods: [String: Method]
  let configuration: ServerConfiguration
  let limits: Limits
  let admission: Admission
  let gate: CallGate
  /// Where handshakes are computed: half as many threads as loops, which give way to those.
  private let handshakes: [BackgroundThread]
  private let handshakesBegun = Atomic<UInt>(0)
  /// Bytes of messages in memory, of all connections.
  let heldBytes = Atomic<Int>(0)
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
    handshakes: [BackgroundThread],
    logger: Logger
  ) {
    trust = Mutex(context)
    self.configuration = configuration
    self.logger = logger
    refusals = RefusalLog(logger)
    var methods: [String: Method] = [:]
    var limits = configuration.limits
    var bounds: [CallGate.Bound] = []
    for method in router.methods {
      guard let entry = router.entry(forPath: method.path) else { continue }
      methods[method.path] = Method(entry, index: bounds.count)
      bounds.append(
        CallGate.Bound(
          calls: entry.policy.maximumCalls ?? .max,
          takesPlace: entry.policy.takesPlace
        )
      )
      // HELLO announces the most that any method takes; each method's own limit is looked at later.
      limits.messageBytes = max(limits.messageBytes, entry.policy.maximumMessageBytes)
    }
    self.methods = methods
    self.limits = limits
    self.handshakes = handshakes
    admission = Admission(configuration)
    gate = CallGate(
      total: configuration.maximumCalls,
      perCaller: configuration.maximumCallsPerIdentity,
      waiting: configuration.maximumWaitingCalls,
      methods: bounds
    )
  }

  /// Handshakes that wait to be computed, for each thread, while newcomers are still taken on: some
  /// milliseconds of work. Of more the last would be given up before their turn, and taking them on
  /// costs the loops time that calls need.
  private static let handshakesAhead = 16

  /// Whether a further handshake would be computed soon.
  var hasTimeForHandshakes: Bool { handshakes.contains { $0.waiting < Self.handshakesAhead } }

  /// Where the next connection's handshake is computed: where the fewest wait, in turn among equals.
  func nextHandshakes() -> BackgroundThread {
    let ticket = handshakesBegun.wrappingAdd(1, ordering: .relaxed).oldValue
    let first = Int(ticket % UInt(handshakes.count))
    let turn = handshakes[first...] + handshakes[..<first]
    return turn.min { $0.waiting < $1.waiting } ?? handshakes[first]
  }

  /// The methods' paths, in the order of their indices.
  var paths: [String] {
    methods.values.sorted { $0.index < $1.index }.map(\.entry.method.path)
  }

  /// The limits of one connection: those of all, its idle timeout a little different.
  func connectionLimits() -> Limits {
    var limits = limits
    limits.idleTimeout = jittered(limits.idleTimeout)
    return limits
  }

  /// A time that differs from the given one at random, and from those of other connections.
  func jittered(_ time: UInt64) -> UInt64 {
    guard time != .max, configuration.jitter > 0 else { return time }
    let share = 1 + Double.random(in: -configuration.jitter...configuration.jitter)
    return UInt64(min(1e18, Double(time) * share))
  }
}

/// A client's connection as the server sees it: starts handlers and stops them.
final class ServerConnection: Connection, @unchecked Sendable {
  // Unchecked: as `Connection`; `peer` is written before the first call begins.

  let shared: ServerShared
  let counts: LoopCounts
  let tasks: HandlerTasks
  /// What all connections of the peer share; replaced by theirs once the peer is known.
  @exclusivity(unchecked) private(set) var caller = Caller()
  /// When the connection was admitted (ns).
  private var openedAt: UInt64 = 0
  /// The number of the handshake; kept and read under the lock of `Admission`.
  var ticket: UInt64 = 0
  private var ageTimer: TimerID?
  /// Bytes in memory as they were counted last.
  @exclusivity(unchecked) private var countedBytes = 0
  /// The client's address without its port; read at the beginning, while the socket has one.
  private let remoteHost: String
  @exclusivity(unchecked) private(set) var peer = Peer(identity: "")
  private var isAdmitted = false
  private var hasLeft = false
  /// Calls that began in the bytes at hand, some of them started since.
  @exclusivity(unchecked) private var unstarted: [ServedCall] = []

  init(
    shared: ServerShared,
    counts: LoopCounts,
    socket: Socket,
    session: TLSSession,
    buffer: ReceiveBuffer,
    codec: MessageCodec
  ) {
    let loop = counts.loop
    self.shared = shared
    self.counts = counts
    tasks = HandlerTasks(loop: loop)
    remoteHost = socket.peerAddress?.host ?? ""
    super.init(
      loop: loop,
      socket: socket,
      session: session,
      engine: Engine(
        role: .server,
        limits: shared.connectionLimits(),
        software: shared.configuration.software,
        now: loop.now
      ),
      buffer: buffer,
      codec: codec,
      handshakes: shared.nextHandshakes(),
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

  override func makeHTTP2Engine() -> HTTP2Engine {
    HTTP2Engine(
      role: .server,
      limits: engine.limits,
      software: shared.configuration.software,
      detailsType: shared.configuration.detailsType,
      now: loop.now
    )
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
    guard let caller = shared.admission.admit(self, as: verified.identity) else {
      engine.reject(
        RPCError(.resourceExhausted, "too many connections, or the server is shutting down")
      )
      handleEvents()
      return false
    }
    self.caller = caller
    isAdmitted = true
    openedAt = loop.now
    limitAge()
    return true
  }

  /// Asks the client for a new connection when this one is old: certificates and addresses change, and
  /// servers that were added get their share.
  private func limitAge() {
    guard shared.configuration.maximumAge != .max else { return }
    // Not weak: that would make every count of references to the connection a slow one. The end cancels it.
    ageTimer = loop.schedule(after: shared.jittered(shared.configuration.maximumAge)) { [self] in
      ageTimer = nil
      if phase == .open { drain(limit: 0) }
    }
  }

  /// The connection as those who watch the server see it.
  var snapshot: ConnectionSnapshot? {
    guard phase == .open, isAdmitted else { return nil }
    return ConnectionSnapshot(
      identity: peer.identity,
      address: peer.address,
      openedAt: openedAt,
      calls: engine.activeCalls,
      outputBytes: engine.outputCount
    )
  }

  // MARK: Memory

  /// Counts what the connection holds; ends it when its identity holds far too much.
  private func countBytes() {
    let held = phase == .closed ? 0 : engine.heldBytes
    guard held != countedBytes else { return }
    let change = held - countedBytes
    countedBytes = held
    shared.heldBytes.wrappingAdd(change, ordering: .relaxed)
    let (_, ofCaller) = caller.heldBytes.wrappingAdd(change, ordering: .relaxed)
    guard change > 0, phase == .open,
      ofCaller > 2 * shared.configuration.maximumHeldBytesPerIdentity
    else { return }
    engine.reject(RPCError(.resourceExhausted, "the connections of this identity hold too much"))
    handleEvents()
  }

  /// Why no further call is taken on for what is in memory already; nil when one is.
  private var memoryRefusal: RPCError? {
    let isFull =
      shared.heldBytes.load(ordering: .relaxed) > shared.configuration.maximumHeldBytes
      || caller.heldBytes.load(ordering: .relaxed)
        > shared.configuration.maximumHeldBytesPerIdentity
    guard isFull else { return nil }
    return RPCError(
      code: .resourceExhausted,
      message: "too many bytes of messages wait in memory",
      retryDelay: .seconds(1),
      processed: .notStarted
    )
  }

  override func turnEnded() {
    super.turnEnded()
    countBytes()
  }

  override func handle(_ event: Engine.Event) {
    switch event {
    case .opened(let call): begin(call)
    case .readable(let call):
      guard let served = served(call) else { return }
      // The request is whole and in the cache: its handler runs now, if there is time.
      if served.isStarted { served.wakeReceiver() } else { loop.runAtOnce { served.startInTurn() } }
    case .writable(let call): served(call)?.wakeSender()
    case .ended(let call):
      guard let served = served(call) else { return }
      if served.isStarted { served.stop() } else { served.skip() }
    case .idle: engine.finishDrain()
    case .hello, .headed, .goAway, .fatal: break
    }
  }

  override func ended(_ error: RPCError) {
    guard !isAdmitted else { return }
    // One that only went away was not refused.
    if RefusalLog.isRefusal(error) { shared.admission.noteRefusal() }
    shared.refusals.tell(error, of: remoteHost, at: loop.now)
  }

  override func quietened() {
    super.quietened()
    tasks.release()
  }

  override func closed() {
    tasks.release()
    if let ageTimer { loop.cancel(ageTimer) }
    ageTimer = nil
    countBytes()
    shared.admission.close(self)
    handlerReturned()
  }

  /// Gives the connection's place free once it is closed and no handler of it runs: else one client
  /// could have any number of handlers by connecting again.
  func handlerReturned() {
    guard phase == .closed, engine.activeCalls == 0, !hasLeft else { return }
    hasLeft = true
    shared.admission.leave(self, identity: isAdmitted ? peer.identity : nil)
  }

  private func begin(_ call: WireCall) {
    let method: ServerShared.Method
    if let known = engine.methodEntry as? ServerShared.Method {
      method = known
    } else if let found = shared.methods[engine.methodName] {
      engine.methodEntry = found
      method = found
    } else {
      counts.noteUnknown()
      return engine.refuse(call, RPCError(.unimplemented, "no such method is served here"))
    }
    if let refusal = memoryRefusal {
      counts.noteRefusal(of: method.index, refusal.code)
      shared.gate.noteRefusal()
      return engine.refuse(call, refusal)
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
    countBytes()
    guard !unstarted.isEmpty else { return }
    for served in unstarted where !served.isStarted { served.startInTurn() }
    unstarted.removeAll(keepingCapacity: true)
  }

  private func served(_ call: WireCall) -> ServedCall? { call.owner as? ServedCall }

  /// Ends a handshake that others would wait for; on the loop.
  func giveWay() {
    guard phase == .handshaking else { return }
    abort(RPCError(.resourceExhausted, "too many handshakes: the first of them gives way"))
  }

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
