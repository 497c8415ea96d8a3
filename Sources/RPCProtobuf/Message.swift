public import RPCCore

/// A value type that the project's plug-in generated from a message of a `.proto` file.
///
/// Fields that the schema does not know are checked and dropped in decoding. Encoding is
/// deterministic: fields by number, maps by key. A singular field of -0.0 is left out like one of
/// 0, which is how libprotobuf-c writes it.
public protocol Message: WireMessage, Hashable {
  /// The schema of the type.
  static var messageDescriptor: MessageDescriptor { get }
  /// The message whose fields all have their default values.
  init()
  /// Reads the unpacked C structure of the type; for the decoder alone.
  init(structure: UnsafeRawPointer)
  /// Fills an initialised C structure of the type; for the encoder alone.
  func fill(structure: UnsafeMutableRawPointer, encoder: MessageEncoder)
}

extension Message {
  /// Decodes a message within the given limits.
  ///
  /// - Throws: INVALID_ARGUMENT for malformed bytes, RESOURCE_EXHAUSTED over a limit.
  public init(wireBytes: UnsafeRawBufferPointer, limits: DecodingLimits) throws(RPCError) {
    self = try Self.messageDescriptor.withUnpacked(wireBytes, limits: limits) {
      (structure) throws(RPCError) in Self(structure: structure)
    }
  }

  /// Decodes a message within the standard limits.
  public init(wireBytes: UnsafeRawBufferPointer) throws(RPCError) {
    try self.init(wireBytes: wireBytes, limits: .standard)
  }

  /// Decodes a message from an array of bytes.
  ///
  /// - Throws: INVALID_ARGUMENT for malformed bytes, RESOURCE_EXHAUSTED over a limit.
  public init(
    serializedBytes bytes: [UInt8],
    limits: DecodingLimits = .standard
  ) throws(RPCError) {
    // `withUnsafeBytes` rethrows untyped errors only; the result carries the typed one out.
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(RPCError) in try Self(wireBytes: buffer, limits: limits) }
    }
    self = try result.get()
  }

  /// Encodes the message into the memory that `reserve` gives.
  ///
  /// - Throws: INVALID_ARGUMENT for a string with NUL or nesting over 32 levels.
  public func encode(
    reserve: (_ byteCount: Int) -> UnsafeMutableRawPointer
  ) throws(RPCError) {
    try Self.messageDescriptor.encode(reserve: reserve) { structure, encoder in
      fill(structure: structure, encoder: encoder)
    }
  }

  /// The message's bytes in an array of their own.
  ///
  /// - Throws: INVALID_ARGUMENT for a string with NUL or nesting over 32 levels.
  public func serializedBytes() throws(RPCError) -> [UInt8] {
    try Self.messageDescriptor.withPacked { structure, encoder in
      fill(structure: structure, encoder: encoder)
    } _: { (packed) throws(RPCError) in
      [UInt8](unsafeUninitializedCapacity: packed.byteCount) { buffer, count in
        if let memory = buffer.baseAddress { packed.write(to: memory) }
        count = packed.byteCount
      }
    }
  }
}
