internal import RegistryModel
internal import SQL

/// Fills the division table of a new database, adds configured villages, and reads it.
struct DivisionLoader {
  let connection: any SQLConnection

  /// How many rows of the sources were left out because what they belong to is not known.
  struct Skipped: Hashable, Sendable {
    var townships = 0
    var villages = 0
  }

  /// Puts in the divisions of a new database; does nothing if there are some.
  func fill(from source: StoreConfiguration.Divisions) throws -> Skipped {
    guard try count() == 0 else { return Skipped() }
    switch source {
    case .national:
      let national = try NationalDivisions.load()
      try insert(national.rows.map { DivisionSeed($0) })
      return Skipped(townships: national.skippedTownships, villages: national.skippedVillages)
    case .given(let seeds):
      try insert(seeds)
      return Skipped()
    }
  }

  /// Puts in the villages of a CSV file that are not known yet.
  ///
  /// A line that repeats another is skipped. Throws `ModelDataError` for a malformed file,
  /// `StoreError` (`dataFile`) naming the line if two give a village different names.
  func add(villages file: String, bytes: [UInt8], known: DivisionDirectory) throws -> Skipped {
    let table = try DataTable(bytes: bytes, file: file, heading: ["code", "name"])
    var rows: [DivisionSeed] = []
    var skipped = Skipped()
    var names: [DivisionCode: String] = [:]
    for row in 0..<table.count {
      guard let code = DivisionCode(table[row, 0]), code.level == .village else {
        throw ModelDataError.malformed(file: file, line: row + 2)
      }
      if let name = names.updateValue(table[row, 1], forKey: code) {
        guard name == table[row, 1] else {
          throw StoreError(
            .dataFile,
            "\(file), line \(row + 2): \(code) has another name above",
            zh: "\(file) 第 \(row + 2) 行：\(code) 与前文名称不同"
          )
        }
        continue
      }
      guard known.record(code: code) == nil else { continue }
      guard known.record(code: code.township) != nil else {
        skipped.villages += 1
        continue
      }
      rows.append(
        DivisionSeed(
          code: code,
          name: table[row, 1],
          parent: code.township,
          source: "configured"
        )
      )
    }
    try insert(rows, after: known)
    return skipped
  }

  /// Reads the whole table.
  func read() throws -> DivisionDirectory {
    var records: [DivisionRecord] = []
    let rows = try connection.prepare(
      """
      SELECT id, parent, level, code, name, path, valid_from, valid_to, key_county, source
      FROM division ORDER BY id
      """
    )
    try rows.forEach { row in
      let id = row.int64(at: 0)
      let parent = row.optionalInt64(at: 1)
      let isBehind = parent.map { $0 > 0 && $0 <= Int64(records.count) } ?? true
      guard let level = DivisionTier(rawValue: Int32(truncatingIfNeeded: row.int64(at: 2))),
        let code = DivisionCode(twelveDigits: UInt64(bitPattern: row.int64(at: 3))), isBehind,
        let path = DivisionPath(
          row.string(at: 5),
          of: id,
          below: parent.map { records[Int($0) - 1].path }
        )
      else { throw StoreError(.damaged, "division \(id) is malformed") }
      records.append(
        DivisionRecord(
          id: id,
          parent: parent,
          path: path,
          code: code,
          name: row.string(at: 4),
          level: level,
          isKeyCounty: row.bool(at: 8),
          validFrom: Int32(truncatingIfNeeded: row.int64(at: 6)),
          validTo: Int32(truncatingIfNeeded: row.int64(at: 7)),
          source: row.string(at: 9)
        )
      )
    }
    return try DivisionDirectory(records)
  }

  private func count() throws -> Int64 {
    try connection.prepare("SELECT count(*) FROM division").first { $0.int64(at: 0) } ?? 0
  }

  private func insert(_ rows: [DivisionSeed], after known: DivisionDirectory? = nil) throws {
    if rows.isEmpty { return }
    var places: [DivisionCode: (id: Int64, ids: [Int64])] = [:]
    var next = Int64(known?.records.count ?? 0)
    let statement = try connection.prepare(
      """
      INSERT INTO division
        (id, parent, level, code, name, path, valid_from, valid_to, key_county, source)
      VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $8)
      """
    )
    try connection.transaction {
      for row in rows {
        next += 1
        var above: (id: Int64, ids: [Int64])?
        if let parent = row.parent {
          above = places[parent] ?? known?.record(code: parent).map { ($0.id, $0.path.ids) }
          guard above != nil else {
            throw StoreError(
              .dataFile,
              "division \(row.code) comes before the one above it",
              zh: "区划 \(row.code) 排在其上级之前"
            )
          }
        }
        let ids = (above?.ids ?? []) + [next]
        guard let path = DivisionPath(ids: ids) else {
          throw StoreError(
            .dataFile,
            "division \(row.code) lies too deep",
            zh: "区划 \(row.code) 层级过深"
          )
        }
        if row.level != .village { places[row.code] = (next, ids) }
        statement.bind(next, at: 1)
        statement.bind(above?.id, at: 2)
        statement.bind(Int64(row.level.rawValue), at: 3)
        statement.bind(Int64(row.code.value), at: 4)
        statement.bind(row.name, at: 5)
        statement.bind(path.text, at: 6)
        statement.bind(row.isKeyCounty, at: 7)
        statement.bind(row.source, at: 8)
        try statement.run()
      }
    }
  }
}
