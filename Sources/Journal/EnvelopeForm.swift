/// The one form that seals of this project have.
///
/// CMS lets whoever writes an envelope choose its cipher, the length of its tag and the way keys are
/// wrapped. What a sender chooses must not weaken the seal (CVE-2026-34182), nor lead into code that no
/// seal of ours needs and that has written beyond its memory (CVE-2026-63072): whatever differs from the
/// form is refused before OpenSSL looks at it. Sources: RFC 5652, RFC 5083, RFC 5084, RFC 5753.
enum EnvelopeForm {
  /// Whether octets are an envelope in that form, and nothing behind it.
  static func fits(_ octets: [UInt8]) -> Bool {
    var file = DERReader(octets[...])
    guard var content = file.enter(.sequence), file.isAtEnd,
      content.takes(.identifier, ObjectIdentifiers.authEnvelopedData),
      var wrapped = content.enter(.constructed(0)), content.isAtEnd,
      var envelope = wrapped.enter(.sequence), wrapped.isAtEnd
    else { return false }
    return envelope.takes(.integer, [0]) && fitsRecipients(envelope.enter(.set))
      && fitsContent(envelope.enter(.sequence))
      && envelope.take(.octets)?.count == tagBytes && envelope.isAtEnd
  }

  private static let tagBytes = 16
  private static let nonceBytes = 12
  /// A key of 32 bytes, wrapped (RFC 3394).
  private static let wrappedKeyBytes = 40

  private static func fitsContent(_ content: DERReader?) -> Bool {
    guard var content, content.takes(.identifier, ObjectIdentifiers.data),
      var cipher = content.enter(.sequence),
      cipher.takes(.identifier, ObjectIdentifiers.aes256GCM),
      var parameters = cipher.enter(.sequence), cipher.isAtEnd,
      parameters.take(.octets)?.count == nonceBytes,
      parameters.takes(.integer, [UInt8(tagBytes)]), parameters.isAtEnd
    else { return false }
    return content.take(.primitive(0)) != nil && content.isAtEnd
  }

  private static func fitsRecipients(_ recipients: DERReader?) -> Bool {
    guard var recipients, !recipients.isAtEnd else { return false }
    while !recipients.isAtEnd {
      let fits =
        recipients.enter(.constructed(1)).map { fitsKeyAgreement($0) }
        ?? recipients.enter(.sequence).map { fitsKeyTransport($0) }
      guard fits == true else { return false }
    }
    return true
  }

  /// For keys of elliptic curves.
  private static func fitsKeyAgreement(_ recipient: DERReader) -> Bool {
    var recipient = recipient
    guard recipient.takes(.integer, [3]),
      var originator = recipient.enter(.constructed(0)),
      var key = originator.enter(.constructed(1)), originator.isAtEnd,
      var kind = key.enter(.sequence), kind.takes(.identifier, ObjectIdentifiers.curveKey),
      kind.isAtEnd, key.take(.bits) != nil, key.isAtEnd,
      var agreement = recipient.enter(.sequence),
      agreement.take(.identifier).map({ ObjectIdentifiers.agreements.contains(Array($0)) }) == true,
      var wrap = agreement.enter(.sequence), agreement.isAtEnd,
      wrap.takes(.identifier, ObjectIdentifiers.aes256Wrap), wrap.isAtEnd,
      var keys = recipient.enter(.sequence), recipient.isAtEnd, !keys.isAtEnd
    else { return false }
    while !keys.isAtEnd {
      guard var wrapped = keys.enter(.sequence),
        wrapped.take(.sequence) != nil || wrapped.take(.constructed(0)) != nil,
        wrapped.take(.octets)?.count == wrappedKeyBytes, wrapped.isAtEnd
      else { return false }
    }
    return true
  }

  /// For RSA keys.
  private static func fitsKeyTransport(_ recipient: DERReader) -> Bool {
    var recipient = recipient
    guard recipient.takes(.integer, [0]), recipient.take(.sequence) != nil,
      var way = recipient.enter(.sequence), way.takes(.identifier, ObjectIdentifiers.rsa),
      way.takes(.null, []), way.isAtEnd
    else { return false }
    return recipient.take(.octets) != nil && recipient.isAtEnd
  }
}

/// Object identifiers as DER has them.
private enum ObjectIdentifiers {
  /// 1.2.840.113549.1.9.16.1.23
  static let authEnvelopedData: [UInt8] = [
    0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x17,
  ]
  /// 1.2.840.113549.1.7.1
  static let data: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]
  /// 1.2.840.113549.1.1.1
  static let rsa: [UInt8] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01]
  /// 2.16.840.1.101.3.4.1.46
  static let aes256GCM: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2e]
  /// 2.16.840.1.101.3.4.1.45
  static let aes256Wrap: [UInt8] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2d]
  /// 1.2.840.10045.2.1
  static let curveKey: [UInt8] = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]
  /// Diffie-Hellman with a key of one use, its result hashed with SHA-1 (1.3.133.16.840.63.0.2, what
  /// OpenSSL writes), or SHA-224 to SHA-512 (1.3.132.1.11.0 to 3).
  static let agreements: [[UInt8]] =
    [[0x2b, 0x81, 0x05, 0x10, 0x86, 0x48, 0x3f, 0x00, 0x02]]
    + (0...3).map { [0x2b, 0x81, 0x04, 0x01, 0x0b, $0] }
}

/// Reads DER: elements of definite length, written in the shortest way.
struct DERReader {
  /// The kinds of elements that an envelope has.
  struct Tag {
    let octet: UInt8

    static let integer = Tag(octet: 0x02)
    static let bits = Tag(octet: 0x03)
    static let octets = Tag(octet: 0x04)
    static let null = Tag(octet: 0x05)
    static let identifier = Tag(octet: 0x06)
    static let sequence = Tag(octet: 0x30)
    static let set = Tag(octet: 0x31)

    static func primitive(_ number: UInt8) -> Tag { Tag(octet: 0x80 | number) }
    static func constructed(_ number: UInt8) -> Tag { Tag(octet: 0xa0 | number) }
  }

  private var rest: ArraySlice<UInt8>

  init(_ octets: ArraySlice<UInt8>) { rest = octets }

  var isAtEnd: Bool { rest.isEmpty }

  /// The content of the next element; nil, with nothing taken, where it is of another kind or is not DER.
  mutating func take(_ tag: Tag) -> ArraySlice<UInt8>? {
    guard rest.count >= 2, rest[rest.startIndex] == tag.octet else { return nil }
    var place = rest.startIndex + 2
    var length = Int(rest[rest.startIndex + 1])
    if length > 0x7f {
      let count = length & 0x7f
      guard (1...4).contains(count), rest.endIndex - place >= count, rest[place] != 0 else {
        return nil
      }
      length = rest[place..<place + count].reduce(0) { $0 << 8 | Int($1) }
      place += count
      guard length > 0x7f else { return nil }
    }
    guard rest.endIndex - place >= length else { return nil }
    defer { rest = rest[(place + length)...] }
    return rest[place..<place + length]
  }

  /// A reader of the next element's content.
  mutating func enter(_ tag: Tag) -> DERReader? { take(tag).map { DERReader($0) } }

  /// Whether the next element, which is taken, has that content.
  mutating func takes(_ tag: Tag, _ content: [UInt8]) -> Bool {
    take(tag).map { $0.elementsEqual(content) } ?? false
  }
}
