import Compression
import Foundation
import RPCCore
import RPCWire
import Testing

@testable import RPCTransport

/// What a call said and what it cost on the wire, prefixes included.
private struct Counted: Sendable {
  var texts: [String] = []
  var sent: UInt64 = 0
  var received: UInt64 = 0
}

extension RPCChannel {
  /// Sends all requests, takes all responses and tells what travelled.
  fileprivate func counted(
    _ method: MethodDescriptor,
    _ requests: [Text],
    _ options: CallOptions = .init()
  ) async throws -> Counted {
    try await loop.hop {
      let transfer = try await self.begin(
        method,
        options: options,
        deadline: .after(.seconds(30)),
        attempt: 1,
        onFinish: nil
      )
      for request in requests { try await transfer.send(request) }
      transfer.finishSending()
      var counted = Counted()
      while let text = try await transfer.receive(Text.self) { counted.texts.append(text.value) }
      counted.sent = transfer.call.sentBytes
      counted.received = transfer.call.receivedBytes
      return counted
    }
  }

  /// Sends one request that says of itself that it is compressed.
  fileprivate func forge(_ octets: [UInt8]) async throws -> String {
    try await loop.hop {
      let transfer = try await self.begin(
        Methods.echo,
        options: .init(compression: true),
        deadline: .after(.seconds(30)),
        attempt: 1,
        onFinish: nil
      )
      _ = try transfer.connection.engine.forge(octets, on: transfer.call)
      transfer.connection.scheduleFlush()
      transfer.finishSending()
      return try await transfer.receiveOnly(Text.self).value
    }
  }
}

extension Engine {
  fileprivate func forge(_ octets: [UInt8], on call: WireCall) throws -> Bool {
    try octets.withUnsafeBytes { try send(encoded: $0, compressedFrom: 0, on: call) }
  }
}

/// Text as people write it, of about as many octets.
private func page(_ count: Int) -> Text {
  var text = ""
  var number = 7
  while text.utf8.count < count {
    number = (number &* 1_103_515_245 &+ 12_345) & 0x7fff_ffff
    text += "户编号 421224\(number % 100_000)，家庭人口 \(number % 7) 人，致贫原因：因病。\n"
  }
  return Text(text)
}

private func frame(_ text: Text) throws -> [UInt8] {
  try Array(text.value.utf8).withUnsafeBytes { try Compressor().compress($0) }
}

