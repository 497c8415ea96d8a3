package import RegistryAPI

/// One column that an import file may have: its headings and how its cells are read.
package struct ImportColumn: Sendable {
  /// How a cell is read.
  enum Reading: Sendable {
    /// The household's key in the file: rows with the same key belong together.
    case key
    /// Known and passed over, such as the names of divisions beside their code.
    case passed
    /// A field of the household, read from the head's row.
    case household(@Sendable (String, inout Household, CodeLists) -> Rule?)
    /// A field of the member.
    case member(@Sendable (String, inout Member, CodeLists) -> Rule?)
  }

  /// The English heading, which is the column's stable name.
  package let name: String
  /// The Chinese headings that are understood; the first is the one to print.
  package let chinese: [String]
  /// The path of the field, for violations.
  package let path: String
  let reading: Reading

  /// Whether the cells are passed over.
  var isPassed: Bool { if case .passed = reading { true } else { false } }

  /// Whether the cells belong to the household and are read from the head's row alone.
  package var isOfHousehold: Bool { if case .household = reading { true } else { false } }
}

/// A sub-message that can be made empty: what a column writes into.
protocol BlankMessage { init() }

extension Location: BlankMessage {}
extension Classification: BlankMessage {}
extension Contact: BlankMessage {}
extension Account: BlankMessage {}
extension Income: BlankMessage {}
extension Dwelling: BlankMessage {}
extension Production: BlankMessage {}
extension Support: BlankMessage {}
extension Plan: BlankMessage {}
extension Identity: BlankMessage {}
extension Schooling: BlankMessage {}
extension Health: BlankMessage {}
extension Labour: BlankMessage {}
extension Security: BlankMessage {}

extension Optional where Wrapped: BlankMessage {
  /// The message, made when something is written into it; written in place.
  var made: Wrapped {
    get { self ?? Wrapped() }
    _modify {
      var value = self ?? Wrapped()
      self = nil
      defer { self = value }
      yield &value
    }
  }
}

/// Readers of cells: each stores a value and returns nil, or the rule that the cell breaks.
enum Cell {
  static func code(_ text: String, _ list: CodeList, _ target: inout UInt32) -> Rule? {
    guard let code = list.code(for: text) else { return .codeUnknown }
    target = UInt32(code)
    return nil
  }

  /// Several values in one cell, apart by `;`, `、` or `|`, or where names hold none of them by `,`,
  /// `/` or a space; `limit` bounds them.
  static func codes(
    _ text: String,
    _ list: CodeList,
    limit: Int,
    _ target: inout [UInt32]
  ) -> Rule? {
    var codes: [UInt32] = []
    // A name may hold a separator itself (`brick, tile and wood`): the larger part is tried first.
    if let code = list.code(for: text) {
      target = [UInt32(code)]
      return nil
    }
    for part in split(text, at: ";；、|｜") {
      let words = list.code(for: part) == nil ? split(part, at: ",，/ ") : [part]
      for word in words {
        guard codes.count < limit else { return .tooMany }
        guard let code = list.code(for: word) else { return .codeUnknown }
        codes.append(UInt32(code))
      }
    }
    target = codes
    return nil
  }

  /// The trimmed parts of a text; separators within brackets belong to the name.
  private static func split(_ text: String, at separators: String) -> [String] {
    var depth = 0
    let parts = text.split { character in
      if character == "（" || character == "(" { depth += 1 }
      if character == "）" || character == ")" { depth -= 1 }
      return depth == 0 && separators.contains(character)
    }
    return parts.map { TextRules.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  static func day(_ text: String, _ target: inout Int32) -> Rule? {
    guard let day = Day(TextRules.foldedNumber(text)) else { return .dateInvalid }
    target = Int32(day.yyyymmdd)
    return nil
  }

  static func number(_ text: String, _ target: inout UInt32) -> Rule? {
    guard text.utf8.count <= 9, text.utf8.allSatisfy({ $0 &- 0x30 <= 9 }), let value = UInt32(text)
    else { return .number }
    target = value
    return nil
  }

  /// Yuan with at most two decimals.
  static func money(_ text: String, _ target: inout Money?) -> Rule? {
    guard let amount = Amount(yuan: text) else { return .money }
    var money = Money()
    money.fen = amount.fen
    target = money
    return nil
  }

  /// A quantity with at most two decimals, kept in hundredths.
  static func hundredths(_ text: String, _ target: inout Quantity?) -> Rule? {
    guard let amount = Amount(yuan: text), amount.fen >= 0 else { return .number }
    var quantity = Quantity()
    quantity.value = amount.fen
    target = quantity
    return nil
  }

  /// Kilometres with at most three decimals, kept in metres.
  static func metres(_ text: String, _ target: inout Quantity?) -> Rule? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? String(parts[1]) : "0"
    var whole: UInt32 = 0
    var rest: UInt32 = 0
    guard parts.count <= 2, (1...3).contains(decimals.utf8.count), !parts[0].isEmpty,
      number(String(parts[0]), &whole) == nil, number(decimals, &rest) == nil
    else { return .number }
    for _ in decimals.utf8.count..<3 { rest *= 10 }
    var quantity = Quantity()
    quantity.value = Int64(whole) * 1000 + Int64(rest)
    target = quantity
    return nil
  }

  static func answer(_ text: String, _ target: inout Answer) -> Rule? {
    guard let yes = truth(text) else { return .truthValue }
    target = yes ? .yes : .no
    return nil
  }

  static func truth(_ text: String) -> Bool? { truths[text].map { $0 == 1 } }

  private static let truths = NameIndex([
    ("是", 1), ("有", 1), ("已通电", 1), ("1", 1), ("yes", 1), ("Yes", 1), ("YES", 1), ("y", 1),
    ("Y", 1), ("true", 1), ("否", 0), ("无", 0), ("未通电", 0), ("0", 0), ("no", 0), ("No", 0),
    ("NO", 0), ("n", 0), ("N", 0), ("false", 0),
  ])

  /// A relation by the names of GB/T 4761 or the form, or the code of GB/T 4761.
  static func relation(_ text: String, _ lists: CodeLists, _ target: inout UInt32) -> Rule? {
    if let code = lists.relationOfStandard.code(for: text) {
      target = UInt32(code)
      return nil
    }
    guard let place = lists.relation.code(for: text), let code = Relation.code(ofForm: place)
    else { return .codeUnknown }
    target = code
    return nil
  }
}
