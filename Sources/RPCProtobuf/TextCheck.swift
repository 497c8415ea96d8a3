/// What is wrong with the bytes of a string field, if anything.
///
/// libprotobuf-c checks neither, and hands strings on as C strings, where a NUL would cut them.
enum TextCheck {
  case valid, invalidUTF8, containsNUL

  /// Checks for well-formed UTF-8 (Unicode 15, table 3-7) without NUL.
  static func check(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> TextCheck {
    var index = 0
    while index < count {
      if index &+ 8 <= count {
        let word = UnsafeRawPointer(bytes + index).loadUnaligned(as: UInt64.self)
        if word & 0x8080_8080_8080_8080 == 0 {
          // Among bytes below 0x80, only a NUL borrows its own top bit.
          if (word &- 0x0101_0101_0101_0101) & 0x8080_8080_8080_8080 != 0 { return .containsNUL }
          index &+= 8
          continue
        }
      }
      let first = bytes[index]
      if first < 0x80 {
        if first == 0 { return .containsNUL }
        index &+= 1
        continue
      }
      let length = sequenceLength(bytes + index, count &- index)
      if length == 0 { return .invalidUTF8 }
      index &+= length
    }
    return .valid
  }

  /// The length of the sequence of two to four bytes at the start; zero if it is not well-formed.
  @inline(__always)
  private static func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    let first = bytes[0]
    if first < 0xC2 || first > 0xF4 || count < 2 { return 0 }
    let second = bytes[1]
    if first < 0xE0 { return isContinuation(second) ? 2 : 0 }
    if first < 0xF0 {
      guard count >= 3, isContinuation(second), isContinuation(bytes[2]) else { return 0 }
      // Neither overlong nor a surrogate.
      if first == 0xE0 && second < 0xA0 || first == 0xED && second > 0x9F { return 0 }
      return 3
    }
    guard count >= 4, isContinuation(second), isContinuation(bytes[2]), isContinuation(bytes[3])
    else { return 0 }
    // Neither overlong nor beyond U+10FFFF.
    if first == 0xF0 && second < 0x90 || first == 0xF4 && second > 0x8F { return 0 }
    return 4
  }

  @inline(__always)
  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
