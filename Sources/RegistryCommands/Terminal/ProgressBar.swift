internal import Synchronization

/// Shows on a terminal how far long work is; elsewhere it stays silent.
///
/// Redrawn at most ten times a second; `finish` removes it.
package final class ProgressBar: Sendable {
  private struct State {
    var drawnAt: ContinuousClock.Instant?
    var isFinished = false
  }

  private let title: String
  private let unit: Text
  private let total: Int64?
  private let language: Language
  private let sink: (any TextSink)?
  private let clock: @Sendable () -> ContinuousClock.Instant
  private let start: ContinuousClock.Instant
  private let state = Mutex(State())

  /// Makes a bar.
  ///
  /// - Parameters:
  ///   - title: what is being done.
  ///   - total: how much there is to do, nil when not known.
  ///   - unit: what is counted.
  ///   - console: where it is drawn: its standard error, when that is a terminal.
  ///   - clock: the time, for tests.
  package init(
    _ title: Text,
    total: Int64?,
    unit: Text,
    on console: Console,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.title = title(console.language)
    self.unit = unit
    self.total = total
    language = console.language
    sink = console.errorIsTerminal ? console.error : nil
    self.clock = clock
    start = clock()
  }

  /// Tells how much is done in all.
  package func update(_ done: Int64) {
    guard let sink else { return }
    let now = clock()
    let draws = state.withLock { state in
      if state.isFinished { return false }
      if let last = state.drawnAt, now - last < .milliseconds(100) { return false }
      state.drawnAt = now
      return true
    }
    if draws { try? sink.write("\r" + line(done, after: now - start) + "\u{1B}[K") }
  }

  /// Removes the bar.
  package func finish() {
    guard let sink else { return }
    let wasDrawn = state.withLock { state in
      state.isFinished = true
      return state.drawnAt != nil
    }
    if wasDrawn { try? sink.write("\r\u{1B}[K") }
  }

  /// The bar's text, without the characters that place it.
  package func line(_ done: Int64, after elapsed: Duration) -> String {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    let rate = seconds > 0.5 ? Double(done) / seconds : 0
    var parts = [title]
    if let total, total > 0 {
      let share = min(1, max(0, Double(done) / Double(total)))
      let filled = Int(share * 24)
      parts.append(
        "[\(String(repeating: "#", count: filled))\(String(repeating: "-", count: 24 - filled))]"
      )
      parts.append("\(Int(share * 100)) %")
      parts.append("\(Value.grouped(done))/\(Value.grouped(total)) \(unit(language))")
    } else {
      parts.append("\(Value.grouped(done)) \(unit(language))")
    }
    if rate >= 1 {
      parts.append("\(Value.grouped(Int64(min(rate, 1e15))))/s")
      if let total, total > done {
        let left = Int64(min(Double(total - done) / rate, 360_000))
        let clock = "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60)"
        parts.append(Text(en: "\(clock) left", zh: "剩余 \(clock)")(language))
      }
    }
    return parts.joined(separator: "  ")
  }
}
