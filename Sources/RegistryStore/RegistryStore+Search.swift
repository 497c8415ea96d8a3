internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A page of an export.
package struct ExportPage: Sendable {
  /// The households in the order of registration, whole: what the scope does not disclose is the
  /// caller's to leave out.
  package let households: [StoredHousehold]
  /// Goes on behind them; empty after the last page.
  package let nextToken: String
}

extension RegistryStore {
  /// A page of households that a filter finds in the scope's area.
  ///
  /// Pages go by the order of registration, which never changes. A token serves the same identity
  /// and filter only, and the scope is applied anew. Where households must be opened to be found,
  /// and `StoreLimits.openedPerPage` of them were in vain, a page may be short, or empty, and have a
  /// next one all the same. The caller leaves out what the
  /// scope does not disclose. Throws `StoreError`: `refused`, `invalid`, `notFound`, `overloaded`.
  package func search(
    _ request: SearchHouseholdsRequest,
    scope: Scope
  ) async throws -> SearchHouseholdsResponse {
    try scope.require(.search)
    let filter = request.filter ?? HouseholdFilter()
    let query = try HouseholdQuery(filter, scope: scope, store: self)
    let question = try filter.serializedBytes()
    let size = limits.page(request.pageSize, limits.searchPage, limits.searchPageMaximum)
    return try await work.run { [self] flag in
      try readers.with { reader in
        let holder = scope.actor(node: node)
        let start = try PageToken.place(
          .search,
          token: request.pageToken,
          holder: holder,
          question: question,
          using: reader.sealer
        )
        let page =
          scope.people == .all && HouseholdCriteria(filter).isEmpty
          ? try plainPage(query, start, size, reader)
          : try openedPage(query, filter, scope, start, size, reader, flag)
        var response = SearchHouseholdsResponse()
        response.households = page.found
        if let last = page.next {
          response.nextPageToken = try PageToken.make(
            .search,
            place: last,
            holder: holder,
            question: question,
            using: reader.sealer
          )
        }
        return response
      }
    }
  }

  /// A page of whole households that a filter finds in the scope's area, behind a token.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound`, `overloaded`, `damaged`.
  package func exportPage(
    filter: HouseholdFilter,
    after token: String,
    scope: Scope
  ) async throws -> ExportPage {
    try scope.require(.export)
    let query = try HouseholdQuery(filter, scope: scope, store: self)
    let question = try filter.serializedBytes()
    return try await work.run { [self] _ in
      try readers.with { reader in
        let holder = scope.actor(node: node)
        let start = try PageToken.place(
          .export,
          token: token,
          holder: holder,
          question: question,
          using: reader.sealer
        )
        let page = try wholePage(query, HouseholdCriteria(filter), scope, start, reader)
        let next = try page.next.map {
          try PageToken.make(
            .export,
            place: $0,
            holder: holder,
            question: question,
            using: reader.sealer
          )
        }
        return ExportPage(households: page.found, nextToken: next ?? "")
      }
    }
  }

