package import Journal

/// One record of a batch; its octets are the batch's own and must not outlive it.
package enum BatchRecord {
  /// An entry of the stream.
  case entry(BatchEntry)
  /// The certificate of a person whose signature stands in an entry that follows, in DER.
  case certificate(UnsafeRawBufferPointer)
}

/// An entry as it travels; its octets are the batch's own and must not outlive it.
package struct BatchEntry {
  /// What it is about.
  package let header: EntryHeader
  /// The header's octets, which the leaf hashes.
  package let headerOctets: UnsafeRawBufferPointer
  /// What it says, or its hash where that is withheld or erased.
  package let content: Content

  /// The content of an entry.
  package enum Content {
    /// Salt and body.
    case body(salt: Bytes16, UnsafeRawBufferPointer)
    /// Neither: the hash of both.
    case hash(Hash256)
  }
}

/// Why octets are no records of a batch.
package struct BatchFormatError: Error, Hashable, Sendable {
  /// Where, in octets from the start.
  package let offset: Int
  /// What is wrong there.
  package let reason: String
}

/// The first octet of a record (proto/EXCHANGE.md).
private enum RecordKind {
  static let body: UInt8 = 1
  static let hash: UInt8 = 2
  static let certificate: UInt8 = 3
}

/// Puts the records of a batch together.
package struct BatchWriter {
  /// The records so far, uncompressed.
  package private(set) var octets: [UInt8] = []
  /// The entries so far.
  package private(set) var entries = 0

  /// A batch without records.
  package init() {}

  /// Makes room beforehand.
  package mutating func reserve(_ count: Int) { octets.reserveCapacity(count) }

  /// Appends an entry with its content, which is salt ‖ body.
  package mutating func append(
    header: UnsafeRawBufferPointer,
    salt: UnsafeRawBufferPointer,
    body: UnsafeRawBufferPointer
  ) {
    octets.append(RecordKind.body)
    octets.append(contentsOf: header)
    octets.append(contentsOf: salt)
    append(length: body.count)
    octets.append(contentsOf: body)
    entries += 1
  }

  /// Appends an entry whose content is withheld or erased.
  package mutating func append(header: UnsafeRawBufferPointer, bodyHash: Hash256) {
    octets.append(RecordKind.hash)
    octets.append(contentsOf: header)
    bodyHash.withUnsafeBytes { octets.append(contentsOf: $0) }
    entries += 1
  }

  /// Appends a certificate, before the first entry whose signature needs it.
  package mutating func append(certificate: [UInt8]) {
    octets.append(RecordKind.certificate)
    append(length: certificate.count)
    octets.append(contentsOf: certificate)
  }

  private mutating func append(length: Int) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).bigEndian) {
      octets.append(contentsOf: $0)
    }
  }
}

/// Reads the records of a batch.
package struct BatchReader {
  /// Octets of a certificate at most.
  package static let certificateLimit = 16 << 10

  private let octets: UnsafeRawBufferPointer
  /// Octets read so far.
  package private(set) var offset = 0

  /// Reads octets, which must stay where they are while this is used.
  package init(_ octets: UnsafeRawBufferPointer) { self.octets = octets }

  /// The next record; nil at the end.
  ///
  /// Throws `BatchFormatError` for octets that `BatchWriter` does not make.
  package mutating func next() throws(BatchFormatError) -> BatchRecord? {
    guard offset < octets.count else { return nil }
    switch try take(1)[0] {
    case RecordKind.body:
      let (header, headerOctets) = try takeHeader()
      guard let salt = Bytes16(try take(16)) else { throw error("a salt is malformed") }
      let body = try take(try takeLength(limit: SealerContext.maximumBody))
      return .entry(
        BatchEntry(header: header, headerOctets: headerOctets, content: .body(salt: salt, body))
      )
    case RecordKind.hash:
      let (header, headerOctets) = try takeHeader()
      guard let hash = Hash256(try take(32)) else { throw error("a hash is malformed") }
      return .entry(
        BatchEntry(header: header, headerOctets: headerOctets, content: .hash(hash))
      )
    case RecordKind.certificate:
      return .certificate(try take(try takeLength(limit: Self.certificateLimit)))
    case let kind:
      throw error("a record of kind \(kind)")
    }
  }

  private mutating func takeHeader() throws(BatchFormatError) -> (
    EntryHeader, UnsafeRawBufferPointer
  ) {
    // The last octet of the fixed part is the actor's length.
    let fixed = EntryHeader.fixedCount
    guard octets.count - offset >= fixed else { throw error("a header is cut short") }
    let encoded = try take(fixed + Int(octets[offset + fixed - 1]))
    do throws(JournalError) {
      return (try EntryHeader(decoding: encoded), encoded)
    } catch let failure {
      throw error(failure.message)
    }
  }

  private mutating func takeLength(limit: Int) throws(BatchFormatError) -> Int {
    let octets = try take(4)
    let count = Int(UInt32(bigEndian: octets.loadUnaligned(as: UInt32.self)))
    guard count <= limit else { throw error("a length of \(count) octets") }
    return count
  }

  private mutating func take(_ count: Int) throws(BatchFormatError) -> UnsafeRawBufferPointer {
    guard octets.count - offset >= count else { throw error("a record is cut short") }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: octets[offset..<offset + count])
  }

  private func error(_ reason: String) -> BatchFormatError {
    BatchFormatError(offset: offset, reason: reason)
  }
}
