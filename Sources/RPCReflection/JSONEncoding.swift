internal import FoundationEssentials
internal import RPCCore

/// Why a JSON value is not a message: where, and what was expected there.
package struct JSONMappingError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The path of the value, such as `filter.divisions[2]`; empty for the message itself.
  package let path: String
  /// What is wrong, in English.
  package let english: String
  /// What is wrong, in Chinese.
  package let chinese: String

  /// `filter.divisions[2]: …`.
  package var description: String { path.isEmpty ? english : "\(path): \(english)" }
}

extension DescriptorPool {
  /// How deep messages may nest, as on the wire.
  static let depthLimit = 32

  /// The encoding of a message that is written as JSON, by the mapping of Protocol Buffers: fields by
  /// their JSON or schema names, enumerations by name or number, bytes in base64, 64-bit numbers as
  /// numbers or text, `null` for what is not set.
  ///
  /// Source: protobuf.dev, ProtoJSON Format.
  package func encode(
    _ value: JSONValue,
    as type: String
  ) throws(JSONMappingError) -> [UInt8] {
    var output = WireWriter()
    try message(value, type, "", 0, &output)
    return output.bytes
  }

  private func message(
    _ value: JSONValue,
    _ name: String,
    _ path: String,
    _ depth: Int,
    _ output: inout WireWriter
  ) throws(JSONMappingError) {
    guard case .object(let members) = value else {
      throw wrong(path, "an object", "对象")
    }
    guard depth < Self.depthLimit, let type = types[name] else {
      throw JSONMappingError(path: path, english: "nested too deep", chinese: "嵌套过深")
    }
    var chosen: [Int32: String] = [:]
    var numbers: Set<Int32> = []
    var fields: [(DynamicField, JSONValue)] = []
    for (key, member) in members {
      let place = Self.join(path, key)
      guard let field = type.byName[key] else {
        let known = type.fields.values.sorted { $0.number < $1.number }.map(\.jsonName)
        throw JSONMappingError(
          path: place,
          english: "no such field; \(type.name) has \(known.joined(separator: ", "))",
          chinese: "没有该字段；\(type.name) 的字段：\(known.joined(separator: "、"))"
        )
      }
      if member == .null { continue }
      guard numbers.insert(field.number).inserted else {
        throw JSONMappingError(
          path: place,
          english: "stands there under both its names",
          chinese: "以两种名称重复出现"
        )
      }
      if let choice = field.choice, let other = chosen.updateValue(key, forKey: choice) {
        throw JSONMappingError(
          path: place,
          english: "stands beside \(other): only one of them may be set",
          chinese: "与 \(other) 只能设置其一"
        )
      }
      fields.append((field, member))
    }
    // By number, so that one value has one encoding.
    for (field, member) in fields.sorted(by: { $0.0.number < $1.0.number }) {
      try self.field(member, field, Self.join(path, field.jsonName), depth, &output)
    }
  }

  private func field(
    _ value: JSONValue,
    _ field: DynamicField,
    _ path: String,
    _ depth: Int,
    _ output: inout WireWriter
  ) throws(JSONMappingError) {
    guard field.isRepeated else { return try single(value, field, path, depth, &output) }
    if let entry = types[field.typeName], entry.isMapEntry {
      return try map(value, field, entry, path, depth, &output)
    }
    guard case .list(let elements) = value else { throw wrong(path, "an array", "数组") }
    guard field.kind.isPackable else {
      for (index, element) in elements.enumerated() {
        try single(element, field, "\(path)[\(index)]", depth, &output)
      }
      return
    }
    var packed = WireWriter()
    for (index, element) in elements.enumerated() {
      try scalar(element, field, "\(path)[\(index)]", &packed)
    }
    if !elements.isEmpty { output.bytes(field.number, packed.bytes) }
  }

  private func map(
    _ value: JSONValue,
    _ field: DynamicField,
    _ entry: DynamicType,
    _ path: String,
    _ depth: Int,
    _ output: inout WireWriter
  ) throws(JSONMappingError) {
    guard case .object(let members) = value, let key = entry.fields[1],
      let element = entry.fields[2]
    else { throw wrong(path, "an object", "对象") }
    for (name, member) in members.sorted(by: { $0.key < $1.key }) {
      var pair = WireWriter()
      let place = "\(path)[\(name)]"
      let keyValue: JSONValue =
        key.kind == .bool && ["true", "false"].contains(name) ? .flag(name == "true") : .text(name)
      try single(keyValue, key, place, depth, &pair)
      try single(member, element, place, depth + 1, &pair)
      output.bytes(field.number, pair.bytes)
    }
  }

  private func single(
    _ value: JSONValue,
    _ field: DynamicField,
    _ path: String,
    _ depth: Int,
    _ output: inout WireWriter
  ) throws(JSONMappingError) {
    switch field.kind {
    case .message, .group:
      var inner = WireWriter()
      try message(value, field.typeName, path, depth + 1, &inner)
      output.bytes(field.number, inner.bytes)
    case .string:
      guard case .text(let text) = value else { throw wrong(path, "text", "文字") }
      output.bytes(field.number, Array(text.utf8))
    case .bytes:
      guard case .text(let text) = value, let data = Self.base64(text) else {
        throw wrong(path, "bytes in base64", "base64 编码的字节")
      }
      output.bytes(field.number, data)
    default:
      output.tag(field.number, Self.wireType(field.kind))
      try scalar(value, field, path, &output)
    }
  }

