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

/// Budgets, allocations and disbursements over a county and its province.
struct FundsTests {
  private static let finance = "registry://421224/finance/p0003"
  private static let village = LinkedNodes.villages[0]

  @Test(
    "Never is more drawn than there is, and every fen is accounted for",
    arguments: TestDatabase.all
  )
  func ledger(on database: TestDatabase) async throws {
    let pair = try PilotPair(on: database)
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
    var found = await rulesBroken {
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
    found = await rulesBroken {
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
    found = await rulesBroken {
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
    found = await rulesBroken {
      try await pair.record("funds-received", township, fen: 51, level: "province", of: down)
    }
    #expect(found == ["pilot.overdrawn"])
    found = await rulesBroken {
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
    found = await rulesBroken { try await pair.amend(there) { $0.figures[0].value = 139 } }
    #expect(found == ["pilot.drawn"])
    found = await rulesBroken {
      try await pair.amend(received, as: Self.finance) { $0.withdrawn = true }
    }
    #expect(found == ["pilot.drawn"])
    found = await rulesBroken { try await pair.amend(paid) { $0.of = own.id } }
    #expect(found == ["pilot.links-fixed"])
    found = await rulesBroken { try await pair.amend(paid) { $0.figures[0].value = 151 } }
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
    found = await rulesBroken {
      try await pair.amend(allocated, as: above) { $0.figures[0].value = 499 }
    }
    #expect(found == ["pilot.drawn"])
    let drawn = try await pair.follow("budget", as: above)
    #expect(drawn.map { $0.sums.map(\.kind) } == [["allocation"], ["disbursement"]])
    #expect(drawn[0].sums[0].figures[0].value == 600)
    try await pair.check()
    await pair.close()
  }

  @Test("Of many who draw at once no more get than there is", arguments: TestDatabase.all)
  func race(on database: TestDatabase) async throws {
    let pair = try PilotPair(on: database)
    let budget = try await pair.record("budget", "421224", fen: 1_000, level: "county")
    let outcomes = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<30 {
        group.addTask {
          await rulesBroken {
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
    let pair = try PilotPair(on: database)
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
    let found = await rulesBroken {
      try await pair.amend(second, as: above) { $0.level = "society" }
    }
    #expect(found == ["pilot.links-fixed"])
    await pair.close()
  }

  @Test("A county is told of what is allocated to it", arguments: TestDatabase.all)
  func allocationsAreTold(on database: TestDatabase) async throws {
    let pair = try PilotPair(on: database)
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
      await rulesBroken {
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
    let refused = await rulesBroken { try await pair.amend(first) { $0.withdrawn = true } }
    #expect(refused == ["exchange.owner"])
    balance = try await client.getTrialBalance(GetTrialBalanceRequest(division: "421224"))
    #expect(balance.lines[0].drawnFromOutside == 120)
    try await pair.check()
    await pair.close()
  }

  @Test("Money is drawn on by those whose it is, and budgets are of one's own level")
  func whoseMoney() async throws {
    let pair = try PilotPair(on: .sqlite)
    let above = LinkedNodes.provinceOffice
    // The county's office works at the province's node: a county without one of its own.
    let client = PilotClient(pair.province.channel(as: LinkedNodes.otherOffice))
    func record(
      _ kind: String,
      _ level: String,
      _ fen: Int64,
      of source: PilotRecord?
    ) async -> [String] {
      await rulesBroken {
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
}
