/// Writes an enumeration as an open structure around its number.
struct EnumGenerator {
  private let schema: SchemaEnum
  private let name: String
  private let cases: [(member: String, value: SchemaEnumValue)]

  init(_ schema: SchemaEnum) {
    self.schema = schema
    name = SwiftName.type(schema.name)
    let members = SwiftName.values(of: schema.values.map(\.name), inEnum: schema.name)
    cases = zip(members, schema.values).map { ($0, $1) }
  }

  // Of several names for one number, the first.
  private var firsts: [(member: String, value: SchemaEnumValue)] {
    var seen: Set<Int32> = []
    return cases.filter { seen.insert($0.value.number).inserted }
  }

  func write(_ code: inout CodeWriter) {
    code.documentation(schema.comment, else: "The enumeration `\(schema.name)`.")
    code.block("public struct \(name): RPCProtobuf.MessageEnum") { code in
      code.line("/// The number on the wire.")
      code.line("public let rawValue: Int32")
      code.line("/// Keeps any number.")
      code.line("public init(rawValue: Int32) { self.rawValue = rawValue }")
      for (member, value) in cases {
        code.line()
        code.documentation(value.comment, else: "`\(value.name)`.")
        code.line("public static let \(member) = \(name)(rawValue: \(value.number))")
      }
      code.line()
      code.line("/// The values that the schema names, by number.")
      code.line("public static let allKnown: [\(name)] = [")
      code.indented { code in
        for entry in firsts.sorted(by: { $0.value.number < $1.value.number }) {
          code.line(".\(entry.member),")
        }
      }
      code.line("]")
      code.line()
      code.line("/// The value's name in the schema, or its number in digits when it has none.")
      code.block("public var name: String") { code in
        code.line("switch rawValue {")
        for entry in firsts {
          code.line("case \(entry.value.number): \"\(entry.value.name)\"")
        }
        code.line("default: String(rawValue)")
        code.line("}")
      }
    }
  }
}
