import RegistryAPI
import Testing

@testable import RegistryModel

@Suite struct HouseholdRulesTests {
  let rules: HouseholdRules
  init() throws { rules = try SampleHousehold.rules() }

  @Test func aRegularHouseholdBreaksNoRule() {
    let household = rules.normalised(SampleHousehold.household())
    #expect(rules.violations(of: household) == [])
    #expect(household.classification?.category == .both)
    #expect(household.members[0].identity?.sex == 1)
    #expect(household.members[1].identity?.birthDate == 1967_04_02)
  }

  /// Gives a member a disability certificate of kind 4, grade 3.
  static func certify(_ member: inout Member, _ health: Health) {
    member.identity?.disabilityCertificate = SampleHousehold.number(1992_05_03, 13) + "43"
    member.health = health
  }

  /// What is spoilt, the rule that it breaks, the member.
  static let faults: [(Rule, UInt32, @Sendable (inout Household) -> Void)] = [
    (.required, 0, { $0.location = nil }),
    (.divisionCode, 0, { $0.location?.village = "421224" }),
    (.textLength, 0, { $0.location?.group = String(repeating: "组", count: 21) }),
    (.textControl, 0, { $0.location?.group = "一\u{0}组" }),
    (.textControl, 0, { $0.location?.group = "一\u{85}组" }),
    (.householdNumber, 0, { $0.number = "12345678901234" }),
    (.required, 0, { $0.classification = nil }),
    (
      .decisionMissing, 0,
      {
        $0.classification?.povertyDecision = .refused
        $0.classification?.securityDecision = .neither
      }
    ),
    (.fiveGuaranteeExcludes, 0, { $0.classification?.securityDecision = .fiveGuarantee }),
    (.codeUnknown, 0, { $0.classification?.securityDecision = SecurityDecision(rawValue: 9) }),
    (.causeMain, 0, { $0.classification?.mainCause = 0 }),
    (.codeUnknown, 0, { $0.classification?.mainCause = 13 }),
    (.causeOthers, 0, { $0.classification?.otherCauses = [1, 2, 3] }),
    (.causeRepeated, 0, { $0.classification?.otherCauses = [9] }),
    (.causeRepeated, 0, { $0.classification?.otherCauses = [1, 1] }),
    (.telephone, 0, { $0.contact?.telephone = "call me" }),
    (.range, 0, { $0.income?.years[0].year = 2011 }),
    (.yearRepeated, 0, { $0.income?.years.append(YearIncome(year: 2010)) }),
    (.range, 0, { $0.income?.years[0].wages = money(-1) }),
    (.range, 0, { $0.income?.years[0].netPerPerson = money(.min) }),
    (
      .dwellingAbsent, 0,
      {
        $0.dwelling = Dwelling(floorArea: Quantity(value: 0), structure: 1)
      }
    ),
    (.tooMany, 0, { $0.dwelling = Dwelling(fuels: [1, 2, 3, 4]) }),
    (.codeRepeated, 0, { $0.dwelling = Dwelling(fuels: [1, 1]) }),
    (.dateFuture, 0, { $0.effectiveOn = 2011_01_01 }),
    (.dateInvalid, 0, { $0.effectiveOn = 2010_02_30 }),
    (.account, 0, { $0.account = Account(number: "12-34567890") }),
    (.memberCount, 0, { $0.members = [] }),
    (.oneHead, 0, { $0.members[0].identity?.relation = 71 }),
    (.oneHead, 0, { $0.members[2].identity?.relation = 2 }),
    (.headFirst, 0, { $0.members.swapAt(0, 2) }),
    (.relationSex, 2, { $0.members[1].identity?.relation = 11 }),
    (
      .coupleSex, 3,
      {
        $0.members[1].identity?.relation = 75; $0.members[2].identity?.relation = 10
      }
    ),
    (
      .idRepeated, 4,
      {
        $0.members[3].identity = $0.members[1].identity
        $0.members[3].identity?.relation = 30
      }
    ),
    (.memberRepeated, 2, { $0.members[1].id = $0.members[0].id }),
    (.idCheckDigit, 3, { $0.members[2].identity?.citizenId.replaceLast() }),
    (.idSex, 3, { $0.members[2].identity?.sex = 2 }),
    (.idBirth, 3, { $0.members[2].identity?.birthDate = 1992_05_04 }),
    (.idOrReason, 3, { $0.members[2].identity?.citizenId = "" }),
    (.idOrReason, 3, { $0.members[2].identity?.noIdReason = 1 }),
    (.idLength, 3, { $0.members[2].identity?.citizenId = "999999500615001" }),
    (.idFifteen, 3, { $0.members[2].identity?.citizenId15 = "991224920503015" }),
    (
      .idCertificate, 3,
      {
        $0.members[2].identity?.disabilityCertificate = SampleHousehold.number(1960_01_01, 1) + "42"
      }
    ),
    (.required, 3, { $0.members[2].identity?.name = "" }),
    (.required, 3, { $0.members[2].identity = nil }),
    (.codeUnknown, 3, { $0.members[2].identity?.ethnicGroup = 57 }),
    (.educationOrSchooling, 4, { $0.members[3].schooling?.education = 2 }),
    (.educationOrSchooling, 4, { $0.members[3].schooling = nil }),
    (.required, 4, { $0.members[3].health = nil }),
    (.healthContradiction, 4, { $0.members[3].health?.states = [1, 4] }),
    (.disability, 3, { certify(&$0.members[2], Health(states: [2])) }),
    (.disability, 3, { certify(&$0.members[2], Health(states: [4], disabilityKind: 3)) }),
    (.disability, 3, { certify(&$0.members[2], Health(states: [4], disabilityGrade: 1)) }),
    (.monthsWithPlace, 3, { $0.members[2].labour = Labour(awayMonths: 3) }),
    (.monthsWithPlace, 3, { $0.members[2].labour = Labour(awayPlace: "武汉") }),
    (.range, 3, { $0.members[2].labour = Labour(awayPlace: "武汉", awayMonths: 13) }),
    (.memberCategory, 1, { $0.members[0].security = Security(dibao: .yes, fiveGuarantee: .yes) }),
  ]

