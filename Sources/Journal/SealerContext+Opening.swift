extension SealerContext {
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
}
