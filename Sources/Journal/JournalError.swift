/// An error of the journal's bytes, tree or keys; equality is on the code.
///
/// The words never hold personal data or key material.
public struct JournalError: Error, Sendable {
  /// The kind of a failure; an open set.
  public struct Code: Hashable, Sendable, RawRepresentable {
    /// The name of the kind.
    public let rawValue: String

    /// A kind by its name.
    public init(rawValue: String) {
      self.rawValue = rawValue
    }

    /// Bytes that are not the one encoding of a value, or a value outside its limits.
    public static let malformed = Code(rawValue: "malformed")
    /// Sealed with a node key that is not in the key file.
    public static let wrongKey = Code(rawValue: "wrong key")
    /// Sealed bytes, or what they are bound to, were altered.
    public static let altered = Code(rawValue: "altered")
    /// The key file is absent, unreadable, damaged, or readable for others than its owner.
    public static let keyFile = Code(rawValue: "key file")
    /// A leaf or tree size that the journal does not have.
    public static let outOfRange = Code(rawValue: "out of range")
    /// The stored tree lacks hashes that it must have.
    public static let incompleteTree = Code(rawValue: "incomplete tree")
    /// The cryptographic library failed.
    public static let cryptography = Code(rawValue: "cryptography")
  }

  /// What kind of failure it is.
  public var code: Code
  /// What went wrong, in words.
  public var message: String

  /// An error with words that hold no personal data.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension JournalError: Hashable, CustomStringConvertible {
  /// Equal for equal codes, whatever the words.
  public static func == (left: Self, right: Self) -> Bool { left.code == right.code }

  /// Hashes the code.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(code)
  }

  /// Code and words.
  public var description: String { "\(code.rawValue): \(message)" }
}
