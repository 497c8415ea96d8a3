import RPCCore
import Testing

@testable import RPCWire

/// Bytes that take the connection down, and bytes that end one call alone.
@Suite struct EngineFaultTests {
  static let fatals: [(String, [UInt8])] = [
    ("zero bytes not zero", [0, 0, 0, 0, 8, 0, 1, 0, 0, 0, 0, 0]),
    ("a lying length", [0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 0, 0, 1]),
    ("length over the limit", [0, 0, 0x40, 1, 2, 0, 0, 0, 0, 0, 0, 1]),
    ("type 0", frame(0)),
    ("unknown type", frame(0x7f)),
    ("second HELLO", clientHello()),
    ("even call", openFrame(2)),
    ("call 0", openFrame(0)),
    ("call too large", openFrame(0x8000_0001)),
    ("call used again", openFrame(1) + openFrame(1)),
    ("falling call", openFrame(5) + openFrame(3)),
    ("DATA for no call", dataFrame(9, [1])),
    ("DATA for the connection", dataFrame(0, [1])),
    ("RESET for no call", frame(6, call: 9)),
    ("CREDIT for no call", frame(7, call: 9, [UInt8](repeating: 1, count: 8))),
    ("short CREDIT", frame(7, [1, 2, 3])),
    ("short PING", frame(8, [1])),
    ("PING for a call", openFrame(1) + frame(8, call: 1, [UInt8](repeating: 1, count: 8))),
    ("HEAD from a client", openFrame(1) + frame(4, call: 1)),
    ("STATUS from a client", openFrame(1) + frame(5, call: 1)),
    ("malformed GOAWAY", frame(9, [0xff])),
  ]

  @Test(arguments: fatals)
  func takeTheConnectionDown(name: String, bytes: [UInt8]) {
    let server = End(.server)
    server.receive(clientHello() + bytes)
    #expect(server.fatal != nil, "\(name)")
    // FATAL goes out behind HELLO, and nothing is read any more.
    #expect(server.output().contains(0x0a))
    server.receive(openFrame(101))
    #expect(server.calls[101] == nil)
  }

