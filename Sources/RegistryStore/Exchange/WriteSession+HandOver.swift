internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

extension SubjectKind {
  /// A household on its way to another county; sealed under a key of the entry's own.
  static let arrival = SubjectKind(rawValue: 13)
  /// What became of it; not sealed.
  static let arrivalSettled = SubjectKind(rawValue: 14)
}

extension EntryOperation {
  /// A household was handed on to the county that it moves to.
  static let handOverForwarded = EntryOperation(rawValue: firstOfRegistry + 15)
  /// The county took it, or refused it.
  static let arrivalSettled = EntryOperation(rawValue: firstOfRegistry + 16)
}

/// Households on their way between counties: the node above both carries them, and while it does,
/// nobody writes them.
extension WriteSession {
  /// Hands a household that left a county on to the one that it moves to.
  ///
  /// Nothing if that county has no stream of orders here: the hand-over waits on record until it has.
  /// Nothing either if the file has gone on since: it left by another hand-over then.
  ///
  /// - Parameter only: the stream of orders to which alone it goes; nil for any.
  func forward(
    _ handOver: HandOver,
    from stream: StoredStream,
    only: StoredStream? = nil
  ) throws {
    guard handOver.state == .ready, let id = Bytes16(handOver.id),
      let owner = Bytes16(handOver.household),
      let destination = DivisionCode(handOver.destination)
        .flatMap({ context.directory.record(code: $0) }),
      let orders = try orders(holding: destination), orders.recipient != stream.node,
      orders.n == only?.n ?? orders.n
    else { return }
    let stored = try reader.household(
      .id(owner),
      scope: .system(reason: "hand-over"),
      directory: context.directory
    )
    guard let file = try stored?.recorded(), file.version == handOver.householdVersion else {
      return
    }
    let home = context.directory.record(id: stream.division)
    let arrival = Arrival(
      handOver: handOver,
      household: file,
      fromCounty: home?.code.description ?? ""
    )
    try append(
      order: arrival.serializedBytes(),
      EntryDraft(
        operation: .handOverForwarded,
        kind: .arrival,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: node.uri
      ),
      to: orders,
      seal: .alone(owner: id)
    )
  }

  /// Hands on what moved to a county before that one was met.
  ///
  /// - Parameter orders: the stream of orders that was begun for it.
  func forwardWaiting(to county: DivisionRecord, by orders: StoredStream) throws {
    guard county.level == .county else { return }
    let rows = try connection.prepare(
      """
      SELECT h.entry, h.destination, p.id, p.wrapped_key FROM hand_over h
      JOIN household p ON p.n = h.household LEFT JOIN hand_over_settled s ON s.id = h.id
      WHERE s.id IS NULL AND h.n = (SELECT max(n) FROM hand_over WHERE household = h.household)
      ORDER BY h.n
      """
    )
    var waiting: [(entry: Int64, household: Bytes16, wrappedKey: [UInt8])] = []
    try rows.forEach { row in
      guard
        let place = DivisionCode(row.string(at: 1)).flatMap({ context.directory.record(code: $0) }),
        county.path.contains(place.path)
      else { return }
      waiting.append((row.int64(at: 0), try row.bytes16(at: 2), row.bytes(at: 3)))
    }
    if waiting.isEmpty { return }
    let journals = try reader.streams().filter { $0.isIncoming && $0.role == .journal }
    for one in waiting {
      let place = EntryPlace(one.entry)
      guard let origin = journals.first(where: { $0.n == place.stream }) else { continue }
      try forward(
        try reader.handOver(
          entry: one.entry,
          household: one.household,
          wrappedKey: one.wrappedKey
        ),
        from: origin,
        only: orders
      )
    }
  }

  /// The stream of orders to the node whose area a place lies in.
  private func orders(holding place: DivisionRecord) throws -> StoredStream? {
    try reader.streams().first { stream in
      guard !stream.isIncoming, stream.role == .orders,
        let home = OfficeIdentity(uri: stream.recipient)
          .flatMap({ context.directory.record(code: $0.division) })
      else { return false }
      return home.level == .county && home.path.contains(place.path)
    }
  }

