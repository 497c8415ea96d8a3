internal import FoundationEssentials
internal import RegistryAPI
internal import RegistryCommands
internal import Testing

@Suite("Household commands", .timeLimit(.minutes(1)))
struct HouseholdCommandTests {
  private let fields = [
    "--set", "location.village=421224100201", "--set", "location.group=三组",
    "--set", "classification.poverty_decision=扶贫对象", "--set", "classification.main_cause=缺资金",
    "--set", "contact.telephone=07152360001", "--set", "income.years.1.year=2010",
    "--set", "income.years.1.net_per_person=1234.5", "--set", "dwelling.floor_area=80.5",
    "--set", "members.1.identity.name=王小明", "--set", "members.1.identity.relation=02",
    "--set", "members.1.security.dibao=yes", "--set", "members.2.identity.name=李红",
    "--set", "support.plan.cadre=张三",
  ]

  @Test("create sends the fields that --set gives, under a key of its own")
  func create() async throws {
    let registry = FakeRegistry()
    let run = await CommandLineRun(["household", "create"] + fields, registry)
    #expect(run.error == "registered under number 42122400001\n")
    #expect(run.code == 0)
    let stored = try #require(registry.with { $0.households.first })
    #expect(stored.location?.group == "三组")
    #expect(stored.classification?.povertyDecision == .object)
    #expect(stored.classification?.mainCause == 9)
    #expect(stored.income?.years.first?.netPerPerson?.fen == 123_450)
    #expect(stored.dwelling?.floorArea?.value == 8050)
    #expect(stored.members.map { $0.identity?.name } == ["王小明", "李红"])
    #expect(stored.members[0].security?.dibao == .yes)
    #expect(stored.support?.plan?.cadre == "张三")
    #expect(run.output.contains("  Net per person"))
  }

  @Test("What get prints as JSON, create takes")
  func roundTrip() async throws {
    let registry = FakeRegistry()
    _ = await CommandLineRun(["household", "create"] + fields, registry)
    let get = await CommandLineRun(
      ["household", "get", "--number", "42122400001", "--output", "json"],
      registry
    )
    #expect(get.code == 0)
    let directory = try TemporaryDirectory()
    let path = try directory.write(get.output, to: "h.json")
    let create = await CommandLineRun(["household", "create", "--from", path], registry)
    #expect(create.error == "registered under number 42122400002\n")
    let pair = registry.with { $0.households }
    var copy = try #require(pair.last)
    copy.id = pair[0].id
    copy.number = pair[0].number
    for index in copy.members.indices { copy.members[index].id = pair[0].members[index].id }
    #expect(copy == pair[0])
  }

