import CRPCMessages
import RPCCore
import Testing

@testable import RPCWire

/// The hand-written readers and writers against what protoc-c made of the schema.
@Suite struct PayloadTests {
  @Test func helloIsReadByOthers() throws {
    var queue = ByteQueue()
    HelloPayload.write(Limits(), software: "test/1", to: &queue)
    let bytes = queue.bytes
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let hello = try #require(rpc__v1__hello__unpack(nil, bytes.count, start))
    defer { rpc__v1__hello__free_unpacked(hello, nil) }
    #expect(hello.pointee.limits.pointee.frame_bytes == 16_384)
    #expect(hello.pointee.limits.pointee.message_bytes == 4 << 20)
    #expect(hello.pointee.limits.pointee.metadata_bytes == 8192)
    #expect(hello.pointee.limits.pointee.concurrent_calls == 128)
    #expect(hello.pointee.call_credit == 262_144)
    #expect(hello.pointee.connection_credit == 1_048_576)
    #expect(hello.pointee.keepalive_interval_ms == 10_000)
    #expect(hello.pointee.idle_timeout_ms == 600_000)
    #expect(String(cString: hello.pointee.software) == "test/1")
    let own = try HelloPayload(bytes)
    #expect(own.limits.callCredit == 262_144 && own.software == "test/1")
    #expect(own.reachesMinimum(ofServer: true))
  }

  @Test func openIsReadByOthers() throws {
    var call = OutgoingCall(method: "a.B/C")
    call.metadata = ["k": String(repeating: "v", count: 200), "empty": ""]
    call.trace = Array(0..<25)
    call.idempotencyKey = IdempotencyKey(bytes: Array(0..<16))
    call.attempt = 4
    var queue = ByteQueue()
    OpenPayload.write(call, remaining: 1 << 40, to: &queue)
    let bytes = queue.bytes
    let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let open = try #require(rpc__v1__open__unpack(nil, bytes.count, start))
    defer { rpc__v1__open__free_unpacked(open, nil) }
    #expect(String(cString: open.pointee.method) == "a.B/C")
    #expect(open.pointee.time_remaining_us == 1 << 40)
    #expect(open.pointee.n_metadata == 2)
    #expect(open.pointee.metadata[0]?.pointee.value.len == 200)
    #expect(open.pointee.trace.len == 25 && open.pointee.idempotency_key.len == 16)
    #expect(open.pointee.attempt == 4)
    let own = try OpenPayload(bytes)
    #expect(own.metadata == call.metadata && own.attempt == 4)
    #expect(own.microsecondsRemaining == 1 << 40)
  }

  @Test func othersStatusIsRead() throws {
    var status = Rpc__V1__Status()
    rpc__v1__status__init(&status)
    status.code = 10
    status.retry_delay_us = 1_500_000
    status.processed = RPC__V1__PROCESSED__PROCESSED_REPLAYED
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = rpc__v1__status__pack(&status, &bytes)
    let own = try bytes[..<count].withUnsafeBytes { try StatusPayload($0) }
    #expect(own.error.code == .aborted)
    #expect(own.error.retryDelay == .milliseconds(1500))
    #expect(own.error.processed == .replayed)
  }

  @Test(
    arguments: [
      [0x08], [0x08, 0x80], [0x0a, 5, 1], [0x00, 1], [0x0b], [0x0f, 1],
      [UInt8](repeating: 0xff, count: 12), [0x08] + [UInt8](repeating: 0x80, count: 11),
      [0x09, 1, 2], [0x0d, 1],
    ] as [[UInt8]]
  )
  func malformedBytesAreRefused(bytes: [UInt8]) {
    #expect(throws: MalformedPayload.self) {
      try bytes.withUnsafeBytes { try StatusPayload($0) }
    }
  }

  @Test func unknownFieldsAreSkipped() throws {
    let bytes: [UInt8] = [
      0x98, 0x06, 7, 0x9a, 0x06, 1, 9, 0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0x9d, 0x06, 1, 2, 3, 4,
      0x08, 5,
    ]
    let status = try bytes.withUnsafeBytes { try StatusPayload($0) }
    #expect(status.error.code == .notFound)
  }
}
