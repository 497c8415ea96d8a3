import Testing

@testable import Journal

@Suite struct SealerContextTests {
  let ring: KeyRing
  let context: SealerContext
  let household: Bytes16
  let stream: Bytes16
  let salt: Bytes16

  init() throws {
    ring = try KeyRing(keys: [Self.nodeKey(0..<32)])
    context = try SealerContext(keyRing: ring)
    household = try #require(Bytes16(Array(0x80..<0x90)))
    stream = try #require(Bytes16(Array(0..<16)))
    salt = try #require(Bytes16(Array(0x40..<0x50)))
  }

  static let wrapped = """
    022d0d880e0102030405060708090a0b 0c49c30b5f3417802458c3e14a8cf33c
    e712816e07f5a0b9566af703945ca0bf 56b5e57f5e7f58659f9f38f95605c445 2e
    """
  static let sealed = """
    0102030405060708090a0b0c0d19ab6d 9ddfd32f6e70341344881645267bf60a
    fbc446c5abad8013ebbf8f6dc8b35512 cb7f0885
    """
  static let digest = "2037fb7bb638c8a68ff54ae9e26695f8"

  static func nodeKey(_ octets: some Collection<UInt8>) throws -> NodeKey {
    try NodeKey(secret: SecretBytes(count: octets.count) { $0.copyBytes(from: octets) })
  }

  func binding(_ version: UInt64 = 1) -> SealBinding {
    .body(ofHousehold: household, stream: stream, version: version)
  }

  @Test(arguments: [0, 1, 300, 5_000, 100_000])
  func opensWhatItSealed(count: Int) throws {
    let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    let key = try context.makeKey(for: household)
    let sealed = try context.seal(body, salt: salt, key: key, binding: binding())
    #expect(sealed.count == count + SealerContext.overhead)
    let unwrapped = try context.unwrap(context.wrap(key), household: household)
    let opened = try context.open(sealed, key: unwrapped, binding: binding())
    #expect(opened.salt == salt)
    #expect(opened.body == body)
  }

  @Test func sealsDifferentlyEachTime() throws {
    let key = try context.makeKey(for: household)
    let first = try context.seal([1, 2, 3], salt: salt, key: key, binding: binding())
    #expect(try first != context.seal([1, 2, 3], salt: salt, key: key, binding: binding()))
    #expect(try context.wrap(key) != context.wrap(key))
    #expect(try context.makeRandom16() != context.makeRandom16())
  }

  /// Sealed by another implementation (Python's cryptography) as proto/JOURNAL.md says; the
  /// example stands there.
  @Test func opensTheDocumentedExample() throws {
    let wrapped = try EntryHeaderTests.decode(Self.wrapped)
    let sealed = try EntryHeaderTests.decode(Self.sealed)
    let (openedSalt, body) = try sealed.withUnsafeBytes { sealed in
      try wrapped.withUnsafeBytes { wrapped in
        try context.withOpened(sealed, wrappedKey: wrapped, binding: binding()) {
          ($0, String(decoding: $1, as: UTF8.self))
        }
      }
    }
    #expect(openedSalt == salt)
    #expect(body == "example")
  }

