internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// A filter within a scope as one SELECT over households, in the order of registration.
struct HouseholdQuery {
  private enum Value {
    case integer(Int64)
    case text(String)
  }

  private var conditions: [String] = []
  private var values: [Value] = []
  /// The scope covers no area or sees nobody: nothing can be found.
  private(set) var isEmpty = false

  /// Checks the filter and makes the conditions, all but the place to start from.
  ///
  /// Throws `StoreError`: `invalid` for codes that are none, `notFound` for an unknown division,
  /// `refused` for a division outside the scope's area, and for a condition on fields that the
  /// scope does not disclose: it would tell them.
  init(_ filter: HouseholdFilter, scope: Scope, store: RegistryStore) throws(StoreError) {
    try Self.checkDisclosure(filter, scope)
    let within = try store.divisions(filter.division, filter.divisions, in: scope)
    let ranges = AreaRange.ranges(of: scope, within: within.map(\.path))
    isEmpty = ranges.isEmpty || scope.people == .none
    // The first parameter is the place to start from.
    values.append(.integer(0))
    conditions.append("h.n > $1")
    addArea(ranges, isNarrow: Self.isNarrow(scope, within, store.divisions))
    let status = filter.status == .unspecified ? HouseholdStatus.registered : filter.status
    conditions.append("h.status = \(parameter(.integer(Int64(status.rawValue))))")
    addList("h.category", filter.categories.map { Int64($0.rawValue) })
    addList("h.main_cause", filter.mainCauses.map { Int64($0) })
    if let money = filter.incomeBelow {
      conditions.append("h.net_income < \(parameter(.integer(money.fen)))")
    }
    if !filter.name.isEmpty {
      let from = parameter(.text(filter.name))
      // No name holds this last scalar of Unicode, which is no character.
      let to = parameter(.text(filter.name + "\u{10FFFF}"))
      conditions.append(
        "h.n IN (SELECT m.household FROM member_name m WHERE m.name >= \(from) AND m.name < \(to))"
      )
    }
  }

  /// Calls `body` for each row behind a place, until it returns false.
  func forEach(
    columns: String,
    join: String = "",
    after place: Int64,
    limit: Int,
    on reader: Reader,
    _ body: (any SQLStatement) throws -> Bool
  ) throws {
    if isEmpty { return }
    let statement = try reader.connection.prepare(text(columns: columns, join: join))
    defer { statement.reset() }
    for (index, value) in values.enumerated() {
      switch value {
      case .integer(let number): statement.bind(number, at: index + 1)
      case .text(let text): statement.bind(text, at: index + 1)
      }
    }
    statement.bind(place, at: 1)
    statement.bind(Int64(limit), at: values.count + 1)
    while try statement.step() {
      guard try body(statement) else { return }
    }
  }

  /// The statement's text; the first parameter is the place to start from, the last the limit.
  func text(columns: String, join: String = "") -> String {
    """
    SELECT \(columns) FROM household h \(join)
    WHERE \(conditions.joined(separator: " AND "))
    ORDER BY h.n LIMIT $\(values.count + 1)
    """
  }

  private mutating func parameter(_ value: Value) -> String {
    values.append(value)
    return "$\(values.count)"
  }

  /// The area, compared by ranges of paths.
  ///
  /// A township's few villages are found by their index; for a larger area the plus keeps the
  /// database from sorting all of it for each page: it walks in the order of registration.
  private mutating func addArea(_ ranges: [AreaRange], isNarrow: Bool) {
    let paths = ranges.map { range in
      "(d.path >= \(parameter(.text(range.lower))) AND d.path < \(parameter(.text(range.upper))))"
    }
    if paths.isEmpty { return }
    conditions.append(
      "\(isNarrow ? "" : "+")h.village IN "
        + "(SELECT d.id FROM division d WHERE \(paths.joined(separator: " OR ")))"
    )
  }

  private mutating func addList(_ column: String, _ list: [Int64]) {
    if list.isEmpty { return }
    let parameters = Set(list).sorted().map { parameter(.integer($0)) }
    conditions.append("\(column) IN (\(parameters.joined(separator: ", ")))")
  }

  private static func isNarrow(
    _ scope: Scope,
    _ within: [DivisionRecord],
    _ directory: DivisionDirectory
  ) -> Bool {
    if !within.isEmpty, within.allSatisfy({ $0.level >= .township }) { return true }
    guard !scope.isSystem else { return false }
    return scope.areas.allSatisfy { area in
      (area.ids.last.flatMap { directory.record(id: $0) }?.level ?? .state) >= .township
    }
  }

  private static func checkDisclosure(
    _ filter: HouseholdFilter,
    _ scope: Scope
  ) throws(StoreError) {
    func need(_ condition: Bool, _ classes: DisclosureClasses) throws(StoreError) {
      try need(!condition || scope.isSystem || scope.classes.contains(classes))
    }
    func need(_ isAllowed: Bool) throws(StoreError) {
      if isAllowed { return }
      throw .refused(
        by: "filter.class",
        "the filter asks for what the scope does not disclose",
        zh: "查询条件涉及对本机构不公开的内容"
      )
    }
    try need(!filter.name.isEmpty, .identity)
    try need(filter.incomeBelow != nil, .income)
    try need(!filter.categories.isEmpty, .classification)
    try need(scope.mayAsk(forCauses: filter.mainCauses))
    for (codes, group) in HouseholdCriteria(filter).lists {
      try need(!codes.isEmpty, group)
      guard codes.count <= 32 else {
        throw .broken([Violation(.tooMany, row: 0, member: 0, field: "filter")])
      }
    }
    // Lists of codes are short; this keeps a statement's text and parameters so.
    guard filter.categories.count <= 16, filter.mainCauses.count <= 32 else {
      throw .broken([Violation(.tooMany, row: 0, member: 0, field: "filter")])
    }
    // The longest name on record has 60 octets.
    if let rule = TextRules.broken(filter.name, limit: 60) {
      throw .broken([Violation(rule, row: 0, member: 0, field: "filter.name")])
    }
  }
}
