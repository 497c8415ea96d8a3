internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

extension WriteSession {
  /// Whether the needs of all files stand in the counts.
  var hasCountedNeeds: Bool {
    get throws {
      let mark = try connection.prepare("SELECT value FROM meta WHERE name = 'needs-counted'")
      return try mark.first { _ in true } == true
    }
  }

  /// Counts the needs of a database that was begun before needs were counted, once: they stand in the
  /// counts of today and later; those of days before have none.
  ///
  /// Reads every registered file. The session has taken its instant.
  func recountNeeds() throws {
    let rows = try connection.prepare(
      """
      SELECT h.village, h.id, h.wrapped_key, j.header, j.sealed FROM household h
      JOIN journal j ON j.seq = h.entry WHERE h.status <> $1
      """
    )
    rows.bind(Int64(HouseholdStatus.exited.rawValue), at: 1)
    var counted: [Int64: Tally] = [:]
    try rows.forEach { row in
      let wrapped = row.bytes(at: 2)
      // What was erased is not counted any more. A file that cannot be opened is `check`'s to tell; it
      // must not keep the registry shut.
      guard !wrapped.isEmpty, let id = try? row.bytes16(at: 1),
        let header = try? row.withBytes(at: 3, { try EntryHeader(decoding: $0) })
      else { return }
      let binding = SealBinding.body(
        ofHousehold: id,
        stream: reader.stream,
        version: header.versionAfter
      )
      let opened = try? wrapped.withUnsafeBytes { key in
        try row.withBytes(at: 4) { sealed in
          try reader.sealer.withOpened(sealed, wrappedKey: key, binding: binding) { _, body in
            try Household(wireBytes: body)
          }
        }
      }
      guard let household = opened else { return }
      counted[row.int64(at: 0), default: Tally()].addNeeds(of: household)
    }
    try writeTallies(counted, on: Int64(Day(of: instant).daysSince1970))
    let done = try connection.prepare("INSERT INTO meta (name, value) VALUES ($1, $2)")
    done.bind("needs-counted", at: 1)
    done.bind([UInt8](), at: 2)
    try done.run()
  }
}
