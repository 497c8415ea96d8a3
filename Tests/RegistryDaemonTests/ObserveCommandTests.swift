import Foundation
import FoundationNetworking
import RPCServices
import RegistryClient
import TestCertificates
import Testing

/// What operators and other programs see of a running server, by the built programs.
@Suite(.timeLimit(.minutes(2)), .serialized) struct ObserveCommandTests {
  private let folder: DaemonFolder

  init() throws { folder = try DaemonFolder() }

  private func run(
    _ daemon: DaemonProcess,
    _ words: [String],
    as identity: TestIdentity? = nil
  ) async throws -> (code: Int32, output: String, error: String) {
    let office = folder.office
    let result = try await DaemonProcess.run(
      words + [
        "--server", daemon.address, "--node", "registry://421224/node/main",
        "--ca", identity?.authority ?? office.authority,
        "--cert", identity?.chain ?? office.certificate, "--key", identity?.key ?? office.key,
      ],
      environment: ["LC_ALL": "C"],
      program: DaemonProcess.program("registryctl")
    )
    return (result.end?.status ?? -1, result.output, result.words)
  }

  @Test func anyMethodIsCalledWithJSON() async throws {
    let daemon = try await folder.start()
    let services = try await run(daemon, ["services", "--output", "csv"])
    #expect(services.output.contains("registry.v1.NodeService"), "\(services)")
    #expect(services.output.contains("grpc.health.v1.Health"))
    let methods = try await run(daemon, ["services", "registry.v1.HouseholdService"])
    #expect(methods.output.contains("stream registry.v1.ImportHouseholdsRequest"), "\(methods)")
    let fields = try await run(daemon, ["services", "registry.v1.GetNodeRequest"])
    #expect(fields.code == 0)
    let path = "registry.v1.DivisionService/GetDivision"
    let division = try await run(daemon, ["call", path, #"{"code": "421224"}"#, "--compact"])
    #expect(division.output.contains(#""name": "通山县""#) && division.code == 0, "\(division)")
    let wrong = try await run(daemon, ["call", path, #"{"kode": "421224"}"#])
    #expect(wrong.code == 65 && wrong.error.contains("kode: no such field"), "\(wrong)")
    let unknown = try await run(daemon, ["call", "registry.v1.DivisionService/GetDivisions"])
    #expect(unknown.code == 66 && unknown.error.contains("it has GetDivision,"), "\(unknown)")
    let absent = try await run(daemon, ["call", "registry.v1.NoService/Get"])
    #expect(absent.code == 66 && absent.error.contains("registry.v1.NodeService"), "\(absent)")
    let status = try await run(daemon, ["call", path, #"{"code": "999999"}"#])
    #expect(status.code == 66, "\(status)")
    let twice = try await run(daemon, ["call", path, #"{"code":"421224"}{"code":"421224"}"#])
    #expect(twice.code == 64 && twice.error.contains("takes one request"), "\(twice)")
    // Many both ways.
    let questions = #"{"listServices": ""} {"fileByFilename": "registry/v1/node.proto"}"#
    let reflection = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"
    let answers = try await run(daemon, ["call", reflection, questions, "--compact"])
    #expect(answers.output.split(separator: "\n").count == 2, "\(answers)")
    // A write is carried out once for its key, and shows up.
    let add =
      #"{"code": {"list": "cause", "code": 90, "nameZh": "其他", "nameEn": "other kind"}, "reason": "test"}"#
    let refused = try await run(daemon, ["call", "registry.v1.PolicyService/SetCodes", add])
    #expect(refused.code != 0 && !refused.error.isEmpty)
  }

  @Test func healthIsToldAndWatched() async throws {
    let daemon = try await folder.start()
    let well = try await run(daemon, ["health"])
    #expect(well.code == 0 && well.output.contains("takes calls"), "\(well)")
    let service = try await run(daemon, ["health", "registry.v1.NodeService"])
    #expect(service.code == 0)
    let absent = try await run(daemon, ["health", "no.such.Service"])
    #expect(absent.code == 66, "\(absent)")
    let client = try folder.client(daemon)
    let health = HealthClient(client.channel)
    let watch = try await health.watch(HealthCheckRequest())
    #expect(try await watch.next()?.status == .serving)
    let unknown = try await health.watch(HealthCheckRequest(service: "no.such.Service"))
    #expect(try await unknown.next()?.status == .serviceUnknown)
    unknown.cancel()
    let observed = try await ObserveClient(client.channel).watchServer(
      WatchServerRequest(intervalMs: 100)
    )
    #expect(try await observed.next()?.draining == false)
    daemon.send(SIGTERM)
    // Told before the end, and not in its way.
    #expect(try await watch.next()?.status == .notServing)
    await #expect(throws: RPCError(.unavailable, "")) { try await watch.next() }
    let start = ContinuousClock.now
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
    #expect(ContinuousClock.now - start < .seconds(15))
    await client.close()
  }

  @Test func topAndStatusAreForTheServersOwnOffices() async throws {
    let daemon = try await folder.start(["--limits", "calls=500,idle-timeout=60"])
    let top = try await run(
      daemon,
      ["top", "--count", "2", "--interval", "0.1", "--output", "json"]
    )
    let looks = try top.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(looks.count == 2 && top.code == 0, "\(top)")
    let calls = looks[1]["calls"] as? [[String: Any]]
    #expect(calls?.first?["method"] as? String == "observe.v1.Observe/WatchServer")
    // The certificates of these tests last some days.
    let status = try await run(daemon, ["status", "--warn", "0"])
    #expect(status.code == 0 && status.output.contains("server's certificate"), "\(status)")
    let soon = try await run(daemon, ["status", "--warn", "3650"])
    #expect(soon.code == 1 && soon.output.contains("ENDS SOON"), "\(soon)")
    let school = try folder.issue(.office("421224", "education", "p0100"))
    let stranger = try folder.issue(.office("421223", "poverty-office", "p0100"))
    for office in [school, stranger] {
      for words in [["top", "--count", "1"], ["status"]] {
        let refused = try await run(daemon, words, as: office)
        #expect(refused.code == 77, "\(refused)")
      }
    }
    let told = try await run(daemon, ["health"], as: school)
    #expect(told.code == 0)
  }

  /// The page of a daemon's counts, and its type.
  private func counts(of daemon: DaemonProcess) async throws -> (text: String, type: String?) {
    let url = try #require(
      daemon.words.split(separator: "\n").first { $0.contains("/metrics") }
        .flatMap { line in
          line.range(of: "http").map { URL(string: String(line[$0.lowerBound...])) }
        }
    )
    let (data, response) = try await URLSession.shared.data(from: try #require(url))
    let type = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Content-Type")
    return (String(decoding: data, as: UTF8.self), type)
  }

  /// What other parts of the process count, through swift-metrics, stands on the same page.
  @Test func commitsAreCounted() async throws {
    let daemon = try await folder.start(["--metrics", "127.0.0.1:0"])
    let before = try await counts(of: daemon).text
    let meeting = ["pilot", "record", "meeting", "--title", "动员会", "--figure", "participants=9"]
    let recorded = try await run(daemon, meeting)
    #expect(recorded.code == 0, "\(recorded)")
    let after = try await counts(of: daemon).text
    func number(_ name: String, _ text: String) -> Int? {
      text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        .flatMap { Int($0.split(separator: " ")[1]) }
    }
    let writes = try #require(number("registry_writes_total", before))
    #expect(number("registry_writes_total", after) ?? 0 > writes, "\(after)")
    let commits = try #require(number("registry_commit_seconds_count", before))
    #expect(number("registry_commit_seconds_count", after) ?? 0 > commits)
    // A commit that is on the disk takes more than 8 µs.
    #expect(number("registry_commit_seconds_bucket{le=\"0.000008\"}", after) == 0)
    #expect(number("registry_commits_failed_total", after) == 0)
    daemon.send(SIGTERM)
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
  }

  /// A link that does not get through is not told as in order.
  @Test func aLinkThatFailsIsSaid() async throws {
    let daemon = try await folder.start([
      "--upstream", "127.0.0.1:1", "--upstream-node", "registry://420000/node/main",
      "--upstream-wait", "1",
    ])
    var told = try await run(daemon, ["link", "status", "--output", "csv"])
    while told.code == 0, !told.output.contains(",failing,") {
      try await Task.sleep(for: .milliseconds(200))
      told = try await run(daemon, ["link", "status", "--output", "csv"])
    }
    #expect(told.code == 0 && !told.output.contains(",ok,"), "\(told)")
    // A county has no counties below it.
    #expect(told.error.contains("Node above") && !told.error.contains("uploaded"), "\(told)")
    daemon.send(SIGTERM)
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
  }

  @Test func countsAndRecordsNameNobody() async throws {
    let log = folder.path("calls.log")
    let daemon = try await folder.start(["--metrics", "127.0.0.1:0", "--call-log", log])
    for _ in 0..<3 { #expect(try await run(daemon, ["ping", "--count", "2"]).code == 0) }
    let (text, type) = try await counts(of: daemon)
    #expect(type?.hasPrefix("application/openmetrics-text; version=1.0.0") == true)
    #expect(text.hasSuffix("# EOF\n"))
    let method = "registry.v1.NodeService/GetNode"
    #expect(text.contains("registry_calls_total{method=\"\(method)\",code=\"OK\"} 6\n"), "\(text)")
    let buckets = text.split(separator: "\n")
      .filter { $0.hasPrefix("registry_call_seconds_bucket{method=\"\(method)\"") }
      .compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }
    #expect(buckets.count == 25 && buckets.last == 6 && buckets == buckets.sorted())
    #expect(!text.contains("p0007"))
    // Renamed as logs are, the file is opened anew.
    try FileManager.default.moveItem(atPath: log, toPath: log + ".1")
    daemon.send(SIGHUP)
    while !FileManager.default.fileExists(atPath: log) {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(try await run(daemon, ["ping", "--count", "1"]).code == 0)
    daemon.send(SIGTERM)
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
    let old = try String(contentsOfFile: log + ".1", encoding: .utf8)
    let new = try String(contentsOfFile: log, encoding: .utf8)
    let records = try (old + new).split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(records.count == 7 && new.split(separator: "\n").count == 1)
    #expect(
      records.allSatisfy { $0["method"] as? String == method && $0["code"] as? String == "OK" }
    )
    #expect(
      records.allSatisfy { $0["caller"] as? String == "registry://421224/poverty-office" },
      "\(old)"
    )
    #expect(Set(records.compactMap { $0["call"] as? Int }).count == 7)
  }

  @Test func wrongLimitsAndOpenMetricsAreRefused() async throws {
    let attempts: [([String], String)] = [
      (["--limits", "cals=5"], "names no limit; there are connections,"),
      (["--limits", "calls=0"], "calls must be a whole number from 1 to"),
      (["--limits", "idle-timeout=x"], "(seconds)"), (["--limits", "calls"], "calls must be"),
      (["--metrics", "0.0.0.0:9100"], "for this machine alone"),
    ]
    for (flags, words) in attempts {
      let run = try await folder.run(flags, environment: ["LC_ALL": "C"])
      #expect(run.end?.status == 78 && run.words.contains(words), "\(flags): \(run.words)")
    }
    let taken = try await folder.start(["--metrics", "127.0.0.1:0"])
    let place = taken.words.split(separator: "/").first { $0.hasPrefix("127.0.0.1:") } ?? ""
    let busy = try await folder.run(
      ["--metrics", String(place), "--database", folder.path("other.db")],
      environment: ["LC_ALL": "C"]
    )
    #expect(busy.end?.status == 69 && busy.words.contains("counts cannot be served"), "\(busy)")
    let unwritable = try await folder.run([
      "--call-log", "/nonexistent/calls.log", "--database", folder.path("third.db"),
    ])
    #expect(unwritable.end?.status == 74, "\(unwritable.words)")
  }
}
