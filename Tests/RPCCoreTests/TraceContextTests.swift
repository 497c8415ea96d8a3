import RPCCore
import Testing

@Suite struct TraceContextTests {
  @Test func readsAndWritesTraceparent() throws {
    let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    let context = try #require(TraceContext(traceparent: text))
    #expect(context.bytes.count == 25 && context.traceparent == text)
    #expect(TraceContext(bytes: context.bytes) == context)
    let made = TraceContext.random(isSampled: false)
    #expect(
      TraceContext(traceparent: made.traceparent) == made && made.traceparent.hasSuffix("-00")
    )
  }

  @Test(arguments: [
    "", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
    "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
    "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0g",
  ])
  func refusesEverythingElse(text: String) {
    #expect(TraceContext(traceparent: text) == nil)
  }

  @Test(arguments: [0, 24, 26]) func hasTwentyFiveBytes(count: Int) {
    #expect(TraceContext(bytes: Array(repeating: 1, count: count)) == nil)
  }
}
