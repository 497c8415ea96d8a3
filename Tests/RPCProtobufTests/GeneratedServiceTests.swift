import RPCCore
import RPCProtobuf
import TestSchema
import Testing

/// The generated service protocol, registration and client stub, over a channel in process.
@Suite(.timeLimit(.minutes(1))) struct GeneratedServiceTests {
  private struct Echo: EchoService {
    func get(_ request: Record, context: ServerContext) async throws -> Record { request }

    func sum(_ requests: RequestStream<Point>, context: ServerContext) async throws -> Point {
      var sum = Point()
      for try await point in requests {
        sum.x += point.x
        sum.y += point.y
      }
      return sum
    }

    func gather(_ requests: RequestStream<Gathering>, context: ServerContext) async throws -> Point
    {
      var sum = Point()
      try await requests.read(as: Gathering.View.self) { gathering in
        sum.x += Int32(gathering.records.count)
        sum.y += gathering.scalars?.int32Value ?? 0
        if gathering.words != nil { throw RPCError(.outOfRange, "words") }
      }
      return sum
    }

    func list(
      _ request: Node,
      responses: ResponseWriter<Node>,
      context: ServerContext
    ) async throws {
      for child in request.children { try await responses.write(child) }
    }

    func chat(
      _ requests: RequestStream<Scalars>,
      responses: ResponseWriter<Scalars>,
      context: ServerContext
    ) async throws {
      for try await request in requests {
        try await responses.write(Scalars(stringValue: request.stringValue + "!"))
      }
    }
  }

  private var client: EchoClient {
    var router = Router()
    Echo().register(in: &router)
    let peer = Peer(identity: "registry://000000/test/echo")
    return EchoClient(InProcessChannel(router: router, peer: peer))
  }

  @Test func methodsAreDescribedAsTheSchemaSays() {
    #expect(EchoMethods.get.path == "test.v1.Echo/Get")
    #expect(
      EchoMethods.all.map(\.kind) == [
        .unary, .clientStreaming, .serverStreaming, .bidirectional, .clientStreaming,
      ]
    )
    #expect(EchoMethods.all.map(\.isReadOnly) == [true, false, true, false, false])
  }

  @Test func oneMessageEachWay() async throws {
    let record = RandomMessages.sampleRecord
    #expect(try await client.get(record) == record)
  }

  @Test func manyRequests() async throws {
    let call = try await client.sum()
    for number in 1...10 as ClosedRange<Int32> { try await call.send(Point(x: number, y: -number)) }
    #expect(try await call.finish() == Point(x: 55, y: -55))
  }

  @Test func manyRequestsWhereTheyLie() async throws {
    let call = try await client.gather()
    for number in 1...10 as ClosedRange<Int32> {
      try await call.send(
        Gathering(scalars: Scalars(int32Value: number), records: [Record(), Record()])
      )
    }
    #expect(try await call.finish() == Point(x: 20, y: 55))
    let other = try await client.gather()
    try await other.send(Gathering(words: Words()))
    await #expect(throws: RPCError(.outOfRange, "")) { try await other.finish() }
  }

  @Test func manyResponses() async throws {
    let children = (0..<20).map { Node(label: "child \($0)") }
    var received: [Node] = []
    for try await child in try await client.list(Node(children: children)) {
      received.append(child)
    }
    #expect(received == children)
  }

  @Test func manyMessagesBothWays() async throws {
    let call = try await client.chat()
    for word in ["a", "b"] {
      try await call.send(Scalars(stringValue: word))
      #expect(try await call.responses.next()?.stringValue == word + "!")
    }
    try await call.finishSending()
    #expect(try await call.responses.next() == nil)
  }
}
