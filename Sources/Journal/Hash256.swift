/// A SHA-256 hash by value.
public struct Hash256: Hashable, Sendable {
  // The octets as they lie in memory; only equality looks at the words.
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  /// Octets in a hash.
  public static let byteCount = 32

  /// The hash of 32 octets, or nil for another count.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.byteCount else { return nil }
    self.init { $0.copyMemory(from: bytes) }
  }

  /// The hash of 32 octets, or nil for another count.
  public init?(_ bytes: [UInt8]) {
    guard let hash = bytes.withUnsafeBytes({ Hash256($0) }) else { return nil }
    self = hash
  }

  /// A hash whose 32 octets `fill` writes.
  init(fill: (UnsafeMutableRawBufferPointer) -> Void) {
    Swift.withUnsafeMutableBytes(of: &words, fill)
  }

  /// The 32 octets.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// Lends the 32 octets.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try Swift.withUnsafeBytes(of: words, body)
  }

  /// Equal for equal octets.
  public static func == (left: Self, right: Self) -> Bool { left.words == right.words }

  /// Hashes eight octets, which are as good as all.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
  }
}

extension Hash256: CustomStringConvertible {
  /// Sixty-four hexadecimal digits.
  public var description: String { hexadecimal(bytes) }
}
