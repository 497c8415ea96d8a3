/// How long to wait before a link is tried again: 1 s, longer by 1.6 each time, ± 20 %, up to a cap.
package struct LinkBackoff: Sendable {
  /// The longest wait before the 20 % are added.
  package let cap: Duration
  private var failures = 0

  /// The first wait.
  package static let first = Duration.seconds(1)

  /// Waits up to a cap.
  package init(cap: Duration) { self.cap = cap }

  /// The wait after one more failure.
  package mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
    var wait = Self.first
    for _ in 0..<failures where wait < cap { wait = wait * 16 / 10 }
    failures += 1
    return min(wait, cap) * Int.random(in: 80...120, using: &random) / 100
  }

  /// Starts again from the first wait, after progress.
  package mutating func reset() { failures = 0 }
}

/// How many octets a chunk has: half after a cut, half more after clean ones.
package struct ChunkSize: Sendable {
  /// The smallest chunk.
  package static let minimum = 4 << 10
  /// The chunk of a link that nothing is known of.
  package static let initial = 64 << 10
  /// Clean chunks before they grow.
  package static let patience = 4

  /// The octets of the next chunk.
  package private(set) var octets: Int
  private var maximum: Int
  private var clean = 0

  /// Chunks of at most `maximum` octets, the receiver's limit.
  package init(maximum: Int) {
    self.maximum = max(maximum, Self.minimum)
    octets = min(Self.initial, self.maximum)
  }

  /// The receiver takes no more than this.
  package mutating func limit(_ octets: Int) {
    maximum = max(min(maximum, octets), Self.minimum)
    self.octets = min(self.octets, maximum)
  }

  /// A chunk became durable.
  package mutating func succeeded() {
    clean += 1
    guard clean >= Self.patience else { return }
    clean = 0
    octets = min(octets * 3 / 2, maximum)
  }

  /// The link was cut.
  package mutating func failed() {
    clean = 0
    octets = max(octets / 2, Self.minimum)
  }
}
