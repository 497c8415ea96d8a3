package import CoreMetrics
package import RPCCore
internal import Synchronization

/// Keeps what parts of the process count through swift-metrics, so that it can be read back.
///
/// A counter, meter, recorder or timer is kept from its first use to the end of the process; who asks for
/// the same name and dimensions again goes on where it stood. A name that is in use for another kind gets a
/// handler whose values go nowhere.
package final class CountRegister: MetricsFactory {
  /// What a name stands for.
  package enum Kind: Sendable {
    /// Only rises.
    case counter
    /// Goes up and down.
    case gauge
    /// How many values there were, and their sum.
    case summary
    /// Durations.
    case histogram
  }

  /// A value at one moment.
  package enum Value: Sendable {
    /// Of a counter that counts whole things.
    case whole(Int64)
    /// Of a gauge, or a counter of fractions.
    case number(Double)
    /// Of a summary.
    case sum(count: UInt64, sum: Double)
    /// Of a timer.
    case durations(DurationCounts)
  }

  /// All values of one name.
  package struct Family: Sendable {
    /// As it was given to swift-metrics.
    package let label: String
    /// What it stands for.
    package let kind: Kind
    /// The values with their dimensions.
    package let values: [(dimensions: [(String, String)], value: Value)]
  }

  private struct Key: Hashable {
    let names: [String]
    let values: [String]

    init(_ dimensions: [(String, String)]) {
      names = dimensions.map(\.0)
      values = dimensions.map(\.1)
    }
  }

  private struct Shelf {
    let kind: Kind
    var handlers: [Key: any Readable] = [:]
  }

  private let shelves = Mutex<[String: Shelf]>([:])

  /// Empty.
  package init() {}

  /// That of the process, which swift-metrics uses from its first mention on.
  package static let ofProcess: CountRegister = {
    let register = CountRegister()
    MetricsSystem.bootstrap(register)
    return register
  }()

  /// What was counted so far, by name.
  package var families: [Family] {
    shelves.withLock { shelves in
      shelves.sorted { $0.key < $1.key }.map { label, shelf in
        Family(
          label: label,
          kind: shelf.kind,
          values: shelf.handlers
            .sorted { $0.key.values.lexicographicallyPrecedes($1.key.values) }
            .map { key, handler in (Array(zip(key.names, key.values)), handler.value) }
        )
      }
    }
  }

  /// The handler of a name and its dimensions, made where there is none.
  private func handler<Handler: Readable>(
    _ label: String,
    _ dimensions: [(String, String)],
    _ kind: Kind,
    _ make: () -> Handler
  ) -> Handler {
    shelves.withLock { shelves in
      var shelf = shelves[label] ?? Shelf(kind: kind)
      let key = Key(dimensions)
      if let known = shelf.handlers[key] as? Handler, shelf.kind == kind { return known }
      let made = make()
      guard shelf.kind == kind, shelf.handlers[key] == nil else { return made }
      shelf.handlers[key] = made
      shelves[label] = shelf
      return made
    }
  }

  // MARK: What swift-metrics asks for

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    handler(label, dimensions, .counter) { WholeCount() }
  }

  package func makeFloatingPointCounter(
    label: String,
    dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    handler(label, dimensions, .counter) { Number() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    handler(label, dimensions, .gauge) { Number() }
  }

  package func makeRecorder(
    label: String,
    dimensions: [(String, String)],
    aggregate: Bool
  ) -> any RecorderHandler {
    aggregate
      ? handler(label, dimensions, .summary) { Summary() }
      : handler(label, dimensions, .gauge) { Number() }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    handler(label, dimensions, .histogram) { Durations() }
  }

  // A count that went away would begin at zero when it came back.
  package func destroyCounter(_ handler: any CounterHandler) {}
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
  package func destroyMeter(_ handler: any MeterHandler) {}
  package func destroyRecorder(_ handler: any RecorderHandler) {}
  package func destroyTimer(_ handler: any TimerHandler) {}
}

/// A handler whose value can be read.
private protocol Readable: AnyObject, Sendable {
  var value: CountRegister.Value { get }
}

private final class WholeCount: CounterHandler, Readable {
  private let count = Mutex<Int64>(0)

  var value: CountRegister.Value { .whole(count.withLock { $0 }) }

  func increment(by amount: Int64) {
    count.withLock { count in
      let (sum, overflow) = count.addingReportingOverflow(amount)
      count = overflow ? .max : sum
    }
  }

  func reset() { count.withLock { $0 = 0 } }
}

private final class Number: FloatingPointCounterHandler, MeterHandler, RecorderHandler, Readable {
  private let number = Mutex<Double>(0)

  var value: CountRegister.Value { .number(number.withLock { $0 }) }

  func increment(by amount: Double) { number.withLock { $0 += amount } }
  func decrement(by amount: Double) { number.withLock { $0 -= amount } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { number.withLock { $0 = value } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }
  func reset() { set(0.0) }
}

private final class Summary: RecorderHandler, Readable {
  private let state = Mutex<(count: UInt64, sum: Double)>((0, 0))

  var value: CountRegister.Value {
    let (count, sum) = state.withLock { $0 }
    return .sum(count: count, sum: sum)
  }

  func record(_ value: Int64) { record(Double(value)) }

  func record(_ value: Double) {
    state.withLock { state in
      state.count &+= 1
      state.sum += value
    }
  }
}

private final class Durations: CoreMetrics.TimerHandler, Readable {
  private let counts = Mutex(DurationCounts())

  var value: CountRegister.Value { .durations(counts.withLock { $0 }) }

  func recordNanoseconds(_ duration: Int64) {
    counts.withLock { $0.note(UInt64(max(0, duration))) }
  }
}
