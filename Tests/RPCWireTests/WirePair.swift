import RPCCore

@testable import RPCWire

/// A message that is its bytes.
struct Bytes: WireMessage, Equatable {
  var array: [UInt8]
  init(_ array: [UInt8]) { self.array = array }
  init(_ text: String) { array = Array(text.utf8) }
  /// Marked here and there, so that a lost, doubled or misplaced piece shows.
  init(count: Int) {
    array = [UInt8](repeating: UInt8(truncatingIfNeeded: count), count: count)
    for place in stride(from: 0, to: count, by: 509) {
      array[place] = UInt8(truncatingIfNeeded: place / 509)
    }
  }
  init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) { array = Array(wireBytes) }
  func encode(reserve: (Int) -> UnsafeMutableRawPointer) throws(RPCError) {
    UnsafeMutableRawBufferPointer(start: reserve(array.count), count: array.count)
      .copyBytes(from: array)
  }
}

/// One end, with what came of what it received.
final class End {
  let engine: Engine
  var events: [Engine.Event] = []
  var fatal: RPCError?
  var ended: [UInt32: RPCError?] = [:]
  var readable: [UInt32] = []
  var writable: [UInt32] = []
  /// A server's calls by id, accepted as they came.
  var calls: [UInt32: WireCall] = [:]
  var now: UInt64 = 1_000_000_000

  init(_ role: Engine.Role, limits: Limits = Limits(), isHTTP2: Bool = false) {
    engine =
      isHTTP2
      ? HTTP2Engine(
        role: role,
        limits: limits,
        software: "test",
        authority: "localhost",
        detailsType: "t.Details",
        now: 1_000_000_000
      ) : Engine(role: role, limits: limits, software: "test", now: 1_000_000_000)
  }

  /// Takes bytes in, in pieces, and acts on the events.
  func receive(_ bytes: [UInt8], piece: Int = .max) {
    var start = 0
    while start < bytes.count {
      let end = piece < bytes.count - start ? start + piece : bytes.count
      // Memory of its exact size, so that a read beyond it is found by a sanitiser.
      Array(bytes[start..<end]).withUnsafeBytes { buffer in
        engine.receive(buffer, now: now)
        collect()
      }
      start = end
    }
  }

  func collect() {
    while let event = engine.nextEvent() {
      events.append(event)
      switch event {
      case .opened(let call):
        calls[call.id] = call
        engine.accept(call, maximumDuration: 60_000_000_000, maximumMessageBytes: 4 << 20)
      case .readable(let call): readable.append(call.id)
      case .writable(let call): writable.append(call.id)
      case .ended(let call): ended[call.id] = .some(call.failure)
      case .fatal(let error): fatal = error
      case .hello, .headed, .goAway, .idle: break
      }
    }
  }

  /// All that is to be written.
  func output(atMost limit: Int = .max) -> [UInt8] {
    var all: [UInt8] = []
    while all.count < limit {
      engine.prepareOutput()
      collect()
      let bytes = Array(engine.offerOutput().prefix(limit - all.count))
      if bytes.isEmpty { break }
      engine.consumeOutput(bytes.count)
      all += bytes
    }
    return all
  }

  func advance(by nanoseconds: UInt64) {
    now += nanoseconds
    engine.advance(to: now)
    collect()
  }

  /// Takes all complete messages of a call.
  func messages(_ call: WireCall) -> [Bytes] {
    var messages: [Bytes] = []
    while case .message = engine.offer(call) {
      messages.append(Bytes(Array(engine.message(of: call))))
      engine.take(call)
    }
    return messages
  }

  /// Serves every call that can be answered: an echo of all requests.
  func echo() {
    for call in calls.values.sorted(by: { $0.id < $1.id }) where call.isRunning {
      for message in messages(call) { _ = try? engine.send(message, on: call) }
      switch engine.offer(call) {
      case .end: engine.finish(call, error: nil, trailers: [:], processed: .mayHaveRun)
      case .failed(let error):
        engine.finish(call, error: error, trailers: [:], processed: .mayHaveRun)
      case .message, .nothing: engine.await(call)
      }
    }
  }
}

/// A client and a server whose bytes reach each other.
final class WirePair {
  let client: End
  let server: End

  init(client: Limits = Limits(), server: Limits = Limits(), isHTTP2: Bool = false) {
    self.client = End(.client, limits: client, isHTTP2: isHTTP2)
    self.server = End(.server, limits: server, isHTTP2: isHTTP2)
  }

  /// Moves bytes until there are none.
  func exchange(piece: Int = .max) {
    while true {
      let there = client.output()
      server.receive(there, piece: piece)
      let back = server.output()
      client.receive(back, piece: piece)
      if there.isEmpty && back.isEmpty { return }
    }
  }

  func open(_ method: String = "t.Echo/Say") throws -> WireCall {
    try client.engine.open(OutgoingCall(method: method), now: client.now)
  }
}

/// A frame of raw bytes.
func frame(_ type: UInt8, flags: UInt8 = 0, call: UInt32 = 0, _ payload: [UInt8] = []) -> [UInt8] {
  var header = [UInt8](repeating: 0, count: FrameHeader.byteCount)
  header.withUnsafeMutableBytes { buffer in
    guard let start = buffer.baseAddress else { return }
    FrameHeader(length: UInt32(payload.count), type: type, flags: flags, call: call)
      .write(to: start)
  }
  return header + payload
}

/// OPEN for a method and nothing else.
func openFrame(_ call: UInt32, _ method: String = "t.Echo/Say") -> [UInt8] {
  frame(2, call: call, [0x0a, UInt8(method.utf8.count)] + Array(method.utf8))
}

/// DATA with one message.
func dataFrame(_ call: UInt32, _ message: [UInt8], end: Bool = false) -> [UInt8] {
  let length = UInt32(message.count)
  let prefix = [0] + (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
  return frame(3, flags: end ? 1 : 0, call: call, prefix + message)
}

/// The HELLO of a client with default limits.
func clientHello() -> [UInt8] { End(.client).output() }
