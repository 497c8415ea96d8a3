extension EntryHeader {
  /// The number of this layout: the first octet of every header.
  static let format: UInt8 = 1
  /// Octets before the actor.
  package static let fixedCount = 77

  /// The header's only encoding, 78 to 332 octets.
  public var encoded: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.fixedCount + actor.utf8.count)
    append(to: &bytes)
    return bytes
  }

  /// Appends the header's encoding.
  public func append(to bytes: inout [UInt8]) {
    bytes.append(Self.format)
    bytes.append(subjectKind.rawValue)
    bytes.append(bigEndian: flags.rawValue)
    bytes.append(bigEndian: schemaVersion)
    bytes.append(bigEndian: operation.rawValue)
    stream.append(to: &bytes)
    bytes.append(bigEndian: epoch)
    bytes.append(bigEndian: sequence)
    bytes.append(bigEndian: instant)
    subject.append(to: &bytes)
    bytes.append(bigEndian: versionBefore)
    bytes.append(bigEndian: versionAfter)
    // The initialiser allows 255 octets at most.
    bytes.append(UInt8(truncatingIfNeeded: actor.utf8.count))
    bytes.append(contentsOf: actor.utf8)
  }

  /// Decodes a header that fills the octets exactly.
  ///
  /// Throws `JournalError` (`malformed`) for everything that `encoded` does not produce.
  public init(decoding bytes: UnsafeRawBufferPointer) throws(JournalError) {
    try require(bytes.count > Self.fixedCount, "the header is too short")
    try require(bytes[0] == Self.format, "the header has format \(bytes[0])")
    let length = Int(bytes[Self.fixedCount - 1])
    try require(bytes.count == Self.fixedCount + length, "the header's length is wrong")
    try self.init(
      stream: bytes.bytes16(at: 8),
      epoch: bytes.integer(at: 24),
      sequence: bytes.integer(at: 28),
      instant: bytes.integer(at: 36),
      actor: String(decoding: bytes[Self.fixedCount...], as: UTF8.self),
      operation: EntryOperation(rawValue: bytes.integer(at: 6)),
      subjectKind: SubjectKind(rawValue: bytes[1]),
      subject: bytes.bytes16(at: 44),
      versionBefore: bytes.integer(at: 60),
      versionAfter: bytes.integer(at: 68),
      schemaVersion: bytes.integer(at: 4),
      flags: EntryFlags(rawValue: bytes.integer(at: 2))
    )
  }

  /// Decodes a header that fills the octets exactly; see `init(decoding:)`.
  public init(decoding bytes: [UInt8]) throws(JournalError) {
    self = try bytes.withOctets { buffer throws(JournalError) in
      try EntryHeader(decoding: buffer)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// An integer in network byte order; the caller has checked the count.
  func integer<Value: FixedWidthInteger & BitwiseCopyable>(at offset: Int) -> Value {
    Value(bigEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
  }

  /// Sixteen octets; the caller has checked the count.
  func bytes16(at offset: Int) -> Bytes16 {
    Bytes16(high: integer(at: offset), low: integer(at: offset + 8))
  }
}