  /// Households drawn at random from those that a filter finds in the scope's area: the ones with the
  /// smallest hash of seed and id, so that anybody who knows the seed can draw the same again.
  ///
  /// Throws `StoreError`: `refused` also for a scope that sees some people only, `invalid`,
  /// `notFound`, `overloaded`.
  package func sample(
    _ request: SampleHouseholdsRequest,
    scope: Scope
  ) async throws -> SampleHouseholdsResponse {
    try scope.require(.sample)
    guard scope.people == .all else {
      throw StoreError.refused(
        by: "office.people",
        "an office that sees some people only draws no samples",
        zh: "仅可查看部分人员的机构不能抽样"
      )
    }
    guard 1...limits.searchPageMaximum ~= Int(request.count) else {
      throw StoreError.broken([Violation(.tooMany, row: 0, member: 0, field: "count")])
    }
    let seed = Array(request.seed.utf8)
    if seed.isEmpty {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "seed")])
    }
    if let rule = TextRules.broken(request.seed, limit: 100) {
      throw StoreError.broken([Violation(rule, row: 0, member: 0, field: "seed")])
    }
    let filter = request.filter ?? HouseholdFilter()
    let criteria = HouseholdCriteria(filter)
    let query = try HouseholdQuery(filter, scope: scope, store: self)
    return try await work.run { [self] flag in
      try readers.with { reader in
        let opens = !criteria.isEmpty
        let columns =
          opens ? "\(Reader.columns), \(Self.summaryColumns)" : Self.summaryColumns
        let first = opens ? 8 : 0
        var opened: UInt64 = 0
        var drawn: [(hash: [UInt8], line: HouseholdSummary)] = []
        var count: UInt64 = 0
        try query.forEach(
          columns: columns,
          join: opens ? Self.join : "",
          after: 0,
          limit: .max,
          on: reader
        ) { row in
          opened += 1
          if opened % 1_024 == 0 { try flag.check() }
          if opens {
            let stored = try reader.stored(row, scope: scope, directory: divisions)
            guard let whole = try stored?.household(), criteria.hold(for: whole) else {
              return true
            }
          }
          count += 1
          let hash = reader.hasher.hash(seed + row.bytes(at: first + 1)).bytes
          let isFull = drawn.count == Int(request.count)
          if isFull, let last = drawn.last, !hash.lexicographicallyPrecedes(last.hash) {
            return true
          }
          let place =
            drawn.firstIndex { hash.lexicographicallyPrecedes($0.hash) } ?? drawn.endIndex
          drawn.insert((hash, try summary(row, first: first)), at: place)
          if isFull { drawn.removeLast() }
          return true
        }
        return SampleHouseholdsResponse(households: drawn.map(\.line), drawnFrom: count)
      }
    }
  }

  private static let summaryColumns = """
    h.n, h.id, h.number, h.version, h.village, h.head_name, h.members, h.category, h.main_cause,
    h.net_income, h.status
    """

  private static let join = "JOIN journal j ON j.seq = h.entry"

  private func plainPage(
    _ query: HouseholdQuery,
    _ start: Int64,
    _ size: Int,
    _ reader: Reader
  ) throws -> (found: [HouseholdSummary], next: Int64?) {
    var found: [HouseholdSummary] = []
    var last = start
    var hasMore = false
    // One more than asked for tells whether there is another page.
    try query.forEach(
      columns: Self.summaryColumns,
      after: start,
      limit: size + 1,
      on: reader
    ) { row in
      if found.count == size {
        hasMore = true
        return false
      }
      found.append(try summary(row))
      last = row.int64(at: 0)
      return true
    }
    return (found, hasMore ? last : nil)
  }

  private func summary(_ row: any SQLStatement, first: Int = 0) throws -> HouseholdSummary {
    let village = divisions.record(id: row.int64(at: first + 4))
    let number = HouseholdNumber(stored: row.int64(at: first + 2))
    var summary = HouseholdSummary()
    summary.id = row.bytes(at: first + 1)
    summary.number = number?.description ?? ""
    summary.version = UInt64(bitPattern: row.int64(at: first + 3))
    summary.village = village?.code.description ?? ""
    summary.villageName = village?.name ?? ""
    summary.head = row.string(at: first + 5)
    summary.members = UInt32(clamping: row.int64(at: first + 6))
    summary.category = Category(rawValue: Int32(clamping: row.int64(at: first + 7)))
    summary.mainCause = UInt32(clamping: row.int64(at: first + 8))
    summary.netPerPerson = row.optionalInt64(at: first + 9).map { Money(fen: $0) }
    summary.status = HouseholdStatus(rawValue: Int32(clamping: row.int64(at: first + 10)))
    return summary
  }

  /// A page for a scope that sees some people only: each household is opened to find whether it
  /// has any of them, and the line tells of them alone. Only what is seen makes a next page: one that
  /// held nobody would tell of somebody hidden.
  private func openedPage(
    _ query: HouseholdQuery,
    _ filter: HouseholdFilter,
    _ scope: Scope,
    _ start: Int64,
    _ size: Int,
    _ reader: Reader,
    _ flag: CancellationFlag
  ) throws -> (found: [HouseholdSummary], next: Int64?) {
    let day = context.environment.today
    let criteria = HouseholdCriteria(filter)
    var found: [HouseholdSummary] = []
    var (last, lastFound) = (start, start)
    var opened = 0
    var next: Int64?
    try query.forEach(
      columns: "\(Reader.columns), \(Self.summaryColumns)",
      join: Self.join,
      after: start,
      limit: limits.openedPerPage + 1,
      on: reader
    ) { row in
      if opened == limits.openedPerPage {
        next = last
        return false
      }
      try flag.check()
      opened += 1
      last = row.int64(at: 6)
      let stored = try reader.stored(row, scope: scope, directory: divisions)
      guard let whole = try stored?.household() else { return true }
      guard let shown = scope.disclosed(whole, on: day), criteria.hold(for: shown) else {
        return true
      }
      let names = shown.members.map { $0.identity?.name ?? "" }
      guard filter.name.isEmpty || names.contains(where: { $0.hasPrefix(filter.name) }) else {
        return true
      }
      if found.count == size {
        next = lastFound
        return false
      }
      lastFound = last
      var line = try summary(row, first: 8)
      if shown.members.first?.id != whole.members.first?.id { line.head = "" }
      line.members = UInt32(shown.members.count)
      found.append(line)
      return true
    }
    return (found, next)
  }

  private func wholePage(
    _ query: HouseholdQuery,
    _ criteria: HouseholdCriteria,
    _ scope: Scope,
    _ start: Int64,
    _ reader: Reader
  ) throws -> (found: [StoredHousehold], next: Int64?) {
    let day = context.environment.today
    var found: [StoredHousehold] = []
    var last = start
    var octets = 0
    var opened = 0
    var hasMore = false
    try query.forEach(
      columns: Reader.columns,
      join: Self.join,
      after: start,
      limit: limits.openedPerPage + 1,
      on: reader
    ) { row in
      if found.count == limits.exportPage || octets >= limits.exportPageBytes
        || opened == limits.openedPerPage
      {
        hasMore = true
        return false
      }
      opened += 1
      last = row.int64(at: 6)
      guard let stored = try reader.stored(row, scope: scope, directory: divisions) else {
        return true
      }
      if scope.people != .all || !criteria.isEmpty {
        guard let shown = scope.disclosed(try stored.household(), on: day),
          criteria.hold(for: shown)
        else { return true }
      }
      octets += stored.encoded.count
      found.append(stored)
      return true
    }
    return (found, hasMore ? last : nil)
  }
}