  private func scalar(
    _ value: JSONValue,
    _ field: DynamicField,
    _ path: String,
    _ output: inout WireWriter
  ) throws(JSONMappingError) {
    switch field.kind {
    case .bool:
      guard case .flag(let flag) = value else { throw wrong(path, "true or false", "true 或 false") }
      output.varint(flag ? 1 : 0)
    case .enum: output.varint(UInt64(bitPattern: Int64(try enumeration(value, field, path))))
    case .int32, .sfixed32, .sint32:
      let number = try Self.whole(value, Int32.self, path)
      switch field.kind {
      case .int32: output.varint(UInt64(bitPattern: Int64(number)))
      case .sint32: output.varint(UInt64(UInt32(bitPattern: (number << 1) ^ (number >> 31))))
      default: output.fixed32(UInt32(bitPattern: number))
      }
    case .int64, .sfixed64, .sint64:
      let number = try Self.whole(value, Int64.self, path)
      switch field.kind {
      case .int64: output.varint(UInt64(bitPattern: number))
      case .sint64: output.varint(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
      default: output.fixed64(UInt64(bitPattern: number))
      }
    case .uint32: output.varint(UInt64(try Self.whole(value, UInt32.self, path)))
    case .fixed32: output.fixed32(try Self.whole(value, UInt32.self, path))
    case .uint64: output.varint(try Self.whole(value, UInt64.self, path))
    case .fixed64: output.fixed64(try Self.whole(value, UInt64.self, path))
    case .double: output.fixed64(try Self.real(value, path).bitPattern)
    case .float: output.fixed32(Float(try Self.real(value, path)).bitPattern)
    case .string, .bytes, .message, .group: break
    }
  }

  private func enumeration(
    _ value: JSONValue,
    _ field: DynamicField,
    _ path: String
  ) throws(JSONMappingError) -> Int32 {
    if case .whole = value { return try Self.whole(value, Int32.self, path) }
    let known = enums[field.typeName] ?? []
    if case .text(let name) = value, let found = known.first(where: { $0.name == name }) {
      return found.number
    }
    let names = known.map(\.name)
    throw wrong(
      path,
      "one of \(names.joined(separator: ", "))",
      "以下之一：\(names.joined(separator: "、"))"
    )
  }

  private static func whole<Number: FixedWidthInteger>(
    _ value: JSONValue,
    _ type: Number.Type,
    _ path: String
  ) throws(JSONMappingError) -> Number {
    let number: Number? =
      switch value {
      case .whole(let whole): Number(exactly: whole)
      case .large(let large): Number(exactly: large)
      case .number(let real): Number(exactly: real)
      case .text(let text): Number(text)
      default: nil
      }
    guard let number else {
      throw wrong(
        path,
        "a whole number from \(Number.min) to \(Number.max)",
        "\(Number.min) 至 \(Number.max) 的整数"
      )
    }
    return number
  }

  private static func real(
    _ value: JSONValue,
    _ path: String
  ) throws(JSONMappingError) -> Double {
    switch value {
    case .whole(let whole): return Double(whole)
    case .large(let large): return Double(large)
    case .number(let real): return real
    case .text("NaN"): return .nan
    case .text("Infinity"): return .infinity
    case .text("-Infinity"): return -.infinity
    case .text(let text): if let real = Double(text) { return real }
    default: break
    }
    throw wrong(path, "a number", "数")
  }

  /// Both alphabets, with and without padding.
  private static func base64(_ text: String) -> [UInt8]? {
    var plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    while plain.last == "=" { plain.removeLast() }
    plain += Array(repeating: "=", count: (4 - plain.count % 4) % 4)
    return Data(base64Encoded: String(plain)).map(Array.init)
  }

  static func wireType(_ kind: DynamicField.Kind) -> UInt64 {
    switch kind {
    case .double, .fixed64, .sfixed64: 1
    case .float, .fixed32, .sfixed32: 5
    case .string, .bytes, .message, .group: 2
    default: 0
    }
  }

  private static func join(_ path: String, _ name: String) -> String {
    path.isEmpty ? name : "\(path).\(name)"
  }

  private static func wrong(_ path: String, _ en: String, _ zh: String) -> JSONMappingError {
    JSONMappingError(path: path, english: "must be \(en)", chinese: "应为\(zh)")
  }

  private func wrong(_ path: String, _ en: String, _ zh: String) -> JSONMappingError {
    Self.wrong(path, en, zh)
  }
}

/// Writes fields.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func tag(_ number: Int32, _ wireType: UInt64) { varint(UInt64(number) << 3 | wireType) }

  mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  mutating func fixed64(_ value: UInt64) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func fixed32(_ value: UInt32) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func bytes(_ number: Int32, _ content: [UInt8]) {
    tag(number, 2)
    varint(UInt64(content.count))
    bytes += content
  }
}
