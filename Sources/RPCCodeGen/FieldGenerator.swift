/// Knows how one field is declared, read from its C structure and written to it.
struct FieldGenerator {
  let schema: SchemaField
  /// The property or case.
  let member: String
  /// The type of one value, without optional, array or dictionary around it.
  let element: String
  /// Whether the property is stored as an array of none or one, since the message holds itself.
  let isIndirect: Bool
  /// The key's and value's fields of a map.
  let map: [FieldGenerator]?
  private let cMember: String
  private let place: String

  init(_ field: SchemaField, in message: SchemaMessage, _ types: TypeTable) throws(CodeGenError) {
    schema = field
    member = SwiftName.member(field.name)
    cMember = CName.member(field.name)
    place = "\(message.fullName.split(separator: ".").last ?? "").\(field.name)"
    isIndirect = field.oneofIndex == nil && types.isRecursive(field, in: message)
    if let entry = types.mapEntry(field) {
      guard entry.fields.count == 2 else { throw CodeGenError("\(place): not a map") }
      map = [
        try FieldGenerator(entry.fields[0], in: entry, types),
        try FieldGenerator(entry.fields[1], in: entry, types),
      ]
    } else {
      map = nil
    }
    element = map == nil ? try Self.element(field, place, types) : ""
  }

  private static func element(
    _ field: SchemaField,
    _ place: String,
    _ types: TypeTable
  ) throws(CodeGenError) -> String {
    switch field.kind {
    case .double: "Double"
    case .float: "Float"
    case .int64, .sfixed64, .sint64: "Int64"
    case .uint64, .fixed64: "UInt64"
    case .int32, .sfixed32, .sint32: "Int32"
    case .uint32, .fixed32: "UInt32"
    case .bool: "Bool"
    case .string: "String"
    case .bytes: "[UInt8]"
    case .message, .enum: try types.swiftName(field.typeName)
    case .group: throw CodeGenError("\(place): groups are not supported")
    }
  }

  /// The type of the property.
  var type: String {
    if let map { return "[\(map[0].element): \(map[1].element)]" }
    if schema.isRepeated { return "[\(element)]" }
    return schema.kind == .message ? element + "?" : element
  }

  /// The value that an absent field has.
  var defaultValue: String {
    if map != nil { return "[:]" }
    if schema.isRepeated { return "[]" }
    switch schema.kind {
    case .message: return "nil"
    case .string: return "\"\""
    case .bytes: return "[]"
    case .bool: return "false"
    case .enum: return "\(element)(rawValue: 0)"
    default: return "0"
    }
  }

  /// The stored property's name: hidden for a message that holds itself.
  var storage: String { isIndirect ? "_" + SwiftName.plainMember(schema.name) : member }
}

// MARK: Reading

extension FieldGenerator {
  /// The expression that gives the property's value from the C structure at `c`.
  func reading(_ c: String = "c") -> String {
    let value = "\(c).pointee.\(cMember)"
    let count = "\(c).pointee.n_\(schema.name.lowercased())"
    if let map {
      return "StructureReader.map(\(value), \(count)) "
        + "{ (\(map[0].readingOne("$0")), \(map[1].readingOne("$0"))) }"
    }
    guard schema.isRepeated else { return readingOne(c) }
    switch schema.kind {
    case .message: return "StructureReader.messages(\(value), \(count)) { \(element)($0) }"
    case .enum: return "StructureReader.enums(\(value), \(count))"
    case .string: return "StructureReader.strings(\(value), \(count))"
    case .bytes: return "StructureReader.byteStrings(\(value), \(count))"
    case .bool: return "StructureReader.booleans(\(value), \(count))"
    default: return "StructureReader.scalars(\(value), \(count))"
    }
  }

  /// The expression for a singular value; a message in a map entry is never absent.
  private func readingOne(_ c: String) -> String {
    let value = "\(c).pointee.\(cMember)"
    switch schema.kind {
    case .message:
      let convert = "\(value).map { \(element)(UnsafePointer($0)) }"
      if isMapValue { return "(\(convert) ?? \(element)())" }
      return isIndirect ? "\(convert).map { [$0] } ?? []" : convert
    case .enum: return "\(element)(rawValue: Int32(truncatingIfNeeded: \(value).rawValue))"
    case .string: return "StructureReader.string(\(value))"
    case .bytes: return "StructureReader.bytes(\(value).data, \(value).len)"
    case .bool: return "\(value) != 0"
    default: return value
    }
  }

  private var isMapValue: Bool { schema.number == 2 && place.hasSuffix("Entry.value") }

  /// The expression that gives a choice's optional value when this field is the chosen one.
  func readingChoice(_ choice: String) -> String {
    if schema.kind == .message {
      return "c.pointee.\(cMember).map { \(choice).\(member)(\(element)(UnsafePointer($0))) }"
    }
    return "\(choice).\(member)(\(readingOne("c")))"
  }
}

// MARK: Viewing

extension FieldGenerator {
  private var isViewedMessage: Bool { schema.kind == .message && map == nil }

  /// The type of the property of a view; strings, bytes, numbers in a row and messages are not copied.
  private var viewType: String {
    if map != nil { return type }
    switch schema.kind {
    case .message:
      return schema.isRepeated
        ? "RPCProtobuf.MessageViews<\(element).View>" : "\(element).View?"
    case .string where !schema.isRepeated: return "UTF8Span"
    case .bytes where !schema.isRepeated: return "Span<UInt8>"
    case .string, .bytes, .bool, .enum: return type
    default: return schema.isRepeated ? "Span<\(element)>" : type
    }
  }

