import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// What an identity was shown counts against its day, whatever it asked by.
struct BudgetTests {
  private static let inspection = CallOptions(metadata: ["registry-purpose": "inspection"])
  /// The limit of audit in a county.
  private static let limit = 20_000

  /// A county with two households and what there is to read about them.
  private struct World {
    let nodes: LinkedNodes
    var county: LinkedNode
    let file: Household
    let other: Household
    let merger: [UInt8]

    init() async throws {
      nodes = try LinkedNodes()
      county = try nodes.open(LinkedNodes.county)
      try await county.register(0..<3)
      let households = county.households()
      func file(_ serial: Int) async throws -> Household {
        let number = SampleHousehold.citizenID(serial, member: 0)
        return try await households.getHousehold(GetHouseholdRequest(by: .citizenId(number)))
      }
      (self.file, other) = (try await file(0), try await file(1))
      let leaving = try await file(2)
      let village = ChangeClient(
        county.channel(as: "registry://421224100001/village-committee/p0101")
      )
      let relations = other.members.map { MemberRelation(member: $0.id, relation: 97) }
      let merge = Merge(other: other.id, otherBaseVersion: 1, relations: relations)
      let proposed = try await village.submitChange(
        SubmitChangeRequest(
          change: Change(
            household: self.file.id,
            baseVersion: 1,
            reason: "合户",
            kind: .merge(merge)
          )
        )
      )
      merger = try #require(proposed.proposal).id
      _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).submitChange(
        SubmitChangeRequest(
          change: Change(
            household: leaving.id,
            baseVersion: 1,
            reason: "迁出",
            kind: .moveAway(MoveAway(destination: "421223"))
          )
        )
      )
      let pilot = PilotClient(county.channel(as: LinkedNodes.office))
      var inspected = PilotRecord(
        kind: "inspection",
        division: LinkedNodes.villages[0],
        day: 20_101_201,
        title: "督查"
      )
      inspected.figures = ["households.sampled", "faults"].map { PilotFigure(key: $0, value: 1) }
      let inspection = try await pilot.setPilotRecord(
        SetPilotRecordRequest(record: try inspected.serializedBytes())
      )
      var finding = inspected
      (finding.kind, finding.figures) = ("finding", [])
      (finding.of, finding.household) = (inspection.id, self.file.id)
      _ = try await pilot.setPilotRecord(
        SetPilotRecordRequest(record: try finding.serializedBytes())
      )
    }

    /// An audit's person who has been shown all but so many people of the day.
    func auditor(_ number: Int, left: Int) async throws -> InProcessChannel {
      let channel = county.channel(as: "registry://421224/audit/p\(1_000 + number)")
      var rest = BudgetTests.limit - left
      while rest > 0 {
        let part = min(rest, 10_000)
        let numbers = Array(repeating: SampleHousehold.citizenID(0, member: 0), count: part)
        let call = try await InquiryClient(channel).matchPeople(options: BudgetTests.inspection)
        try await call.send(MatchPeopleRequest(citizenIds: numbers))
        try await call.finishSending()
        #expect(try await call.responses.next()?.matches.count == part)
        rest -= part
      }
      return channel
    }

    func close() async { await county.close() }
  }

  /// Whether a call is refused since its people are too many for the day.
  private func isOverBudget(_ call: () async throws -> Void) async throws -> Bool {
    do {
      try await call()
      return false
    } catch let error as RPCError {
      let details = try ErrorDetails(wireArray: error.details)
      try #require(details.refusedBy == "disclosure.budget", "\(error)")
      return true
    }
  }

  @Test("Every way to a file counts its people")
  func everyWay() async throws {
    let world = try await World()
    let options = Self.inspection
    let (id, merger) = (world.file.id, world.merger)
    // How many people each shows: one less than that is too few. Who moved away is in the feed.
    let ways: [(String, Int, (InProcessChannel) async throws -> Void)] = [
      (
        "get", 3,
        {
          let request = GetHouseholdRequest(by: .id(id))
          _ = try await HouseholdClient($0).getHousehold(request, options: options)
        }
      ),
      (
        "past", 3,
        {
          let request = GetHouseholdRequest(by: .id(id), effectiveOn: world.file.effectiveOn)
          _ = try await HouseholdClient($0).getHousehold(request, options: options)
        }
      ),
      (
        "history", 3,
        {
          let request = GetHistoryRequest(id: id)
          _ = try await HouseholdClient($0).getHistory(request, options: options)
        }
      ),
      (
        "compare", 3,
        {
          let request = CompareVersionsRequest(id: id)
          _ = try await HouseholdClient($0).compareVersions(request, options: options)
        }
      ),
      (
        "search", 6,
        {
          let request = SearchHouseholdsRequest()
          _ = try await HouseholdClient($0).searchHouseholds(request, options: options)
        }
      ),
      (
        "sample", 6,
        {
          let request = SampleHouseholdsRequest(count: 5, seed: "1")
          _ = try await HouseholdClient($0).sampleHouseholds(request, options: options)
        }
      ),
      (
        "export", 6,
        {
          let request = ExportHouseholdsRequest()
          for try await _ in try await HouseholdClient($0)
            .exportHouseholds(request, options: options)
          {}
        }
      ),
      (
        "follow", 9,
        {
          let request = FollowHouseholdsRequest()
          for try await _ in try await InquiryClient($0)
            .followHouseholds(request, options: options)
          {}
        }
      ),
      (
        "proposals", 6,
        {
          let request = ListProposalsRequest()
          _ = try await ChangeClient($0).listProposals(request, options: options)
        }
      ),
      (
        "proposal", 6,
        {
          let request = GetProposalRequest(id: merger)
          _ = try await ChangeClient($0).getProposal(request, options: options)
        }
      ),
      (
        "hand-overs", 3,
        {
          let request = ListHandOversRequest()
          _ = try await ChangeClient($0).listHandOvers(request, options: options)
        }
      ),
      (
        "pilot", 3,
        {
          let request = ListPilotRecordsRequest()
          _ = try await PilotClient($0).listPilotRecords(request, options: options)
        }
      ),
    ]
    for (place, (way, people, call)) in ways.enumerated() {
      let few = try await world.auditor(place * 2, left: people - 1)
      #expect(try await isOverBudget { try await call(few) }, "\(way)")
      let enough = try await world.auditor(place * 2 + 1, left: people)
      #expect(try await !isOverBudget { try await call(enough) }, "\(way)")
      // It is used up now.
      #expect(try await isOverBudget { try await call(enough) }, "\(way)")
    }
    await world.close()
  }

  @Test("One person's connections share the day's limit, and the next day has its own")
  func connectionsAndDays() async throws {
    var world = try await World()
    let first = try await world.auditor(0, left: 3)
    let request = GetHouseholdRequest(by: .id(world.file.id))
    func get(_ channel: InProcessChannel) async throws -> Bool {
      try await isOverBudget {
        _ = try await HouseholdClient(channel).getHousehold(request, options: Self.inspection)
      }
    }
    let identity = "registry://421224/audit/p1000"
    #expect(try await !get(world.county.channel(as: identity)))
    #expect(try await get(first))
    // Another person of the office has a limit of their own.
    #expect(try await !get(world.county.channel(as: "registry://421224/audit/p1001")))
    await world.county.close()
    world.county = try world.nodes.open(LinkedNodes.county)
    #expect(try await get(world.county.channel(as: identity)))
    await world.county.close()
    world.county = try world.nodes.open(LinkedNodes.county, clockAhead: 86_400)
    #expect(try await !get(world.county.channel(as: identity)))
    await world.close()
  }
}
