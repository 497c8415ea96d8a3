internal import ArgumentParser
internal import Glibc
internal import RPCCore
internal import RPCTransport
internal import RegistryAPI

/// Calls GetHousehold from many tasks on one connection, and reads the server's CPU time.
struct Calls: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Calls GetHousehold; prints calls per second and the server's CPU µs per call."
  )

  @OptionGroup var files: CredentialFiles
  @Option(help: "The server's host and port.") var server: String
  @Option(help: "The node URI that its certificate names.") var node: String
  @Option(help: "The server's process id.") var pid: Int32
  @Option(help: "Calls outstanding at a time.") var concurrency = 100
  @Option(help: "Calls to make and count.") var count = 200_000
  @Option(help: "Ask for households of the server's own, found by a search first.")
  var households = 0
  @Flag(
    help: ArgumentHelp(
      "Change each household once, then ask in turn for what is on record and what was before.",
      discussion:
        "Prints a line for each: current calls, then calls with as_of. Needs --households."
    )
  )
  var asOf = false

  func run() async throws {
    guard let endpoint = Endpoint(server) else { throw ValidationError("no endpoint: \(server)") }
    let channel = try RPCChannel(
      configuration: ChannelConfiguration(
        endpoints: [endpoint],
        credentials: files.credentials,
        node: node
      )
    )
    let client = HouseholdClient(channel)
    let requests = try await requests(client)
    if asOf {
      let past = try await replaced(client, requests)
      try await measure("current", client, requests)
      try await measure("as-of", client, past)
    } else {
      try await measure("", client, requests)
    }
    await channel.close()
  }

  /// Makes a new version of each household, and gives requests for the versions before.
  private func replaced(
    _ client: HouseholdClient,
    _ requests: [GetHouseholdRequest]
  ) async throws -> [GetHouseholdRequest] {
    var past: [GetHouseholdRequest] = []
    for request in requests {
      let before = try await client.getHousehold(request)
      var changed = before
      changed.contact = Contact(telephone: "1390000\(1_000 + past.count % 9_000)")
      _ = try await client.updateHousehold(
        UpdateHouseholdRequest(
          id: before.id,
          baseVersion: before.version,
          household: changed,
          mask: ["contact.telephone"]
        )
      )
      past.append(GetHouseholdRequest(by: request.by, asOf: before.recordedAt))
    }
    return past
  }

  private func measure(
    _ name: String,
    _ client: HouseholdClient,
    _ requests: [GetHouseholdRequest]
  ) async throws {
    try await call(client, requests, count: count / 10)
    let cpuBefore = try ProcessTimes(pid: pid)
    let start = Deadline.now()
    try await call(client, requests, count: count)
    let wall = Double(Deadline.now() - start) / 1e9
    let cpu = try ProcessTimes(pid: pid)
    let each = (cpu.seconds - cpuBefore.seconds) / Double(count) * 1e6
    let words = "\(count) calls \(Int(Double(count) / wall)) calls/s \(rounded(each)) cpu-us/call"
    print(name.isEmpty ? words : "\(words) \(name)")
  }

  private func requests(_ client: HouseholdClient) async throws -> [GetHouseholdRequest] {
    if households == 0 { return [GetHouseholdRequest(by: .id([UInt8](repeating: 7, count: 16)))] }
    var found: [GetHouseholdRequest] = []
    var token = ""
    repeat {
      let page = try await client.searchHouseholds(
        SearchHouseholdsRequest(filter: HouseholdFilter(), pageSize: 500, pageToken: token)
      )
      found += page.households.map { GetHouseholdRequest(by: .id($0.id)) }
      token = page.nextPageToken
    } while !token.isEmpty && found.count < households
    guard !found.isEmpty else { throw ValidationError("the server has no households") }
    return found.shuffled()
  }

  private func call(
    _ client: HouseholdClient,
    _ requests: [GetHouseholdRequest],
    count: Int
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<concurrency {
        group.addTask {
          var next = task
          while next < count {
            _ = try await client.getHousehold(requests[next % requests.count])
            next += concurrency
          }
        }
      }
      try await group.waitForAll()
    }
  }

  private func rounded(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}

/// The CPU time that a process has used so far, as the kernel accounts it.
struct ProcessTimes {
  /// User and system time, in seconds; the kernel counts in hundredths.
  let seconds: Double

  init(pid: Int32) throws {
    guard let file = fopen("/proc/\(pid)/stat", "r") else {
      throw ValidationError("no process \(pid)")
    }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 2048)
    fgets(&line, Int32(line.count), file)
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    // The command's name may hold blanks; the fields after its bracket are numbers.
    let fields = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
    guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else {
      throw ValidationError("cannot read the times of process \(pid)")
    }
    seconds = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
