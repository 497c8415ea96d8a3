/// The relation to the head, coded by GB/T 4761-2008 (two digits).
package enum Relation {
  /// The head (02 户主).
  package static let head: UInt32 = 2

  /// Whether a code is the head's spouse (10 配偶, 11 夫, 12 妻).
  @inline(__always)
  package static func isSpouse(_ code: UInt32) -> Bool { (10...12).contains(code) }

  /// The sex that a relation implies; nil when it implies none.
  package static func sex(of code: UInt32) -> Sex? {
    switch code {
    case 11, 20...29, 41, 43, 46, 47, 51, 53, 55, 57, 61, 63, 66, 71, 73, 76, 78, 81, 83, 85, 87,
      89, 93, 95:
      .male
    case 12, 30...39, 42, 44, 45, 48, 52, 54, 56, 58, 62, 64, 67, 72, 74, 75, 77, 82, 84, 86, 88,
      90, 94, 96:
      .female
    default: nil
    }
  }

  /// The code for a place on the forms of the national system (1 户主, 2 配偶, 3 之子 …).
  static func code(ofForm place: Int32) -> UInt32? {
    let codes: [UInt32] = [
      2, 10, 20, 30, 38, 28, 41, 42, 43, 44, 51, 52, 55, 56, 53, 54, 61, 62, 63, 64, 70, 47, 48,
      93, 94, 79, 97, 97,
    ]
    guard (1...28).contains(place) else { return nil }
    return codes[Int(place) - 1]
  }
}
