internal import RPCCore

#if DEBUG || REGISTRY_FUZZ
  @testable internal import RPCWire
#else
  internal import RPCWire
#endif

/// A message that is its bytes.
struct Blob: WireMessage, Equatable {
  var bytes: [UInt8]

  /// Bytes that tell whose they are and in which order they came.
  init(count: Int, call: UInt32, number: Int) {
    let start = UInt8(truncatingIfNeeded: Int(call) &* 37 &+ number &* 11)
    bytes = (0..<count).map { start &+ UInt8(truncatingIfNeeded: $0 ^ $0 >> 8) }
  }

  init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) { bytes = Array(wireBytes) }

  func encode(reserve: (Int) -> UnsafeMutableRawPointer) throws(RPCError) {
    UnsafeMutableRawBufferPointer(start: reserve(bytes.count), count: bytes.count)
      .copyBytes(from: bytes)
  }
}

/// What an application does next, as the input chooses: two bytes each.
struct Move {
  let kind: UInt8
  let amount: Int
  let pick: Int
  let isForServer: Bool
  let corrupts: Bool

  init(_ first: UInt8, _ second: UInt8) {
    kind = first & 15
    amount = Int(first >> 4)
    pick = Int(second & 63)
    isForServer = second & 128 != 0
    corrupts = second & 64 != 0
  }
}

/// One end of a connection with an application that does what the input says.
///
/// All that has to hold whatever the peer sends is checked after each step.
final class FuzzedEnd {
  let engine: Engine
  private(set) var fatal: RPCError?
  /// What went out in each call, for the other end to compare.
  private(set) var sent: [UInt32: [Blob]] = [:]
  /// The other end, whose messages have to come as they were sent; nil where bytes are changed.
  weak var peer: FuzzedEnd?
  private(set) var calls: [WireCall] = []
  private let limits: Limits
  private let isRefusing: Bool
  private var now: UInt64 = 1_000_000_000
  private var ended: Set<UInt32> = []
  private var finished: Set<UInt32> = []
  private var taken: [UInt32: Int] = [:]
  private var budget = 1 << 20

  static let pieces = [1, 2, 3, 5, 8, 11, 12, 13, 17, 31, 64, 97, 256, 1024, 4096, 1 << 20]
  private static let messages = [0, 1, 2, 5, 59, 60, 100, 1000, 5000, 16_379, 16_380, 70_000]
  private static let times: [UInt64] = [
    0, 1, 1_000_000, 100_000_000, 1_000_000_000, 2_000_000_000, 5_000_000_000, 10_000_000_000,
    20_000_000_000, 30_000_000_000, 60_000_000_000, 600_000_000_000,
  ]

  init(_ role: Engine.Role, limits: Limits, isRefusing: Bool, isHTTP2: Bool) {
    self.limits = limits
    self.isRefusing = isRefusing
    engine =
      isHTTP2
      ? HTTP2Engine(
        role: role,
        limits: limits,
        software: "fuzz",
        authority: "localhost",
        detailsType: "t.Details",
        now: now
      ) : Engine(role: role, limits: limits, software: "fuzz", now: now)
  }

  private var isServer: Bool { engine.role == .server }

  // MARK: Bytes

  /// Hands bytes over in one piece, unless too much waits to be written.
  func receive(_ bytes: [UInt8]) throws {
    if engine.outputCount > limits.stalledOutputBytes { _ = try output() }
    let before = engine.outputCount
    try bytes.withUnsafeBytes { buffer in
      engine.receive(buffer, now: now)
      try collect()
    }
    try check(
      engine.outputCount - before <= 16 * bytes.count + (16 << 10),
      "\(bytes.count) bytes made \(engine.outputCount - before) to send"
    )
  }

  /// What is to be written, a sixteenth of it or more.
  func output(sixteenths: Int = 16) throws -> [UInt8] {
    engine.prepareOutput()
    try collect()
    let offered = Array(engine.offerOutput())
    try check(offered.count == engine.outputCount, "not all output is offered")
    let part = Array(offered.prefix((offered.count * sixteenths + 15) / 16))
    engine.consumeOutput(part.count)
    return part
  }