@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
  private func withChannel(
    server: Bool = true,
    client: Bool = true,
    compression: Bool = true,
    policies: [String: MethodPolicy] = [:],
    _ body: (RPCChannel) async throws -> Void
  ) async throws {
    let installation = try await Installation(policies: policies) {
      $0.limits.speaksZstandard = server
    }
    let channel = try installation.channel {
      $0.limits.speaksZstandard = client
      $0.compression = compression
    }
    try await body(channel)
    #expect(try await channel.echo("alive") == "alive")
    await channel.close()
    await installation.server.shutdown()
  }

  /// The first call of a connection, too: it waits for the server's HELLO.
  @Test func unaryBothWays() async throws {
    let text = page(100_000)
    try await withChannel { channel in
      for _ in 0..<2 {
        let counted = try await channel.counted(Methods.echo, [text])
        #expect(counted.texts == [text.value])
        #expect(counted.sent < 20_000 && counted.received < 20_000)
        #expect(counted.sent > 1000 && counted.received > 1000)
      }
      let answer = try await channel.echo(text.value)
      #expect(answer == text.value)
    }
  }

  @Test func streamsBothWays() async throws {
    try await withChannel { channel in
      let flood = try await channel.counted(Methods.flood, [Text("50")])
      #expect(flood.texts == [String](repeating: Text(count: 10_000).value, count: 50))
      #expect(flood.sent == 7 && flood.received < 50 * 100)
      let pages = (1...20).map { page($0 * 1000) }
      let plain = pages.reduce(0) { $0 + $1.value.utf8.count + 5 }
      let join = try await channel.counted(Methods.join, pages)
      #expect(join.texts == ["\(plain - 100)"])
      #expect(join.sent < UInt64(plain) / 3)
      let chat = try await channel.counted(Methods.chat, pages)
      #expect(chat.texts == pages.map { $0.value + "!" })
      #expect(chat.sent < UInt64(plain) / 3 && chat.received < UInt64(plain) / 3)
    }
  }

  static let plain = [(false, true, true), (true, false, true), (true, true, false)]

  /// Without the feature at either end, and where nobody asks, messages go as they are.
  @Test(arguments: plain)
  func plainWhereOneEndDoesNotWantIt(server: Bool, client: Bool, asked: Bool) async throws {
    let text = page(10_000)
    let size = UInt64(text.value.utf8.count + 5)
    try await withChannel(server: server, client: client, compression: asked) { channel in
      let counted = try await channel.counted(Methods.echo, [text])
      #expect(counted.texts == [text.value])
      #expect(counted.sent == size && counted.received == size)
    }
  }

  @Test func aCallSaysOtherwise() async throws {
    let text = page(10_000)
    let size = UInt64(text.value.utf8.count + 5)
    try await withChannel { channel in
      let counted = try await channel.counted(Methods.echo, [text], .init(compression: false))
      #expect(counted.sent == size && counted.received == size)
    }
    try await withChannel(compression: false) { channel in
      let counted = try await channel.counted(Methods.echo, [text], .init(compression: true))
      #expect(counted.sent < size / 3 && counted.received < size / 3)
    }
  }

  @Test func whatDoesNotShrinkGoesAsItIs() async throws {
    var generator = SystemRandomNumberGenerator()
    let noise = (0..<4000).map { _ in Character(Unicode.Scalar(UInt8(generator.next() & 0x7f))) }
    try await withChannel { channel in
      for text in [Text(count: 1023), Text(""), Text("x")] {
        let counted = try await channel.counted(Methods.echo, [text])
        #expect(counted.texts == [text.value])
        #expect(counted.sent == UInt64(text.value.utf8.count + 5))
      }
      let short = try await channel.counted(Methods.echo, [Text(count: 1024)])
      #expect(short.sent < 100 && short.received < 100)
      // Seven bits of eight: an eighth is saved, which is more than a tenth.
      let packed = try await channel.counted(Methods.echo, [Text(String(noise))])
      #expect(packed.texts == [String(noise)])
      #expect(packed.sent <= 4005)
    }
  }

  @Test func theLimitIsOfWhatAMessageStandsFor() async throws {
    let policy = MethodPolicy(maximumMessageBytes: 10_000)
    try await withChannel(policies: [Methods.echo.path: policy]) { channel in
      let answer = try await channel.echo(Text(count: 10_000).value)
      #expect(answer.utf8.count == 10_000)
      let error = await #expect(throws: RPCError.self) {
        try await channel.echo(Text(count: 10_001).value)
      }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.message == "a message of 10001 bytes is over the limit of 10000")
      // Over what the server's HELLO says: not sent at all.
      let over = await #expect(throws: RPCError.self) {
        try await channel.echo(Text(count: (4 << 20) + 1).value)
      }
      #expect(over?.code == .resourceExhausted)
      #expect(over?.message.contains("over the peer's limit of 4194304") == true)
    }
  }

  static let forgeries: [(String, StatusCode, @Sendable ([UInt8]) -> [UInt8])] = [
    ("nothing", .invalidArgument, { _ in [] }),
    ("no frame", .invalidArgument, { _ in [1, 2, 3, 4, 5, 6, 7, 8] }),
    ("the magic alone", .invalidArgument, { Array($0[..<4]) }),
    ("cut in the header", .invalidArgument, { Array($0[..<6]) }),
    ("cut in the blocks", .invalidArgument, { $0.dropLast() }),
    ("a byte behind", .invalidArgument, { $0 + [0] }),
    ("two frames", .invalidArgument, { $0 + $0 }),
    ("skippable", .invalidArgument, { _ in [0x50, 0x2A, 0x4D, 0x18, 1, 0, 0, 0, 7] }),
    // The descriptor without single segment and size, then a window of 2 MiB.
    ("no size", .invalidArgument, { $0[..<4] + [0x04, 0x58] + $0[7...] }),
    ("a larger size", .invalidArgument, { $0[..<5] + [$0[5] + 1] + $0[6...] }),
    ("a smaller size", .invalidArgument, { $0[..<5] + [$0[5] - 1] + $0[6...] }),
    ("a dictionary", .invalidArgument, { $0[..<4] + [0x65, 7] + $0[5...] }),
    ("broken content", .invalidArgument, { $0.dropLast(9) + [0xff] + $0.suffix(8) }),
    ("a window of 8 MiB", .resourceExhausted, { $0[..<4] + [0x44, 0x68] + $0[5...] }),
    ("4 GiB", .resourceExhausted, { $0[..<4] + [0xa4, 0xff, 0xff, 0xff, 0xff] + $0[7...] }),
    ("2 ** 64 - 3", .resourceExhausted, { $0[..<4] + [0xe4, 0xfd] + Self.ones + $0[7...] }),
  ]

  private static let ones = [UInt8](repeating: 0xff, count: 7)

  @Test(arguments: forgeries.indices)
  func forgedRequestsEndTheirCallAlone(index: Int) async throws {
    let (name, code, forge) = Self.forgeries[index]
    let whole = try frame(page(5000))
    #expect(whole[4] == 0x64, "a single segment with two bytes of size and a checksum")
    try await withChannel { channel in
      let error = await #expect(throws: RPCError.self, "\(name)") {
        try await channel.forge(forge(whole))
      }
      #expect(error?.code == code, "\(name): \(error?.message ?? "")")
      let answer = try await channel.forge(whole)
      #expect(answer == page(5000).value)
    }
  }

  /// 50 MiB of zeros in some kilobytes, and as much as is permitted in some hundred bytes.
  @Test func bombsGetNoRoom() async throws {
    try await withChannel { channel in
      let bomb = try frame(Text(String(repeating: "\0", count: 50 << 20)))
      let error = await #expect(throws: RPCError.self) { try await channel.forge(bomb) }
      #expect(error?.code == .resourceExhausted)
      #expect(error?.message == "a message of 52428800 bytes is over the limit of 4194304")
      let zeros = String(repeating: "\0", count: 4 << 20)
      let small = try frame(Text(zeros))
      #expect(small.count < 1000)
      let answer = try await channel.forge(small)
      #expect(answer.utf8.count == 4 << 20)
    }
  }

  /// What a server may do to its client.
  @Test func forgedResponsesAreReset() async throws {
    let whole = try frame(page(5000))
    let answers: [(code: StatusCode, octets: [UInt8])] = [
      (.ok, whole), (.internalError, whole + [0]), (.internalError, Array(whole.dropLast())),
      (.resourceExhausted, try frame(Text(count: 70_000))),
    ]
    let service = TestService()
    var router = service.router()
    let method = MethodDescriptor(service: "t.Echo", method: "Forge", kind: .serverStreaming)
    router.serverStreaming(method) {
      (request: Text, _: ResponseWriter<Text>, context) in
      guard let served = context.call as? ServedCall else { return }
      _ = try served.connection.engine.forge(
        answers[Int(request.value) ?? 0].octets,
        on: served.call
      )
      served.connection.scheduleFlush()
      try await Task.sleep(for: .seconds(request.value == "0" ? 0 : 600))
    }
    let installation = try await Installation(service: service, router: router)
    let channel = try installation.channel {
      $0.compression = true
      $0.limits.messageBytes = 65_536
    }
    for (index, answer) in answers.enumerated() {
      do {
        let counted = try await channel.counted(method, [Text("\(index)")])
        #expect(counted.texts == [page(5000).value] && answer.code == .ok)
      } catch let error as RPCError {
        #expect(error.code == answer.code, "\(index): \(error.message)")
      }
    }
    #expect(try await channel.echo("alive") == "alive")
    await channel.close()
    await installation.server.shutdown()
  }

  /// The example of PROTOCOL.md is a message that can be restored.
  @Test func theDocumentsExample() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(
      contentsOf: root.appending(path: "proto/PROTOCOL.md"),
      encoding: .utf8
    )
    let block = try #require(document.components(separatedBy: "```compressed\n").dropFirst().first)
    let bytes = block.components(separatedBy: "```")[0].split(whereSeparator: \.isWhitespace)
      .compactMap { UInt8($0, radix: 16) }
    #expect(bytes.prefix(5) == [1, 0, 0, 0, 19] && bytes.count == 24)
    let codec = MessageCodec()
    let restored = try bytes.dropFirst(5).withUnsafeBytes {
      Array(try codec.restore($0, from: .zstandard, atMost: 2000))
    }
    #expect(restored == [UInt8](repeating: 0x61, count: 2000))
  }
}
