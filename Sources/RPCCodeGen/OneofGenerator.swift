/// Writes a choice as a nested enumeration and an optional property.
struct OneofGenerator {
  let fields: [FieldGenerator]
  /// The nested enumeration's name.
  let type: String
  /// The property's name.
  let member: String
  private let schema: SchemaOneof
  private let isIndirect: Bool
  private let cMember: String

  init(
    _ oneof: SchemaOneof,
    _ index: Int,
    in message: SchemaMessage,
    _ types: TypeTable
  ) throws(CodeGenError) {
    schema = oneof
    var fields: [FieldGenerator] = []
    for field in message.fields where field.oneofIndex == index {
      fields.append(try FieldGenerator(field, in: message, types))
    }
    self.fields = fields
    isIndirect = fields.contains { types.isRecursive($0.schema, in: message) }
    member = SwiftName.member(oneof.name)
    cMember = CName.choice(oneof.name)
    let name = SwiftName.choice(oneof.name)
    let taken =
      message.messages.map(\.name) + message.enums.map(\.name) + [message.name, "View"]
      + fields.compactMap { $0.element.split(separator: ".").last.map(String.init) }
    type = taken.contains(name) ? name + "Choice" : name
  }

  func writeType(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The choice `\(schema.name)`.")
    code.block("public \(isIndirect ? "indirect " : "")enum \(type): Hashable, Sendable") { code in
      for field in fields {
        code.documentation(field.schema.comment, else: "`\(field.schema.name)`.")
        code.line("case \(field.member)(\(field.element))")
      }
    }
    code.line()
  }

  func writeProperty(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The choice `\(schema.name)`.")
    code.line("public var \(member): \(type)?")
  }

  /// Writes a property for each field, nil unless it is the chosen one.
  func writeViewing(_ code: inout CodeWriter) {
    for field in fields {
      field.writeViewing(&code, chosenBy: "_c.pointee.\(cMember).rawValue")
    }
  }

  func writeReading(_ code: inout CodeWriter) {
    code.line("switch c.pointee.\(cMember).rawValue {")
    for field in fields {
      code.line("case \(field.schema.number): self.\(member) = \(field.readingChoice(type))")
    }
    code.line("default: self.\(member) = nil")
    code.line("}")
  }

  func writeFilling(_ code: inout CodeWriter) {
    code.line("switch self.\(member) {")
    for field in fields {
      code.line("case .\(field.member)(let value)?:")
      code.indented { code in
        code.line("c.pointee.\(cMember) = .init(rawValue: \(field.schema.number))")
        field.fillOne(&code, "value", "c", isAlwaysPresent: true)
      }
    }
    code.line("case nil: break")
    code.line("}")
  }
}
