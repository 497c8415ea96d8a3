import Foundation
import Journal
import TestCertificates
import Testing

/// The change feed, projects and funds, from the command line on files.
@Suite(.timeLimit(.minutes(3)), .serialized) struct SupportCommandTests {
  /// A department keeps a copy by the feed: all, then nothing, then what changed; cut short, again.
  @Test func aDepartmentFollowsChanges() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(60, seed: 12)
    try await desk.done(desk.county, "county.db", "import", people)
    let housing = try desk.authority.issue(.office("421224", "housing", "p0300"))
    let state = desk.path("position")
    func follow(_ more: String...) async throws -> [String] {
      let run = try await desk.run(
        ["household", "follow", "--purpose", "dwelling-support", "--state", state] + more + [
          "--database", desk.path("county.db"), "--ca", housing.authority, "--cert",
          housing.chain, "--key", housing.key,
        ]
      )
      try #require(run.code == 0, "\(run.error)")
      return run.output.split(separator: "\n").map(String.init)
    }
    let all = try await follow()
    #expect(all.count > 10 && all.allSatisfy { $0.hasPrefix("{") && !$0.contains("net_income") })
    #expect(try await follow() == [])
    let number = try #require(
      all[0].split(separator: "\"").map(String.init).first { $0.hasPrefix("421224") }
    )
    try await desk.done(
      desk.county,
      "county.db",
      "household",
      "update",
      "--number",
      number,
      "--set",
      "contact.telephone=13912345678"
    )
    let changed = try await follow()
    #expect(changed.count == 1 && changed[0].contains("13912345678"), "\(changed)")
    // Another office cannot go on from this one's position, nor with what is no position.
    let other = try await desk.run(
      desk.county,
      "county.db",
      "household",
      "follow",
      "--state",
      state
    )
    #expect(other.code == 65 && other.output == "", "\(other.error)")
    let none = try await desk.run(
      desk.county,
      "county.db",
      "household",
      "follow",
      "--now"
    )
    #expect(none.code == 0 && none.output == "", "\(none.error)")
  }

  /// An inspection is recorded with the draw that it goes by, and its findings are followed.
  @Test func inspectionBySample() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(120, seed: 3)
    try await desk.done(desk.county, "county.db", "import", people)
    func county(_ words: String...) async throws -> String {
      let run = try await desk.run(
        words + [
          "--output", "csv", "--database", desk.path("county.db"), "--ca", desk.county.authority,
          "--cert", desk.county.chain, "--key", desk.county.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
      return run.output
    }
    func numbers(_ csv: String) -> [String] {
      csv.split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "," }) }
    }
    let draw = ["household", "sample", "--count", "5", "--seed", "双色球03"]
    let drawn = try await county(draw[0], draw[1], draw[2], draw[3], draw[4], draw[5])
    let recorded = try await county(
      draw[0],
      draw[1],
      draw[2],
      draw[3],
      draw[4],
      draw[5],
      "--inspection",
      "秋季抽查"
    )
    #expect(numbers(recorded) == numbers(drawn) && numbers(drawn).count == 5)
    let list = try await county("pilot", "list", "--kind", "inspection")
    let drawnNumbers = Array(numbers(drawn).map { "\($0)\n" }.joined().utf8)
    let digest = try SHA256Context().hash(drawnNumbers).bytes
      .map { String(format: "%02x", $0) }.joined()
    #expect(list.contains("秋季抽查") && list.contains("households.sampled=5"), "\(list)")
    let json = try await desk.done(desk.county, "county.db", "pilot", "list", "--output", "json")
    #expect(json.contains("seed 双色球03") && json.contains("sha-256 \(digest)"), "\(json)")
    let id = String(list.split(separator: "\n")[1].prefix { $0 != "," })
    _ = try await county(
      "pilot",
      "record",
      "finding",
      "--of",
      id,
      "--title",
      "照片缺失",
      "--household",
      numbers(drawn)[0]
    )
    let followed = try await county("pilot", "follow", "inspection")
    #expect(followed.contains("finding,1,"), "\(followed)")
    // A partner offers help in its own division, without saying which.
    let partner = try desk.authority.issue(.office("421224", "partner", "p0400"))
    let offer = try await desk.run(
      partner,
      "county.db",
      "pilot",
      "record",
      "offer",
      "--title",
      "捐赠",
      "--figure",
      "households=2"
    )
    #expect(offer.code == 0, "\(offer.error)")
  }

  /// A project takes up what households need, is paid from a budget, and every fen is found again.
  @Test func projectsAndFunds() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(60, seed: 11)
    try await desk.done(desk.county, "county.db", "import", people)
    func made(_ words: String...) async throws -> String {
      let run = try await desk.run(
        ["pilot", "record"] + words + [
          "--day", "2010-12-01", "--output", "csv", "--database", desk.path("county.db"), "--ca",
          desk.county.authority, "--cert", desk.county.chain, "--key", desk.county.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
      let row = run.output.split(separator: "\n").last ?? ""
      return String(row.split(separator: ",", omittingEmptySubsequences: false)[0])
    }
    let project = try await made(
      "project",
      "--title",
      "整村推进",
      "--need",
      "1",
      "--unit",
      "亩",
      "--figure",
      "yuan=90000",
      "--figure",
      "households=20",
      "--figure",
      "scale=120.50"
    )
    // Money under the name of its unit on record would be a hundredth of what was meant.
    for (figure, words) in [("fen=90000", "such as yuan=1200.50"), ("yuan=1,200", "no commas")] {
      let refused = try await desk.run(
        desk.county,
        "county.db",
        "pilot",
        "record",
        "work-fund",
        "--figure",
        figure
      )
      #expect(refused.code == 64 && refused.error.contains(words), "\(refused)")
    }
    let needs = try await desk.done(desk.county, "county.db", "report", "--output", "csv")
      .split(separator: "\n").first { $0.contains("need.1.households") }
    func takeUp() async throws -> [Int] {
      try await desk.done(
        desk.county,
        "county.db",
        "pilot",
        "take-up",
        project,
        "--output",
        "csv"
      ).split(separator: "\n").compactMap { $0.split(separator: ",").last.flatMap { Int($0) } }
    }
    let first = try await takeUp()
    #expect(first[0] > 0 && first[1] == 0 && first[2] > 0, "\(first)")
    #expect(needs?.contains(",\(first[0]),") == true, "\(needs ?? "") \(first)")
    #expect(try await takeUp() == [0, first[0], first[2], 0])
    // A targeting list by the same criterion finds the same households; a wrong one is told.
    let listed = try await desk.done(
      desk.county,
      "county.db",
      "household",
      "list",
      "--having",
      "need=1",
      "--limit",
      "1000",
      "--output",
      "csv"
    )
    #expect(
      listed.split(separator: "\n").count { $0.contains("42122400") } == first[0],
      "\(listed)"
    )
    for wrong in ["need=99", "wealth=1", "need"] {
      let run = try await desk.run(
        desk.county,
        "county.db",
        "household",
        "list",
        "--having",
        wrong
      )
      #expect(run.code == 64 && run.error.contains("--having"), "\(run.error)")
    }
    // A department's programme, and what it delivered of it.
    let school = try desk.authority.issue(.office("421224", "education", "p0100"))
    let offered = try await desk.done(
      school,
      "county.db",
      "pilot",
      "record",
      "programme",
      "--title",
      "助学",
      "--figure",
      "places=500",
      "--output",
      "csv"
    )
    let programme = String(
      offered.split(separator: "\n").last?.split(separator: ",").first ?? ""
    )
    try await desk.done(
      school,
      "county.db",
      "pilot",
      "record",
      "delivery",
      "--title",
      "助学",
      "--of",
      programme,
      "--figure",
      "households=120",
      "--figure",
      "people=130"
    )
    let delivered = try await desk.done(
      school,
      "county.db",
      "pilot",
      "follow",
      "programme",
      "--output",
      "csv"
    )
    #expect(delivered.contains("places,500") && delivered.contains("people,130"), "\(delivered)")
    let budget = try await made(
      "budget",
      "--title",
      "县级预算",
      "--level",
      "county",
      "--figure",
      "yuan=50000"
    )
    _ = try await made(
      "disbursement",
      "--title",
      "拨付",
      "--level",
      "county",
      "--of",
      budget,
      "--project",
      project,
      "--figure",
      "yuan=49999.99"
    )
    let over = try await desk.run(
      desk.county,
      "county.db",
      "pilot",
      "record",
      "disbursement",
      "--title",
      "拨付",
      "--level",
      "county",
      "--of",
      budget,
      "--figure",
      "yuan=0.02"
    )
    #expect(over.code == 65 && over.error.contains("0.01 yuan"), "\(over.error)")
    let balance = try await desk.done(
      desk.county,
      "county.db",
      "pilot",
      "balance",
      "--output",
      "csv"
    )
    #expect(balance.contains("county,50000.00,0.00,0.00,0.01,0.00,49999.99,"), "\(balance)")
    let followed = try await desk.done(
      desk.county,
      "county.db",
      "pilot",
      "follow",
      "project",
      "--output",
      "csv"
    )
    #expect(followed.contains("disbursement") && followed.contains("49999.99"), "\(followed)")
    #expect(followed.contains("take-up,\(first[0]),households"), "\(followed)")
    let balanced = try await desk.done(
      desk.county,
      "county.db",
      "pilot",
      "balance",
      "--lang",
      "zh"
    )
    #expect(balanced.contains("已拨付"), "\(balanced)")
    try await desk.done(desk.county, "county.db", "check", "--deep")
  }
}
