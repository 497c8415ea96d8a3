internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// A stand-alone office below this county, which is told of the files of its area.
struct OfficeOrders: Sendable {
  let stream: StoredStream
  let path: DivisionPath
}

/// Something of which an office is told what stands, because what it made of it took no effect.
struct Standing: Sendable {
  struct Key: Hashable, Sendable {
    /// The office's node.
    let recipient: String
    let kind: SubjectKind
    let subject: Bytes16
  }

  /// What the office asked for last; nil where it is one of those that a notice names.
  var asked: (header: EntryHeader, body: [UInt8])?
  /// The rule against it.
  var violation: Violation
}

extension EntryOperation {
  /// What stands at the county in place of what an office made of it.
  static let standing = EntryOperation(rawValue: firstOfRegistry + 17)
}

extension EntryHeader {
  /// Whether the version stands although the office went further.
  var isStanding: Bool { operation == .standing }
}

extension SubjectKind {
  /// Whether offices are told of entries of this kind.
  fileprivate var isTold: Bool {
    switch self {
    case .household, .application, .notice, .minutes, .proposal: true
    default: false
    }
  }
}

/// What a county tells the stand-alone offices below: every version of the files of their areas, as
/// it is recorded, so that what they asked for comes back as it became.
extension WriteSession {
  /// Whether the node is a stand-alone office's below the county.
  var isOffice: Bool {
    (context.directory.record(code: node.division)?.level ?? .county) > .county
  }

  /// The offices that have a stream of orders here.
  func officeOrders() throws -> [OfficeOrders] {
    if let known = state.offices { return known }
    let found = try reader.streams().compactMap { stream -> OfficeOrders? in
      guard !stream.isIncoming, stream.role == .orders,
        let home = OfficeIdentity(uri: stream.recipient)
          .flatMap({ context.directory.record(code: $0.division) }),
        home.level > .county
      else { return nil }
      return OfficeOrders(stream: stream, path: home.path)
    }
    state.offices = found
    return found
  }

  /// Notes an entry of the node's own journal of which offices may have to be told; its rows are
  /// written by the end of the job.
  func note(_ draft: EntryDraft, at sequence: Int64) throws {
    guard draft.kind.isTold, try !officeOrders().isEmpty else { return }
    effects.noted.append(sequence)
  }

  /// Tells offices of what the job recorded, at its end.
  func tellOffices() throws {
    if effects.noted.isEmpty, effects.standing.isEmpty { return }
    let (noted, standing) = (effects.noted, effects.standing)
    (effects.noted, effects.standing) = ([], [:])
    let offices = try officeOrders()
    for sequence in noted { try tell(sequence, to: offices) }
    // A notice behind those that hang in it.
    let order = standing.sorted {
      ($0.key.kind == .notice ? 1 : 0, $0.key.subject.high, $0.key.subject.low)
        < ($1.key.kind == .notice ? 1 : 0, $1.key.subject.high, $1.key.subject.low)
    }
    for (key, asked) in order {
      // Only the office that asked in vain has gone another way.
      guard let office = offices.first(where: { $0.stream.recipient == key.recipient }) else {
        continue
      }
      if let entry = try current(key, asked) {
        try tell(entry, to: [office], as: key.kind == .quota ? nil : .standing)
      } else {
        try tellNone(asked, to: office)
      }
    }
  }

  /// The entry of a subject's present version; nil where there is none here.
  private func current(_ standing: Standing.Key, _ given: Standing) throws -> Int64? {
    let table: String
    switch standing.kind {
    case .household: table = "household"
    case .application: table = "application"
    case .notice: table = "notice"
    case .proposal: table = "proposal"
    case .pilot:
      let row = try connection.prepare("SELECT entry FROM pilot WHERE id = $1 AND until = $2")
      row.bind(standing.subject, at: 1)
      row.bind(Self.untilReplaced, at: 2)
      return try row.first { $0.int64(at: 0) }
    case .quota:
      guard let body = given.asked?.body, let rule = CopiedRule(.quota, body, context) else {
        return nil
      }
      return try reader.rule(rule.key)?.entry
    default: return nil
    }
    let row = try connection.prepare("SELECT entry FROM \(table) WHERE id = $1")
    row.bind(standing.subject, at: 1)
    return try row.first { $0.int64(at: 0) }
  }

