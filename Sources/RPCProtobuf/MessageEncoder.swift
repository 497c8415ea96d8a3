internal import Glibc

/// Builds the members of C structures from Swift values; called by generated code.
///
/// What it returns lives in the thread's arena until the message is written. A failure is noted
/// there and told once at the end; what follows it may be nil.
public struct MessageEncoder {
  private let arena: UnsafeMutablePointer<Arena>

  init(_ arena: UnsafeMutablePointer<Arena>) { self.arena = arena }

  /// Memory for so many bytes; nil when there is none.
  @usableFromInline
  func allocate(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    arena.pointee.allocate(byteCount)
  }

  /// A string field where the empty string is the default.
  public func string(_ value: String, _ field: StaticString) -> UnsafeMutablePointer<CChar>? {
    value.isEmpty ? nil : text(value, field)
  }

  /// A string that is present even when empty.
  public func text(_ value: String, _ field: StaticString) -> UnsafeMutablePointer<CChar>? {
    var value = value
    return value.withUTF8 { utf8 in
      guard let memory = allocate(utf8.count + 1) else { return nil }
      if let start = utf8.baseAddress, utf8.count > 0 {
        memcpy(memory, start, utf8.count)
        if memchr(start, 0, utf8.count) != nil { arena.pointee.fail(.nul(field: field)) }
      }
      memory.storeBytes(of: 0, toByteOffset: utf8.count, as: UInt8.self)
      return memory.assumingMemoryBound(to: CChar.self)
    }
  }

  /// The bytes of a bytes field; nil when empty.
  public func bytes(_ value: [UInt8]) -> UnsafeMutablePointer<UInt8>? { scalars(value) }

  /// The elements of a repeated field of numbers; nil when empty.
  @inlinable
  public func scalars<Scalar: BitwiseCopyable>(
    _ values: [Scalar]
  ) -> UnsafeMutablePointer<Scalar>? {
    if values.isEmpty { return nil }
    return values.withUnsafeBytes { copy($0) }?.assumingMemoryBound(to: Scalar.self)
  }

  @usableFromInline
  func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer? {
    let memory = allocate(bytes.count)
    if let start = bytes.baseAddress { memory?.copyMemory(from: start, byteCount: bytes.count) }
    return memory
  }

  /// The elements of a repeated field of truth values; nil when empty.
  public func booleans(_ values: [Bool]) -> UnsafeMutablePointer<Int32>? {
    scalars(values.map { $0 ? 1 : 0 })
  }

  /// The elements of a repeated field of an enumeration; nil when empty.
  @inlinable
  public func enums<Enum: MessageEnum>(_ values: [Enum]) -> UnsafeMutableRawPointer? {
    scalars(values.map(\.rawValue)).map { UnsafeMutableRawPointer($0) }
  }

  /// The elements of a repeated field of strings; nil when empty.
  public func strings(
    _ values: [String],
    _ field: StaticString
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    typealias Element = UnsafeMutablePointer<CChar>?
    guard !values.isEmpty, let memory = array(of: Element.self, values.count) else { return nil }
    for (index, value) in values.enumerated() {
      (memory + index).initialize(to: text(value, field))
    }
    return memory
  }

  /// The elements of a repeated field of bytes, as `ProtobufCBinaryData`; nil when empty.
  public func byteStrings(_ values: [[UInt8]]) -> UnsafeMutableRawPointer? {
    guard !values.isEmpty, let memory = array(of: BinaryData.self, values.count) else {
      return nil
    }
    for (index, value) in values.enumerated() {
      let data = bytes(value)
      (memory + index).initialize(to: BinaryData(count: data == nil ? 0 : value.count, data: data))
    }
    return UnsafeMutableRawPointer(memory)
  }

  /// One message: memory that the C initialiser prepares and `fill` fills.
  @inlinable
  public func message<Structure>(
    _ initialise: (UnsafeMutablePointer<Structure>?) -> Void,
    _ fill: (UnsafeMutablePointer<Structure>) -> Void
  ) -> UnsafeMutablePointer<Structure>? {
    guard descend() else { return nil }
    defer { ascend() }
    guard let memory = array(of: Structure.self, 1) else { return nil }
    initialise(memory)
    fill(memory)
    return memory
  }

  /// The elements of a repeated field of messages, or of a map; nil when empty.
  @inlinable
  public func messages<Value, Structure>(
    _ values: [Value],
    _ initialise: (UnsafeMutablePointer<Structure>?) -> Void,
    _ fill: (Value, UnsafeMutablePointer<Structure>) -> Void
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>? {
    typealias Element = UnsafeMutablePointer<Structure>?
    guard !values.isEmpty, descend() else { return nil }
    defer { ascend() }
    guard let pointers = array(of: Element.self, values.count),
      let structures = array(of: Structure.self, values.count)
    else { return nil }
    for index in 0..<values.count {
      let structure = structures + index
      initialise(structure)
      fill(values[index], structure)
      (pointers + index).initialize(to: structure)
    }
    return pointers
  }

  @usableFromInline
  func array<Element>(of type: Element.Type, _ count: Int) -> UnsafeMutablePointer<Element>? {
    let (byteCount, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    return allocate(overflow ? .max : byteCount)?.bindMemory(to: Element.self, capacity: count)
  }

  // Readers refuse deeper messages, and packing them would take stack without bound.
  @usableFromInline
  func descend() -> Bool {
    guard arena.pointee.depth + 1 < DecodingLimits.standard.depth else {
      arena.pointee.fail(.depth)
      return false
    }
    arena.pointee.depth += 1
    return true
  }

  @usableFromInline
  func ascend() { arena.pointee.depth -= 1 }
}
