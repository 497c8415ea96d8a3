/// A national, form or own code list: codes with Chinese and English names.
package struct CodeList: Sendable {
  /// One row of a list.
  package struct Entry: Sendable, Hashable {
    /// The code as a number; national codes with a leading zero lose it (`01` is 1).
    package let code: Int32
    /// The code as printed.
    package let text: String
    /// The name in Chinese.
    package let chinese: String
    /// The name in English; ours, no standard gives one.
    package let english: String

    /// A code that was added to a list.
    package init(code: Int32, chinese: String, english: String) {
      self.init(code: code, text: "\(code)", chinese: chinese, english: english)
    }

    fileprivate init(code: Int32, text: String, chinese: String, english: String) {
      self.code = code
      self.text = text
      self.chinese = chinese
      self.english = english
    }
  }

  /// Which list this is.
  package let name: CodeListName

  /// The rows in the list's order.
  package let entries: [Entry]

  /// Bit n is set when n is a code; codes are 0 to 127.
  private let members: (UInt64, UInt64)
  private let byName: NameIndex

  /// Whether a number is a code of the list.
  package func contains(_ code: Int32) -> Bool {
    switch code {
    case 0..<64: members.0 >> UInt64(code) & 1 == 1
    case 64..<128: members.1 >> UInt64(code - 64) & 1 == 1
    default: false
    }
  }

  /// Whether a number of a message is a code of the list.
  @inline(__always)
  package func contains(_ code: UInt32) -> Bool {
    code < 128 && contains(Int32(truncatingIfNeeded: code))
  }

  /// The row of a code, or nil.
  package func entry(_ code: Int32) -> Entry? {
    contains(code) ? entries.first { $0.code == code } : nil
  }

  /// The code that a text means: a Chinese name, an English name (case aside) or a code.
  package func code(for text: String) -> Int32? {
    if let code = byName[text] { return code }
    if let first = text.utf8.first, first < 0x80, let code = byName[text.lowercased()] {
      return code
    }
    guard text.utf8.count <= 3, let code = Int32(text), code >= 0, contains(code) else {
      return nil
    }
    return code
  }

  /// The names that find a row: both names, and each without the remark in brackets that follows.
  private static func names(of entry: Entry) -> [String] {
    let full = [entry.chinese, entry.english.lowercased()]
    return full
      + full.compactMap { name in
        guard let bracket = name.firstIndex(where: { $0 == "（" || $0 == "(" }) else { return nil }
        return TextRules.trimmed(String(name[..<bracket]))
      }
  }

  init(name: CodeListName, entries: [Entry]) {
    self.name = name
    self.entries = entries
    var low: UInt64 = 0
    var high: UInt64 = 0
    var byName = NameIndex(capacity: entries.count * 4)
    for entry in entries {
      if entry.code < 64 {
        low |= 1 << UInt64(entry.code)
      } else {
        high |= 1 << UInt64(entry.code - 64)
      }
      // The first row wins where a list prints a name twice.
      for text in CodeList.names(of: entry) { byName.insert(text, entry.code) }
    }
    members = (low, high)
    self.byName = byName
  }
}

/// The code lists of the registry; the raw value is the list's name in the data files.
///
/// Lists that begin with `form:` take the place on the form as code; those with `ours:` are this
/// project's own.
package enum CodeListName: String, Sendable, Hashable, CaseIterable {
  case sex = "GB/T 2261.1-2003 sex"
  case marital = "GB/T 2261.2-2003 marital"
  case healthOfStandard = "GB/T 2261.3-2003 health (2 digits)"
  case ethnicGroup = "GB/T 3304-1991 ethnic group"
  case educationOfStandard = "GB/T 4658-2006 education"
  case relationOfStandard = "GB/T 4761-2008 relationship (2 digits)"
  case identificationStandard = "form: identification standard (A1)"
  case cause = "form: cause of poverty (A3a/A3b)"
  case education = "form: education"
  case schooling = "form: at school"
  case health = "form: health"
  case labour = "form: labour capacity"
  case relation = "form: relationship to head (national system)"
  case political = "form: political status"
  case fuel = "form: fuel (A36, Guizhou 2013)"
  case water = "form: drinking water (A37, Guizhou 2013)"
  case structure = "form: dwelling structure (A22, Guizhou 2013)"
  case danger = "form: dangerous dwelling"
  case disabilityKind = "second-generation disability certificate: kind"
  case disabilityGrade = "second-generation disability certificate: grade"
  case category = "ours: category"
  case civilAffairsDecision = "ours: civil affairs decision"
  case noIDReason = "ours: no ID number"
  case reception = "ours: reception"
  case road = "ours: road"
  case electricity = "ours: electricity"
  case organisation = "ours: organisation"
  case needKind = "ours: need"
  case exitReason = "ours: exit reason"

  /// The lists to which codes can be added, by the words that name them in messages.
  package static let extensible: [(word: String, name: CodeListName)] = [
    ("exit-reason", .exitReason), ("need", .needKind), ("no-id-reason", .noIDReason),
    ("organisation", .organisation), ("reception", .reception), ("road", .road),
  ]

  /// The extensible list of a word; nil for every other.
  package init?(extensible word: String) {
    guard let known = CodeListName.extensible.first(where: { $0.word == word }) else { return nil }
    self = known.name
  }

  /// Whether the list is this project's own, neither a standard's nor a form's.
  package var isOurs: Bool { rawValue.hasPrefix("ours:") }

  fileprivate static let indexes: [String: Int] = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1.rawValue, $0) }
  )

  fileprivate var index: Int { CodeListName.indexes[rawValue] ?? 0 }
}

