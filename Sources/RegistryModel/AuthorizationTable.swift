/// Why a call was refused before it reached any record.
package enum AuthorizationError: Error, Sendable, Hashable, CustomStringConvertible {
  /// No row allows the operation to the office's kind at its level.
  case notAllowed(OfficeKind, Operation)
  /// The operation is allowed for stated purposes only, and none was stated.
  case purposeMissing(allowed: [Purpose])
  /// The stated purpose is not one that the office has.
  case purposeNotAllowed(Purpose, allowed: [Purpose])

  /// What is not allowed to whom.
  package var description: String {
    switch self {
    case .notAllowed(let kind, let operation):
      "\(kind.rawValue) may not \(operation.rawValue) here"
    case .purposeMissing(let allowed):
      "a purpose must be stated: \(AuthorizationError.list(allowed))"
    case .purposeNotAllowed(let purpose, let allowed):
      allowed.isEmpty
        ? "the purpose \(purpose.rawValue) is not this office's, and none need be stated"
        : "the purpose \(purpose.rawValue) is not one of \(AuthorizationError.list(allowed))"
    }
  }

  /// The same in Chinese.
  package var chinese: String {
    func list(_ purposes: [Purpose]) -> String {
      purposes.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: "、")
    }
    return switch self {
    case .notAllowed(let kind, let operation):
      "\(kind.chinese)在此级别无权进行“\(operation.chinese)”"
    case .purposeMissing(let allowed): "须说明用途，可用：\(list(allowed))"
    case .purposeNotAllowed(let purpose, let allowed):
      "不可用于 \(purpose.rawValue)（\(purpose.chinese)），"
        + (allowed.isEmpty ? "无须说明用途" : "可用：\(list(allowed))")
    }
  }

  private static func list(_ purposes: [Purpose]) -> String {
    purposes.map(\.rawValue).joined(separator: ", ")
  }
}

/// Office kind × level × operation × purpose → area, people and classes of data; deny by default.
package struct AuthorizationTable: Sendable {
  /// What one row grants for one operation.
  package struct Grant: Sendable, Hashable {
    /// The purposes for which it is granted; empty when none need be stated.
    package let purposes: [Purpose]
    /// The people seen.
    package let people: PeopleFilter
    /// The groups of data disclosed.
    package let classes: DisclosureClasses

    /// The purposes that an office of a kind may state: those for which it is granted, or, where none
    /// need be stated, those of the kind.
    package func purposes(of kind: OfficeKind) -> [Purpose] {
      (purposes.isEmpty ? Purpose.allCases : purposes).filter { $0.mayBeStated(by: kind) }
    }
  }

  private struct Key: Hashable {
    let kind: OfficeKind
    let level: DivisionTier
    let operation: Operation
  }

  private let grants: [Key: Grant]

  /// Reads the bundled table.
  /// - Throws: `ModelDataError` when it is missing or a word in it is unknown.
  package static func load() throws(ModelDataError) -> AuthorizationTable {
    try AuthorizationTable(bytes: ModelData.bytes(of: file), file: file)
  }

  /// Reads a table from CSV bytes; every word must be known and no case granted twice.
  /// - Throws: `ModelDataError.malformed` with the line.
  package init(bytes: [UInt8], file: String) throws(ModelDataError) {
    let table = try DataTable(
      bytes: bytes,
      file: file,
      heading: ["office", "levels", "operations", "purposes", "area", "people", "classes"]
    )
    var grants: [Key: Grant] = [:]
    for row in 0..<table.count {
      guard let keys = AuthorizationTable.keys(table, row),
        let grant = AuthorizationTable.grant(table, row), table[row, 4] == "own"
      else { throw .malformed(file: file, line: row + 2) }
      for key in keys {
        guard grants.updateValue(grant, forKey: key) == nil else {
          throw .malformed(file: file, line: row + 2)
        }
      }
    }
    self.grants = grants
  }

  private static let file = "authorization.csv"

  /// What an office kind at a level is granted for an operation; nil when nothing is.
  package func grant(
    kind: OfficeKind,
    level: DivisionTier,
    operation: Operation
  ) -> Grant? {
    grants[Key(kind: kind, level: level, operation: operation)]
  }

  /// The scope of one call.
  /// - Parameters:
  ///   - identity: who calls, from the certificate.
  ///   - area: the path of the identity's division, found by the store.
  ///   - level: the level of that division, by the store's record of it.
  ///   - operation: what is asked.
  ///   - purpose: the purpose stated with the call.
  /// - Throws: `AuthorizationError` when no row allows it.
  package func scope(
    for identity: OfficeIdentity,
    area: DivisionPath,
    level: DivisionTier,
    operation: Operation,
    purpose: Purpose? = nil
  ) throws(AuthorizationError) -> Scope {
    guard let grant = grant(kind: identity.kind, level: level, operation: operation) else {
      throw .notAllowed(identity.kind, operation)
    }
    let allowed = grant.purposes(of: identity.kind)
    if let purpose {
      guard allowed.contains(purpose) else { throw .purposeNotAllowed(purpose, allowed: allowed) }
    } else if !grant.purposes.isEmpty {
      throw .purposeMissing(allowed: allowed)
    }
    return Scope(
      holder: .office(identity),
      areas: [area],
      operations: [operation],
      purpose: purpose,
      isBound: !grant.purposes.isEmpty,
      people: grant.people,
      classes: grant.classes
    )
  }

  private static func keys(_ table: DataTable, _ row: Int) -> [Key]? {
    guard let kind = OfficeKind(rawValue: table[row, 0]) else { return nil }
    var keys: [Key] = []
    for levelWord in table[row, 1].split(separator: " ") {
      guard let level = DivisionTier(slug: String(levelWord)) else { return nil }
      for word in table[row, 2].split(separator: " ") {
        guard let operation = Operation(rawValue: String(word)) else { return nil }
        keys.append(Key(kind: kind, level: level, operation: operation))
      }
    }
    return keys.isEmpty ? nil : keys
  }

  private static func grant(_ table: DataTable, _ row: Int) -> Grant? {
    guard let people = PeopleFilter(rawValue: table[row, 5]),
      let classes = DisclosureClasses(words: table[row, 6])
    else { return nil }
    var purposes: [Purpose] = []
    if table[row, 3] != "any" {
      for word in table[row, 3].split(separator: " ") {
        guard let purpose = Purpose(rawValue: String(word)) else { return nil }
        purposes.append(purpose)
      }
      if purposes.isEmpty { return nil }
    }
    return Grant(purposes: purposes, people: people, classes: classes)
  }
}

