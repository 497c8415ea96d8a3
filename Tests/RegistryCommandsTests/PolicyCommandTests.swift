internal import RegistryAPI
internal import RegistryCommands
internal import Testing

@Suite("Parameters, lines and quotas on the command line", .timeLimit(.minutes(1)))
struct PolicyCommandTests {
  @Test("policy list shows what holds and who set it")
  func policyList() async {
    let run = await CommandLineRun(["policy", "list"], FakeRegistry())
    #expect(run.code == 0 && run.error.isEmpty)
    #expect(
      run.output == """
        Parameter            Value  Division  From        Source     Set by                                  Version  Recorded
        -------------------  -----  --------  ----------  ---------  --------------------------------------  -------  --------------------------
        appeal.days             15  000000                           built-in                                      0
        notice.village.days     10  421224    2010-06-01  鄂政办1号  registry://420000/poverty-office/p0001        1  2010-11-17 21:20:00 +08:00

        """
    )
    let csv = await CommandLineRun(
      ["policy", "list", "421224100201", "--day", "2011-01-31", "--all", "--output", "csv"],
      FakeRegistry()
    )
    #expect(
      csv.output == """
        name,value,division,valid_from,source,set_by,version,recorded_at
        appeal.days,16,000000,,,built-in,0,
        notice.village.days,10,421224100201,2011-01-31,鄂政办1号,\
        registry://420000/poverty-office/p0001,1,2010-11-17 21:20:00 +08:00

        """
    )
  }

  @Test("policy set sends all settings at once, under a key")
  func policySet() async {
    let registry = FakeRegistry()
    let run = await CommandLineRun(
      [
        "policy", "set", "420000", "appraisal.quorum=20", "appeal.days=0", "--from", "20110101",
        "--source", "鄂政办1号", "--output", "csv",
      ],
      registry
    )
    #expect(
      run.output == """
        name,value,division,valid_from,source,set_by,version,recorded_at
        appraisal.quorum,20,420000,2011-01-01,鄂政办1号,registry://420000/poverty-office/p0001,2,\
        2010-11-17 21:20:00 +08:00
        appeal.days,0,420000,2011-01-01,鄂政办1号,registry://420000/poverty-office/p0001,2,\
        2010-11-17 21:20:00 +08:00

        """
    )
    #expect(registry.with { $0.isRepeatable })
  }

  @Test("policy names asks no server")
  func policyNames() async {
    let output = MemorySink()
    let console = FakeRegistry().console(.en, output: output, error: MemorySink())
    #expect(await Program.run(["policy", "names", "--output", "csv"], on: console) == 0)
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 9 && lines[0] == "name,meaning,built_in,minimum,maximum")
    #expect(lines[1] == "appeal.days,appeal.days,15,0,365")
    let chinese = MemorySink()
    let other = FakeRegistry().console(.en, output: chinese, error: MemorySink())
    #expect(await Program.run(["policy", "names", "--lang", "zh"], on: other) == 0)
    #expect(chinese.text.contains("notice.village.days   村级公示最少天数"))
  }

  @Test("line list shows yuan, and both kinds")
  func lineList() async {
    let run = await CommandLineRun(["line", "list", "--lang", "zh"], FakeRegistry())
    #expect(run.code == 0)
    #expect(run.output.contains("扶贫标准  000000    2010      1,274.00  white paper  built-in"))
    #expect(run.output.contains("低保标准  421224    2010      1,404.50  鄂民政2号"))
    let json = await CommandLineRun(
      ["line", "list", "--kind", "dibao", "--output", "json"],
      FakeRegistry()
    )
    #expect(json.output.contains(#""kind": {"code": "dibao", "name": "dibao standard"}"#))
    #expect(json.output.contains(#""amount": 140450"#) && !json.output.contains("white paper"))
  }

  @Test("line set sets the kind that is named", arguments: ["poverty", "dibao"])
  func lineSet(kind: String) async {
    let run = await CommandLineRun(
      [
        "line", "set", "420000", "2010", "1500.50", "--kind", kind, "--source", "文件",
        "--output", "csv",
      ],
      FakeRegistry()
    )
    #expect(
      run.output == """
        kind,division,year,amount,source,set_by,version,recorded_at
        \(kind),420000,2010,1500.50,文件,registry://420000/poverty-office/p0001,1,\
        2010-11-17 21:20:00 +08:00

        """
    )
  }

  @Test("quota list shows what counts against a quota")
  func quotaList() async {
    let run = await CommandLineRun(["quota", "list", "--breakdown"], FakeRegistry())
    #expect(
      run.output == """
        Code          Division  Year  Quota  Allotted  Applications  Proposed  Examined  Approved  Registered  Over  Reason
        ------------  --------  ----  -----  --------  ------------  --------  --------  --------  ----------  ----  ------
        421224        通山县    2010    100       100            30       120       110       105          90     5  水灾
        421224100000  通羊镇    2010                0             0         0         0         0           0     0

        """
    )
    let csv = await CommandLineRun(
      ["quota", "list", "421224", "--period", "2011", "--output", "csv"],
      FakeRegistry()
    )
    #expect(csv.output.hasSuffix("\n421224,通山县,2011,100,100,30,120,110,105,90,5,水灾\n"))
  }

  @Test("quota set takes pairs or a file with reasons")
  func quotaSet() async throws {
    let pairs = await CommandLineRun(
      [
        "quota", "set", "421224100000=600", "421224101000=400", "--period", "2010", "--output",
        "csv",
      ],
      FakeRegistry()
    )
    #expect(
      pairs.output == """
        division,period,people,reason,version
        421224100000,2010,600,,1
        421224101000,2010,400,,1

        """
    )
    let folder = try TemporaryDirectory()
    let file = try folder.write(
      "区划代码,人数,理由\n421224100000,1200,水灾\n421224101000, 1001 ,\n",
      to: "quotas.csv"
    )
    let fromFile = await CommandLineRun(
      [
        "quota", "set", "--file", file, "--reason", "旱灾", "--period", "2010", "--output", "csv",
      ],
      FakeRegistry()
    )
    #expect(
      fromFile.output == """
        division,period,people,reason,version
        421224100000,2010,1200,水灾,1
        421224101000,2010,1001,旱灾,1

        """
    )
    let refused = await CommandLineRun(
      ["quota", "set", "--file", file, "--period", "2010"],
      FakeRegistry()
    )
    #expect(refused.code == 65 && refused.output.isEmpty)
    #expect(refused.error.contains("row 2, quotas.people: this needs a reason (quota.allotted)\n"))
  }

  @Test(
    "A file that cannot be used is refused with its row",
    arguments: [
      ("", "the file is empty"), ("division,count\n1,2\n", "the headings must be"),
      ("people,reason\n1,x\n", "the headings must be"),
      ("division,people\n421224,ten\n", "row 1, people: not a whole number"),
      ("division,people\n421224,1\n421223,1,2\n", "row 2: another number of columns"),
    ]
  )
  func quotaFiles(text: String, words: String) async throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write(text, to: "quotas.csv")
    let run = await CommandLineRun(["quota", "set", "--file", file], FakeRegistry())
    #expect(run.code == 65)
    #expect(run.error.contains(words), "\(run.error)")
  }

  @Test("A file with more rows than one request sets is refused")
  func longQuotaFile() async throws {
    let folder = try TemporaryDirectory()
    let rows = (1...1_001).map { "421224\(100_000 + $0),1\n" }.joined()
    let file = try folder.write("division,people\n" + rows, to: "quotas.csv")
    let run = await CommandLineRun(["quota", "set", "--file", file], FakeRegistry())
    #expect(run.code == 65 && run.error.contains("more than 1000 rows"))
    let missing = await CommandLineRun(
      ["quota", "set", "--file", folder.path("none")],
      FakeRegistry()
    )
    #expect(missing.code == 66)
  }

  @Test(
    "Wrong arguments are refused with 64",
    arguments: [
      ["policy", "set", "421224"], ["policy", "set", "421224", "appeal.days"],
      ["policy", "set", "421224", "appeal.days=ten"], ["policy", "list", "--day", "2010-02-30"],
      ["line", "set", "421224", "2010"], ["line", "set", "421224", "2010", "much"],
      ["line", "set", "421224", "2010", "1", "--kind", "rich"], ["quota", "set"],
      ["quota", "set", "421224=x"], ["quota", "set", "421224=1", "--file", "x.csv"],
    ]
  )
  func usage(arguments: [String]) async {
    let run = await CommandLineRun(arguments, FakeRegistry())
    #expect(run.code == 64)
    #expect(run.output.isEmpty && !run.error.isEmpty)
  }
}
