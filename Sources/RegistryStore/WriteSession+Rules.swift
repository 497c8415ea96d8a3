internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Rules set from above: entries whose bodies are not sealed, and the rows that point to them.
extension WriteSession {
  /// Writes a version of a rule: an entry of the journal and the row, in the place of the one
  /// before; `record` makes the message of the version that it is given.
  ///
  /// The message has no instant when it is written: that stands in the entry's header alone.
  func set(
    _ key: RuleKey,
    amount: Int64,
    actor: String,
    record: (_ version: UInt64) -> some Message
  ) throws {
    let held = try reader.rule(key)
    let version = (held?.version ?? 0) + 1
    let body = try record(version).serializedBytes()
    let salt = try reader.sealer.makeRandom16()
    let hash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    let draft = EntryDraft(
      operation: key.operation,
      kind: key.kind,
      subject: try key.subject(using: reader.hasher),
      versionBefore: held?.version ?? 0,
      versionAfter: version,
      prior: held?.entry ?? 0,
      actor: actor
    )
    // It is about no person: the body stands in clear behind its salt.
    let entry = try append(draft, body: salt.bytes + body, bodyHash: hash)
    try put(key, HeldRule(amount: amount, version: version, entry: entry))
    try order(body, draft, about: [key.division])
  }

  /// Writes a rule's row.
  func put(_ key: RuleKey, _ rule: HeldRule) throws {
    let row: any SQLStatement
    let next: Int
    switch key {
    case .policy(let division, let name, let day):
      row = try connection.prepare(
        """
        INSERT INTO policy (division, name, valid_from, amount, version, entry)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (division, name, valid_from) DO UPDATE SET
          amount = excluded.amount, version = excluded.version, entry = excluded.entry
        """
      )
      row.bind(division.id, at: 1)
      row.bind(name.rawValue, at: 2)
      row.bind(Int64(day), at: 3)
      next = 4
    case .line(let kind, let division, let year):
      row = try connection.prepare(
        """
        INSERT INTO line (kind, division, year, amount, version, entry)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (kind, division, year) DO UPDATE SET
          amount = excluded.amount, version = excluded.version, entry = excluded.entry
        """
      )
      row.bind(Int64(kind.rawValue), at: 1)
      row.bind(division.id, at: 2)
      row.bind(Int64(year), at: 3)
      next = 4
    case .quota(let division, let period):
      row = try connection.prepare(
        """
        INSERT INTO quota (division, period, people, version, entry)
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (division, period) DO UPDATE SET
          people = excluded.people, version = excluded.version, entry = excluded.entry
        """
      )
      row.bind(division.id, at: 1)
      row.bind(Int64(period), at: 2)
      next = 3
    case .code(let division, let list, let code):
      row = try connection.prepare(
        """
        INSERT INTO code (list, code, division, amount, version, entry)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (list, code) DO UPDATE SET
          division = excluded.division, amount = excluded.amount, version = excluded.version,
          entry = excluded.entry
        """
      )
      row.bind(list.word, at: 1)
      row.bind(Int64(code), at: 2)
      row.bind(division.id, at: 3)
      next = 4
    }
    row.bind(rule.amount, at: next)
    row.bind(Int64(bitPattern: rule.version), at: next + 1)
    row.bind(rule.entry, at: next + 2)
    try row.run()
  }
}

extension Reader {
  /// The row of a rule; nil if it was never set.
  func rule(_ key: RuleKey) throws -> HeldRule? {
    let row: any SQLStatement
    switch key {
    case .policy(let division, let name, let day):
      row = try connection.prepare(
        """
        SELECT amount, version, entry FROM policy
        WHERE division = $1 AND name = $2 AND valid_from = $3
        """
      )
      row.bind(division.id, at: 1)
      row.bind(name.rawValue, at: 2)
      row.bind(Int64(day), at: 3)
    case .line(let kind, let division, let year):
      row = try connection.prepare(
        "SELECT amount, version, entry FROM line WHERE kind = $1 AND division = $2 AND year = $3"
      )
      row.bind(Int64(kind.rawValue), at: 1)
      row.bind(division.id, at: 2)
      row.bind(Int64(year), at: 3)
    case .quota(let division, let period):
      row = try connection.prepare(
        "SELECT people, version, entry FROM quota WHERE division = $1 AND period = $2"
      )
      row.bind(division.id, at: 1)
      row.bind(Int64(period), at: 2)
    case .code(_, let list, let code):
      row = try connection.prepare(
        "SELECT amount, version, entry FROM code WHERE list = $1 AND code = $2"
      )
      row.bind(list.word, at: 1)
      row.bind(Int64(code), at: 2)
    }
    return try row.first { row in
      HeldRule(
        amount: row.int64(at: 0),
        version: UInt64(bitPattern: row.int64(at: 1)),
        entry: row.int64(at: 2)
      )
    }
  }

  /// The record of a row whose columns are the entry's instant and its unsealed body.
  func record<Record: Message>(_ row: any SQLStatement) throws -> (record: Record, instant: Int64) {
    (try unsealed(row, at: 1), row.int64(at: 0))
  }

  /// The record of an unsealed body, which stands behind its salt.
  func unsealed<Record: Message>(_ row: any SQLStatement, at column: Int) throws -> Record {
    try row.withBytes(at: column) { stored in
      guard stored.count >= 16 else {
        throw StoreError(.damaged, "an unsealed body is too short")
      }
      return try Record(wireBytes: UnsafeRawBufferPointer(rebasing: stored[16...]))
    }
  }
}
