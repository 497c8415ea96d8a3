import Foundation
import RPCCore
import RPCProtobuf
import RPCReflection
import TestSchema
import Testing

/// Messages as JSON and back, by descriptors alone.
struct JSONMappingTests {
  private let pool: DescriptorPool

  init() throws {
    let file = try #require(
      Bundle.module.url(forResource: "crosscheck/schema", withExtension: "binpb")
    )
    let bytes = [UInt8](try Data(contentsOf: file))
    pool = try bytes.withUnsafeBytes { try DescriptorPool(fileSet: $0) }
  }

  private func encoded(_ json: String, _ type: String) throws -> [UInt8] {
    try pool.encode(try JSONValue(parsing: Array(json.utf8)), as: "test.v1.\(type)")
  }

  private func problem(_ json: String, _ type: String) throws -> String {
    do {
      _ = try encoded(json, type)
      return ""
    } catch let error as JSONMappingError {
      #expect(!error.chinese.isEmpty)
      return "\(error)"
    }
  }

  @Test func whateverAMessageHoldsComesBack() throws {
    var random = RandomMessages(seed: 20_101_129)
    for _ in 0..<600 {
      let message = random.any()
      let type = "\(type(of: message))"
      let text = try pool.json(try message.serializedBytes(), as: "test.v1.\(type)")
      let back = try encoded(text, type)
      #expect(try comes(back, as: message), "\(text)")
    }
  }

  private func comes<M: RPCProtobuf.Message>(_ bytes: [UInt8], as message: M) throws -> Bool {
    try M(serializedBytes: bytes) == message
  }

  @Test func namesNumbersAndTextsAreTakenAsPeopleWriteThem() throws {
    let bytes = try encoded(
      #"{"int32_value": 5, "int64Value": "-9007199254740993", "bytesValue": "_-8", "floatValue": "NaN"}"#,
      "Scalars"
    )
    let message = try Scalars(serializedBytes: bytes)
    #expect(message.int32Value == 5 && message.int64Value == -9_007_199_254_740_993)
    #expect(message.bytesValue == [0xff, 0xef] && message.floatValue.isNaN)
    #expect(try encoded(#"{"int32Value": null}"#, "Scalars").isEmpty)
    let sorted = try encoded(#"{"stringValue": "a", "int32Value": 1}"#, "Scalars")
    let other = try encoded(#"{"int32Value": 1, "stringValue": "a"}"#, "Scalars")
    #expect(sorted == other)
  }

  @Test func whatIsWrongIsNamedWithItsPlace() throws {
    #expect(try problem("[]", "Scalars") == "must be an object")
    #expect(try problem(#"{"int32Valu": 1}"#, "Scalars").hasPrefix("int32Valu: no such field;"))
    #expect(
      try problem(#"{"int32Value": 2147483648}"#, "Scalars")
        == "int32Value: must be a whole number from -2147483648 to 2147483647"
    )
    #expect(try problem(#"{"uint32Value": -1}"#, "Scalars").hasPrefix("uint32Value: must be"))
    #expect(try problem(#"{"int32Value": 1.5}"#, "Scalars").hasPrefix("int32Value: must be"))
    #expect(try problem(#"{"boolValue": 1}"#, "Scalars") == "boolValue: must be true or false")
    #expect(try problem(#"{"bytesValue": "*"}"#, "Scalars").hasPrefix("bytesValue: must be bytes"))
    #expect(try problem(#"{"colour": "PURPLE"}"#, "Scalars").hasPrefix("colour: must be one of"))
    #expect(
      try problem(#"{"messages": [{}, {"int32Value": "x"}]}"#, "Repeated")
        .hasPrefix("messages[1].int32Value: must be")
    )
    #expect(try problem(#"{"text": "a", "flag": true}"#, "Choice").contains("only one of them"))
    var deep = "{}"
    for _ in 0..<40 { deep = #"{"next": \#(deep)}"# }
    #expect(try problem(deep, "Node").contains("nested too deep"))
  }

  @Test func bytesThatAreNoMessageAreRefused() throws {
    for bytes in [[0x08], [0x0f], [0x0a, 0x05, 0x61], [0x00, 0x01], [0x09, 1, 2]] as [[UInt8]] {
      #expect(throws: RPCError.self) { try pool.json(bytes, as: "test.v1.Scalars") }
    }
    // A number where a text belongs.
    #expect(throws: RPCError.self) { try pool.json([0x70, 1], as: "test.v1.Scalars") }
    // Fields that the schema does not know are left out.
    #expect(try pool.json([0xf8, 0x3f, 1], as: "test.v1.Scalars", indented: false) == "{}")
    var deep: [UInt8] = []
    for _ in 0..<40 { deep = [0x12, UInt8(deep.count)] + deep }
    #expect(throws: RPCError.self) { try pool.json(deep, as: "test.v1.Node") }
    #expect(throws: RPCError.self) { try pool.json([], as: "test.v1.Nothing") }
    #expect(throws: RPCError.self) {
      try [0x0a, 0x01, 0x0a].withUnsafeBytes { bytes in try DescriptorPool(fileSet: bytes) }
    }
  }

  @Test func aServiceIsFoundWithAllThatItNeeds() throws {
    let file = try #require(pool.fileOfSymbol["test.v1.Scalars"])
    #expect(pool.closure(ofFile: file)?.count == 2 && pool.closure(ofFile: "no.proto") == nil)
    let service = try #require(pool.services.first)
    let method = try #require(service.value.first)
    #expect(pool.method(path: method.descriptor.path)?.input == method.input)
    #expect(pool.method(path: "no/Such") == nil && pool.method(path: "none") == nil)
  }
}
