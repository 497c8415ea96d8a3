internal import Testing

@testable internal import RPCSockets

struct TimerHeapTests {
  private final class Nothing: TimerHandler {
    func timerFired(_ timer: TimerID) {}
  }

  private let nothing = Nothing()

  @Test func firesByDeadlineThenByOrder() {
    var heap = TimerHeap()
    let late = heap.insert(deadline: 30, handler: nothing)
    let first = heap.insert(deadline: 10, handler: nothing)
    let second = heap.insert(deadline: 10, handler: nothing)
    #expect(heap.earliest == 10)
    let popped = [9, 10, 10, 29, 30].map { heap.popDue($0)?.timer }
    #expect(popped == [nil, first, second, nil, late])
    #expect(heap.earliest == nil)
  }

  @Test func aSpentTimerCancelsNothing() {
    var heap = TimerHeap()
    let spent = heap.insert(deadline: 1, handler: nothing)
    let popped = heap.popDue(1)
    #expect(popped?.timer == spent)
    let next = heap.insert(deadline: 2, handler: nothing)
    let removed = [spent, next, next].map { heap.remove($0) }
    #expect(removed == [false, true, false])
    #expect(heap.count == 0)
  }

  @Test func agreesWithASortedListUnderInsertionsAndCancellations() {
    var heap = TimerHeap()
    var model: [(deadline: UInt64, order: Int, timer: TimerID)] = []
    var random: UInt64 = 42
    func next(_ bound: UInt64) -> UInt64 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (random >> 33) % bound
    }
    for order in 0..<5_000 {
      if next(3) > 0 || model.isEmpty {
        let deadline = next(500)
        model.append((deadline, order, heap.insert(deadline: deadline, handler: nothing)))
      } else {
        let victim = model.remove(at: Int(next(UInt64(model.count))))
        let removed = heap.remove(victim.timer)
        #expect(removed)
      }
    }
    model.sort { ($0.deadline, $0.order) < ($1.deadline, $1.order) }
    var popped: [TimerID] = []
    while let due = heap.popDue(.max) { popped.append(due.timer) }
    #expect(popped == model.map(\.timer))
  }
}
