import Foundation
import TestCertificates
import Testing

/// Departments' lists, who looked, pilot work and the report, from the command line on files.
@Suite(.timeLimit(.minutes(3)), .serialized) struct InquiryCommandTests {
  /// A list comes back with what became of each row, and the household learns who looked.
  @Test func aDepartmentComparesItsList() async throws {
    let desk = try AloneDesk()
    let school = try desk.authority.issue(.office("421224", "education", "p0100"))
    try await desk.create("county.db", "421224")
    let people = try await desk.people(60, seed: 3)
    try await desk.done(desk.county, "county.db", "import", people)
    let rows = try String(contentsOfFile: people, encoding: .utf8).split(separator: "\n")
    let headings = rows[0].split(separator: ",", omittingEmptySubsequences: false)
    let (number, birth) = (
      try #require(headings.firstIndex(of: "公民身份号码")),
      try #require(headings.firstIndex(of: "出生日期"))
    )
    let cells = rows.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let pupils = cells.filter { cells in
      let year = Int(cells[birth].prefix(4)) ?? 0
      let now = Int(Date().formatted(.iso8601.year())) ?? 0
      return !cells[number].isEmpty && (8...20).contains(now - year)
    }
    let pupil = try #require(pupils.first)[number]
    let list = desk.path("list.csv")
    try "姓名,身份证号\n甲,\(pupil)\n乙,990000201001010017\n丙,12\n"
      .write(toFile: list, atomically: true, encoding: .utf8)
    let refused = try await desk.run(school, "county.db", "match", list)
    #expect(refused.code == 77 && refused.error.contains("purpose"), "\(refused.error)")
    let output = desk.path("matched.csv")
    let told = try await desk.done(
      school,
      "county.db",
      "match",
      list,
      "--file",
      output,
      "--purpose",
      "schooling-support"
    )
    #expect(told.contains("3 people: 1 found, 1 absent, 1 malformed"), "\(told)")
    let lines = try String(contentsOfFile: output, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines.map { $0[2] } == ["result", "found", "absent", "malformed"])
    #expect(lines.map { $0[1] } == ["身份证号", pupil, "990000201001010017", "12"])
    let household = lines[1][3]
    #expect(!household.isEmpty && lines[2][3].isEmpty)
    let looks = try await desk.done(
      desk.county,
      "county.db",
      "access",
      "--household",
      household,
      "--output",
      "csv"
    )
    #expect(looks.contains("registry://421224/education/p0100"), "\(looks)")
    #expect(looks.contains("match") && looks.contains("schooling-support"))
    let check = try await desk.done(desk.county, "county.db", "check", "--deep")
    #expect(check.contains("Differences  0"), "\(check)")
    // A look that is hidden from the household is found.
    try await desk.tamper("county.db", "DELETE FROM look")
    let found = try await desk.run(desk.county, "county.db", "check", "--deep")
    #expect(found.code == 1 && found.output.contains("look.total"), "\(found.output)")
  }

  /// A partner is shown published counts, and nothing else.
  @Test func aPartnerSeesPublishedCounts() async throws {
    let desk = try AloneDesk()
    let partner = try desk.authority.issue(.office("421224", "partner", "p0400"))
    try await desk.create("county.db", "421224")
    try await desk.done(desk.county, "county.db", "import", try await desk.people(60, seed: 3))
    let told = try await desk.done(
      partner,
      "county.db",
      "published",
      "--breakdown",
      "--output",
      "csv"
    )
    let lines = told.split(separator: "\n").filter { $0.hasPrefix("421224") }
    // Four categories and eight causes of the county and of each township; nobody's yet: what was
    // registered this month is published when it has ended.
    #expect(lines.count > 25 && lines.count % 12 == 0, "\(told)")
    #expect(lines.allSatisfy { $0.hasSuffix(".households,0") }, "\(told)")
    let refused = try await [
      desk.run(partner, "county.db", "stats"), desk.run(partner, "county.db", "report"),
      desk.run(partner, "county.db", "household", "list"),
      desk.run(partner, "county.db", "pilot", "summary"),
    ]
    #expect(refused.map(\.code) == [77, 77, 77, 77])
  }

  /// A roster of the same people, from the file to the list of those whom it concerns.
  @Test func aRosterConverges() async throws {
    let desk = try AloneDesk()
    let civil = try desk.authority.issue(.office("421224", "civil-affairs", "p0008"))
    try await desk.create("county.db", "421224")
    let people = try await desk.people(60, seed: 3)
    try await desk.done(desk.county, "county.db", "import", people)
    let lines = try String(contentsOfFile: people, encoding: .utf8)
    let list = desk.path("roster.csv")
    try (lines + "\n").write(toFile: list, atomically: true, encoding: .utf8)
    func rows(_ words: String...) async throws -> [[String]] {
      let run = try await desk.run(
        words + [
          "--output", "csv", "--database", desk.path("county.db"), "--ca", civil.authority,
          "--cert", civil.chain, "--key", civil.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
      return run.output.split(separator: "\n").dropFirst()
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }
    let made = try await rows(
      "roster",
      "import",
      list,
      "--kind",
      "dibao",
      "--day",
      "2010-11-01",
      "--division",
      "421224"
    )
    let (roster, kept) = (made[0][0], try #require(Int(made[0][6])))
    #expect(kept > 40 && made[0][1] == "dibao")
    // Imported again, nothing is done and the same roster is told.
    let again = try await rows(
      "roster",
      "import",
      list,
      "--kind",
      "dibao",
      "--day",
      "2010-11-01",
      "--division",
      "421224"
    )
    #expect(again.map { $0[0] } == [roster])
    #expect(try await rows("roster", "list").map { $0[0] } == [roster])
    let counts = try await rows("converge", roster).filter { $0[0] == "421224" }
    func count(_ finding: String) -> Int {
      counts.first { $0[1] == finding }.flatMap { Int($0[2]) } ?? 0
    }
    #expect(count("both") == kept && count("roster-only") == 0 && count("other-name") == 0)
    // Most of the people are no dibao households: the roster says otherwise.
    let wrong = try await rows("converge", roster, "--list", "category")
    #expect(wrong.count == count("category") && !wrong.isEmpty)
    #expect(wrong.allSatisfy { !$0[0].isEmpty && $0[2].count == 14 })
    let looks = try await desk.done(
      desk.county,
      "county.db",
      "access",
      "--household",
      wrong[0][2],
      "--output",
      "csv"
    )
    #expect(looks.contains("roster-read"), "\(looks)")
    // What the roster says otherwise is proposed, and settled by filter: some taken, the rest refused.
    try await desk.done(civil, "county.db", "converge", roster, "--propose")
    let open = try await rows("proposal", "list", "--limit", "500")
    #expect(!open.isEmpty)
    let none = try await rows("proposal", "take", "--all", "--because", "无此名册")
    #expect(none.isEmpty)
    let village = try await rows("proposal", "list", "--division", wrong[0][4], "--limit", "500")
    let taken = try await rows(
      "proposal",
      "take",
      "--all",
      "--of-kind",
      "category",
      "--division",
      wrong[0][4],
      "--reason",
      "名册"
    )
    #expect(!taken.isEmpty && taken.count <= village.count)
    let refused = try await desk.done(
      civil,
      "county.db",
      "proposal",
      "refuse",
      "--all",
      "--of-kind",
      "category",
      "--reason",
      "已核实"
    )
    #expect(
      refused.contains("\(open.count - taken.count) settled, 0 in conflict now, 0 left open"),
      "\(refused)"
    )
    #expect(try await rows("proposal", "list").isEmpty)
    // Who is on no file is to apply: the next roster has one more, with another's valid number.
    let more = desk.path("roster-2.csv")
    let another = try await desk.people(3, seed: 99)
    try (String(contentsOfFile: another, encoding: .utf8) + "\n")
      .write(toFile: more, atomically: true, encoding: .utf8)
    let next = try await rows(
      "roster",
      "import",
      more,
      "--kind",
      "dibao",
      "--day",
      "2010-12-01",
      "--division",
      "421224"
    )[0][0]
    try await desk.done(civil, "county.db", "converge", next, "--propose")
    // Most of the first left; those who are on file are told with their households.
    let changes = try await rows("roster", "changes", roster, next)
    func moved(_ change: String, _ place: String = "") -> Int {
      changes.first { $0[0] == place && $0[1] == change }.flatMap { Int($0[2]) } ?? 0
    }
    #expect(moved("stayed") + moved("left") == kept && moved("joined") > 0, "\(changes)")
    #expect(
      changes.filter { !$0[0].isEmpty && $0[1] == "left" }.compactMap { Int($0[2]) }
        .reduce(0, +) == moved("left")
    )
    let left = try await rows("roster", "changes", roster, next, "--list", "left")
    #expect(left.count == moved("left"))
    #expect(left.allSatisfy { $0[0] == "left" && $0[3].count == 14 && $0[4].count == 12 })
    let everybody = try await rows("roster", "changes", roster, next, "--list", "all")
    #expect(everybody.count == moved("left") + moved("joined"))
    let json = try await desk.done(
      civil,
      "county.db",
      "roster",
      "changes",
      roster,
      next,
      "--list",
      "joined",
      "--output",
      "json"
    )
    #expect(json.hasPrefix("[\n  {\"change\":") && json.contains("\n]\n"), "\(json)")
    let starts = try await rows("roster", "starts", next)
    #expect(!starts.isEmpty && starts.allSatisfy { $0[2] == "open" }, "\(starts)")
    let first = try await desk.done(
      civil,
      "county.db",
      "roster",
      "refuse",
      next,
      "--row",
      starts[0][0],
      "--reason",
      "已迁出"
    )
    #expect(first.contains("1 settled"), "\(first)")
    try await desk.done(civil, "county.db", "roster", "accept", next, "--all")
    let after = try await rows("roster", "starts", next)
    #expect(after[0][2] == "refused" && after.dropFirst().allSatisfy { $0[2] == "accepted" })
    let unfiltered = try await desk.run(
      civil,
      "county.db",
      "proposal",
      "refuse",
      "--all",
      "--reason",
      "x"
    )
    #expect(unfiltered.code == 64, "\(unfiltered.error)")
    let usage = try await desk.run(civil, "county.db", "proposal", "take", "--because", "x")
    #expect(usage.code == 64, "\(usage.error)")
    try await desk.done(civil, "county.db", "roster", "remove", roster)
    #expect(try await rows("roster", "list").map { $0[0] } == [next])
    try await desk.done(civil, "county.db", "roster", "remove", next)
    #expect(try await rows("roster", "list").isEmpty)
    let check = try await desk.done(desk.county, "county.db", "check", "--deep")
    #expect(check.contains("Differences  0"), "\(check)")
  }

  /// The same seed draws the same households, whoever draws; another one draws others.
  @Test func samplesAreDrawnAgain() async throws {
    let desk = try AloneDesk()
    let audit = try desk.authority.issue(.office("421224", "audit", "p0300"))
    try await desk.create("county.db", "421224")
    try await desk.done(desk.county, "county.db", "import", try await desk.people(200, seed: 3))
    func draw(_ office: TestIdentity, _ words: String...) async throws -> [String] {
      let run = try await desk.run(
        ["household", "sample"] + words + [
          "--output", "csv", "--database", desk.path("county.db"), "--ca", office.authority,
          "--cert", office.chain, "--key", office.key, "--purpose", "inspection",
        ]
      )
      try #require(run.code == 0, "\(run.error)")
      return run.output.split(separator: "\n").dropFirst()
        .map { String($0.prefix { $0 != "," }) }
    }
    let first = try await draw(desk.county, "--seed", "双色球 2010088", "--count", "12")
    #expect(Set(first).count == 12)
    #expect(try await draw(audit, "--seed", "双色球 2010088", "--count", "12") == first)
    // Fewer are the first of them.
    let fewer = try await draw(audit, "--seed", "双色球 2010088", "--count", "5")
    #expect(fewer == Array(first.prefix(5)))
    #expect(try await draw(audit, "--seed", "双色球 2010089", "--count", "12") != first)
    let none = try await desk.run(
      desk.county,
      "county.db",
      "household",
      "sample",
      "--seed",
      "",
      "--count",
      "5"
    )
    #expect(none.code == 65, "\(none.error)")
  }

  /// What cannot be recorded is not shown.
  @Test func withoutItsLookNothingIsShown() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(12, seed: 3)
    try await desk.done(desk.county, "county.db", "import", people)
    try await desk.tamper(
      "county.db",
      "CREATE TRIGGER no_look BEFORE INSERT ON look BEGIN SELECT RAISE(ABORT, 'no'); END"
    )
    for words in [["household", "list"], ["household", "export"]] {
      let run = try await desk.run(
        words + [
          "--database", desk.path("county.db"), "--ca", desk.county.authority, "--cert",
          desk.county.chain, "--key", desk.county.key, "--output", "csv",
        ]
      )
      #expect(run.code != 0 && !run.output.contains("4212240"), "\(words): \(run.output)")
    }
  }

  /// A script that shares nothing with the program counts the exported records again.
  private func recounts(_ desk: AloneDesk) async throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("tools/recount.py").path
    func write(_ name: String, _ words: String...) async throws {
      let run = try await desk.run(
        words + [
          "--database", desk.path("province.db"), "--ca", desk.province.authority, "--cert",
          desk.province.chain, "--key", desk.province.key,
        ]
      )
      try #require(run.code == 0, "\(run.error)")
      try run.output.write(toFile: desk.path(name), atomically: true, encoding: .utf8)
    }
    try await write("report.json", "report", "--by", "village", "--output", "json")
    try await write("balance.json", "pilot", "balance", "--output", "json")
    try await write("households.csv", "household", "export")
    try await write("pilot.csv", "pilot", "list", "--output", "csv", "--limit", "10000")
    func recount() async throws -> (code: Int32?, words: String) {
      let files = ["report.json", "households.csv", "pilot.csv", "balance.json"].map(desk.path)
      let run = try await DaemonProcess.run(
        [script] + files,
        program: URL(fileURLWithPath: "/usr/bin/python3")
      )
      return (run.end?.status, run.output + run.words)
    }
    let same = try await recount()
    #expect(same.code == 0 && same.words.contains("figures are the same"), "\(same.words)")
    // A figure that no record stands for is found.
    let report = try String(contentsOfFile: desk.path("report.json"), encoding: .utf8)
    let altered = report.replacingOccurrences(of: "\"value\": 400,", with: "\"value\": 401,")
    #expect(altered != report)
    try altered.write(toFile: desk.path("report.json"), atomically: true, encoding: .utf8)
    let other = try await recount()
    #expect(other.code == 1 && other.words.contains("rural.people"), "\(other.words)")
  }

  /// Pilot work goes up with the journal; the report counts it, as a page too.
  @Test func pilotWorkIsReported() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    try await desk.create("province.db", "420000")
    let people = try await desk.people(40, seed: 5)
    try await desk.done(desk.county, "county.db", "import", people)
    @discardableResult
    func record(
      _ office: TestIdentity,
      _ database: String,
      _ words: String...
    ) async throws -> String {
      let run = try await desk.run(
        ["pilot", "record"] + words + [
          "--day", "2010-12-01", "--output", "csv", "--database", desk.path(database), "--ca",
          office.authority,
          "--cert", office.chain, "--key", office.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)")
      let row = run.output.split(separator: "\n").last ?? ""
      return String(row.split(separator: ",", omittingEmptySubsequences: false)[0])
    }
    try await record(
      desk.county,
      "county.db",
      "rural-population",
      "--title",
      "农村人口",
      "--figure",
      "people.rural=400"
    )
    let budget = try await record(
      desk.county,
      "county.db",
      "budget",
      "--title",
      "预算",
      "--figure",
      "yuan=2000",
      "--level",
      "county"
    )
    try await record(
      desk.county,
      "county.db",
      "work-fund",
      "--title",
      "经费",
      "--figure",
      "yuan=1200.50",
      "--level",
      "county",
      "--of",
      budget
    )
    try await record(
      desk.province,
      "province.db",
      "pilot-county",
      "--division",
      "421224",
      "--title",
      "<b>试点"
    )
    let neighbour = try desk.authority.issue(.office("421223", "poverty-office", "p0009"))
    try await record(
      neighbour,
      "province.db",
      "return",
      "--division",
      "421223",
      "--title",
      "月报",
      "--figure",
      "people.poverty-object=325",
      "--figure",
      "people.dibao=82",
      "--figure",
      "people.both=114",
      "--figure",
      "people.five-guarantee=13",
      "--figure",
      "people.rural=3425"
    )
    let wrong = try await desk.run(
      desk.county,
      "county.db",
      "pilot",
      "record",
      "training",
      "--title",
      "培训",
      "--figure",
      "courses=2"
    )
    #expect(wrong.code == 65 && wrong.error.contains("people.trained"), "\(wrong.error)")
    let (up, receipts) = (desk.path("up"), desk.path("receipts"))
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "export",
      up,
      "--recipient",
      desk.province.chain
    )
    try await desk.done(
      desk.province,
      "province.db",
      "bundle",
      "import",
      up,
      "--receipts",
      receipts
    )
    let report = try await desk.done(
      desk.province,
      "province.db",
      "report",
      "--by",
      "county",
      "--output",
      "csv"
    )
    #expect(report.contains("\n421224,") && report.contains("\n421223,"), "\(report)")
    let rows = report.split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    func value(_ key: String) -> String? {
      rows.first { $0.count > 3 && $0[0] == "420000" && $0[2] == key }?[3]
    }
    #expect(value("counties.uploaded") == "1" && value("counties.pilot") == "1", "\(report)")
    let registered = try #require(value("registered.people").flatMap { Int($0) })
    #expect(value("rural.people") == "400" && (40...50).contains(registered))
    #expect(value("work.work-fund.fen.county") == "1200.50", "\(report)")
    try await recounts(desk)
    let html = try await desk.done(
      desk.province,
      "province.db",
      "report",
      "--output",
      "html"
    )
    #expect(html.contains("<svg") && html.contains("合成数据") && !html.contains("<script"))
    #expect(!html.contains("http://") && !html.contains("https://") && !html.contains("src="))
    let list = try await desk.done(
      desk.province,
      "province.db",
      "pilot",
      "list",
      "--division",
      "421224",
      "--output",
      "csv"
    )
    #expect(list.split(separator: "\n").count == 5, "\(list)")
    for database in ["county.db", "province.db"] {
      let office = database == "county.db" ? desk.county : desk.province
      let check = try await desk.done(office, database, "check", "--deep")
      #expect(check.contains("Differences  0"), "\(check)")
    }
  }
}