  private func collect() throws {
    while let event = engine.nextEvent() {
      try check(fatal == nil, "an event after the fatal one")
      switch event {
      case .opened(let call): try take(call)
      case .ended(let call):
        try check(call.isEnded, "a call that ended has not")
        try check(ended.insert(call.id).inserted, "a call ended twice")
      case .readable(let call):
        guard !finished.contains(call.id) else { continue }
        if case .nothing = engine.offer(call) { throw FuzzFinding("readable, and nothing is") }
      case .headed(let call): try check(call.head != nil, "a head without metadata")
      case .fatal(let error):
        fatal = error
        try check(engine.isClosed, "fatal, and not closed")
      case .hello: try check(engine.isGreeted, "a HELLO that greeted nobody")
      case .idle: try check(isServer && engine.activeCalls == 0, "idle with calls")
      case .writable, .goAway: break
      }
    }
    try checkBounds()
  }

  private func take(_ call: WireCall) throws {
    try check(isServer, "a call that a server opened")
    try check(!calls.contains { $0.id == call.id }, "a call opened twice")
    calls.append(call)
    if isRefusing, call.id % 4 == 1 {
      finished.insert(call.id)
      engine.refuse(call, RPCError(.permissionDenied, "not here"))
    } else {
      engine.accept(
        call,
        maximumDuration: 60_000_000_000,
        maximumMessageBytes: limits.messageBytes
      )
    }
  }

  private func checkBounds() throws {
    let most = isServer ? limits.concurrentCalls : max(8, engine.peer.concurrentCalls)
    try check((0...most).contains(engine.activeCalls), "\(engine.activeCalls) calls at a time")
    if engine.isClosed { try check(engine.nextWake == .max, "closed, and something to do") }
    #if DEBUG || REGISTRY_FUZZ
      try check(engine.calls.count <= most, "\(engine.calls.count) calls in the table")
      try check(
        engine.partial.count <= limits.frameBytes + FrameHeader.byteCount,
        "part of a frame of \(engine.partial.count) bytes"
      )
      let message = MessagePrefix.byteCount + limits.messageBytes
      var sum = 0
      var queued = 0
      for call in calls {
        try check(
          call.inbound.count <= max(limits.callWindow, message),
          "\(call.inbound.count) bytes of a call wait"
        )
        try check(call.scanned <= call.inbound.count, "more scanned than there is")
        try check(
          call.outbound.isEmpty || !call.isEnded,
          "a call that ended has something to send"
        )
        sum += call.inbound.count
        queued += call.inbound.count + call.outbound.count
      }
      try check(
        sum <= calls.count * limits.callWindow + message,
        "\(sum) bytes of \(calls.count) calls wait"
      )
      try check(
        engine.queuedBytes == queued,
        "\(engine.queuedBytes) bytes are counted as queued, and \(queued) are"
      )
    #endif
  }

  // MARK: The application

  /// Opens calls as a client would before anything comes.
  func open(_ count: Int) throws {
    for _ in 0..<count { try open(deadline: .never) }
  }

  private func open(deadline: Deadline) throws {
    let refusal = engine.openRefusal
    var request = OutgoingCall(method: "t.Echo/Say")
    request.deadline = deadline
    do throws(RPCError) {
      calls.append(try engine.open(request, now: now))
    } catch {
      return try check(refusal != nil, "a call is not opened: \(error.message)")
    }
    try check(refusal == nil, "a call is opened though it is refused")
  }

  /// Does what a move says; those that move bytes are the caller's.
  func perform(_ move: Move) throws {
    let call = calls.isEmpty ? nil : calls[move.pick % calls.count]
    switch move.kind {
    case 12 where isServer: try serve(move, call)
    case 12: try open(deadline: deadline(move.amount))
    case 11: try advance(by: Self.times[move.amount % Self.times.count])
    case 15: try end(move.amount)
    default: if let call { try use(call, move) }
    }
    try collect()
  }

  private func deadline(_ amount: Int) -> Deadline {
    amount < 8 ? .never : .after(nanoseconds: Self.times[amount - 4] + 1, from: now)
  }

  private func use(_ call: WireCall, _ move: Move) throws {
    switch move.kind {
    case 5: try takeMessages(call)
    case 6: if !finished.contains(call.id) { engine.await(call) }
    case 7: if !finished.contains(call.id) { engine.watch(call) }
    case 8: if peer == nil { engine.discard(call) }
    case 9: try send(Self.messages[move.amount % Self.messages.count], on: call)
    case 10: finishSending(call)
    case 13: giveUp(call)
    default: _ = engine.offer(call)
    }
  }

