/// An index from names to codes, by their UTF-8 bytes.
///
/// A dictionary of strings would normalise Chinese names at each look-up, which costs an import
/// more than reading the file; here equal names are equal bytes.
struct NameIndex: Sendable {
  private var names: [String] = []
  private var codes: [Int32] = []
  /// Places in `names` plus one, by hash; 0 is free. A power of two, at most half full.
  private var slots: [Int32]

  init(capacity: Int) {
    var size = 8
    while size < capacity * 2 { size *= 2 }
    slots = Array(repeating: 0, count: size)
  }

  /// Makes an index of pairs.
  init(_ pairs: [(String, Int32)]) {
    self.init(capacity: pairs.count)
    for (name, code) in pairs { insert(name, code) }
  }

  /// Adds a name unless it is there.
  mutating func insert(_ name: String, _ code: Int32) {
    let slot = self.slot(of: name)
    guard slots[slot] == 0, names.count * 2 < slots.count else { return }
    names.append(name)
    codes.append(code)
    slots[slot] = Int32(names.count)
  }

  /// The code of a name, or nil.
  subscript(name: String) -> Int32? {
    let place = slots[slot(of: name)]
    return place == 0 ? nil : codes[Int(place) - 1]
  }

  /// The slot that holds a name or, when none does, would.
  private func slot(of name: String) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: NameIndex.hash(name)) & mask
    while slots[slot] != 0, !names[Int(slots[slot]) - 1].utf8.elementsEqual(name.utf8) {
      slot = (slot + 1) & mask
    }
    return slot
  }

  /// FNV-1a.
  private static func hash(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}
