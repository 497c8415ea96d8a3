/// Seals and opens households' octets, wraps their keys and makes keyed digests.
///
/// For one thread, loop or queue at a time: make one for each from the shared `KeyRing`. What it
/// throws is `JournalError`: `wrongKey` if the node key that wrapped a household's key is not in
/// the ring, `altered` if sealed octets or their binding are not what was sealed, `malformed` if
/// octets cannot be sealed ones.
package final class SealerContext {
  /// The largest body that is sealed or opened: 16 MiB.
  package static let maximumBody = 1 << 24
  /// Octets that sealing adds to a body.
  package static let overhead = SealedFormat.overhead
  /// Octets of a wrapped key.
  package static let wrappedKeyCount = SealedFormat.wrappedCount
  /// A scratch area beyond this is given back after use.
  static let keptScratch = 1 << 16

  let ring: KeyRing
  let sealing: GCMContext
  let wrapping: [(id: UInt32, context: GCMContext)]
  private let digester: KeyedDigester
  private var random = RandomPool()
  var scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 16)

  /// A context on the ring; throws `cryptography` if OpenSSL lacks an algorithm or memory.
  package init(keyRing: KeyRing) throws(JournalError) {
    ring = keyRing
    sealing = try GCMContext()
    digester = try KeyedDigester(key: keyRing.digestKey)
    var wrapping: [(id: UInt32, context: GCMContext)] = []
    // The current key first: almost every look-up ends there.
    for key in keyRing.keys.reversed() {
      wrapping.append((key.id, try GCMContext(key: key.wrappingKey)))
    }
    self.wrapping = wrapping
  }

  deinit {
    scratch.deallocate()
  }

  /// Sixteen random octets: an id, or the salt of a body.
  package func makeRandom16() throws(JournalError) -> Bytes16 {
    try random.bytes16()
  }

  /// A new random key for a household.
  package func makeKey(for household: Bytes16) throws(JournalError) -> HouseholdKey {
    let secret = try SecretBytes(count: SealedFormat.keyCount) { octets throws(JournalError) in
      try random.fill(octets)
    }
    return HouseholdKey(household: household, secret: secret)
  }

  /// The household's key, wrapped under the node's current key: 65 octets to store beside the
  /// household. Destroying all copies of them erases the household's sealed octets.
  package func wrap(_ key: HouseholdKey) throws(JournalError) -> [UInt8] {
    let node = ring.current.id
    return try WrapBinding(household: key.household, node: node).withEncoded {
      associated throws(JournalError) in
      try sealed(count: SealedFormat.wrappedCount) { output throws(JournalError) in
        output[0] = SealedFormat.wrapped
        output.storeBytes(of: node.bigEndian, toByteOffset: 1, as: UInt32.self)
        let context = wrapping[0].context
        let nonce = output.part(5, SealedFormat.nonceCount)
        try random.fill(nonce)
        try context.startSealing(
          key: nil,
          nonce: UnsafeRawBufferPointer(nonce),
          associated: associated
        )
        try context.seal(key.secret.octets, into: output.part(17, SealedFormat.keyCount))
        try context.finishSealing(tag: output.part(49, SealedFormat.tagCount))
      }
    }
  }

  /// True if the wrapped key was wrapped by an older node key and should be wrapped anew.
  package func isOutdated(_ wrapped: UnsafeRawBufferPointer) -> Bool {
    wrapped.count == SealedFormat.wrappedCount && wrapped.integer(at: 1) != ring.current.id
  }

  /// Seals a body with its salt. Throws `malformed` for a body over 16 MiB or a key of another
  /// household than the binding's.
  package func seal(
    _ body: UnsafeRawBufferPointer,
    salt: Bytes16,
    key: HouseholdKey,
    binding: SealBinding
  ) throws(JournalError) -> [UInt8] {
    try require(body.count <= Self.maximumBody, "a body of \(body.count) octets")
    try require(key.household == binding.household, "the key is another household's")
    return try binding.withEncoded { associated throws(JournalError) in
      try sealed(count: SealedFormat.overhead + body.count) { output throws(JournalError) in
        output[0] = SealedFormat.sealed
        let nonce = output.part(1, SealedFormat.nonceCount)
        try random.fill(nonce)
        try sealing.startSealing(
          key: key.secret.octets,
          nonce: UnsafeRawBufferPointer(nonce),
          associated: associated
        )
        try withUnsafeBytes(of: (salt.high.bigEndian, salt.low.bigEndian)) {
          salt throws(JournalError) in
          try sealing.seal(salt, into: output.part(13, SealedFormat.saltCount))
        }
        try sealing.seal(body, into: output.part(29, body.count))
        try sealing.finishSealing(tag: output.part(29 + body.count, SealedFormat.tagCount))
      }
    }
  }

  /// Seals a body with its salt.
  package func seal(
    _ body: [UInt8],
    salt: Bytes16,
    key: HouseholdKey,
    binding: SealBinding
  ) throws(JournalError) -> [UInt8] {
    try body.withOctets { body throws(JournalError) in
      try seal(body, salt: salt, key: key, binding: binding)
    }
  }

  /// The digest under which a value of a field is looked up: equal for equal octets, meaningless
  /// without the node's key. Give the value in its one normal form.
  package func digest(
    of value: UnsafeRawBufferPointer,
    field: DigestField
  ) throws(JournalError) -> Bytes16 {
    try digester.digest(value, field: field)
  }

  /// The digest under which a text of a field is looked up; see `digest(of:field:)`.
  package func digest(of value: String, field: DigestField) throws(JournalError) -> Bytes16 {
    var value = value
    // A result, because `withUTF8` would forget the type of what is thrown.
    let digest: Result<Bytes16, JournalError> = value.withUTF8 { text in
      do throws(JournalError) {
        return .success(try digester.digest(UnsafeRawBufferPointer(text), field: field))
      } catch {
        return .failure(error)
      }
    }
    return try digest.get()
  }

  /// An array of exactly `count` octets that `fill` writes.
  private func sealed(
    count: Int,
    _ fill: (UnsafeMutableRawBufferPointer) throws(JournalError) -> Void
  ) throws(JournalError) -> [UInt8] {
    var failure: JournalError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      do throws(JournalError) {
        try fill(
          UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
        )
        initialized = count
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}

/// What a wrapped key is bound to.
struct WrapBinding {
  var household: Bytes16
  var node: UInt32

  func withEncoded<Result>(
    _ body: (UnsafeRawBufferPointer) throws(JournalError) -> Result
  ) throws(JournalError) -> Result {
    let encoded = (
      (UInt64(SealedFormat.wrapped) << 56 | UInt64(node)).bigEndian, household.high.bigEndian,
      household.low.bigEndian
    )
    return try withUnsafeBytes(of: encoded, body)
  }
}

extension UnsafeRawBufferPointer {
  func part(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[start..<start + count])
  }
}

extension UnsafeMutableRawBufferPointer {
  func part(_ start: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: self[start..<start + count])
  }
}