  @Test func refusesEveryAlteredOctet() throws {
    let key = try context.makeKey(for: household)
    let sealed = try context.seal(Array(0..<40), salt: salt, key: key, binding: binding())
    let wrapped = try context.wrap(key)
    for position in sealed.indices {
      var altered = sealed
      altered[position] ^= 1
      let expected: JournalError.Code = position == 0 ? .malformed : .altered
      #expect(throws: JournalError(expected, "")) {
        try context.open(altered, key: key, binding: binding())
      }
    }
    for position in wrapped.indices {
      var altered = wrapped
      altered[position] ^= 1
      let expected: JournalError.Code =
        position == 0 ? .malformed : position < 5 ? .wrongKey : .altered
      #expect(throws: JournalError(expected, "")) {
        try context.unwrap(altered, household: household)
      }
    }
  }

  @Test func refusesOtherLengths() throws {
    let key = try context.makeKey(for: household)
    let sealed = try context.seal([], salt: salt, key: key, binding: binding())
    let wrapped = try context.wrap(key)
    for count in 0..<sealed.count {
      #expect(throws: JournalError.self) {
        try context.open(Array(sealed[..<count]), key: key, binding: binding())
      }
    }
    for count in 0..<wrapped.count {
      #expect(throws: JournalError(.malformed, "")) {
        try context.unwrap(Array(wrapped[..<count]), household: household)
      }
    }
    #expect(throws: JournalError(.malformed, "")) {
      try context.unwrap(wrapped + [0], household: household)
    }
  }

  @Test func opensNowhereElse() throws {
    let key = try context.makeKey(for: household)
    let sealed = try context.seal([1], salt: salt, key: key, binding: binding())
    var others = [binding(2), binding(), binding(), binding(), binding()]
    others[1].stream = salt
    others[2].subject = salt
    others[3].subjectKind = .stream
    others[4].place = SealBinding.Place(rawValue: SealBinding.Place.firstColumn)
    for other in others {
      #expect(throws: JournalError(.altered, "")) {
        try context.open(sealed, key: key, binding: other)
      }
    }
    var foreign = binding()
    foreign.household = salt
    #expect(throws: JournalError(.malformed, "")) {
      try context.open(sealed, key: key, binding: foreign)
    }
    #expect(throws: JournalError(.altered, "")) {
      try context.unwrap(context.wrap(key), household: salt)
    }
    #expect(throws: JournalError(.altered, "")) {
      try context.open(sealed, key: context.makeKey(for: household), binding: binding())
    }
  }

  @Test func keepsOldKeysAfterRotation() throws {
    let key = try context.makeKey(for: household)
    let wrapped = try context.wrap(key)
    let sealed = try context.seal([9], salt: salt, key: key, binding: binding())
    let rotated = try SealerContext(
      keyRing: KeyRing(keys: ring.keys + [Self.nodeKey(32..<64)])
    )
    let unwrapped = try rotated.unwrap(wrapped, household: household)
    #expect(try rotated.open(sealed, key: unwrapped, binding: binding()).body == [9])
    #expect(wrapped.withUnsafeBytes { rotated.isOutdated($0) })
    #expect(try !rotated.wrap(unwrapped).withUnsafeBytes { rotated.isOutdated($0) })
    #expect(
      try rotated.digest(of: "x", field: .idNumber) == context.digest(of: "x", field: .idNumber)
    )
    let stranger = try SealerContext(keyRing: KeyRing(keys: [Self.nodeKey(32..<64)]))
    #expect(throws: JournalError(.wrongKey, "")) {
      try stranger.unwrap(wrapped, household: household)
    }
    #expect(
      try stranger.digest(of: "x", field: .idNumber) != context.digest(of: "x", field: .idNumber)
    )
  }

  @Test func opensInsideAnOpenedBody() throws {
    let key = try context.makeKey(for: household)
    let sealed = try context.seal([1, 2], salt: salt, key: key, binding: binding())
    let inner = try sealed.withUnsafeBytes { octets in
      try context.withOpened(octets, key: key, binding: binding()) { _, body in
        try context.open(sealed, key: key, binding: binding()).body + Array(body)
      }
    }
    #expect(inner == [1, 2, 1, 2])
  }

  /// The documented example, computed by another implementation; and again, to see that the
  /// context starts anew.
  @Test func digestsByField() throws {
    for _ in 0..<3 {
      let digest = try context.digest(of: "11010519491231002X", field: .idNumber)
      #expect("\(digest)" == Self.digest)
      let other = try context.digest(of: "11010519491231002X", field: .telephone)
      #expect(other != digest)
    }
  }

  /// RFC 5869, appendix A, test cases 1 and 3 (the first block).
  @Test func derivesKeysLikeTheRFC() throws {
    let input = [UInt8](repeating: 0x0b, count: 22)
    let (first, third) = try input.withUnsafeBytes { input in
      (
        try HKDF.deriveKey(from: input, salt: Array(0..<13), info: Array(0xf0..<0xfa)),
        try HKDF.deriveKey(from: input, info: [])
      )
    }
    #expect(
      hexadecimal(first.octets)
        == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
    )
    #expect(
      hexadecimal(third.octets)
        == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    )
  }
}
