internal import RPCCore
internal import RegistryAPI
internal import RegistryCommands
internal import Synchronization

/// A registry in memory behind the real service protocols, for the command line's tests.
///
/// A household of the group `refuse me` is refused; an import ends after `cutAfter` items when set.
final class FakeRegistry: Sendable {
  struct State {
    var households: [Household] = []
    var results: [[UInt8]: [UInt32: ImportResult]] = [:]
    var updates: [UpdateHouseholdRequest] = []
    var gets: [GetHouseholdRequest] = []
    var filters: [HouseholdFilter] = []
    var itemsReceived = 0
    var fileNames: [String] = []
    var cutAfter: Int?
    var findings = 0
    /// Whether the last setting of parameters had an idempotency key.
    var isRepeatable = false
  }

  private let state = Mutex(State())

  func with<R>(_ body: (inout sending State) -> sending R) -> R { state.withLock(body) }

  /// The services.
  var router: Router {
    var router = Router()
    FakeNode(registry: self).register(in: &router)
    FakeDivisions(registry: self).register(in: &router)
    FakeHouseholds(registry: self).register(in: &router)
    FakeStatistics(registry: self).register(in: &router)
    FakePolicies(registry: self).register(in: &router)
    return router
  }

  /// A console whose every profile leads here.
  func console(_ language: Language, output: MemorySink, error: MemorySink) -> Console {
    let served = router
    return Console(
      language: language,
      environment: [:],
      output: output,
      error: error,
      errorIsTerminal: false
    ) { _ in
      InProcessChannel(
        router: served,
        peer: Peer(identity: "registry://421224/poverty-office/p0007")
      )
    }
  }

  static var county: Division {
    var county = Division()
    county.code = "421224"
    county.name = "通山县"
    county.level = .county
    county.fullName = "湖北省咸宁市通山县"
    county.parent = "421200"
    county.keyCounty = true
    county.source = "gb2260-2010"
    county.children = 12
    return county
  }
}

struct FakeNode: NodeService {
  let registry: FakeRegistry

  func getNode(_ request: GetNodeRequest, context: ServerContext) async throws -> Node {
    var node = Node()
    node.identity = "registry://421224/node/main"
    node.synthetic = true
    node.caller = context.peer.identity
    node.division = FakeRegistry.county
    return node
  }
}

struct FakeDivisions: DivisionService {
  let registry: FakeRegistry

  func getDivision(
    _ request: GetDivisionRequest,
    context: ServerContext
  ) async throws -> Division {
    guard request.code == "421224" else { throw RPCError(.notFound, "no such division") }
    return FakeRegistry.county
  }

  func listDivisions(
    _ request: ListDivisionsRequest,
    context: ServerContext
  ) async throws -> ListDivisionsResponse {
    var response = ListDivisionsResponse()
    let page = Int(request.pageToken) ?? 0
    if FakeRegistry.county.name.contains(request.nameContains) || request.nameContains.isEmpty {
      response.divisions = [FakeRegistry.county]
    }
    response.nextPageToken = page < 2 && request.nameContains.isEmpty ? "\(page + 1)" : ""
    return response
  }
}

struct FakeStatistics: StatisticsService {
  let registry: FakeRegistry

  func getStatistics(
    _ request: GetStatisticsRequest,
    context: ServerContext
  ) async throws -> Statistics {
    var count = Count()
    count.households = 2
    count.people = 8
    var category = CategoryCount()
    category.category = .both
    category.count = count
    var line = DivisionStatistics()
    line.division = FakeRegistry.county
    line.registered = count
    line.categories = [category]
    var statistics = Statistics()
    statistics.divisions = [line]
    statistics.synthetic = true
    return statistics
  }

  func listReports(
    _ request: ListReportsRequest,
    responses: ResponseWriter<Report>,
    context: ServerContext
  ) async throws {
    var report = try await getReport(GetReportRequest(), context: context)
    try await responses.write(report)
    report.division?.code = "421224100000"
    (report.notesEn, report.notesZh) = ([], [])
    try await responses.write(report)
  }

  func getReport(_ request: GetReportRequest, context: ServerContext) async throws -> Report {
    var base = Figure()
    base.key = "registered.people"
    base.section = "registered"
    base.nameEn = "registered people"
    base.nameZh = "登记人口"
    base.value = 34_878
    base.unit = .people
    var part = base
    part.key = "registered.below-line"
    part.nameEn = "below the line"
    part.nameZh = "贫困线下"
    part.value = 23_248
    part.baseKey = base.key
    var report = Report()
    report.division = FakeRegistry.county
    report.figures = [base, part]
    report.notesEn = ["Synthetic."]
    report.notesZh = ["合成数据。"]
    return report
  }

  func getPublishedCounts(
    _ request: GetPublishedCountsRequest,
    context: ServerContext
  ) async throws -> PublishedCounts {
    throw RPCError(.unimplemented, "not here")
  }

  func checkRegistry(
    _ request: CheckRegistryRequest,
    responses: ResponseWriter<CheckRegistryResponse>,
    context: ServerContext
  ) async throws {
    var response = CheckRegistryResponse()
    response.stage = "tally"
    response.done = 10
    response.total = 10
    try await responses.write(response)
    let count = registry.with { $0.findings }
    var finding = CheckFinding()
    finding.check = "tally"
    finding.place = "421224100001"
    finding.messageEn = "the tally says 3, the files say 2"
    finding.messageZh = "统计为 3，档案为 2"
    response.findings = Array(repeating: finding, count: count)
    response.findingCount = UInt64(count)
    response.finished = true
    try await responses.write(response)
  }
}
