import Exchange
import Foundation
import Journal
import Logging
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryServer
import RegistryStore
import TestCertificates
import TestRegistry
import Testing

/// The nation of the 2010 progress report at 1:1000: 949 pilot counties in 28 provinces, of which 565
/// have nodes of their own and upload through their provinces, and 384 send signed returns. All people
/// are generated and marked so.
@Suite(.timeLimit(.minutes(15))) struct NationTests {
  /// What the report of 2010 says, in thousands of people.
  private static let identified: [(key: String, people: Int)] = [
    ("people.poverty-object", 32_505), ("people.dibao", 8_238), ("people.both", 11_467),
    ("people.five-guarantee", 1_380),
  ]
  private static let ruralOfPilot = 343_200
  private static let ruralOfUploaded = 232_500
  /// Households of three and of four: 34,878 people. Of these 23,248 are below the national line.
  private static let (threes, fours) = (5_122, 4_878)
  private static let (threesBelow, foursBelow) = (1_248, 4_876)
  /// Main causes of 10,000 households, by the code of the form's list.
  private static let causes: [(code: UInt32, households: Int)] = [
    (9, 3_310), (1, 2_550), (8, 750), (7, 700), (2, 600), (4, 630), (3, 460), (12, 1_000),
  ]

  /// The list of counties: real codes of 2010, chosen here; which were pilot counties is not known.
  private struct Counties {
    let names: [String: (name: String, parent: String)]
    let key: Set<String>
    /// The pilot counties; those that upload come first.
    let pilot: [String]
    let uploaded: [String]

    init(_ root: URL) throws {
      func rows(_ file: String) throws -> [[String]] {
        let url = root.appendingPathComponent("Sources/RegistryModel/Data/\(file)")
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
          .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      }
      var names: [String: (name: String, parent: String)] = [:]
      var counties: [String] = []
      for row in try rows("divisions_2010.csv") {
        names[row[0]] = (row[1], row[3])
        if row[2] == "county" { counties.append(row[0]) }
      }
      let key = Set(try rows("key_counties_592.csv").map { $0[0] })
      // Beijing, Tianjin and Shanghai have none: 28 provinces are left.
      let provinces = Set(names.keys.filter { $0.hasSuffix("0000") }.map { $0.prefix(2) })
        .subtracting(["11", "12", "31"])
      let keys = counties.filter(key.contains)
      var others: [String] = []
      let rest = Dictionary(
        grouping: counties.filter { !key.contains($0) && provinces.contains($0.prefix(2)) },
        by: { $0.prefix(2) }
      )
      for round in 0..<40 {
        for province in provinces.sorted() {
          if let found = rest[province], found.indices.contains(round) {
            others.append(found[round])
          }
        }
      }
      self.names = names
      self.key = key
      uploaded = Array(keys.prefix(387) + others.prefix(178))
      pilot = uploaded + keys[387..<487] + others[178..<462]
    }

    /// The divisions that a node of some counties has on record.
    func seeds(_ counties: [String]) throws -> [DivisionSeed] {
      var seeds: [DivisionSeed] = []
      var known: Set<String> = []
      func add(_ code: String, _ name: String, _ parent: String?) throws {
        guard known.insert(code).inserted else { return }
        let code = try #require(DivisionCode(code))
        seeds.append(
          DivisionSeed(
            code: code,
            name: name,
            parent: try parent.map { try #require(DivisionCode($0)) },
            isKeyCounty: key.contains(code.description),
            source: "configured"
          )
        )
      }
      func addWithParents(_ code: String) throws {
        guard let (name, parent) = names[code] else { throw Missing(code: code) }
        if !parent.isEmpty { try addWithParents(parent) }
        try add(code, name, parent.isEmpty ? "000000" : parent)
      }
      try add("000000", "全国", nil)
      for county in counties {
        try addWithParents(county)
        try add(county + "100000", "测试镇", county)
        try add(county + "100001", "测试村", county + "100000")
      }
      return seeds
    }

    struct Missing: Error {
      let code: String
    }
  }

  private struct Household {
    let serial: Int
    let size: Int
    let isBelow: Bool
    let cause: UInt32
    /// A place in the list of those identified.
    let category: Int

    func file(in county: String) -> RegistryAPI.Household {
      var file = SampleHousehold.household(serial, village: county + "100001")
      if size == 4 {
        var another = file.members[2]
        another.identity?.name = "样次子"
        another.identity?.citizenId = SampleHousehold.citizenID(serial + 20_000, member: 2)
        file.members.append(another)
      }
      file.classification?.mainCause = cause
      file.classification?.otherCauses = []
      file.classification?.povertyDecision = category == 0 || category == 2 ? .object : .refused
      file.classification?.securityDecision = [.neither, .dibao, .dibao, .fiveGuarantee][category]
      file.classification?.standard = category == 0 || category == 2 ? (isBelow ? 1 : 2) : 0
      file.income?.years[0].netPerPerson = Money(fen: isBelow ? 90_000 : 150_000)
      file.income?.years[0].year = 2010
      return file
    }
  }

  private static let households: [Household] = {
    var causes = Self.causes.flatMap { Array(repeating: $0.code, count: $0.households) }
    return (0..<threes + fours).map { serial in
      // Spread, so that cause, size and category do not go together.
      let isThree = serial < threes
      return Household(
        serial: serial,
        size: isThree ? 3 : 4,
        isBelow: isThree ? serial < threesBelow : serial - threes < foursBelow,
        cause: causes[serial * 7_919 % causes.count],
        category: [(65, 0), (80, 1), (98, 2), (100, 3)].first { serial % 100 < $0.0 }?.1 ?? 0
      )
    }
  }()

  /// A node and what signs for it.
  private struct Node {
    let node: RegistryNode
    let certificate: [UInt8]
    let key: SigningKey

    func channel(as identity: String, certificate: [UInt8] = []) -> InProcessChannel {
      InProcessChannel(
        router: node.router,
        peer: Peer(identity: identity, certificate: certificate)
      )
    }

    /// Sends everything up.
    func send(to above: Node) async throws {
      let link = try UpstreamLink(
        store: node.store,
        channel: above.channel(as: node.store.node.uri, certificate: certificate),
        configuration: LinkConfiguration(
          upstream: above.node.store.node.uri,
          credential: Renewable(NodeCredential(certificate: certificate, key: key))
        ),
        log: Logger(label: "nation") { _ in SwiftLogNoOpLogHandler() }
      )
      while try await link.exchangeOnce() {}
    }
  }

  /// An office that records pilot work, and signs it.
  private struct Desk {
    let client: PilotClient
    let key: SigningKey

    init(_ desk: AloneDesk, _ node: Node, _ division: String) throws {
      let leaf = try desk.authority.issue(.office(division, "poverty-office", "p0001"))
      key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
      client = PilotClient(
        node.channel(
          as: "registry://\(division)/poverty-office/p0001",
          certificate: try NationTests.der(leaf.chain)
        )
      )
    }

    func record(
      _ kind: String,
      _ division: String,
      _ figures: [(String, Int)] = [],
      level: String = ""
    ) async throws {
      var record = PilotRecord(kind: kind, division: division, day: 20_101_201, title: kind)
      record.figures = figures.map { PilotFigure(key: $0.0, value: Int64($0.1)) }
      record.level = level
      var request = SetPilotRecordRequest(record: try record.serializedBytes())
      let list = SignedList([request.record], using: try SHA256Context())
      request.signature = StepSignature(value: try key.sign(list.signedOctets))
      _ = try await client.setPilotRecord(request)
    }
  }

  /// The first certificate of a PEM file.
  private static func der(_ path: String) throws -> [UInt8] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let parts = text.components(separatedBy: "-----")
    let data = try #require(
      parts.count > 2 ? Data(base64Encoded: parts[2].filter { !$0.isNewline }) : nil
    )
    return Array(data)
  }

  private func open(_ desk: AloneDesk, _ code: String, _ seeds: [DivisionSeed]) throws -> Node {
    let path = desk.path("\(code).db")
    var configuration = NodeConfiguration(
      database: StoreDatabase(path),
      sealingKey: path + ".key",
      identity: try #require(OfficeIdentity(uri: "registry://\(code)/node/main"))
    )
    configuration.signingKey = path + ".signing.pem"
    configuration.authorities = desk.authority.certificate
    configuration.isSynthetic = true
    configuration.divisions = .given(seeds)
    let leaf = try desk.authority.issue(.node(code, "main"))
    return Node(
      node: try RegistryNode(opening: configuration),
      certificate: try Self.der(leaf.chain),
      key: try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
    )
  }

  /// A number in parts that add up to it.
  private static func part(_ whole: Int, _ place: Int, of count: Int) -> Int {
    whole / count + (place < whole % count ? 1 : 0)
  }

  /// A county's files, from its own node to its province's.
  private func upload(
    _ county: String,
    _ place: Int,
    _ counties: Counties,
    _ desk: AloneDesk,
    to province: Node
  ) async throws {
    let node = try open(desk, county, counties.seeds([county]))
    let channel = node.channel(as: "registry://\(county)/poverty-office/p0001")
    let own = stride(from: place, to: Self.households.count, by: counties.uploaded.count)
      .map { Self.households[$0] }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for household in own {
        let request = CreateHouseholdRequest(household: household.file(in: county))
        group.addTask { _ = try await HouseholdClient(channel).createHousehold(request) }
      }
      try await group.waitForAll()
    }
    try await node.send(to: province)
    await node.node.close()
    for suffix in ["", "-wal", "-shm", ".key", ".signing.pem"] {
      try? FileManager.default.removeItem(atPath: desk.path("\(county).db\(suffix)"))
    }
  }

  @Test func theReportSaysWhatThatOf2010Said() async throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let counties = try Counties(root)
    try #require(counties.pilot.count == 949 && Set(counties.pilot).count == 949)
    let desk = try AloneDesk()
    let all = counties.pilot + counties.key.sorted()
    let state = try open(desk, "000000", counties.seeds(all))
    let places = Dictionary(
      uniqueKeysWithValues: counties.uploaded.enumerated().map { ($1, $0) }
    )
    let byProvince = Dictionary(grouping: counties.pilot, by: { $0.prefix(2) + "0000" })
    for (code, own) in byProvince.sorted(by: { $0.key < $1.key }) {
      let whole = all.filter { $0.hasPrefix(code.prefix(2)) }
      let province = try open(desk, String(code), counties.seeds(whole))
      // Two at a time: there are as many processors.
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, county) in own.filter({ places[$0] != nil }).enumerated() {
          if index >= 2 { try await group.next() }
          let place = try #require(places[county])
          group.addTask { try await upload(county, place, counties, desk, to: province) }
        }
        try await group.waitForAll()
      }
      for county in own where places[county] == nil {
        try await sendReturn(of: county, counties, desk, province)
      }
      try await province.send(to: state)
      await province.node.close()
    }
    try await recordAtTheState(counties, desk, state)
    await state.node.close()
    try await compare(desk, root, counties)
  }

  private static func rural(_ place: Int, _ counties: Counties) -> Int {
    let (uploaded, pilot) = (counties.uploaded.count, counties.pilot.count)
    return place < uploaded
      ? part(ruralOfUploaded, place, of: uploaded)
      : part(ruralOfPilot - ruralOfUploaded, place - uploaded, of: pilot - uploaded)
  }

  /// What a county without a node of its own returns, signed, at its province: its part of those of
  /// 2010 who are in no file.
  private func sendReturn(
    of county: String,
    _ counties: Counties,
    _ desk: AloneDesk,
    _ province: Node
  ) async throws {
    let place = try #require(counties.pilot.firstIndex(of: county))
    var registered = [0, 0, 0, 0]
    for household in Self.households { registered[household.category] += household.size }
    var told = [("people.rural", Self.rural(place, counties))]
    for (index, (key, people)) in Self.identified.enumerated() {
      let rest = people - registered[index]
      let (own, count) = (place - counties.uploaded.count, 949 - counties.uploaded.count)
      told.append((key, Self.part(rest, own, of: count)))
    }
    try await Desk(desk, province, county).record("return", county, told)
  }

  /// Pilot counties, rural populations, work and money.
  private func recordAtTheState(
    _ counties: Counties,
    _ desk: AloneDesk,
    _ state: Node
  ) async throws {
    let office = try Desk(desk, state, "000000")
    for (place, county) in counties.pilot.enumerated() {
      try await office.record("pilot-county", county)
      let rural = Self.rural(place, counties)
      try await office.record("rural-population", county, [("people.rural", rural)])
    }
    try await office.record("work-fund", "000000", [("fen", 149_000_00)], level: "state")
    try await office.record("support-fund", "000000", [("fen", 2_310_000_00)], level: "state")
    try await office.record("publicity", "000000", [("people.mobilised", 219)])
    try await office.record("training", "000000", [("courses", 4), ("people.trained", 816)])
  }

  /// The report from the command line, the percentages of 2010, and an independent count.
  private func compare(_ desk: AloneDesk, _ root: URL, _ counties: Counties) async throws {
    let office = try desk.authority.issue(.office("000000", "poverty-office", "p0002"))
    func write(_ name: String, _ words: String...) async throws {
      let run = try await desk.run(
        words + [
          "--database", desk.path("000000.db"), "--ca", office.authority, "--cert", office.chain,
          "--key", office.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
      try run.output.write(toFile: desk.path(name), atomically: true, encoding: .utf8)
    }
    try await write("report.csv", "report", "--breakdown", "--output", "csv")
    try await write("households.csv", "household", "export")
    try await write("pilot.csv", "pilot", "list", "--output", "csv", "--limit", "100000")
    let text = try String(contentsOfFile: desk.path("report.csv"), encoding: .utf8)
    var shares: [String: String] = [:]
    var values: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let row = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard row.count > 5, row[0] == "000000" else { continue }
      values[row[2]] = Int(row[3])
      shares[row[2]] = Double(row[5]).map { String(format: "%.1f", $0) }
    }
    let expected: [(String, Int, String?)] = [
      ("counties.pilot", 949, nil), ("provinces.pilot", 28, nil), ("counties.key", 592, nil),
      ("counties.pilot.key", 487, "82.3"), ("counties.uploaded", 565, nil),
      ("counties.uploaded.key", 387, "65.4"), ("counties.returned", 384, nil),
      ("identified.poverty-object.people", 32_505, "9.5"),
      ("identified.dibao.people", 8_238, "2.4"), ("identified.both.people", 11_467, "3.3"),
      ("identified.five-guarantee.people", 1_380, "0.4"), ("identified.people", 53_590, "15.6"),
      ("registered.people", 34_878, "15.0"), ("below-line.of-rural.people", 23_248, "10.0"),
      ("cause.funds.households", 3_310, "33.1"), ("cause.illness.households", 2_550, "25.5"),
      ("cause.labour.households", 750, "7.5"), ("cause.technology.households", 700, "7.0"),
      ("cause.disability.households", 600, "6.0"), ("cause.disaster.households", 630, "6.3"),
      ("cause.schooling.households", 460, "4.6"), ("cause.other.households", 1_000, "10.0"),
      ("work.publicity.people.mobilised", 219, nil), ("work.training.people.trained", 816, nil),
      ("work.training.courses", 4, nil),
    ]
    for (key, value, share) in expected {
      #expect(values[key] == value, "\(key): \(values[key].map(String.init) ?? "none")")
      if let share { #expect(shares[key] == share, "\(key): \(shares[key] ?? "none")") }
    }
    #expect(text.contains("work.work-fund.fen,149000.00") && text.contains("2310000.00"))
    // Every province is in it, and they add up.
    let parts = text.split(separator: "\n").compactMap { line -> Int? in
      let row = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return row.count > 3 && row[0] != "000000" && row[2] == "registered.people"
        ? Int(row[3]) : nil
    }
    #expect(parts.reduce(0, +) == 34_878 && parts.count >= 28, "\(parts)")
    // The nation, each province, a county and its township and village.
    let provinces: [String] = Set(counties.pilot.map { "\($0.prefix(2))0000" }).sorted()
    let county = counties.uploaded[200]
    let below = [county, county + "100000", county + "100001"]
    for code in ["000000"] + provinces + below {
      try await write("one.json", "report", "--division", code, "--output", "json")
      let recount = try await DaemonProcess.run(
        [root.appendingPathComponent("tools/recount.py").path]
          + ["one.json", "households.csv", "pilot.csv"].map(desk.path),
        program: URL(fileURLWithPath: "/usr/bin/python3")
      )
      #expect(recount.end?.status == 0, "\(code): \(recount.output) \(recount.words)")
    }
  }
}
