/// What a generator needs to know of one `.proto` file.
struct SchemaFile: Sendable {
  /// The path as `protoc` knows it, such as `registry/v1/household.proto`.
  var path: String
  /// The package, such as `registry.v1`; may be empty.
  var package: String
  /// The outermost messages.
  var messages: [SchemaMessage] = []
  /// The outermost enumerations.
  var enums: [SchemaEnum] = []
  /// The services.
  var services: [SchemaService] = []
}

/// A message type.
struct SchemaMessage: Sendable {
  /// The name in the schema.
  var name: String
  /// The full name with a leading dot, as references give it.
  var fullName: String
  /// The comment above it, without markers; may be empty.
  var comment: String
  /// All fields, those of choices too, in the order of the schema.
  var fields: [SchemaField] = []
  /// The choices (`oneof`).
  var oneofs: [SchemaOneof] = []
  /// The messages inside it.
  var messages: [SchemaMessage] = []
  /// The enumerations inside it.
  var enums: [SchemaEnum] = []
  /// Whether `protoc` made it up for a map field.
  var isMapEntry = false
}

/// A field.
struct SchemaField: Sendable {
  /// The kinds of value, with the numbers of `google.protobuf.FieldDescriptorProto.Type`.
  enum Kind: Int32, Sendable {
    case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message
    case bytes, uint32, `enum`, sfixed32, sfixed64, sint32, sint64
  }

  /// The name in the schema.
  var name: String
  /// The number on the wire.
  var number: Int32
  /// What it holds.
  var kind: Kind
  /// Whether it is repeated, as a map is too.
  var isRepeated = false
  /// The full name of its message or enumeration, with a leading dot; else empty.
  var typeName = ""
  /// Which choice of the message it belongs to.
  var oneofIndex: Int?
  /// The comment at it.
  var comment = ""
}

/// A choice between fields.
struct SchemaOneof: Sendable {
  /// The name in the schema.
  var name: String
  /// The comment at it.
  var comment: String
}

/// An enumeration.
struct SchemaEnum: Sendable {
  /// The name in the schema.
  var name: String
  /// The full name with a leading dot.
  var fullName: String
  /// The comment above it.
  var comment: String
  /// The values in the order of the schema.
  var values: [SchemaEnumValue] = []
}

/// A named value of an enumeration.
struct SchemaEnumValue: Sendable {
  /// The name in the schema.
  var name: String
  /// The number.
  var number: Int32
  /// The comment at it.
  var comment: String
}

/// A service.
struct SchemaService: Sendable {
  /// The name in the schema.
  var name: String
  /// The full name without a leading dot.
  var fullName: String
  /// The comment above it.
  var comment: String
  /// The methods in the order of the schema.
  var methods: [SchemaMethod] = []
}

/// A method of a service.
struct SchemaMethod: Sendable {
  /// The name in the schema.
  var name: String
  /// The request's full name, with a leading dot.
  var input: String
  /// The response's full name, with a leading dot.
  var output: String
  /// Whether many requests come.
  var clientStreams = false
  /// Whether many responses go.
  var serverStreams = false
  /// Whether a call changes nothing: `idempotency_level = NO_SIDE_EFFECTS`.
  var isReadOnly = false
  /// The comment at it.
  var comment = ""
}
