import RPCCore
import RegistryAPI
import Synchronization
import TestRegistry
import Testing

@testable import RegistryServer

/// Reading and writing single files, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct HouseholdServiceTests {
  @Test(arguments: Way.allCases)
  func createsAndReadsInThreeWays(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = try node.households()
      let sample = SampleHousehold.household(1)
      let created = try await client.createHousehold(CreateHouseholdRequest(household: sample))
      #expect(created.id.count == 16 && created.number.count == 14 && created.version == 1)
      #expect(created.classification?.category == .povertyObject)
      #expect(created.members.map { $0.identity?.sex } == [1, 2, 1])
      #expect(created.recordedAt > 0 && created.withheld.isEmpty)
      let ways: [GetHouseholdRequest.By] = [
        .id(created.id), .number(created.number),
        .citizenId(SampleHousehold.citizenID(1, member: 2)),
      ]
      for by in ways {
        #expect(try await client.getHousehold(GetHouseholdRequest(by: by)) == created)
      }
    }
  }

  @Test(arguments: Way.allCases)
  func namesEveryRuleThatARequestBreaks(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = try node.households()
      var wrong = SampleHousehold.household(1)
      wrong.classification?.mainCause = 0
      wrong.members[1].identity?.citizenId = "990001197208211234"
      wrong.members[2].schooling = Schooling(education: 2, atSchool: 3)
      let refused = try await refused(.invalidArgument) {
        try await client.createHousehold(CreateHouseholdRequest(household: wrong))
      }
      #expect(refused.violations.contains("0/0 classification.main_cause cause.main"))
      #expect(refused.violations.contains("0/2 members.identity.citizen_id id.check-digit"))
      #expect(
        refused.violations.contains("0/3 members.schooling member.education-or-schooling")
      )
      #expect(
        refused.details.violations.allSatisfy { !$0.messageEn.isEmpty && !$0.messageZh.isEmpty }
      )
      try await refusedWithoutARequest(client)
    }
  }

  private func refusedWithoutARequest(_ client: HouseholdClient) async throws {
    try await refused(.invalidArgument) {
      try await client.createHousehold(CreateHouseholdRequest())
    }
    try await refused(.invalidArgument) { try await client.getHousehold(GetHouseholdRequest()) }
    try await refused(.invalidArgument) {
      try await client.getHousehold(GetHouseholdRequest(by: .number("42122400000000")))
    }
    try await refused(.invalidArgument) {
      try await client.getImport(GetImportRequest(fileDigest: [1, 2]))
    }
  }

  @Test(arguments: Way.allCases)
  func findsNothingOutsideTheCallersArea(way: Way) async throws {
    try await TestNode.with(way) { node in
      let sample = SampleHousehold.household(1, village: SampleHousehold.otherVillage)
      let created = try await node.households()
        .createHousehold(CreateHouseholdRequest(household: sample))
      for office in [Office.otherCounty, Office.village] {
        try await refused(.notFound) {
          try await node.households(office)
            .getHousehold(GetHouseholdRequest(by: .id(created.id)))
        }
      }
      try await refused(.notFound) {
        try await node.households()
          .getHousehold(GetHouseholdRequest(by: .id(Array(repeating: 7, count: 16))))
      }
    }
  }

  @Test(arguments: Way.allCases)
  func refusesAPersonWhoStandsInAnotherFile(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = try node.households()
      let sample = CreateHouseholdRequest(household: SampleHousehold.household(1))
      _ = try await client.createHousehold(sample)
      let refused = try await refused(.alreadyExists) { try await client.createHousehold(sample) }
      #expect(refused.details.violations.map(\.member) == [1, 2, 3])
      #expect(refused.details.violations.allSatisfy { $0.rule == "id.on-file" })
    }
  }

  @Test(arguments: Way.allCases)
  func refusesAStaleVersionWithBothSides(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = try node.households()
      let created = try await client.createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(1))
      )
      var change = UpdateHouseholdRequest(id: created.id, baseVersion: 1)
      change.household = Household(contact: Contact(telephone: "13900000000"))
      change.mask = ["contact.telephone"]
      let updated = try await client.updateHousehold(change)
      #expect(updated.version == 2 && updated.contact?.telephone == "13900000000")
      #expect(updated.contact?.address == created.contact?.address)
      change.household = Household(contact: Contact(telephone: "13700000000", address: "新路"))
      change.mask = ["contact.telephone", "contact.address"]
      let refused = try await refused(.aborted) { try await client.updateHousehold(change) }
      let conflict = try #require(refused.details.conflict)
      #expect(conflict.baseVersion == 1 && conflict.currentVersion == 2)
      let telephone = try #require(conflict.fields.first { $0.field == "contact.telephone" })
      #expect(telephone.changedMeanwhile && telephone.changedByRequest)
      let address = try #require(conflict.fields.first { $0.field == "contact.address" })
      #expect(!address.changedMeanwhile && address.changedByRequest)
    }
  }

  @Test(arguments: Way.allCases)
  func refusesWhatTheTableDoesNotAllow(way: Way) async throws {
    try await TestNode.with(way) { node in
      let request = CreateHouseholdRequest(household: SampleHousehold.household(1))
      for office in [Office.education, Office.village, Office.statistics, Office.finance] {
        let refused = try await refused(.permissionDenied) {
          try await node.households(office).createHousehold(request)
        }
        #expect(refused.details.refusedBy == "office.operation")
      }
      let area = try await refused(.permissionDenied) {
        try await node.households(Office.otherCounty).createHousehold(request)
      }
      #expect(area.details.refusedBy == "household.area")
      let purposeless = try await refused(.permissionDenied) {
        try await node.households(Office.education).searchHouseholds(SearchHouseholdsRequest())
      }
      #expect(purposeless.details.refusedBy == "office.purpose-missing")
    }
  }

  @Test(arguments: Way.allCases)
  func showsAnOfficeItsClassesAndNamesTheOthers(way: Way) async throws {
    try await TestNode.with(way) { node in
      let created = try await node.households()
        .createHousehold(CreateHouseholdRequest(household: SampleHousehold.household(1)))
      let education = try node.households(Office.education)
      let seen = try await education.getHousehold(
        GetHouseholdRequest(by: .id(created.id)),
        options: purpose("schooling-support")
      )
      #expect(seen.members.map(\.schooling) == [created.members[2].schooling])
      #expect(
        seen.members.allSatisfy { $0.health == nil && $0.labour == nil && $0.security == nil }
      )
      #expect(seen.contact == created.contact)
      // Of the causes a school sees schooling alone, and not which is the main one.
      #expect(seen.classification == Classification(otherCauses: [3]))
      #expect(seen.change == nil && seen.version == 0 && seen.recordedAt == 0)
      #expect(seen.income == nil && seen.account == nil && seen.dwelling == nil)
      #expect(
        seen.withheld == [
          .account, .income, .health, .labour, .security, .dwelling, .production,
          .classification, .support,
        ]
      )
      try await refused(.notFound) {
        let head = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
        return try await education.getHousehold(head, options: purpose("schooling-support"))
      }
      let own = try await node.households(Office.village)
        .getHousehold(GetHouseholdRequest(by: .id(created.id)))
      #expect(own == created)
    }
  }

  @Test(arguments: Way.allCases)
  func repeatsTheFirstAnswerUnderItsKeyOverAnotherConnection(way: Way) async throws {
    try await TestNode.with(way) { node in
      let request = CreateHouseholdRequest(household: SampleHousehold.household(1))
      let key = IdempotencyKey.random()
      let outcomes = Mutex<[Processed]>([])
      func create(_ serial: Int) async throws -> Household {
        let channel = try node.channel()
        let options = CallOptions(
          idempotencyKey: key,
          onFinish: { outcome in outcomes.withLock { $0.append(outcome.processed) } }
        )
        let request = CreateHouseholdRequest(household: SampleHousehold.household(serial))
        let household = try await HouseholdClient(channel)
          .createHousehold(request, options: options)
        await channel.close()
        return household
      }
      let first = try await create(1)
      let second = try await create(1)
      #expect(first == second)
      #expect(outcomes.withLock { $0 } == [.mayHaveRun, .replayed])
      try await refused(.invalidArgument) { try await create(2) }
      // Without the key it is another request, and the people are on file.
      try await refused(.alreadyExists) { try await node.households().createHousehold(request) }
    }
  }

  @Test(arguments: Way.allCases)
  func twoCallsAtOnceUnderOneKeyWriteOnce(way: Way) async throws {
    try await TestNode.with(way) { node in
      let client = try node.households()
      let request = CreateHouseholdRequest(household: SampleHousehold.household(1))
      let options = CallOptions(idempotencyKey: .random())
      let answers = try await withThrowingTaskGroup(of: Household.self) { group in
        for _ in 0..<8 {
          group.addTask { try await client.createHousehold(request, options: options) }
        }
        return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1.id) }
      }
      #expect(answers.count == 1)
    }
  }
}
