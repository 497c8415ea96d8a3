import Testing

@testable import RPCWire

@Suite struct CallStateTests {
  /// All sequences of up to four moves, against the table in words.
  @Test func legalMovesAreThoseOfTheTable() {
    func walk(_ state: CallState, _ history: [CallState.Move]) {
      guard history.count < 4 else { return }
      for move in CallState.Move.allCases {
        var next = state
        let isLegal = next.apply(move)
        #expect(isLegal == Self.expected(move, after: history), "\(move) after \(history)")
        if isLegal { walk(next, history + [move]) } else { #expect(next == state) }
      }
    }
    walk(CallState(), [])
  }

  private static func expected(_ move: CallState.Move, after history: [CallState.Move]) -> Bool {
    if history.contains(.status) || history.contains(.reset) { return false }
    switch move {
    case .requestData, .requestEnd: return !history.contains(.requestEnd)
    case .responseHead:
      return !history.contains { [.responseHead, .responseData, .responseEnd].contains($0) }
    case .responseData, .responseEnd: return !history.contains(.responseEnd)
    case .status, .reset: return true
    }
  }
}

@Suite struct CallTableTests {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func findsWhatADictionaryFinds(seed: UInt64) {
    var random = Seeded(state: seed)
    var table = CallTable()
    var reference: [UInt32: ObjectIdentifier] = [:]
    for _ in 0..<4000 {
      // Numbers far apart share places in the table.
      let id = UInt32.random(in: 0..<200, using: &random) * 2 + 1 + (seed % 2 == 0 ? 0 : 64)
      if Bool.random(using: &random), reference[id] == nil {
        let call = WireCall(id: id, window: 1, credit: 1, maximumMessageBytes: 1)
        table.insert(call)
        reference[id] = ObjectIdentifier(call)
      } else if Bool.random(using: &random) {
        table.remove(id)
        reference[id] = nil
      }
      let found = table.find(id).map { ObjectIdentifier($0) }
      #expect(found == reference[id])
      #expect(table.count == reference.count)
    }
    #expect(Set(table.all.map(\.id)) == Set(reference.keys))
  }
}

@Suite struct ByteQueueTests {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func holdsWhatAnArrayHolds(seed: UInt64) {
    var random = Seeded(state: seed)
    var queue = ByteQueue()
    var reference: [UInt8] = []
    for step in 0..<500 {
      if Int.random(in: 0..<3, using: &random) < 2 {
        let count = Int.random(in: 0...(step % 100 == 0 ? 50_000 : 60), using: &random)
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &+ step) }
        bytes.withUnsafeBytes { buffer in
          if let start = buffer.baseAddress { queue.append(start, count: buffer.count) }
        }
        reference += bytes
      } else {
        let count = Int.random(in: 0...(reference.count + 3), using: &random)
        queue.consume(count)
        reference.removeFirst(min(count, reference.count))
      }
      #expect(queue.bytes.elementsEqual(reference))
    }
    queue.consume(.max)
    #expect(queue.isEmpty && queue.keptBytes <= 2048)
  }
}
