/// Kinds by their shares, counted out instead of drawn: next is always the one that lacks most.
///
/// Of n that were counted, no kind's number is further than about one step from its share of n.
struct Quota<Kind: Sendable>: Sendable {
  private let kinds: [Kind]
  private let shares: [Double]
  private(set) var counts: [Int]
  private var total = 0

  /// Makes a quota; weights are positive or zero, not all zero.
  init(_ weighted: [(Kind, Double)]) {
    let sum = weighted.reduce(0) { $0 + $1.1 }
    kinds = weighted.map(\.0)
    shares = weighted.map { $0.1 / sum }
    counts = Array(repeating: 0, count: weighted.count)
  }

  /// The place of the kind that lacks most, among those that fit; nil if none does.
  func next(where fits: (Kind) -> Bool = { _ in true }) -> Int? {
    kinds.indices.filter { fits(kinds[$0]) && shares[$0] > 0 }
      .max { lack($0) < lack($1) }
  }

  /// The kind at a place.
  func kind(at place: Int) -> Kind { kinds[place] }

  /// Counts so many more of a kind.
  mutating func count(_ number: Int, at place: Int) {
    counts[place] += number
    total += number
  }

  private func lack(_ place: Int) -> Double {
    shares[place] * Double(total + 1) - Double(counts[place])
  }
}

/// Wholes in parts that add up to them.
enum Apportionment {
  /// A number in parts by weight: the largest remainders get what is left over, the first of equal
  /// ones before the others.
  static func parts(of whole: Int, by weights: [Double]) -> [Int] {
    let sum = weights.reduce(0, +)
    guard sum > 0 else { return weights.map { _ in 0 } }
    let exact = weights.map { Double(whole) * $0 / sum }
    var parts = exact.map { Int($0) }
    let left = whole - parts.reduce(0, +)
    let order = parts.indices.sorted {
      let (first, second) = (exact[$0] - Double(parts[$0]), exact[$1] - Double(parts[$1]))
      return first == second ? $0 < $1 : first > second
    }
    for place in order.prefix(left) { parts[place] += 1 }
    return parts
  }
}
