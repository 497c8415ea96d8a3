import Foundation
import Glibc
import Journal
import RPCProtobuf
import RegistryClient
import Synchronization
import TestCertificates
import TestRegistry
import Testing

/// The built program, killed again and again while offices take applications through the procedure:
/// no step that it acknowledged is lost, and no application is in two states or none.
@Suite(.timeLimit(.minutes(3)), .serialized) struct ProcedureCrashTests {
  @Test func killedBetweenAnyTwoSteps() async throws {
    let folder = try DaemonFolder()
    let offices = try Offices(folder)
    let book = Acknowledged()
    for round in 0..<8 {
      let daemon = try await folder.start()
      let desks = try offices.connect(to: daemon)
      try await offices.compare(book, desks)
      let work = Task { await offices.work(book, desks, round: round) }
      // Each round is killed at another moment of its work.
      try await Task.sleep(for: .milliseconds(60 + 53 * round))
      daemon.send(SIGKILL)
      #expect(await daemon.end()?.bySignal == true)
      await work.value
      for desk in desks.values { await desk.client.close() }
    }
    let daemon = try await folder.start()
    let desks = try offices.connect(to: daemon)
    try await offices.compare(book, desks)
    await offices.work(book, desks, round: 9, to: Offices.end)
    try await offices.compare(book, desks)
    let client = try folder.client(daemon)
    #expect(try await client.findings() == 0)
    let registered = try await client.registered()
    #expect(registered == Int64(book.applications.count) && registered >= 40)
    await client.close()
    for desk in desks.values { await desk.client.close() }
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
  }
}

/// What the server has acknowledged: the version of each application.
private final class Acknowledged: Sendable {
  private let versions = Mutex<[[UInt8]: UInt64]>([:])

  var applications: [[UInt8]: UInt64] { versions.withLock { $0 } }

  func note(_ results: [StepResult]) {
    versions.withLock { versions in
      for result in results where result.violations.isEmpty {
        versions[result.application] = max(versions[result.application] ?? 0, result.version)
      }
    }
  }
}

/// A person's connection and key.
private struct ProcedureDesk: Sendable {
  let client: RegistryClient
  let procedure: ProcedureClient
  let key: SigningKey

  func take(_ steps: [Step]) async throws -> [StepResult] {
    let octets = try steps.map { try $0.serializedBytes() }
    let list = SignedList(octets, using: try SHA256Context())
    let request = RecordStepsRequest(
      steps: octets,
      signature: StepSignature(value: try key.sign(list.signedOctets))
    )
    return try await procedure.recordSteps(request).results
  }
}

/// The offices of one village's way to the county.
private struct Offices: Sendable {
  static let village = "421224100001"
  /// Through the county's notice and registered.
  static let end = ApplicationState.registered
  private static let people = [
    "village": ("421224100001", "village-committee", "p0101"),
    "township": ("421224100000", "township-government", "p0201"),
    "poverty": ("421224", "poverty-office", "p0301"),
    "security": ("421224", "civil-affairs", "p0401"),
  ]
  private let identities: [String: TestIdentity]

  init(_ folder: DaemonFolder) throws {
    identities = try Self.people.mapValues { division, kind, person in
      try folder.issue(.office(division, kind, person))
    }
  }

  func connect(to daemon: DaemonProcess) throws -> [String: ProcedureDesk] {
    try identities.mapValues { identity in
      var profile = Profile(
        host: "127.0.0.1",
        port: UInt16(daemon.port),
        authorities: identity.authority,
        certificate: identity.chain,
        key: identity.key,
        node: "registry://421224/node/main"
      )
      // A killed server answers nobody: the calls in flight must end soon.
      profile.attempts = 1
      profile.callTimeout = .seconds(5)
      let client = try RegistryClient(profile: profile)
      let pem = Array(try Data(contentsOf: URL(fileURLWithPath: identity.key)))
      return ProcedureDesk(
        client: client,
        procedure: ProcedureClient(client.channel),
        key: try SigningKey(pem: pem)
      )
    }
  }

  /// Every acknowledged version is on record, and every application is listed once, in one state.
  func compare(_ book: Acknowledged, _ desks: [String: ProcedureDesk]) async throws {
    let desk = try #require(desks["poverty"])
    var listed: [[UInt8]: ApplicationSummary] = [:]
    for line in try await list(desk) {
      #expect(listed.updateValue(line, forKey: line.id) == nil)
    }
    for (id, version) in book.applications {
      let line = try #require(listed[id], "an acknowledged application is gone")
      #expect(line.version >= version)
      let whole = try await desk.procedure.getApplication(.init(by: .id(id)))
      #expect(whole.version == line.version && whole.state == line.state)
      #expect(whole.steps.last?.to == whole.state && UInt64(whole.steps.count) == whole.version)
    }
  }

