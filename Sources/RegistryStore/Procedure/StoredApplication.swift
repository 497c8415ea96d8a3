internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// An application as it is on record, with its row's place; an object, as `PreparedStep` is.
final class StoredApplication: Sendable {
  /// Its place in the order of recording.
  let n: Int64
  let id: Bytes16
  /// Whose key seals it: the household that it becomes.
  let owner: Bytes16
  let village: DivisionRecord
  let version: UInt64
  /// The journal's entry with this version.
  let entry: Int64
  /// The open notice that it stands in; 0 for none.
  let notice: Int64
  /// The registered household; 0 before.
  let household: Int64
  let wrappedKey: [UInt8]
  /// The file, without the instant.
  let application: Application
  let recordedAt: Int64

  init(
    n: Int64,
    id: Bytes16,
    owner: Bytes16,
    village: DivisionRecord,
    version: UInt64,
    entry: Int64,
    notice: Int64,
    household: Int64,
    wrappedKey: [UInt8],
    application: Application,
    recordedAt: Int64
  ) {
    self.n = n
    self.id = id
    self.owner = owner
    self.village = village
    self.version = version
    self.entry = entry
    self.notice = notice
    self.household = household
    self.wrappedKey = wrappedKey
    self.application = application
    self.recordedAt = recordedAt
  }

  /// The state; `applied` for a number that is none, which the decoder would have refused.
  var state: ProcedureState { ProcedureState(application.state) ?? .applied }
  /// The people it is about.
  var memberCount: Int64 { Int64(application.household?.members.count ?? 0) }
  /// The printed number.
  var number: ApplicationNumber? { ApplicationNumber(application.number) }
}

/// By what an application is asked for.
package enum ApplicationReference: Sendable, Hashable {
  /// Its id.
  case id([UInt8])
  /// Its printed number.
  case number(ApplicationNumber)
  /// The ID number of a member.
  case citizenID(CitizenIDNumber)

  /// Reads a request.
  ///
  /// Throws `StoreError` (`invalid`), with the rule broken, for an id, number or ID number that
  /// cannot be one.
  package init(_ request: GetApplicationRequest, today: Day) throws(StoreError) {
    switch request.by {
    case .id(let octets)?:
      guard octets.count == 16 else {
        throw .broken([Violation(.required, row: 0, member: 0, field: "id")])
      }
      self = .id(octets)
    case .number(let text)?:
      guard let number = ApplicationNumber(text) else {
        throw .broken([Violation(.householdNumber, row: 0, member: 0, field: "number")])
      }
      self = .number(number)
    case .citizenId(let text)?:
      switch CitizenIDNumber.read(CitizenIDNumber.folded(text), on: today, allowsSynthetic: true) {
      case .success(let number): self = .citizenID(number)
      case .failure(let error):
        throw .broken([Violation(error.rule, row: 0, member: 0, field: "citizen_id")])
      }
    case nil:
      throw .broken([Violation(.required, row: 0, member: 0, field: "by")])
    }
  }
}

extension Reader {
  private static let applicationColumns = """
    a.n, a.id, a.owner, a.village, a.version, a.entry, a.notice, a.household, a.wrapped_key,
    j.recorded_at, j.sealed
    """

  private static func applicationText(_ condition: String) -> String {
    """
    SELECT \(applicationColumns) FROM application a JOIN journal j ON j.seq = a.entry
    WHERE \(condition)
    """
  }

  /// The text of the hottest read, put together once.
  private static let byApplicationID = applicationText("a.id = $1")

  /// The application of a reference within a scope's area; nil if there is none there.
  func application(
    _ reference: ApplicationReference,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredApplication? {
    let row: any SQLStatement
    switch reference {
    case .id(let octets):
      row = try connection.prepare(Self.byApplicationID)
      row.bind(octets, at: 1)
    case .number(let number):
      row = try connection.prepare(Self.applicationText("a.number = $1"))
      row.bind(Int64(bitPattern: number.number.body), at: 1)
    case .citizenID(let number):
      guard let n = try application(ofPerson: number) else { return nil }
      row = try connection.prepare(Self.applicationText("a.n = $1"))
      row.bind(n, at: 1)
    }
    defer { row.reset() }
    guard try row.step() else { return nil }
    return try storedApplication(row, scope: scope, directory: directory)
  }

  /// The application on its way that a person stands in, or the one that the person's file came by.
  private func application(ofPerson number: CitizenIDNumber) throws -> Int64? {
    let digest = try sealer.digest(of: number.text, field: .idNumber)
    let applicant = try connection.prepare(
      "SELECT application FROM applicant_number WHERE digest = $1"
    )
    applicant.bind(digest, at: 1)
    if let n = try applicant.first({ $0.int64(at: 0) }) { return n }
    let member = try connection.prepare(
      """
      SELECT max(a.n) FROM application a JOIN member_number m ON m.household = a.household
      WHERE m.digest = $1 AND a.household <> 0
      """
    )
    member.bind(digest, at: 1)
    return try member.first { $0.optionalInt64(at: 0) } ?? nil
  }

  /// Calls `body` with each application that still stands in a notice, in the notice's order.
  func applications(
    of notice: StoredNotice,
    scope: Scope,
    directory: DivisionDirectory,
    _ body: (StoredApplication) throws -> Void
  ) throws {
    for id in notice.notice.applications {
      let stored = try application(.id(id), scope: scope, directory: directory)
      if let stored, stored.notice == notice.n { try body(stored) }
    }
  }

  private func storedApplication(
    _ row: any SQLStatement,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredApplication? {
    guard let village = directory.record(id: row.int64(at: 3)) else {
      throw StoreError(.damaged, "an application lies in a division that is not on record")
    }
    guard scope.covers(village.path) else { return nil }
    let id = try row.bytes16(at: 1)
    let owner = try row.bytes16(at: 2)
    let version = UInt64(bitPattern: row.int64(at: 4))
    let wrapped = row.bytes(at: 8)
    let binding = SealBinding.application(id, owner: owner, stream: stream, version: version)
    let application = try row.withBytes(at: 10) { sealed in
      try wrapped.withUnsafeBytes { wrapped in
        try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, body in
          try Application(wireBytes: body)
        }
      }
    }
    return StoredApplication(
      n: row.int64(at: 0),
      id: id,
      owner: owner,
      village: village,
      version: version,
      entry: row.int64(at: 5),
      notice: row.int64(at: 6),
      household: row.int64(at: 7),
      wrappedKey: wrapped,
      application: application,
      recordedAt: row.int64(at: 9)
    )
  }
}

extension SealBinding {
  /// The body of an application's own entry that made this version.
  static func application(
    _ id: Bytes16,
    owner: Bytes16,
    stream: Bytes16,
    version: UInt64
  ) -> SealBinding {
    SealBinding(
      place: .body,
      household: owner,
      stream: stream,
      subjectKind: .application,
      subject: id,
      version: version
    )
  }
}
