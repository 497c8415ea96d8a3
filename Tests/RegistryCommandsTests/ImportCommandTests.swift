internal import FoundationEssentials
internal import RegistryAPI
internal import RegistryCommands
internal import Testing

@Suite("Import and export", .timeLimit(.minutes(1)))
struct ImportCommandTests {
  private static let heading =
    "household,village_code,group,poverty_object,civil_affairs,main_cause,name,id_number,relation,"
    + "no_id_reason,sex,birth_date,education,health,labour,township\n"

  private static func household(_ number: Int, group: String = "一组") -> String {
    let head =
      "\(number),421224100201,\(group),是,低保,缺资金,户主\(number),,户主,其他,男,1970-01-01,小学,健康,普通劳动力,red\n"
    let child = "\(number),,,,,,\"子,\(number)\",,子,其他,男,2008-01-01,,健康,,\n"
    return head + child
  }

  static func file(_ count: Int, in directory: TemporaryDirectory, bad: Int? = nil) throws
    -> String
  {
    let rows = (1...count).map { household($0, group: $0 == bad ? "refuse me" : "一组") }
    return try directory.write(Self.heading + rows.joined(), to: "people.csv")
  }

  @Test("An import registers each household once, however often it runs")
  func twice() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let path = try Self.file(1000, in: directory)
    let first = await CommandLineRun(["import", path, "--output", "csv"], registry)
    #expect(first.code == 0, "\(first.error)")
    #expect(first.output.contains("\nrows,2000\ncreated,1000\n"))
    #expect(directory.names == ["people.csv"])
    let second = await CommandLineRun(["import", path, "--output", "csv"], registry)
    #expect(second.code == 0)
    #expect(second.error.contains("an earlier run has done 2000 rows"))
    #expect(second.output.contains("\nrows,2000\ncreated,0\n"))
    #expect(second.output.contains("\nskipped_rows,2000\n"))
    #expect(registry.with { $0.households.count } == 1000)
    #expect(registry.with { $0.itemsReceived } == 1000)
  }

  @Test("An import that was cut goes on where it stopped")
  func resume() async throws {
    let registry = FakeRegistry()
    registry.with { $0.cutAfter = 600 }
    let directory = try TemporaryDirectory()
    let path = try Self.file(1000, in: directory)
    let first = await CommandLineRun(["import", path], registry)
    #expect(first.code == 69)
    #expect(first.error.contains("run the same command again to go on"))
    #expect(first.error.contains("the connection was lost"))
    registry.with { $0.cutAfter = nil }
    let second = await CommandLineRun(["import", path, "--output", "csv"], registry)
    #expect(second.code == 0)
    #expect(second.output.contains("\ncreated,400\n"))
    #expect(registry.with { $0.households.count } == 1000)
  }

  @Test("Refused rows go to a file with the reason, also when it runs again")
  func refused() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let path = try Self.file(3, in: directory, bad: 2)
    for run in 1...2 {
      let result = await CommandLineRun(["import", path], registry)
      #expect(result.code == 65)
      #expect(
        result.error.hasSuffix(
          "error: 1 households (2 rows) were refused; see \(path).refused.csv\n"
        )
      )
      #expect(registry.with { $0.households.count } == 2)
      // Only what is not done is sent a second time.
      #expect(registry.with { $0.itemsReceived } == 2 + run)
      let text = try directory.read("people.csv.refused.csv")
      let lines = text.split(separator: "\r\n")
      try #require(lines.count == 3)
      #expect(lines[0] == "\u{FEFF}" + Self.heading.dropLast() + ",refused_because")
      #expect(
        lines[1].hasSuffix(
          "red,\"member 1, members.identity.citizen_id: the check character is wrong "
            + "(id.check-digit)\""
        )
      )
      #expect(lines[2].hasPrefix("2,,,,,,\"子,2\",,子"))
      #expect(lines[2].hasSuffix(",another row of the household is refused"))
      #expect(directory.names.count == run + 1)
    }
  }

  @Test("A cell that cannot be read refuses its household and no other")
  func unreadable() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let bad = Self.household(2).replacing("缺资金", with: "懒惰")
    let path = try directory.write(
      Self.heading + Self.household(1) + bad + Self.household(3),
      to: "p.csv"
    )
    let run = await CommandLineRun(
      ["import", path, "--refused", directory.path("r.csv")],
      registry
    )
    #expect(run.code == 65)
    #expect(registry.with { $0.households.count } == 2)
    #expect(try directory.read("r.csv").contains("classification.main_cause: "))
    #expect(try !directory.read("r.csv").contains("户主1"))
  }

  @Test("A dry run shows what it understood, without a server")
  func dryRun() async throws {
    let directory = try TemporaryDirectory()
    let text = Self.heading.replacing("township", with: "colour") + Self.household(1)
    let path = try directory.write(text + Self.household(2), to: "people.csv")
    let run = await CommandLineRun(["import", path, "--dry-run"], FakeRegistry())
    #expect(run.output.hasPrefix("Encoding       UTF-8\nRows           4\nHouseholds     2\n"))
    #expect(run.output.contains("  village_code    village_code    location.village\n"))
    #expect(run.output.contains("  colour\n"))
  }

  @Test("Unknown headings are named and refused, unless they are to be passed over")
  func unknownHeadings() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let text = Self.heading.replacing("township", with: "colour") + Self.household(1)
    let path = try directory.write(text, to: "p.csv")
    let refused = await CommandLineRun(["import", path], registry)
    #expect(refused.code == 65)
    #expect(refused.error.contains("unknown headings") && refused.error.contains("16: colour"))
    #expect(registry.with { $0.itemsReceived } == 0)
    let taken = await CommandLineRun(["import", path, "--ignore-unknown"], registry)
    #expect(taken.code == 0, "\(taken.error)")
    #expect(registry.with { $0.households.count } == 1)
  }

  @Test("The reason stands under its heading, also after a row that is too short")
  func shortRow() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let path = try directory.write(
      "village_code,name,relation,sex,health\n421224100201,x,户主\n",
      to: "p.csv"
    )
    #expect(await CommandLineRun(["import", path], registry).code == 65)
    let lines = try directory.read("p.csv.refused.csv").split(separator: "\r\n")
    try #require(lines.count == 2)
    #expect(lines[1].hasPrefix("421224100201,x,户主,,,"))
    #expect(lines[1].hasSuffix("(row.fields)"))
    // What was refused can be mended in place: its last column is known.
    let again = await CommandLineRun(["import", path + ".refused.csv"], registry)
    #expect(!again.error.contains("heading"))
  }

  @Test("A household without end ends the import")
  func endless() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let member = "1,,,,,,子,,子,其他,男,2008-01-01,,健康,,\n"
    let text = Self.heading + Self.household(2) + Self.household(1)
    let path = try directory.write(text + String(repeating: member, count: 999), to: "p.csv")
    let run = await CommandLineRun(["import", path, "--dry-run"], registry)
    #expect(run.code == 65)
    #expect(run.error.contains("begins in row 3 has too many rows"))
    #expect(await CommandLineRun(["import", path], registry).code == 65)
  }

  @Test("A long file name is cut between characters")
  func longName() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let name = String(repeating: "村", count: 70)
    let path = try directory.write(Self.heading + Self.household(1), to: name)
    #expect(await CommandLineRun(["import", path], registry).code == 0)
    #expect(registry.with { $0.fileNames } == [String(repeating: "村", count: 66)])
  }

  @Test("GB18030 with Chinese headings is understood")
  func gb18030() async throws {
    let directory = try TemporaryDirectory()
    // 村代码,姓名,与户主关系 / 421224100201,王,户主
    let bytes: [UInt8] =
      [0xB4, 0xE5, 0xB4, 0xFA, 0xC2, 0xEB, 0x2C, 0xD0, 0xD5, 0xC3, 0xFB, 0x2C, 0xD3, 0xEB, 0xBB]
      + [0xA7, 0xD6, 0xF7, 0xB9, 0xD8, 0xCF, 0xB5, 0x0D, 0x0A] + Array("421224100201,".utf8)
      + [0xCD, 0xF5, 0x2C, 0xBB, 0xA7, 0xD6, 0xF7, 0x0D, 0x0A]
    try Data(bytes).write(to: directory.url.appending(path: "gb.csv"))
    let run = await CommandLineRun(
      ["import", directory.path("gb.csv"), "--dry-run", "--output", "csv"],
      FakeRegistry()
    )
    #expect(run.output.hasPrefix("key,value\nencoding,GB18030\nrows,1\nhouseholds,1\n"))
    #expect(run.output.contains("columns.3.column,relation\n"))
  }

  @Test(
    "Files that cannot be read as such are refused before anything is sent",
    arguments: [
      ("", Int32(65), "the file is empty"), ("colour,shape\n1,2\n", 65, "the headings are not"),
      ("name,relation,village_code,name\n", 65, "the headings are not"),
      ("name,relation,village_code\n\"x", 65, "line 2, column 1: a quotation mark is opened"),
    ]
  )
  func badFile(text: String, code: Int32, words: String) async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    let path = try directory.write(text, to: "x.csv")
    let run = await CommandLineRun(["import", path], registry)
    #expect(run.code == code)
    #expect(run.error.contains("error: " + words))
    #expect(registry.with { $0.itemsReceived } == 0)
  }

  @Test("A file that is not there is 66, a directory 64")
  func missing() async throws {
    let directory = try TemporaryDirectory()
    #expect(await CommandLineRun(["import", directory.path("no")], FakeRegistry()).code == 66)
    #expect(await CommandLineRun(["import", directory.url.path], FakeRegistry()).code == 64)
  }

  @Test("What is exported can be imported again", arguments: [Language.en, .zh])
  func export(language: Language) async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    _ = await CommandLineRun(["import", try Self.file(5, in: directory)], registry)
    registry.with { $0.households[0].dwelling = Dwelling(marketDistance: Quantity(value: 2_853)) }
    let path = directory.path("out.csv")
    let run = await CommandLineRun(
      ["household", "export", "--file", path, "--lang", language.rawValue],
      registry
    )
    #expect(run.code == 0 && run.output.isEmpty)
    #expect(directory.names == ["out.csv", "people.csv"])
    let copy = FakeRegistry()
    let again = await CommandLineRun(["import", path], copy)
    #expect(again.code == 0, "\(again.error)")
    let pairs = zip(registry.with { $0.households }, copy.with { $0.households })
    for (before, after) in pairs { #expect(before == after) }
    #expect(copy.with { $0.households.count } == 5)
  }

  @Test("JSON lines hold one household each")
  func jsonLines() async throws {
    let registry = FakeRegistry()
    let directory = try TemporaryDirectory()
    _ = await CommandLineRun(["import", try Self.file(5, in: directory)], registry)
    let run = await CommandLineRun(["household", "export", "--format", "jsonl"], registry)
    #expect(run.error == "5 households, 10 people\n")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.allSatisfy { $0.hasPrefix("{\"id\": ") && $0.hasSuffix("}") })
  }

  @Test("An export into a directory that is not there leaves nothing behind")
  func exportFails() async throws {
    let directory = try TemporaryDirectory()
    let run = await CommandLineRun(
      ["household", "export", "--file", directory.path("no/out.csv")],
      FakeRegistry()
    )
    #expect(run.code == 73)
    #expect(directory.names.isEmpty)
  }
}
