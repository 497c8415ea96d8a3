import RegistryAPI
import Testing

@testable import RegistryModel

/// Small random numbers that a seed repeats.
private struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ state >> 29
  }
}

/// Carrying differences over, on thousands of random households that differ in random ways.
@Suite struct HouseholdApplyingTests {
  private static func mutated(
    _ household: Household,
    times: Int,
    _ dice: inout Dice
  ) -> Household {
    var result = household
    for _ in 0..<times { mutate(&result, &dice) }
    if let classification = result.classification {
      result.classification?.category = HouseholdRules.category(of: classification)
    }
    return result
  }

  private static func mutate(_ household: inout Household, _ dice: inout Dice) {
    let number = UInt32.random(in: 1...9, using: &dice)
    let place = Int.random(in: 0..<max(1, household.members.count), using: &dice)
    let hasMembers = !household.members.isEmpty
    switch Int.random(in: 0..<16, using: &dice) {
    case 0: household.contact = number < 3 ? nil : Contact(telephone: "1380000000\(number)")
    case 1: household.contact = Contact(address: "老街\(number)号")
    case 2: household.location?.group = "\(number)组"
    case 3: household.classification?.mainCause = number
    case 4: household.classification?.otherCauses = number < 5 ? [] : [number]
    case 5: household.classification?.povertyDecision = number < 5 ? .object : .refused
    case 6: household.income = number < 3 ? nil : household.income
    case 7: household.put(YearIncome(year: 2005 + number, wages: Money(fen: Int64(number))))
    case 8: household.dwelling = Dwelling(structure: number, fuels: [number])
    case 9: household.reviewedIn = 2000 + number
    case 10:
      household.status = .exited
      household.exit = Exit(reason: number, day: 2010_01_01)
    case 11: household.change = ChangeNote(kind: .correction, reason: "理由\(number)")
    case 12 where hasMembers: household.members.remove(at: place)
    case 13:
      let id = UInt8.random(in: 100...250, using: &dice)
      household.members.removeAll { $0.id == [id] }
      household.members.append(Member(id: [id], identity: Identity(name: "新\(number)")))
    case 14 where hasMembers: household.members[place].identity?.maritalStatus = number
    case 15 where hasMembers: household.members[place].labour = Labour(capacity: number)
    default: household.effectiveOn = 2010_01_00 + Int32(number)
    }
  }

  @Test(arguments: 1...40)
  func appliedToItsOwnBaseItYieldsTheOther(seed: UInt64) {
    var dice = Dice(state: seed)
    for _ in 0..<100 {
      let base = Self.mutated(SampleHousehold.household(), times: 3, &dice)
      let other = Self.mutated(base, times: 6, &dice)
      #expect(HouseholdFields.applying(from: base, to: other, onto: base) == other)
      #expect(HouseholdFields.applying(from: base, to: base, onto: other) == other)
      #expect(HouseholdFields.touched(from: base, to: base).isEmpty)
    }
  }

  @Test(arguments: 1...40)
  func sidesThatDoNotMeetMergeTheSameEitherWay(seed: UInt64) {
    var dice = Dice(state: seed)
    var met = 0
    for _ in 0..<100 {
      let base = Self.mutated(SampleHousehold.household(), times: 2, &dice)
      let first = Self.mutated(base, times: 2, &dice)
      let second = Self.mutated(base, times: 2, &dice)
      let overlap = FieldOverlap(base: base, first: first, second: second)
      guard overlap.paths.isEmpty else {
        met += 1
        continue
      }
      var one = HouseholdFields.applying(from: base, to: first, onto: second)
      var other = HouseholdFields.applying(from: base, to: second, onto: first)
      // Notes and days are each version's own: they are no side of a merger.
      (one.change, one.effectiveOn) = (nil, 0)
      (other.change, other.effectiveOn) = (nil, 0)
      one.members.sort { $0.id.lexicographicallyPrecedes($1.id) }
      other.members.sort { $0.id.lexicographicallyPrecedes($1.id) }
      #expect(one == other)
    }
    #expect(met > 0 && met < 100)
  }

  @Test func aPastYearIsCorrectedWithoutLaterOnes() {
    let first = SampleHousehold.household()
    var second = first
    second.put(YearIncome(year: 2011, netPerPerson: Money(fen: 1)))
    var third = second
    third.put(YearIncome(year: 2010, netPerPerson: Money(fen: 2)))
    let result = HouseholdFields.applying(from: second, to: third, onto: first)
    #expect(result.income?.years.map(\.year) == [2010])
    #expect(result.income?.years.first?.netPerPerson?.fen == 2)
  }

  @Test func whatDependsOnEachOtherMeets() {
    let base = SampleHousehold.household()
    var gone = base
    gone.members.remove(at: 2)
    var ill = base
    ill.members[2].health?.states = [2]
    #expect(FieldOverlap(base: base, first: gone, second: ill).paths == ["members"])
    var newHead = base
    newHead.members[0].identity?.relation = 12
    newHead.members[1].identity?.relation = 2
    var born = base
    born.members.append(Member(identity: Identity(name: "婴", relation: 20)))
    let overlap = FieldOverlap(base: base, first: newHead, second: born)
    #expect(overlap.paths == ["members.identity.relation"])
    #expect(FieldOverlap(base: base, first: born, second: born).paths == ["members"])
    #expect(FieldOverlap(base: base, first: born, second: ill).paths.isEmpty)
  }
}
