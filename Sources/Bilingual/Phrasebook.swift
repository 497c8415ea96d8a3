/// English sentences of other layers, and what they are in Chinese.
///
/// Layers below a program's surface, and the library that reads command lines, speak English alone.
/// A phrase is a sentence in which `{}` stands for what varies (a name, a number, another sentence
/// of the book); its translation puts these back at `{1}`, `{2}` and so on. The longest phrase wins,
/// so that their order in the book does not matter.
package struct Phrasebook: Sendable {
  /// Sentences within sentences are followed this deep.
  private static let depthLimit = 4

  private struct Phrase: Sendable {
    /// The fixed parts, between which something varies.
    let parts: [String]
    let chinese: String
    /// Characters of the fixed parts.
    let weight: Int
  }

  private let phrases: [Phrase]

  /// Makes a book of pairs: English with `{}`, Chinese with `{1}`, `{2}` and so on.
  package init(_ pairs: [(en: String, zh: String)]) {
    self.init(
      phrases: pairs.map { pair in
        let parts = Self.parts(of: pair.en)
        return Phrase(
          parts: parts,
          chinese: pair.zh,
          weight: parts.reduce(0) { $0 + $1.utf8.count }
        )
      }
    )
  }

  private init(phrases: [Phrase]) { self.phrases = phrases.sorted { $0.weight > $1.weight } }

  /// The phrases of both books.
  package static func + (left: Phrasebook, right: Phrasebook) -> Phrasebook {
    Phrasebook(phrases: left.phrases + right.phrases)
  }

  /// A sentence in Chinese; nil when the book does not hold it.
  package func chinese(_ sentence: String) -> String? { chinese(sentence, depth: 0) }

  private func chinese(_ sentence: String, depth: Int) -> String? {
    guard depth < Self.depthLimit else { return nil }
    for phrase in phrases {
      guard let varying = Self.match(sentence, phrase.parts) else { continue }
      return Self.filled(phrase.chinese, varying.map { chinese($0, depth: depth + 1) ?? $0 })
    }
    return nil
  }

  /// What stands in a sentence between fixed parts; nil when it is not made of them.
  private static func match(_ sentence: String, _ parts: [String]) -> [String]? {
    guard let first = parts.first, let last = parts.last else { return nil }
    guard parts.count > 1 else { return sentence == first ? [] : nil }
    guard sentence.hasPrefix(first), sentence.hasSuffix(last),
      sentence.utf8.count >= first.utf8.count + last.utf8.count
    else { return nil }
    var varying: [String] = []
    var rest = Substring(sentence.dropFirst(first.count))
    for part in parts.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: part) else { return nil }
      varying.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    guard rest.hasSuffix(last) else { return nil }
    varying.append(String(rest.dropLast(last.count)))
    return varying
  }

  private static func parts(of sentence: String) -> [String] {
    var parts: [String] = []
    var rest = Substring(sentence)
    while let range = rest.firstRange(of: "{}") {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }

  /// A translation with the texts at their places.
  private static func filled(_ translation: String, _ texts: [String]) -> String {
    var result = ""
    var rest = Substring(translation)
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      let number = Int(rest[rest.index(after: open)..<close]) ?? 0
      result += texts.indices.contains(number - 1) ? texts[number - 1] : ""
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
