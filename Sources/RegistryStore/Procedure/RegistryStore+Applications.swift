internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// A page of applications in the scope's area, in the order of their recording: those in some
  /// states, or those that wait for the caller's office.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for an unknown division, `overloaded`.
  package func applications(
    _ request: ListApplicationsRequest,
    scope: Scope
  ) async throws -> ListApplicationsResponse {
    try scope.require(.applicationRead)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let query = try ApplicationQuery(request, scope: scope, store: self)
    let size = limits.page(request.pageSize, limits.searchPage, limits.stepsPerCall)
    let holder = scope.actor(node: node)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let start = try PageToken.place(
          .applications,
          token: request.pageToken,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        var response = ListApplicationsResponse()
        var last = start
        var hasMore = false
        try query.forEach(after: start, limit: size + 1, on: reader) { row in
          guard response.applications.count < size else {
            hasMore = true
            return
          }
          response.applications.append(summary(row))
          last = row.int64(at: 0)
        }
        if hasMore {
          response.nextPageToken = try PageToken.make(
            .applications,
            place: last,
            holder: holder,
            question: asked,
            using: reader.sealer
          )
        }
        return response
      }
    }
  }

  private func summary(_ row: any SQLStatement) -> ApplicationSummary {
    let village = divisions.record(id: row.int64(at: 5))
    var summary = ApplicationSummary(id: row.bytes(at: 1))
    summary.number =
      HouseholdNumber(stored: row.int64(at: 2)).map { "\(ApplicationNumber($0))" } ?? ""
    summary.version = UInt64(bitPattern: row.int64(at: 3))
    summary.state = ApplicationState(rawValue: Int32(clamping: row.int64(at: 4)))
    summary.village = village?.code.description ?? ""
    summary.villageName = village?.name ?? ""
    summary.head = row.string(at: 6)
    summary.members = UInt32(clamping: row.int64(at: 7))
    summary.period = UInt32(clamping: row.int64(at: 8))
    summary.povertyDecision = PovertyDecision(rawValue: Int32(clamping: row.int64(at: 9)))
    summary.securityDecision = SecurityDecision(rawValue: Int32(clamping: row.int64(at: 10)))
    summary.possibleDuplicates = UInt32(clamping: row.int64(at: 11))
    summary.openObjections = UInt32(clamping: row.int64(at: 12))
    summary.returned = row.bool(at: 13)
    summary.lastDay = Int32(clamping: row.int64(at: 14))
    summary.notice = row.bytes(at: 15)
    return summary
  }
}

/// A question for applications within a scope as one SELECT.
struct ApplicationQuery {
  private enum Value {
    case integer(Int64)
    case text(String)
  }

  private var conditions = ["a.n > $1"]
  private var values: [Value] = [.integer(0)]
  /// Nothing can be found.
  private var isEmpty = false
  /// A township, a village, or less than that: its rows are few, and found by their villages.
  private let isNarrow: Bool

  init(
    _ request: ListApplicationsRequest,
    scope: Scope,
    store: RegistryStore
  ) throws {
    let division = try request.division.isEmpty ? nil : store.division(text: request.division)
    let ranges = AreaRange.ranges(of: scope, within: division?.path)
    isNarrow = (division?.path ?? scope.areas.first).map { $0.ids.count > 4 } ?? false
    isEmpty = ranges.isEmpty || scope.people == .none
    if !isEmpty { addArea(ranges, isListedWhole: request.states.isEmpty && !request.waitingForMe) }
    if request.states.count > ProcedureState.allCases.count {
      throw StoreError.broken([Violation(.tooMany, row: 0, member: 0, field: "states")])
    }
    if request.waitingForMe { try addWork(scope, store) }
    if !request.states.isEmpty {
      let list = Set(request.states.map(\.rawValue)).sorted()
        .map { parameter(.integer(Int64($0))) }
      conditions.append("a.state IN (\(list.joined(separator: ", ")))")
    }
    if request.period != 0 {
      conditions.append("a.period = \(parameter(.integer(Int64(request.period))))")
    }
  }

  /// Calls `body` for each row behind a place, in the order of recording.
  func forEach(
    after place: Int64,
    limit: Int,
    on reader: Reader,
    _ body: (any SQLStatement) throws -> Void
  ) throws {
    if isEmpty { return }
    let statement = try reader.connection.prepare(
      """
      SELECT a.n, a.id, a.number, a.version, a.state, a.village, a.head_name, a.people, a.period,
        a.poverty, a.security, a.waits, a.objections, a.returned, a.last_day, t.id
      FROM application a LEFT JOIN notice t ON t.n = a.notice
      WHERE \(conditions.joined(separator: " AND "))
      ORDER BY \(isNarrow ? "+" : "")a.n LIMIT $\(values.count + 1)
      """
    )
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(let number): statement.bind(number, at: index + 1)
      case .text(let text): statement.bind(text, at: index + 1)
      }
    }
    statement.bind(place, at: 1)
    statement.bind(Int64(limit), at: values.count + 1)
    try statement.forEach(body)
  }

  private mutating func parameter(_ value: Value) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// A plus keeps an index from being used: a page of a narrow area is not looked for among all rows
  /// in their order, and one of a wide area is not sorted out of all its villages' rows.
  private mutating func addArea(_ ranges: [AreaRange], isListedWhole: Bool) {
    let paths = ranges.map { range in
      "(d.path >= \(parameter(.text(range.lower))) AND d.path < \(parameter(.text(range.upper))))"
    }
    conditions.append(
      """
      \(isListedWhole && !isNarrow ? "+" : "")a.village IN
        (SELECT d.id FROM division d WHERE \(paths.joined(separator: " OR ")))
      """
    )
  }

  /// What waits for the caller's office; an office that decided already waits for the other.
  private mutating func addWork(_ scope: Scope, _ store: RegistryStore) throws {
    let office = try store.procedureActor(scope, name: "").office
    let states = ProcedureTable.waiting(for: office)
    if states.isEmpty {
      isEmpty = true
      return
    }
    let list = states.map { parameter(.integer(Int64($0.rawValue))) }
    conditions.append("a.state IN (\(list.joined(separator: ", ")))")
    let approving = Int64(ProcedureState.approving.rawValue)
    if office == .poverty {
      conditions.append("(a.state <> \(parameter(.integer(approving))) OR a.poverty = 0)")
    }
    if office == .security {
      conditions.append("(a.state <> \(parameter(.integer(approving))) OR a.security = 0)")
    }
    // An appeal waits for the level above the refusal: the township's for the village's, the county's
    // for the others.
    if office == .township || office == .poverty {
      let appealed = parameter(.integer(Int64(ProcedureState.appealed.rawValue)))
      let village = parameter(.integer(Int64(DivisionTier.village.rawValue)))
      let sign = office == .township ? "=" : "<>"
      conditions.append("(a.state <> \(appealed) OR a.refused_at \(sign) \(village))")
    }
  }
}
