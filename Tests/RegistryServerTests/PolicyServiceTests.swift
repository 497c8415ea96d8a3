import RPCCore
import RegistryAPI
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

@testable import RegistryServer

/// Parameters, lines, standards and quotas, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct PolicyServiceTests {
  private static let province = "registry://420000/poverty-office/p0001"
  private static let state = "registry://000000/poverty-office/p0001"
  private static let civil = "registry://421200/civil-affairs/p0003"
  private static let township = "registry://421224100000/township-government/p0021"

  private func policy(_ node: TestNode, _ office: String) throws -> PolicyClient {
    PolicyClient(try node.channel(office))
  }

  private var year: UInt32 { UInt32(Day(of: SystemClock.now()).components.year) }

  @Test(arguments: Way.allCases)
  func setsAndListsParameters(way: Way) async throws {
    try await TestNode.with(way) { node in
      let parameter = PolicyParameter(
        division: "421224",
        name: "notice.village.days",
        validFrom: 2010_06_01,
        value: 10,
        source: "鄂政办〔2010〕1号"
      )
      let request = SetPolicyRequest(parameters: [parameter])
      let key = IdempotencyKey.random()
      let client = try policy(node, Self.province)
      let options = CallOptions(idempotencyKey: key)
      let made = try await client.setPolicy(request, options: options)
      #expect(made.parameters.map(\.version) == [1] && made.parameters[0].recordedAt > 0)
      #expect(try await client.setPolicy(request, options: options) == made)
      let village = try policy(node, Office.village)
      let held = try await village.listPolicy(ListPolicyRequest(day: 2010_06_01)).parameters
      #expect(held.first { $0.name == parameter.name } == made.parameters[0])
      #expect(held.count == PolicyName.allCases.count)
      let before = try await village.listPolicy(ListPolicyRequest(day: 2010_05_31)).parameters
      #expect(before.first { $0.name == parameter.name }?.value == 7)
      let told = try await refused(.invalidArgument) {
        try await client.setPolicy(
          SetPolicyRequest(parameters: [PolicyParameter(division: "421224", name: "x")])
        )
      }
      #expect(
        told.violations == [
          "1/0 parameters.name policy.name", "1/0 parameters.valid_from value.date",
        ]
      )
      let outside = try await refused(.permissionDenied) {
        try await policy(node, "registry://421200/poverty-office/p0002").setPolicy(
          SetPolicyRequest(
            parameters: [
              PolicyParameter(division: "420000", name: "appeal.days", validFrom: 20100601)
            ]
          )
        )
      }
      #expect(outside.details.refusedBy == "setting.area")
    }
  }

  @Test(arguments: Way.allCases)
  func aNationalLineChangesTheStatistics(way: Way) async throws {
    try await TestNode.with(way) { node in
      let household = SampleHousehold.household(1)
      let net = try #require(household.income?.years.last?.netPerPerson?.fen)
      let income = try #require(household.income?.years.last?.year)
      _ = try await node.households()
        .createHousehold(CreateHouseholdRequest(household: household))
      let statistics = StatisticsClient(try node.channel())
      func below() async throws -> Int64? {
        try await statistics.getStatistics(GetStatisticsRequest()).divisions.first?
          .belowLine?.people
      }
      let client = try policy(node, Self.state)
      for (fen, people) in [(net, 0), (net + 1, Int64(household.members.count)), (net, 0)] {
        let line = Line(division: "000000", year: income, amount: Money(fen: fen))
        let made = try await client.setPovertyLine(SetLineRequest(line: line))
        #expect(made.kind == .poverty && made.amount?.fen == fen)
        #expect(try await below() == people)
      }
      let standard = Line(
        kind: .dibao,
        division: "421224",
        year: income,
        amount: Money(fen: 140_400)
      )
      _ = try await policy(node, Self.civil).setDibaoStandard(SetLineRequest(line: standard))
      let found = try await policy(node, Office.village)
        .listLines(ListLinesRequest(kind: .dibao)).lines
      #expect(found.map { $0.amount?.fen } == [140_400] && found[0].setBy == Self.civil)
      let stream = try await statistics.checkRegistry(CheckRegistryRequest(deep: true))
      var last: CheckRegistryResponse?
      for try await message in stream { last = message }
      #expect(last?.finished == true && last?.findingCount == 0)
    }
  }

  @Test(arguments: Way.allCases)
  func quotasGoLevelByLevel(way: Way) async throws {
    try await TestNode.with(way) { node in
      func quota(_ division: String, _ people: Int64, _ reason: String = "") -> SetQuotasRequest {
        SetQuotasRequest(
          quotas: [Quota(division: division, period: year, people: people, reason: reason)]
        )
      }
      _ = try await policy(node, Self.province).setQuotas(quota("421224", 100))
      let county = try policy(node, Office.county)
      let told = try await refused(.invalidArgument) {
        try await county.setQuotas(quota("421224100000", 101))
      }
      #expect(told.violations == ["1/0 quotas.people quota.allotted"])
      _ = try await county.setQuotas(quota("421224100000", 101, "水灾"))
      _ = try await policy(node, Self.township).setQuotas(quota("421224100001", 60))
      let answer = try await policy(node, Office.statistics)
        .listQuotas(ListQuotasRequest(breakdown: true))
      #expect(answer.period == year)
      #expect(answer.quotas.map { $0.quota?.people } == [100, 101])
      #expect(answer.quotas.map(\.allotted) == [101, 60])
      #expect(answer.quotas.last?.quota?.reason == "水灾")
      try await refused(.permissionDenied) {
        try await policy(node, Office.otherCounty).setQuotas(quota("421224100000", 1))
      }
    }
  }
}
