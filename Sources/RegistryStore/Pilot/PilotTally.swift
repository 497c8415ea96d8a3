internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// The sums of a division's records of pilot work and of all below, kept from each day on which they
/// changed: a report of any day reads one row a division, however many records there are.
///
/// Sums have 128 bits: no number of records with the largest numbers leaves them.
struct PilotTally: Sendable, Hashable {
  /// What is added up.
  struct Key: Sendable, Hashable, Comparable {
    /// The kind's word.
    var kind: String
    /// The level of government whose money it is; empty for what is no money.
    var level: String
    /// The number's key; empty for how many records there are.
    var figure: String

    static func < (left: Key, right: Key) -> Bool {
      (left.kind, left.level, left.figure) < (right.kind, right.level, right.figure)
    }
  }

  /// The sums that are not zero.
  private(set) var sums: [Key: Int128] = [:]

  /// Nothing.
  init() {}

  /// What a record adds: nothing once it is withdrawn, or of a kind that this program does not know.
  init(_ record: PilotRecord, _ kinds: PilotKinds) {
    guard !record.withdrawn, let kind = kinds[record.kind] else { return }
    func count(_ figure: String, _ value: Int64) {
      add(Int128(value), to: Key(kind: kind.word, level: record.level, figure: figure))
    }
    count("", 1)
    for number in record.figures where kind.numbers.contains(where: { $0.0.key == number.key }) {
      count(number.key, number.value)
      if kind.isMoney, number.key == "fen", !record.project.isEmpty {
        count(PilotKinds.Number.forProjects.key, number.value)
      }
    }
  }

  var isEmpty: Bool { sums.isEmpty }

  /// Adds a number.
  mutating func add(_ value: Int128, to key: Key) {
    let sum = (sums[key] ?? 0) + value
    sums[key] = sum == 0 ? nil : sum
  }

  /// Adds another's sums.
  mutating func add(_ other: PilotTally) { join(other, sign: 1) }

  /// Takes another's sums away.
  mutating func subtract(_ other: PilotTally) { join(other, sign: -1) }

  private mutating func join(_ other: PilotTally, sign: Int128) {
    for (key, value) in other.sums { add(sign * value, to: key) }
  }

  /// The records of each kind of a list that has any, summed.
  func sums(of kinds: [PilotKinds.Kind]) -> [PilotWorkSum] {
    let byKind = Dictionary(grouping: sums, by: { $0.key.kind })
    return kinds.compactMap { kind in
      byKind[kind.word].flatMap { Self.sum(of: kind, $0.map { ($0.key, $0.value) }) }
    }
  }

  private static func sum(
    of kind: PilotKinds.Kind,
    _ sums: [(key: Key, value: Int128)]
  ) -> PilotWorkSum? {
    func value(_ figure: String, _ level: String? = nil) -> Int64? {
      let found = sums.filter { $0.key.figure == figure && (level ?? $0.key.level) == $0.key.level }
      return found.isEmpty ? nil : Int64(clamping: found.map(\.value).reduce(0, +))
    }
    guard let records = value("") else { return nil }
    var sum = PilotWorkSum(kind)
    sum.records = records
    guard kind.addsUp else { return sum }
    // Scales of different units do not add up.
    let numbers = kind.numbers.map(\.0).filter { $0.unit != .hundredths }
    sum.numbers = (numbers + (kind.isMoney ? [.forProjects] : [])).compactMap { number in
      value(number.key).map { (number, $0) }
    }
    if kind.isMoney {
      sum.money = PilotKinds.moneyLevels.compactMap { level in
        value("fen", level).map { (level, $0) }
      }
    }
    return sum
  }
}

/// As stored: in the order of the keys, each as three texts with their lengths before them, and the sum
/// in 16 octets, the lowest first.
extension PilotTally {
  var stored: [UInt8] {
    var octets: [UInt8] = []
    for (key, value) in sums.sorted(by: { $0.key < $1.key }) {
      for text in [key.kind, key.level, key.figure] {
        octets.append(UInt8(truncatingIfNeeded: text.utf8.count))
        octets += text.utf8
      }
      withUnsafeBytes(of: value.littleEndian) { octets += $0 }
    }
    return octets
  }

  /// Reads the stored form; nil for octets that are none.
  init?(stored octets: UnsafeRawBufferPointer) {
    var rest = octets[...]
    func take(_ count: Int) -> Slice<UnsafeRawBufferPointer>? {
      guard rest.count >= count else { return nil }
      defer { rest = rest.dropFirst(count) }
      return rest.prefix(count)
    }
    func text() -> String? {
      guard let count = take(1)?.first, let octets = take(Int(count)) else { return nil }
      return String(validating: octets, as: UTF8.self)
    }
    while !rest.isEmpty {
      guard let kind = text(), let level = text(), let figure = text(), let number = take(16) else {
        return nil
      }
      let value = UnsafeRawBufferPointer(rebasing: number).loadUnaligned(as: Int128.self)
      sums[Key(kind: kind, level: level, figure: figure)] = Int128(littleEndian: value)
    }
  }
}

