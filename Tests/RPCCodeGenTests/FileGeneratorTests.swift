import Testing

@testable import RPCCodeGen

@Suite struct FileGeneratorTests {
  private func generate(_ file: SchemaFile) throws -> String {
    let options = try FileGenerator.Options(parameter: "module=CTest")
    return try FileGenerator([file], options: options).generate(file)
  }

  private func message(_ name: String, _ fields: [SchemaField]) -> SchemaMessage {
    SchemaMessage(name: name, fullName: ".test.\(name)", comment: "", fields: fields)
  }

  // Each text must stand in the code, in this order.
  private func expect(
    _ code: String,
    holds texts: [String],
    location: SourceLocation = #_sourceLocation
  ) {
    var rest = code[...]
    for text in texts {
      guard let range = rest.firstRange(of: text) else {
        Issue.record("not found in order: \(text)\n\(code)", sourceLocation: location)
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test func anEnumerationInFull() throws {
    var file = SchemaFile(path: "test/colour.proto", package: "test")
    file.enums = [
      SchemaEnum(
        name: "Colour",
        fullName: ".test.Colour",
        comment: " What it looks like.\n\n Or not.\n",
        values: [
          SchemaEnumValue(name: "COLOUR_RED", number: 1, comment: ""),
          SchemaEnumValue(name: "COLOUR_CRIMSON", number: 1, comment: " Red too.\n"),
          SchemaEnumValue(name: "COLOUR_NONE", number: 0, comment: ""),
        ]
      )
    ]
    #expect(
      try generate(file) == """
        // swift-format-ignore-file
        // Generated from test/colour.proto by protoc-gen-registry-swift.
        // Do not edit: run tools/generate

        public import RPCProtobuf

        /// What it looks like.
        ///
        /// Or not.
        public struct Colour: RPCProtobuf.MessageEnum {
          /// The number on the wire.
          public let rawValue: Int32
          /// Keeps any number.
          public init(rawValue: Int32) { self.rawValue = rawValue }

          /// `COLOUR_RED`.
          public static let red = Colour(rawValue: 1)

          /// Red too.
          public static let crimson = Colour(rawValue: 1)

          /// `COLOUR_NONE`.
          public static let none = Colour(rawValue: 0)

          /// The values that the schema names, by number.
          public static let allKnown: [Colour] = [
            .none,
            .red,
          ]

          /// The value's name in the schema, or its number in digits when it has none.
          public var name: String {
            switch rawValue {
            case 1: "COLOUR_RED"
            case 0: "COLOUR_NONE"
            default: String(rawValue)
            }
          }
        }

        """
    )
  }

  @Test func messagesThatHoldThemselvesAreStoredIndirectly() throws {
    var file = SchemaFile(path: "a.proto", package: "test")
    let next = SchemaField(name: "next", number: 1, kind: .message, typeName: ".test.B")
    let back = SchemaField(name: "back", number: 1, kind: .message, typeName: ".test.A")
    let plain = SchemaField(name: "plain", number: 2, kind: .message, typeName: ".test.C")
    file.messages = [message("A", [next, plain]), message("B", [back]), message("C", [])]
    expect(
      try generate(file),
      holds: [
        "public struct A", "private var _next: [B]", "public var next: B?", "public var plain: C?",
        "next: B? = nil", "self._next = next.map { [$0] } ?? []",
        "public struct B", "private var _back: [A]",
      ]
    )
  }

  @Test func aChoiceThatHoldsItsMessageIsIndirect() throws {
    var choice = message(
      "Choice",
      [
        SchemaField(name: "key", number: 1, kind: .string, oneofIndex: 0, comment: " By key.\n"),
        SchemaField(
          name: "inner",
          number: 4,
          kind: .message,
          typeName: ".test.Choice",
          oneofIndex: 0
        ),
      ]
    )
    choice.oneofs = [SchemaOneof(name: "by_what", comment: "")]
    var file = SchemaFile(path: "a.proto", package: "test")
    file.messages = [choice]
    expect(
      try generate(file),
      holds: [
        "public indirect enum ByWhat: Hashable, Sendable {", "/// By key.", "case key(String)",
        "case inner(Choice)", "public var byWhat: ByWhat?",
        "switch c.pointee.by_what_case.rawValue {",
        "case 4: self.byWhat = c.pointee.inner.map",
      ]
    )
  }

  @Test func methodsOfEachKind() throws {
    var file = SchemaFile(path: "a.proto", package: "test")
    file.messages = [message("In", []), message("Out", [])]
    var service = SchemaService(
      name: "MapService",
      fullName: "test.MapService",
      comment: " Maps.\n"
    )
    for (name, client, server) in [
      ("Get", false, false), ("Put", true, false), ("List", false, true), ("Talk", true, true),
    ] {
      service.methods.append(
        SchemaMethod(
          name: name,
          input: ".test.In",
          output: ".test.Out",
          clientStreams: client,
          serverStreams: server,
          isReadOnly: name == "Get"
        )
      )
    }
    file.services = [service]
    expect(
      try generate(file),
      holds: [
        "public enum MapMethods {", "kind: .unary, isReadOnly: true)", "kind: .clientStreaming)",
        "kind: .serverStreaming)", "kind: .bidirectional)",
        "/// Maps.", "public protocol MapService: RPCCore.Service {",
        "_ requests: RPCCore.RequestStream<In>, responses: RPCCore.ResponseWriter<Out>",
        "extension MapService {", "router.serverStreaming(MapMethods.list) {",
        "public struct MapClient: Sendable {", "-> RPCCore.ClientStreamingCall<In, Out> {",
      ]
    )
  }

  @Test func whatCanNotBeExpressedIsNamed() throws {
    var file = SchemaFile(path: "a.proto", package: "test")
    for (field, words) in [
      (SchemaField(name: "base", number: 1, kind: .int32), "test.A.base"),
      (SchemaField(name: "x", number: 1, kind: .group), "groups"),
      (SchemaField(name: "x", number: 1, kind: .message, typeName: ".other.B"), "other.B"),
    ] {
      file.messages = [message("A", [field])]
      let error = #expect(throws: CodeGenError.self) { try generate(file) }
      #expect(error?.description.contains(words) == true)
    }
    #expect(throws: CodeGenError.self) { try FileGenerator.Options(parameter: "") }
    #expect(throws: CodeGenError.self) { try FileGenerator.Options(parameter: "module=A,other=B") }
  }
}
