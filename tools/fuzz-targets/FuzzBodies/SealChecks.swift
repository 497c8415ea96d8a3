internal import Foundation
internal import Journal
internal import TestCertificates

/// Octets that were sealed, and those that pretend to be.
enum SealChecks {
  /// Somebody who is sealed to, made once for a process.
  private struct Recipient: Sendable {
    let certificate: SignerCertificate
    let key: SigningKey
    let sealed: [UInt8]

    init() throws {
      let identity = try TestAuthority().issue(.node("421224", "main"))
      let chain = try Data(contentsOf: URL(fileURLWithPath: identity.chain))
      guard let own = try SignerCertificate.chain(pem: Array(chain)).first else {
        throw FuzzFinding("no certificate")
      }
      certificate = own
      key = try SigningKey(pem: Array(try Data(contentsOf: URL(fileURLWithPath: identity.key))))
      sealed = try SealedEnvelope.seal(SealChecks.secret, to: [own])
    }
  }

  private static let secret = Array("what nobody else may read".utf8)
  private static let recipient = Result { try Recipient() }

  private static func opened(_ sealed: [UInt8]) throws -> [UInt8]? {
    let recipient = try recipient.get()
    return try? SealedEnvelope.open(
      sealed,
      certificate: recipient.certificate,
      key: recipient.key
    )
  }

  /// An envelope from anybody.
  static func envelope(_ bytes: [UInt8]) throws { _ = try opened(bytes) }

  /// An envelope with octets changed: the same content, or none.
  static func changedEnvelope(_ source: inout ByteSource) throws {
    let sealed = try recipient.get().sealed
    try check(try opened(sealed) == secret, "an envelope does not open")
    let changed = change(sealed, &source)
    let content = try opened(changed)
    try check(content == nil || content == secret, "a changed envelope opens to something else")
  }

  /// A key ring with bodies sealed under it, made once for a process.
  private final class Sealer: @unchecked Sendable {
    // Unchecked: a fuzz target runs on one thread at a time, and so do its tests.
    let context: SealerContext
    let wrapped: [UInt8]
    let sealed: [UInt8]

    init() throws {
      let path = NSTemporaryDirectory() + "registry-fuzz-\(UUID().uuidString)"
      try NodeKeyFile.create(at: path)
      defer { try? FileManager.default.removeItem(atPath: path) }
      context = try SealerContext(keyRing: NodeKeyFile.read(at: path))
      let key = try context.makeKey(for: SealChecks.household)
      wrapped = try context.wrap(key)
      sealed = try context.seal(
        SealChecks.secret,
        salt: .zero,
        key: key,
        binding: SealChecks.binding
      )
    }
  }

  private static let household = Bytes16(high: 3, low: 4)
  private static let binding = SealBinding.body(
    ofHousehold: household,
    stream: Bytes16(high: 1, low: 2),
    version: 5
  )
  private static let sealer = Result { try Sealer() }

  private static func opened(_ sealed: [UInt8], _ wrapped: [UInt8]) throws -> [UInt8]? {
    let sealer = try sealer.get()
    guard let key = try? sealer.context.unwrap(wrapped, household: household) else { return nil }
    return try? sealer.context.open(sealed, key: key, binding: binding).body
  }

  /// Sealed octets from anybody.
  static func sealed(_ bytes: [UInt8]) throws {
    let wrapped = try sealer.get().wrapped
    try check(try opened(bytes, wrapped) == nil, "octets open that nobody sealed")
    try check(try opened(try sealer.get().sealed, bytes) == nil, "a key that nobody wrapped")
  }

  /// Sealed octets, changed: they never open.
  static func changedBody(_ source: inout ByteSource) throws {
    let sealer = try sealer.get()
    let isKey = source.byte() & 1 == 1
    let changed = change(isKey ? sealer.wrapped : sealer.sealed, &source)
    let content = try isKey ? opened(sealer.sealed, changed) : opened(changed, sealer.wrapped)
    let isSame = changed == (isKey ? sealer.wrapped : sealer.sealed)
    try check(content == (isSame ? secret : nil), "changed octets open, or the same do not")
  }

  /// Places in two bytes each, and what is done there.
  private static func change(_ bytes: [UInt8], _ source: inout ByteSource) -> [UInt8] {
    var bytes = bytes
    while !source.isEmpty {
      let place = Int(source.integer(bytes: 2))
      let byte = source.byte()
      if place & 0x8000 != 0 {
        bytes = Array(bytes.prefix(place & 0x7fff))
      } else if place & 0x4000 != 0 {
        bytes.insert(byte, at: (place & 0x3fff) % (bytes.count + 1))
      } else if !bytes.isEmpty {
        bytes[place % bytes.count] ^= byte
      }
    }
    return bytes
  }
}