  @Test func helloComesFirstAndWithinBounds() {
    let early = End(.server)
    early.receive(openFrame(1))
    #expect(early.fatal != nil)
    let empty = End(.server)
    empty.receive(frame(1))
    #expect(empty.fatal?.code == .failedPrecondition)
    let http = End(.server)
    http.receive(Array("GET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8))
    #expect(http.fatal != nil)
  }

  static let violations: [(String, StatusCode, [UInt8])] = [
    ("DATA after END", .internalError, dataFrame(1, [1], end: true) + dataFrame(1, [1])),
    ("compressed", .unimplemented, frame(3, call: 1, [1, 0, 0, 0, 0])),
    ("bad prefix", .internalError, frame(3, call: 1, [7, 0, 0, 0, 0])),
    ("over the limit", .resourceExhausted, frame(3, call: 1, [0, 0xff, 0xff, 0xff, 0xff])),
    ("cut message", .invalidArgument, frame(3, flags: 1, call: 1, [0, 0, 0, 0, 9, 1])),
    ("cut prefix", .invalidArgument, frame(3, flags: 1, call: 1, [0, 0])),
  ]

  @Test(arguments: violations)
  func endOneCallAlone(name: String, code: StatusCode, bytes: [UInt8]) throws {
    let server = End(.server)
    server.receive(clientHello() + openFrame(1) + bytes)
    #expect(server.fatal == nil)
    #expect(server.ended[1]??.code == code, "\(name)")
    server.receive(openFrame(3) + dataFrame(3, [5], end: true))
    let next = try #require(server.calls[3])
    #expect(server.messages(next) == [Bytes([5])])
  }

  static let refusals: [(String, StatusCode, [UInt8])] = [
    ("malformed OPEN", .invalidArgument, [0xff]),
    ("no method", .invalidArgument, []),
    ("method not UTF-8", .invalidArgument, [0x0a, 1, 0xff]),
    ("short key", .invalidArgument, [0x0a, 1, 0x61, 0x32, 1, 0]),
    ("short trace", .invalidArgument, [0x0a, 1, 0x61, 0x22, 1, 0]),
    ("bad metadata key", .invalidArgument, [0x0a, 1, 0x61, 0x1a, 3, 0x0a, 1, 0x41]),
    ("cut metadata", .invalidArgument, [0x0a, 1, 0x61, 0x1a, 3, 0x0a, 9, 0x61]),
    (
      "much metadata", .resourceExhausted,
      [0x0a, 1, 0x61] + (0..<256).flatMap { _ in [0x1a, 3, 0x0a, 1, 0x61] as [UInt8] }
    ),
  ]

  @Test(arguments: refusals)
  func refuseCallsBeforeTheyStart(name: String, code: StatusCode, payload: [UInt8]) {
    let server = End(.server)
    let client = End(.client)
    server.receive(clientHello() + frame(2, call: 1, payload))
    #expect(server.fatal == nil && server.calls.isEmpty, "\(name)")
    #expect(server.engine.activeCalls == 0)
    _ = try? client.engine.open(OutgoingCall(method: "a"), now: 1)
    client.receive(server.output())
    #expect(client.ended[1]??.code == code)
    #expect(client.ended[1]??.processed == .notStarted)
  }

  @Test func serversFaultsEndTheClientsCall() throws {
    let faults: [[UInt8]] = [
      frame(4, call: 1) + frame(4, call: 1),
      dataFrame(1, [1]) + frame(4, call: 1),
      frame(4, call: 1, [0xff]),
      frame(5, call: 1, [0xff]),
      frame(3, call: 1, [0, 0, 0, 0, 9]) + frame(5, call: 1),
      dataFrame(1, [1], end: true) + dataFrame(1, [1]),
    ]
    for fault in faults {
      let client = End(.client)
      _ = try client.engine.open(OutgoingCall(method: "a"), now: 1)
      client.receive(End(.server).output() + fault)
      #expect(client.ended[1]??.code == .internalError)
      #expect(client.fatal == nil)
    }
    let client = End(.client)
    client.receive(End(.server).output() + openFrame(1))
    #expect(client.fatal != nil)
  }

  @Test func unknownHighTypesAreSkippedWithinABudget() {
    let server = End(.server)
    server.receive(clientHello())
    for _ in 0..<200 { server.receive(frame(0x80, [1, 2, 3])) }
    #expect(server.fatal == nil)
    #expect(server.engine.droppedFrames == 200)
    server.receive(frame(0xff))
    #expect(server.fatal?.code == .resourceExhausted)
  }

  static let floods: [(String, [UInt8])] = [
    ("pings", frame(8, [UInt8](repeating: 7, count: 8))),
    ("credit", frame(7, [UInt8](repeating: 0, count: 8))),
    ("empty DATA", frame(3, call: 1)),
  ]

  @Test(arguments: floods)
  func floodsEndTheConnection(name: String, bytes: [UInt8]) {
    let server = End(.server)
    server.receive(clientHello() + openFrame(1))
    for _ in 0..<200 { server.receive(bytes) }
    #expect(server.fatal == nil)
    server.now += 31_000_000_000
    for _ in 0..<200 { server.receive(bytes) }
    #expect(server.fatal == nil, "a new interval starts anew")
    server.receive(bytes)
    #expect(server.fatal?.code == .resourceExhausted, "\(name)")
  }

  @Test func rapidResetsEndTheConnection() {
    let server = End(.server)
    server.receive(clientHello())
    var id: UInt32 = 1
    while server.fatal == nil, id < 1000 {
      server.receive(openFrame(id) + dataFrame(id, [1], end: true) + frame(6, call: id))
      id += 2
    }
    #expect(server.fatal?.code == .resourceExhausted)
    #expect(server.engine.activeCalls <= 128)
  }
}