  /// Writes the property of a view; of a choice, `choice` tells the field that is chosen.
  func writeViewing(_ code: inout CodeWriter, chosenBy choice: String? = nil) {
    let isOptional = choice != nil && !isViewedMessage
    code.documentation(schema.comment, else: "`\(schema.name)`.")
    code.block("public var \(member): \(viewType)\(isOptional ? "?" : "")") { code in
      guard viewType != type || isViewedMessage else {
        if let choice { code.line("guard \(choice) == \(schema.number) else { return nil }") }
        return code.line("return \(reading("_c"))")
      }
      code.line("@_lifetime(copy self)")
      code.block("get") { code in
        if let choice { code.line("guard \(choice) == \(schema.number) else { return nil }") }
        writeLooking(&code)
      }
    }
  }

  private func writeLooking(_ code: inout CodeWriter) {
    let value = "_c.pointee.\(cMember)"
    let count = "_c.pointee.n_\(schema.name.lowercased())"
    switch (schema.kind, schema.isRepeated) {
    case (.message, false):
      code.line("guard let inner = \(value) else { return nil }")
      code.line("return \(element).View(_structure.inner(UnsafeRawPointer(inner)))")
    case (.message, true):
      code.line("return _structure.messages(\(value), \(count), as: \(element).View.self)")
    case (.string, _): code.line("return _structure.text(\(value))")
    case (.bytes, _): code.line("return _structure.elements(\(value).data, \(value).len)")
    default: code.line("return _structure.elements(\(value), \(count))")
    }
  }
}

// MARK: Writing

extension FieldGenerator {
  /// Writes the statements that put the property into the C structure at `c`.
  func writeFilling(_ code: inout CodeWriter) {
    let target = "c.pointee.\(cMember)"
    let property = "self.\(storage)"
    if map != nil || schema.isRepeated { return writeFillingElements(&code, property, target) }
    if schema.kind == .message {
      let present = isIndirect ? "\(property).first" : property
      code.block("if let value = \(present)") { code in
        code.line(Self.assignMessage(target, schema.typeName, "value"))
      }
    } else {
      fillOne(&code, property, "c", isAlwaysPresent: false)
    }
  }

  /// Writes the statements that put one value, which is present, into the structure at `c`.
  func fillOne(
    _ code: inout CodeWriter,
    _ value: String,
    _ c: String,
    isAlwaysPresent: Bool
  ) {
    let target = "\(c).pointee.\(cMember)"
    switch schema.kind {
    case .message: code.line(Self.assignMessage(target, schema.typeName, value))
    case .enum:
      code.line("\(target) = .init(rawValue: .init(truncatingIfNeeded: \(value).rawValue))")
    case .string:
      let function = isAlwaysPresent ? "text" : "string"
      code.line("\(target) = encoder.\(function)(\(value), \"\(place)\")")
    case .bytes:
      code.line(
        "\(target) = ProtobufCBinaryData(len: \(value).count, data: encoder.bytes(\(value)))"
      )
    case .bool: code.line("\(target) = \(value) ? 1 : 0")
    default: code.line("\(target) = \(value)")
    }
  }

  private static func assignMessage(
    _ target: String,
    _ typeName: String,
    _ value: String
  ) -> String {
    "\(target) = encoder.message(\(CName.initialiser(typeName))) { \(value).fill($0, encoder) }"
  }

  private func writeFillingElements(
    _ code: inout CodeWriter,
    _ property: String,
    _ target: String
  ) {
    let count = "c.pointee.n_\(schema.name.lowercased())"
    if let map {
      writeFillingMap(&code, map, property, target, count)
      return
    }
    let expression =
      switch schema.kind {
      case .message:
        "encoder.messages(\(property), \(CName.initialiser(schema.typeName)), "
          + "{ $0.fill($1, encoder) })"
      case .enum: "encoder.enums(\(property))"
      case .string: "encoder.strings(\(property), \"\(place)\")"
      case .bytes: "encoder.byteStrings(\(property))"
      case .bool: "encoder.booleans(\(property))"
      default: "encoder.scalars(\(property))"
      }
    code.block("if let elements = \(expression)") { code in
      code.line("\(count) = \(property).count")
      switch schema.kind {
      case .enum:
        let type = CName.type(schema.typeName)
        code.line("\(target) = elements.assumingMemoryBound(to: \(type).self)")
      case .bytes:
        code.line("\(target) = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)")
      default: code.line("\(target) = elements")
      }
    }
  }

  private func writeFillingMap(
    _ code: inout CodeWriter,
    _ map: [FieldGenerator],
    _ property: String,
    _ target: String,
    _ count: String
  ) {
    let order = map[0].schema.kind == .bool ? "!$0.key && $1.key" : "$0.key < $1.key"
    let initialiser = CName.initialiser(schema.typeName)
    code.block("if !\(property).isEmpty") { code in
      code.line("let entries = \(property).sorted { \(order) }")
      code.line("let elements = encoder.messages(entries, \(initialiser)) { entry, c in")
      code.indented { code in
        map[0].fillOne(&code, "entry.key", "c", isAlwaysPresent: false)
        map[1].fillOne(&code, "entry.value", "c", isAlwaysPresent: false)
      }
      code.line("}")
      code.block("if let elements") { code in
        code.line("\(count) = entries.count")
        code.line("\(target) = elements")
      }
    }
  }
}
