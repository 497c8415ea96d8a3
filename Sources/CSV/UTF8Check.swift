/// Validation of UTF-8 (Unicode 15, table 3-7); NUL counts as invalid, since no field may hold it.
enum UTF8Check {
  /// How far text is valid.
  struct Result: Equatable {
    /// Bytes that are whole, valid characters.
    var valid: Int
    /// Whether the byte at `valid` can never become valid; false at the end and for a character
    /// that is only cut off.
    var isBroken: Bool
  }

  static func isText(
    _ bytes: UnsafeRawBufferPointer,
    mayBeCut: Bool,
    passingNUL: Bool = false
  ) -> Bool {
    let result = check(bytes, passingNUL: passingNUL)
    return !result.isBroken && (mayBeCut || result.valid == bytes.count)
  }

  static func check(_ bytes: UnsafeRawBufferPointer, passingNUL: Bool = false) -> Result {
    guard let base = bytes.baseAddress else { return Result(valid: 0, isBroken: false) }
    let count = bytes.count
    var i = 0
    while i < count {
      let lead = base.load(fromByteOffset: i, as: UInt8.self)
      if lead < 0x80 {
        if lead == 0, !passingNUL { return Result(valid: i, isBroken: true) }
        i += 1
        while i + 8 <= count,
          isASCIIWithoutNUL(base.loadUnaligned(fromByteOffset: i, as: UInt64.self))
        {
          i += 8
        }
        continue
      }
      guard let shape = Shape(lead: lead) else { return Result(valid: i, isBroken: true) }
      for k in 1...shape.trail {
        guard i + k < count else { return Result(valid: i, isBroken: false) }
        let byte = base.load(fromByteOffset: i + k, as: UInt8.self)
        let low = k == 1 ? shape.low : 0x80
        let high = k == 1 ? shape.high : 0xBF
        if byte < low || byte > high { return Result(valid: i, isBroken: true) }
      }
      i += shape.trail + 1
    }
    return Result(valid: i, isBroken: false)
  }

  @inline(__always)
  private static func isASCIIWithoutNUL(_ word: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    return (word | (word &- 0x0101_0101_0101_0101)) & high == 0
  }

  /// What may follow a lead byte: the number of trailing bytes and the range of the first of them.
  private struct Shape {
    let trail: Int
    let low: UInt8
    let high: UInt8

    @inline(__always)
    init?(lead: UInt8) {
      switch lead {
      case 0xE1...0xEC, 0xEE, 0xEF: (trail, low, high) = (2, 0x80, 0xBF)
      case 0xC2...0xDF: (trail, low, high) = (1, 0x80, 0xBF)
      case 0xE0: (trail, low, high) = (2, 0xA0, 0xBF)
      case 0xED: (trail, low, high) = (2, 0x80, 0x9F)
      case 0xF0: (trail, low, high) = (3, 0x90, 0xBF)
      case 0xF1...0xF3: (trail, low, high) = (3, 0x80, 0xBF)
      case 0xF4: (trail, low, high) = (3, 0x80, 0x8F)
      default: return nil
      }
    }
  }
}
