internal import Journal
internal import RPCCore
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A part of the changes of households, and what it shows.
package struct FollowedPart: Sendable {
  /// The answer.
  package var response: FollowHouseholdsResponse
  /// The ids of the households that it shows something of.
  package var files: [[UInt8]]
  /// The people of whom something is shown.
  package var people: Int
}

extension RegistryStore {
  /// Follows the changes that a scope sees, from a request's position on.
  ///
  /// Throws `StoreError`: `refused`, `invalid` for a position of another caller or question,
  /// `notFound` for a code.
  package func follower(
    _ request: FollowHouseholdsRequest,
    scope: Scope
  ) throws -> HouseholdFollower {
    try scope.require(.follow)
    let within = try divisions(request.division, request.divisions, in: scope)
    let question = FollowPosition.Question(
      holder: scope.actor(node: node),
      divisions: within.map(\.code.description).sorted().joined(separator: " ")
    )
    let position = try readers.with { reader in
      try FollowPosition(token: request.position, question, using: reader.sealer)
    }
    return HouseholdFollower(
      store: self,
      scope: scope,
      divisions: within.map(\.path),
      question: question,
      position: position,
      // One who has a position goes on from it, whatever else is said.
      isFromNow: request.fromNow && request.position.isEmpty
    )
  }
}

