internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// The writer's prepared statements: the texts and how they are bound.
struct WriteStatements {
  private let entry: any SQLStatement
  private let tile: any SQLStatement
  let insertHead: any SQLStatement
  private let tally: any SQLStatement
  private let putTally: any SQLStatement
  private let serial: any SQLStatement
  private let insertHousehold: any SQLStatement
  private let updateHousehold: any SQLStatement
  private let insertPast: any SQLStatement
  private let insertNumber: any SQLStatement
  private let deleteNumber: any SQLStatement
  private let exitedNumber: any SQLStatement
  private let moveNumber: any SQLStatement
  private let insertName: any SQLStatement
  private let deleteName: any SQLStatement

  init(_ connection: any SQLConnection) throws {
    entry = try connection.prepare(
      """
      INSERT INTO journal (seq, recorded_at, prior, header, body_hash, sealed)
      VALUES ($1, $2, $3, $4, $5, $6)
      """
    )
    tile = try connection.prepare(
      "INSERT INTO journal_tile (level, tile, hashes) VALUES ($1, $2, $3)"
    )
    insertHead = try connection.prepare(
      "INSERT INTO journal_head (size, root, recorded_at, signature) VALUES ($1, $2, $3, $4)"
    )
    tally = try connection.prepare(
      "SELECT day, counts FROM tally WHERE division = $1 ORDER BY day DESC LIMIT 1"
    )
    putTally = try connection.prepare(
      """
      INSERT INTO tally (division, day, counts) VALUES ($1, $2, $3)
      ON CONFLICT (division, day) DO UPDATE SET counts = excluded.counts
      """
    )
    serial = try connection.prepare(
      """
      INSERT INTO number_block (county, next_serial, last_serial) VALUES ($1, $2, $3)
      ON CONFLICT (county) DO UPDATE SET next_serial = excluded.next_serial
      WHERE number_block.next_serial < excluded.next_serial
      """
    )
    insertHousehold = try connection.prepare(
      """
      INSERT INTO household
        (n, id, number, village, version, entry, status, category, main_cause, members,
         net_income, income_year, head_name, wrapped_key)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
      """
    )
    updateHousehold = try connection.prepare(
      """
      UPDATE household SET village = $1, version = $2, entry = $3, status = $4, category = $5,
        main_cause = $6, members = $7, net_income = $8, income_year = $9, head_name = $10
      WHERE n = $11 AND version = $12
      """
    )
    insertPast = try connection.prepare(
      """
      INSERT INTO household_past (household, version, entry, recorded_at)
      SELECT h.n, h.version, h.entry, j.recorded_at
      FROM household h JOIN journal j ON j.seq = h.entry WHERE h.n = $1 AND h.version = $2
      """
    )
    insertNumber = try connection.prepare(
      """
      INSERT INTO member_number (digest, household, position) VALUES ($1, $2, $3)
      ON CONFLICT (digest) DO NOTHING
      """
    )
    deleteNumber = try connection.prepare(
      "DELETE FROM member_number WHERE digest = $1 AND household = $2"
    )
    exitedNumber = try connection.prepare(
      """
      SELECT h.n FROM member_number m JOIN household h ON h.n = m.household
      WHERE m.digest = $1 AND h.n <> $2 AND h.status = $3
      """
    )
    moveNumber = try connection.prepare(
      "UPDATE member_number SET household = $1, position = $2 WHERE digest = $3"
    )
    insertName = try connection.prepare(
      "INSERT INTO member_name (name, household, position) VALUES ($1, $2, $3)"
    )
    deleteName = try connection.prepare(
      "DELETE FROM member_name WHERE name = $1 AND household = $2 AND position = $3"
    )
  }

  func insertEntry(
    place: Int64,
    instant: Int64,
    prior: Int64,
    header: [UInt8],
    bodyHash: Hash256,
    sealed: [UInt8]
  ) throws {
    entry.bind(place, at: 1)
    entry.bind(instant, at: 2)
    entry.bind(prior, at: 3)
    // Borrowed octets must outlive the run: bind, step and reset inside the scopes that lend them.
    try header.withUnsafeBytes { header in
      try bodyHash.withUnsafeBytes { hash in
        try sealed.withUnsafeBytes { sealed in
          entry.bind(borrowed: header, at: 4)
          entry.bind(borrowed: hash, at: 5)
          entry.bind(borrowed: sealed, at: 6)
          try entry.run()
        }
      }
    }
  }

  /// Keeps a tile of a stream's tree; it stands as the stream's entries do (`EntryPlace`).
  func insert(_ tile: MerkleTile, stream: Int64 = 0) throws {
    let place = EntryPlace(stream: stream, sequence: Int64(bitPattern: tile.index))
    self.tile.bind(Int64(tile.level), at: 1)
    self.tile.bind(place.stored, at: 2)
    self.tile.bind(tile.bytes, at: 3)
    try self.tile.run()
  }

