import RegistryAPI
import Testing

@testable import RegistryModel

@Suite struct HouseholdMergeTests {
  let stored = SampleHousehold.household()

  @Test func anImportNeverBlanks() {
    var given = Household()
    given.contact = Contact(address: "新村1号")
    given.income = Income(years: [
      YearIncome(year: 2010, wages: Money(fen: 5)),
      YearIncome(year: 2009, netPerPerson: Money(fen: 1)),
    ])
    var person = Member()
    person.identity = Identity(citizenId: SampleHousehold.number(1992_05_03, 13), ethnicGroup: 15)
    given.members = [person, Member(identity: Identity(name: "新"))]
    let result = HouseholdFields.merged(stored, with: given)
    #expect(result.contact == Contact(telephone: "13900000000", address: "新村1号"))
    #expect(result.income?.years.map(\.year) == [2009, 2010])
    #expect(result.income?.years[1].netPerPerson?.fen == 98_000)
    #expect(result.income?.years[1].wages?.fen == 5)
    #expect(result.members.count == 5)
    #expect(
      result.members[2].identity?.name == "甲三" && result.members[2].identity?.ethnicGroup == 15
    )
    #expect(HouseholdFields.merged(stored, with: stored) == stored)
  }

  @Test func needsAndThePlanAreMergedInParts() {
    var stored = stored
    stored.support = Support(
      needs: [
        Need(kind: 1, scale: Quantity(value: 100), unit: "亩", investment: Money(fen: 7)),
        Need(kind: 2, unit: "头"),
      ],
      plan: Plan(cadre: "乙一", unit: "农业局", post: "主任", telephone: "1", text: "计划", day: 2010_01_02)
    )
    var given = Household()
    given.support = Support(
      needs: [Need(kind: 2, scale: Quantity(value: 5)), Need(kind: 3)],
      plan: Plan(cadre: "乙二")
    )
    let support = HouseholdFields.merged(stored, with: given).support
    let plan = Plan(
      cadre: "乙二",
      unit: "农业局",
      post: "主任",
      telephone: "1",
      text: "计划",
      day: 2010_01_02
    )
    #expect(support?.plan == plan)
    #expect(support?.needs.map(\.kind) == [1, 2, 3])
    #expect(support?.needs[0] == stored.support?.needs[0])
    #expect(support?.needs[1] == Need(kind: 2, scale: Quantity(value: 5), unit: "头"))
    given.support = Support(needs: [stored.support?.needs[0] ?? Need()])
    #expect(HouseholdFields.merged(stored, with: given) == stored)
  }

  @Test func emptyMessagesChangeNothing() {
    var stored = stored
    stored.income = nil
    var given = Household()
    given.income = Income()
    given.support = Support(plan: Plan())
    #expect(HouseholdFields.merged(stored, with: given) == stored)
  }

  /// A newborn without a number, under the name that all newborns have.
  static func newborn(_ id: [UInt8], birth: Int32, capacity: UInt32 = 0) -> Member {
    Member(
      id: id,
      identity: Identity(name: "新生儿", noIdReason: 1, birthDate: birth),
      labour: capacity == 0 ? nil : Labour(capacity: capacity)
    )
  }

  @Test func twinsOfOneNameStayTwo() {
    var given = Household()
    given.members = [3, 4].map { Self.newborn([], birth: 2010_05_01, capacity: $0) }
    let born = HouseholdFields.merged(stored, with: given)
    #expect(born.members.suffix(2).map { $0.labour?.capacity } == [3, 4])

    var twins = stored
    twins.members += [21, 22].map { Self.newborn([$0], birth: 2010_05_01) }
    let again = HouseholdFields.merged(twins, with: given)
    #expect(again.members.map(\.id) == twins.members.map(\.id))
    #expect(again.members.suffix(2).map { $0.labour?.capacity } == [3, 4])
    #expect(HouseholdFields.ambiguities(of: given, in: twins, firstRow: 7).isEmpty)
  }

  @Test func aRowThatMayMeanEitherTwinIsRefused() throws {
    var twins = stored
    twins.members += [21, 22].map { Self.newborn([$0], birth: 2010_05_01) }
    var given = Household()
    given.members = [stored.members[0], Self.newborn([], birth: 2010_05_01, capacity: 3)]
    let found = HouseholdFields.ambiguities(of: given, in: twins, firstRow: 7)
    #expect(found.map(\.rule) == ["member.ambiguous"])
    #expect(found.map(\.row) == [8] && found.map(\.member) == [2])
    let merged = HouseholdFields.merged(twins, with: given)
    let broken = try SampleHousehold.rules().violations(of: merged)
    #expect(broken.contains { $0.rule == "household.member-repeated" })

    twins.members[5].identity?.birthDate = 2010_06_01
    #expect(HouseholdFields.ambiguities(of: given, in: twins, firstRow: 7).isEmpty)
    #expect(HouseholdFields.merged(twins, with: given).members[4].labour?.capacity == 3)
  }

  @Test func aNameTakesNobodyWhoseNumberAnotherRowGives() {
    var given = Household()
    var namesake = stored.members[2]
    namesake.id = []
    namesake.identity?.citizenId = ""
    namesake.identity?.noIdReason = 1
    var numbered = stored.members[2]
    numbered.id = []
    given.members = [namesake, numbered]
    let merged = HouseholdFields.merged(stored, with: given)
    #expect(merged.members[2] == stored.members[2])
    #expect(merged.members.count == 5 && merged.members[4].identity?.citizenId == "")
  }

  @Test func ofTwoThatExcludeEachOtherTheNewOneStays() {
    var stored = stored
    stored.members.append(Self.newborn([21], birth: 2010_05_01))
    var given = Household()
    given.members = [
      Member(
        identity: Identity(name: "新生儿", citizenId: SampleHousehold.number(2010_05_01, 15))
      ),
      Member(id: [14], schooling: Schooling(education: 2)),
      Member(id: [13], identity: Identity(noIdReason: 2)),
    ]
    let merged = HouseholdFields.merged(stored, with: given).members
    #expect(merged[4].identity?.noIdReason == 0 && merged[4].identity?.citizenId.isEmpty == false)
    #expect(merged[3].schooling == Schooling(education: 2))
    #expect(merged[2].identity?.citizenId == "" && merged[2].identity?.noIdReason == 2)
  }

  @Test func anIdFromElsewhereIsNotTaken() {
    var given = Household()
    given.members = [Self.newborn([99], birth: 2010_05_01)]
    #expect(HouseholdFields.merged(stored, with: given).members.last?.id == [])
  }
}
