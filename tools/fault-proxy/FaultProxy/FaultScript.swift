/// Which way octets go.
package enum FlowDirection: String, Sendable, Hashable, CaseIterable {
  /// From the client to the server.
  case up
  /// From the server to the client.
  case down
}

/// One thing that goes wrong on a connection.
package struct Fault: Sendable, Hashable {
  /// What happens once so many octets were passed on.
  package enum Kind: Sendable, Hashable {
    /// Both sides are closed in an orderly way.
    case close
    /// Both sides are reset.
    case reset
    /// Nothing goes this way any more for some milliseconds, or for ever; the other way goes on.
    case stall(milliseconds: Int?)
    /// This way goes at so many octets a second.
    case slow(octetsPerSecond: Int)
    /// The server's side is closed and the client hears nothing of it.
    case halfOpen
    /// The octet is passed on with its bits turned.
    case corrupt
    /// The octets from the first to this one are sent a second time.
    case replay
  }

  /// The connection's number, from 1; nil for every one.
  package var connection: Int?
  /// The way that is counted and concerned.
  package var direction: FlowDirection
  /// How many octets pass before it happens.
  package var offset: Int
  /// What happens.
  package var kind: Kind

  /// Names everything.
  package init(
    connection: Int? = nil,
    _ direction: FlowDirection,
    at offset: Int,
    _ kind: Kind
  ) {
    self.connection = connection
    self.direction = direction
    self.offset = offset
    self.kind = kind
  }
}

/// What goes wrong, connection by connection.
package struct FaultScript: Sendable, Hashable {
  /// The faults that are written down.
  package var faults: [Fault]
  /// Octets that pass between two cuts on the average, at random places by the seed; nil for none.
  package var meanOctetsBetweenCuts: Int?

  /// Nothing goes wrong unless it is said.
  package init(_ faults: [Fault] = [], meanOctetsBetweenCuts: Int? = nil) {
    self.faults = faults
    self.meanOctetsBetweenCuts = meanOctetsBetweenCuts
  }

  /// The faults of one way of a connection, in the order of their places.
  func faults(of connection: Int, _ direction: FlowDirection, seed: UInt64) -> [Fault] {
    var found = faults.filter {
      $0.direction == direction && ($0.connection ?? connection) == connection
    }
    if let cut = randomCut(of: connection, seed: seed), cut.direction == direction {
      found.append(cut)
    }
    return found.sorted { $0.offset < $1.offset }
  }

  /// Where chance cuts a connection; answers are shorter than what is sent, so their way is cut
  /// sooner.
  private func randomCut(of connection: Int, seed: UInt64) -> Fault? {
    guard let mean = meanOctetsBetweenCuts, mean > 0 else { return nil }
    var random = SplitMix(state: seed &+ UInt64(connection) &* 0x9E37_79B9_7F4A_7C15)
    let place = Int(random.next() % UInt64(2 * mean)) + 1
    let kind: Fault.Kind = random.next() % 2 == 0 ? .close : .reset
    return random.next() % 4 == 0
      ? Fault(.down, at: place / 8 + 1, kind) : Fault(.up, at: place, kind)
  }

  /// Reads `connection=N up|down at=N close|reset|stall[=MS]|slow=N|half-open|corrupt|replay`.
  ///
  /// Throws `FaultScriptError` that names the word.
  package static func fault(_ line: String) throws(FaultScriptError) -> Fault {
    var connection: Int?
    var direction: FlowDirection?
    var offset = 0
    var kind: Fault.Kind?
    for word in line.split(whereSeparator: \.isWhitespace) {
      let parts = word.split(separator: "=", maxSplits: 1)
      let number = parts.count > 1 ? Int(parts[1]).flatMap { $0 >= 0 ? $0 : nil } : nil
      guard parts.count == 1 || number != nil else { throw FaultScriptError(word: String(word)) }
      switch (String(parts.first ?? ""), number) {
      case ("connection", let number?): connection = number
      case ("at", let number?): offset = number
      case ("up", nil): direction = .up
      case ("down", nil): direction = .down
      case ("close", nil): kind = .close
      case ("reset", nil): kind = .reset
      case ("stall", let number): kind = .stall(milliseconds: number)
      case ("slow", let number?) where number > 0: kind = .slow(octetsPerSecond: number)
      case ("half-open", nil): kind = .halfOpen
      case ("corrupt", nil): kind = .corrupt
      case ("replay", nil): kind = .replay
      default: throw FaultScriptError(word: String(word))
      }
    }
    guard let kind else { throw FaultScriptError(word: line) }
    return Fault(connection: connection, direction ?? .up, at: offset, kind)
  }
}

/// A word of a script that says nothing.
package struct FaultScriptError: Error, Hashable, Sendable {
  /// The word.
  package let word: String
}

/// A small random generator, so that a seed gives the same faults everywhere.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