  func latestTally(division: Int64) throws -> (day: Int64, tally: Tally)? {
    tally.bind(division, at: 1)
    return try tally.first { row in
      guard let tally = row.withBytes(at: 1, { Tally(stored: $0) }) else {
        throw StoreError(.damaged, "the counts of division \(division) are malformed")
      }
      return (row.int64(at: 0), tally)
    }
  }

  func put(_ tally: Tally, division: Int64, day: Int64) throws {
    putTally.bind(division, at: 1)
    putTally.bind(day, at: 2)
    putTally.bind(tally.stored, at: 3)
    try putTally.run()
  }

  func noteSerial(_ county: Int64, _ used: UInt32) throws {
    serial.bind(county, at: 1)
    serial.bind(Int64(used) + 1, at: 2)
    serial.bind(Int64(HouseholdNumber.serials.upperBound), at: 3)
    try serial.run()
  }

  func insert(_ prepared: PreparedHousehold, n: Int64, entry: Int64) throws {
    let row = insertHousehold
    row.bind(n, at: 1)
    row.bind(prepared.id, at: 2)
    row.bind(Int64(bitPattern: prepared.number.body), at: 3)
    row.bind(prepared.village.id, at: 4)
    row.bind(Int64(bitPattern: prepared.version), at: 5)
    row.bind(entry, at: 6)
    bindFacts(prepared, row, from: 7)
    row.bind(prepared.headName, at: 13)
    try prepared.wrappedKey.withUnsafeBytes { wrapped in
      row.bind(borrowed: wrapped, at: 14)
      try row.run()
    }
  }

  /// Keeps where the version stands that is about to be replaced.
  func keepPast(_ base: PreparedHousehold.Base) throws {
    insertPast.bind(base.n, at: 1)
    insertPast.bind(Int64(bitPattern: base.version), at: 2)
    try insertPast.run()
  }

  /// False if the version on record is not the base.
  func update(
    _ prepared: PreparedHousehold,
    base: PreparedHousehold.Base,
    entry: Int64,
    connection: any SQLConnection
  ) throws -> Bool {
    let row = updateHousehold
    row.bind(prepared.village.id, at: 1)
    row.bind(Int64(bitPattern: prepared.version), at: 2)
    row.bind(entry, at: 3)
    bindFacts(prepared, row, from: 4)
    row.bind(prepared.headName, at: 10)
    row.bind(base.n, at: 11)
    row.bind(Int64(bitPattern: base.version), at: 12)
    try row.run()
    return connection.changes == 1
  }

  /// Status, category, cause, members, income and its year, at six parameters.
  private func bindFacts(
    _ prepared: PreparedHousehold,
    _ row: any SQLStatement,
    from first: Int
  ) {
    let household = prepared.household
    let income = prepared.income
    row.bind(Int64(household.status.rawValue), at: first)
    row.bind(Int64(household.classification?.category.rawValue ?? 0), at: first + 1)
    row.bind(Int64(household.classification?.mainCause ?? 0), at: first + 2)
    row.bind(Int64(household.members.count), at: first + 3)
    row.bind(income.map { $0.fen }, at: first + 4)
    row.bind(income.map { Int64($0.year) }, at: first + 5)
  }

  /// False if the number stands in a file already.
  func insert(
    _ number: PreparedHousehold.MemberNumber,
    n: Int64,
    connection: any SQLConnection
  ) throws -> Bool {
    let digest = (number.digest.high.bigEndian, number.digest.low.bigEndian)
    return try withUnsafeBytes(of: digest) { digest in
      insertNumber.bind(borrowed: digest, at: 1)
      insertNumber.bind(n, at: 2)
      insertNumber.bind(Int64(number.position), at: 3)
      try insertNumber.run()
      return connection.changes == 1
    }
  }

  /// Takes a number from a household's list, if it stands there.
  func delete(_ number: PreparedHousehold.MemberNumber, n: Int64) throws {
    deleteNumber.bind(number.digest, at: 1)
    deleteNumber.bind(n, at: 2)
    try deleteNumber.run()
  }

  /// Whether a number stands in the list of another household, which has left the register.
  func isOfExited(_ number: PreparedHousehold.MemberNumber, otherThan n: Int64) throws -> Bool {
    exitedNumber.bind(number.digest, at: 1)
    exitedNumber.bind(n, at: 2)
    exitedNumber.bind(Int64(HouseholdStatus.exited.rawValue), at: 3)
    return try exitedNumber.first { _ in true } ?? false
  }

  /// Moves a number from another household's list to a household's.
  func move(_ number: PreparedHousehold.MemberNumber, to n: Int64) throws {
    moveNumber.bind(n, at: 1)
    moveNumber.bind(Int64(number.position), at: 2)
    moveNumber.bind(number.digest, at: 3)
    try moveNumber.run()
  }

  func insert(name: String, n: Int64, position: Int) throws {
    insertName.bind(name, at: 1)
    insertName.bind(n, at: 2)
    insertName.bind(Int64(position), at: 3)
    try insertName.run()
  }

  func delete(name: String, n: Int64, position: Int) throws {
    deleteName.bind(name, at: 1)
    deleteName.bind(n, at: 2)
    deleteName.bind(Int64(position), at: 3)
    try deleteName.run()
  }
}
