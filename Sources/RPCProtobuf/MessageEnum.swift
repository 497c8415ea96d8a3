/// An enumeration that the project's plug-in generated: open, so that values of later versions of
/// the schema survive reading and writing.
public protocol MessageEnum: RawRepresentable, Hashable, Sendable where RawValue == Int32 {
  /// Keeps any number.
  init(rawValue: Int32)
  /// The values that the schema names, by number.
  static var allKnown: [Self] { get }
  /// The value's name in the schema, or its number in digits when it has none.
  var name: String { get }
}

extension MessageEnum {
  /// The value that the schema gives this name, such as `CATEGORY_LOW_INCOME`; nil for none.
  public init?(name: String) {
    guard let value = Self.allKnown.first(where: { $0.name == name }) else { return nil }
    self = value
  }

  /// Whether the schema names the value.
  public var isKnown: Bool { Self.allKnown.contains(self) }
}
