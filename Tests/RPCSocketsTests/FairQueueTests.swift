import Testing

@testable import RPCSockets

@Suite struct FairQueueTests {
  private final class Owner {}
  private final class Order { var names: [String] = [] }

  private let owners = (0..<3).map { _ in Owner() }
  private let order = Order()

  private func append(_ name: String, of owner: Int, to queue: inout FairQueue) {
    let order = order
    queue.append({ order.names.append(name) }, of: ObjectIdentifier(owners[owner]))
  }

  private func ahead(_ owner: Int, _ queue: FairQueue) -> Int {
    queue.ahead(of: ObjectIdentifier(owners[owner]))
  }

  @Test func ownersHaveTheirTurns() {
    var queue = FairQueue()
    for name in ["a1", "a2", "a3", "a4"] { append(name, of: 0, to: &queue) }
    append("b1", of: 1, to: &queue)
    for name in ["c1", "c2"] { append(name, of: 2, to: &queue) }
    #expect(queue.count == 7)
    for _ in 0..<4 { queue.popFirst()?() }
    // Who comes again is behind those that wait.
    append("b2", of: 1, to: &queue)
    while let body = queue.popFirst() { body() }
    #expect(order.names == ["a1", "b1", "c1", "a2", "c2", "a3", "b2", "a4"])
    #expect(queue.isEmpty && queue.count == 0)
  }

  /// What is foretold is never less than what comes.
  @Test func aheadIsWhatComesBefore() {
    var queue = FairQueue()
    #expect(ahead(0, queue) == 0)
    for index in 0..<10 { append("a\(index)", of: 0, to: &queue) }
    #expect(ahead(0, queue) == 10)
    // One of the ten, not all.
    #expect(ahead(1, queue) == 1)
    append("b", of: 1, to: &queue)
    #expect(ahead(1, queue) == 3 && ahead(2, queue) == 2)
    append("c", of: 2, to: &queue)
    while order.names.last != "c" { queue.popFirst()?() }
    #expect(order.names == ["a0", "b", "c"])
  }
}
