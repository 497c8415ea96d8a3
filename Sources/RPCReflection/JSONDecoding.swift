internal import FoundationEssentials
package import RPCCore

extension DescriptorPool {
  /// A message as JSON, by the mapping of Protocol Buffers: fields by number, those that are not set
  /// left out, unknown ones too; 64-bit numbers as text, bytes in base64, enumerations by name.
  ///
  /// - Parameter indented: over several lines; else on one.
  /// - Throws: INVALID_ARGUMENT for bytes that are not a message of the type.
  package func json(
    _ bytes: [UInt8],
    as type: String,
    indented: Bool = true
  ) throws(RPCError) -> String {
    // `withUnsafeBytes` rethrows untyped errors only; the result carries the typed one out.
    let result = bytes.withUnsafeBytes { buffer in
      Result { () throws(RPCError) in try node(buffer, type, 0) }
    }
    return try result.get().text(indented: indented)
  }

  private func node(
    _ bytes: UnsafeRawBufferPointer,
    _ name: String,
    _ depth: Int
  ) throws(RPCError) -> JSONNode {
    guard depth < Self.depthLimit, let type = types[name] else { throw WireReader.malformed }
    var found: [Int32: [JSONNode]] = [:]
    var reader = WireReader(bytes)
    while let (number, value) = try reader.next() {
      guard let field = type.fields[number] else { continue }
      found[number, default: []] += try nodes(value, field, depth)
    }
    return .object(
      found.sorted { $0.key < $1.key }.compactMap { number, values in
        guard let field = type.fields[number], let last = values.last else { return nil }
        guard field.isRepeated else { return (field.jsonName, last) }
        let entry = types[field.typeName]
        let isMap = entry?.isMapEntry == true
        return (
          field.jsonName, isMap ? map(values, entry?.fields[1], entry?.fields[2]) : .list(values)
        )
      }
    )
  }

  private func nodes(
    _ value: WireReader.Value,
    _ field: DynamicField,
    _ depth: Int
  ) throws(RPCError) -> [JSONNode] {
    switch (value, field.kind) {
    case (.bytes(let bytes), .string):
      return [.text(String(decoding: bytes, as: UTF8.self))]
    case (.bytes(let bytes), .bytes): return [.text(Data(bytes).base64EncodedString())]
    case (.bytes(let bytes), .message): return [try node(bytes, field.typeName, depth + 1)]
    case (.bytes(let bytes), let kind) where kind.isPackable && field.isRepeated:
      var nodes: [JSONNode] = []
      var reader = WireReader(bytes)
      while !reader.isAtEnd {
        switch Self.wireType(kind) {
        case 1: nodes.append(try scalar(.fixed64(try reader.fixed64()), field))
        case 5: nodes.append(try scalar(.fixed32(try reader.fixed32()), field))
        default: nodes.append(try scalar(.varint(try reader.varint()), field))
        }
      }
      return nodes
    default: return [try scalar(value, field)]
    }
  }

  private func scalar(
    _ value: WireReader.Value,
    _ field: DynamicField
  ) throws(RPCError) -> JSONNode {
    switch (value, field.kind) {
    case (.varint(let bits), .bool): return .plain(bits == 0 ? "false" : "true")
    case (.varint(let bits), .enum):
      let number = Int32(truncatingIfNeeded: bits)
      let name = enums[field.typeName]?.first { $0.number == number }?.name
      return name.map { .text($0) } ?? .plain(String(number))
    case (.varint(let bits), .int32): return .plain(String(Int32(truncatingIfNeeded: bits)))
    case (.varint(let bits), .uint32): return .plain(String(UInt32(truncatingIfNeeded: bits)))
    case (.varint(let bits), .sint32):
      let half = UInt32(truncatingIfNeeded: bits)
      return .plain(String(Int32(bitPattern: half >> 1) ^ -Int32(bitPattern: half & 1)))
    case (.varint(let bits), .int64): return .text(String(Int64(bitPattern: bits)))
    case (.varint(let bits), .uint64): return .text(String(bits))
    case (.varint(let bits), .sint64):
      return .text(String(Int64(bitPattern: bits >> 1) ^ -Int64(bitPattern: bits & 1)))
    case (.fixed32(let bits), .fixed32): return .plain(String(bits))
    case (.fixed32(let bits), .sfixed32): return .plain(String(Int32(bitPattern: bits)))
    case (.fixed32(let bits), .float):
      let value = Float(bitPattern: bits)
      return value.isFinite ? .plain("\(value)") : .real(Double(value))
    case (.fixed64(let bits), .fixed64): return .text(String(bits))
    case (.fixed64(let bits), .sfixed64): return .text(String(Int64(bitPattern: bits)))
    case (.fixed64(let bits), .double): return .real(Double(bitPattern: bits))
    default: throw WireReader.malformed
    }
  }

  /// Entries with their keys as names; of one key the last counts.
  private func map(
    _ entries: [JSONNode],
    _ keyField: DynamicField?,
    _ field: DynamicField?
  ) -> JSONNode {
    var members: [(String, JSONNode)] = []
    var places: [String: Int] = [:]
    for case .object(let pair) in entries {
      let key = pair.first { $0.0 == "key" }?.1.key ?? unset(keyField).key
      let value = pair.first { $0.0 == "value" }?.1 ?? unset(field)
      if let place = places[key] {
        members[place].1 = value
      } else {
        places[key] = members.count
        members.append((key, value))
      }
    }
    return .object(members)
  }

  /// What a value is that an entry leaves out.
  private func unset(_ field: DynamicField?) -> JSONNode {
    switch field?.kind {
    case .string, .bytes: .text("")
    case .bool: .plain("false")
    case .message: .object([])
    case .int64, .uint64, .fixed64, .sfixed64, .sint64: .text("0")
    case .enum: enums[field?.typeName ?? ""]?.first.map { .text($0.name) } ?? .plain("0")
    default: .plain("0")
    }
  }
}

/// JSON that is about to be written, its members in order.
private indirect enum JSONNode {
  case plain(String)
  case text(String)
  case list([JSONNode])
  case object([(String, JSONNode)])

  static func real(_ value: Double) -> JSONNode {
    if value.isNaN { return .text("NaN") }
    if value.isInfinite { return .text(value < 0 ? "-Infinity" : "Infinity") }
    return .plain(value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)")
  }

  /// The value as a map's key.
  var key: String {
    switch self {
    case .plain(let text), .text(let text): text
    case .list, .object: ""
    }
  }

  func text(indented: Bool) -> String { write(indented ? 0 : nil) }

  private func write(_ indent: Int?) -> String {
    switch self {
    case .plain(let text): return text
    case .text(let text): return Self.quoted(text)
    case .list(let elements):
      return Self.lines("[", elements.map { $0.write(indent.map { $0 + 2 }) }, "]", indent)
    case .object(let members):
      return Self.lines(
        "{",
        members.map { "\(Self.quoted($0.0)): \($0.1.write(indent.map { $0 + 2 }))" },
        "}",
        indent
      )
    }
  }

  private static func lines(
    _ open: String,
    _ parts: [String],
    _ close: String,
    _ indent: Int?
  ) -> String {
    guard let indent, !parts.isEmpty else { return open + parts.joined(separator: ", ") + close }
    let margin = String(repeating: " ", count: indent)
    return "\(open)\n\(margin)  " + parts.joined(separator: ",\n\(margin)  ")
      + "\n\(margin)\(close)"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case let control where control.value < 0x20 || control.value == 0x7F:
        let hex = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