/// All code lists, read once from the bundled files.
package struct CodeLists: Sendable {
  package let sex, marital, healthOfStandard, ethnicGroup, educationOfStandard: CodeList
  package let relationOfStandard, identificationStandard, cause, education, schooling: CodeList
  package let health, labour, relation, political, fuel, water, structure, danger: CodeList
  package let disabilityKind, disabilityGrade, category, civilAffairsDecision: CodeList
  package let noIDReason, reception, road, electricity, organisation, needKind: CodeList
  package let exitReason: CodeList

  /// Every list, in the order of `CodeListName.allCases`.
  package let all: [CodeList]

  /// The list of a name.
  package subscript(name: CodeListName) -> CodeList { all[name.index] }

  /// The same lists with a code added, or with another name.
  package func setting(_ entry: CodeList.Entry, in name: CodeListName) -> CodeLists {
    var rows: [[CodeList.Entry]] = Array(repeating: [], count: all.count)
    for list in all { rows[list.name.index] = list.entries }
    if let place = rows[name.index].firstIndex(where: { $0.code == entry.code }) {
      rows[name.index][place] = entry
    } else {
      rows[name.index].append(entry)
    }
    return CodeLists(rows: rows)
  }

  /// Reads the bundled lists; callers keep the value.
  /// - Throws: `ModelDataError` when a file is missing or malformed.
  package static func load() throws(ModelDataError) -> CodeLists { try bundled.get() }

  private static let bundled: Result<CodeLists, ModelDataError> = Result(catching: read)

  private static func read() throws(ModelDataError) -> CodeLists {
    var rows: [[CodeList.Entry]] = Array(repeating: [], count: CodeListName.allCases.count)
    for file in ["code_lists.csv", "own_code_lists.csv"] {
      let table = try DataTable(file: file, heading: ["list", "code", "name_zh", "name_en"])
      for row in 0..<table.count {
        // Lists that the registry does not use (one-digit ones, ranges of division codes) pass.
        guard let index = CodeListName.indexes[table[row, 0]] else { continue }
        guard let code = Int32(table[row, 1]), (0..<128).contains(code), !table[row, 3].isEmpty
        else { throw .malformed(file: file, line: row + 2) }
        rows[index].append(
          .init(code: code, text: table[row, 1], chinese: table[row, 2], english: table[row, 3])
        )
      }
    }
    return CodeLists(rows: rows)
  }

  private init(rows: [[CodeList.Entry]]) {
    let all = CodeListName.allCases.map { CodeList(name: $0, entries: rows[$0.index]) }
    func list(_ name: CodeListName) -> CodeList { all[name.index] }
    self.all = all
    sex = list(.sex)
    marital = list(.marital)
    healthOfStandard = list(.healthOfStandard)
    ethnicGroup = list(.ethnicGroup)
    educationOfStandard = list(.educationOfStandard)
    relationOfStandard = list(.relationOfStandard)
    identificationStandard = list(.identificationStandard)
    cause = list(.cause)
    education = list(.education)
    schooling = list(.schooling)
    health = list(.health)
    labour = list(.labour)
    relation = list(.relation)
    political = list(.political)
    fuel = list(.fuel)
    water = list(.water)
    structure = list(.structure)
    danger = list(.danger)
    disabilityKind = list(.disabilityKind)
    disabilityGrade = list(.disabilityGrade)
    category = list(.category)
    civilAffairsDecision = list(.civilAffairsDecision)
    noIDReason = list(.noIDReason)
    reception = list(.reception)
    road = list(.road)
    electricity = list(.electricity)
    organisation = list(.organisation)
    needKind = list(.needKind)
    exitReason = list(.exitReason)
  }
}