  /// Whether a county may make the next version of a household that another one handed over to it.
  func isHandedOver(_ household: HouseholdPlace, into area: DivisionPath) throws -> Bool {
    let rows = try connection.prepare(
      """
      SELECT h.destination FROM hand_over h LEFT JOIN hand_over_settled s ON s.id = h.id
      WHERE h.household = $1 AND s.id IS NULL ORDER BY h.n DESC LIMIT 1
      """
    )
    rows.bind(household.n, at: 1)
    guard let text = try rows.first({ $0.string(at: 0) }),
      let place = DivisionCode(text).flatMap({ context.directory.record(code: $0) })
    else { return false }
    return area.contains(place.path)
  }

  /// Keeps a household that arrives; the rule against it, or nil.
  func keep(arrival body: [UInt8], _ header: EntryHeader, at entry: Int64) throws -> CopyRule? {
    guard let arrival = try? Arrival(wireArray: body), let handOver = arrival.handOver,
      handOver.id == header.subject.bytes, arrival.household?.id == handOver.household
    else { return .malformed }
    guard
      let place = DivisionCode(handOver.destination)
        .flatMap({ context.directory.record(code: $0) }), context.area.contains(place.path)
    else { return .area }
    let last = try connection.prepare("SELECT max(n) FROM arrival").first { $0.int64(at: 0) }
    let row = try connection.prepare(
      """
      INSERT INTO arrival (n, id, household, destination, state, entry)
      VALUES ($1, $2, $3, $4, 1, $5) ON CONFLICT (id) DO NOTHING
      """
    )
    row.bind((last ?? 0) + 1, at: 1)
    row.bind(header.subject, at: 2)
    row.bind(handOver.household, at: 3)
    row.bind(handOver.destination, at: 4)
    row.bind(entry, at: 5)
    try row.run()
    return connection.changes == 1 ? nil : .version
  }

  /// Keeps what became of a hand-over, and tells it on to the county that it came from.
  func keep(
    settled body: [UInt8],
    _ header: EntryHeader,
    from stream: StoredStream,
    _ area: DivisionPath,
    at entry: Int64
  ) throws -> CopyRule? {
    guard let settled = try? ArrivalSettled(wireArray: body), settled.id == header.subject.bytes
    else {
      return .malformed
    }
    guard stream.role == .journal else {
      try putSettled(settled, entry: entry)
      return nil
    }
    // Its own county settles an arrival, nobody else.
    let origin = try connection.prepare("SELECT entry, destination FROM hand_over WHERE id = $1")
    origin.bind(header.subject, at: 1)
    let known = try origin.first { (EntryPlace($0.int64(at: 0)), $0.string(at: 1)) }
    guard let (place, destination) = known,
      let target = DivisionCode(destination).flatMap({ context.directory.record(code: $0) }),
      area.contains(target.path)
    else { return .foreign }
    try putSettled(settled, entry: entry)
    let streams = try reader.streams()
    guard let owner = streams.first(where: { $0.n == place.stream }),
      let orders = streams.first(where: {
        !$0.isIncoming && $0.role == .orders && $0.recipient == owner.node
      })
    else { return nil }
    try append(
      order: body,
      EntryDraft(
        operation: .arrivalSettled,
        kind: .arrivalSettled,
        subject: header.subject,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: header.actor
      ),
      to: orders
    )
    return nil
  }

  func putSettled(_ settled: ArrivalSettled, entry: Int64) throws {
    let row = try connection.prepare(
      """
      INSERT INTO hand_over_settled (id, taken, entry) VALUES ($1, $2, $3)
      ON CONFLICT (id) DO NOTHING
      """
    )
    row.bind(settled.id, at: 1)
    row.bind(settled.taken, at: 2)
    row.bind(entry, at: 3)
    try row.run()
  }
}
