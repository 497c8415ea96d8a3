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
  private static let keptScratch = 1 << 16

  private let ring: KeyRing
  private let sealing: GCMContext
  private let wrapping: [(id: UInt32, context: GCMContext)]
  private let digester: KeyedDigester
  private var random = RandomPool()
  private var scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 4_096, alignment: 16)

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

  /// The key in octets from `wrap(_:)`.
  package func unwrap(
    _ wrapped: UnsafeRawBufferPointer,
    household: Bytes16
  ) throws(JournalError) -> HouseholdKey {
    let secret = try SecretBytes(count: SealedFormat.keyCount) { octets throws(JournalError) in
      try unwrap(wrapped, household: household, into: octets)
    }
    return HouseholdKey(household: household, secret: secret)
  }

  /// The key in octets from `wrap(_:)`.
  package func unwrap(
    _ wrapped: [UInt8],
    household: Bytes16
  ) throws(JournalError) -> HouseholdKey {
    try wrapped.withOctets { bytes throws(JournalError) in
      try unwrap(bytes, household: household)
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

  /// Opens a sealed body and lends salt and body for the length of `use`; both are wiped after.
  package func withOpened<Result>(
    _ sealed: UnsafeRawBufferPointer,
    key: HouseholdKey,
    binding: SealBinding,
    _ use: (_ salt: Bytes16, _ body: UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try require(key.household == binding.household, "the key is another household's")
    return try withOpened(sealed, keyOctets: key.secret.octets, binding: binding, use)
  }

  /// Unwraps a household's key, opens a sealed body with it and lends salt and body for the length
  /// of `use`; all are wiped after. The way of point reads: it allocates nothing.
  package func withOpened<Result>(
    _ sealed: UnsafeRawBufferPointer,
    wrappedKey: UnsafeRawBufferPointer,
    binding: SealBinding,
    _ use: (_ salt: Bytes16, _ body: UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    try withUnsafeTemporaryAllocation(byteCount: SealedFormat.keyCount, alignment: 16) { key in
      defer { wipe(key) }
      try unwrap(wrappedKey, household: binding.household, into: key)
      return try withOpened(
        sealed,
        keyOctets: UnsafeRawBufferPointer(key),
        binding: binding,
        use
      )
    }
  }

  /// Opens a sealed body into an array of its own.
  package func open(
    _ sealed: [UInt8],
    key: HouseholdKey,
    binding: SealBinding
  ) throws -> (salt: Bytes16, body: [UInt8]) {
    try sealed.withUnsafeBytes { sealed in
      try withOpened(sealed, key: key, binding: binding) { ($0, Array($1)) }
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
}

extension SealerContext {
  private func unwrap(
    _ wrapped: UnsafeRawBufferPointer,
    household: Bytes16,
    into output: UnsafeMutableRawBufferPointer
  ) throws(JournalError) {
    try require(
      wrapped.count == SealedFormat.wrappedCount && wrapped[0] == SealedFormat.wrapped,
      "not a wrapped key"
    )
    let node: UInt32 = wrapped.integer(at: 1)
    guard let context = wrapping.first(where: { $0.id == node })?.context else {
      throw JournalError(.wrongKey, "wrapped with node key \(node), which is not in the key file")
    }
    let opened = try WrapBinding(household: household, node: node).withEncoded {
      associated throws(JournalError) in
      try context.open(
        wrapped.part(17, SealedFormat.keyCount),
        key: nil,
        nonce: wrapped.part(5, SealedFormat.nonceCount),
        associated: associated,
        tag: wrapped.part(49, SealedFormat.tagCount),
        into: output
      )
    }
    if !opened { throw JournalError(.altered, "a household's wrapped key was altered") }
  }

  private func withOpened<Result>(
    _ sealed: UnsafeRawBufferPointer,
    keyOctets: UnsafeRawBufferPointer,
    binding: SealBinding,
    _ use: (_ salt: Bytes16, _ body: UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let count = sealed.count - SealedFormat.overhead
    try require(
      0...Self.maximumBody ~= count && sealed[0] == SealedFormat.sealed,
      "not a sealed body"
    )
    let plainCount = SealedFormat.saltCount + count
    let area = takeScratch(plainCount)
    defer { giveBack(area, used: plainCount) }
    let plain = area.part(0, plainCount)
    let opened = try binding.withEncoded { associated throws(JournalError) in
      try sealing.open(
        sealed.part(13, plainCount),
        key: keyOctets,
        nonce: sealed.part(1, SealedFormat.nonceCount),
        associated: associated,
        tag: sealed.part(13 + plainCount, SealedFormat.tagCount),
        into: plain
      )
    }
    guard opened else { throw JournalError(.altered, "a sealed body or its place was altered") }
    let octets = UnsafeRawBufferPointer(plain)
    return try use(octets.bytes16(at: 0), octets.part(SealedFormat.saltCount, count))
  }

  /// Takes the scratch area out of the context, so that nested calls get areas of their own.
  private func takeScratch(_ count: Int) -> UnsafeMutableRawBufferPointer {
    let area = scratch
    scratch = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    if area.count >= count { return area }
    area.deallocate()
    return .allocate(byteCount: max(count, 4_096), alignment: 16)
  }

  private func giveBack(_ area: UnsafeMutableRawBufferPointer, used: Int) {
    wipe(area.part(0, used))
    if area.count > Self.keptScratch || scratch.count > 0 {
      area.deallocate()
    } else {
      scratch = area
    }
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
private struct WrapBinding {
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
  fileprivate func part(_ start: Int, _ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[start..<start + count])
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func part(_ start: Int, _ count: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: self[start..<start + count])
  }
}
