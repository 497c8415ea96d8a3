import Foundation
import Glibc
import RegistryClient
import TestRegistry
import Testing

/// The built program, killed while a roster is compared and proposes: asked again, it proposes for
/// every household once, and nothing of what broke off counts.
@Suite(.timeLimit(.minutes(3)), .serialized) struct RosterCrashTests {
  private static let households = 700

  private func importRoster(_ client: RegistryClient) async throws -> [UInt8] {
    let call = try await client.rosters.importRoster()
    var request = ImportRosterRequest(
      roster: Roster(
        kind: .dibao,
        division: "421224",
        day: 20_101_101,
        name: "低保名册",
        fileDigest: Array(repeating: 1, count: 32)
      )
    )
    request.rows = (0..<Self.households).map {
      RosterRow(
        row: UInt64($0 + 1),
        citizenId: SampleHousehold.citizenID($0, member: 0),
        name: "样大"
      )
    }
    try await call.send(request)
    try await call.finishSending()
    var made: Roster?
    while let answer = try await call.responses.next() { made = answer.roster ?? made }
    return try #require(made).id
  }

  @Test func killedBetweenTheParts() async throws {
    let folder = try DaemonFolder()
    var roster: [UInt8] = []
    var killed = 0
    for (round, delay) in [30, 90, 180, 320].enumerated() {
      let daemon = try await folder.start()
      let client = try folder.client(daemon)
      if round == 0 {
        let imported = await SampleImport(Self.households, size: 200).run(client)
        #expect(imported.failure == nil)
        roster = try await importRoster(client)
      }
      let asked = roster
      let work = Task {
        _ = try await client.rosters.converge(ConvergeRequest(roster: asked))
        _ = try await client.rosters.proposeFromRoster(ProposeFromRosterRequest(roster: asked))
      }
      // The moment of the death is the input here: there is nothing to wait for.
      try await Task.sleep(for: .milliseconds(delay))
      daemon.send(SIGKILL)
      #expect(await daemon.end()?.bySignal == true)
      if await work.result.isFailure { killed += 1 }
      await client.close()
    }
    let daemon = try await folder.start()
    let client = try folder.client(daemon)
    let report = try await client.rosters.converge(ConvergeRequest(roster: roster))
    let counts = try #require(report.divisions.first).counts
    #expect(counts.first { $0.finding == .both }?.people == Int64(Self.households))
    let last = try await client.rosters
      .proposeFromRoster(ProposeFromRosterRequest(roster: roster))
    #expect(last.made + last.known == UInt64(Self.households))
    // Some were killed before all was proposed.
    #expect(killed > 0 && last.refused == 0)
    let again = try await client.rosters
      .proposeFromRoster(ProposeFromRosterRequest(roster: roster))
    #expect(again.made == 0 && again.known == UInt64(Self.households))
    var households: [[UInt8]] = []
    var request = ListProposalsRequest(pageSize: 500)
    repeat {
      let page = try await client.changes.listProposals(request)
      households += page.proposals.compactMap { $0.change?.household }
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(households.count == Self.households && Set(households).count == Self.households)
    #expect(try await client.findings() == 0)
    await client.close()
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
  }
}

extension Result {
  fileprivate var isFailure: Bool { if case .failure = self { true } else { false } }
}
