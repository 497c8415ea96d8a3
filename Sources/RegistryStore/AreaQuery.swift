internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Proposals or hand-overs within areas as one SELECT, in the order of their recording.
struct AreaQuery {
  /// A row with what opens its entry.
  struct Row {
    let n: Int64
    let entry: Int64
    let household: Bytes16
    let wrappedKey: [UInt8]
  }

  /// `proposal` or `hand_over`.
  let table: String
  /// Where the households are now; none finds nothing.
  let ranges: [AreaRange]
  /// One of these states; none for all.
  let states: [Int64]
  /// Of this household.
  let household: Bytes16?

  /// The rows behind a place.
  func rows(after place: Int64, limit: Int, on reader: Reader) throws -> [Row] {
    if ranges.isEmpty { return [] }
    var next = 2
    func parameter() -> String {
      defer { next += 1 }
      return "$\(next)"
    }
    let areas = ranges.map { _ in "(d.path >= \(parameter()) AND d.path < \(parameter()))" }
    var conditions = ["p.n > $1", "(\(areas.joined(separator: " OR ")))"]
    if !states.isEmpty {
      conditions.append("p.state IN (\(states.map { _ in parameter() }.joined(separator: ", ")))")
    }
    if household != nil { conditions.append("h.id = \(parameter())") }
    let statement = try reader.connection.prepare(
      """
      SELECT p.n, p.entry, h.id, h.wrapped_key FROM \(table) p
      JOIN household h ON h.n = p.household JOIN division d ON d.id = h.village
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY p.n LIMIT $\(next)
      """
    )
    bind(statement, place, limit)
    var rows: [Row] = []
    try statement.forEach { row in
      rows.append(
        Row(
          n: row.int64(at: 0),
          entry: row.int64(at: 1),
          household: try row.bytes16(at: 2),
          wrappedKey: row.bytes(at: 3)
        )
      )
    }
    return rows
  }

  private func bind(_ statement: any SQLStatement, _ place: Int64, _ limit: Int) {
    statement.bind(place, at: 1)
    var next = 2
    for range in ranges {
      statement.bind(range.lower, at: next)
      statement.bind(range.upper, at: next + 1)
      next += 2
    }
    for state in states {
      statement.bind(state, at: next)
      next += 1
    }
    if let household {
      statement.bind(household, at: next)
      next += 1
    }
    statement.bind(Int64(limit), at: next)
  }
}

/// What a request for proposals asks, within a scope.
enum ProposalQuery {
  /// Checks the request.
  ///
  /// Throws `StoreError`: `invalid` for an id or state that is none, `notFound` for an unknown
  /// division.
  static func make(
    _ request: ListProposalsRequest,
    scope: Scope,
    store: RegistryStore
  ) throws -> AreaQuery {
    let division = request.division.isEmpty ? nil : try store.division(text: request.division)
    let known = ProposalState.allKnown.dropFirst()
    for state in request.states where !known.contains(state) {
      throw StoreError.broken([Violation(.codeUnknown, row: 0, member: 0, field: "states")])
    }
    let household = Bytes16(request.household)
    if household == nil, !request.household.isEmpty {
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "household")])
    }
    let states = request.states.isEmpty ? [.open, .conflict] : request.states
    return AreaQuery(
      table: "proposal",
      ranges: AreaRange.ranges(of: scope, within: division?.path),
      states: Array(Set(states.map { Int64($0.rawValue) })).sorted(),
      household: household
    )
  }
}
