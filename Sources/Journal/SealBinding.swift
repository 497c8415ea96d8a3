/// Where sealed octets belong: they open there and nowhere else.
///
/// A binding holds only what is the same on every node, so that a journal's sealed bodies travel
/// as they are and the receiver wraps the household's key anew. It holds no sequence, which is
/// given later, at the durable append: order is the tree's matter (proto/JOURNAL.md, "Sealing").
package struct SealBinding: Hashable, Sendable {
  /// What the octets are; values are fixed for ever.
  package struct Place: Hashable, Sendable, RawRepresentable {
    /// The number in the encoding.
    package let rawValue: UInt16

    /// The value of a number.
    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    /// The body of a journal entry.
    package static let body = Place(rawValue: 1)
    /// The first number for columns of tables.
    package static let firstColumn: UInt16 = 256
  }

  /// What the octets are.
  package var place: Place
  /// Whose key seals them.
  package var household: Bytes16
  /// The stream in which the version was minted.
  package var stream: Bytes16
  /// What the octets describe.
  package var subjectKind: SubjectKind
  /// Which one.
  package var subject: Bytes16
  /// The subject's version that they describe (the entry's version after).
  package var version: UInt64

  /// A place of its own; `body(ofHousehold:stream:version:)` makes the usual one.
  package init(
    place: Place,
    household: Bytes16,
    stream: Bytes16,
    subjectKind: SubjectKind,
    subject: Bytes16,
    version: UInt64
  ) {
    self.place = place
    self.household = household
    self.stream = stream
    self.subjectKind = subjectKind
    self.subject = subject
    self.version = version
  }

  /// The body of a household's own entry that made this version.
  package static func body(
    ofHousehold household: Bytes16,
    stream: Bytes16,
    version: UInt64
  ) -> SealBinding {
    SealBinding(
      place: .body,
      household: household,
      stream: stream,
      subjectKind: .household,
      subject: household,
      version: version
    )
  }

  /// Lends the associated data, in network byte order.
  func withEncoded<Result>(
    _ body: (UnsafeRawBufferPointer) throws(JournalError) -> Result
  ) throws(JournalError) -> Result {
    var encoded: Encoded = (0, 0, 0, 0, 0, 0, 0, 0)
    encoded.0 =
      (UInt64(SealedFormat.associated) << 56 | UInt64(place.rawValue) << 16
      | UInt64(subjectKind.rawValue)).bigEndian
    encoded.1 = household.high.bigEndian
    encoded.2 = household.low.bigEndian
    encoded.3 = stream.high.bigEndian
    encoded.4 = stream.low.bigEndian
    encoded.5 = subject.high.bigEndian
    encoded.6 = subject.low.bigEndian
    encoded.7 = version.bigEndian
    return try withUnsafeBytes(of: encoded, body)
  }

  private typealias Encoded = (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)
}

/// The layouts of sealed octets (proto/JOURNAL.md, "Sealing").
enum SealedFormat {
  /// The first octet of sealed bodies and columns.
  static let sealed: UInt8 = 1
  /// The first octet of wrapped keys.
  static let wrapped: UInt8 = 2
  /// The first octet of the associated data of bodies and columns.
  static let associated: UInt8 = 3
  static let nonceCount = 12
  static let tagCount = 16
  static let saltCount = 16
  static let keyCount = 32
  /// Octets that sealing adds to a body: format, nonce, salt, tag.
  static let overhead = 1 + nonceCount + saltCount + tagCount
  /// Format, key id, nonce, key, tag.
  static let wrappedCount = 1 + 4 + nonceCount + keyCount + tagCount
}