extension Reader {
  /// The sums of a division at a day's close, or now.
  func pilotTally(of division: Int64, at day: Day?) throws -> PilotTally {
    try latestPilotTally(of: division, at: day)?.tally ?? PilotTally()
  }

  /// The same, with the day from which on they hold; nil where there never were any.
  fileprivate func latestPilotTally(
    of division: Int64,
    at day: Day?
  ) throws -> (tally: PilotTally, since: Int64)? {
    let row = try connection.prepare(
      "SELECT sums, day FROM pilot_tally WHERE division = $1 AND day <= $2 ORDER BY day DESC LIMIT 1"
    )
    row.bind(division, at: 1)
    row.bind(day.map { Int64($0.daysSince1970) } ?? Int64(Int32.max), at: 2)
    return try row.first { row in
      guard let tally = row.withBytes(at: 0, { PilotTally(stored: $0) }) else {
        throw StoreError(.damaged, "the sums of pilot work of division \(division) are malformed")
      }
      return (tally, row.int64(at: 1))
    }
  }
}

extension WriteSession {
  /// Counts a version of a record in the place of the one before, in a division and all above.
  func count(_ record: PilotRecord, over before: PilotRecord?, in division: DivisionRecord) {
    var change = PilotTally(record, context.pilotKinds)
    if let before { change.subtract(PilotTally(before, context.pilotKinds)) }
    if change.isEmpty { return }
    for id in division.path.ids { effects.pilot[id, default: PilotTally()].add(change) }
  }

  /// Adds sums to those of each division, in the row of a day.
  func writePilotTallies(_ changes: [Int64: PilotTally], on day: Int64) throws {
    for (id, change) in changes.sorted(by: { $0.key < $1.key }) where !change.isEmpty {
      let last = try reader.latestPilotTally(of: id, at: nil)
      var tally = last?.tally ?? PilotTally()
      tally.add(change)
      try put(tally, division: id, day: max(day, last?.since ?? day))
    }
  }

  private func put(_ tally: PilotTally, division: Int64, day: Int64) throws {
    let row = try connection.prepare(
      """
      INSERT INTO pilot_tally (division, day, sums) VALUES ($1, $2, $3)
      ON CONFLICT (division, day) DO UPDATE SET sums = excluded.sums
      """
    )
    row.bind(division, at: 1)
    row.bind(day, at: 2)
    row.bind(tally.stored, at: 3)
    try row.run()
  }

  /// Sums what began to hold on a day, and takes away what ended on it.
  private func recount(on day: Int64) throws {
    let rows = try connection.prepare(
      """
      SELECT division, entry, since FROM pilot WHERE (since = $1 OR until = $1) AND since < until
      """
    )
    rows.bind(day, at: 1)
    var events: [(division: Int64, entry: Int64, begins: Bool)] = []
    try rows.forEach { events.append(($0.int64(at: 0), $0.int64(at: 1), $0.int64(at: 2) == day)) }
    var changes: [Int64: PilotTally] = [:]
    for event in events {
      // A record that cannot be read is `check`'s to tell; it must not keep the registry shut.
      guard let division = context.directory.record(id: event.division),
        let record = try? reader.pilotRecord(entry: event.entry)
      else { continue }
      let tally = PilotTally(record, context.pilotKinds)
      for id in division.path.ids {
        if event.begins {
          changes[id, default: PilotTally()].add(tally)
        } else {
          changes[id, default: PilotTally()].subtract(tally)
        }
      }
    }
    try writePilotTallies(changes, on: day)
  }

  private static let countedKinds = "pilot-kinds-counted"

  /// Whether the sums are of the kinds that this program knows: not where the database was written by
  /// one that kept none, or knew other kinds.
  var hasCountedPilot: Bool {
    get throws {
      let mark = try connection.prepare("SELECT value FROM meta WHERE name = $1")
      mark.bind(Self.countedKinds, at: 1)
      return try mark.first { $0.bytes(at: 0) } == context.pilotKinds.fingerprint
    }
  }

  /// Sums all records anew, for every day on which they changed.
  func recountPilot() throws {
    try connection.prepare("DELETE FROM pilot_tally").run()
    let days = try connection.prepare(
      """
      SELECT since FROM pilot WHERE since < until
      UNION SELECT until FROM pilot WHERE since < until ORDER BY 1
      """
    )
    var all: [Int64] = []
    try days.forEach { all.append($0.int64(at: 0)) }
    for day in all where day < Self.untilReplaced { try recount(on: day) }
    let done = try connection.prepare(
      """
      INSERT INTO meta (name, value) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    )
    done.bind(Self.countedKinds, at: 1)
    done.bind(context.pilotKinds.fingerprint, at: 2)
    try done.run()
  }
}
