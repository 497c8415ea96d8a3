import Foundation
import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestCertificates
import TestDatabases
import TestRegistry
import Testing

/// The report over a county that uploads, one that returns figures, and what was done at all levels.
struct ReportTests {
  private static let stateOffice = "registry://000000/poverty-office/p0001"

  /// A client of pilot work as an office, with a certificate that signs.
  private struct Desk {
    let client: PilotClient
    let key: SigningKey

    init(_ nodes: LinkedNodes, _ node: LinkedNode, _ office: String) throws {
      let identity = try #require(OfficeIdentity(uri: office))
      let leaf = try nodes.authority.issue(
        .office(identity.division.description, identity.kind.rawValue, identity.person)
      )
      key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
      client = PilotClient(
        node.channel(as: office, certificate: try LinkedNodes.der(leaf.chain))
      )
    }

    @discardableResult
    func record(
      _ kind: String,
      _ division: String,
      _ figures: [String: Int64] = [:],
      day: Int32 = 20_101_201,
      level: String = "",
      of source: PilotRecord? = nil,
      from: PilotRecord? = nil,
      reason: String = "",
      isWithdrawn: Bool = false
    ) async throws -> PilotRecord {
      var record = PilotRecord(kind: kind, division: division, day: day, title: kind)
      record.figures = figures.sorted { $0.key < $1.key }
        .map { PilotFigure(key: $0.key, value: $0.value) }
      record.level = level
      record.of = source?.id ?? []
      record.id = from?.id ?? []
      record.version = from?.version ?? 0
      record.reason = reason
      record.withdrawn = isWithdrawn
      var request = SetPilotRecordRequest(record: try record.serializedBytes())
      let list = SignedList([request.record], using: try SHA256Context())
      request.signature = StepSignature(value: try key.sign(list.signedOctets))
      return try await client.setPilotRecord(request)
    }
  }

  private func figures(
    _ node: LinkedNode,
    as office: String,
    _ request: GetReportRequest = GetReportRequest()
  ) async throws -> [String: Int64] {
    let report = try await StatisticsClient(node.channel(as: office)).getReport(request)
    let keys = Set(report.figures.map(\.key))
    #expect(keys.count == report.figures.count)
    for figure in report.figures where !figure.baseKey.isEmpty {
      #expect(keys.contains(figure.baseKey), "\(figure.key)")
    }
    return Dictionary(uniqueKeysWithValues: report.figures.map { ($0.key, $0.value) })
  }

  /// The reports of a division and of those below, by their codes.
  private func reports(
    _ node: LinkedNode,
    as office: String,
    _ level: DivisionLevel = .unspecified
  ) async throws -> [(String, [String: Int64])] {
    var found: [(String, [String: Int64])] = []
    let client = StatisticsClient(node.channel(as: office))
    for try await report in try await client.listReports(ListReportsRequest(level: level)) {
      let figures = report.figures.map { ($0.key, $0.value) }
      found.append((report.division?.code ?? "", Dictionary(uniqueKeysWithValues: figures)))
      #expect(report.notesEn.isEmpty == (found.count > 1))
    }
    return found
  }

