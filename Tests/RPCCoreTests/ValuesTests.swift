import RPCCore
import Testing

@Suite struct ValuesTests {
  @Test(arguments: [(0, "OK"), (13, "INTERNAL"), (16, "UNAUTHENTICATED"), (99, "CODE_99")])
  func codesHaveNames(code: UInt32, name: String) {
    #expect(StatusCode(rawValue: code).description == name)
  }

  @Test func unknownErrorsDoNotTellTheirWords() {
    struct Secret: Error { let words = "张三" }
    let sent = RPCError(sending: Secret())
    #expect(sent.code == .internalError)
    #expect(!sent.message.contains("张三"))
    #expect(RPCError(sending: CancellationError()).code == .cancelled)
  }

  @Test(arguments: [
    ("a-b_c.9", "x", true), ("A", "x", false), ("", "x", false), ("a", "中", false),
    ("a-bin", "中", true), ("a b", "x", false), ("a", "\u{7f}", false),
  ])
  func metadataChecksCharacters(key: String, value: String, good: Bool) {
    #expect(Metadata(entries: [.init(key: key, value: Array(value.utf8))]).isWellFormed == good)
  }

  @Test func deadlinesSaturate() {
    #expect(Deadline.after(.seconds(Int64.max)) <= .never)
    #expect(Deadline.after(.seconds(-5)).hasPassed())
    #expect(Deadline.never.remaining() == nil)
    #expect(Deadline(nanoseconds: 10).remaining(from: 20) == .zero)
  }

  @Test func idempotencyKeysAre16Bytes() {
    #expect(IdempotencyKey(bytes: [1]) == nil)
    #expect(IdempotencyKey.random().bytes.count == 16)
    #expect(IdempotencyKey.random() != IdempotencyKey.random())
  }
}
