/// Turns members of unpacked C structures into Swift values; called by generated code.
///
/// Pointers and counts come from libprotobuf-c after the scan, so they are sound.
public enum StructureReader {
  /// A string field; no pointer is the empty string.
  public static func string(_ text: UnsafeMutablePointer<CChar>?) -> String {
    guard let text, text.pointee != 0 else { return "" }
    return String(cString: text)
  }

  /// A bytes field.
  public static func bytes(_ data: UnsafeMutablePointer<UInt8>?, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: data, count: data == nil ? 0 : count))
  }

  /// A repeated field of numbers.
  @inlinable
  public static func scalars<Scalar: BitwiseCopyable>(
    _ elements: UnsafeMutablePointer<Scalar>?,
    _ count: Int
  ) -> [Scalar] {
    guard let elements, count > 0 else { return [] }
    return Array(UnsafeBufferPointer(start: elements, count: count))
  }

  /// A repeated field of truth values, which C keeps as integers.
  public static func booleans(_ elements: UnsafeMutablePointer<Int32>?, _ count: Int) -> [Bool] {
    guard let elements, count > 0 else { return [] }
    return UnsafeBufferPointer(start: elements, count: count).map { $0 != 0 }
  }

  /// A repeated field of an enumeration, which C keeps as integers.
  @inlinable
  public static func enums<Enum: MessageEnum>(
    _ elements: UnsafeRawPointer?,
    _ count: Int
  ) -> [Enum] {
    guard let numbers = elements?.assumingMemoryBound(to: Int32.self), count > 0 else { return [] }
    return UnsafeBufferPointer(start: numbers, count: count).map { Enum(rawValue: $0) }
  }

  /// A repeated field of strings.
  public static func strings(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
    _ count: Int
  ) -> [String] {
    guard let elements, count > 0 else { return [] }
    return UnsafeBufferPointer(start: elements, count: count).map { string($0) }
  }

  /// A repeated field of bytes: an array of `ProtobufCBinaryData`.
  public static func byteStrings(_ elements: UnsafeRawPointer?, _ count: Int) -> [[UInt8]] {
    guard let pieces = elements?.assumingMemoryBound(to: BinaryData.self), count > 0 else {
      return []
    }
    return UnsafeBufferPointer(start: pieces, count: count).map { bytes($0.data, $0.count) }
  }

  /// A repeated field of messages.
  @inlinable
  public static func messages<Structure, Element>(
    _ elements: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ count: Int,
    _ convert: (UnsafePointer<Structure>) -> Element
  ) -> [Element] {
    guard let elements, count > 0 else { return [] }
    return Array(unsafeUninitializedCapacity: count) { buffer, filled in
      for index in 0..<count {
        guard let element = elements[index], let memory = buffer.baseAddress else { continue }
        (memory + filled).initialize(to: convert(UnsafePointer(element)))
        filled += 1
      }
    }
  }

  /// A map field: an array of entries, of which the last with a key counts.
  @inlinable
  public static func map<Structure, Key: Hashable, Value>(
    _ entries: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ count: Int,
    _ convert: (UnsafePointer<Structure>) -> (Key, Value)
  ) -> [Key: Value] {
    guard let entries, count > 0 else { return [:] }
    var map = [Key: Value](minimumCapacity: count)
    for index in 0..<count {
      guard let entry = entries[index] else { continue }
      let (key, value) = convert(UnsafePointer(entry))
      map[key] = value
    }
    return map
  }
}

/// The layout of `ProtobufCBinaryData`.
struct BinaryData {
  var count: Int
  var data: UnsafeMutablePointer<UInt8>?
}