  @Test(
    "Files, returns and work add up, at the province and at the state",
    arguments: TestDatabase.all
  )
  func addsUp(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let state = try nodes.open(LinkedNodes.state)
    func settle() async throws {
      var moved = true
      while moved {
        let up = try await county.link(to: province).exchangeOnce()
        moved = try await province.link(to: state).exchangeOnce() || up
      }
    }
    try await county.register(0..<5)
    let own = try Desk(nodes, county, LinkedNodes.office)
    try await own.record("rural-population", "421224", ["people.rural": 100])
    try await own.record("publicity", "421224100001", ["people.mobilised": 40])
    let training = try await own.record("training", "421224", ["courses": 2, "people.trained": 31])
    let above = try Desk(nodes, province, LinkedNodes.provinceOffice)
    try await above.record("assignment", "420000", ["counties": 3])
    for code in ["421223", "421224"] { try await above.record("pilot-county", code) }
    let funds = try await above.record("budget", "420000", ["fen": 9_000_00], level: "province")
    try await above.record(
      "work-fund",
      "420000",
      ["fen": 5_000_00],
      level: "province",
      of: funds
    )
    let gift = try await above.record("budget", "421224", ["fen": 1_000_00], level: "society")
    try await above.record("work-fund", "421224", ["fen": 1_000_00], level: "society", of: gift)
    // A county without a node of its own sends a signed return, and later another one.
    let other = try Desk(nodes, province, LinkedNodes.otherOffice)
    let told: [String: Int64] = [
      "people.poverty-object": 10, "people.dibao": 20, "people.both": 30,
      "people.five-guarantee": 4, "people.rural": 900,
    ]
    try await other.record("return", "421223", told.merging(["people.dibao": 1]) { $1 })
    try await other.record("return", "421223", told, day: 20_101_215)
    try await other.record("rural-population", "421223", ["people.rural": 900])
    try await settle()
    let found = try await figures(province, as: LinkedNodes.provinceOffice)
    #expect(found["counties.key"] == 1 && found["counties.pilot"] == 2)
    #expect(found["counties.assigned"] == 3 && found["provinces.pilot"] == 1)
    #expect(found["counties.pilot.key"] == 1 && found["counties.uploaded"] == 1)
    #expect(found["counties.uploaded.key"] == 1 && found["counties.returned"] == 1)
    #expect(found["rural.pilot.people"] == 1_000 && found["rural.people"] == 100)
    #expect(found["identified.people"] == 15 + 64 && found["identified.returned.people"] == 64)
    #expect(found["identified.dibao.people"] == 20 && found["registered.people"] == 15)
    #expect(found["identified.poverty-object.people"] == 25)
    #expect(found["below-line.of-rural.people"] == found["below-line.people"])
    #expect(found["work.publicity.people.mobilised"] == 40)
    #expect(found["work.training.people.trained"] == 31 && found["work.training"] == 1)
    #expect(found["work.work-fund.fen"] == 6_000_00)
    #expect(found["work.work-fund.fen.province"] == 5_000_00)
    var above1 = found
    above1["counties.assigned"] = nil
    // The state has the same of its one province, but what that one assigned itself.
    var nation = try await figures(state, as: Self.stateOffice)
    nation["counties.assigned"] = nil
    #expect(nation == above1)
    let broken = try await reports(state, as: Self.stateOffice)
    #expect(broken.map(\.0) == ["000000", "420000", "430000"])
    #expect(broken.map { $0.1["identified.people"] } == [79, 79, 0])
    // Of each level below, all of its figures.
    let counties = try await reports(state, as: Self.stateOffice, .county)
    #expect(counties.map(\.0) == ["000000", "421223", "421224"])
    #expect(counties.map { $0.1["identified.people"] } == [79, 64, 15])
    #expect(counties[2].1["work.work-fund.fen.society"] == 1_000_00)
    let villages = try await reports(state, as: Self.stateOffice, .village)
    #expect(villages.compactMap { $0.1["registered.people"] }.reduce(0, +) == 30)
    #expect(villages.compactMap { $0.1["work.publicity.people.mobilised"] } == [40, 40])
    await #expect { _ = try await reports(county, as: LinkedNodes.office, .province) } throws: {
      ($0 as? RPCError)?.code == .invalidArgument
    }
    // A later version counts in the place of the one before; a withdrawn record does not.
    try await own.record(
      "training",
      "421224",
      ["courses": 3, "people.trained": 50],
      from: training,
      reason: "补报"
    )
    try await settle()
    #expect(
      try await figures(state, as: Self.stateOffice)["work.training.people.trained"] == 50
    )
    try await own.record(
      "training",
      "421224",
      ["courses": 3, "people.trained": 50],
      from: PilotRecord(id: training.id, version: 2),
      reason: "重复",
      isWithdrawn: true
    )
    try await settle()
    let last = try await figures(state, as: Self.stateOffice)
    #expect(last["work.training"] == nil)
    for node in [county, province, state] {
      #expect(try await node.findings().map { "\($0.check) at \($0.place)" } == [])
      await node.close()
    }
  }

  @Test("What is wrong with a record is told by field and rule")
  func refusals() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let own = try Desk(nodes, county, LinkedNodes.office)
    func rules(_ call: () async throws -> PilotRecord) async -> [String] {
      do {
        _ = try await call()
        return []
      } catch {
        let details = (error as? RPCError).flatMap { try? ErrorDetails(wireArray: $0.details) }
        return (details?.violations ?? []).map { "\($0.field) \($0.rule)" }
      }
    }
    #expect(await rules { try await own.record("picnic", "421224") } == ["kind pilot.kind"])
    #expect(
      await rules { try await own.record("training", "421224", ["courses": -1, "x": 3]) } == [
        "figures.courses pilot.figure-value", "figures.x pilot.figure-unknown",
        "figures.people.trained pilot.figure-missing",
      ]
    )
    #expect(
      await rules { try await own.record("pilot-county", "421224") } == ["kind pilot.setter"]
    )
    #expect(
      await rules { try await own.record("work-fund", "421224", ["fen": 1]) } == [
        "level pilot.level", "of pilot.of",
      ]
    )
    #expect(
      await rules { try await own.record("meeting", "421224", day: 21_000_101) } == [
        "day pilot.day"
      ]
    )
    // A return without its signature, and one that another office signed.
    var record = PilotRecord(kind: "return", division: "421224", day: 20_101_201, title: "月报")
    record.figures = [
      "people.both", "people.dibao", "people.five-guarantee", "people.poverty-object",
      "people.rural",
    ].map { PilotFigure(key: $0, value: $0 == "people.rural" ? 4 : 1) }
    let request = SetPilotRecordRequest(record: try record.serializedBytes())
    #expect(
      await rules { try await own.client.setPilotRecord(request) } == [
        "signature pilot.signature"
      ]
    )
    await #expect {
      _ = try await own.record("meeting", "421223")
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    // A school office says what it delivered, and issues no documents.
    let school = try Desk(nodes, county, "registry://421224/education/p0100")
    let delivered: [String: Int64] = ["households": 40, "people": 44, "fen": 2_000_000]
    try await school.record("delivery", "421224", delivered)
    #expect(
      await rules { try await school.record("document", "421224") } == ["kind pilot.office"]
    )
    #expect(
      await rules { try await own.record("delivery", "421224", delivered) } == [
        "kind pilot.office"
      ]
    )
    let report = try await figures(county, as: LinkedNodes.office)
    #expect(report["work.delivery.people"] == 44 && report["work.delivery.fen"] == 2_000_000)
    let made = try await own.record("meeting", "421224", ["participants": 12])
    // A village may record what it does; what the county recorded it leaves alone.
    let about = try await own.record("meeting", "421224100001", ["participants": 5])
    let committee = "registry://421224100001/village-committee/p0101"
    let village = try Desk(nodes, county, committee)
    await #expect {
      try await village.record(
        "meeting",
        "421224100001",
        from: PilotRecord(id: about.id, version: 1),
        reason: "x"
      )
    } throws: { error in
      let details = (error as? RPCError).flatMap { try? ErrorDetails(wireArray: $0.details) }
      return details?.refusedBy == "pilot.recorder"
    }
    let theirs = try await village.record("meeting", "421224100001", ["participants": 6])
    try await own.record(
      "meeting",
      "421224100001",
      from: PilotRecord(id: theirs.id, version: 1),
      reason: "更正",
      isWithdrawn: true
    )
    await #expect {
      _ = try await own.record(
        "meeting",
        "421224",
        from: PilotRecord(id: made.id, version: 7),
        reason: "x"
      )
    } throws: { ($0 as? RPCError)?.code == .aborted }
    await county.close()
  }

  @Test("A return that does not add up is refused")
  func returnsAddUp() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let own = try Desk(nodes, county, LinkedNodes.office)
    let told: [String: Int64] = [
      "people.poverty-object": 10, "people.dibao": 20, "people.both": 30,
      "people.five-guarantee": 4, "people.rural": 900, "people.registered": 64,
      "people.below-line": 60,
    ]
    for (key, value) in [
      ("people.rural", 63), ("people.registered", 65), ("people.registered", 59),
      ("people.below-line", 65),
    ] {
      await #expect {
        try await own.record("return", "421224", told.merging([key: Int64(value)]) { $1 })
      } throws: { error in
        let details = (error as? RPCError).flatMap { try? ErrorDetails(wireArray: $0.details) }
        return details?.violations.map(\.rule) == ["pilot.returned"]
      }
    }
    try await own.record("return", "421224", told)
    await county.close()
  }

  @Test("A linked county's return stands until its files come; its population counts either way")
  func returnsOfLinkedCounties() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let own = try Desk(nodes, county, LinkedNodes.office)
    let told: [String: Int64] = [
      "people.poverty-object": 10, "people.dibao": 20, "people.both": 30,
      "people.five-guarantee": 4, "people.rural": 900,
    ]
    try await own.record("return", "421224", told)
    func found() async throws -> [String: Int64] {
      while try await county.link(to: province).exchangeOnce() {}
      return try await figures(province, as: LinkedNodes.provinceOffice)
    }
    var report = try await found()
    #expect(report["counties.uploaded"] == 0 && report["counties.returned"] == 1)
    #expect(report["identified.people"] == 64 && report["rural.people"] == nil)
    try await county.register(0..<2)
    report = try await found()
    #expect(report["counties.uploaded"] == 1 && report["counties.returned"] == 0)
    #expect(report["identified.people"] == 6 && report["rural.people"] == 900)
    // A population of a later day goes before the return's.
    try await own.record("rural-population", "421224", ["people.rural": 950], day: 20_101_202)
    #expect(try await found()["rural.people"] == 950)
    for node in [county, province] { await node.close() }
  }

  @Test("What is identified outside the pilot counties has no share in their population")
  func outsidePilotCounties() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<2)
    while try await county.link(to: province).exchangeOnce() {}
    let above = try Desk(nodes, province, LinkedNodes.provinceOffice)
    for code in ["421223", "421224"] {
      try await above.record("rural-population", code, ["people.rural": 500])
    }
    // As long as no county is known to be one, all are counted.
    var found = try await figures(province, as: LinkedNodes.provinceOffice)
    #expect(found["identified.people"] == 6 && found["counties.uploaded"] == 1)
    #expect(found["counties.outside"] == nil)
    try await above.record("pilot-county", "421223")
    found = try await figures(province, as: LinkedNodes.provinceOffice)
    #expect(found["identified.people"] == 0 && found["identified.outside.people"] == 6)
    #expect(found["counties.uploaded"] == 0 && found["counties.outside"] == 1)
    #expect(found["rural.pilot.people"] == 500 && found["rural.people"] == 500)
    #expect(found["registered.people"] == 6)
    let other = try Desk(nodes, province, LinkedNodes.otherOffice)
    let told: [String: Int64] = [
      "people.poverty-object": 10, "people.dibao": 20, "people.both": 30,
      "people.five-guarantee": 4, "people.rural": 600,
    ]
    try await other.record("return", "421223", told, day: 20_101_231)
    found = try await figures(province, as: LinkedNodes.provinceOffice)
    #expect(found["identified.people"] == 64 && found["identified.outside.people"] == 6)
    #expect(found["rural.pilot.people"] == 600)
    for node in [county, province] { await node.close() }
  }

  @Test("What comes back to a restored node counts from when it was recorded")
  func restoredNode() async throws {
    let nodes = try LinkedNodes()
    let days: Int64 = 86_400
    let province = try nodes.open(LinkedNodes.province)
    func file(_ name: String) -> String { nodes.folder.appendingPathComponent(name).path }
    func work(_ ago: Int64, _ serials: Range<Int>, people: Int64) async throws {
      let county = try nodes.open(LinkedNodes.county, clockAhead: -ago * days)
      try await county.register(serials)
      let desk = try Desk(nodes, county, LinkedNodes.office)
      try await desk.record("publicity", "421224", ["people.mobilised": people])
      while try await county.link(to: province).exchangeOnce() {}
      await county.close()
    }
    try await work(4, 0..<1, people: 5)
    try RegistryStore.copy(database: file("421224.db"), to: file("old.db"))
    for suffix in [".key", ".signing.pem"] {
      try FileManager.default.copyItem(
        atPath: file("421224.db\(suffix)"),
        toPath: file("old.db\(suffix)")
      )
    }
    try await work(3, 1..<3, people: 7)
    try await work(2, 3..<6, people: 11)
    func past(_ node: LinkedNode) async throws -> [[Int64?]] {
      var found: [[Int64?]] = []
      for ago in 1...5 {
        let day = Day(daysSince1970: Day(of: SystemClock.now()).daysSince1970 - Int32(ago))
        let one = try await figures(
          node,
          as: LinkedNodes.office,
          GetReportRequest(asOf: Int32(day.yyyymmdd))
        )
        found.append([one["registered.households"], one["work.publicity.people.mobilised"]])
      }
      return found
    }
    let before = try nodes.open(LinkedNodes.county)
    let said = try await past(before)
    #expect(said == [[6, 23], [6, 23], [3, 12], [1, 5], [0, nil]])
    await before.close()
    let restored = try nodes.open(LinkedNodes.county, file: "old")
    while try await restored.link(to: province).exchangeOnce() {}
    #expect(try await past(restored) == said)
    #expect(try await restored.findings().map { "\($0.check) at \($0.place)" } == [])
    for node in [restored, province] { await node.close() }
  }

  @Test("A report of a past day says what was known by its close, whenever it is asked")
  func pastDay() async throws {
    let nodes = try LinkedNodes()
    // Two days ago by its clock, then today.
    let before = try nodes.open(LinkedNodes.county, clockAhead: -2 * 86_400)
    try await before.register(0..<2)
    let early = try Desk(nodes, before, LinkedNodes.office)
    try await early.record("publicity", "421224", ["people.mobilised": 7])
    await before.close()
    let now = try nodes.open(LinkedNodes.county)
    func past() async throws -> [String: Int64] {
      let day = Day(
        daysSince1970: Day(of: SystemClock.now()).daysSince1970 - 1
      )
      let request = GetReportRequest(asOf: Int32(day.yyyymmdd))
      return try await figures(now, as: LinkedNodes.office, request)
    }
    let first = try await past()
    #expect(first["registered.households"] == 2 && first["work.publicity.people.mobilised"] == 7)
    try await now.register(2..<5)
    let late = try Desk(nodes, now, LinkedNodes.office)
    try await late.record("publicity", "421224", ["people.mobilised": 100])
    #expect(try await past() == first)
    let present = try await figures(now, as: LinkedNodes.office)
    #expect(present["registered.households"] == 5)
    #expect(present["work.publicity.people.mobilised"] == 107)
    await #expect {
      _ = try await figures(
        now,
        as: LinkedNodes.office,
        GetReportRequest(asOf: Int32(Day(of: SystemClock.now()).yyyymmdd))
      )
    } throws: { ($0 as? RPCError)?.code == .invalidArgument }
    await now.close()
  }
}
