internal import RegistryAPI
internal import RegistryModel

/// Writes households as rows that `ImportAssembler` reads back: one a member, the head's first.
///
/// The household's own cells stand on the head's row. A file holds one year of income (the latest)
/// and one need (the first); what an answer withholds is an empty cell, which an import never takes
/// as blank.
struct ExportRows: Sendable {
  /// The headings, in the order of the cells.
  let headings: [String]

  private let lists: CodeLists
  private let chinese: Bool
  private let cells: [Cell]

  /// Writes one cell.
  enum Cell: Sendable {
    /// The household's number, on every row: it holds the rows together.
    case key
    case household(@Sendable (Household, ExportRows) -> String)
    case member(@Sendable (Member, ExportRows) -> String)
  }

  /// Makes a writer of rows.
  /// - Parameters:
  ///   - lists: the code lists that codes are named by.
  ///   - chinese: whether headings and values are Chinese; else English.
  init(lists: CodeLists, chinese: Bool) {
    self.lists = lists
    self.chinese = chinese
    var headings: [String] = []
    var cells: [Cell] = []
    for column in ImportColumn.all {
      guard let cell = ExportRows.all[column.name] else { continue }
      headings.append(chinese ? column.chinese[0] : column.name)
      cells.append(cell)
    }
    self.headings = headings
    self.cells = cells
  }

  /// The rows of a household.
  func rows(of household: Household) -> [[String]] {
    household.members.enumerated().map { place, member in
      cells.map { cell in
        switch cell {
        case .key: household.number
        case .household(let write): place == 0 ? write(household, self) : ""
        case .member(let write): write(member, self)
        }
      }
    }
  }

  func name(_ code: UInt32, _ list: CodeListName) -> String {
    guard let entry = lists[list].entry(Int32(truncatingIfNeeded: code)) else {
      return code == 0 ? "" : String(code)
    }
    return chinese ? entry.chinese : entry.english
  }

  /// Several codes: by name in Chinese; in English, where names hold commas, by number.
  func names(_ codes: [UInt32], _ list: CodeListName) -> String {
    chinese
      ? codes.map { name($0, list) }.joined(separator: "、")
      : codes.map(String.init).joined(separator: ";")
  }

  func answer(_ answer: Answer) -> String {
    switch answer {
    case .yes: chinese ? "是" : "yes"
    case .no: chinese ? "否" : "no"
    default: ""
    }
  }

  static func number(_ value: UInt32) -> String { value == 0 ? "" : String(value) }

  static func day(_ value: Int32) -> String { Day(yyyymmdd: Int(value))?.text ?? "" }

  static func yuan(_ money: Money?) -> String { money.map { Amount(fen: $0.fen).yuanText } ?? "" }

  /// A quantity kept in hundredths, with at most two decimals.
  static func hundredths(_ quantity: Quantity?) -> String {
    quantity.map { Amount(fen: $0.value).yuanText } ?? ""
  }

  /// Metres as kilometres, with at most three decimals.
  static func kilometres(_ quantity: Quantity?) -> String {
    guard let value = quantity?.value else { return "" }
    let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 1000)
    let sign = value < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole)" }
    var decimals = String(String(rest + 1000).dropFirst())
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }
}
