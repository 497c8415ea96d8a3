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

/// Projects, findings of inspections and offers of help over a county and its province.
struct SupportTests {
  private static let finance = "registry://421224/finance/p0003"
  private static let village = LinkedNodes.villages[0]

  @Test("Projects take up needs that are there, each once", arguments: TestDatabase.all)
  func projects(on database: TestDatabase) async throws {
    let pair = try PilotPair(on: database)
    try await pair.county.register(0..<3)
    let summaries = try await pair.county.households()
      .searchHouseholds(SearchHouseholdsRequest()).households
    let households = summaries.map(\.id)
    let project = try await pair.record("project", "421224100000", fen: 900_000) {
      $0.need = 1
      $0.unit = "亩"
      $0.figures.append(PilotFigure(key: "households", value: 3))
    }
    @discardableResult
    func takeUp(
      _ household: [UInt8],
      need: UInt32 = 1,
      at division: String = SupportTests.village
    ) async throws -> PilotRecord {
      try await pair.record("take-up", division) {
        $0.project = project.id
        $0.household = household
        $0.need = need
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    var found: [String]
    let taken = try await takeUp(households[0])
    #expect(taken.figures.first { $0.key == "fen" }?.value == 500_000)
    found = await rulesBroken { try await takeUp(households[0]) }
    #expect(found == ["pilot.once"])
    // Not of the project's kind; no such need; no such household; of another village.
    found = await rulesBroken { try await takeUp(households[1], need: 2) }
    #expect(found == ["pilot.project"])
    let other = try await pair.record("project", Self.village, fen: 1) {
      $0.need = 2
      $0.figures.append(PilotFigure(key: "households", value: 1))
    }
    let noNeed = await rulesBroken {
      try await pair.record("take-up", Self.village) {
        $0.project = other.id
        $0.household = households[1]
        $0.need = 2
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    #expect(noNeed == ["pilot.need"])
    // Of a project that is not on record, and where it is not.
    let unknown = await rulesBroken {
      try await pair.record("take-up", Self.village) {
        $0.project = [UInt8](repeating: 9, count: 16)
        $0.household = households[1]
        $0.need = 1
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    #expect(unknown == ["pilot.project"])
    let narrow = try await pair.record("project", LinkedNodes.villages[1], fen: 1) {
      $0.need = 1
      $0.figures.append(PilotFigure(key: "households", value: 1))
    }
    let outside = await rulesBroken {
      try await pair.record("take-up", Self.village) {
        $0.project = narrow.id
        $0.household = households[1]
        $0.need = 1
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    #expect(outside == ["pilot.project-place"])
    found = await rulesBroken { try await takeUp([UInt8](repeating: 7, count: 16)) }
    #expect(found == ["pilot.household"])
    let elsewhere = await rulesBroken {
      try await takeUp(households[1], at: LinkedNodes.villages[1])
    }
    #expect(elsewhere == ["pilot.household"])
    found = await rulesBroken { try await takeUp([]) }
    #expect(found == ["pilot.household"])
    // Given up, the need is free again; the project cannot take it up under a changed name.
    try await pair.amend(taken) { $0.withdrawn = true }
    try await takeUp(households[0])
    try await takeUp(households[1])
    let money = try await pair.record("budget", "421224", fen: 600_000, level: "county")
    try await pair.record("disbursement", Self.village, fen: 1_000, level: "county", of: money) {
      $0.project = project.id
    }
    // No more than its investment, which then does not fall below; nor is it withdrawn.
    found = await rulesBroken {
      try await pair.record("disbursement", "421224", fen: 899_001, level: "county", of: money) {
        $0.project = project.id
      }
    }
    #expect(found == ["pilot.overdrawn"])
    let gift = try await pair.record("budget", "421224", fen: 5_000_000, level: "society")
    found = await rulesBroken {
      try await pair.record("disbursement", "421224", fen: 899_001, level: "society", of: gift) {
        $0.project = project.id
      }
    }
    #expect(found == ["pilot.project-funds"])
    for change: (inout PilotRecord) -> Void in [
      { $0.withdrawn = true }, { $0.figures[0].value = 999 },
    ] {
      found = await rulesBroken { try await pair.amend(project, change) }
      #expect(found == ["pilot.project-funds"])
    }
    try await pair.settle()
    for office in [LinkedNodes.office, LinkedNodes.provinceOffice] {
      let followed = try await pair.follow("project", as: office)
      let sums = try #require(followed.first { $0.record?.id == project.id }).sums
      #expect(sums.map(\.kind) == ["take-up", "disbursement"])
      #expect(sums[0].records == 2 && sums[0].figures.first { $0.key == "fen" }?.value == 1_000_000)
      #expect(sums[1].figures.map(\.value) == [1_000])
    }
    // A need is taken up whole or in part, one household at a time.
    for change: (inout PilotRecord) -> Void in [
      { $0.figures = [PilotFigure(key: "households", value: 7)] },
      { $0.figures.append(PilotFigure(key: "fen", value: 500_001)) },
    ] {
      found = await rulesBroken {
        try await pair.record("take-up", Self.village) {
          $0.project = project.id
          $0.household = households[2]
          $0.need = 1
          $0.figures = [PilotFigure(key: "households", value: 1)]
          change(&$0)
        }
      }
      #expect(found == ["pilot.need-exceeded"])
    }
    found = await rulesBroken { try await pair.amend(project) { $0.divisions = ["421224101000"] } }
    #expect(found == ["pilot.division-unknown"] || found == ["pilot.links-fixed"], "\(found)")
    // A village in the project's area reads it; of another county nobody does.
    let committee = "registry://\(Self.village)/village-committee/p0101"
    let request = GetPilotRecordRequest(id: project.id)
    let read = try await PilotClient(pair.county.channel(as: committee)).getPilotRecord(request)
    #expect(read.need == 1 && read.recordedAt > 0)
    await #expect {
      _ = try await PilotClient(pair.county.channel(as: LinkedNodes.otherOffice))
        .getPilotRecord(request)
    } throws: { ($0 as? RPCError)?.code == .notFound }
    // Two needs taken up are not told to who sees no households, nor what is in one village.
    let money2 = PilotClient(pair.county.channel(as: Self.finance))
    let sums = try await money2.summarizePilotWork(SummarizePilotWorkRequest()).sums
    #expect(sums.map(\.kind).contains("project") && !sums.map(\.kind).contains("take-up"))
    await #expect {
      _ = try await money2.summarizePilotWork(SummarizePilotWorkRequest(division: Self.village))
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    // Finance sees funds and no households, no record of a single one, and no sum of so few.
    #expect(try await pair.list("take-up", as: Self.finance) == [])
    let funded = try await pair.follow("project", as: Self.finance)
    #expect(funded.first { $0.record?.id == project.id }?.sums.map(\.kind) == ["disbursement"])
    let whole = try await pair.list("take-up", as: LinkedNodes.office)
    #expect(Set(whole.map(\.household)) == Set(households[0...1]))
    try await pair.check()
    await pair.close()
  }

  @Test("A county takes up needs for its province's project once it is told of it")
  func projectFromAbove() async throws {
    let pair = try PilotPair(on: .sqlite)
    try await pair.county.register(0..<2)
    let household = try await pair.county.households()
      .searchHouseholds(SearchHouseholdsRequest()).households[0].id
    let project = try await pair.record(
      "project",
      "421224",
      fen: 900_000,
      as: LinkedNodes.provinceOffice
    ) {
      $0.need = 1
      $0.unit = "亩"
      $0.figures.append(PilotFigure(key: "households", value: 3))
    }
    func takeUp() async -> [String] {
      await rulesBroken {
        try await pair.record("take-up", Self.village) {
          $0.project = project.id
          $0.household = household
          $0.need = 1
          $0.figures = [PilotFigure(key: "households", value: 1)]
        }
      }
    }
    #expect(await takeUp() == ["pilot.project"])
    try await pair.settle()
    #expect(await takeUp() == [])
    try await pair.settle()
    let followed = try await pair.follow("project", as: LinkedNodes.provinceOffice)
    #expect(followed.map { $0.sums.map(\.kind) } == [["take-up"]])
    // Counted once on either side: the county has a copy of the record.
    for (node, office) in [
      (pair.county, LinkedNodes.office), (pair.province, LinkedNodes.provinceOffice),
    ] {
      let report = try await StatisticsClient(node.channel(as: office))
        .getReport(GetReportRequest())
      #expect(report.figures.first { $0.key == "work.project" }?.value == 1)
    }
    try await pair.check()
    await pair.close()
  }

  @Test("Findings of inspections are followed to their correction", arguments: TestDatabase.all)
  func findings(on database: TestDatabase) async throws {
    let pair = try PilotPair(on: database)
    let above = LinkedNodes.provinceOffice
    let inspection = try await pair.record("inspection", "421224", as: above) {
      $0.figures = [
        PilotFigure(key: "households.sampled", value: 30), PilotFigure(key: "faults", value: 2),
      ]
    }
    var made: [PilotRecord] = []
    for name in ["收入核实不足", "公示照片缺失"] {
      made.append(
        try await pair.record("finding", Self.village, of: inspection, as: above) {
          $0.title = name
        }
      )
    }
    var found = await rulesBroken { try await pair.record("finding", Self.village, as: above) }
    #expect(found == ["pilot.of"])
    // The county puts the province's finding right under its id, once.
    let corrected = try await pair.record("correction", Self.village, of: made[0])
    let again = await rulesBroken { try await pair.record("correction", Self.village, of: made[0]) }
    #expect(again == ["pilot.once"])
    try await pair.settle()
    let open = try await pair.follow("finding", without: "correction", as: above)
    #expect(open.map { $0.record?.title } == ["公示照片缺失"])
    let all = try await pair.follow("finding", as: above)
    #expect(all.map { $0.sums.map(\.kind) } == [["correction"], []])
    try await pair.amend(corrected) { $0.withdrawn = true }
    try await pair.settle()
    #expect(try await pair.follow("finding", without: "correction", as: above).count == 2)
    // What others go back to is not withdrawn before them.
    found = await rulesBroken {
      try await pair.amend(inspection, as: above) { $0.withdrawn = true }
    }
    #expect(found == ["pilot.named"])
    found = await rulesBroken { try await pair.record("document", "421224", of: inspection) }
    #expect(found == ["pilot.no-link"])
    try await pair.check()
    await pair.close()
  }

  @Test("A partner offers help, and sees nothing of pilot work")
  func offers() async throws {
    let pair = try PilotPair(on: .sqlite)
    let partner = "registry://421224/partner/p0400"
    try await pair.record("offer", "421224", fen: 5_000_000, as: partner) { $0.need = 1 }
    let other = await rulesBroken { try await pair.record("document", "421224", as: partner) }
    #expect(other.contains("pilot.office"))
    let client = PilotClient(pair.county.channel(as: partner))
    // Of all that is recorded it sees its own offers, which it can amend and withdraw.
    try await pair.record("meeting", "421224")
    let own = try await client.listPilotRecords(ListPilotRecordsRequest()).records
    #expect(own.map(\.kind) == ["offer"])
    try await pair.amend(own[0], as: partner) { $0.figures[0].value = 6_000_000 }
    try await pair.amend(own[0], as: partner) {
      ($0.version, $0.withdrawn) = (2, true)
    }
    try await pair.record("offer", "421224", fen: 7_000_000, as: partner) { $0.need = 1 }
    let other2 = PilotClient(pair.county.channel(as: "registry://421224/partner/p0402"))
    #expect(try await other2.listPilotRecords(ListPilotRecordsRequest()).records.isEmpty)
    let refused = await rulesBroken {
      var record = own[0]
      (record.version, record.reason, record.recordedAt) = (3, "x", 0)
      return try await other2.setPilotRecord(
        SetPilotRecordRequest(record: try record.serializedBytes())
      )
    }
    #expect(refused == ["pilot.recorder"])
    await #expect(throws: RPCError.self) {
      try await client.summarizePilotWork(SummarizePilotWorkRequest())
    }
    await #expect(throws: RPCError.self) {
      try await client.followPilotRecords(FollowPilotRecordsRequest(kind: "offer"))
    }
    await #expect(throws: RPCError.self) {
      try await client.getTrialBalance(GetTrialBalanceRequest())
    }
    #expect(try await pair.list("offer", as: LinkedNodes.office).map(\.recordedBy) == [partner])
    await pair.close()
  }
}
