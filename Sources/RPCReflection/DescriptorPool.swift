internal import CPluginAPI
internal import CProtobufC
package import RPCCore
internal import RPCProtobuf

/// A message type that is known by its descriptor alone.
package struct DynamicType: Sendable {
  /// The full name without a leading dot.
  package let name: String
  /// The fields by number.
  package let fields: [Int32: DynamicField]
  /// The fields by both their names: that of the schema, and that of JSON.
  let byName: [String: DynamicField]
  /// It stands for an entry of a map.
  let isMapEntry: Bool

  init(name: String, fields: [DynamicField], isMapEntry: Bool) {
    self.name = name
    self.isMapEntry = isMapEntry
    self.fields = Dictionary(
      fields.map { ($0.number, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var byName: [String: DynamicField] = [:]
    for field in fields {
      byName[field.jsonName] = field
      byName[field.name] = field
    }
    self.byName = byName
  }
}

/// A field of such a type.
package struct DynamicField: Sendable, Hashable {
  /// The kinds of value, with the numbers of `google.protobuf.FieldDescriptorProto.Type`.
  package enum Kind: Int32, Sendable {
    case double = 1, float, int64, uint64, int32, fixed64, fixed32, bool, string, group, message
    case bytes, uint32, `enum`, sfixed32, sfixed64, sint32, sint64

    /// Whether many values can share one length.
    var isPackable: Bool {
      switch self {
      case .string, .bytes, .message, .group: false
      default: true
      }
    }
  }

  /// The name in the schema.
  package let name: String
  /// The name in JSON.
  package let jsonName: String
  /// The number on the wire.
  package let number: Int32
  /// What it holds.
  package let kind: Kind
  /// Whether it is repeated, as a map is too.
  package let isRepeated: Bool
  /// The full name of its message or enumeration; else empty.
  package let typeName: String
  /// The choice that it belongs to; nil for none.
  package let choice: Int32?
}

/// A method that is known by its descriptor alone.
package struct DynamicMethod: Sendable {
  /// What a call needs to know.
  package let descriptor: MethodDescriptor
  /// The full name of the request's type.
  package let input: String
  /// The full name of the response's type.
  package let output: String
}

/// The messages, enumerations and services of some `.proto` files, as their descriptors tell them.
package struct DescriptorPool: Sendable {
  /// Message types by full name.
  package private(set) var types: [String: DynamicType] = [:]
  /// Numbers by name, of each enumeration by full name.
  package private(set) var enums: [String: [(name: String, number: Int32)]] = [:]
  /// Methods by service, in the order of the schema.
  package private(set) var services: [String: [DynamicMethod]] = [:]
  /// Which file declares a service, a method, a message or an enumeration.
  package private(set) var fileOfSymbol: [String: String] = [:]
  /// What each file imports, by the files' names.
  package private(set) var imports: [String: [String]] = [:]
  /// The files' descriptors as they came, by name.
  package private(set) var files: [String: [UInt8]] = [:]

  /// An empty pool.
  package init() {}

  /// Takes the files of a `google.protobuf.FileDescriptorSet`.
  ///
  /// - Throws: INVALID_ARGUMENT for bytes that are none.
  package init(fileSet bytes: UnsafeRawBufferPointer) throws(RPCError) {
    try add(fileSet: bytes)
  }

  /// Adds the files of a `google.protobuf.FileDescriptorSet`.
  ///
  /// - Throws: INVALID_ARGUMENT for bytes that are none.
  package mutating func add(fileSet bytes: UnsafeRawBufferPointer) throws(RPCError) {
    var reader = WireReader(bytes)
    while let field = try reader.next() {
      guard field.number == 1, case .bytes(let file) = field.value else { continue }
      try add(file: file)
    }
  }

  /// Adds a file from its `google.protobuf.FileDescriptorProto`; one that is known is left as it is.
  ///
  /// - Throws: INVALID_ARGUMENT for bytes that are none.
  package mutating func add(file bytes: UnsafeRawBufferPointer) throws(RPCError) {
    let part = try Self.fileDescriptor.withUnpacked(bytes, limits: Self.limits) { structure in
      Part(structure.assumingMemoryBound(to: Google__Protobuf__FileDescriptorProto.self))
    }
    guard files[part.name] == nil else { return }
    files[part.name] = Array(bytes)
    imports[part.name] = part.imports
    for type in part.types { types[type.name] = type }
    enums.merge(part.enums) { first, _ in first }
    for (service, methods) in part.services { services[service] = methods }
    for symbol in part.symbols { fileOfSymbol[symbol] = part.name }
  }

  /// The files that declare a symbol or have a name, with all that they import, each once.
  package func closure(ofFile name: String) -> [[UInt8]]? {
    guard files[name] != nil else { return nil }
    var seen: Set<String> = []
    var order: [[UInt8]] = []
    var open = [name]
    while let next = open.popLast() {
      guard seen.insert(next).inserted, let file = files[next] else { continue }
      order.append(file)
      open += imports[next] ?? []
    }
    return order
  }

  /// A method by its path, `service/method`.
  package func method(path: String) -> DynamicMethod? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return services[String(path[..<slash])]?.first { $0.descriptor.path == path }
  }

  private static let fileDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Google__Protobuf__FileDescriptorProto()
    google__protobuf__file_descriptor_proto__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  // A file of some hundred messages is small, but its structures are many times its size.
  private static let limits: DecodingLimits = {
    var limits = DecodingLimits()
    limits.elements = 1 << 20
    limits.arenaFactor = 256
    limits.arenaBytes = 64 << 20
    return limits
  }()
}

/// What one file declares.
private struct Part {
  let name: String
  let imports: [String]
  var types: [DynamicType] = []
  var enums: [String: [(name: String, number: Int32)]] = [:]
  var services: [String: [DynamicMethod]] = [:]
  var symbols: [String] = []

  init(_ c: UnsafePointer<Google__Protobuf__FileDescriptorProto>) {
    name = StructureReader.string(c.pointee.name)
    imports = StructureReader.strings(c.pointee.dependency, c.pointee.n_dependency)
    let package = StructureReader.string(c.pointee.package)
    for message in Self.elements(c.pointee.message_type, c.pointee.n_message_type) {
      add(message, in: package)
    }
    for value in Self.elements(c.pointee.enum_type, c.pointee.n_enum_type) {
      add(value, in: package)
    }
    for service in Self.elements(c.pointee.service, c.pointee.n_service) {
      add(service, in: package)
    }
  }

  private mutating func add(
    _ c: UnsafePointer<Google__Protobuf__DescriptorProto>,
    in scope: String
  ) {
    let name = Self.join(scope, c.pointee.name)
    symbols.append(name)
    let fields = Self.elements(c.pointee.field, c.pointee.n_field).compactMap(Self.field)
    let isMapEntry = c.pointee.options.map { $0.pointee.map_entry != 0 } ?? false
    types.append(DynamicType(name: name, fields: fields, isMapEntry: isMapEntry))
    for nested in Self.elements(c.pointee.nested_type, c.pointee.n_nested_type) {
      add(nested, in: name)
    }
    for value in Self.elements(c.pointee.enum_type, c.pointee.n_enum_type) { add(value, in: name) }
  }

  private mutating func add(
    _ c: UnsafePointer<Google__Protobuf__EnumDescriptorProto>,
    in scope: String
  ) {
    let name = Self.join(scope, c.pointee.name)
    symbols.append(name)
    enums[name] = Self.elements(c.pointee.value, c.pointee.n_value).map {
      (StructureReader.string($0.pointee.name), $0.pointee.number)
    }
  }

  private mutating func add(
    _ c: UnsafePointer<Google__Protobuf__ServiceDescriptorProto>,
    in scope: String
  ) {
    let name = Self.join(scope, c.pointee.name)
    symbols.append(name)
    services[name] = Self.elements(c.pointee.method, c.pointee.n_method).map { method in
      symbols.append(Self.join(name, method.pointee.name))
      return Self.method(method, of: name)
    }
  }

  private static func method(
    _ c: UnsafePointer<Google__Protobuf__MethodDescriptorProto>,
    of service: String
  ) -> DynamicMethod {
    let kind: CallKind =
      switch (c.pointee.client_streaming != 0, c.pointee.server_streaming != 0) {
      case (false, false): .unary
      case (true, false): .clientStreaming
      case (false, true): .serverStreaming
      case (true, true): .bidirectional
      }
    let isReadOnly =
      c.pointee.options.map {
        $0.pointee.idempotency_level
          == GOOGLE__PROTOBUF__METHOD_OPTIONS__IDEMPOTENCY_LEVEL__NO_SIDE_EFFECTS
      } ?? false
    return DynamicMethod(
      descriptor: MethodDescriptor(
        service: service,
        method: StructureReader.string(c.pointee.name),
        kind: kind,
        isReadOnly: isReadOnly
      ),
      input: plain(c.pointee.input_type),
      output: plain(c.pointee.output_type)
    )
  }

  private static func field(
    _ c: UnsafePointer<Google__Protobuf__FieldDescriptorProto>
  ) -> DynamicField? {
    let number = Int32(truncatingIfNeeded: c.pointee.type.rawValue)
    // Groups are of a language that nobody writes here.
    guard let kind = DynamicField.Kind(rawValue: number), kind != .group,
      (1..<1 << 29).contains(c.pointee.number)
    else { return nil }
    let name = StructureReader.string(c.pointee.name)
    let json = StructureReader.string(c.pointee.json_name)
    return DynamicField(
      name: name,
      jsonName: json.isEmpty ? name : json,
      number: c.pointee.number,
      kind: kind,
      isRepeated: c.pointee.label
        == GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__LABEL__LABEL_REPEATED,
      typeName: plain(c.pointee.type_name),
      choice: c.pointee.has_oneof_index != 0 ? c.pointee.oneof_index : nil
    )
  }

  private static func join(_ scope: String, _ name: UnsafeMutablePointer<CChar>?) -> String {
    let name = StructureReader.string(name)
    return scope.isEmpty ? name : "\(scope).\(name)"
  }

  /// A reference without its leading dot.
  private static func plain(_ name: UnsafeMutablePointer<CChar>?) -> String {
    let name = StructureReader.string(name)
    return name.hasPrefix(".") ? String(name.dropFirst()) : name
  }

  private static func elements<Structure>(
    _ pointers: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ count: Int
  ) -> [UnsafePointer<Structure>] {
    UnsafeBufferPointer(start: pointers, count: pointers == nil ? 0 : count).compactMap {
      $0.map { UnsafePointer($0) }
    }
  }
}
