import Foundation
import TestCertificates
import Testing

/// Pilot work from a file, with and without a network.
@Suite(.timeLimit(.minutes(3)), .serialized) struct PilotImportTests {
  private static let headings =
    "label,kind,division,day,title,level,need,unit,of,project,household_number,yuan,households,"
    + "people,people.trained,courses"

  /// Runs a command on the county's file; what it printed.
  private func run(_ desk: AloneDesk, _ words: String...) async throws -> AloneDesk.Run {
    try await desk.run(
      ["pilot"] + words + [
        "--database", desk.path("county.db"), "--ca", desk.county.authority, "--cert",
        desk.county.chain, "--key", desk.county.key,
      ]
    )
  }

  private func records(_ desk: AloneDesk) async throws -> [[String: String]] {
    let run = try await run(desk, "list", "--output", "csv", "--limit", "100000")
    try #require(run.code == 0, "\(run.error)")
    return Operators.table(run.output)
  }

  private func write(_ desk: AloneDesk, _ name: String, _ lines: [String]) throws -> String {
    let path = desk.path(name)
    try (lines.joined(separator: "\n") + "\n").write(
      toFile: path,
      atomically: true,
      encoding: .utf8
    )
    return path
  }

  /// Records name each other by labels; a second run records nothing twice, though the person signs
  /// anew.
  @Test func aFileIsRecordedOnce() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(60, seed: 11)
    try await desk.done(desk.county, "county.db", "import", people)
    let exported = try await desk.done(desk.county, "county.db", "household", "export")
    let found = try #require(
      Operators.table(exported).first { $0["need"] == "planting" },
      "\(exported)"
    )
    let (number, village) = (found["household_number"] ?? "", found["village_code"] ?? "")
    let file = try write(
      desk,
      "work.csv",
      [
        Self.headings,
        "b1,budget,421224,2010-12-01,县级预算,county,,,,,,50000,,,,",
        "p1,project,421224,2010-12-01,\"整村推进, 一期\",,种植业,亩,,,,90000,20,,,",
        ",take-up,\(village),2010-12-01,落实,,种植业,,,p1,\(number),,1,,,",
        ",disbursement,421224,2010-12-01,拨付,县,,,b1,p1,,49999.99,20,80,,",
        ",training,421224,2010-12-01,业务培训,,,,,,,,,,816,4",
      ]
    )
    let dry = try await run(desk, "import", file, "--dry-run", "--output", "json")
    #expect(dry.code == 0 && dry.output.contains("\"rows\": 5"), "\(dry)")
    #expect(try await records(desk).isEmpty)
    let first = try await run(desk, "import", file, "--output", "csv")
    #expect(first.code == 0, "\(first.error)")
    #expect(first.output.contains("\nrecorded,5\nreplayed,0\nrefused,0\n"), "\(first.output)")
    let made = try await records(desk)
    func one(_ kind: String) throws -> [String: String] {
      try #require(made.first { $0["kind"] == kind }, "\(kind): \(made)")
    }
    #expect(made.count == 5)
    #expect(try one("disbursement")["of"] == one("budget")["id"])
    #expect(try one("disbursement")["project"] == one("project")["id"])
    #expect(try one("disbursement")["figures"]?.contains("yuan=49999.99") == true)
    #expect(try one("take-up")["project"] == one("project")["id"])
    #expect(try one("take-up")["household"]?.count == 32)
    let again = try await run(desk, "import", file, "--output", "csv")
    #expect(again.code == 0 && again.output.contains("\nrecorded,0\nreplayed,5\n"), "\(again)")
    #expect(try await records(desk).count == 5)
    // A return is signed, each time with other octets.
    let returns = try write(
      desk,
      "return.csv",
      [
        "类别,区划代码,日期,标题,扶贫对象,低保对象,扶贫低保对象,五保对象,农村人口",
        "未上传县报表,421224,2010-12-01,报表,325,82,114,13,343000",
      ]
    )
    for told in ["recorded,1\nreplayed,0", "recorded,0\nreplayed,1"] {
      let run = try await run(desk, "import", returns, "--output", "csv")
      #expect(run.code == 0 && run.output.contains(told), "\(run)")
    }
    #expect(try await records(desk).count { $0["kind"] == "return" } == 1)
  }

  /// A file with a bad row is refused whole, in both languages.
  @Test func aFileThatBreaksRulesSendsNothing() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let file = try write(
      desk,
      "bad.csv",
      [
        Self.headings,
        ",training,421224,2010-12-01,业务培训,,,,,,,,,,816,4",
        ",training,421224,2010-02-30,业务培训,,,,,,,,,,many,4",
        ",disbursement,421224,2010-12-01,拨付,county,,,nothing,,,1,,,,",
      ]
    )
    let told = [
      "row 2, day: ", "(value.date)", "row 2, people.trained: ", "(value.number)", "row 3, of: ",
      "(pilot-file.reference)", "2 rows break rules; nothing was sent",
    ]
    let run = try await run(desk, "import", file)
    #expect(run.code == 65 && told.allSatisfy(run.error.contains), "\(run.error)")
    let chinese = try await self.run(desk, "import", file, "--lang", "zh")
    #expect(
      chinese.error.contains("第 2 行，day：") && chinese.error.contains("未发送"),
      "\(chinese.error)"
    )
    let dry = try await self.run(desk, "import", file, "--dry-run", "--output", "csv")
    #expect(dry.code == 65 && dry.error.contains("2 rows would be refused"), "\(dry)")
    #expect(try await records(desk).isEmpty)
    let headings = try write(desk, "headings.csv", ["kind,division,day,title,fen", "a,b,c,d,1"])
    let none = try await self.run(desk, "import", headings)
    #expect(none.code == 65 && none.error.contains("column 5: no such heading: fen"), "\(none)")
  }

  /// What the node refuses is told and kept; the rest goes on.
  @Test func refusedRowsAreToldAndTheRestGoesOn() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let file = try write(
      desk,
      "some.csv",
      [
        Self.headings,
        "b1,budget,421224,2010-12-01,县级预算,county,,,,,,100,,,,",
        "d1,disbursement,421224,2010-12-01,多付,county,,,b1,,,100.01,,,,",
        "p1,project,421223,2010-12-01,外县项目,,种植业,亩,,,,90000,20,,,",
        ",disbursement,421224,2010-12-01,拨付,county,,,b1,p1,,1,,,,",
        ",disbursement,421224,2010-12-01,拨付,county,,,b1,,,100,,,,",
        ",take-up,421224,2010-12-01,落实,,种植业,,,,42122400000000,,1,,,",
        ",training,421224,2010-12-01,业务培训,,,,,,,,,,816,4",
      ]
    )
    // A take-up names its project: the file's own check tells that.
    let whole = try await run(desk, "import", file)
    #expect(whole.code == 65 && whole.error.contains("row 6, project: "), "\(whole.error)")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.split(separator: "\n").filter { !$0.contains("落实") }.joined(separator: "\n")
      .write(toFile: file, atomically: true, encoding: .utf8)
    for told in ["recorded,3\nreplayed,0\nrefused,3\n", "recorded,0\nreplayed,3\nrefused,3\n"] {
      let run = try await run(desk, "import", file, "--output", "csv")
      #expect(run.code == 65 && run.output.contains(told), "\(run)")
      let rules = [
        "row 2, yuan: ", "(pilot.overdrawn)", "row 3, division: ", "(office.area)",
        "row 4, project: ", "(pilot-file.reference-refused)", "3 rows were refused; see ",
      ]
      #expect(rules.allSatisfy(run.error.contains), "\(run.error)")
    }
    let kept = try String(contentsOfFile: file + ".refused.csv", encoding: .utf8)
    #expect(kept.contains("refused_because") && kept.contains("多付") && !kept.contains("业务培训"))
    #expect(try await records(desk).count == 3)
    let one = try await run(
      desk,
      "import",
      file,
      "--division",
      "421223",
      "--output",
      "csv"
    )
    #expect(one.code == 65 && one.output.contains("refused,1\nleft_out,5\n"), "\(one)")
  }

  /// Cut by force in the middle, again and again, over the network: in the end each row is recorded
  /// once.
  @Test func aCutImportGoesOnOverTheNetwork() async throws {
    let operators = try await Operators()
    let file = operators.folder.url.appendingPathComponent("many.csv")
    let rows = (1...1500).map { row in
      "training,42122410000\(row % 3 + 1),2010-12-01,第\(row)期,1,\(row)"
    }
    try (["kind,division,day,title,courses,people.trained"] + rows).joined(separator: "\n")
      .write(to: file, atomically: true, encoding: .utf8)
    var done = 0
    for milliseconds in [150, 300, 500] {
      let run = try await DaemonProcess.run(
        ["-s", "KILL", "\(Double(milliseconds) / 1000)"]
          + [DaemonProcess.program("registryctl").path, "pilot", "import", file.path]
          + operators.options(.poverty),
        environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
        program: URL(fileURLWithPath: "/usr/bin/timeout")
      )
      if run.end?.status == 0 { done += 1 }
    }
    let last = try await operators.run(.poverty, "pilot", "import", file.path, "--output", "csv")
    let told = last.output.contains("\nrows,1500\n") && last.output.contains("\nrefused,0\n")
    #expect(last.end?.status == 0 && told, "\(last)")
    let listed = try await operators.rows(.poverty, "pilot", "list", "--limit", "100000")
    #expect(listed.count == 1500 && Set(listed.map { $0["title"] }).count == 1500)
    #expect(done < 3)
  }
}
