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

/// Budgets, allocations, disbursements, projects and findings over a county and its province.
struct FundsTests {
  private static let finance = "registry://421224/finance/p0003"
  private static let village = LinkedNodes.villages[0]

  /// Two linked nodes and their offices.
  private struct Pair {
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

  private func rules(_ call: () async throws -> PilotRecord) async -> [String] {
    do {
      _ = try await call()
      return []
    } catch let error as RPCError {
      let details = try? ErrorDetails(wireArray: error.details)
      let rules = details?.violations.map(\.rule) ?? ["\(error)"]
      return rules.isEmpty ? [details?.refusedBy ?? ""] : rules
    } catch { return ["\(error)"] }
  }

  @Test(
    "Never is more drawn than there is, and every fen is accounted for",
    arguments: TestDatabase.all
  )
  func ledger(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
    let (above, township) = (LinkedNodes.provinceOffice, "421224100000")
    let budget = try await pair.record(
      "budget",
      "420000",
      fen: 1_000,
      level: "province",
      as: above
    )
    let allocated = try await pair.record(
      "allocation",
      "421224",
      fen: 600,
      level: "province",
      of: budget,
      as: above
    )
    var found = await rules {
      try await pair.record(
        "allocation",
        "421223",
        fen: 401,
        level: "province",
        of: budget,
        as: above
      )
    }
    #expect(found == ["pilot.overdrawn"])
    found = await rules {
      try await pair.record("allocation", "421223", fen: 1, level: "state", of: budget, as: above)
    }
    #expect(found == ["pilot.of-level"])
    // The county does not know the allocation yet, and names it; it cannot draw on what is above.
    let received = try await pair.record(
      "funds-received",
      "421224",
      fen: 500,
      level: "province",
      of: allocated,
      as: Self.finance
    )
    found = await rules {
      try await pair.record("disbursement", "421224", fen: 1, level: "province", of: budget)
    }
    #expect(found == ["pilot.of"])
    let own = try await pair.record("budget", "421224", fen: 300, level: "county", as: Self.finance)
    let down = try await pair.record(
      "allocation",
      township,
      fen: 200,
      level: "province",
      of: received
    )
    let there = try await pair.record(
      "funds-received",
      township,
      fen: 150,
      level: "province",
      of: down
    )
    found = await rules {
      try await pair.record("funds-received", township, fen: 51, level: "province", of: down)
    }
    #expect(found == ["pilot.overdrawn"])
    found = await rules {
      try await pair.record("funds-received", "421224", fen: 1, level: "province", of: down)
    }
    #expect(found == ["pilot.of-division"])
    let paid = try await pair.record(
      "disbursement",
      Self.village,
      fen: 140,
      level: "province",
      of: there
    )
    try await pair.record("disbursement", "421224", fen: 250, level: "county", of: own)
    // What is drawn on cannot go, nor shrink below what is drawn; what it is of does not change.
    found = await rules { try await pair.amend(there) { $0.figures[0].value = 139 } }
    #expect(found == ["pilot.drawn"])
    found = await rules { try await pair.amend(received, as: Self.finance) { $0.withdrawn = true } }
    #expect(found == ["pilot.drawn"])
    found = await rules { try await pair.amend(paid) { $0.of = own.id } }
    #expect(found == ["pilot.links-fixed"])
    found = await rules { try await pair.amend(paid) { $0.figures[0].value = 151 } }
    #expect(found == ["pilot.overdrawn"])
    try await pair.amend(paid) { $0.figures[0].value = 145 }
    try await pair.amend(there) { $0.figures[0].value = 145 }
    #expect(
      try await pair.balance(as: LinkedNodes.office) == [
        "province": [0, 500, 0, 300, 55, 145], "county": [300, 0, 0, 50, 0, 250],
      ]
    )
    #expect(
      try await pair.balance(township, as: LinkedNodes.office) == [
        "province": [0, 0, 200, 0, 55, 145]
      ]
    )
    #expect(try await pair.balance(as: above) == ["province": [1_000, 0, 0, 400, 600, 0]])
    try await pair.settle()
    #expect(
      try await pair.balance(as: above) == [
        "province": [1_000, 0, 0, 700, 155, 145], "county": [300, 0, 0, 50, 0, 250],
      ]
    )
    #expect(
      try await pair.balance("421224", as: above) == [
        "province": [0, 0, 600, 300, 155, 145], "county": [300, 0, 0, 50, 0, 250],
      ]
    )
    // What arrived stands against what was allocated, although another node recorded it.
    found = await rules { try await pair.amend(allocated, as: above) { $0.figures[0].value = 499 } }
    #expect(found == ["pilot.drawn"])
    let drawn = try await pair.follow("budget", as: above)
    #expect(drawn.map { $0.sums.map(\.kind) } == [["allocation"], ["disbursement"]])
    #expect(drawn[0].sums[0].figures[0].value == 600)
    try await pair.check()
    await pair.close()
  }

  @Test("Of many who draw at once no more get than there is", arguments: TestDatabase.all)
  func race(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
    let budget = try await pair.record("budget", "421224", fen: 1_000, level: "county")
    let outcomes = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<30 {
        group.addTask {
          await rules {
            try await pair.record("disbursement", "421224", fen: 90, level: "county", of: budget)
          }
        }
      }
      return await group.reduce(into: [[String]]()) { $0.append($1) }
    }
    #expect(outcomes.count { $0.isEmpty } == 11)
    #expect(outcomes.count { $0 == ["pilot.overdrawn"] } == 19)
    let line = try await pair.balance(as: LinkedNodes.office)["county"]
    #expect(line == [1_000, 0, 0, 10, 0, 990])
    await pair.close()
  }

  @Test("What names no money on record, or more than it has, shows", arguments: TestDatabase.all)
  func doesNotClose(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
    let above = LinkedNodes.provinceOffice
    let budget = try await pair.record(
      "budget",
      "420000",
      fen: 100,
      level: "province",
      as: above
    )
    let allocated = try await pair.record(
      "allocation",
      "421224",
      fen: 100,
      level: "province",
      of: budget,
      as: above
    )
    // The county says that it received more than was sent: it cannot know before the two meet.
    let received = try await pair.record(
      "funds-received",
      "421224",
      fen: 130,
      level: "province",
      of: allocated
    )
    try await pair.settle()
    let client = PilotClient(pair.province.channel(as: above))
    var balance = try await client.getTrialBalance(GetTrialBalanceRequest())
    #expect(balance.findings.map(\.rule) == ["overdrawn"] && balance.findings[0].fen == 30)
    #expect(balance.findings[0].record == allocated.id && balance.lines[0].inTransit == -30)
    #expect(!balance.lines[0].closes && balance.findings[0].level == "province")
    // The county puts it right.
    try await pair.amend(received) { $0.figures[0].value = 100 }
    try await pair.settle()
    balance = try await client.getTrialBalance(GetTrialBalanceRequest())
    #expect(balance.findings.isEmpty && balance.lines[0].closes)
    #expect(balance.lines[0].undrawn == 100)
    // Withdrawn before its receipt comes: the money that the county has is nobody's.
    let second = try await pair.record(
      "budget",
      "420000",
      fen: 70,
      level: "province",
      as: above
    )
    let sent = try await pair.record(
      "allocation",
      "421224",
      fen: 70,
      level: "province",
      of: second,
      as: above
    )
    try await pair.record("funds-received", "421224", fen: 70, level: "province", of: sent)
    try await pair.amend(sent, as: above) { $0.withdrawn = true }
    try await pair.settle()
    balance = try await client.getTrialBalance(GetTrialBalanceRequest())
    #expect(balance.findings.map(\.rule) == ["allocation-withdrawn"])
    #expect(balance.findings[0].fen == 70 && !balance.lines[0].closes)
    // Whose money it is stays.
    let found = await rules { try await pair.amend(second, as: above) { $0.level = "society" } }
    #expect(found == ["pilot.links-fixed"])
    await pair.close()
  }

  @Test("A county is told of what is allocated to it", arguments: TestDatabase.all)
  func allocationsAreTold(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
    let above = LinkedNodes.provinceOffice
    let budget = try await pair.record(
      "budget",
      "420000",
      fen: 1_000,
      level: "province",
      as: above
    )
    func allocate(_ division: String, _ fen: Int64) async throws -> PilotRecord {
      try await pair.record(
        "allocation",
        division,
        fen: fen,
        level: "province",
        of: budget,
        as: above
      )
    }
    // Told of what there is when the two meet first, and of each that comes later.
    let first = try await allocate("421224", 100)
    try await pair.settle()
    let second = try await allocate("421224", 50)
    let others = try await allocate("421223", 70)
    try await pair.settle()
    let known = try await pair.list("allocation", as: LinkedNodes.office)
    #expect(known.map(\.id) == [first.id, second.id])
    // Before anything is received it is in transit to the county, here as there.
    let waiting: [String: [Int64]] = ["province": [0, 0, 150, 0, 150, 0]]
    #expect(try await pair.balance(as: LinkedNodes.office) == waiting)
    #expect(try await pair.balance("421224", as: above) == waiting)
    func receive(_ fen: Int64, of allocation: PilotRecord) async -> [String] {
      await rules {
        try await pair.record(
          "funds-received",
          "421224",
          fen: fen,
          level: "province",
          of: allocation
        )
      }
    }
    #expect(await receive(101, of: first) == ["pilot.overdrawn"])
    #expect(await receive(100, of: first) == [])
    #expect(await receive(1, of: first) == ["pilot.overdrawn"])
    // An allocation that is another county's is not on record here; the province sees that it does
    // not fit.
    #expect(await receive(70, of: others) == [])
    try await pair.settle()
    let client = PilotClient(pair.province.channel(as: above))
    var balance = try await client.getTrialBalance(GetTrialBalanceRequest())
    #expect(balance.findings.map(\.rule) == ["division"] && !balance.lines[0].closes)
    // One that was cut after it was told of.
    _ = try await pair.amend(second, as: above) { $0.figures[0].value = 20 }
    try await pair.settle()
    #expect(await receive(21, of: second) == ["pilot.overdrawn"])
    #expect(await receive(20, of: second) == [])
    let refused = await rules { try await pair.amend(first) { $0.withdrawn = true } }
    #expect(refused == ["exchange.owner"])
    balance = try await client.getTrialBalance(GetTrialBalanceRequest(division: "421224"))
    #expect(balance.lines[0].drawnFromOutside == 120)
    try await pair.check()
    await pair.close()
  }

  @Test("Money is drawn on by those whose it is, and budgets are of one's own level")
  func whoseMoney() async throws {
    let pair = try Pair(on: .sqlite)
    let above = LinkedNodes.provinceOffice
    // The county's office works at the province's node: a county without one of its own.
    let client = PilotClient(pair.province.channel(as: LinkedNodes.otherOffice))
    func record(
      _ kind: String,
      _ level: String,
      _ fen: Int64,
      of source: PilotRecord?
    ) async -> [String] {
      await rules {
        var record = PilotRecord(kind: kind, division: "421223", day: 20_101_201, title: kind)
        record.figures = [PilotFigure(key: "fen", value: fen)]
        record.level = level
        record.of = source?.id ?? []
        return try await client.setPilotRecord(
          SetPilotRecordRequest(record: try record.serializedBytes())
        )
      }
    }
    let budget = try await pair.record(
      "budget",
      "420000",
      fen: 1_000,
      level: "province",
      as: above
    )
    let sent = try await pair.record(
      "allocation",
      "421223",
      fen: 600,
      level: "province",
      of: budget,
      as: above
    )
    for kind in ["disbursement", "work-fund", "allocation"] {
      #expect(await record(kind, "province", 400, of: budget) == ["pilot.of-office"], "\(kind)")
    }
    #expect(await record("funds-received", "province", 600, of: sent) == [])
    #expect(await record("budget", "province", 1, of: nil) == ["pilot.own-level"])
    #expect(await record("budget", "state", 1, of: nil) == ["pilot.own-level"])
    for level in ["county", "society"] {
      #expect(await record("budget", level, 1, of: nil) == [], "\(level)")
    }
    await pair.close()
  }

  @Test("A past day's balance stays as it was", arguments: TestDatabase.all)
  func pastBalance(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let days: Int64 = 86_400
    func record(
      _ node: LinkedNode,
      _ office: String,
      _ kind: String,
      _ division: String,
      of source: [UInt8] = []
    ) async throws -> PilotRecord {
      var record = PilotRecord(kind: kind, division: division, day: 20_101_201, title: kind)
      record.figures = [PilotFigure(key: "fen", value: 100)]
      record.level = "state"
      record.of = source
      return try await PilotClient(node.channel(as: office))
        .setPilotRecord(SetPilotRecordRequest(record: try record.serializedBytes()))
    }
    // Three days ago a county's money was received, of an allocation that the province knew nothing of.
    let above = "registry://000000/poverty-office/p0001"
    let state = try nodes.open(LinkedNodes.state)
    let budget = try await record(state, above, "budget", "000000")
    let sent = try await record(state, above, "allocation", "421224", of: budget.id)
    let before = try nodes.open(LinkedNodes.province, clockAhead: -3 * days)
    _ = try await record(before, LinkedNodes.office, "funds-received", "421224", of: sent.id)
    await before.close()
    let province = try nodes.open(LinkedNodes.province)
    func balance(ago days: Int32) async throws -> TrialBalance {
      let day = Day(daysSince1970: Day(of: SystemClock.now()).daysSince1970 - days)
      return try await PilotClient(province.channel(as: LinkedNodes.provinceOffice))
        .getTrialBalance(GetTrialBalanceRequest(asOf: days == 0 ? 0 : Int32(day.yyyymmdd)))
    }
    let first = try await balance(ago: 1)
    #expect(first.findings.isEmpty && first.lines.map(\.receivedFromOutside) == [100])
    #expect(try await balance(ago: 4).lines.isEmpty)
    // Today the state tells of it.
    while try await province.link(to: state).exchangeOnce() {}
    #expect(try await balance(ago: 1) == first)
    let now = try await balance(ago: 0)
    #expect(now.lines.map(\.drawnFromOutside) == [100] && now.lines[0].closes)
    for node in [state, province] { await node.close() }
  }

  @Test("Projects take up needs that are there, each once", arguments: TestDatabase.all)
  func projects(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
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
      at division: String = FundsTests.village
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
    found = await rules { try await takeUp(households[0]) }
    #expect(found == ["pilot.once"])
    // Not of the project's kind; no such need; no such household; of another village.
    found = await rules { try await takeUp(households[1], need: 2) }
    #expect(found == ["pilot.project"])
    let other = try await pair.record("project", Self.village, fen: 1) {
      $0.need = 2
      $0.figures.append(PilotFigure(key: "households", value: 1))
    }
    let noNeed = await rules {
      try await pair.record("take-up", Self.village) {
        $0.project = other.id
        $0.household = households[1]
        $0.need = 2
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    #expect(noNeed == ["pilot.need"])
    // Of a project that is not on record, and where it is not.
    let unknown = await rules {
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
    let outside = await rules {
      try await pair.record("take-up", Self.village) {
        $0.project = narrow.id
        $0.household = households[1]
        $0.need = 1
        $0.figures = [PilotFigure(key: "households", value: 1)]
      }
    }
    #expect(outside == ["pilot.project-place"])
    found = await rules { try await takeUp([UInt8](repeating: 7, count: 16)) }
    #expect(found == ["pilot.household"])
    let elsewhere = await rules { try await takeUp(households[1], at: LinkedNodes.villages[1]) }
    #expect(elsewhere == ["pilot.household"])
    found = await rules { try await takeUp([]) }
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
    found = await rules {
      try await pair.record("disbursement", "421224", fen: 899_001, level: "county", of: money) {
        $0.project = project.id
      }
    }
    #expect(found == ["pilot.overdrawn"])
    let gift = try await pair.record("budget", "421224", fen: 5_000_000, level: "society")
    found = await rules {
      try await pair.record("disbursement", "421224", fen: 899_001, level: "society", of: gift) {
        $0.project = project.id
      }
    }
    #expect(found == ["pilot.project-funds"])
    for change: (inout PilotRecord) -> Void in [
      { $0.withdrawn = true }, { $0.figures[0].value = 999 },
    ] {
      found = await rules { try await pair.amend(project, change) }
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
    // Finance sees funds and no households, and no record of a single one; their sums it sees.
    #expect(try await pair.list("take-up", as: Self.finance) == [])
    let funded = try await pair.follow("project", as: Self.finance)
    #expect(funded.first { $0.record?.id == project.id }?.sums.first?.records == 2)
    let whole = try await pair.list("take-up", as: LinkedNodes.office)
    #expect(Set(whole.map(\.household)) == Set(households[0...1]))
    try await pair.check()
    await pair.close()
  }

  @Test("A county takes up needs for its province's project once it is told of it")
  func projectFromAbove() async throws {
    let pair = try Pair(on: .sqlite)
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
      await rules {
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
    let pair = try Pair(on: database)
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
    var found = await rules { try await pair.record("finding", Self.village, as: above) }
    #expect(found == ["pilot.of"])
    // The county puts the province's finding right under its id, once.
    let corrected = try await pair.record("correction", Self.village, of: made[0])
    let again = await rules { try await pair.record("correction", Self.village, of: made[0]) }
    #expect(again == ["pilot.once"])
    try await pair.settle()
    let open = try await pair.follow("finding", without: "correction", as: above)
    #expect(open.map { $0.record?.title } == ["公示照片缺失"])
    let all = try await pair.follow("finding", as: above)
    #expect(all.map { $0.sums.map(\.kind) } == [["correction"], []])
    try await pair.amend(corrected) { $0.withdrawn = true }
    try await pair.settle()
    #expect(try await pair.follow("finding", without: "correction", as: above).count == 2)
    found = await rules { try await pair.record("document", "421224", of: inspection) }
    #expect(found == ["pilot.no-link"])
    try await pair.check()
    await pair.close()
  }

  @Test("A partner offers help, and sees nothing of pilot work")
  func offers() async throws {
    let pair = try Pair(on: .sqlite)
    let partner = "registry://421224/partner/p0400"
    try await pair.record("offer", "421224", fen: 5_000_000, as: partner) { $0.need = 1 }
    let other = await rules { try await pair.record("document", "421224", as: partner) }
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
