/// The calls of one connection by their number: open addressing on odd, rising numbers.
///
/// A dictionary's hash costs more than everything else that is done for a frame.
struct CallTable {
  /// The numbers in their places; 0 is a free place.
  private var ids: [UInt32] = []
  private var calls: [WireCall?] = []
  private(set) var count = 0
  /// The call found last: the next frame is often for the same one.
  private var last: WireCall?

  /// Scattered, since a row of neighbours would have to be walked whenever one of them leaves.
  private func home(_ id: UInt32) -> Int {
    Int((id &* 0x9e37_79b1) >> 16) & (ids.count - 1)
  }

  private func next(_ position: Int) -> Int { (position + 1) & (ids.count - 1) }

  /// The place of a number, or nil.
  private func place(of id: UInt32) -> Int? {
    guard count > 0 else { return nil }
    var position = home(id)
    while ids[position] != id {
      if ids[position] == 0 { return nil }
      position = next(position)
    }
    return position
  }

  mutating func find(_ id: UInt32) -> WireCall? {
    if let last, last.id == id { return last }
    guard let position = place(of: id) else { return nil }
    last = calls[position]
    return last
  }

  mutating func insert(_ call: WireCall) {
    if (count + 1) * 2 > ids.count { grow() }
    put(call)
    count += 1
    last = call
  }

  mutating func remove(_ id: UInt32) {
    if last?.id == id { last = nil }
    guard var hole = place(of: id) else { return }
    // Close the gap, so that searches need no marks of what was removed.
    var position = next(hole)
    while ids[position] != 0 {
      let distance = (position - home(ids[position])) & (ids.count - 1)
      if distance >= (position - hole) & (ids.count - 1) {
        ids[hole] = ids[position]
        calls.swapAt(hole, position)
        hole = position
      }
      position = next(position)
    }
    ids[hole] = 0
    calls[hole] = nil
    count -= 1
  }

  /// Gives the memory of an empty table up.
  mutating func release() {
    guard count == 0 else { return }
    ids = []
    calls = []
  }

  /// All calls, in no order.
  var all: [WireCall] { calls.compactMap { $0 } }

  /// Looks at all calls, in no order, without a copy of the table; `body` must not change it.
  func forEach(_ body: (WireCall) -> Void) {
    for case let call? in calls { body(call) }
  }

  private mutating func put(_ call: WireCall) {
    var position = home(call.id)
    while ids[position] != 0 { position = next(position) }
    ids[position] = call.id
    calls[position] = call
  }

  private mutating func grow() {
    let old = calls
    let size = max(16, ids.count * 2)
    ids = Array(repeating: 0, count: size)
    calls = Array(repeating: nil, count: size)
    for case let call? in old { put(call) }
  }
}
