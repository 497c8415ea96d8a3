import RPCCore
import Testing

/// A message that is its bytes.
struct Text: WireMessage, Equatable {
  var value: String
  init(_ value: String) { self.value = value }
  init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) {
    value = String(decoding: wireBytes, as: UTF8.self)
  }
  func encode(reserve: (Int) -> UnsafeMutableRawPointer) throws(RPCError) {
    let bytes = Array(value.utf8)
    let memory = reserve(bytes.count)
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: memory, count: $0.count).copyMemory(from: $0)
    }
  }
}

private let echo = MethodDescriptor(service: "t.Echo", method: "Echo", kind: .unary)
private let split = MethodDescriptor(service: "t.Echo", method: "Split", kind: .serverStreaming)
private let join = MethodDescriptor(service: "t.Echo", method: "Join", kind: .clientStreaming)
private let chat = MethodDescriptor(service: "t.Echo", method: "Chat", kind: .bidirectional)
private let hang = MethodDescriptor(service: "t.Echo", method: "Hang", kind: .unary)

private struct Gate: ServerInterceptor {
  func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws {
    guard context.peer.identity != "registry://000000/partner/x" else {
      throw RPCError(.permissionDenied, "partners may not")
    }
    var context = context
    context.attach(context.peer.identity)
    try await next(context)
  }
}

private func channel(as identity: String = "registry://421224/poverty-office/p1")
  -> InProcessChannel
{
  var router = Router(interceptors: [Gate()])
  router.unary(echo) { (request: Text, context) in
    context.trailers.append("seen-by", context.attachment(String.self) ?? "nobody")
    if request.value == "nested" {
      throw RPCError(
        code: .unavailable,
        message: "of another call",
        metadata: ["of": "another call"],
        processed: .notStarted
      )
    }
    if request.value == "fail" { throw RPCError(.aborted, "as asked") }
    return request
  }
  router.serverStreaming(split) { (request: Text, responses: ResponseWriter<Text>, _) in
    try await responses.sendHead(["parts": "chars"])
    for character in request.value { try await responses.write(Text(String(character))) }
  }
  router.clientStreaming(join) { (requests: RequestStream<Text>, _) in
    var all = ""
    for try await request in requests { all += request.value }
    return Text(all)
  }
  router.bidirectional(chat) {
    (requests: RequestStream<Text>, responses: ResponseWriter<Text>, _) in
    for try await request in requests { try await responses.write(Text(request.value + "!")) }
  }
  router.unary(hang) { (request: Text, context) in
    try await Task.sleep(for: .seconds(600))
    return request
  }
  return InProcessChannel(router: router, peer: Peer(identity: identity))
}

@Suite(.timeLimit(.minutes(1)))
struct InProcessChannelTests {
  /// A handler that passes on the failure of a call of its own must not have its caller repeat it.
  @Test func aHandlersFailureNeverSaysThatItDidNotStart() async throws {
    do {
      _ = try await channel().unary(echo, Text("nested"), returning: Text.self, options: .init())
      Issue.record("no error")
    } catch let error as RPCError {
      #expect(error.code == .unavailable && error.processed == .mayHaveRun)
      #expect(error.metadata["of"] == nil)
    }
  }

  @Test func carriesAllFourKinds() async throws {
    let channel = channel()
    #expect(
      try await channel.unary(echo, Text("a"), returning: Text.self, options: .init()) == Text("a")
    )
    let parts = try await channel.serverStreaming(
      split,
      Text("一二三"),
      returning: Text.self,
      options: .init()
    )
    #expect(try await parts.call.head()["parts"] == "chars")
    var seen: [String] = []
    for try await part in parts { seen.append(part.value) }
    #expect(seen == ["一", "二", "三"])
    let joining = try await channel.clientStreaming(
      join,
      sending: Text.self,
      returning: Text.self,
      options: .init()
    )
    for word in 0..<100 { try await joining.send(Text("\(word % 10)")) }
    #expect(try await joining.finish().value.count == 100)
    let chatting = try await channel.bidirectional(
      chat,
      sending: Text.self,
      returning: Text.self,
      options: .init()
    )
    try await chatting.send(Text("hello"))
    #expect(try await chatting.responses.next() == Text("hello!"))
    try await chatting.finishSending()
    #expect(try await chatting.responses.next() == nil)
  }

  @Test func tellsStatusAndTrailers() async throws {
    await #expect(throws: RPCError(.aborted, "")) {
      try await channel().unary(echo, Text("fail"), returning: Text.self, options: .init())
    }
    await confirmation { ended in
      let options = CallOptions(onFinish: { outcome in
        #expect(outcome.trailers["seen-by"] == "registry://421224/poverty-office/p1")
        ended()
      })
      _ = try? await channel().unary(echo, Text("x"), returning: Text.self, options: options)
    }
  }

  @Test func interceptorRefuses() async {
    await #expect(throws: RPCError(.permissionDenied, "")) {
      try await channel(as: "registry://000000/partner/x").unary(
        echo,
        Text("a"),
        returning: Text.self,
        options: .init()
      )
    }
  }

  @Test func deadlineEndsAHangingHandler() async {
    await #expect(throws: RPCError(.deadlineExceeded, "")) {
      try await channel().unary(
        hang,
        Text("a"),
        returning: Text.self,
        options: .init(timeout: .milliseconds(20))
      )
    }
  }

  @Test func unknownMethodIsUnimplemented() async {
    let method = MethodDescriptor(service: "t.Echo", method: "Nothing", kind: .unary)
    await #expect(throws: RPCError(.unimplemented, "")) {
      try await channel().unary(method, Text("a"), returning: Text.self, options: .init())
    }
  }

  @Test func cancellingTheCallerCancelsTheHandler() async throws {
    let channel = channel()
    let caller = Task {
      try await channel.unary(hang, Text("a"), returning: Text.self, options: .init())
    }
    caller.cancel()
    await #expect(throws: RPCError(.cancelled, "")) { try await caller.value }
  }
}