/// Goes through the entries of all streams on record, each in its order, and tells of every household
/// that changed what it is now.
///
/// An entry says that something changed; what is told is the file as it stands, so that nobody sees
/// through the feed what was on record once. Whether the change is one that the scope sees is decided
/// entry by entry, from the two versions on its two sides.
package struct HouseholdFollower: Sendable {
  fileprivate let store: RegistryStore
  fileprivate let scope: Scope
  /// None for the scope's whole area.
  fileprivate let divisions: [DivisionPath]
  fileprivate let question: FollowPosition.Question
  fileprivate var position: FollowPosition
  fileprivate var isFromNow: Bool

  /// Households of one part, and entries that one part looks at.
  private static let households = 200
  private static let entries = 5_000

  /// The next part, which may be empty.
  ///
  /// Throws `StoreError` (`unavailable`, `damaged`).
  package mutating func next() async throws -> FollowedPart {
    let follower = self
    let (part, position) = try await store.work.run { flag in
      try follower.store.readers.with { reader in
        try reader.connection.transaction {
          try follower.isFromNow ? follower.present(reader) : follower.read(reader, flag)
        }
      }
    }
    self.position = position
    isFromNow = false
    return part
  }

  private func present(_ reader: Reader) throws -> (FollowedPart, FollowPosition) {
    var position = FollowPosition()
    for stream in try reader.followedStreams(at: store.division.id) {
      position.set(stream.n, epoch: stream.epoch, to: stream.size)
    }
    let token = try position.token(question, using: reader.sealer)
    let response = FollowHouseholdsResponse(changes: [], position: token, caughtUp: true)
    return (FollowedPart(response: response, files: [], people: 0), position)
  }

  func read(
    _ reader: Reader,
    _ flag: CancellationFlag
  ) throws -> (FollowedPart, FollowPosition) {
    var position = position
    var told: Set<Bytes16> = []
    var part = FollowedPart(response: FollowHouseholdsResponse(), files: [], people: 0)
    var left = Self.entries
    part.response.caughtUp = true
    for stream in try reader.followedStreams(at: store.division.id) {
      var last = position.sequence(in: stream)
      while last < stream.size {
        guard left > 0, part.response.changes.count < Self.households else {
          part.response.caughtUp = false
          break
        }
        try flag.check()
        let page = try reader.followed(stream, after: last, limit: min(left, 500))
        guard let end = page.last else { break }
        left -= page.count
        last = end.place.sequence
        for entry in page {
          guard part.response.changes.count < Self.households else {
            last = entry.place.sequence - 1
            break
          }
          guard entry.isOfFile, !told.contains(entry.header.subject),
            let change = try change(of: entry, from: stream, reader)
          else { continue }
          told.insert(entry.header.subject)
          if case .shown(let household)? = change.what { part.people += household.members.count }
          part.files.append(entry.header.subject.bytes)
          part.response.changes.append(change)
        }
      }
      position.set(stream.n, epoch: stream.epoch, to: last)
    }
    part.response.position = try position.token(question, using: reader.sealer)
    return (part, position)
  }

  private func sees(_ path: DivisionPath) -> Bool {
    scope.covers(path) && (divisions.isEmpty || divisions.contains { $0.contains(path) })
  }

  /// What an entry changed for the scope; nil for nothing that it sees.
  private func change(
    of entry: FollowedEntry,
    from stream: FollowedStream,
    _ reader: Reader
  ) throws -> FollowedHousehold? {
    let header = entry.header
    let id = header.subject
    if header.operation == .keyErased {
      // Where it lay went with its file: those are told who follow something of the node's area.
      let area = store.divisions.record(id: stream.division)?.path
      let followed = divisions.isEmpty ? scope.areas : divisions
      let isNear = area.map { area in
        sees(area) || followed.contains { area.contains($0) }
      }
      return isNear == true
        ? FollowedHousehold(what: .gone(GoneHousehold(id: id.bytes, number: ""))) : nil
    }
    guard
      let stored = try reader.household(
        .id(id),
        scope: .system(reason: "follow"),
        directory: store.divisions
      )
    else { return nil }
    let now = try stored.household()
    let today = store.context.environment.today
    let present = sees(stored.village.path) ? scope.disclosed(now, on: today) : nil
    guard let present else {
      return try held(before: entry, stored, today, reader).map {
        FollowedHousehold(what: .gone(GoneHousehold(id: id.bytes, number: $0.number)))
      }
    }
    if !scope.seesEverything {
      let before = try entry.prior == 0 ? nil : version(entry.prior, stored, today, reader)
      let after = try version(entry.place.stored, stored, today, reader)
      if before == after { return nil }
    }
    return FollowedHousehold(what: .shown(present))
  }

  /// The file as the caller has it from what lies behind its position; nil if it has none, and need not
  /// be told that it is gone.
  private func held(
    before entry: FollowedEntry,
    _ stored: StoredHousehold,
    _ today: Day,
    _ reader: Reader
  ) throws -> Household? {
    var prior = entry.prior
    while prior != 0, !position.reaches(EntryPlace(prior)) { prior = try reader.prior(of: prior) }
    return prior == 0 ? nil : try version(prior, stored, today, reader, wasSeen: true)
  }

  /// A version as the scope would see it, which holds nothing that every version has of its own.
  ///
  /// - Parameter wasSeen: those count too who were of the age that the scope sees when it was made.
  private func version(
    _ entry: Int64,
    _ stored: StoredHousehold,
    _ today: Day,
    _ reader: Reader,
    wasSeen: Bool = false
  ) throws -> Household? {
    let version = try reader.version(
      entry: entry,
      ofHousehold: stored.n,
      scope: .system(reason: "follow"),
      directory: store.divisions
    )
    guard let household = try version?.household() else { return nil }
    // A code that is no more on record was the village's that the file is of now.
    let village =
      DivisionCode(household.location?.village ?? "")
      .flatMap { store.divisions.record(code: $0) } ?? stored.village
    let then = Day(of: Instant(microseconds: household.recordedAt))
    guard sees(village.path),
      let shown = scope.disclosed(household, on: today)
        ?? (wasSeen ? scope.disclosed(household, on: then) : nil)
    else { return nil }
    return shown
  }
}

/// A stream as one who follows it needs it.
private struct FollowedStream {
  let n: Int64
  let epoch: UInt32
  let size: Int64
  /// The division of its node.
  let division: Int64
}

/// An entry as one who follows it needs it; nothing is unsealed.
private struct FollowedEntry {
  let place: EntryPlace
  let prior: Int64
  let header: EntryHeader

  /// Whether it changed a household's file.
  var isOfFile: Bool {
    header.isVersionOfHousehold
      || header.subjectKind == .household
        && (header.isStanding || header.operation == .keyErased)
  }
}