/// What one call may touch: the store asks for it in every function that touches people.
///
/// Only the authorisation table makes one for an office; `system(reason:)` is for start-up and
/// migrations, where no office calls.
package struct Scope: Sendable, Hashable {
  /// Who holds the scope.
  package enum Holder: Sendable, Hashable {
    /// An office or node, by its certificate.
    case office(OfficeIdentity)
    /// The program itself, with its reason.
    case system(reason: String)
  }

  /// Who holds the scope.
  package let holder: Holder
  /// The areas: these divisions and all below.
  package let areas: [DivisionPath]
  /// The operations allowed under this scope.
  package let operations: Set<Operation>
  /// The purpose that was stated.
  package let purpose: Purpose?
  /// Whether it is granted for stated purposes alone: the office looks beyond its own work.
  package let isBound: Bool
  /// The people seen.
  package let people: PeopleFilter
  /// The groups of data disclosed.
  package let classes: DisclosureClasses

  /// The scope of the program's own work: everything, everywhere.
  package static func system(reason: String) -> Scope {
    Scope(
      holder: .system(reason: reason),
      areas: [],
      operations: Set(Operation.allCases),
      purpose: nil,
      isBound: false,
      people: .all,
      classes: .all
    )
  }

  /// The identity, unless the program itself works.
  package var identity: OfficeIdentity? {
    if case .office(let identity) = holder { identity } else { nil }
  }

  /// Whether the program itself works: `areas` is then empty and nothing is left out.
  package var isSystem: Bool { identity == nil }

  /// Whether a division lies in the scope.
  package func covers(_ path: DivisionPath) -> Bool {
    isSystem || areas.contains { $0.contains(path) }
  }

  fileprivate init(
    holder: Holder,
    areas: [DivisionPath],
    operations: Set<Operation>,
    purpose: Purpose?,
    isBound: Bool,
    people: PeopleFilter,
    classes: DisclosureClasses
  ) {
    self.holder = holder
    self.areas = areas
    self.operations = operations
    self.purpose = purpose
    self.isBound = isBound
    self.people = people
    self.classes = classes
  }
}