  static func money(_ fen: Int64) -> Money { Money(fen: fen) }

  @Test(arguments: faults.indices)
  func eachFaultIsFoundAndNothingElse(index: Int) throws {
    let (rule, member, spoil) = Self.faults[index]
    var household = rules.normalised(SampleHousehold.household())
    spoil(&household)
    let violations = rules.violations(of: household, firstRow: 10)
    let first = try #require(violations.first { $0.rule == rule.rawValue }, "\(rule) \(violations)")
    #expect(first.member == member)
    #expect(first.row == 10 + (member > 0 ? member - 1 : 0))
    #expect(Set(violations.map(\.rule)).count <= 2)
    #expect(violations == rules.violations(of: household, firstRow: 10))
  }

  @Test func whatWasEnteredIsFolded() throws {
    var household = SampleHousehold.household()
    household.members.swapAt(0, 1)
    household.members[0].identity?.name = " 甲二　"
    household.members[0].identity?.citizenId = "９９１２２４６７０４０２０１２"
    household.members[2].identity?.citizenId = SampleHousehold.number(1992_05_03, 13) + "43"
    household.members[2].health?.states = [4]
    household.contact?.telephone = "０７１５－１２３４５６７"
    let result = rules.normalised(household)
    #expect(rules.violations(of: result) == [])
    #expect(result.members[0].identity?.relation == 2)
    let spouse = try #require(result.members[1].identity)
    #expect(spouse.name == "甲二" && spouse.citizenId15 == "991224670402012")
    #expect(spouse.citizenId == SampleHousehold.number(1967_04_02, 12))
    let son = result.members[2]
    #expect(son.identity?.citizenId == SampleHousehold.number(1992_05_03, 13))
    #expect(son.identity?.disabilityCertificate.hasSuffix("43") == true)
    #expect(son.health?.disabilityKind == 4 && son.health?.disabilityGrade == 3)
    #expect(result.contact?.telephone == "0715-1234567")
    #expect(rules.normalised(result) == result)
  }

  @Test func wildMessagesDoNotTrap() {
    var household = Household()
    household.income = Income(years: Array(repeating: YearIncome(year: .max), count: 50))
    household.classification = Classification(
      standard: .max,
      mainCause: .max,
      otherCauses: Array(repeating: .max, count: 9)
    )
    household.effectiveOn = .min
    household.members = Array(
      repeating: Member(
        identity: Identity(sex: .max, birthDate: .min, relation: .max),
        health: Health(states: [.max])
      ),
      count: 500
    )
    #expect(rules.violations(of: rules.normalised(household), firstRow: .max).count > 30)
  }
}

extension String {
  fileprivate mutating func replaceLast() {
    let last = removeLast()
    append(last == "0" ? "1" : "0")
  }
}
