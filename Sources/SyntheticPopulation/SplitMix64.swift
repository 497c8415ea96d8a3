/// A small generator of pseudo-random numbers: the same seed gives the same numbers everywhere.
///
/// The algorithm is SplitMix64 (Steele, Lea and Flood, 2014; public domain).
package struct SplitMix64: Sendable {
  private var state: UInt64

  /// Starts a sequence.
  package init(seed: UInt64) { state = seed }

  /// The next 64 bits.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, a bound above 0.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number of a range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in so many of a thousand cases.
  mutating func chance(_ thousandths: Int) -> Bool { below(1000) < thousandths }

  /// One of some elements, each as likely.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}

/// Elements drawn by weight.
struct WeightedTable<Element: Sendable>: Sendable {
  private let elements: [Element]
  /// Running sums of the weights, the last 2^32.
  private let sums: [UInt64]

  /// Makes a table; weights are positive or zero, not all zero.
  init(_ weighted: [(Element, Double)]) {
    let total = weighted.reduce(0) { $0 + $1.1 }
    elements = weighted.map(\.0)
    var sum = 0.0
    sums = weighted.map { element in
      sum += element.1
      return UInt64(sum / total * 4_294_967_296)
    }
  }

  func draw(_ random: inout SplitMix64) -> Element {
    let value = random.next() >> 32
    var low = 0
    var high = elements.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > value { high = middle } else { low = middle + 1 }
    }
    return elements[low]
  }
}
