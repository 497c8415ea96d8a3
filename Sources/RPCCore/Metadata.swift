/// Keys and values that travel beside a call's messages, in order, keys possibly repeated.
///
/// Keys are lower-case ASCII (`a`–`z`, digits, `-`, `_`, `.`); values are printable ASCII, or any
/// bytes where the key ends in `-bin`. Transports check both and limit the total to 8 KiB.
public struct Metadata: Sendable, Hashable {
  /// One key and its value.
  public struct Entry: Sendable, Hashable {
    /// The key, lower-case.
    public var key: String
    /// The value's bytes.
    public var value: [UInt8]

    /// Pairs a key with a value.
    public init(key: String, value: [UInt8]) {
      self.key = key
      self.value = value
    }
  }

  /// All entries in their order.
  public var entries: [Entry]

  /// Holds the given entries.
  public init(entries: [Entry] = []) { self.entries = entries }

  /// Whether there is no entry.
  public var isEmpty: Bool { entries.isEmpty }

  /// The first text value of a key, or nil.
  public subscript(key: String) -> String? {
    for entry in entries where entry.key == key {
      return String(decoding: entry.value, as: UTF8.self)
    }
    return nil
  }

  /// The first bytes of a key, or nil.
  public func bytes(_ key: String) -> [UInt8]? {
    entries.first { $0.key == key }?.value
  }

  /// Adds a text value.
  public mutating func append(_ key: String, _ value: String) {
    entries.append(Entry(key: key, value: Array(value.utf8)))
  }

  /// Adds a binary value; the key must end in `-bin`.
  public mutating func append(_ key: String, bytes: [UInt8]) {
    entries.append(Entry(key: key, value: bytes))
  }

  /// What counts against the metadata limit: 32 and the lengths of key and value, for each entry.
  public var size: Int {
    entries.reduce(0) { $0 + 32 + $1.key.utf8.count + $1.value.count }
  }

  /// Whether keys and values keep to the permitted characters.
  public var isWellFormed: Bool {
    entries.allSatisfy { entry in
      Self.isValidKey(entry.key) && (entry.key.hasSuffix("-bin") || Self.isPrintable(entry.value))
    }
  }

  private static func isValidKey(_ key: String) -> Bool {
    !key.isEmpty
      && key.utf8.allSatisfy {
        (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d || $0 == 0x5f
          || $0 == 0x2e
      }
  }

  private static func isPrintable(_ value: [UInt8]) -> Bool {
    value.allSatisfy { (0x20...0x7e).contains($0) }
  }
}

extension Metadata: ExpressibleByDictionaryLiteral {
  /// Text entries in the literal's order.
  public init(dictionaryLiteral elements: (String, String)...) {
    entries = elements.map { Entry(key: $0.0, value: Array($0.1.utf8)) }
  }
}
