import Foundation
import RegistryClient
import RegistryServer
import TestCertificates
import Testing

@testable import RegistryCommands

/// The nation of the 2010 progress report at 1:1000, from the generator's files: 949 pilot counties in
/// 28 provinces, of which 565 have nodes of their own, import their households and upload through their
/// provinces, and 384 send signed returns. Which counties these are is made up, as all people are.
@Suite(.timeLimit(.minutes(15))) struct NationTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test func theReportSaysWhatThatOf2010Said() async throws {
    let desk = try AloneDesk()
    let nation = try await SmallNation(making: desk.path("nation"))
    try #require(nation.counties.count == 949 && Set(nation.counties.map(\.code)).count == 949)
    let imports = try NationImports()
    let uploading = Set(nation.counties.filter(\.uploads).map(\.code))
    let all = nation.counties.map(\.code) + nation.keyCounties
    let state = try nation.open(desk, "000000", all, townshipsOf: uploading)
    let byProvince = Dictionary(grouping: nation.counties, by: { $0.code.prefix(2) + "0000" })
    for (code, own) in byProvince.sorted(by: { $0.key < $1.key }) {
      let province = try nation.open(
        desk,
        String(code),
        all.filter { $0.hasPrefix(code.prefix(2)) },
        townshipsOf: uploading
      )
      // Two at a time: there are as many processors.
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, county) in own.enumerated() {
          if index >= 2 { try await group.next() }
          group.addTask {
            try await county.uploads
              ? upload(county.code, nation, imports, desk, to: province)
              : sendReturn(of: county.code, nation, imports, desk, province)
          }
        }
        try await group.waitForAll()
      }
      try await province.send(to: state)
      await province.node.close()
    }
    await state.node.close()
    let office = try desk.authority.issue(.office("000000", "poverty-office", "p0001"))
    let work = try await desk.done(
      office,
      "000000.db",
      "pilot",
      "import",
      nation.path("pilot.csv"),
      "--output",
      "csv"
    )
    #expect(work.contains("\nreplayed,0\nrefused,0\n"), "\(work)")
    try await compare(desk, nation)
  }

  /// A county's households, from its file to its own node, and from there to its province's.
  private func upload(
    _ county: String,
    _ nation: SmallNation,
    _ imports: NationImports,
    _ desk: AloneDesk,
    to province: NationNode
  ) async throws {
    let node = try nation.open(desk, county, [county], townshipsOf: [county])
    let totals = try await imports.households(
      nation.path("households/\(county).csv"),
      over: node.channel(as: "registry://\(county)/poverty-office/p0001")
    )
    #expect(totals.created > 0 && totals.refused == 0, "\(county): \(totals)")
    try await node.send(to: province)
    await node.node.close()
    for suffix in ["", "-wal", "-shm", ".key", ".signing.pem"] {
      try? FileManager.default.removeItem(atPath: desk.path("\(county).db\(suffix)"))
    }
  }

  /// What a county without a node of its own returns, signed, at its province.
  private func sendReturn(
    of county: String,
    _ nation: SmallNation,
    _ imports: NationImports,
    _ desk: AloneDesk,
    _ province: NationNode
  ) async throws {
    let leaf = try desk.authority.issue(.office(county, "poverty-office", "p0001"))
    let client = RegistryClient(
      channel: province.channel(
        as: "registry://\(county)/poverty-office/p0001",
        certificate: try NationNode.der(leaf.chain)
      ),
      signer: StepSigner(keyFile: leaf.key)
    )
    let totals = try await imports.pilot(
      nation.path("returns.csv"),
      about: county,
      with: client
    )
    #expect(totals.recorded == 1 && totals.refused == 0, "\(county): \(totals)")
  }

  /// The report from the command line, the percentages of 2010, and an independent count.
  private func compare(_ desk: AloneDesk, _ nation: SmallNation) async throws {
    let office = try desk.authority.issue(.office("000000", "poverty-office", "p0002"))
    func write(_ name: String, _ words: String...) async throws {
      try await write(name, words)
    }
    func write(_ name: String, _ words: [String]) async throws {
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
    try compareWithThatOf2010(text)
    // The nation with each province, then each county; a county with its townships, then villages.
    try await write("balance.json", "pilot", "balance", "--output", "json")
    for words in [
      ["--by", "province"], ["--by", "county"], ["--division", "421224", "--by", "township"],
      ["--division", "421224", "--by", "village"],
    ] {
      try await write("some.json", ["report"] + words + ["--output", "json"])
      let recount = try await DaemonProcess.run(
        [Self.root.appendingPathComponent("tools/recount.py").path]
          + ["some.json", "households.csv", "pilot.csv", "balance.json"].map(desk.path),
        program: URL(fileURLWithPath: "/usr/bin/python3")
      )
      #expect(recount.end?.status == 0, "\(words): \(recount.output) \(recount.words)")
    }
  }

  /// Figures of the state in a report with its provinces: value in thousands of people where the text
  /// of 2010 has it, and percent.
  private func compareWithThatOf2010(_ text: String) throws {
    let rows = text.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var shares: [String: String] = [:]
    var values: [String: Int] = [:]
    for row in rows where row.count > 5 && row[0] == "000000" {
      values[row[2]] = Int(row[3])
      shares[row[2]] = Double(row[5]).map { String(format: "%.1f", $0) }
    }
    let expected: [(String, Int?, String?)] = [
      ("counties.pilot", 949, nil), ("provinces.pilot", 28, nil), ("counties.key", 592, nil),
      ("counties.pilot.key", 487, "82.3"), ("counties.uploaded", 565, nil),
      ("counties.uploaded.key", 387, "65.4"), ("counties.returned", 384, nil),
      ("identified.poverty-object.people", 32_505, "9.5"),
      ("identified.dibao.people", 8_238, "2.4"), ("identified.both.people", 11_467, "3.3"),
      ("identified.five-guarantee.people", 1_380, "0.4"), ("identified.people", 53_590, "15.6"),
      ("registered.people", 34_878, "15.0"), ("below-line.of-rural.people", 23_248, "10.0"),
      ("cause.funds.households", nil, "33.1"), ("cause.illness.households", nil, "25.5"),
      ("cause.labour.households", nil, "7.5"), ("cause.technology.households", nil, "7.0"),
      ("cause.disability.households", nil, "6.0"), ("cause.disaster.households", nil, "6.3"),
      ("cause.schooling.households", nil, "4.6"), ("cause.other.households", nil, "10.0"),
      ("work.publicity.people.mobilised", 219, nil), ("work.training.people.trained", 816, nil),
      ("work.training.courses", 4, nil),
    ]
    for (key, value, share) in expected {
      let found = values[key].map(String.init) ?? "none"
      #expect(value == nil || values[key] == value, "\(key): \(found)")
      if let share { #expect(shares[key] == share, "\(key): \(shares[key] ?? "none")") }
    }
    #expect(text.contains("work.work-fund.fen,149000.00"))
    #expect(text.contains("work.disbursement.fen.projects,2310000.00"))
    // Every province is in it, and they add up.
    let parts = rows.filter { $0.count > 3 && $0[0] != "000000" && $0[2] == "registered.people" }
      .compactMap { Int($0[3]) }
    #expect(parts.reduce(0, +) == 34_878 && parts.count >= 28, "\(parts)")
  }
}
