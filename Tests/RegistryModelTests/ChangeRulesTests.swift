import RegistryAPI
import Testing

@testable import RegistryModel

/// What each kind of change makes of a household, and which rules refuse it.
@Suite struct ChangeRulesTests {
  let household = SampleHousehold.household()

  func apply(
    _ kind: Change.Kind?,
    to household: Household? = nil,
    office: OfficeKind? = .povertyOffice,
    day: Int32 = 0,
    reason: String = "理由",
    other: Household? = nil
  ) throws -> (result: ChangedHouseholds, violations: [Violation]) {
    let rules = ChangeRules(
      lists: try CodeLists.load(),
      today: SampleHousehold.day,
      office: office
    )
    let change = Change(effectiveOn: day, reason: reason, kind: kind)
    return rules.apply(change, to: household ?? self.household, other: other)
  }

  /// What a change makes, which must break no rule of changes nor of files.
  func made(
    _ kind: Change.Kind,
    other: Household? = nil,
    _ place: SourceLocation = #_sourceLocation
  ) throws -> ChangedHouseholds {
    let (result, violations) = try apply(kind, other: other)
    #expect(violations.isEmpty, "\(violations.map(\.rule))", sourceLocation: place)
    let rules = try SampleHousehold.rules()
    for one in [result.household, result.other].compactMap({ $0 }) {
      let broken = rules.violations(of: rules.normalised(one))
      #expect(broken.isEmpty, "\(broken.map(\.rule))", sourceLocation: place)
    }
    return result
  }

  @Test func everyRuleHasItsWords() {
    for rule in ChangeRule.allCases {
      #expect(!rule.english.isEmpty && !rule.chinese.isEmpty && !rule.english.hasSuffix("."))
    }
    #expect(Set(ChangeRule.allCases.map(\.english)).count == ChangeRule.allCases.count)
  }

  @Test func reviewPutsTheYearInItsPlace() throws {
    let income = YearIncome(netPerPerson: Money(fen: 120_000))
    let further = Household(contact: Contact(telephone: "13900000001"))
    let review = Review(year: 2010, income: income, household: further, mask: ["contact.telephone"])
    let result = try made(.review(review)).household
    #expect(result.income?.years.map(\.year) == [2010] && result.reviewedIn == 2010)
    #expect(result.income?.years[0].netPerPerson?.fen == 120_000)
    #expect(result.contact?.telephone == "13900000001")
  }

  @Test func birthDeathAndMarriage() throws {
    var child = SampleHousehold.member("甲五", 20, 2010_11_01, 15)
    child.schooling = Schooling(education: 1)
    #expect(try made(.birth(Birth(member: child))).household.members.count == 5)

    let relations = [MemberRelation(member: [13], relation: 20)]
    let death = Death(member: [11], newHead: [12], relations: relations)
    let left = try made(.death(death)).household
    #expect(left.members.map(\.id) == [[12], [13], [14]])
    #expect(left.members[0].identity?.relation == 2)

    var married = household
    married.members[1].identity?.maritalStatus = 20
    let widowed = try apply(.death(death), to: married).result.household
    #expect(widowed.members[0].identity?.maritalStatus == 30)

    let wife = SampleHousehold.member("乙一", 38, 1993_01_02, 18)
    let joined = try made(.marriage(Marriage(joins: wife, spouseOf: [13]))).household
    #expect(joined.members.first { $0.id == [13] }?.identity?.maritalStatus == 20)
    #expect(joined.members.last?.identity?.maritalStatus == 20 && joined.members.last?.id == [])
    #expect(try made(.marriage(Marriage(leaves: [14]))).household.members.count == 3)
  }

  @Test func splitMakesAHouseholdOfItsOwn() throws {
    let split = Split(
      members: [[13], [14]],
      relations: [MemberRelation(member: [14], relation: 77)],
      household: Household(
        classification: Classification(povertyDecision: .refused, mainCause: 1),
        contact: Contact(telephone: "13900000002")
      )
    )
    let result = try made(.split(split))
    let new = try #require(result.other)
    #expect(result.household.members.map(\.id) == [[11], [12]])
    #expect(new.members.map(\.id) == [[13], [14]] && new.members[0].identity?.relation == 2)
    #expect(new.location == household.location && new.income == nil)
    // The decisions are those of the offices, whatever was asked; the cause is the household's own.
    #expect(new.classification?.povertyDecision == .object)
    #expect(new.classification?.securityDecision == .dibao && new.classification?.mainCause == 1)
  }

  @Test func mergeClosesTheOther() throws {
    var other = household
    other.id = [9]
    other.members = [SampleHousehold.member("丙一", 2, 1941_03_01, 31)]
    let relations = [MemberRelation(member: [31], relation: 51)]
    let result = try made(.merge(Merge(other: [9], relations: relations)), other: other)
    #expect(result.household.members.count == 5)
    let closed = try #require(result.other)
    #expect(closed.status == .exited && closed.exit?.reason == 4 && closed.members.isEmpty)
  }

