internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// Two versions of a household and what lies between them.
package struct ComparedVersions: Sendable {
  /// The one version, whole.
  package let from: Household
  /// The other version, whole.
  package let to: Household
  /// The versions after the one, up to the other, in their order.
  package let steps: [HistoryEntry]
}

extension RegistryStore {
  /// Waits until all that is recorded for an instant that has passed can be read: the entries of a
  /// transaction bear the instant at which it began, and nobody sees them before it ends.
  package func settled(_ instant: Int64) async throws {
    // An instant to come has no end of transactions before it: what is under way now is waited for.
    let last = min(Instant(microseconds: instant), context.environment.now())
    while !writer.isSettled(last) {
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  /// A household as it was on record at an instant, as a point read that may run on an event loop.
  ///
  /// What it answers for an instant that has passed, and is `settled`, never changes. A citizen ID
  /// number finds the household in which the person stands now, if the number stood in its file
  /// then. Throws as `household(_:scope:)` does; `notFound` also when nothing was on record yet.
  package func household(
    _ reference: HouseholdReference,
    asOf instant: Int64,
    scope: Scope
  ) throws -> StoredHousehold {
    try scope.require(.history)
    return try first(of: reference) { reference in
      try pointReaders.with {
        try $0.household(reference, asOf: instant, scope: scope, directory: divisions)
      }
    } where: {
      try holds($0, reference) && sees($0, scope, reference)
    }
  }

  /// A household as it held on a day, as corrected since: the first version, and over it, in the
  /// order of recording, what every version changed that holds from that day or an earlier one.
  ///
  /// Version and instant are those of the last version that counts. Throws as
  /// `household(_:scope:)` does; `notFound` also when no version holds on that day.
  package func household(
    _ reference: HouseholdReference,
    effectiveOn day: Day,
    scope: Scope
  ) async throws -> StoredHousehold {
    try scope.require(.history)
    return try await work.run { [self] flag in
      try readers.with { reader in
        try first(of: reference) { reference in
          try reader.connection.transaction {
            try effective(reference, Int32(day.yyyymmdd), scope, reader, flag)
          }
        } where: {
          try holds($0, reference) && sees($0, scope, reference)
        }
      }
    }
  }

  /// Whether the person asked for stands in a version: an ID number leads to the present household.
  private func holds(
    _ stored: StoredHousehold,
    _ reference: HouseholdReference
  ) throws -> Bool {
    guard case .citizenID(let number) = reference else { return true }
    return try stored.household().members.contains { $0.identity?.citizenId == number.text }
  }

  private func effective(
    _ reference: HouseholdReference,
    _ day: Int32,
    _ scope: Scope,
    _ reader: Reader,
    _ flag: CancellationFlag
  ) throws -> StoredHousehold? {
    guard let row = try reader.row(reference, scope: scope, directory: divisions) else {
      return nil
    }
    let places = try reader.places(of: row, upTo: .max, limit: limits.foldedVersions + 1)
    guard places.count <= limits.foldedVersions else {
      throw StoreError(
        .overloaded,
        "the household has more versions than can be put together",
        zh: "该户版本过多，无法合成"
      )
    }
    var result = Household()
    var before: Household?
    var last: VersionPlace?
    for place in places.reversed() {
      try flag.check()
      let version = try reader.version(place, of: row).stored.household()
      if before == nil { result = version }
      if version.effectiveOn <= day {
        if let before {
          result = HouseholdFields.applying(from: before, to: version, onto: result)
        }
        last = place
      }
      before = version
    }
    guard let last else { return nil }
    result.version = last.version
    result.recordedAt = last.recordedAt
    return StoredHousehold(
      id: row.id,
      version: last.version,
      village: row.village,
      encoded: try result.serializedBytes(),
      n: row.n,
      entry: last.entry
    )
  }

  /// A page of a household's versions, the latest first.
  ///
  /// What the scope does not disclose is the caller's to leave out. Throws `StoreError`: `refused`,
  /// `invalid`, `notFound`, `damaged`.
  package func history(
    _ request: GetHistoryRequest,
    scope: Scope
  ) async throws -> GetHistoryResponse {
    try scope.require(.history)
    let size = limits.page(request.pageSize, limits.historyPage, limits.historyPageMaximum)
    return try await inHistory(request.id, scope) { [self] reader, row, flag in
      let holder = scope.actor(node: node)
      let start = try PageToken.place(
        .history,
        token: request.pageToken,
        start: .max,
        holder: holder,
        question: request.id,
        using: reader.sealer
      )
      var response = GetHistoryResponse()
      // One more than asked for is what the last one of the page is compared with.
      let places = try reader.places(of: row, upTo: UInt64(start), limit: size + 1)
      response.versions = try entries(places, row, reader, flag)
      if response.versions.count > size {
        response.versions.removeLast()
        response.nextPageToken = try PageToken.make(
          .history,
          place: Int64(places[size].version),
          holder: holder,
          question: request.id,
          using: reader.sealer
        )
      }
      return response
    }
  }

  /// Two versions of a household, and who changed what between them.
  ///
  /// Throws `StoreError`: `refused`, `invalid` for more steps than a page has, `notFound` also for
  /// a version that there is not, `damaged`.
  package func compare(
    _ request: CompareVersionsRequest,
    scope: Scope
  ) async throws -> ComparedVersions {
    try scope.require(.history)
    return try await inHistory(request.id, scope) { [self] reader, row, flag in
      let from = try request.from == 0 ? reader.firstVersion(of: row) : request.from
      let to = request.to == 0 ? row.current.version : request.to
      let (first, last) = (min(from, to), max(from, to))
      guard last <= row.current.version else { throw Self.noVersion(last) }
      guard last - first <= UInt64(limits.historyPageMaximum) else {
        let maximum = limits.historyPageMaximum
        throw StoreError(
          .invalid,
          "the versions lie more than \(maximum) apart",
          zh: "两版本相距超过 \(maximum) 版"
        )
      }
      let places = try reader.places(of: row, upTo: last, limit: Int(last - first) + 1)
      // What another county recorded before it handed the file over, or what an office was not told
      // of, is not here.
      guard places.last?.version == first else { throw Self.noVersion(first) }
      guard places.first?.version == last else { throw Self.noVersion(last) }
      let ends = try [places[0], places[places.count - 1]].map {
        try reader.version($0, of: row).stored.household()
      }
      let steps = try entries(places, row, reader, flag).dropLast().reversed()
      return ComparedVersions(
        from: from <= to ? ends[1] : ends[0],
        to: from <= to ? ends[0] : ends[1],
        steps: Array(steps)
      )
    }
  }

  private static func noVersion(_ version: UInt64) -> StoreError {
    StoreError(
      .notFound,
      "the household has no version \(version) here",
      zh: "本节点没有该户的第 \(version) 版"
    )
  }

  /// Reads within one view of the database, off the loop.
  private func inHistory<Result: Sendable>(
    _ id: [UInt8],
    _ scope: Scope,
    _ body: @escaping @Sendable (Reader, HouseholdRow, CancellationFlag) throws -> Result
  ) async throws -> Result {
    guard let id = Bytes16(id) else {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    return try await work.run { [self] flag in
      try readers.with { reader in
        try reader.connection.transaction {
          guard let row = try reader.row(.id(id), scope: scope, directory: divisions) else {
            throw StoreError.householdNotFound
          }
          return try body(reader, row, flag)
        }
      }
    }
  }

  /// Versions by their places, the latest first, each compared with the one behind it; the last
  /// place is compared with nothing, which is right for the first version alone.
  private func entries(
    _ places: [VersionPlace],
    _ row: HouseholdRow,
    _ reader: Reader,
    _ flag: CancellationFlag
  ) throws -> [HistoryEntry] {
    var entries: [HistoryEntry] = []
    var before: Household?
    for place in places.reversed() {
      try flag.check()
      let (stored, actor) = try reader.version(place, of: row)
      let household = try stored.household()
      entries.append(
        HistoryEntry(
          version: place.version,
          effectiveOn: household.effectiveOn,
          recordedAt: place.recordedAt,
          actor: actor,
          change: household.change,
          status: household.status,
          fields: before.map { HouseholdFields.recordedDifferences($0, household) } ?? [],
          sequence: UInt64(bitPattern: place.entry)
        )
      )
      before = household
    }
    return entries.reversed()
  }
}
