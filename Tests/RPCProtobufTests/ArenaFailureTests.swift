import RPCCore
import RPCProtobuf
import TestSchema
import Testing

/// Memory that runs out at every allocation in turn: the message is refused, and nothing else is lost.
struct ArenaFailureTests {
  @Test func readingEndsCleanlyWhereverMemoryRunsOut() throws {
    var random = RandomMessages(seed: 6)
    for _ in 0..<60 {
      let message = random.any()
      try runOut(of: message)
    }
  }

  private func runOut<M: RPCProtobuf.Message>(of message: M) throws {
    let bytes = try message.serializedBytes()
    var limits = DecodingLimits()
    var refused = 0
    var cap = 0
    while true {
      limits.arenaBytes = cap
      do {
        let read = try M(serializedBytes: bytes, limits: limits)
        #expect(read == message)
        break
      } catch {
        #expect(error.code == .resourceExhausted && !error.message.isEmpty)
        refused += 1
      }
      // The thread's arena is as it was: another message comes through.
      #expect(
        try Scalars(serializedBytes: Scalars(int32Value: 7).serializedBytes()).int32Value == 7
      )
      // Allocations are aligned to 8, so that no cap between is another case.
      cap += 8
      try #require(cap < 1 << 20, "\(M.self) is never read")
    }
    #expect(refused > 0)
  }

  /// A message within another's writing takes its memory above, and gives it back when it fails.
  @Test func writingWhatCannotBeWrittenGivesItsMemoryBack() throws {
    let wrong = Scalars(stringValue: "a\u{0}b")
    let whole = Repeated(strings: (0..<2_000).map { "text \($0)" })
    let bytes = try whole.serializedBytes()
    for _ in 0..<50 {
      #expect(throws: RPCError(.invalidArgument, "")) { try wrong.serializedBytes() }
      #expect(throws: RPCError(.invalidArgument, "")) {
        try Repeated(messages: Array(repeating: Scalars(), count: 500) + [wrong]).serializedBytes()
      }
      #expect(try whole.serializedBytes() == bytes)
    }
  }
}
