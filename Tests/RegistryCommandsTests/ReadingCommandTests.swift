internal import RegistryAPI
internal import RegistryCommands
internal import Testing

@Suite("Commands that read", .timeLimit(.minutes(1)))
struct ReadingCommandTests {
  @Test("ping tells who serves, who asks and that the people are generated")
  func ping() async throws {
    let run = await CommandLineRun(["ping", "--count", "3"], FakeRegistry(), .zh)
    #expect(run.code == 0)
    #expect(run.error == "合成数据：本节点人口均为生成\n")
    let lines = run.output.split(separator: "\n")
    try #require(lines.count == 14, "\(run.error)")
    #expect(lines[0] == "节点          registry://421224/node/main")
    #expect(lines[1] == "行政区划      湖北省咸宁市通山县 (421224)")
    #expect(run.output.contains("registry://421224/poverty-office/p0007"))
  }

  @Test("division list takes all pages")
  func divisions() async {
    let run = await CommandLineRun(["division", "list", "--output", "csv"], FakeRegistry())
    let line = "421224,通山县,4,湖北省咸宁市通山县,421200,12,1,gb2260-2010\n"
    #expect(
      run.output == "code,name,level,full_name,parent,children,key_county,source\n" + line + line
        + line
    )
    #expect(run.code == 0)
  }

  @Test("division show and search, and what is not there")
  func division() async {
    let show = await CommandLineRun(["division", "show", "421224"], FakeRegistry())
    #expect(show.output.hasPrefix("Code        421224\nName        通山县\n"))
    let search = await CommandLineRun(
      ["division", "search", "通山", "--output", "json"],
      FakeRegistry()
    )
    #expect(search.output.contains(#""level": {"code": "4", "name": "county"}"#))
    let missing = await CommandLineRun(["division", "show", "1"], FakeRegistry())
    #expect(missing.code == 66)
    #expect(missing.output.isEmpty)
    #expect(missing.error == "error: not found (NOT_FOUND): no such division\n")
    let chinese = await CommandLineRun(["division", "show", "1", "--lang", "zh"], FakeRegistry())
    #expect(chinese.error == "错误：未找到（NOT_FOUND）：no such division\n")
  }

  @Test("stats gives shares of the registered people")
  func stats() async {
    let run = await CommandLineRun(["stats"], FakeRegistry())
    #expect(run.output.contains("Categories\n"))
    #expect(run.output.contains("  both           2       8  100.0 %\n"))
    let rows = await CommandLineRun(
      ["stats", "--breakdown", "--output", "csv"],
      FakeRegistry()
    )
    #expect(
      rows.output == """
        code,division,households,people,poverty_object_people,dibao_people,both_people,\
        five_guarantee_people,below_line_people
        421224,通山县,2,8,0,0,8,0,0

        """
    )
  }

  @Test("report names the base of each percentage")
  func report() async {
    let run = await CommandLineRun(["report", "--lang", "zh"], FakeRegistry())
    #expect(run.output.contains("  建档  登记人口  34,878  人"))
    #expect(run.output.contains("  建档  贫困线下  23,248  人    66.7 %  登记人口"))
    let csv = await CommandLineRun(["report", "--output", "csv"], FakeRegistry())
    #expect(
      csv.output.hasSuffix(
        "registered,registered.below-line,23248,people,66.7,registered.people\n"
      )
    )
  }

  @Test("check exits with 1 when anything differs")
  func check() async {
    let registry = FakeRegistry()
    let good = await CommandLineRun(["check"], registry)
    #expect(good.code == 0)
    registry.with { $0.findings = 2 }
    let bad = await CommandLineRun(["check"], registry)
    #expect(bad.code == 1)
    #expect(bad.error == "error: 2 differences were found\n")
    #expect(bad.output.contains("the tally says 3, the files say 2"))
  }

  @Test(
    "Wrong arguments are refused with 64",
    arguments: [
      ["ping", "--count", "0"], ["household", "get"], ["household", "list", "--limit", "0"],
      ["household", "get", "--id", "xyz"], ["nonsense"], ["import"],
      ["household", "list", "--category", "rich"], ["household", "list", "--cause", "none such"],
      ["household", "list", "--income-below", "much"], ["ping", "--output", "xml"],
    ]
  )
  func usage(arguments: [String]) async {
    let run = await CommandLineRun(arguments, FakeRegistry())
    #expect(run.code == 64)
    #expect(run.output.isEmpty && !run.error.isEmpty)
  }

  @Test("Without a server the missing options are named")
  func configuration() async {
    let error = MemorySink()
    let console = FakeRegistry().console(.en, output: MemorySink(), error: error)
    let code = await Program.run(["ping", "--server", "x:1"], on: console)
    #expect(code == 78)
    #expect(error.text.hasPrefix("error: not given: --ca, --cert, --key, --node\n"))
  }

  @Test("A purpose is one of the registry's; the list is told")
  func purpose() async {
    let run = await CommandLineRun(["household", "list", "--purpose", "curiosity"], FakeRegistry())
    #expect(run.code == 64 && run.output.isEmpty)
    #expect(run.error.contains("  allowed: schooling-support\n"))
    let chinese = await CommandLineRun(["ping", "--purpose", "x", "--lang", "zh"], FakeRegistry())
    #expect(chinese.error.contains("可用：schooling-support（教育资助）"))
    let fine = await CommandLineRun(["ping", "--purpose", "inspection"], FakeRegistry())
    #expect(fine.code == 0)
  }

  @Test("The version and completion scripts are printed")
  func version() async {
    let output = MemorySink()
    let console = FakeRegistry().console(.en, output: output, error: MemorySink())
    #expect(await Program.run(["--version"], on: console) == 0)
    #expect(output.text == "registryctl \(Program.version)\n")
    #expect(await Program.run(["--generate-completion-script", "bash"], on: console) == 0)
    #expect(output.text.contains("_registryctl()"))
  }
}
