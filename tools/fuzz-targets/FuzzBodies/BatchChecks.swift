internal import Compression
internal import Exchange
internal import Journal
internal import RPCCore
internal import RegistryAPI

/// Batches, as they travel on the wire and on media.
enum BatchChecks {
  /// Records: those that are read are written to the same bytes.
  static func records(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { octets in
      var reader = BatchReader(octets)
      var writer = BatchWriter()
      var whole = 0
      do throws(BatchFormatError) {
        while let record = try reader.next() {
          write(record, to: &writer)
          whole = reader.offset
        }
      } catch {
        guard (0...octets.count).contains(error.offset) else {
          throw FuzzFinding("a fault outside of the records")
        }
      }
      try check(reader.offset <= octets.count, "records are read beyond their end")
      try check(writer.octets == Array(octets[..<whole]), "records are written otherwise")
    }
  }

  private static func write(_ record: BatchRecord, to writer: inout BatchWriter) {
    switch record {
    case .certificate(let octets): writer.append(certificate: Array(octets))
    case .entry(let entry):
      switch entry.content {
      case .hash(let hash): writer.append(header: entry.headerOctets, bodyHash: hash)
      case .body(let salt, let body):
        salt.bytes.withUnsafeBytes {
          writer.append(header: entry.headerOctets, salt: $0, body: body)
        }
      }
    }
  }

  /// A header has one encoding.
  static func header(_ bytes: [UInt8]) throws {
    guard let header = try? EntryHeader(decoding: bytes) else { return }
    try check(header.encoded == bytes, "a header has two encodings")
  }

  private static func restore(_ bytes: [UInt8], _ count: Int) throws -> [UInt8]? {
    let decompressor = try Decompressor()
    return bytes.withUnsafeBytes { try? decompressor.decompress($0, count: count) }
  }

  /// A frame of a count that somebody else says.
  static func compressed(_ source: inout ByteSource) throws {
    let count = Int(source.integer(bytes: 3)) - 1
    let bytes = source.takeAll()
    try announced(bytes)
    guard let content = try restore(bytes, count) else { return }
    try check(content.count == count, "a frame of \(content.count) octets, not \(count)")
  }

  /// A frame that announces its content has that or none, without a look at anything beyond.
  private static func announced(_ bytes: [UInt8]) throws {
    guard let frame = bytes.withUnsafeBytes({ try? CompressedFrame($0) }),
      frame.contentCount <= 1 << 20
    else { return }
    let count = Int(frame.contentCount)
    let decompressor = try Decompressor()
    var content = [UInt8](repeating: 0, count: count)
    let isRestored = bytes.withUnsafeBytes { octets in
      content.withUnsafeMutableBytes { (try? decompressor.decompress(octets, into: $0)) != nil }
    }
    try check(
      try restore(bytes, count) == (isRestored ? content : nil),
      "a frame of \(count) octets has two contents"
    )
  }

  /// What was compressed is restored, and at no other count.
  static func compressing(_ bytes: [UInt8]) throws {
    let compressor = try Compressor()
    guard let frame = bytes.withUnsafeBytes({ try? compressor.compress($0) }) else {
      throw FuzzFinding("nothing is compressed")
    }
    try check(try restore(frame, bytes.count) == bytes, "what was compressed is not restored")
    for count in [bytes.count - 1, bytes.count + 1] {
      try check(try restore(frame, count) == nil, "restored to another count")
    }
    try check(try restore(frame + [0], bytes.count) == nil, "octets behind a frame are taken")
  }

  /// An offer with its manifest, its receipt, and an introduction.
  static func offer(_ bytes: [UInt8]) throws {
    if let offer = try? BatchOffer(wireArray: bytes),
      let manifest = try? BatchManifest(wireArray: offer.manifest)
    {
      try check(Statements.manifest(offer.manifest).count > offer.manifest.count, "no statement")
      if let key = VerifyingKey(manifest.root) {
        _ = try key.verifies(offer.signature, of: Statements.manifest(offer.manifest))
      }
    }
    if let signed = try? SignedReceipt(wireArray: bytes),
      let receipt = try? BatchReceipt(wireArray: signed.receipt),
      let key = VerifyingKey(receipt.root)
    {
      _ = try key.verifies(signed.signature, of: Statements.receipt(signed.receipt))
    }
    if let introduction = try? StreamIntroduction(wireArray: bytes) {
      let signed = try Statements.introduction(introduction)
      if let certificate = try? SignerCertificate(der: introduction.certificate) {
        _ = try certificate.verifies(introduction.signature, of: signed)
      }
    }
  }
}
