internal import RPCCore
internal import RPCWire

/// Frames of either protocol: one byte that chooses, one that counts moves, the moves, and the bytes from the wire.
///
/// One end gets the bytes as they are, in pieces of any size; or a client and a server speak with each
/// other, and single bytes are changed on the way. Where none is, all has to arrive.
enum FramesBody {
  static func run(_ bytes: UnsafeRawBufferPointer, isHTTP2: Bool) throws {
    var source = ByteSource(bytes)
    let mode = source.byte()
    let count = Int(source.byte())
    let moves = (0..<count).prefix(source.rest.count / 2).map { _ in
      Move(source.byte(), source.byte())
    }
    if mode & 1 == 0 {
      try runEnd(mode, moves, source, isHTTP2)
    } else {
      try runPair(mode, moves, source, isHTTP2)
    }
  }

  // MARK: One end

  private static func runEnd(
    _ mode: UInt8,
    _ moves: [Move],
    _ source: ByteSource,
    _ isHTTP2: Bool
  ) throws {
    var source = source
    let role: Engine.Role = mode & 2 == 0 ? .server : .client
    let end = FuzzedEnd(
      role,
      // HTTP/2 has a least window of its own.
      limits: mode & 4 == 0 ? usual : isHTTP2 ? least : narrow,
      isRefusing: mode & 8 != 0,
      isHTTP2: isHTTP2
    )
    if mode & 16 != 0 { try end.open(role == .client ? 3 : 0) }
    if mode & 32 != 0 {
      let other = FuzzedEnd(
        role == .client ? .server : .client,
        limits: usual,
        isRefusing: false,
        isHTTP2: isHTTP2
      )
      try end.receive(try other.output())
    }
    for move in moves {
      switch move.kind {
      case 0...3: try end.receive(source.take(FuzzedEnd.pieces[move.amount]))
      case 4: _ = try end.output(sixteenths: move.amount + 1)
      default: try end.perform(move)
      }
    }
    let piece = FuzzedEnd.pieces[Int(mode >> 6) * 5]
    while !source.isEmpty { try end.receive(source.take(piece)) }
    _ = try end.output()
    try end.lose()
  }

  private static var usual: Limits {
    var limits = Limits()
    limits.speaksZstandard = true
    return limits
  }

  /// Limits that short inputs reach.
  private static var narrow: Limits {
    var limits = Limits()
    limits.messageBytes = 512
    limits.metadataBytes = 64
    limits.concurrentCalls = 3
    limits.callWindow = 64
    limits.connectionWindow = 160
    limits.controlFrames = 20
    limits.outputBytes = 256
    limits.callOutputBytes = 64
    limits.stalledOutputBytes = 4096
    return limits
  }

  // MARK: Two ends

  private static func runPair(
    _ mode: UInt8,
    _ moves: [Move],
    _ source: ByteSource,
    _ isHTTP2: Bool
  ) throws {
    var source = source
    let limits = mode & 4 == 0 ? usual : least
    let client = FuzzedEnd(.client, limits: limits, isRefusing: false, isHTTP2: isHTTP2)
    let server = FuzzedEnd(
      .server,
      limits: limits,
      isRefusing: mode & 8 != 0,
      isHTTP2: isHTTP2
    )
    var wire = Wire(client: client, server: server)
    let isWhole = !moves.contains { $0.kind < 4 && $0.corrupts }
    if isWhole {
      client.peer = server
      server.peer = client
    }
    for move in moves {
      switch move.kind {
      case 0...3:
        let change = move.corrupts ? (source.byte(), source.byte()) : (0, 0)
        let count = FuzzedEnd.pieces[move.amount]
        try wire.carry(toServer: move.isForServer, count, change)
      case 4: try wire.write(toServer: move.isForServer, sixteenths: move.amount + 1)
      default: try (move.isForServer ? server : client).perform(move)
      }
    }
    if isWhole {
      try finish(&wire)
      for end in [client, server] { try checkFatal(end) }
    }
    try client.lose()
    try server.lose()
  }

  /// All that was sent arrives, and every call ends.
  private static func finish(_ wire: inout Wire) throws {
    for _ in 0..<2_000 {
      try wire.client.proceed()
      try wire.server.proceed()
      try wire.write(toServer: true, sixteenths: 16)
      try wire.write(toServer: false, sixteenths: 16)
      if wire.isEmpty {
        let isOver = wire.client.engine.isClosed || wire.server.engine.isClosed
        return try check(isOver || wire.client.isDone, "two ends wait for each other")
      }
      try wire.carry(toServer: true, .max, (0, 0))
      try wire.carry(toServer: false, .max, (0, 0))
    }
    throw FuzzFinding("two ends never stop talking")
  }

  /// An end may find the other one slow or busy, but never that it broke the protocol.
  private static func checkFatal(_ end: FuzzedEnd) throws {
    guard let fatal = end.fatal else { return }
    switch fatal.code {
    case .unavailable, .deadlineExceeded, .unauthenticated: return
    case .resourceExhausted where fatal.message.hasPrefix("too many"): return
    default: throw FuzzFinding("the ends do not understand each other: \(fatal.message)")
    }
  }

  /// The least that HELLO may say.
  private static var least: Limits {
    var limits = Limits()
    limits.messageBytes = 64 << 10
    limits.concurrentCalls = 8
    limits.callWindow = 64 << 10
    limits.connectionWindow = 128 << 10
    return limits
  }
}

/// What is on the way between two ends.
private struct Wire {
  let client: FuzzedEnd
  let server: FuzzedEnd
  private var there: [UInt8] = []
  private var back: [UInt8] = []

  init(client: FuzzedEnd, server: FuzzedEnd) {
    self.client = client
    self.server = server
  }

  var isEmpty: Bool { there.isEmpty && back.isEmpty }

  mutating func write(toServer: Bool, sixteenths: Int) throws {
    if toServer {
      there += try client.output(sixteenths: sixteenths)
    } else {
      back += try server.output(sixteenths: sixteenths)
    }
  }

  /// Delivers bytes; `change` is a place among them and what is done to it.
  mutating func carry(toServer: Bool, _ count: Int, _ change: (UInt8, UInt8)) throws {
    var piece = Array((toServer ? there : back).prefix(count))
    if toServer { there.removeFirst(piece.count) } else { back.removeFirst(piece.count) }
    if !piece.isEmpty { piece[Int(change.0) % piece.count] ^= change.1 }
    try (toServer ? server : client).receive(piece)
  }
}
