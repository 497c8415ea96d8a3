import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import TestRegistry
import Testing

@testable import RegistryStore

/// What offices are told of what became of what they asked for: each its own, and no more than its
/// business.
struct OfficeOutcomeTests {
  private static let firstVillage = LinkedNodes.villages[0]
  private static let secondVillage = LinkedNodes.villages[1]

  /// A county and the nodes of two villages below it.
  private struct Three {
    let nodes: LinkedNodes
    let county: LinkedNode
    let villages: [LinkedNode]

    init() throws {
      nodes = try LinkedNodes()
      county = try nodes.open(LinkedNodes.county)
      villages = [
        try nodes.open(
          "registry://\(OfficeOutcomeTests.firstVillage)/node/main",
          serials: 5_000_001...5_000_100
        ),
        try nodes.open(
          "registry://\(OfficeOutcomeTests.secondVillage)/node/main",
          serials: 5_000_101...5_000_200
        ),
      ]
    }

    func settle() async throws {
      for village in villages {
        while try await village.link(to: county).exchangeOnce() {}
      }
    }

    func changes(_ node: LinkedNode, _ office: String = LinkedNodes.office) -> ChangeClient {
      ChangeClient(node.channel(as: office))
    }

    func committee(_ place: Int) -> ChangeClient {
      let code = [OfficeOutcomeTests.firstVillage, OfficeOutcomeTests.secondVillage][place]
      return changes(villages[place], "registry://\(code)/village-committee/p0101")
    }

