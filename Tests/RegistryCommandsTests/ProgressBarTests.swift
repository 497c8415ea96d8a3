internal import RegistryCommands
internal import Synchronization
internal import Testing

@Suite("Progress bar")
struct ProgressBarTests {
  private final class Time: Sendable {
    private let elapsed = Mutex(Duration.zero)
    private let start = ContinuousClock.now
    func pass(_ duration: Duration) { elapsed.withLock { $0 += duration } }
    var now: ContinuousClock.Instant { start + elapsed.withLock { $0 } }
  }

  private func console(_ sink: MemorySink, isTerminal: Bool) -> Console {
    Console(
      language: .en,
      environment: [:],
      output: MemorySink(),
      error: sink,
      errorIsTerminal: isTerminal,
      connect: { _ in throw CancellationError() }
    )
  }

  @Test("It shows share, rate and time left")
  func line() {
    let bar = ProgressBar(
      Text("import"),
      total: 20_000,
      unit: Text("people"),
      on: console(MemorySink(), isTerminal: true)
    )
    #expect(
      bar.line(5000, after: .seconds(2))
        == "import  [######------------------]  25 %  5,000/20,000 people  2,500/s  0:06 left"
    )
    #expect(
      bar.line(30_000, after: .seconds(1))
        == "import  [########################]  100 %  30,000/20,000 people  30,000/s"
    )
  }

  @Test("It redraws at most ten times a second and is silent where there is no terminal")
  func throttle() {
    let sink = MemorySink()
    let time = Time()
    let bar = ProgressBar(
      Text("x"),
      total: nil,
      unit: Text("rows"),
      on: console(sink, isTerminal: true),
      clock: { time.now }
    )
    for done in 0..<5 {
      bar.update(Int64(done))
      time.pass(.milliseconds(60))
    }
    bar.finish()
    bar.update(9)
    #expect(sink.text == "\rx  0 rows\u{1B}[K\rx  2 rows\u{1B}[K\rx  4 rows\u{1B}[K\r\u{1B}[K")

    let silent = MemorySink()
    let none = ProgressBar(
      Text("x"),
      total: nil,
      unit: Text("rows"),
      on: console(silent, isTerminal: false)
    )
    none.update(1)
    none.finish()
    #expect(silent.text.isEmpty)
  }
}
