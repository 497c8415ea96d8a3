internal import DequeModule

/// Closures of several owners: each owner's in order, the owners in turn, so that one that asks for much
/// makes nobody else wait for more than its share.
struct FairQueue {
  private var queues: [ObjectIdentifier: Deque<() -> Void>] = [:]
  /// Owners for whom closures wait, each once, the one whose turn is next in front.
  private var turns = Deque<ObjectIdentifier>()
  /// How many closures wait.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ body: @escaping () -> Void, of owner: ObjectIdentifier) {
    if queues[owner] == nil { turns.append(owner) }
    queues[owner, default: Deque()].append(body)
    count += 1
  }

  mutating func popFirst() -> (() -> Void)? {
    guard let owner = turns.popFirst(), let body = queues[owner]?.popFirst() else { return nil }
    count -= 1
    if queues[owner]?.isEmpty == true {
      queues[owner] = nil
    } else {
      turns.append(owner)
    }
    return body
  }

  /// How many closures at most have their turn before one that the owner adds now.
  func ahead(of owner: ObjectIdentifier) -> Int {
    let own = queues[owner]?.count ?? 0
    let others = turns.count - (own > 0 ? 1 : 0)
    return min(count, own + (own + 1) * others)
  }
}