    func file(_ serial: Int, at node: LinkedNode) async throws -> Household {
      try await node.households().getHousehold(
        GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(serial, member: 0)))
      )
    }

    /// The county moves a household to the second village.
    func move(_ household: Household) async throws {
      _ = try await changes(county).submitChange(
        SubmitChangeRequest(
          change: Change(
            household: household.id,
            baseVersion: household.version,
            reason: "搬迁",
            kind: .move(Move(location: Location(village: OfficeOutcomeTests.secondVillage)))
          )
        )
      )
    }

    /// A correction that the first village proposes.
    func propose(_ household: Household) async throws -> Proposal {
      var corrected = household
      corrected.contact?.telephone = "13811112222"
      let response = try await committee(0).submitChange(
        SubmitChangeRequest(
          change: Change(
            household: household.id,
            baseVersion: household.version,
            reason: "电话变更",
            kind: .correct(Correction(household: corrected, mask: ["contact.telephone"]))
          )
        )
      )
      return try #require(response.proposal)
    }

    func proposals(_ client: ChangeClient) async throws -> [Proposal] {
      try await client.listProposals(ListProposalsRequest()).proposals
    }

    /// A proposal as the first village has it, wherever its household is now.
    func told(_ proposal: Proposal) async throws -> Proposal {
      let view = try await villages[0].store.proposal(
        GetProposalRequest(id: proposal.id),
        scope: .system(reason: "test")
      )
      return try #require(view.proposal)
    }

    func check() async throws {
      for node in [county] + villages {
        let found = try await node.findings().map { "\($0.check) at \($0.place)" }
        #expect(found == [], "\(node.store.node)")
        await node.close()
      }
    }
  }

  @Test("A proposal's outcome goes to the village that proposed, not to where the household moved")
  func movedAway() async throws {
    let three = try Three()
    try await three.county.register(0..<1)
    try await three.settle()
    let proposal = try await three.propose(try await three.file(0, at: three.villages[0]))
    try await three.settle()
    let changes = three.changes(three.county)
    #expect(try await three.proposals(changes).map(\.id) == [proposal.id])
    try await three.move(try await three.file(0, at: three.county))
    _ = try await changes.settleProposal(
      SettleProposalRequest(
        id: proposal.id,
        baseVersion: proposal.version,
        verdict: .refuse,
        reason: "已搬迁"
      )
    )
    try await three.settle()
    let told = try await three.told(proposal)
    #expect(told.state == .refused && told.reason == "已搬迁" && told.baseHousehold == nil)
    #expect(try await three.proposals(three.committee(1)) == [])
    // The household itself came to the second village, where it is changed on.
    #expect(try await three.file(0, at: three.villages[1]).version == 2)
    try await three.check()
  }

  @Test("A proposal that the county does not take at all ends at the village")
  func refusedProposal() async throws {
    let three = try Three()
    try await three.county.register(0..<1)
    try await three.settle()
    // The village has not heard yet that the household left.
    try await three.move(try await three.file(0, at: three.county))
    let proposal = try await three.propose(try await three.file(0, at: three.villages[0]))
    try await three.settle()
    #expect(try await three.proposals(three.changes(three.county)) == [])
    let told = try await three.told(proposal)
    #expect(told.state == .refused && told.settledBy == LinkedNodes.county)
    #expect(try await three.proposals(three.committee(1)) == [])
    try await three.check()
  }

  @Test("A household that comes back to a village leaves no gap that a check finds")
  func movedBack() async throws {
    let three = try Three()
    try await three.county.register(0..<1)
    try await three.settle()
    try await three.move(try await three.file(0, at: three.county))
    var away = try await three.file(0, at: three.county)
    away.contact?.telephone = "13811113333"
    away = try await three.county.households().updateHousehold(
      UpdateHouseholdRequest(
        id: away.id,
        baseVersion: away.version,
        household: away,
        mask: ["contact.telephone"]
      )
    )
    _ = try await three.changes(three.county).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: away.id,
          baseVersion: away.version,
          reason: "迁回",
          kind: .move(Move(location: Location(village: Self.firstVillage)))
        )
      )
    )
    try await three.settle()
    #expect(try await three.file(0, at: three.villages[0]).version == 4)
    try await three.check()
  }

  @Test("A quota that the county does not take is not set at the township either")
  func refusedQuota() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let township = try nodes.open(
      "registry://421224100000/node/main",
      serials: 5_000_001...5_000_100
    )
    func policy(_ node: LinkedNode, _ office: String) -> PolicyClient {
      PolicyClient(node.channel(as: office))
    }
    while try await township.link(to: county).exchangeOnce() {}
    let period: UInt32 = 2026
    let prefecture = policy(county, "registry://421200/poverty-office/p0104")
    _ = try await prefecture.setQuotas(
      SetQuotasRequest(quotas: [Quota(division: "421224", period: period, people: 1_000)])
    )
    _ = try await policy(county, LinkedNodes.office).setQuotas(
      SetQuotasRequest(quotas: [Quota(division: "421224100000", period: period, people: 100)])
    )
    let government = policy(township, "registry://421224100000/township-government/p0102")
    let asked = [
      Quota(division: Self.firstVillage, period: period, people: 900),
      Quota(division: Self.secondVillage, period: period, people: 60),
    ]
    for quota in asked { _ = try await government.setQuotas(SetQuotasRequest(quotas: [quota])) }
    while try await township.link(to: county).exchangeOnce() {}
    for client in [government, policy(county, LinkedNodes.office)] {
      let held = try await client.listQuotas(
        ListQuotasRequest(division: "421224100000", period: period, breakdown: true)
      ).quotas
      let people = held.map { $0.quota.map { Int($0.people) } ?? 0 }
      #expect(people == [100, 0, 60], "\(held)")
    }
    for node in [county, township] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
      await node.close()
    }
  }

  @Test("Projects go to the offices that they concern, a township's own comes back as it became")
  func projects() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let place = "421224100000"
    let township = try nodes.open(
      "registry://\(place)/node/main",
      serials: 5_000_001...5_000_100
    )
    func settle() async throws {
      while try await township.link(to: county).exchangeOnce() {}
    }
    func record(
      _ node: LinkedNode,
      _ office: String,
      _ title: String,
      from known: PilotRecord? = nil,
      fen: Int64
    ) async throws -> PilotRecord {
      var record =
        known ?? PilotRecord(kind: "project", division: place, day: 20_101_201, title: title)
      record.need = 1
      record.figures = [
        PilotFigure(key: "fen", value: fen), PilotFigure(key: "households", value: 1),
      ]
      record.recordedAt = 0
      record.reason = known == nil ? "" : "更正"
      return try await PilotClient(node.channel(as: office))
        .setPilotRecord(SetPilotRecordRequest(record: try record.serializedBytes()))
    }
    func known(_ node: LinkedNode, _ office: String) async throws -> [[Int64]] {
      let records = try await PilotClient(node.channel(as: office))
        .listPilotRecords(ListPilotRecordsRequest(kind: "project")).records
      return records.sorted { $0.title < $1.title }
        .map { [Int64($0.version), $0.figures[0].value] }
    }
    let office = "registry://\(place)/township-government/p0101"
    try await settle()
    let theirs = try await record(county, LinkedNodes.office, "a", fen: 100)
    let own = try await record(township, office, "b", fen: 7)
    try await settle()
    #expect(try await known(township, office) == [[1, 100], [1, 7]])
    // Amended by the county, both; the township's next version goes on from there.
    _ = try await record(county, LinkedNodes.office, "a", from: theirs, fen: 90)
    let held = try await PilotClient(county.channel(as: LinkedNodes.office))
      .getPilotRecord(GetPilotRecordRequest(id: own.id))
    _ = try await record(county, LinkedNodes.office, "b", from: held, fen: 8)
    try await settle()
    #expect(try await known(township, office) == [[2, 90], [2, 8]])
    for (node, role) in [(township, StreamRole.orders), (county, .office)] {
      let streams = try await node.links().streams.filter { $0.role == role }
      #expect(!streams.isEmpty && streams.allSatisfy { $0.refused == 0 }, "\(streams)")
    }
    for node in [county, township] {
      #expect(try await node.findings() == [])
      await node.close()
    }
  }

  @Test("A village's pilot work is recorded at the county; what it may not record ends")
  func pilotWork() async throws {
    let three = try Three()
    let committee = "registry://\(Self.firstVillage)/village-committee/p0101"
    let client = PilotClient(three.villages[0].channel(as: committee))
    func record(_ title: String, day: Int32 = 20_101_201) async throws -> PilotRecord {
      let record = PilotRecord(
        kind: "publicity",
        division: Self.firstVillage,
        day: day,
        title: title,
        figures: [PilotFigure(key: "people.mobilised", value: 9)]
      )
      return try await client.setPilotRecord(
        SetPilotRecordRequest(record: try record.serializedBytes())
      )
    }
    let first = try await record("动员会")
    var second = first
    second.figures = [PilotFigure(key: "people.mobilised", value: 12)]
    second.reason = "更正"
    second.recordedAt = 0
    _ = try await client.setPilotRecord(
      SetPilotRecordRequest(record: try second.serializedBytes())
    )
    try await three.settle()
    let county = PilotClient(three.county.channel(as: LinkedNodes.office))
    let sums = try await county.summarizePilotWork(SummarizePilotWorkRequest()).sums
    #expect(sums.map(\.kind) == ["publicity"] && sums.first?.figures.first?.value == 12)
    // The other village's people record nothing in the name of this one's.
    _ = try await three.villages[0].store.writer.perform(weight: 1) { session in
      try session.append(
        open: try PilotRecord(
          id: Array(repeating: 5, count: 16),
          version: 1,
          kind: "publicity",
          division: Self.secondVillage,
          day: 20_101_201,
          title: "x",
          figures: [PilotFigure(key: "people.mobilised", value: 1_000)]
        ).serializedBytes(),
        EntryDraft(
          operation: .pilotRecorded,
          kind: .pilot,
          subject: try #require(Bytes16(Array(repeating: 5, count: 16))),
          versionBefore: 0,
          versionAfter: 1,
          prior: 0,
          actor: committee
        )
      )
    }
    try await three.settle()
    let after = try await county.summarizePilotWork(SummarizePilotWorkRequest()).sums
    #expect(after.first?.figures.first?.value == 12)
    try await three.check()
  }
}
