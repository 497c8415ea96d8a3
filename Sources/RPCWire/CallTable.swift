/// The calls of one connection by their number: open addressing on odd, rising numbers.
///
/// A dictionary's hash costs more than everything else that is done for a frame.
struct CallTable {
  private var slots: [WireCall?]
  private(set) var count = 0
  /// The call found last: the next frame is often for the same one.
  private var last: WireCall?

  init() { slots = [] }

  private func home(_ id: UInt32) -> Int { Int(id >> 1) & (slots.count - 1) }

  mutating func find(_ id: UInt32) -> WireCall? {
    if let last, last.id == id { return last }
    guard count > 0 else { return nil }
    var position = home(id)
    while let call = slots[position] {
      if call.id == id {
        last = call
        return call
      }
      position = (position + 1) & (slots.count - 1)
    }
    return nil
  }

  mutating func insert(_ call: WireCall) {
    if (count + 1) * 2 > slots.count { grow() }
    place(call)
    count += 1
    last = call
  }

  mutating func remove(_ id: UInt32) {
    if last?.id == id { last = nil }
    guard count > 0 else { return }
    var hole = home(id)
    while let call = slots[hole], call.id != id { hole = (hole + 1) & (slots.count - 1) }
    guard slots[hole] != nil else { return }
    slots[hole] = nil
    count -= 1
    // Close the gap, so that searches need no marks of what was removed.
    var position = (hole + 1) & (slots.count - 1)
    while let call = slots[position] {
      let distance = (position - home(call.id)) & (slots.count - 1)
      if distance >= (position - hole) & (slots.count - 1) {
        slots[hole] = call
        slots[position] = nil
        hole = position
      }
      position = (position + 1) & (slots.count - 1)
    }
    if count == 0 && slots.count > 32 { slots = [] }
  }

  /// All calls, in no order.
  var all: [WireCall] { slots.compactMap { $0 } }

  /// Visits all calls without collecting them.
  func forEach(_ body: (WireCall) -> Void) {
    for case let call? in slots { body(call) }
  }

  private mutating func place(_ call: WireCall) {
    var position = home(call.id)
    while slots[position] != nil { position = (position + 1) & (slots.count - 1) }
    slots[position] = call
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: max(16, old.count * 2))
    for case let call? in old { place(call) }
  }
}
