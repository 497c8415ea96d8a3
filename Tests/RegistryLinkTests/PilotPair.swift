import Foundation
import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// Two linked nodes and their offices.
struct PilotPair {
  let nodes: LinkedNodes
  let county: LinkedNode
  let province: LinkedNode

  init(on database: TestDatabase) throws {
    nodes = try LinkedNodes(on: database)
    county = try nodes.open(LinkedNodes.county)
    province = try nodes.open(LinkedNodes.province)
  }

  func settle() async throws {
    while try await county.link(to: province).exchangeOnce() {}
  }

  func close() async { for node in [county, province] { await node.close() } }

  func check() async throws {
    for node in [county, province] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
    }
  }

  private func client(_ office: String) -> PilotClient {
    PilotClient((office.contains("//42000") ? province : county).channel(as: office))
  }

  @discardableResult
  func record(
    _ kind: String,
    _ division: String,
    fen: Int64? = nil,
    level: String = "",
    of source: PilotRecord? = nil,
    as office: String = LinkedNodes.office,
    _ change: (inout PilotRecord) -> Void = { _ in }
  ) async throws -> PilotRecord {
    var record = PilotRecord(kind: kind, division: division, day: 20_101_201, title: kind)
    if let fen { record.figures = [PilotFigure(key: "fen", value: fen)] }
    record.level = level
    record.of = source?.id ?? []
    change(&record)
    return try await client(office)
      .setPilotRecord(SetPilotRecordRequest(record: try record.serializedBytes()))
  }

  /// A later version of a record.
  @discardableResult
  func amend(
    _ record: PilotRecord,
    as office: String = LinkedNodes.office,
    _ change: (inout PilotRecord) -> Void
  ) async throws -> PilotRecord {
    var record = record
    record.recordedAt = 0
    record.reason = "更正"
    change(&record)
    return try await client(office)
      .setPilotRecord(SetPilotRecordRequest(record: try record.serializedBytes()))
  }

  /// The lines of a trial balance: budgeted, received, drawn above, undrawn, in transit, paid.
  func balance(_ division: String = "", as office: String) async throws -> [String: [Int64]] {
    let balance = try await client(office)
      .getTrialBalance(GetTrialBalanceRequest(division: division))
    #expect(balance.findings.isEmpty, "\(balance.findings)")
    #expect(balance.lines.allSatisfy { $0.closes }, "\(balance.lines)")
    return Dictionary(
      uniqueKeysWithValues: balance.lines.map {
        let accounts = [
          $0.budgeted, $0.receivedFromOutside, $0.drawnFromOutside, $0.undrawn, $0.inTransit,
          $0.disbursed,
        ]
        return ($0.level, accounts)
      }
    )
  }

  func follow(
    _ kind: String,
    without: String = "",
    as office: String = LinkedNodes.office
  ) async throws -> [FollowedPilotRecord] {
    try await client(office)
      .followPilotRecords(FollowPilotRecordsRequest(kind: kind, without: without)).records
  }

  func list(_ kind: String, as office: String) async throws -> [PilotRecord] {
    try await client(office).listPilotRecords(ListPilotRecordsRequest(kind: kind)).records
  }
}

/// The rules that a call breaks.
func rulesBroken(_ call: () async throws -> PilotRecord) async -> [String] {
  do {
    _ = try await call()
    return []
  } catch let error as RPCError {
    let details = try? ErrorDetails(wireArray: error.details)
    let rules = details?.violations.map(\.rule) ?? ["\(error)"]
    return rules.isEmpty ? [details?.refusedBy ?? ""] : rules
  } catch { return ["\(error)"] }
}
