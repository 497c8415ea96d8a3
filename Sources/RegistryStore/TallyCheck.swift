internal import RegistryModel
internal import SQL

/// Compares the kept counts of every division with those counted anew.
struct TallyCheck {
  let reader: Reader
  let directory: DivisionDirectory
  /// The columns to compare: all, or those that rows alone tell.
  let columns: [Int]

  init(reader: Reader, directory: DivisionDirectory, isDeep: Bool) {
    self.reader = reader
    self.directory = directory
    let told = [
      "registered.", "exited.", "category.", "cause.", "income-known.", "below-line.", "noticed.",
    ]
    columns = Tally.columns.indices.filter { index in
      isDeep || told.contains { Tally.columns[index].key.hasPrefix($0) }
    }
  }

  /// Compares a village's kept counts with those counted anew in the same view of the database.
  func compare(_ counted: Tally, village: Int64, _ log: inout CheckLog) throws {
    let row = try reader.connection.prepare(
      "SELECT division, counts FROM tally WHERE division = $1 ORDER BY day DESC LIMIT 1"
    )
    row.bind(village, at: 1)
    let kept = try row.first { try Self.read($0) } ?? Tally()
    compare(counted, kept, columns, division: village, &log)
  }

  /// Compares what the villages' kept counts add up to with the kept counts of the divisions above,
  /// all of one moment.
  func run(_ log: inout CheckLog) throws {
    let kept = try latest()
    var sums: [Int64: Tally] = [:]
    for (id, tally) in kept {
      guard let record = directory.record(id: id), record.level == .village else { continue }
      for above in record.path.ids.dropLast() { sums[above, default: Tally()].add(tally) }
    }
    let above = kept.keys.filter { id in
      directory.record(id: id).map { $0.level != .village } ?? false
    }
    let places = Set(sums.keys).union(above).sorted()
    try log.begin("tally", total: UInt64(places.count))
    for id in places {
      let all = Array(Tally.columns.indices)
      compare(sums[id] ?? Tally(), kept[id] ?? Tally(), all, division: id, &log)
      try log.advance()
    }
  }

  private func compare(
    _ first: Tally,
    _ second: Tally,
    _ columns: [Int],
    division id: Int64,
    _ log: inout CheckLog
  ) {
    guard let column = columns.first(where: { first.values[$0] != second.values[$0] }) else {
      return
    }
    let code = directory.record(id: id).map { "\($0.code)" } ?? "\(id)"
    log.find(
      "tally",
      at: "division \(code), \(Tally.columns[column].key)",
      "the kept count is not what the files add up to",
      "存储的计数与档案合计不一致"
    )
  }

  private func latest() throws -> [Int64: Tally] {
    var kept: [Int64: Tally] = [:]
    let rows = try reader.connection.prepare(
      """
      SELECT division, counts FROM tally t
      WHERE day = (SELECT max(day) FROM tally u WHERE u.division = t.division)
      """
    )
    try rows.forEach { kept[$0.int64(at: 0)] = try Self.read($0) }
    return kept
  }

  private static func read(_ row: any SQLStatement) throws -> Tally {
    guard let tally = row.withBytes(at: 1, { Tally(stored: $0) }) else {
      throw StoreError(.damaged, "the counts of division \(row.int64(at: 0)) are malformed")
    }
    return tally
  }
}
