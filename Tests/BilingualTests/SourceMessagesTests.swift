import Bilingual
import Foundation
import Testing

/// Every failure that the layers below a program's surface tell stands in the phrasebook.
@Suite struct SourceMessagesTests {
  private static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  /// The literals, with `X` for what is put into them.
  private func messages(of folder: String) throws -> [String] {
    let files = try FileManager.default.subpathsOfDirectory(
      atPath: Self.sources.appending(path: folder).path
    )
    // What makes a failure from a code and words that stand as one literal.
    let beginning =
      #/
      (?:RPCError|TLSError|SocketError|failure|fatal|reject|refuse)\(\s*(?:code:\s*)?\.\w+,\s*
      (?:operation:\s*"[^"]*",\s*reason:\s*)?(?:message:\s*)?"
      /#
    var found: [String] = []
    for file in files where file.hasSuffix(".swift") {
      let path = Self.sources.appending(path: folder).appending(path: file)
      let text = try String(contentsOf: path, encoding: .utf8)
      for match in text.matches(of: beginning) {
        found.append(Self.literal(text[match.range.upperBound...]))
      }
    }
    return found
  }

  private static func literal(_ text: Substring) -> String {
    var message = ""
    var depth = 0
    var rest = text
    while let character = rest.popFirst() {
      if depth > 0 {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
      } else if character == "\\", rest.first == "(" {
        rest.removeFirst()
        depth = 1
        message += "X"
      } else if character == "\"" {
        // A long sentence stands in two literals.
        guard let next = rest.prefixMatch(of: #/\s*\+\s*"/#) else { return message }
        rest = rest[next.range.upperBound...]
      } else {
        message.append(character)
      }
    }
    return message
  }

  @Test(arguments: ["RPCCore", "RPCTLS", "RPCTransport", "RPCWire", "RPCSockets", "RPCProtobuf"])
  func standInTheBook(folder: String) throws {
    let messages = try messages(of: folder)
    #expect(messages.count >= 3)
    // Words that are only passed on are told where they arise.
    for message in Set(messages).subtracting(["X", ""]) {
      #expect(Phrasebook.connections.chinese(message) != nil, "\(folder): \(message)")
    }
  }
}
