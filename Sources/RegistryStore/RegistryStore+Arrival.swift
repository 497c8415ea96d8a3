internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Households that other counties hand over to this one and that wait, the oldest first.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func arrivals(
    _ request: ListArrivalsRequest,
    scope: Scope
  ) async throws -> ListArrivalsResponse {
    try scope.require(.handOverRead)
    // They are the county's, whose village is not chosen yet.
    guard scope.covers(division.path) else { return ListArrivalsResponse() }
    let asked = request.limit == 0 ? 50 : Int(request.limit)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let rows = try reader.connection.prepare(
          "SELECT entry FROM arrival WHERE state = 1 ORDER BY n LIMIT $1"
        )
        rows.bind(Int64(min(max(1, asked), 200)), at: 1)
        var entries: [Int64] = []
        try rows.forEach { entries.append($0.int64(at: 0)) }
        return ListArrivalsResponse(
          arrivals: try entries.compactMap { try reader.arrival(entry: $0) }
        )
      }
    }
  }

  /// Takes a household over that another county hands over, or refuses it; returns when that is
  /// durable.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `invalid` with the rules that the file breaks at its
  /// new place, `duplicate` where one of its people is on file here, `conflict` for one that is
  /// settled or has a file here already.
  package func settleArrival(
    _ request: SettleArrivalRequest,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<SettleArrivalResponse> {
    try scope.require(.arrival)
    guard scope.covers(division.path) else { throw StoreError.outsideArea }
    guard let id = Bytes16(request.id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    let actor = scope.actor(node: node)
    return try await answered(
      "settle-arrival",
      request: request,
      key: idempotencyKey,
      scope: scope,
      prepare: { [self] reader -> PreparedHousehold? in
        let arrival = try reader.waitingArrival(id)
        guard request.reason.isEmpty else { return nil }
        let preparer = HouseholdPreparer(context, reader: reader, scope: scope)
        do {
          return try preparer.arrive(arrival, at: request.location ?? Location())
        } catch let refusal as HouseholdPreparer.Refusal {
          throw Self.error(refusal)
        }
      },
      write: { prepared, session in
        // Looked at anew: another may have settled it meanwhile.
        let arrival = try session.reader.waitingArrival(id)
        return try session.settle(arrival, id, prepared, request.reason, actor: actor)
      }
    )
  }
}

extension Reader {
  /// How many versions of a household another county recorded before it handed it over to this one;
  /// 0 for one that is from here.
  func versionsElsewhere(_ id: Bytes16) throws -> UInt64 {
    let row = try connection.prepare(
      "SELECT entry FROM arrival WHERE household = $1 AND state = 2 ORDER BY n LIMIT 1"
    )
    row.bind(id, at: 1)
    guard let entry = try row.first({ $0.int64(at: 0) }) else { return 0 }
    return try arrival(entry: entry)?.household?.version ?? 0
  }

  /// The body of an arrival's entry; nil where its key is gone.
  fileprivate func arrival(entry: Int64) throws -> Arrival? {
    let row = try connection.prepare("SELECT header, sealed FROM journal WHERE seq = $1")
    row.bind(entry, at: 1)
    guard let (octets, sealed) = try row.first({ ($0.bytes(at: 0), $0.bytes(at: 1)) }) else {
      return nil
    }
    let header = try octets.withUnsafeBytes { try EntryHeader(decoding: $0) }
    return try withContent(header, stored: sealed, at: entry) { _, body in
      try Arrival(wireBytes: body)
    }
  }

  /// An arrival that waits. Throws `StoreError`: `notFound`, `conflict` for one that is settled.
  fileprivate func waitingArrival(_ id: Bytes16) throws -> Arrival {
    let row = try connection.prepare("SELECT state, entry FROM arrival WHERE id = $1")
    row.bind(id, at: 1)
    guard let (state, entry) = try row.first({ ($0.int64(at: 0), $0.int64(at: 1)) }),
      let arrival = try arrival(entry: entry)
    else { throw StoreError(.notFound, "no such arrival", zh: "没有该移入档案") }
    guard state == 1 else {
      throw StoreError(.conflict, "the arrival is settled already", zh: "该移入档案已处理")
    }
    return arrival
  }
}

extension HouseholdPreparer {
  /// The next version of a household that another county handed over, at its new place, with a number
  /// of this county's and a key of this node's. Throws `Refusal` with the rules that it breaks.
  fileprivate func arrive(_ arrival: Arrival, at place: Location) throws -> PreparedHousehold {
    guard var household = arrival.household, let id = Bytes16(household.id) else {
      throw StoreError(.damaged, "an arrival has no file")
    }
    household.location = place
    household.status = .registered
    household.exit = nil
    household.change = ChangeNote(kind: .handOver, reason: arrival.fromCounty)
    household.effectiveOn = Int32(rules.today.yyyymmdd)
    household.version = arrival.household.map { $0.version + 1 } ?? 1
    return try arrive(household, id: id)
  }
}

extension WriteSession {
  fileprivate func settle(
    _ arrival: Arrival,
    _ id: Bytes16,
    _ prepared: PreparedHousehold?,
    _ reason: String,
    actor: String
  ) throws -> SettleArrivalResponse {
    var response = SettleArrivalResponse()
    if let prepared {
      guard try household(prepared.id) == nil else {
        throw StoreError(
          .conflict,
          "the household has a file here already: it left from here once",
          zh: "该户在本地已有档案（曾由此迁出）"
        )
      }
      let outcome = try create(prepared, actor: actor, from: prepared.version - 1)
      if case .onFile(let positions) = outcome { throw RegistryStore.duplicate(positions) }
      response.household = prepared.household
      response.household?.recordedAt = instant.microseconds
    }
    let settled = ArrivalSettled(
      id: id.bytes,
      household: arrival.household?.id ?? [],
      taken: prepared != nil,
      reason: reason
    )
    let entry = try append(
      open: settled.serializedBytes(),
      EntryDraft(
        operation: .arrivalSettled,
        kind: .arrivalSettled,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      )
    )
    try putSettled(settled, entry: entry)
    let row = try connection.prepare("UPDATE arrival SET state = $1 WHERE id = $2")
    row.bind(prepared == nil ? 3 : 2 as Int64, at: 1)
    row.bind(id, at: 2)
    try row.run()
    return response
  }
}
