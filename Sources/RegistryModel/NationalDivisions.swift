/// The divisions that the program comes with: provinces, prefectures and counties of the end of
/// 2010, townships of 2022, villages of seven counties.
package struct NationalDivisions: Sendable {
  /// One division.
  package struct Row: Sendable, Hashable {
    /// The code of the edition that the row is taken from.
    package let code: DivisionCode
    /// The Chinese name.
    package let name: String
    /// The code of the division above; nil for the state.
    package let parent: DivisionCode?
    /// The level.
    package let level: DivisionTier
    /// Whether it is one of the 592 national key counties (a list that is partly unverified).
    package let isKeyCounty: Bool
  }

  /// The rows, every parent before its children.
  package let rows: [Row]

  /// Townships left out because their county is not in the table of 2010 (and Jinmen, a county).
  package let skippedTownships: Int

  /// Villages left out because their township is not known.
  package let skippedVillages: Int

  /// Reads the bundled tables anew (41,000 rows); callers load them into a store once.
  /// - Throws: `ModelDataError` when a file is missing or malformed.
  package static func load() throws(ModelDataError) -> NationalDivisions {
    var reader = Reader()
    try reader.readCounties()
    try reader.readTownships()
    try reader.readVillages()
    return NationalDivisions(
      rows: reader.rows,
      skippedTownships: reader.skippedTownships,
      skippedVillages: reader.skippedVillages
    )
  }

  /// The rows of one county and of what lies below it, in order; empty when there is none.
  package func below(county: DivisionCode) -> [Row] { rows.filter { $0.code.county == county } }
}

private struct Reader {
  var rows: [NationalDivisions.Row] = []
  var skippedTownships = 0
  var skippedVillages = 0
  private var known: Set<UInt64> = []

  mutating func readCounties() throws(ModelDataError) {
    let keys = try keyCounties()
    rows.reserveCapacity(50_000)
    known.reserveCapacity(50_000)
    append(.state, "全国", nil, .state)
    let file = "divisions_2010.csv"
    let table = try DataTable(file: file, heading: ["code", "name", "level", "parent"])
    // Provinces, then prefectures, then counties: parents first whatever the file's order.
    for level in [DivisionTier.province, .prefecture, .county] {
      for row in 0..<table.count where table[row, 2] == level.slug {
        let parent = table[row, 3].isEmpty ? .state : DivisionCode(table[row, 3])
        guard let code = DivisionCode(table[row, 0]), let parent, known.contains(parent.value)
        else { throw .malformed(file: file, line: row + 2) }
        append(code, table[row, 1], parent, level, key: keys.contains(code.value))
      }
    }
  }

  mutating func readTownships() throws(ModelDataError) {
    let file = "townships_2022.csv"
    let table = try DataTable(file: file, heading: ["code", "name", "level", "parent"])
    for row in 0..<table.count {
      guard let code = DivisionCode(table[row, 0]), let parent = DivisionCode(table[row, 3]) else {
        throw .malformed(file: file, line: row + 2)
      }
      // Jinmen stands in the list as its own township.
      if known.contains(parent.value), code.level == .township {
        append(code, table[row, 1], parent, .township)
      } else {
        skippedTownships += 1
      }
    }
  }

  mutating func readVillages() throws(ModelDataError) {
    let file = "villages_sample.csv"
    let heading = ["township_code", "seq", "name", "kind", "code_made_up"]
    let table = try DataTable(file: file, heading: heading)
    for row in 0..<table.count {
      guard let township = DivisionCode(table[row, 0]), let code = DivisionCode(table[row, 4]),
        code.level == .village
      else { throw .malformed(file: file, line: row + 2) }
      if known.contains(township.value) {
        append(code, table[row, 2], township, .village)
      } else {
        skippedVillages += 1
      }
    }
  }

  private func keyCounties() throws(ModelDataError) -> Set<UInt64> {
    let table = try DataTable(
      file: "key_counties_592.csv",
      heading: ["code", "province", "name"]
    )
    return Set((0..<table.count).compactMap { DivisionCode(table[$0, 0])?.value })
  }

  private mutating func append(
    _ code: DivisionCode,
    _ name: String,
    _ parent: DivisionCode?,
    _ level: DivisionTier,
    key: Bool = false
  ) {
    known.insert(code.value)
    rows.append(
      .init(code: code, name: name, parent: parent, level: level, isKeyCounty: key)
    )
  }
}
