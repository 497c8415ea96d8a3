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
    let told = ["registered.", "exited.", "category.", "cause.", "income-known.", "below-line."]
    columns = Tally.columns.indices.filter { index in
      isDeep || told.contains { Tally.columns[index].key.hasPrefix($0) }
    }
  }

  /// Compares the counts of the villages, summed up to the state, with the latest kept ones.
  func run(_ villages: [Int64: Tally], _ log: inout CheckLog) throws {
    var sums: [Int64: Tally] = [:]
    for (village, tally) in villages {
      for id in directory.record(id: village)?.path.ids ?? [] {
        sums[id, default: Tally()].add(tally)
      }
    }
    let kept = try latest()
    let places = Set(sums.keys).union(kept.keys).sorted()
    log.begin("tally", total: UInt64(places.count))
    for id in places {
      let (first, second) = (sums[id] ?? Tally(), kept[id] ?? Tally())
      if let column = columns.first(where: { first.values[$0] != second.values[$0] }) {
        let code = directory.record(id: id).map { "\($0.code)" } ?? "\(id)"
        log.find(
          "tally",
          at: "division \(code), \(Tally.columns[column].key)",
          "the kept count is not what the files add up to",
          "存储的计数与档案合计不一致"
        )
      }
      try log.advance()
    }
  }

  private func latest() throws -> [Int64: Tally] {
    var kept: [Int64: Tally] = [:]
    let rows = try reader.connection.prepare(
      """
      SELECT division, counts FROM tally t
      WHERE day = (SELECT max(day) FROM tally u WHERE u.division = t.division)
      """
    )
    try rows.forEach { row in
      guard let tally = row.withBytes(at: 1, { Tally(stored: $0) }) else {
        throw StoreError(.damaged, "the counts of division \(row.int64(at: 0)) are malformed")
      }
      kept[row.int64(at: 0)] = tally
    }
    return kept
  }
}
