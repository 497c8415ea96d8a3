internal import Journal

/// A place in a list, authenticated: it opens for the same identity and the same question only.
///
/// Octets: the place (8, network byte order), then the digest of list, identity, question and place
/// under the node's digest key; written in base64url without padding, 32 characters.
enum PageToken {
  /// The lists that have tokens.
  struct List: RawRepresentable, Sendable {
    let rawValue: UInt8
    static let search = List(rawValue: 1)
    static let export = List(rawValue: 2)
    static let divisions = List(rawValue: 3)
    static let history = List(rawValue: 20)
    static let proposals = List(rawValue: 21)
    static let handOvers = List(rawValue: 22)
  }

  /// Makes the token of a place.
  static func make(
    _ list: List,
    place: Int64,
    holder: String,
    question: [UInt8],
    using sealer: SealerContext
  ) throws -> String {
    var octets: [UInt8] = []
    withUnsafeBytes(of: place.bigEndian) { octets.append(contentsOf: $0) }
    let digest = try digest(list, octets, holder, question, sealer)
    digest.append(to: &octets)
    return encode(octets)
  }

  /// The place of a token; `start` for an empty one.
  ///
  /// Throws `StoreError` (`invalid`) for anything but a token of this list, holder and question.
  static func place(
    _ list: List,
    token: String,
    start: Int64 = 0,
    holder: String,
    question: [UInt8],
    using sealer: SealerContext
  ) throws -> Int64 {
    if token.isEmpty { return start }
    guard token.utf8.count == 32, let octets = decode(token) else { throw wrong }
    let digest = try digest(list, Array(octets[..<8]), holder, question, sealer)
    // Constant time is not needed: a guess has 2^128 to try, each with a call.
    guard digest.bytes.elementsEqual(octets[8...]) else { throw wrong }
    return octets[..<8].reduce(0) { $0 << 8 | Int64($1) }
  }

  /// Makes a token of octets, of any length, that are a place: the digest first, then the octets; in
  /// base64url without padding.
  static func make(
    _ list: List,
    _ octets: [UInt8],
    _ holder: String,
    _ question: [UInt8],
    using sealer: SealerContext
  ) throws -> String {
    var whole: [UInt8] = []
    try digest(list, octets, holder, question, sealer).append(to: &whole)
    whole += octets
    // Filled up in front of the digest, so that the count is a multiple of three.
    let filling = (3 - (whole.count + 1) % 3) % 3
    return encode([UInt8(filling)] + [UInt8](repeating: 0, count: filling) + whole)
  }

  /// The octets of such a token.
  ///
  /// Throws `StoreError` (`invalid`) for anything but a token of this list, holder and question.
  static func octets(
    _ list: List,
    token: String,
    _ holder: String,
    _ question: [UInt8],
    using sealer: SealerContext
  ) throws -> [UInt8] {
    guard token.utf8.count <= 1 << 18, let whole = decode(token), let filling = whole.first,
      filling < 3, whole.count >= 17 + Int(filling)
    else { throw wrong }
    let start = 1 + Int(filling)
    let octets = Array(whole[(start + 16)...])
    let digest = try digest(list, octets, holder, question, sealer)
    guard digest.bytes.elementsEqual(whole[start..<start + 16]) else { throw wrong }
    return octets
  }

  private static let wrong = StoreError(
    .invalid,
    "the page token is not one of this list",
    zh: "翻页标记不属于此列表"
  )

  private static func digest(
    _ list: List,
    _ place: [UInt8],
    _ holder: String,
    _ question: [UInt8],
    _ sealer: SealerContext
  ) throws -> Bytes16 {
    var octets = [list.rawValue] + place
    octets.append(contentsOf: holder.utf8)
    octets.append(0)
    octets.append(contentsOf: question)
    return try octets.withUnsafeBytes { try sealer.digest(of: $0, field: .pageToken) }
  }

  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8
  )

  /// Three octets become four characters; the count is a multiple of three.
  private static func encode(_ octets: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: octets.count - 2, by: 3) {
      let bits = Int(octets[start]) << 16 | Int(octets[start + 1]) << 8 | Int(octets[start + 2])
      for shift in [18, 12, 6, 0] { text.append(alphabet[bits >> shift & 63]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func decode(_ text: String) -> [UInt8]? {
    guard text.utf8.count % 4 == 0 else { return nil }
    var octets: [UInt8] = []
    var bits = 0
    for (index, character) in text.utf8.enumerated() {
      guard let value = alphabet.firstIndex(of: character) else { return nil }
      bits = bits << 6 | value
      guard index % 4 == 3 else { continue }
      for shift in [16, 8, 0] { octets.append(UInt8(truncatingIfNeeded: bits >> shift)) }
      bits = 0
    }
    return octets
  }
}

extension DigestField {
  /// Tokens of pages.
  static let pageToken = DigestField(rawValue: 64)
  /// Idempotency keys.
  static let idempotencyKey = DigestField(rawValue: 65)
  /// Requests under idempotency keys.
  static let request = DigestField(rawValue: 66)
  /// The text by which a database knows its digest key.
  static let keyCheck = DigestField(rawValue: 67)
}