extension Reader {
  /// The node's own journal, and the copies of others.
  fileprivate func followedStreams(at home: Int64) throws -> [FollowedStream] {
    let own = try connection.prepare("SELECT max(seq) FROM journal WHERE seq < $1")
    own.bind(EntryPlace.width, at: 1)
    let size = try own.first { $0.int64(at: 0) } ?? 0
    let epoch = try StoreIdentity.epoch(connection) ?? 1
    return try [FollowedStream(n: 0, epoch: epoch, size: size, division: home)]
      + streams().filter(\.isIncoming).map {
        FollowedStream(
          n: $0.n,
          epoch: $0.epoch,
          size: Int64(clamping: $0.size),
          division: $0.division
        )
      }
  }

  /// Entries of a stream up to the size that was read first: what is read of files behind that is of
  /// no earlier state.
  fileprivate func followed(
    _ stream: FollowedStream,
    after sequence: Int64,
    limit: Int
  ) throws -> [FollowedEntry] {
    let rows = try connection.prepare(
      "SELECT seq, prior, header FROM journal WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3"
    )
    rows.bind(EntryPlace(stream: stream.n, sequence: sequence).stored, at: 1)
    rows.bind(EntryPlace(stream: stream.n, sequence: stream.size).stored, at: 2)
    rows.bind(Int64(limit), at: 3)
    var entries: [FollowedEntry] = []
    try rows.forEach { row in
      entries.append(
        FollowedEntry(
          place: EntryPlace(row.int64(at: 0)),
          prior: row.int64(at: 1),
          header: try row.withBytes(at: 2) { try EntryHeader(decoding: $0) }
        )
      )
    }
    return entries
  }
}

/// How far somebody has followed each stream.
///
/// A vector and not an instant: streams come independently, and what comes late from a county has
/// early instants. A stream whose epoch changed, or that is shorter than it was, is told anew: rather
/// twice than never.
struct FollowPosition: Sendable {
  /// What a position belongs to.
  struct Question: Sendable {
    let holder: String
    /// Their codes in order, with spaces between.
    let divisions: String
  }

  private var streams: [Int64: (epoch: UInt32, sequence: Int64)] = [:]

  init() {}

  fileprivate func sequence(in stream: FollowedStream) -> Int64 {
    guard let known = streams[stream.n], known.epoch == stream.epoch,
      known.sequence <= stream.size
    else { return 0 }
    return known.sequence
  }

  /// Whether a place lies behind the position.
  func reaches(_ place: EntryPlace) -> Bool {
    streams[place.stream].map { place.sequence <= $0.sequence } ?? false
  }

  mutating func set(_ stream: Int64, epoch: UInt32, to sequence: Int64) {
    streams[stream] = (epoch, sequence)
  }

  func token(_ question: Question, using sealer: SealerContext) throws -> String {
    var octets: [UInt8] = []
    for (n, known) in streams.sorted(by: { $0.key < $1.key }) where known.sequence > 0 {
      for value in [UInt64(n), UInt64(known.epoch), UInt64(known.sequence)] {
        var rest = value
        while rest > 127 {
          octets.append(UInt8(rest & 127) | 128)
          rest >>= 7
        }
        octets.append(UInt8(rest))
      }
    }
    return try PageToken.make(.followed, octets, question.holder, question.octets, using: sealer)
  }

  /// Throws `StoreError` (`invalid`) for anything but a position of this caller and question.
  init(token: String, _ question: Question, using sealer: SealerContext) throws {
    if token.isEmpty { return }
    let octets = try PageToken.octets(
      .followed,
      token: token,
      question.holder,
      question.octets,
      using: sealer
    )
    var values: [UInt64] = []
    var (value, shift) = (UInt64(0), UInt64(0))
    for octet in octets {
      value |= UInt64(octet & 127) << shift
      shift += 7
      if octet & 128 == 0 {
        values.append(value)
        (value, shift) = (0, 0)
      }
    }
    for start in stride(from: 0, to: values.count - 2, by: 3) {
      streams[Int64(clamping: values[start])] = (
        UInt32(clamping: values[start + 1]), Int64(clamping: values[start + 2])
      )
    }
  }
}

extension FollowPosition.Question {
  fileprivate var octets: [UInt8] { Array(divisions.utf8) }
}

extension PageToken.List {
  /// Positions of those who follow changes.
  fileprivate static let followed = PageToken.List(rawValue: 26)
}