  /// Tells an office that what it made is not on record here: an application or a proposal is at an
  /// end with the rule that it breaks, a notice is taken down, a quota is not set.
  private func tellNone(_ standing: Standing, to office: OfficeOrders) throws {
    guard let (header, body) = standing.asked,
      let end = try OfficeEnd(header, body, standing.violation, self)
    else { return }
    let place = end.division.flatMap { context.directory.record(code: $0) }
    // One that would grow too large to be kept stays as the office has it; the receipt tells.
    guard let place, office.path.contains(place.path),
      end.body.count <= SealerContext.maximumBody
    else { return }
    try append(
      order: end.body,
      EntryDraft(
        operation: .standing,
        kind: header.subjectKind,
        subject: header.subject,
        versionBefore: min(header.versionAfter, end.version),
        versionAfter: end.version,
        prior: 0,
        actor: node.uri
      ),
      to: office.stream,
      seal: end.owner.map { .alone(owner: $0) } ?? .open
    )
  }

  /// An entry as it is told.
  private struct Told {
    let header: EntryHeader
    let prior: Int64
    /// Nil where its key is gone.
    var body: [UInt8]?
  }

  private func read(_ entry: Int64) throws -> Told? {
    let row = try connection.prepare("SELECT header, sealed, prior FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    let found = try row.first {
      (try $0.withBytes(at: 0) { try EntryHeader(decoding: $0) }, $0.bytes(at: 1), $0.int64(at: 2))
    }
    guard let (header, stored, prior) = found else { return nil }
    let body = try reader.withContent(header, stored: stored, at: entry) { _, body in Array(body) }
    return Told(header: header, prior: prior, body: body)
  }

  private func tell(
    _ entry: Int64,
    to offices: [OfficeOrders],
    as operation: EntryOperation? = nil
  ) throws {
    guard let told = try read(entry) else { return }
    if told.header.operation == .keyErased { return try tellErased(told.header, offices) }
    guard let body = told.body else { return }
    let audience = try audience(of: told, body)
    for office in offices {
      guard let content = audience(office) else { continue }
      try append(
        order: content,
        EntryDraft(
          operation: operation ?? told.header.operation,
          kind: told.header.subjectKind,
          subject: told.header.subject,
          versionBefore: told.header.versionBefore,
          versionAfter: told.header.versionAfter,
          prior: 0,
          actor: told.header.actor
        ),
        to: office.stream,
        seal: try seal(for: told.header)
      )
    }
  }

  /// An erased file is erased wherever it may have been told of; the order names nobody.
  private func tellErased(_ header: EntryHeader, _ offices: [OfficeOrders]) throws {
    for office in offices {
      try append(
        order: try Erasure().serializedBytes(),
        EntryDraft(
          operation: .keyErased,
          kind: .household,
          subject: header.subject,
          versionBefore: header.versionBefore,
          versionAfter: header.versionAfter,
          prior: 0,
          actor: header.actor
        ),
        to: office.stream
      )
    }
  }

  /// The key that an order's body is sealed under: its file's own, so that erasing that erases both.
  private func seal(for header: EntryHeader) throws -> OrderSeal {
    if header.isOpen { return .open }
    guard let (owner, wrapped) = try reader.key(of: header, at: 0) else {
      throw StoreError(.damaged, "an entry that was read has no key")
    }
    return .under(owner: owner, wrapped: wrapped)
  }

