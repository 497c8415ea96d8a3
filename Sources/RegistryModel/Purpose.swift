/// Why an office looks: stated with the call, one of a dated table.
package struct Purpose: RawRepresentable, Sendable, Hashable, CaseIterable {
  /// The stable word.
  package let rawValue: String

  /// The purpose of a word of the table, whatever the day; nil for every other word.
  package init?(rawValue: String) {
    guard Self.table[rawValue] != nil else { return nil }
    self.rawValue = rawValue
  }

  private init(known word: String) { rawValue = word }

  /// The purposes in the order of the table, those of other days too.
  package static let allCases: [Purpose] = rows.map { Purpose(known: $0.word) }

  /// The purpose's name in English.
  package var english: String { Self.table[rawValue]?.english ?? rawValue }
  /// The purpose's name in Chinese.
  package var chinese: String { Self.table[rawValue]?.chinese ?? rawValue }

  /// Whether it may be stated on a day.
  package func holds(on day: Day) -> Bool {
    Self.table[rawValue]?.holds(on: day) ?? false
  }

  /// Whether offices of a kind may state it.
  package func mayBeStated(by kind: OfficeKind) -> Bool {
    Self.table[rawValue]?.offices.contains(kind) ?? false
  }

  package static let administration = Purpose(known: "administration")
  package static let disabilitySupport = Purpose(known: "disability-support")
  package static let schoolingSupport = Purpose(known: "schooling-support")
  package static let medicalSupport = Purpose(known: "medical-support")
  package static let receptionSupport = Purpose(known: "reception-support")
  package static let dwellingSupport = Purpose(known: "dwelling-support")
  package static let inspection = Purpose(known: "inspection")

  /// A row of the table.
  package struct Row: Sendable {
    let word: String
    let english: String
    let chinese: String
    let from: Day
    let until: Day?
    let offices: Set<OfficeKind>
  }

  /// Reads a table from CSV bytes.
  /// - Throws: `ModelDataError.malformed` with the line.
  package static func read(_ bytes: [UInt8], file: String) throws(ModelDataError) -> [Row] {
    let table = try DataTable(
      bytes: bytes,
      file: file,
      heading: ["purpose", "name_en", "name_zh", "from", "until", "offices"]
    )
    var rows: [Row] = []
    for row in 0..<table.count {
      let offices = table[row, 5].split(separator: " ").map { OfficeKind(rawValue: String($0)) }
      let until = table[row, 4].isEmpty ? nil : Int(table[row, 4]).flatMap { Day(yyyymmdd: $0) }
      guard let from = Int(table[row, 3]).flatMap({ Day(yyyymmdd: $0) }),
        until != nil || table[row, 4].isEmpty, !offices.isEmpty, !offices.contains(nil),
        !rows.contains(where: { $0.word == table[row, 0] })
      else { throw .malformed(file: file, line: row + 2) }
      rows.append(
        Row(
          word: table[row, 0],
          english: table[row, 1],
          chinese: table[row, 2],
          from: from,
          until: until,
          offices: Set(offices.compactMap { $0 })
        )
      )
    }
    return rows
  }

  /// The bundled table; empty where it is damaged, so that nothing can be stated: the authorisation
  /// table, which names purposes, then does not load.
  private static let rows: [Row] = {
    guard let bytes = try? ModelData.bytes(of: "purposes.csv") else { return [] }
    return (try? read(bytes, file: "purposes.csv")) ?? []
  }()

  private static let table = Dictionary(rows.map { ($0.word, $0) }) { first, _ in first }
}

extension Purpose.Row {
  /// Whether the row's purpose may be stated on a day.
  package func holds(on day: Day) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}
