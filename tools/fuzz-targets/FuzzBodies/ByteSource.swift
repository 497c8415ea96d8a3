/// The input of a run, taken from the front; zeros when it is used up.
struct ByteSource {
  private(set) var rest: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { rest = bytes }

  var isEmpty: Bool { rest.isEmpty }

  mutating func byte() -> UInt8 {
    guard let first = rest.first else { return 0 }
    rest = UnsafeRawBufferPointer(rebasing: rest[1...])
    return first
  }

  mutating func integer(bytes count: Int) -> UInt64 {
    (0..<count).reduce(0) { value, _ in value << 8 | UInt64(byte()) }
  }

  /// At most so many bytes, in memory of their exact size, so that a sanitiser finds a read beyond.
  mutating func take(_ count: Int) -> [UInt8] {
    let part = rest.prefix(count)
    rest = UnsafeRawBufferPointer(rebasing: rest[part.endIndex...])
    return Array(part)
  }

  mutating func takeAll() -> [UInt8] { take(rest.count) }
}