  private func serve(_ move: Move, _ call: WireCall?) throws {
    switch move.amount {
    case 0: engine.beginDrain(limit: 1_000_000_000)
    case 1: engine.finishDrain()
    case 2: engine.abandonCalls(RPCError(.unavailable, "the server stops"))
    default:
      guard let call, !finished.contains(call.id) else { return }
      let value = String(repeating: "v", count: move.amount * 700)
      try? engine.sendHead(["key": value], on: call)
    }
  }

  private func end(_ amount: Int) throws {
    if amount == 0 { engine.reject(RPCError(.unauthenticated, "who is that?")) }
    if amount == 1 { engine.lose(RPCError(.unavailable, "gone")) }
  }

  private func advance(by nanoseconds: UInt64) throws {
    now += nanoseconds
    engine.advance(to: now)
    try collect()
    try check(engine.nextWake > now, "time passed, and it is to pass again at once")
  }

  func takeMessages(_ call: WireCall) throws {
    guard !finished.contains(call.id) else { return }
    while case .message = engine.offer(call) {
      let blob = Blob(copying: engine.message(of: call))
      let number = taken[call.id, default: 0]
      taken[call.id] = number + 1
      if let peer {
        let there = peer.sent[call.id] ?? []
        try check(number < there.count && there[number] == blob, "another message than was sent")
      }
      engine.take(call)
    }
  }

  private func send(_ count: Int, on call: WireCall) throws {
    guard !finished.contains(call.id), count <= budget else { return }
    budget -= count
    let number = sent[call.id]?.count ?? 0
    let blob = Blob(count: count, call: call.id, number: number)
    do throws(RPCError) {
      if number % 2 == 1, engine.isCompressionOn, engine.encoding != .gzip || call.isCompressed {
        // The engine does not look into what travels as compressed.
        let result = blob.bytes.withUnsafeBytes { octets in
          Result { () throws(RPCError) in
            try engine.send(encoded: octets, compressedFrom: octets.count, on: call)
          }
        }
        _ = try result.get()
      } else {
        _ = try engine.send(blob, on: call)
      }
      sent[call.id, default: []].append(blob)
    } catch {
      // The call has ended, or the message is over the peer's limit.
    }
  }

  private func finishSending(_ call: WireCall) {
    guard isServer else { return engine.finishSending(call) }
    finished.insert(call.id)
    engine.finish(call, error: nil, trailers: ["key": "value"], processed: .mayHaveRun)
  }

  private func giveUp(_ call: WireCall) {
    if isServer {
      finished.insert(call.id)
      engine.finish(call, error: RPCError(.aborted, "no"), trailers: [:], processed: .mayHaveRun)
    } else {
      finished.insert(call.id)
      engine.cancel(call, RPCError(.cancelled, "enough"))
    }
  }

  /// Brings every call on as a well-behaved application does.
  func proceed() throws {
    for call in calls where !finished.contains(call.id) {
      try takeMessages(call)
      if !isServer { engine.finishSending(call) }
      switch engine.offer(call) {
      case .end, .failed: if isServer { finishSending(call) }
      case .message, .nothing: engine.await(call)
      }
      try collect()
    }
  }

  /// Whether every call is over on the wire.
  var isDone: Bool { calls.allSatisfy(\.isEnded) }

  /// The connection is gone: nothing may be left of any call.
  func lose() throws {
    engine.lose(RPCError(.unavailable, "gone"))
    try collect()
    try check(fatal != nil, "lost without a word")
    try check(isDone, "the connection is gone, and calls live on")
    for call in calls where isServer && !finished.contains(call.id) {
      finished.insert(call.id)
      engine.finish(call, error: nil, trailers: [:], processed: .mayHaveRun)
    }
    try receive([0, 0, 0, 0])
    try check(engine.activeCalls == 0, "\(engine.activeCalls) calls are left")
    #if DEBUG || REGISTRY_FUZZ
      try check(engine.calls.count == 0, "calls are left in the table")
    #endif
  }
}

extension Blob {
  fileprivate init(copying bytes: UnsafeRawBufferPointer) { self.bytes = Array(bytes) }
}
