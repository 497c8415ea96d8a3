import RPCCodeGen
import Testing

@Suite struct PlugInTests {
  // A field of a length below 128, as bytes of the wire format.
  private func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
    [number << 3 | 2, UInt8(content.count)] + content
  }

  private func field(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

  // A request for one file, `a/b_c.proto`, with a message `M { string s = 1; }` and comments.
  private func request(parameter: String) -> [UInt8] {
    let string = field(1, "s") + [0x18, 1, 0x20, 1, 0x28, 9]
    let comments =
      [([4, 0], " A message.\n"), ([4, 0, 2, 0], " A text.\n")] as [([UInt8], String)]
    let source = comments.flatMap { field(1, field(1, $0.0) + field(3, $0.1)) }
    let file =
      field(1, "a/b_c.proto") + field(2, "p") + field(4, field(1, "M") + field(2, string))
      + field(9, source)
    return field(1, "a/b_c.proto") + field(2, parameter) + [15 << 3 | 2, UInt8(file.count)] + file
  }

  @Test func aRequestIsAnsweredWithAFile() throws {
    let response = String(
      decoding: try PlugIn.respond(to: request(parameter: "module=CX")),
      as: UTF8.self
    )
    for text in [
      "BC.pb.swift", "Generated from a/b_c.proto", "internal import CX",
      "/// A message.\npublic struct M",
      "  /// A text.\n  public var s: String", "p__m__init(&c)",
    ] {
      #expect(response.contains(text), "\(text)")
    }
  }

  @Test func whatIsWrongIsPartOfTheAnswer() throws {
    let response = try PlugIn.respond(to: request(parameter: "modul=CX"))
    #expect(response.first == 0x0A)
    #expect(String(decoding: response, as: UTF8.self).contains("unknown option 'modul=CX'"))
  }

  @Test func garbageIsRefused() {
    #expect(throws: (any Error).self) { try PlugIn.respond(to: [0xFF, 0xFF]) }
  }
}