  @Test func exitsAndMoves() throws {
    let exit = try made(.exit(ExitChange(reason: 1))).household
    #expect(exit.status == .exited && exit.exit == Exit(reason: 1, day: 2010_12_31))
    let away = try made(.moveAway(MoveAway(destination: "421223"))).household
    #expect(away.exit?.destination == "421223" && away.exit?.reason == 3)
    let location = Location(village: "421224200201", group: "二组")
    #expect(try made(.move(Move(location: location))).household.location == location)
    let refused = CategoryChange(povertyDecision: .refused)
    let category = try made(.category(refused)).household
    #expect(category.classification?.category == .dibao)
  }

  /// A change that must break exactly one rule.
  struct Refused: Sendable, CustomTestStringConvertible {
    let rule: ChangeRule
    let kind: Change.Kind?
    var office = OfficeKind.povertyOffice
    var day: Int32 = 0
    var reason = "理由"

    var testDescription: String { rule.rawValue }
  }

  static let refused: [Refused] = [
    Refused(rule: .kindMissing, kind: nil),
    Refused(rule: .dayInvalid, kind: .exit(ExitChange(reason: 1)), day: 2010_02_30),
    Refused(rule: .dayFuture, kind: .exit(ExitChange(reason: 1)), day: 2011_01_01),
    Refused(rule: .reasonMissing, kind: .exit(ExitChange(reason: 1)), reason: "　"),
    Refused(rule: .office, kind: .exit(ExitChange(reason: 1)), office: .civilAffairs),
    Refused(rule: .ownList, kind: .category(CategoryChange(securityDecision: .neither))),
    Refused(
      rule: .ownList,
      kind: .category(CategoryChange(povertyDecision: .refused)),
      office: .civilAffairs
    ),
    Refused(
      rule: .oneList,
      kind: .category(CategoryChange(povertyDecision: .refused, securityDecision: .neither))
    ),
    Refused(rule: .sameDecision, kind: .category(CategoryChange(povertyDecision: .object))),
    Refused(rule: .decisionInMask, kind: .correct(Correction(mask: ["classification"]))),
    Refused(
      rule: .dayInMask,
      kind: .correct(
        Correction(household: Household(effectiveOn: 2010_01_01), mask: ["effective_on"])
      )
    ),
    Refused(rule: .nothingChanges, kind: .correct(Correction(mask: []))),
    Refused(
      rule: .reviewYear,
      kind: .review(Review(year: 2011, income: YearIncome(netPerPerson: Money(fen: 1))))
    ),
    Refused(rule: .reviewIncome, kind: .review(Review(year: 2010))),
    Refused(rule: .memberMissing, kind: .birth(Birth())),
    Refused(rule: .memberUnknown, kind: .death(Death(member: [99]))),
    Refused(rule: .newHead, kind: .death(Death(member: [11]))),
    Refused(rule: .headStays, kind: .death(Death(member: [14], newHead: [12]))),
    Refused(rule: .relationMissing, kind: .death(Death(member: [11], newHead: [13]))),
    Refused(rule: .marriageSides, kind: .marriage(Marriage())),
    Refused(rule: .headMarriesOut, kind: .marriage(Marriage(leaves: [11]))),
    Refused(rule: .splitEmpty, kind: .split(Split())),
    Refused(rule: .splitAll, kind: .split(Split(members: [[11], [12], [13], [14]]))),
    Refused(rule: .memberTwice, kind: .split(Split(members: [[13], [13]]))),
    Refused(rule: .relationMissing, kind: .split(Split(members: [[13], [14]]))),
    Refused(rule: .mergeSelf, kind: .merge(Merge(other: [1]))),
    Refused(rule: .moveSame, kind: .move(Move(location: Location(village: "421224200200")))),
    Refused(rule: .destination, kind: .moveAway(MoveAway(destination: "420000"))),
    Refused(rule: .exitReason, kind: .exit(ExitChange(reason: 99))),
    Refused(rule: .exitByMerge, kind: .exit(ExitChange(reason: 4))),
  ]

  @Test(arguments: refused)
  func whatIsRefused(_ refused: Refused) throws {
    let (_, violations) = try apply(
      refused.kind,
      office: refused.office,
      day: refused.day,
      reason: refused.reason
    )
    #expect(violations.map(\.rule) == [refused.rule.rawValue])
  }

  @Test func anExitedHouseholdTakesCorrectionsOnly() throws {
    var exited = household
    exited.status = .exited
    exited.exit = Exit(reason: 1, day: 2010_10_01)
    let exit = try apply(.exit(ExitChange(reason: 1)), to: exited)
    #expect(exit.violations.map(\.rule) == ["change.exited"])
    let correction = Correction(
      household: Household(contact: Contact(telephone: "13900000003")),
      mask: ["contact.telephone"]
    )
    let corrected = try apply(.correct(correction), to: exited)
    #expect(corrected.violations.isEmpty && corrected.result.household.status == .exited)
    var lastList = household
    lastList.classification?.securityDecision = .neither
    let refused = CategoryChange(povertyDecision: .refused)
    #expect(
      try apply(.category(refused), to: lastList).violations.map(\.rule) == ["change.exit-needed"]
    )
  }
}