  private func list(_ desk: ProcedureDesk) async throws -> [ApplicationSummary] {
    var all: [ApplicationSummary] = []
    var token = ""
    repeat {
      let page = try await desk.procedure.listApplications(
        ListApplicationsRequest(pageSize: 2000, pageToken: token)
      )
      all += page.applications
      token = page.nextPageToken
    } while !token.isEmpty
    return all
  }

  /// Works until the server is gone, or everything has come to a state.
  func work(
    _ book: Acknowledged,
    _ desks: [String: ProcedureDesk],
    round: Int,
    to end: ApplicationState? = nil
  ) async {
    do {
      if end == nil { try await apply(book, desks, round: round) }
      for _ in 0..<200 {
        guard let desk = desks["poverty"] else { return }
        let waiting = try await list(desk)
        if let end, waiting.allSatisfy({ $0.state == end }) { return }
        for line in waiting { try await advance(line, book, desks) }
        for (name, level) in [("village", 1), ("township", 2), ("poverty", 3)] {
          try await post(desks[name], book, level: level)
        }
      }
    } catch {
      // The server was killed: what it acknowledged is in the book.
    }
  }

  private func apply(
    _ book: Acknowledged,
    _ desks: [String: ProcedureDesk],
    round: Int
  ) async throws {
    guard let village = desks["village"] else { return }
    for index in 0..<6 {
      // Long ago, so that notices have hung; of names that nobody else of the same birth date has.
      var household = SampleHousehold.household(round * 100 + index, village: Self.village)
      for place in household.members.indices {
        household.members[place].identity?.name = "人\(round)之\(index)之\(place)"
      }
      let request = ApplyRequest(applications: [NewApplication(household: household, day: day(60))])
      let options = CallOptions(idempotencyKey: .random())
      book.note(try await village.procedure.apply(request, options: options).results)
    }
  }

  /// Takes the next step of an application, by the office whose turn it is.
  private func advance(
    _ line: ApplicationSummary,
    _ book: Acknowledged,
    _ desks: [String: ProcedureDesk]
  ) async throws {
    var step = Step(application: line.id, baseVersion: line.version)
    let office: String
    switch line.state {
    case .applied:
      (office, step.day) = ("village", day(59))
      step.move = .appraise(Appraisal(present: 20, votesFor: 18, votesAgainst: 2))
    case .appraised:
      (office, step.day, step.move) = ("village", day(58), .decide(Verdict(accepted: true)))
    case .villageNoticed:
      (office, step.day) = ("township", day(40))
      step.move = .examine(
        Examination(
          accepted: true,
          netPerPerson: Money(fen: 50_000),
          incomeYear: UInt32(day(40) / 10_000),
          ableToWork: .yes
        )
      )
    case .townshipNoticed:
      (office, step.day) = ("security", day(20))
      step.move = .approveSecurity(SecurityApproval(decision: .dibao))
    case .approving:
      (office, step.day) = ("poverty", day(20))
      step.move = .approvePoverty(PovertyApproval(decision: .object))
    case .countyNoticed:
      (office, step.day, step.move) = ("poverty", day(5), .register(Registration()))
    default: return
    }
    guard let desk = desks[office] else { return }
    let results = try await desk.take([step])
    book.note(results)
    let refused = results.flatMap(\.violations)
    #expect(refused.isEmpty, "\(refused)")
  }

  /// Posts what waits for its notice, and takes down what hangs.
  private func post(_ desk: ProcedureDesk?, _ book: Acknowledged, level: Int) async throws {
    guard let desk else { return }
    let from = [day(57), day(39), day(19)][level - 1]
    let to = [day(48), day(30), day(10)][level - 1]
    do {
      book.note(try await desk.procedure.openNotice(OpenNoticeRequest(day: from)).results)
    } catch let error as RPCError where error.code == .notFound {
      // Nothing waits.
    }
    let open = try await desk.procedure.listNotices(ListNoticesRequest(open: true))
    for notice in open.notices where notice.level.rawValue == [6, 5, 4][level - 1] {
      let closed = try await desk.procedure.closeNotice(
        CloseNoticeRequest(notice: notice.id, day: to)
      )
      book.note(closed.results)
      #expect(closed.notice?.version == 2, "\(closed.results)")
    }
  }

  /// A day so many days ago, in China.
  private func day(_ ago: Int) -> Int32 {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
    let date = Date().addingTimeInterval(-86_400 * Double(ago))
    let parts = calendar.dateComponents([.year, .month, .day], from: date)
    return Int32((parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0))
  }
}
