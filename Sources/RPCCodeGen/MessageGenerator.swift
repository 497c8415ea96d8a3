/// Writes a message as a structure with its initialisers, its schema, and its way from and to C.
struct MessageGenerator {
  private enum Member {
    case field(FieldGenerator)
    case oneof(OneofGenerator)
  }

  private let schema: SchemaMessage
  private let name: String
  private let cType: String
  private let members: [Member]
  private let nested: [MessageGenerator]
  private let isViewed: Bool

  init(_ message: SchemaMessage, _ types: TypeTable) throws(CodeGenError) {
    schema = message
    name = SwiftName.type(message.name)
    isViewed = types.isViewed(message.fullName)
    if isViewed, let name = types.hiddenByViews {
      throw CodeGenError("\(name.dropFirst()): views take this name themselves")
    }
    cType = CName.type(message.fullName)
    // The member that every structure of protobuf-c begins with.
    if message.fields.contains(where: { CName.member($0.name) == "base" }) {
      throw CodeGenError("\(message.fullName.dropFirst()).base: protobuf-c takes this name itself")
    }
    var members: [Member] = []
    var seenOneofs: Set<Int> = []
    for field in message.fields {
      if let index = field.oneofIndex {
        guard seenOneofs.insert(index).inserted, message.oneofs.indices.contains(index) else {
          continue
        }
        members.append(.oneof(try OneofGenerator(message.oneofs[index], index, in: message, types)))
      } else {
        members.append(.field(try FieldGenerator(field, in: message, types)))
      }
    }
    self.members = members
    var nested: [MessageGenerator] = []
    for inner in message.messages where !inner.isMapEntry {
      nested.append(try MessageGenerator(inner, types))
    }
    self.nested = nested
  }

  func write(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The message `\(schema.name)`.")
    code.block("public struct \(name): RPCProtobuf.Message") { code in
      for inner in schema.enums {
        EnumGenerator(inner).write(&code)
        code.line()
      }
      for inner in nested {
        inner.write(&code)
        code.line()
      }
      writeProperties(&code)
      writeInitialisers(&code)
      writeDescriptor(&code)
      writeReading(&code)
      writeFilling(&code)
      if isViewed {
        code.line()
        writeView(&code)
      }
    }
  }

  private func writeView(_ code: inout CodeWriter) {
    code.line("/// A value of its own of what a view looks at.")
    code.line("public init(_ view: borrowing View) { self.init(view._c) }")
    code.line()
    code.line("/// A `\(schema.name)` where it lies unpacked; valid only while it is lent.")
    code.block("public struct View: RPCProtobuf.MessageView, ~Escapable") { code in
      code.line("/// The message that is looked at.")
      code.line("public typealias ViewedMessage = \(name)")
      // No field of a schema has such names.
      code.line("private let _structure: RPCProtobuf.LentStructure")
      code.line("/// Looks at the unpacked C structure of the type; for the decoder alone.")
      code.line("@_lifetime(copy structure)")
      code.line(
        "public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }"
      )
      code.block("fileprivate var _c: UnsafePointer<\(cType)>") { code in
        code.line("_structure.pointer.assumingMemoryBound(to: \(cType).self)")
      }
      for member in members {
        switch member {
        case .field(let field): field.writeViewing(&code)
        case .oneof(let oneof): oneof.writeViewing(&code)
        }
      }
    }
  }

  private func writeProperties(_ code: inout CodeWriter) {
    for member in members {
      switch member {
      case .oneof(let oneof):
        oneof.writeType(&code)
        oneof.writeProperty(&code)
      case .field(let field):
        if field.isIndirect { code.line("private var \(field.storage): [\(field.element)]") }
        code.documentation(field.schema.comment, else: "`\(field.schema.name)`.")
        if field.isIndirect {
          code.block("public var \(field.member): \(field.type)") { code in
            code.line("get { \(field.storage).first }")
            code.line("set { \(field.storage) = newValue.map { [$0] } ?? [] }")
          }
        } else {
          code.line("public var \(field.member): \(field.type)")
        }
      }
      code.line()
    }
  }

  private func writeInitialisers(_ code: inout CodeWriter) {
    code.line("/// The message whose fields all have their default values.")
    code.block("public init()") { code in
      for member in members {
        switch member {
        case .oneof(let oneof): code.line("self.\(oneof.member) = nil")
        case .field(let field):
          code.line("self.\(field.storage) = \(field.isIndirect ? "[]" : field.defaultValue)")
        }
      }
    }
    code.line()
    if members.isEmpty { return }
    code.line("/// A message with these values, and the default for what is not given.")
    code.line("public init(")
    code.indented { code in
      for (index, member) in members.enumerated() {
        let comma = index == members.count - 1 ? "" : ","
        switch member {
        case .oneof(let oneof): code.line("\(oneof.member): \(oneof.type)? = nil\(comma)")
        case .field(let field):
          code.line("\(field.member): \(field.type) = \(field.defaultValue)\(comma)")
        }
      }
    }
    code.block(")") { code in
      for member in members {
        switch member {
        case .oneof(let oneof): code.line("self.\(oneof.member) = \(oneof.member)")
        case .field(let field):
          let value = field.isIndirect ? "\(field.member).map { [$0] } ?? []" : field.member
          code.line("self.\(field.storage) = \(value)")
        }
      }
    }
    code.line()
  }

  private func writeDescriptor(_ code: inout CodeWriter) {
    code.line("/// The schema of the message.")
    code.block(
      "public static let messageDescriptor: RPCProtobuf.MessageDescriptor =",
      end: "}()"
    ) { code in
      code.line("var c = \(cType)()")
      code.line("\(CName.initialiser(schema.fullName))(&c)")
      code.line("return RPCProtobuf.MessageDescriptor(c.base.descriptor)")
    }
    code.line()
  }

  private func writeReading(_ code: inout CodeWriter) {
    code.line("/// Reads the unpacked C structure of the type; for the decoder alone.")
    code.block("public init(structure: UnsafeRawPointer)") { code in
      code.line("self.init(structure.assumingMemoryBound(to: \(cType).self))")
    }
    code.line()
    code.block("init(_ c: UnsafePointer<\(cType)>)") { code in
      for member in members {
        switch member {
        case .oneof(let oneof): oneof.writeReading(&code)
        case .field(let field): code.line("self.\(field.storage) = \(field.reading())")
        }
      }
    }
    code.line()
  }

  private func writeFilling(_ code: inout CodeWriter) {
    code.line("/// Fills an initialised C structure of the type; for the encoder alone.")
    code.block(
      "public func fill("
        + "structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder)"
    ) { code in
      code.line("fill(structure.assumingMemoryBound(to: \(cType).self), encoder)")
    }
    code.line()
    code.block(
      "func fill(_ c: UnsafeMutablePointer<\(cType)>, _ encoder: RPCProtobuf.MessageEncoder)"
    ) { code in
      for member in members {
        switch member {
        case .oneof(let oneof): oneof.writeFilling(&code)
        case .field(let field): field.writeFilling(&code)
        }
      }
    }
  }
}
