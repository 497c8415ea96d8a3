import Foundation
import RPCCore
import RegistryAPI
import RegistryModel
import RegistryStore
import SQL
import TestRegistry
import Testing

/// Imports rosters and reads what comes of them, as tests do again and again.
enum RosterDesk {
  static let civilAffairs = "registry://421224/civil-affairs/p0008"
  static let provincialAffairs = "registry://420000/civil-affairs/p0002"
  static let school = "registry://421224/education/p0100"
  static let federation = "registry://421224/disabled-federation/p0110"

  typealias Person = (number: String, name: String)

  static func person(_ serial: Int, _ member: Int) -> Person {
    let name = SampleHousehold.household(serial).members[member].identity?.name ?? ""
    return (SampleHousehold.citizenID(serial, member: member), name)
  }

  /// The options of a call with a purpose.
  static func purpose(_ word: String?) -> CallOptions {
    word.map { CallOptions(metadata: ["registry-purpose": $0]) } ?? CallOptions()
  }

  static func importRoster(
    _ node: LinkedNode,
    _ rows: [Person],
    as office: String = civilAffairs,
    kind: RosterKind = .dibao,
    division: String = "421224",
    day: Int32 = 20_101_101,
    digest: UInt8 = 1,
    part: Int = 3,
    purpose word: String? = nil
  ) async throws -> (roster: Roster, faults: [String], known: Bool) {
    let client = RosterClient(node.channel(as: office))
    let call = try await client.importRoster(options: purpose(word))
    var request = ImportRosterRequest(
      roster: Roster(
        kind: kind,
        division: division,
        day: day,
        name: "名册",
        fileDigest: Array(repeating: digest, count: 32)
      )
    )
    var faults: [String] = []
    var last: ImportRosterResponse?
    let numbered = rows.enumerated().map {
      RosterRow(row: UInt64($0.offset + 1), citizenId: $0.element.number, name: $0.element.name)
    }
    for start in stride(from: 0, to: max(1, numbered.count), by: part) {
      request.rows = Array(numbered[start..<min(start + part, numbered.count)])
      try await call.send(request)
      request = ImportRosterRequest()
      last = try await call.responses.next()
      faults += last?.faults.map { "\($0.row) \($0.field) \($0.rule)" } ?? []
      if last?.known == true { return (try #require(last?.roster), faults, true) }
    }
    try await call.finishSending()
    last = try await call.responses.next()
    return (try #require(last?.roster), faults, false)
  }

  /// The people of a finding: row, member, name and village.
  static func list(
    _ node: LinkedNode,
    _ roster: Roster,
    _ finding: ConvergenceFinding,
    as office: String = civilAffairs,
    purpose word: String? = nil
  ) async throws -> [ConvergenceRow] {
    var found: [ConvergenceRow] = []
    let request = ListConvergenceRequest(roster: roster.id, finding: finding)
    let client = RosterClient(node.channel(as: office))
    for try await part in try await client.listConvergence(request, options: purpose(word)) {
      found += part.rows
    }
    return found
  }

  /// Compares; the counts of each division by its code.
  static func converge(
    _ node: LinkedNode,
    _ roster: Roster,
    as office: String = civilAffairs,
    purpose word: String? = nil
  ) async throws -> (
    report: ConvergenceReport, counts: [String: [ConvergenceFinding: Int64]]
  ) {
    let report = try await RosterClient(node.channel(as: office))
      .converge(ConvergeRequest(roster: roster.id), options: purpose(word))
    let counts = report.divisions.map { one in
      (
        one.division?.code ?? "",
        Dictionary(uniqueKeysWithValues: one.counts.map { ($0.finding, $0.people) })
      )
    }
    return (report, Dictionary(uniqueKeysWithValues: counts))
  }

  /// Proposes.
  static func propose(
    _ node: LinkedNode,
    _ roster: Roster,
    as office: String = civilAffairs
  ) async throws -> ProposeFromRosterResponse {
    try await RosterClient(node.channel(as: office))
      .proposeFromRoster(ProposeFromRosterRequest(roster: roster.id))
  }

  /// The refusal's rule of a call that is refused; nil for one that is not.
  static func rule(_ call: () async throws -> Void) async throws -> String? {
    do {
      try await call()
      return nil
    } catch let error as RPCError {
      let details = try ErrorDetails(wireArray: error.details)
      return details.violations.first?.rule ?? details.refusedBy
    }
  }

  /// Runs statements on a node's file, or asks for the number that one gives, behind its back.
  @discardableResult
  static func sql(_ nodes: LinkedNodes, _ file: String, _ text: String) throws -> Int64? {
    let path = nodes.folder.appendingPathComponent("\(file).db").path
    let database = try StoreDatabase(path).open()
    if text.hasPrefix("SELECT") {
      return try database.makeConnection(role: .reader).prepare(text).first { $0.int64(at: 0) }
    }
    try database.makeConnection(role: .writer).execute(text)
    return nil
  }

  /// A sample household with what a test changes.
  static func register(
    _ node: LinkedNode,
    _ serial: Int,
    village: String = LinkedNodes.villages[0],
    _ change: (inout Household) -> Void = { _ in }
  ) async throws -> Household {
    var household = SampleHousehold.household(serial, village: village)
    change(&household)
    let office = village.hasPrefix("421224") ? LinkedNodes.office : LinkedNodes.otherOffice
    return try await node.households(as: office)
      .createHousehold(CreateHouseholdRequest(household: household))
  }
}

extension Household {
  /// The same on the list of dibao, or of five-guarantee, alone.
  mutating func grant(_ decision: SecurityDecision, alone: Bool = false) {
    classification?.securityDecision = decision
    if alone || decision == .fiveGuarantee {
      classification?.povertyDecision = .refused
      classification?.standard = 0
    }
  }
}
