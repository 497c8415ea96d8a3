import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// The feed of changes: nothing left out, nothing told that its caller may not see.
struct FollowTests {
  private static let school = "registry://421224/education/p0100"
  private static let provincialSchool = "registry://420000/education/p0200"
  private static let housing = "registry://421224/housing/p0300"
  private static let schooling = CallOptions(metadata: ["registry-purpose": "schooling-support"])
  private static let dwelling = CallOptions(metadata: ["registry-purpose": "dwelling-support"])

  /// Somebody who keeps a copy by the feed alone.
  private final class Follower {
    let channel: any Channel
    let options: CallOptions
    var division = ""
    var position = ""
    var files: [[UInt8]: Household] = [:]
    var parts = 0

    init(_ node: LinkedNode, _ office: String, _ options: CallOptions = CallOptions()) {
      channel = node.channel(as: office)
      self.options = options
    }

    /// Takes what changed; how many changes were told.
    @discardableResult
    func poll() async throws -> Int {
      var request = FollowHouseholdsRequest(position: position, division: division)
      request.waitSeconds = 0
      var told = 0
      var isWhole = false
      for try await part in try await InquiryClient(channel)
        .followHouseholds(request, options: options)
      {
        parts += 1
        for change in part.changes {
          told += 1
          switch change.what {
          case .shown(let household)?: files[household.id] = household
          case .gone(let gone)?: files[gone.id] = nil
          case nil: Issue.record("a change says nothing")
          }
        }
        #expect(Set(part.changes.map(\.what)).count == part.changes.count)
        position = part.position
        isWhole = part.caughtUp
      }
      #expect(isWhole)
      return told
    }
  }

  private func update(
    _ node: LinkedNode,
    _ id: [UInt8],
    _ fields: [String],
    _ change: (inout Household) -> Void
  ) async throws {
    var household = try await node.households().getHousehold(GetHouseholdRequest(by: .id(id)))
    change(&household)
    _ = try await node.households().updateHousehold(
      UpdateHouseholdRequest(
        id: id,
        baseVersion: household.version,
        household: household,
        mask: fields
      )
    )
  }

  @Test(
    "A copy kept by the feed is the registry, at the county and above",
    arguments: TestDatabase.all
  )
  func copies(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    let other = try nodes.open(LinkedNodes.otherCounty)
    let province = try nodes.open(LinkedNodes.province)
    func settle() async throws {
      for node in [county, other] {
        while try await node.link(to: province).exchangeOnce() {}
      }
    }
    func whole(_ node: LinkedNode, _ office: String) async throws -> [[UInt8]: Household] {
      var found: [[UInt8]: Household] = [:]
      for try await page in try await node.households(as: office)
        .exportHouseholds(ExportHouseholdsRequest())
      {
        for household in page.households { found[household.id] = household }
      }
      return found
    }
    let near = Follower(county, LinkedNodes.office)
    let above = Follower(province, LinkedNodes.provinceOffice)
    let one = Follower(province, LinkedNodes.provinceOffice)
    one.division = "421223"
    #expect(try await near.poll() == 0)
    try await county.register(0..<5)
    #expect(try await near.poll() == 5)
    #expect(try await above.poll() == 0)
    try await settle()
    #expect(try await above.poll() == 5)
    // What comes late from another county has earlier instants and is told all the same.
    try await other.register(7..<9, village: LinkedNodes.villages[2])
    let first = try #require(near.files.keys.first)
    try await update(county, first, ["contact.telephone"]) { $0.contact?.telephone = "13911111111" }
    #expect(try await near.poll() == 1)
    #expect(near.files[first]?.contact?.telephone == "13911111111")
    try await settle()
    #expect(try await above.poll() == 3)
    #expect(try await one.poll() == 2)
    let held = try await whole(county, LinkedNodes.office)
    #expect(near.files == held)
    let all = try await whole(province, LinkedNodes.provinceOffice)
    #expect(above.files == all && all.count == 7)
    #expect(try await near.poll() == 0)
    #expect(try await above.poll() == 0)
    // A position is its caller's and its question's.
    for (position, division) in [(near.position, ""), (one.position, ""), ("AAAA", "")] {
      let stream = try await InquiryClient(province.channel(as: LinkedNodes.provinceOffice))
        .followHouseholds(FollowHouseholdsRequest(position: position, division: division))
      await #expect(throws: RPCError.self) { for try await _ in stream {} }
    }
    // Erased, a file is gone; one who begins now is told of what comes.
    let late = Follower(county, LinkedNodes.office)
    for try await part in try await InquiryClient(late.channel)
      .followHouseholds(FollowHouseholdsRequest(fromNow: true))
    {
      #expect(part.changes.isEmpty && part.caughtUp)
      late.position = part.position
    }
    try await update(county, first, ["contact.telephone"]) { $0.contact?.telephone = "13922222222" }
    #expect(try await late.poll() == 1)
    // With a position, `from_now` leaves nothing out.
    try await update(county, first, ["contact.telephone"]) { $0.contact?.telephone = "13955555555" }
    let stream = try await InquiryClient(late.channel)
      .followHouseholds(FollowHouseholdsRequest(position: late.position, fromNow: true))
    var told = 0
    for try await part in stream { told += part.changes.count }
    #expect(told == 1)
    for node in [county, other, province] { await node.close() }
  }

