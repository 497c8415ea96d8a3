/// Who is at the other end, as the transport has verified it.
public struct Peer: Sendable, Hashable {
  /// The one URI name of the peer's certificate, such as `registry://421224/poverty-office/p0007`.
  public let identity: String
  /// The certificate's subject common name, for people; may be empty.
  public let commonName: String
  /// The socket address, or `in-process`.
  public let address: String
  /// SHA-256 of the certificate in DER; empty in process.
  public let fingerprint: [UInt8]
  /// The certificate in DER, by which what the peer signs can be checked; empty when there is none.
  public let certificate: [UInt8]

  /// Names a verified peer.
  public init(
    identity: String,
    commonName: String = "",
    address: String = "in-process",
    fingerprint: [UInt8] = [],
    certificate: [UInt8] = []
  ) {
    self.identity = identity
    self.commonName = commonName
    self.address = address
    self.fingerprint = fingerprint
    self.certificate = certificate
  }
}

/// The key under which a write is carried out once: 16 bytes that the caller draws at random.
public struct IdempotencyKey: Sendable, Hashable {
  /// The 16 bytes.
  public let bytes: [UInt8]

  /// Takes exactly 16 bytes; anything else gives nil.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    self.bytes = bytes
  }

  /// Draws a key at random.
  public static func random() -> IdempotencyKey {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// Draws a key from a given source.
  public static func random(using generator: inout some RandomNumberGenerator) -> IdempotencyKey {
    IdempotencyKey(unchecked: (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }
}
