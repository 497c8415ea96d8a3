// swift-format-ignore-file
// Generated from test/v1/shapes.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CTestSchema
internal import CProtobufC
public import RPCProtobuf

/// A colour, kept open: values from later versions survive.
public struct Colour: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Nothing was said.
  public static let unspecified = Colour(rawValue: 0)

  /// Red, like a warning.
  public static let red = Colour(rawValue: 1)

  /// `COLOUR_DARK_GREEN`.
  public static let darkGreen = Colour(rawValue: 2)

  /// `COLOUR_NEGATIVE`.
  public static let negative = Colour(rawValue: -1)

  /// The values that the schema names, by number.
  public static let allKnown: [Colour] = [
    .negative,
    .unspecified,
    .red,
    .darkGreen,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "COLOUR_UNSPECIFIED"
    case 1: "COLOUR_RED"
    case 2: "COLOUR_DARK_GREEN"
    case -1: "COLOUR_NEGATIVE"
    default: String(rawValue)
    }
  }
}

/// A point.
public struct Point: RPCProtobuf.Message {
  /// `x`.
  public var x: Int32

  /// `y`.
  public var y: Int32

  /// The message whose fields all have their default values.
  public init() {
    self.x = 0
    self.y = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    x: Int32 = 0,
    y: Int32 = 0
  ) {
    self.x = x
    self.y = y
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Test__V1__Point()
    test__v1__point__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Test__V1__Point.self))
  }

  init(_ c: UnsafePointer<Test__V1__Point>) {
    self.x = c.pointee.x
    self.y = c.pointee.y
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Test__V1__Point.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Test__V1__Point>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.x = self.x
    c.pointee.y = self.y
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `Point` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = Point
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Test__V1__Point> {
      _structure.pointer.assumingMemoryBound(to: Test__V1__Point.self)
    }
    /// `x`.
    public var x: Int32 {
      return _c.pointee.x
    }
    /// `y`.
    public var y: Int32 {
      return _c.pointee.y
    }
  }
}
