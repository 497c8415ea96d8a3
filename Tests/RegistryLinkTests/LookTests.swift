import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// Who looked at whose file: at the county, and at the nodes above, which tell the county.
struct LookTests {
  private static let school = "registry://421224/education/p0100"
  private static let provincialSchool = "registry://420000/education/p0200"
  private static let purpose = CallOptions(metadata: ["registry-purpose": "schooling-support"])

  private func looks(
    _ node: LinkedNode,
    as office: String = LinkedNodes.office,
    at household: Household
  ) async throws -> [LookEntry] {
    try await InquiryClient(node.channel(as: office)).listLooks(
      ListLooksRequest(by: .number(household.number))
    ).looks
  }

  /// A list compared with a node's records, in one part; results and matches.
  private func match(
    _ node: LinkedNode,
    as office: String,
    _ numbers: [String],
    _ options: CallOptions = CallOptions()
  ) async throws -> MatchPeopleResponse {
    let call = try await InquiryClient(node.channel(as: office)).matchPeople(options: options)
    try await call.send(MatchPeopleRequest(citizenIds: numbers))
    try await call.finishSending()
    return try #require(try await call.responses.next())
  }

  @Test("The county tells who looked, at the county and above", arguments: TestDatabase.all)
  func flowsDown(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    let state = try nodes.open(LinkedNodes.state)
    func settle() async throws {
      var moved = true
      while moved {
        let up = try await county.link(to: province).exchangeOnce()
        moved = try await province.link(to: state).exchangeOnce() || up
      }
    }
    try await county.register(0..<3)
    try await settle()
    let number = SampleHousehold.citizenID(0, member: 0)
    let file = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(number))
    )
    // The province's office searches, the state's looks at the file, the school compares a list.
    _ = try await province.households(as: LinkedNodes.provinceOffice)
      .searchHouseholds(SearchHouseholdsRequest())
    _ = try await state.households(as: "registry://000000/poverty-office/p0001")
      .getHousehold(GetHouseholdRequest(by: .number(file.number)))
    let pupil = SampleHousehold.citizenID(0, member: 2)
    let found = try await match(province, as: Self.provincialSchool, [pupil, number], Self.purpose)
    // The head is of no school age: nothing is said of him.
    #expect(found.results == [2, 1] && found.matches.map(\.household) == [file.number])
    #expect(found.withheld.contains(.health) && found.withheld.contains(.classification))
    // Of category and causes a school sees that schooling is one: here it is not the main one.
    #expect(found.matches[0].category == .unspecified && found.matches[0].mainCause == 0)
    try await settle()
    let told = try await looks(county, at: file)
    // The latest first, by when they were made and not by when they came down.
    #expect(
      told.map { "\($0.identity) \($0.operation) \($0.purpose) \($0.node)" } == [
        "\(Self.provincialSchool) match schooling-support \(LinkedNodes.province)",
        "registry://000000/poverty-office/p0001 get  \(LinkedNodes.state)",
        "\(LinkedNodes.provinceOffice) search  \(LinkedNodes.province)",
        "\(LinkedNodes.office) get  \(LinkedNodes.county)",
      ]
    )
    #expect(told.map(\.at) == told.map(\.at).sorted(by: >))
    // What was shown, and not all that the office could have been shown.
    #expect(told.map(\.classes.count) == [2, 12, 3, 12])
    #expect(told[0].classes == [.identity, .schooling])
    #expect(told[2].classes == [.identity, .income, .classification])
    // The province has its own and those from above.
    #expect(try await looks(province, as: LinkedNodes.provinceOffice, at: file).count == 3)
    for node in [county, province, state] {
      #expect(try await node.findings().map { "\($0.check) at \($0.place)" } == [])
      await node.close()
    }
  }

  @Test("Nothing is shown beyond an office's budget, and refused looks are none")
  func budget() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county) { _ in }
    try await county.register(0..<2)
    let file = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(0, member: 0)))
    )
    let partner = "registry://421224/audit/p0300"
    let options = CallOptions(metadata: ["registry-purpose": "inspection"])
    let client = county.households(as: partner)
    let request = GetHouseholdRequest(by: .number(file.number))
    #expect(try await client.getHousehold(request, options: options).number == file.number)
    // 20,000 people a day at a county; each file shows three.
    let numbers = Array(
      repeating: SampleHousehold.citizenID(0, member: 0),
      count: 9_000
    )
    for _ in 0..<2 {
      let found = try await match(county, as: partner, numbers, options)
      #expect(found.matches.count == 9_000)
    }
    await #expect {
      _ = try await match(county, as: partner, numbers, options)
    } throws: { error in
      let error = error as? RPCError
      let details = error.flatMap { try? ErrorDetails(wireArray: $0.details) }
      return error?.code == .permissionDenied && details?.refusedBy == "disclosure.budget"
    }
    let told = try await looks(county, at: file)
    #expect(told.count { $0.identity == partner } == 3)
    // Without its purpose nothing is shown or recorded.
    await #expect {
      _ = try await client.getHousehold(request)
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    #expect(try await looks(county, at: file).count == told.count)
    await county.close()
  }

  @Test("A school may ask for schooling as the main cause, and for no other")
  func schoolingAsCause() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    var poor = SampleHousehold.household(1)
    poor.classification?.mainCause = 3
    poor.classification?.otherCauses = [9]
    let file = try await county.households().createHousehold(
      CreateHouseholdRequest(household: poor)
    )
    let school = county.households(as: Self.school)
    let filter = HouseholdFilter(mainCauses: [3])
    let found = try await school.searchHouseholds(
      SearchHouseholdsRequest(filter: filter),
      options: Self.purpose
    )
    #expect(found.households.map(\.id) == [file.id])
    #expect(found.households.map(\.mainCause) == [3])
    #expect(found.households.map(\.category) == [.unspecified])
    let seen = try await school.getHousehold(
      GetHouseholdRequest(by: .id(file.id)),
      options: Self.purpose
    )
    #expect(seen.classification == Classification(mainCause: 3))
    let pupil = SampleHousehold.citizenID(1, member: 2)
    let matched = try await match(county, as: Self.school, [pupil], Self.purpose).matches
    #expect(matched.map(\.mainCause) == [3] && matched.map(\.category) == [.unspecified])
    for causes in [[9], [3, 9], [0]] as [[UInt32]] {
      await #expect {
        _ = try await school.searchHouseholds(
          SearchHouseholdsRequest(filter: HouseholdFilter(mainCauses: causes)),
          options: Self.purpose
        )
      } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    }
    await county.close()
  }

  @Test("Who stands in two counties' files is found by the offices of both")
  func secondFiles() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let other = try nodes.open(LinkedNodes.otherCounty)
    let province = try nodes.open(LinkedNodes.province)
    // The same people, registered twice.
    try await county.register(0..<1)
    try await other.register(0..<1, village: LinkedNodes.villages[2])
    for node in [county, other] {
      while try await node.link(to: province).exchangeOnce() {}
    }
    let number = SampleHousehold.citizenID(0, member: 2)
    for (office, options, village) in [
      (LinkedNodes.office, CallOptions(), LinkedNodes.villages[0]),
      (LinkedNodes.otherOffice, CallOptions(), LinkedNodes.villages[2]),
      ("registry://421224/education/p0100", Self.purpose, LinkedNodes.villages[0]),
      ("registry://421223/education/p0100", Self.purpose, LinkedNodes.villages[2]),
    ] {
      let client = province.households(as: office)
      let found = try await client.getHousehold(
        GetHouseholdRequest(by: .citizenId(number)),
        options: options
      )
      #expect(found.location?.village == village, "\(office)")
      let matched = try await match(province, as: office, [number], options)
      #expect(matched.matches.map(\.village) == [village], "\(office)")
      if options.metadata.isEmpty {
        let past = try await client.getHousehold(
          GetHouseholdRequest(by: .citizenId(number), effectiveOn: found.effectiveOn)
        )
        #expect(past.id == found.id)
      }
    }
    for node in [county, other, province] { await node.close() }
  }

  @Test("A list's odd rows are told apart, and what left the register is absent")
  func matching() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<2)
    try await county.register(2..<3, village: LinkedNodes.villages[1])
    let gone = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
    )
    _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: gone.id,
          baseVersion: gone.version,
          reason: "脱贫",
          kind: .exit(ExitChange(reason: 1))
        )
      )
    )
    let numbers = [
      SampleHousehold.citizenID(0, member: 1), SampleHousehold.citizenID(1, member: 0),
      SampleHousehold.citizenID(2, member: 2), SampleHousehold.citizenID(9, member: 0), "", "123",
      " " + SampleHousehold.citizenID(0, member: 0).lowercased() + " ",
    ]
    let whole = try await match(county, as: LinkedNodes.office, numbers)
    #expect(whole.results == [2, 1, 2, 1, 3, 3, 2])
    #expect(whole.matches.map(\.place) == [0, 2, 6] && whole.withheld == [])
    // A village's committee finds its own people alone.
    let own = try await match(
      county,
      as: "registry://421224100001/village-committee/p0101",
      numbers
    )
    #expect(own.results == [2, 1, 1, 1, 3, 3, 2])
    await #expect {
      _ = try await match(
        county,
        as: LinkedNodes.office,
        Array(repeating: "1", count: 10_001)
      )
    } throws: { ($0 as? RPCError)?.code == .invalidArgument }
    #expect(try await county.findings() == [])
    await county.close()
  }
}