  @Test(
    "Instants and days of --as-of and --effective",
    arguments: [
      ("2010-11-17T13:20:00Z", Int64(1_290_000_000_999_999)),
      ("2010-11-17T21:20:00.25+08:00", 1_290_000_000_250_000),
      ("2010-11-17 21:20:00 +08:00", 1_290_000_000_999_999),
      ("2010-11-17T07:50:00.000001-05:30", 1_290_000_000_000_001),
      ("2010-11-17", 1_290_009_599_999_999), ("2010-11-17T21:20+08:00", 0),
      ("2010-11-17T21:20:00", 0), ("2010-11-17T24:20:00Z", 0), ("2010-11-17T21:20:00.Z", 0),
      ("2010-02-30", 0), ("", 0), ("2010-11-17T21:20:00+8:00", 0), ("村", 0),
    ]
  )
  func instants(text: String, instant: Int64) async throws {
    let registry = FakeRegistry()
    _ = await CommandLineRun(["household", "create"] + fields, registry)
    let get = ["household", "get", "--number", "42122400001"]
    let run = await CommandLineRun(get + ["--as-of", text], registry)
    #expect(run.code == (instant == 0 ? 64 : 0), "\(run.error)")
    #expect(registry.with { $0.gets.last?.asOf ?? 0 } == instant)
    let effective = await CommandLineRun(get + ["--effective", "2010-11-17"], registry)
    #expect(effective.code == 0 && registry.with { $0.gets.last?.effectiveOn } == 2010_11_17)
    #expect(
      await CommandLineRun(get + ["--as-of", "2010-11-17", "--effective", "2010-11-17"], registry)
        .code == 64
    )
  }

  @Test("Refusals name member, field and rule, in both languages")
  func refusal() async {
    let arguments = ["household", "create", "--set", "location.group=refuse me"]
    let run = await CommandLineRun(arguments, FakeRegistry())
    #expect(run.code == 65)
    #expect(
      run.error == """
        error: the data was refused (INVALID_ARGUMENT): 1 rule is broken
          member 1, members.identity.citizen_id: the check character is wrong (id.check-digit)

        """
    )
    let chinese = await CommandLineRun(arguments, FakeRegistry(), .zh)
    #expect(chinese.error.contains("第 1 人，members.identity.citizen_id：校验码错误（id.check-digit）"))
  }

  @Test(
    "A field that is not understood is named, not its value",
    arguments: [
      ("contact.fax=1", "contact.fax: no such field; there are: telephone, address"),
      ("classification.main_cause=laziness", "classification.main_cause: not in the code list"),
      ("income.years.3.wages=1", "income.years.3.wages: there are 0; give a number from 1 to 1"),
      ("income.years.1.wages=1,5", "income.years.1.wages: not an amount in yuan"),
      ("members.1.identity=x", "members.1.identity: write members.N.SECTION.FIELD"),
      ("members.1.security.dibao=maybe", "members.1.security.dibao: neither yes nor no"),
      ("effective_on=2010-02-30", "effective_on: not a day"),
      ("nothing=1", "nothing: no such field; there are: location, classification"),
    ]
  )
  func badField(setting: String, words: String) async {
    let run = await CommandLineRun(["household", "create", "--set", setting], FakeRegistry())
    #expect(run.code == 65)
    #expect(run.error.hasPrefix("error: " + words))
  }

  @Test(
    "JSON that is not of the form is refused",
    arguments: ["[1]", "{", #"{"contact": {"telephone": 1.5}}"#, "\u{1}", ""]
  )
  func badDocument(text: String) async throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(text, to: "h.json")
    let run = await CommandLineRun(["household", "create", "--from", path], FakeRegistry())
    #expect(run.code == 65)
  }

  @Test("update says its base version, sends a mask and prints what changed")
  func update() async throws {
    let registry = FakeRegistry()
    _ = await CommandLineRun(["household", "create"] + fields, registry)
    let run = await CommandLineRun(
      [
        "household", "update", "--number", "42122400001", "--set", "contact.telephone=123",
        "--set", "members.2.labour.away_months=3", "--set", "income.years.2.year=2011", "--clear",
        "contact.address", "--output", "csv",
      ],
      registry
    )
    #expect(
      run.error == """
        made from version 1, read just now
        number 42122400001 is now version 2

        """
    )
    #expect(
      run.output == """
        field,title,before,after
        contact.telephone,contact.telephone,07152360001,123
        income.years.2011.year,income.years.2011.year,,2011

        """
    )
    let request = try #require(registry.with { $0.updates.last })
    #expect(
      request.mask == [
        "contact.address", "contact.telephone", "income.years", "members.labour.away_months",
      ]
    )
    #expect(request.baseVersion == 1)
    #expect(request.household?.members.map { $0.identity?.name } == ["李红"])
  }

  @Test("A file of fields that is not there is named, in either language")
  func missingFile() async throws {
    let directory = try TemporaryDirectory()
    let arguments = ["household", "create", "--from", directory.path("none.json")]
    let run = await CommandLineRun(arguments, FakeRegistry())
    #expect(run.code == 66)
    let path = directory.path("none.json")
    #expect(run.error == "error: cannot read \(path): No such file or directory\n")
    let chinese = await CommandLineRun(arguments, FakeRegistry(), .zh)
    #expect(chinese.error == "错误：无法读取 \(path)：没有此文件或目录\n")
    let folder = await CommandLineRun(
      ["household", "create", "--from", directory.url.path],
      FakeRegistry()
    )
    #expect(folder.code == 66 && folder.error.contains("Is a directory"))
  }

  @Test("A stale version is a conflict that shows both sides")
  func conflict() async {
    let registry = FakeRegistry()
    _ = await CommandLineRun(["household", "create"] + fields, registry)
    let run = await CommandLineRun(
      [
        "household", "update", "--number", "42122400001", "--base-version", "7", "--set",
        "contact.telephone=1",
      ],
      registry
    )
    #expect(run.code == 79)
    #expect(run.error.contains("made from version 7, on record is 1"))
    let idle = await CommandLineRun(
      ["household", "update", "--number", "42122400001"],
      registry
    )
    #expect(idle.code == 64)
  }

  @Test("list pages, filters, and names what is withheld")
  func list() async throws {
    let registry = FakeRegistry()
    for _ in 0..<3 { _ = await CommandLineRun(["household", "create"] + fields, registry) }
    let run = await CommandLineRun(
      [
        "household", "list", "--limit", "2", "--category", "低保户", "--cause", "1",
        "--income-below", "2300", "--output", "json",
      ],
      registry
    )
    #expect(run.error == "there are more: --page-token 2\n")
    #expect(run.output.split(separator: "\n").count == 4)
    #expect(run.output.contains(#""net_per_person_fen": {"withheld": true}"#))
    let filter = try #require(registry.with { $0.filters.last })
    #expect(filter.categories == [.dibao] && filter.mainCauses == [1])
    #expect(filter.incomeBelow?.fen == 230_000 && filter.status == .registered)
    #expect(filter.division == "" && filter.divisions == [])
    _ = await CommandLineRun(
      ["household", "list", "--division", "421224100000", "--division", "421224101000"],
      registry
    )
    let several = try #require(registry.with { $0.filters.last })
    #expect([several.division] + several.divisions == ["421224100000", "421224101000"])
    let all = await CommandLineRun(
      ["household", "list", "--all", "--page-token", "1", "--output", "csv"],
      registry
    )
    #expect(all.output.split(separator: "\n").count == 3)
    #expect(all.error.isEmpty)
  }
}
