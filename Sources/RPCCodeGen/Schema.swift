/// What a generator needs to know of one `.proto` file.
package struct SchemaFile: Sendable {
  /// The path as `protoc` knows it, such as `registry/v1/household.proto`.
  package var path: String
  /// The package, such as `registry.v1`; may be empty.
  package var package: String
  /// The outermost messages.
  package var messages: [SchemaMessage] = []
  /// The outermost enumerations.
  package var enums: [SchemaEnum] = []
  /// The services.
  package var services: [SchemaService] = []
}

/// A message type.
package struct SchemaMessage: Sendable {
  /// The name in the schema.
  package var name: String
  /// The full name with a leading dot, as references give it.
  package var fullName: String
  /// The comment above it, without markers; may be empty.
  package var comment: String
  /// All fields, those of choices too, in the order of the schema.
  package var fields: [SchemaField] = []
  /// The choices (`oneof`).
  package var oneofs: [SchemaOneof] = []
  /// The messages inside it.
  package var messages: [SchemaMessage] = []
  /// The enumerations inside it.
  package var enums: [SchemaEnum] = []
  /// Whether `protoc` made it up for a map field.
  package var isMapEntry = false
}

/// A field.
package struct SchemaField: Sendable {
  /// The kinds of value, with the numbers of `google.protobuf.FieldDescriptorProto.Type`.
  package enum Kind: Int32, Sendable {
    case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message
    case bytes, uint32, `enum`, sfixed32, sfixed64, sint32, sint64
  }

  /// The name in the schema.
  package var name: String
  /// The number on the wire.
  package var number: Int32
  /// What it holds.
  package var kind: Kind
  /// Whether it is repeated, as a map is too.
  package var isRepeated = false
  /// The full name of its message or enumeration, with a leading dot; else empty.
  package var typeName = ""
  /// Which choice of the message it belongs to.
  package var oneofIndex: Int?
  /// The comment at it.
  package var comment = ""
}

/// A choice between fields.
package struct SchemaOneof: Sendable {
  /// The name in the schema.
  package var name: String
  /// The comment at it.
  package var comment: String
}

/// An enumeration.
package struct SchemaEnum: Sendable {
  /// The name in the schema.
  package var name: String
  /// The full name with a leading dot.
  package var fullName: String
  /// The comment above it.
  package var comment: String
  /// The values in the order of the schema.
  package var values: [SchemaEnumValue] = []
}

/// A named value of an enumeration.
package struct SchemaEnumValue: Sendable {
  /// The name in the schema.
  package var name: String
  /// The number.
  package var number: Int32
  /// The comment at it.
  package var comment: String
}

/// A service.
package struct SchemaService: Sendable {
  /// The name in the schema.
  package var name: String
  /// The full name without a leading dot.
  package var fullName: String
  /// The comment above it.
  package var comment: String
  /// The methods in the order of the schema.
  package var methods: [SchemaMethod] = []
}

/// A method of a service.
package struct SchemaMethod: Sendable {
  /// The name in the schema.
  package var name: String
  /// The request's full name, with a leading dot.
  package var input: String
  /// The response's full name, with a leading dot.
  package var output: String
  /// Whether many requests come.
  package var clientStreams = false
  /// Whether many responses go.
  package var serverStreams = false
  /// Whether a call changes nothing: `idempotency_level = NO_SIDE_EFFECTS`.
  package var isReadOnly = false
  /// The comment at it.
  package var comment = ""
}
