internal import Foundation
internal import RPCCore
internal import RPCTransport
internal import RegistryAPI
internal import RegistryCommands
internal import TestCertificates
internal import Testing

@Suite("registryctl as a process", .timeLimit(.minutes(1)))
struct RegistryctlProcessTests {
  @Test("The help of the root command, with its exit codes")
  func help() async throws {
    let run = try await RegistryctlProcess(["--help"])
    #expect(run.code == 0 && run.error.isEmpty)
    #expect(
      run.output == """
        OVERVIEW: Works with a household registry for poverty alleviation.

        EXIT CODES:
          0    done
          1    check found differences
          64   wrong arguments
          65   data refused by a rule; rows of an import refused
          66   no such file, household or division
          69   server not reachable, or no answer in time
          70   fault in the program or the server
          73   output file cannot be made
          74   reading or writing failed
          75   server is busy or a limit is reached; try later
          76   server's certificate or identity is not as expected
          77   not allowed to this office
          78   profile or certificate files are wrong
          79   record exists already, or was changed meanwhile
          130  interrupted

        USAGE: registryctl <subcommand>

        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.

        SUBCOMMANDS:
          ping                    Tells who serves and how long an answer takes.
          status                  Tells whether the server is well and when its
                                  certificates end.
          top                     Shows what the server does, live.
          health                  Tells whether the server takes calls.
          services                Lists the server's services and methods.
          call                    Calls any method of the server with JSON.
          division                Administrative divisions.
          household               Household files.
          \("import")                  Imports a CSV file of households.
          apply                   Records applications of households.
          inbox                   Shows what waits for this office.
          application             Applications: look at them, take steps on them.
          notice                  Public notices.
          minutes                 Minutes of democratic appraisals.
          procedure               Prints the identification procedure: who does what,
                                  when.
          change                  Changes of registered households.
          proposal                Changes proposed to the county.
          conflict                Proposals in conflict with what is on record, which a
                                  person settles.
          hand-over               Files handed over between counties.
          policy                  Parameters of the procedure, dated.
          line                    Poverty lines and dibao standards.
          code                    Codes of the registry's own lists.
          quota                   Quotas of low-income people by division.
          pilot                   Records of pilot work, rolled up by division.
          roster                  Rosters of other systems: dibao, five-guarantee,
                                  disability.
          converge                Compares a roster with the registry.
          link                    The links between nodes.
          bundle                  Carries the journal by file, where there is no
                                  network.
          journal                 Evidence of what was recorded.
          database                Registries in a file, without a server.
          identity                Operators' certificates.
          stats                   Counts households and people by division.
          report                  Prints the progress report of a division.
          published               Prints the counts that everybody may know.
          check                   Recounts the registry and compares.
          match                   Compares a list of persons with the registry.
          access                  Tells who looked at a household's file.
          backup                  Backs a node's database up, while it serves.
          restore                 Restores a node's database from a backup.

          See 'registryctl help <subcommand>' for detailed help.

        """
    )
  }

  @Test(
    "Every command has help in both languages",
    arguments: [
      ["ping"], ["status"], ["top"], ["health"], ["services"], ["call"], ["division"],
      ["division", "list"], ["division", "show"], ["division", "search"],
      ["household"], ["household", "get"], ["household", "list"], ["household", "create"],
      ["household", "update"], ["household", "export"], ["import"], ["stats"], ["report"],
      ["published"],
      ["check"], ["policy"], ["policy", "list"], ["policy", "set"], ["policy", "names"], ["line"],
      ["line", "list"], ["line", "set"], ["quota"], ["quota", "list"], ["quota", "set"],
      ["link"], ["link", "status"], ["link", "findings"], ["link", "block"], ["link", "allow"],
      ["bundle"], ["bundle", "export"], ["bundle", "import"], ["bundle", "receipt"], ["journal"],
      ["journal", "head"], ["journal", "show"], ["journal", "export"], ["journal", "prove"],
      ["journal", "verify"], ["database"], ["database", "create"], ["backup"], ["restore"],
      ["match"], ["access"], ["household", "sample"], ["household", "follow"],
      ["household", "measures"], ["roster"],
      ["roster", "import"],
      ["roster", "list"], ["roster", "changes"], ["roster", "remove"], ["roster", "starts"],
      ["roster", "accept"], ["roster", "refuse"], ["converge"], ["pilot"],
      ["pilot", "kinds"], ["pilot", "record"],
      ["pilot", "amend"],
      ["pilot", "withdraw"], ["pilot", "list"], ["pilot", "summary"], ["pilot", "follow"],
      ["pilot", "take-up"], ["pilot", "balance"],
      ["household", "erase"], ["hand-over", "arrivals"], ["hand-over", "accept"],
      ["hand-over", "refuse"],
      ["household", "history"], ["household", "compare"], ["change"],
      ["change", "correct"], ["change", "review"], ["change", "birth"], ["change", "death"],
      ["change", "marriage"], ["change", "split"], ["change", "merge"], ["change", "move"],
      ["change", "move-away"], ["change", "category"], ["change", "exit"], ["proposal"],
      ["proposal", "list"], ["proposal", "show"], ["proposal", "take"], ["proposal", "refuse"],
      ["proposal", "withdraw"], ["conflict", "list"], ["conflict", "show"],
      ["conflict", "resolve"], ["hand-over", "list"],
      ["apply"], ["inbox"], ["procedure"], ["application"], ["application", "list"],
      ["application", "show"], ["application", "steps"], ["application", "appraise"],
      ["application", "decide"], ["application", "examine"], ["application", "approve"],
      ["application", "register"], ["application", "return"], ["application", "withdraw"],
      ["application", "appeal"], ["application", "decide-appeal"], ["application", "amend"],
      ["application", "object"], ["application", "answer"], ["application", "settle-duplicate"],
      ["notice"], ["notice", "open"], ["notice", "close"], ["notice", "list"], ["notice", "show"],
      ["notice", "sheet"], ["minutes"], ["minutes", "attach"], ["minutes", "get"], ["identity"],
      ["identity", "request"], ["identity", "issue"], ["identity", "renew"], ["identity", "list"],
      ["identity", "revoke"],
    ]
  )
  func subcommandHelp(command: [String]) async throws {
    let english = try await RegistryctlProcess(command + ["--help"], environment: ["LANG": "C"])
    let chinese = try await RegistryctlProcess(
      command + ["--help"],
      environment: ["LANG": "zh_CN.UTF-8"]
    )
    #expect(english.code == 0 && chinese.code == 0)
    #expect(english.output.unicodeScalars.allSatisfy { $0.value < 0x2E80 })
    #expect(chinese.output.unicodeScalars.contains { $0.value >= 0x4E00 })
  }

  @Test(
    "In Chinese nothing of the argument parser stays English",
    arguments: [
      ["--help"], ["ping", "--help"], ["household", "update", "--help"], ["import", "--help"],
      ["household", "get"], ["ping", "--colour"], ["ping", "--lnag", "zh"], ["ping", "--count"],
      ["ping", "--count", "x"], ["ping", "--output", "xml"], ["nonsense"], ["import"],
      ["import", "a", "b"], ["ping", "--count", "0"], ["household", "list", "--limit", "0"],
      ["help", "nothing"], ["division", "show"], ["policy", "set", "421224"],
      ["quota", "set"], ["quota", "set", "--help"], ["line", "set", "421224", "x", "1"],
      ["--generate-completion-script", "none"],
    ]
  )
  func chineseParser(arguments: [String]) async throws {
    let english = [
      "OVERVIEW", "USAGE", "Usage", "OPTIONS", "ARGUMENTS", "SUBCOMMANDS", "Error", "Help:", "See ",
      "Missing", "Unknown", "Unexpected", "invalid", "Please", "Show ", "default:", "values:",
      "Can't", "<subcommand>", "unexpected",
    ]
    for environment in [["LC_ALL": "zh_CN.UTF-8"], ["LC_MESSAGES": "zh_CN"], ["LANG": "zh"]] {
      let run = try await RegistryctlProcess(arguments, environment: environment)
      let text = run.output + run.error
      for word in english { #expect(!text.contains(word), "\(word) in \(text)") }
    }
    if !arguments.contains("zh"), arguments.last != "--count" {
      let flag = try await RegistryctlProcess(arguments + ["--lang", "zh"], environment: [:])
      for word in english where word != "unexpected" {
        #expect(!(flag.output + flag.error).contains(word), "\(word) in \(flag.error)")
      }
    }
  }

  @Test("Failures before any connection have their exit codes")
  func failures() async throws {
    #expect(try await RegistryctlProcess(["ping"]).code == 78)
    #expect(try await RegistryctlProcess(["ping", "--profile", "x"]).code == 78)
    #expect(try await RegistryctlProcess(["import", "/nowhere.csv"]).code == 66)
    let usage = try await RegistryctlProcess(["ping", "--colour"])
    #expect(usage.code == 64)
    #expect(usage.error.hasPrefix("Error: Unknown option '--colour'\n"))
  }

  @Test("Over mutual TLS, with a profile: commands, an import, and servers not to be trusted")
  func live() async throws {
    let authority = try TestAuthority()
    let node = try authority.issue(.node("421224", "main"))
    let office = try authority.issue(.office("421224", "poverty-office", "p0007"))
    let registry = FakeRegistry()
    let server = try RPCServer(
      router: registry.router,
      configuration: ServerConfiguration(
        endpoints: [Endpoint(host: "127.0.0.1", port: 0)],
        credentials: Credentials(
          authorities: [office.authority],
          certificate: node.chain,
          key: node.key
        )
      )
    )
    let port = try await server.start()[0].port
    let directory = try TemporaryDirectory()
    let profiles = ["t": "registry://421224/node/main", "other": "registry://421224/node/other"]
      .map { name, uri in
        #""\#(name)": {"server": "127.0.0.1:\#(port)", "ca": "\#(office.authority)", "#
          + #""cert": "\#(office.chain)", "key": "\#(office.key)", "node": "\#(uri)"}"#
      }
    let file = try directory.write(
      #"{"profiles": {\#(profiles.joined(separator: ", "))}}"#,
      to: "profiles.json"
    )
    let environment = ["REGISTRY_PROFILES": file, "REGISTRY_PROFILE": "t"]

    let ping = try await RegistryctlProcess(["ping"], environment: environment)
    #expect(ping.code == 0, "\(ping.error)")
    #expect(ping.output.contains("registry://421224/poverty-office/p0007"))

    let path = try ImportCommandTests.file(1000, in: directory)
    let first = try await RegistryctlProcess(
      ["import", path, "--output", "csv"],
      environment: environment
    )
    #expect(first.output.contains("\ncreated,1000\n"), "\(first.error)")
    #expect(first.error == "SYNTHETIC: the people of this node are generated\n")

    let wrong = try await RegistryctlProcess(
      ["ping", "--profile", "other"],
      environment: environment
    )
    #expect(wrong.code == 76, "\(wrong.error)")
    let chinese = try await RegistryctlProcess(
      ["ping", "--profile", "other", "--lang", "zh"],
      environment: environment
    )
    #expect(
      chinese.error
        == "错误：无法建立可信连接（UNAUTHENTICATED）：证书属于 registry://421224/node/main，"
        + "应为 registry://421224/node/other\n"
    )
    await server.shutdown()
    let gone = try await RegistryctlProcess(["ping"], environment: environment)
    #expect(gone.code == 69, "\(gone.error)")
    let chineseGone = try await RegistryctlProcess(
      ["ping"],
      environment: environment.merging(["LANG": "zh_CN.UTF-8"]) { $1 }
    )
    #expect(
      chineseGone.error.hasPrefix("错误：无法连接服务器（UNAVAILABLE）：无法连接 127.0.0.1:\(port)：对方未在监听"),
      "\(chineseGone.error)"
    )
  }
}
