/// Something that a timer wakes.
package protocol TimerHandler: AnyObject {
  /// Called on the loop once the timer's deadline has passed; the timer is spent.
  func timerFired(_ timer: TimerID)
}

/// A scheduled timer; valid until it fires or is cancelled, harmless afterwards.
package struct TimerID: Sendable, Hashable {
  let slot: UInt32
  let generation: UInt32
}

/// Timers by deadline: a binary heap that knows each timer's place, so that cancelling is O(log n)
/// and leaves nothing behind (a call's deadline is nearly always cancelled).
struct TimerHeap {
  private struct Entry {
    let deadline: UInt64
    let order: UInt64
    let slot: UInt32

    static func < (left: Entry, right: Entry) -> Bool {
      left.deadline != right.deadline ? left.deadline < right.deadline : left.order < right.order
    }
  }

  private struct Slot {
    var generation: UInt32 = 0
    var position: Int = -1
    var handler: (any TimerHandler)?
  }

  private var heap: [Entry] = []
  private var slots: [Slot] = []
  private var free: [UInt32] = []
  private var nextOrder: UInt64 = 0

  /// How many timers wait.
  var count: Int { heap.count }

  /// The earliest deadline (ns), nil without timers.
  var earliest: UInt64? { heap.first?.deadline }

  /// Adds a timer; equal deadlines fire in the order of insertion.
  mutating func insert(deadline: UInt64, handler: any TimerHandler) -> TimerID {
    let slot: UInt32
    if let reused = free.popLast() {
      slot = reused
    } else {
      slot = UInt32(slots.count)
      slots.append(Slot())
    }
    slots[Int(slot)].handler = handler
    heap.append(Entry(deadline: deadline, order: nextOrder, slot: slot))
    nextOrder &+= 1
    slots[Int(slot)].position = heap.count - 1
    siftUp(heap.count - 1)
    return TimerID(slot: slot, generation: slots[Int(slot)].generation)
  }

  /// Removes a timer; false when it had fired or been cancelled before.
  @discardableResult
  mutating func remove(_ timer: TimerID) -> Bool {
    let slot = Int(timer.slot)
    guard slot < slots.count, slots[slot].generation == timer.generation,
      slots[slot].position >= 0
    else { return false }
    removeEntry(at: slots[slot].position)
    return true
  }

  /// Takes the earliest timer whose deadline is not after `now`.
  mutating func popDue(_ now: UInt64) -> (timer: TimerID, handler: any TimerHandler)? {
    guard let first = heap.first, first.deadline <= now else { return nil }
    let slot = slots[Int(first.slot)]
    removeEntry(at: 0)
    guard let handler = slot.handler else { return nil }
    return (TimerID(slot: first.slot, generation: slot.generation), handler)
  }

  /// Forgets all timers.
  mutating func removeAll() {
    while let last = heap.last {
      removeEntry(at: slots[Int(last.slot)].position)
    }
  }

  private mutating func removeEntry(at position: Int) {
    let slot = Int(heap[position].slot)
    slots[slot].position = -1
    slots[slot].handler = nil
    slots[slot].generation &+= 1
    free.append(UInt32(slot))
    let last = heap.removeLast()
    guard position < heap.count else { return }
    place(last, at: position)
    siftUp(position)
    siftDown(slots[Int(last.slot)].position)
  }

  private mutating func place(_ entry: Entry, at position: Int) {
    heap[position] = entry
    slots[Int(entry.slot)].position = position
  }

  private mutating func siftUp(_ start: Int) {
    var position = start
    let entry = heap[position]
    while position > 0 {
      let parent = (position - 1) / 2
      guard entry < heap[parent] else { break }
      place(heap[parent], at: position)
      position = parent
    }
    if position != start { place(entry, at: position) }
  }

  private mutating func siftDown(_ start: Int) {
    var position = start
    let entry = heap[position]
    while true {
      var child = position * 2 + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      guard heap[child] < entry else { break }
      place(heap[child], at: position)
      position = child
    }
    if position != start { place(entry, at: position) }
  }
}
