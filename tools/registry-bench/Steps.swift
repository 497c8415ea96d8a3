internal import ArgumentParser
internal import Foundation
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RPCTransport
internal import RegistryAPI
internal import RegistryModel

/// Takes steps of the procedure on a registry: many small calls from many connections, and one call
/// with a county's whole list.
struct Steps: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints durable steps per second, and the seconds of one call that approves a list."
  )

  @Option(help: "The folder of certificates, as tools/certs names them.") var certs: String
  @Option(help: "The server's host and port.") var server: String
  @Option(help: "The node URI that its certificate names.") var node: String
  @Option(help: "Connections, each of a person of its own.") var connections = 16
  @Option(help: "Calls outstanding on each connection.") var outstanding = 8
  @Option(help: "Applications to take a step on.") var applications = 20_000
  @Option(help: "Applications approved in one call.") var list = 2_000

  private static let village = "421224100001"

  func run() async throws {
    let village = try (0..<connections).map { try clerk(Self.village, "village-committee", $0 + 1) }
    let all = try await apply(applications + list, by: village)
    let spread = Array(all.prefix(applications))
    let start = Deadline.now()
    try await appraise(spread, by: village)
    let seconds = Double(Deadline.now() - start) / 1e9
    print("steps \(Int(Double(applications) / seconds))")
    print("approve \(try await approve(Array(all.suffix(list)), by: village[0]))")
    for clerk in village { await clerk.channel.close() }
  }

  private func clerk(_ division: String, _ office: String, _ number: Int) throws -> BenchClerk {
    let digits = String(number)
    let person = "p" + String(repeating: "0", count: 4 - digits.count) + digits
    return try BenchClerk(
      folder: certs,
      name: "\(division)-\(office)-\(person)",
      server: server,
      node: node
    )
  }

  /// Records applications and returns their ids; they happened two months ago, so that notices have
  /// hung.
  private func apply(_ count: Int, by clerks: [BenchClerk]) async throws -> [[UInt8]] {
    var ids: [[UInt8]] = []
    for start in stride(from: 0, to: count, by: 500) {
      let request = ApplyRequest(
        applications: (start..<min(start + 500, count)).map { index in
          NewApplication(household: BenchHousehold.household(index), day: Self.day(60))
        }
      )
      let response = try await clerks[0].procedure.apply(request)
      for result in response.results {
        guard result.violations.isEmpty else { throw ValidationError("\(result.violations)") }
        ids.append(result.application)
      }
    }
    return ids
  }

  private func appraise(_ ids: [[UInt8]], by clerks: [BenchClerk]) async throws {
    let appraisal = Step.Move.appraise(Appraisal(present: 20, votesFor: 20))
    try await withThrowingTaskGroup(of: Void.self) { group in
      let workers = clerks.count * outstanding
      for worker in 0..<workers {
        let clerk = clerks[worker % clerks.count]
        group.addTask {
          for place in stride(from: worker, to: ids.count, by: workers) {
            try await clerk.take([Self.step(ids[place], 1, appraisal, daysAgo: 55)])
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Takes a list to the county, and returns the seconds of the one call that approves it.
  private func approve(_ ids: [[UInt8]], by village: BenchClerk) async throws -> Double {
    let township = try clerk("421224100000", "township-government", 101)
    let poverty = try clerk("421224", "poverty-office", 102)
    try await village.all(ids, 1, .appraise(Appraisal(present: 20, votesFor: 20)), daysAgo: 55)
    try await village.all(ids, 2, .decide(Verdict(accepted: true)), daysAgo: 54)
    try await village.post(ids, from: 50, to: 40)
    let examination = Examination(
      accepted: true,
      netPerPerson: Money(fen: 50_000),
      incomeYear: UInt32(Self.day(30) / 10_000),
      ableToWork: .yes
    )
    try await township.all(ids, 5, .examine(examination), daysAgo: 30)
    try await township.post(ids, from: 29, to: 20)
    let start = Deadline.now()
    try await poverty.all(ids, 8, .approvePoverty(PovertyApproval(decision: .object)), daysAgo: 1)
    let seconds = Double(Deadline.now() - start) / 1e9
    await township.channel.close()
    await poverty.channel.close()
    return seconds
  }

  static func step(
    _ id: [UInt8],
    _ version: UInt64,
    _ move: Step.Move,
    daysAgo: Int
  ) -> Step {
    Step(application: id, baseVersion: version, day: day(daysAgo), move: move)
  }

  static func day(_ ago: Int) -> Int32 {
    let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1e6))
    let day = Day(of: now)
    return Int32(Day(daysSince1970: day.daysSince1970 - Int32(ago)).yyyymmdd)
  }
}

/// A person of an office with a connection of their own.
struct BenchClerk: Sendable {
  let channel: RPCChannel
  let procedure: ProcedureClient
  private let key: SigningKey

  init(folder: String, name: String, server: String, node: String) throws {
    guard let endpoint = Endpoint(server) else { throw ValidationError("no endpoint: \(server)") }
    let keyFile = "\(folder)/\(name)-key.pem"
    channel = try RPCChannel(
      configuration: ChannelConfiguration(
        endpoints: [endpoint],
        credentials: Credentials(
          authorities: ["\(folder)/ca.pem"],
          certificate: "\(folder)/\(name).pem",
          key: keyFile
        ),
        node: node
      )
    )
    procedure = ProcedureClient(channel)
    key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: keyFile))))
  }

  /// Takes steps as one signed list; every one must be taken.
  func take(_ steps: [Step]) async throws {
    let octets = try steps.map { try $0.serializedBytes() }
    let list = SignedList(octets, using: try SHA256Context())
    let response = try await procedure.recordSteps(
      RecordStepsRequest(
        steps: octets,
        signature: StepSignature(value: try key.sign(list.signedOctets))
      )
    )
    for result in response.results where !result.violations.isEmpty {
      throw ValidationError("\(result.violations)")
    }
  }

  /// Takes the same step on all applications.
  func all(_ ids: [[UInt8]], _ version: UInt64, _ move: Step.Move, daysAgo: Int) async throws {
    try await take(ids.map { Steps.step($0, version, move, daysAgo: daysAgo) })
  }

  /// Posts a notice and takes it down.
  func post(_ ids: [[UInt8]], from: Int, to: Int) async throws {
    let opened = try await procedure.openNotice(
      OpenNoticeRequest(applications: ids, day: Steps.day(from))
    )
    guard let notice = opened.notice else { throw ValidationError("\(opened.results.prefix(1))") }
    let closed = try await procedure.closeNotice(
      CloseNoticeRequest(notice: notice.id, day: Steps.day(to))
    )
    guard closed.notice?.version == 2 else { throw ValidationError("\(closed.results.prefix(1))") }
  }
}

/// Households of two that break no rule, every one of other people.
enum BenchHousehold {
  static func household(_ index: Int) -> Household {
    Household(
      location: Location(village: "421224100001", group: "一组"),
      classification: Classification(standard: 1, mainCause: 9),
      income: Income(years: [YearIncome(year: 2020, netPerPerson: Money(fen: 50_000))]),
      members: [member(index * 2, head: true), member(index * 2 + 1, head: false)]
    )
  }

  private static func member(_ index: Int, head: Bool) -> Member {
    let area = 990_000 + index / 500 % 10_000
    let number = Day(yyyymmdd: 19_700_101).flatMap {
      CitizenIDNumber(area: area, birth: $0, sequence: index % 500 * 2 + 1)
    }
    return Member(
      identity: Identity(
        name: "人\(index)",
        citizenId: number?.text ?? "",
        relation: head ? 2 : 20,
        ethnicGroup: 1
      ),
      schooling: Schooling(education: 3),
      health: Health(states: [1]),
      labour: Labour(capacity: 1)
    )
  }
}