  @Test("Of a change is told to whom sees something of it", arguments: TestDatabase.all)
  func seesItsOwn(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<2)
    let school = Follower(county, Self.school, Self.schooling)
    let housing = Follower(county, Self.housing, Self.dwelling)
    #expect(try await school.poll() == 2)
    #expect(try await housing.poll() == 2)
    let file = try #require(school.files.values.first)
    #expect(file.members.count == 1 && file.income == nil && file.dwelling == nil)
    #expect(file.withheld.contains(.income))
    // Neither sees income or account.
    try await update(county, file.id, ["account"]) { $0.account?.bank = "邮政储蓄" }
    #expect(try await school.poll() == 0)
    #expect(try await housing.poll() == 0)
    try await update(county, file.id, ["dwelling"]) { $0.dwelling?.floorArea = Quantity(value: 1) }
    #expect(try await school.poll() == 0)
    #expect(try await housing.poll() == 1)
    // A change seen and one unseen behind it: what was seen is told, as the file is now.
    try await update(county, file.id, ["contact.telephone"]) {
      $0.contact?.telephone = "13933333333"
    }
    try await update(county, file.id, ["account"]) { $0.account?.bank = "农业银行" }
    #expect(try await school.poll() == 1)
    #expect(try await housing.poll() == 1)
    #expect(school.files[file.id]?.contact?.telephone == "13933333333")
    // Every part that shows something is a look of its own.
    let looks = try await InquiryClient(county.channel(as: LinkedNodes.office))
      .listLooks(ListLooksRequest(by: .id(file.id))).looks
    #expect(looks.count { $0.identity == Self.school && $0.operation == "follow" } == 2)
    #expect(looks.count { $0.identity == Self.housing } == 3)
    // Without a purpose, or with another office's, nothing.
    for options in [CallOptions(), Self.dwelling] {
      await #expect(throws: RPCError.self) {
        for try await _ in try await InquiryClient(county.channel(as: Self.school))
          .followHouseholds(FollowHouseholdsRequest(), options: options)
        {}
      }
    }
    await county.close()
  }

  @Test("A change of what is withheld causes no line, whenever it was made")
  func silent() async throws {
    let nodes = try LinkedNodes()
    var county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<1)
    let first = Follower(county, Self.school, Self.schooling)
    #expect(try await first.poll() == 1)
    let file = try #require(first.files.values.first)
    // What every version has of its own is not told.
    #expect(file.version == 0 && file.recordedAt == 0 && file.effectiveOn == 0)
    #expect(file.change == nil && file.reviewedIn == 0)
    var position = first.position
    func told(_ office: String, _ options: CallOptions) async throws -> (Int, String) {
      let follower = Follower(county, office, options)
      follower.position = position
      return (try await follower.poll(), follower.position)
    }
    // Each change on a day of its own.
    for day in 1...2 {
      await county.close()
      county = try nodes.open(LinkedNodes.county, clockAhead: Int64(day) * 86_400)
      if day == 1 {
        try await update(county, file.id, ["account"]) { $0.account?.bank = "邮政储蓄" }
      } else {
        let current = try await county.households().getHousehold(
          GetHouseholdRequest(by: .id(file.id))
        )
        let review = Review(
          year: 2009,
          income: YearIncome(year: 2009, netPerPerson: Money(fen: 91_000))
        )
        _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).submitChange(
          SubmitChangeRequest(
            change: Change(
              household: file.id,
              baseVersion: current.version,
              reason: "年度核查",
              kind: .review(review)
            )
          )
        )
        let reviewed = try await county.households().getHousehold(
          GetHouseholdRequest(by: .id(file.id))
        )
        #expect(reviewed.reviewedIn == 2009 && reviewed.effectiveOn > current.effectiveOn)
      }
      let (changes, next) = try await told(Self.school, Self.schooling)
      #expect(changes == 0, "day \(day)")
      position = next
    }
    await county.close()
  }

  @Test("Who moves away or is erased is gone", arguments: TestDatabase.all)
  func gone(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<3)
    let village = Follower(county, "registry://421224100001/village-committee/p0001")
    let school = Follower(county, Self.school, Self.schooling)
    #expect(try await village.poll() == 3)
    #expect(try await school.poll() == 3)
    let ids = village.files.keys.sorted { $0.lexicographicallyPrecedes($1) }
    // To the next village: the one village loses it, the county's school keeps it.
    let file = try #require(village.files[ids[0]])
    _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: file.id,
          baseVersion: file.version,
          reason: "搬迁",
          kind: .move(
            Move(location: Location(village: LinkedNodes.villages[1], group: "二组"))
          )
        )
      )
    )
    #expect(try await village.poll() == 1)
    #expect(village.files.count == 2)
    let next = Follower(county, "registry://421224100002/village-committee/p0001")
    #expect(try await next.poll() == 1)
    // What happens to it now is no news to the first village.
    try await update(county, file.id, ["contact.telephone"]) {
      $0.contact?.telephone = "13944444444"
    }
    #expect(try await village.poll() == 0)
    #expect(try await next.poll() == 1)
    _ = try await school.poll()
    #expect(school.files.count == 3)
    // One who never had the file is not told that it is gone; one who had it says where it went on.
    let stranger = Follower(county, "registry://421224100001/village-committee/p0002")
    #expect(try await stranger.poll() == 2)
    // Erased, it is gone for all who follow something of the county, and for one township alone.
    let township = Follower(county, LinkedNodes.office)
    township.division = "421224100000"
    #expect(try await township.poll() == 3)
    let erased = try #require(village.files[ids[1]])
    _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).eraseHousehold(
      EraseHouseholdRequest(id: erased.id, baseVersion: erased.version, reason: "重复建档")
    )
    for follower in [village, school, township] {
      _ = try await follower.poll()
      #expect(follower.files[erased.id] == nil)
    }
    await county.close()
  }

  @Test("Several divisions are followed as one")
  func severalDivisions() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<2)
    try await county.register(2..<5, village: LinkedNodes.villages[1])
    func follow(
      _ one: String,
      _ more: [String],
      _ position: String = ""
    ) async throws -> (told: Int, position: String) {
      var answer = (told: 0, position: "")
      let request = FollowHouseholdsRequest(position: position, division: one, divisions: more)
      for try await part in try await InquiryClient(county.channel(as: LinkedNodes.office))
        .followHouseholds(request)
      {
        answer = (answer.told + part.changes.count, part.position)
      }
      return answer
    }
    let (first, second) = (LinkedNodes.villages[0], LinkedNodes.villages[1])
    #expect(try await follow(first, []).told == 2)
    let both = try await follow(first, [second])
    #expect(both.told == 5)
    // In whatever order they are named, and no other ones.
    try await county.register(5..<6, village: second)
    #expect(try await follow("", [second, first], both.position).told == 1)
    for (one, more) in [(first, [String]()), (second, []), ("", [])] {
      await #expect(throws: RPCError.self) { _ = try await follow(one, more, both.position) }
    }
    await #expect(throws: RPCError.self) { _ = try await follow(first, ["421223"]) }
    await county.close()
  }

  @Test("A purpose of another time is none")
  func purposeOfAnotherTime() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county, clockAhead: -20 * 365 * 86_400)
    let client = HouseholdClient(county.channel(as: Self.school))
    do {
      _ = try await client.searchHouseholds(SearchHouseholdsRequest(), options: Self.schooling)
      Issue.record("the purpose was taken")
    } catch let error as RPCError {
      let details = try ErrorDetails(wireArray: error.details)
      #expect(error.code == .permissionDenied && details.refusedBy == "office.purpose")
    }
    await county.close()
  }

  @Test("One who waits is told at once, and not longer than asked")
  func waits() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let stream = try await InquiryClient(county.channel(as: LinkedNodes.office))
      .followHouseholds(FollowHouseholdsRequest(waitSeconds: 3))
    var told = 0
    for try await part in stream {
      if part.changes.isEmpty, told == 0, part.position.isEmpty == false {
        try await county.register(0..<1)
      }
      told += part.changes.count
    }
    #expect(told == 1)
    let tooLong = try await InquiryClient(county.channel(as: LinkedNodes.office))
      .followHouseholds(FollowHouseholdsRequest(waitSeconds: 3_601))
    await #expect(throws: RPCError.self) { for try await _ in tooLong {} }
    await county.close()
  }

  @Test("Many files come in parts, and each part goes on where the one before ended")
  func parts() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<450)
    let office = Follower(county, LinkedNodes.office)
    #expect(try await office.poll() == 450)
    #expect(office.parts >= 3 && office.files.count == 450)
    // Cut off behind the first part, it goes on from there.
    let cut = Follower(county, LinkedNodes.office)
    for try await part in try await InquiryClient(cut.channel)
      .followHouseholds(FollowHouseholdsRequest())
    {
      for change in part.changes {
        if case .shown(let household)? = change.what { cut.files[household.id] = household }
      }
      cut.position = part.position
      break
    }
    #expect(cut.files.count == 200)
    #expect(try await cut.poll() == 250)
    #expect(cut.files == office.files)
    await county.close()
  }
}
