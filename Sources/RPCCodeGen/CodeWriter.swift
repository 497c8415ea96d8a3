/// Collects lines of code, each indented by the depth of the blocks around it.
struct CodeWriter {
  private(set) var text = ""
  private var depth = 0

  /// Adds a line; an empty one stays without blanks.
  mutating func line(_ line: String = "") {
    if !line.isEmpty { text += String(repeating: "  ", count: depth) + line }
    text += "\n"
  }

  /// Adds a line that opens a block, the block's lines, and its end.
  mutating func block(_ head: String, end: String = "}", _ body: (inout CodeWriter) -> Void) {
    line(head + " {")
    depth += 1
    body(&self)
    depth -= 1
    line(end)
  }

  /// Adds lines one step further in.
  mutating func indented(_ body: (inout CodeWriter) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Adds a comment of the schema as documentation, or a sentence where the schema has none.
  mutating func documentation(_ comment: String, else fallback: String) {
    var lines = comment.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.hasPrefix(" ") ? line.dropFirst() : line)
    }
    while lines.last?.allSatisfy(\.isWhitespace) == true { lines.removeLast() }
    if lines.isEmpty { lines = [fallback] }
    for text in lines {
      line(text.allSatisfy(\.isWhitespace) ? "///" : "/// " + text)
    }
  }
}
