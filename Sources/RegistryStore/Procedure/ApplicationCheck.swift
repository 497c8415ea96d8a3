internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Opens every application, compares its row and the lists of people with its file, and checks the
/// signature of every decision.
final class ApplicationCheck {
  private let reader: Reader
  private let directory: DivisionDirectory
  private let signatures: StepSignatures

  init(reader: Reader, directory: DivisionDirectory) {
    self.reader = reader
    self.directory = directory
    signatures = StepSignatures(reader: reader)
  }

  /// Applications read by one statement, so that none keeps its view of the database for long.
  private static let page: Int64 = 1_000

  func run(_ log: inout CheckLog) throws {
    let total = try reader.connection.prepare("SELECT count(*) FROM application")
      .first { UInt64(clamping: $0.int64(at: 0)) }
    try log.begin("applications", total: total ?? 0)
    var last: Int64 = 0
    while true {
      let before = last
      try reader.connection.transaction {
        var page: [Row] = []
        let rows = try reader.connection.prepare(
          """
          SELECT n, id, number, state, version, entry, people, poverty, security, category, household,
            head_name
          FROM application WHERE n > $1 ORDER BY n LIMIT $2
          """
        )
        rows.bind(last, at: 1)
        rows.bind(Self.page, at: 2)
        try rows.forEach { page.append(Row($0)) }
        for row in page {
          last = row.n
          try compare(row, &log)
          try log.advance()
        }
      }
      if last == before { return }
    }
  }

  private struct Row {
    let n: Int64
    let id: [UInt8]
    let numbers: [Int64]
    let head: String

    init(_ row: any SQLStatement) {
      n = row.int64(at: 0)
      id = row.bytes(at: 1)
      numbers = (2...10).map { row.int64(at: $0) }
      head = row.string(at: 11)
    }
  }

  private func compare(_ row: Row, _ log: inout CheckLog) throws {
    let place = "application \(row.n)"
    let own = Scope.system(reason: "check")
    let found = try? reader.application(.id(row.id), scope: own, directory: directory)
    guard let stored = found else {
      log.find("application.body", at: place, "the sealed file cannot be opened", "加密申请无法打开")
      return
    }
    let file = stored.application
    let expected: [Int64] = [
      Int64(bitPattern: stored.number?.number.body ?? 0), Int64(file.state.rawValue),
      Int64(bitPattern: file.version), stored.entry, stored.memberCount,
      Int64(file.povertyDecision.rawValue), Int64(file.securityDecision.rawValue),
      Int64(file.category.rawValue),
    ]
    let isRegistered = stored.state == .registered
    let head = file.household?.members.first?.identity?.name ?? ""
    if Array(row.numbers.prefix(8)) != expected || row.head != head
      || (row.numbers[8] != 0) != isRegistered
    {
      log.find("application.row", at: place, "the row differs from its file", "数据行与申请不一致")
    }
    try compareEntry(stored, place, &log)
    for (index, step) in file.steps.enumerated() where step.decision {
      if try signatures.certificate(of: step) == nil {
        log.find(
          "application.signature",
          at: "\(place), step \(index + 1)",
          "the decision is not signed by the person whom it names",
          "决定没有所列人员的有效签名"
        )
      }
    }
    try comparePeople(stored, place, &log)
  }

  private func compareEntry(
    _ stored: StoredApplication,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    let row = try reader.connection.prepare("SELECT header FROM journal WHERE seq = $1")
    row.bind(stored.entry, at: 1)
    let header = try row.first { row in
      try? row.withBytes(at: 0) { try EntryHeader(decoding: $0) }
    }
    guard let header = header ?? nil, header.subjectKind == .application,
      header.subject == stored.id, header.versionAfter == stored.version
    else {
      log.find(
        "application.entry",
        at: place,
        "its entry is of another application or version",
        "日志条目与申请或版本不符"
      )
      return
    }
  }

  /// Whether an applicant is noted as one who stands in another node's application as well.
  private func isElsewhere(_ digest: Bytes16, _ n: Int64) throws -> Bool {
    let row = try reader.connection.prepare(
      "SELECT 1 FROM applicant_elsewhere WHERE digest = $1 AND application = $2"
    )
    row.bind(digest, at: 1)
    row.bind(n, at: 2)
    return try row.first { _ in true } == true
  }

  /// Nobody is listed for an application that ended, everybody for one on its way.
  private func comparePeople(
    _ stored: StoredApplication,
    _ place: String,
    _ log: inout CheckLog
  ) throws {
    let members = stored.application.household?.members ?? []
    let number = try reader.connection.prepare(
      "SELECT application FROM applicant_number WHERE digest = $1"
    )
    let name = try reader.connection.prepare(
      """
      SELECT count(*) FROM applicant_name WHERE name = $1 AND application = $2 AND place = $3
      """
    )
    for (index, member) in members.enumerated() {
      guard let identity = member.identity else { continue }
      var isListed = !stored.state.isEnd
      if !identity.citizenId.isEmpty {
        let digest = try reader.sealer.digest(of: identity.citizenId, field: .idNumber)
        number.bind(digest, at: 1)
        let found = try number.first { $0.int64(at: 0) }
        isListed = try found == stored.n || (found != nil && isElsewhere(digest, stored.n))
      }
      name.bind(identity.name, at: 1)
      name.bind(stored.n, at: 2)
      name.bind(Int64(index), at: 3)
      let isNamed = try name.first { $0.int64(at: 0) } == 1
      if isListed == stored.state.isEnd || (isNamed == stored.state.isEnd && !identity.name.isEmpty)
      {
        log.find(
          "application.people",
          at: "\(place), member \(index + 1)",
          "the lists of applicants differ from the file",
          "申请人名单与申请不一致"
        )
      }
    }
  }
}
