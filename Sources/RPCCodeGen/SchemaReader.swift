internal import CPluginAPI
internal import CProtobufC
internal import RPCProtobuf

/// Turns `protoc`'s file descriptors from their C structures into a `SchemaFile`.
struct SchemaReader {
  private typealias Text = UnsafeMutablePointer<CChar>?
  private typealias Location = Google__Protobuf__SourceCodeInfo__Location

  // The field numbers of descriptor.proto that source locations are made of.
  private enum Step {
    static let fileMessage: Int32 = 4
    static let fileEnum: Int32 = 5
    static let fileService: Int32 = 6
    static let messageField: Int32 = 2
    static let messageNested: Int32 = 3
    static let messageEnum: Int32 = 4
    static let messageOneof: Int32 = 8
    static let enumValue: Int32 = 2
    static let serviceMethod: Int32 = 2
  }

  private var comments: [[Int32]: String] = [:]

  /// Reads a file.
  static func read(_ file: UnsafePointer<Google__Protobuf__FileDescriptorProto>) -> SchemaFile {
    var reader = SchemaReader()
    reader.collectComments(file.pointee.source_code_info)
    let package = string(file.pointee.package)
    let scope = package.isEmpty ? "" : "." + package
    var schema = SchemaFile(path: string(file.pointee.name), package: package)
    schema.messages = elements(file.pointee.message_type, file.pointee.n_message_type) {
      reader.message($0, scope, [Step.fileMessage, $1])
    }
    schema.enums = elements(file.pointee.enum_type, file.pointee.n_enum_type) {
      reader.enumeration($0, scope, [Step.fileEnum, $1])
    }
    schema.services = elements(file.pointee.service, file.pointee.n_service) {
      reader.service($0, package, [Step.fileService, $1])
    }
    return schema
  }

  private mutating func collectComments(
    _ info: UnsafeMutablePointer<Google__Protobuf__SourceCodeInfo>?
  ) {
    guard let info else { return }
    let locations = StructureReader.messages(info.pointee.location, info.pointee.n_location) {
      (location: UnsafePointer<Location>) -> ([Int32], String) in
      let path = StructureReader.scalars(location.pointee.path, location.pointee.n_path)
      let leading = Self.string(location.pointee.leading_comments)
      let comment = leading.isEmpty ? Self.string(location.pointee.trailing_comments) : leading
      return (path, comment)
    }
    for (path, comment) in locations where !comment.isEmpty { comments[path] = comment }
  }

  private func comment(_ path: [Int32]) -> String { comments[path] ?? "" }

  private func message(
    _ c: UnsafePointer<Google__Protobuf__DescriptorProto>,
    _ scope: String,
    _ path: [Int32]
  ) -> SchemaMessage {
    let name = Self.string(c.pointee.name)
    let fullName = scope + "." + name
    var message = SchemaMessage(name: name, fullName: fullName, comment: comment(path))
    message.fields = Self.elements(c.pointee.field, c.pointee.n_field) {
      field($0, path + [Step.messageField, $1])
    }
    message.oneofs = Self.elements(c.pointee.oneof_decl, c.pointee.n_oneof_decl) { oneof, index in
      SchemaOneof(
        name: Self.string(oneof.pointee.name),
        comment: comment(path + [Step.messageOneof, index])
      )
    }
    message.messages = Self.elements(c.pointee.nested_type, c.pointee.n_nested_type) {
      self.message($0, fullName, path + [Step.messageNested, $1])
    }
    message.enums = Self.elements(c.pointee.enum_type, c.pointee.n_enum_type) {
      enumeration($0, fullName, path + [Step.messageEnum, $1])
    }
    if let options = c.pointee.options { message.isMapEntry = options.pointee.map_entry != 0 }
    return message
  }

  private func field(
    _ c: UnsafePointer<Google__Protobuf__FieldDescriptorProto>,
    _ path: [Int32]
  ) -> SchemaField {
    SchemaField(
      name: Self.string(c.pointee.name),
      number: c.pointee.number,
      kind: SchemaField.Kind(rawValue: Int32(truncatingIfNeeded: c.pointee.type.rawValue))
        ?? .group,
      isRepeated: c.pointee.label
        == GOOGLE__PROTOBUF__FIELD_DESCRIPTOR_PROTO__LABEL__LABEL_REPEATED,
      typeName: Self.string(c.pointee.type_name),
      oneofIndex: c.pointee.has_oneof_index != 0 ? Int(c.pointee.oneof_index) : nil,
      comment: comment(path)
    )
  }

  private func enumeration(
    _ c: UnsafePointer<Google__Protobuf__EnumDescriptorProto>,
    _ scope: String,
    _ path: [Int32]
  ) -> SchemaEnum {
    let name = Self.string(c.pointee.name)
    var result = SchemaEnum(name: name, fullName: scope + "." + name, comment: comment(path))
    result.values = Self.elements(c.pointee.value, c.pointee.n_value) { value, index in
      SchemaEnumValue(
        name: Self.string(value.pointee.name),
        number: value.pointee.number,
        comment: comment(path + [Step.enumValue, index])
      )
    }
    return result
  }

  private func service(
    _ c: UnsafePointer<Google__Protobuf__ServiceDescriptorProto>,
    _ package: String,
    _ path: [Int32]
  ) -> SchemaService {
    let name = Self.string(c.pointee.name)
    let fullName = package.isEmpty ? name : package + "." + name
    var service = SchemaService(name: name, fullName: fullName, comment: comment(path))
    service.methods = Self.elements(c.pointee.method, c.pointee.n_method) {
      method($0, path + [Step.serviceMethod, $1])
    }
    return service
  }

  private func method(
    _ c: UnsafePointer<Google__Protobuf__MethodDescriptorProto>,
    _ path: [Int32]
  ) -> SchemaMethod {
    var method = SchemaMethod(
      name: Self.string(c.pointee.name),
      input: Self.string(c.pointee.input_type),
      output: Self.string(c.pointee.output_type),
      comment: comment(path)
    )
    method.clientStreams = c.pointee.client_streaming != 0
    method.serverStreams = c.pointee.server_streaming != 0
    if let options = c.pointee.options {
      method.isReadOnly =
        options.pointee.idempotency_level
        == GOOGLE__PROTOBUF__METHOD_OPTIONS__IDEMPOTENCY_LEVEL__NO_SIDE_EFFECTS
    }
    return method
  }

  private static func string(_ text: Text) -> String { StructureReader.string(text) }

  private static func elements<Structure, Element>(
    _ pointers: UnsafeMutablePointer<UnsafeMutablePointer<Structure>?>?,
    _ count: Int,
    _ convert: (UnsafePointer<Structure>, Int32) -> Element
  ) -> [Element] {
    var index: Int32 = -1
    return StructureReader.messages(pointers, count) { element in
      index += 1
      return convert(element, index)
    }
  }
}