  /// What each office is told of an entry: its body, or as much as is the office's business; nil for
  /// nothing.
  private func audience(
    of told: Told,
    _ body: [UInt8]
  ) throws -> (OfficeOrders) -> [UInt8]? {
    guard told.header.subjectKind == .proposal else {
      let places = try places(of: told, body)
      return { office in places.contains(where: office.path.contains) ? body : nil }
    }
    let proposal = try Proposal(wireArray: body)
    let household = Bytes16(proposal.change?.household ?? [])
    let directory = context.directory
    let here = try household.flatMap { try self.household($0)?.village }
      .flatMap { directory.record(id: $0)?.path }
    let before = DivisionCode(proposal.baseHousehold?.location?.village ?? "")
      .flatMap { directory.record(code: $0)?.path }
    let proposer = OfficeIdentity(uri: proposal.proposedBy)
      .flatMap { directory.record(code: $0.division)?.path }
    var outcome = proposal
    outcome.baseHousehold = nil
    let short = try outcome.serializedBytes()
    return { office in
      func covers(_ path: DivisionPath?) -> Bool { path.map(office.path.contains) ?? false }
      // What was proposed before an office had the file is not its business; who knew of it learns
      // what became of it, without the file once that has left.
      guard covers(before) || covers(proposer) else { return nil }
      return covers(here) ? body : short
    }
  }

  /// The places that an entry concerns: where its file is, and where it was before.
  private func places(of told: Told, _ body: [UInt8]) throws -> [DivisionPath] {
    func place(_ code: String?) -> [DivisionPath] {
      let record = DivisionCode(code ?? "").flatMap { context.directory.record(code: $0) }
      return record.map { [$0.path] } ?? []
    }
    switch told.header.subjectKind {
    case .household:
      var places = place(try Household(wireArray: body).location?.village)
      if told.prior > 0, let before = try read(told.prior)?.body {
        places += place(try Household(wireArray: before).location?.village)
      }
      return places
    case .application:
      return place(try Application(wireArray: body).household?.location?.village)
    case .quota: return place(try Quota(wireArray: body).division)
    case .pilot: return place(try PilotRecord(wireArray: body).division)
    case .notice:
      let notice = try Notice(wireArray: body)
      return place(notice.division) + (try villages(of: notice))
    case .minutes: return place(try Minutes(wireArray: body).division)
    default: return []
    }
  }

  /// The villages whose people a notice names.
  private func villages(of notice: Notice) throws -> [DivisionPath] {
    let row = try connection.prepare("SELECT village FROM application WHERE id = $1")
    var villages: Set<Int64> = []
    for id in notice.applications {
      row.bind(id, at: 1)
      if let village = try row.first({ $0.int64(at: 0) }) { villages.insert(village) }
    }
    return villages.compactMap { context.directory.record(id: $0)?.path }
  }

  /// Tells an office that is new of everything that its area has on record.
  func seed(_ office: OfficeOrders) throws {
    let range = AreaRange(office.path)
    let village = "SELECT d.id FROM division d WHERE d.path >= $1 AND d.path < $2"
    // A file before its application's registration, minutes before the steps that name them, a notice
    // behind those that hang in it.
    let queries = [
      "SELECT entry FROM household WHERE village IN (\(village)) ORDER BY n",
      "SELECT entry FROM minutes WHERE division IN (\(village)) ORDER BY n",
      """
      SELECT entry FROM application WHERE village IN (\(village))
        AND (household = 0 OR household IN (SELECT n FROM household WHERE village IN (\(village))))
      ORDER BY n
      """,
      """
      SELECT entry FROM proposal WHERE household IN
        (SELECT n FROM household WHERE village IN (\(village))) ORDER BY n
      """,
    ]
    for query in queries {
      let rows = try connection.prepare(query)
      rows.bind(range.lower, at: 1)
      rows.bind(range.upper, at: 2)
      var entries: [Int64] = []
      try rows.forEach { entries.append($0.int64(at: 0)) }
      for entry in entries { try tell(entry, to: [office]) }
    }
    // Of notices above the office's own division, those that name its people.
    let notices = try connection.prepare("SELECT entry FROM notice ORDER BY n")
    var entries: [Int64] = []
    try notices.forEach { entries.append($0.int64(at: 0)) }
    for entry in entries { try tell(entry, to: [office]) }
  }
}

/// How an order's body is kept.
enum OrderSeal: Sendable {
  /// It names nobody.
  case open
  /// It names people of whom nothing else is on record: under a key of its own, which goes with the
  /// owner's file.
  case alone(owner: Bytes16)
  /// Under the key of the file that it is about.
  case under(owner: Bytes16, wrapped: [UInt8])
}
