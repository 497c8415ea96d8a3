import RegistryAPI
import Testing

@testable import RegistryModel

/// A household of four that breaks no rule, on synthetic ID numbers.
enum SampleHousehold {
  static let day = Day(yyyymmdd: 2010_12_31)!

  static func rules() throws -> HouseholdRules {
    HouseholdRules(lists: try CodeLists.load(), today: day, allowsSynthetic: true)
  }

  static func number(_ birth: Int, _ sequence: Int) -> String {
    CitizenIDNumber(area: 991224, birth: Day(yyyymmdd: birth)!, sequence: sequence)?.text ?? ""
  }

  static func member(_ name: String, _ relation: UInt32, _ birth: Int, _ sequence: Int) -> Member {
    var member = Member()
    member.id = [UInt8(sequence)]
    var identity = Identity()
    identity.name = name
    identity.relation = relation
    identity.citizenId = number(birth, sequence)
    identity.ethnicGroup = 1
    member.identity = identity
    var schooling = Schooling()
    schooling.education = 3
    member.schooling = schooling
    var health = Health()
    health.states = [1]
    member.health = health
    return member
  }

  static func household() -> Household {
    var household = Household()
    var location = Location()
    location.village = "421224200200"
    location.group = "三组"
    household.location = location
    var classification = Classification()
    classification.povertyDecision = .object
    classification.securityDecision = .dibao
    classification.mainCause = 9
    classification.otherCauses = [1, 8]
    household.classification = classification
    var contact = Contact()
    contact.telephone = "13900000000"
    household.contact = contact
    var year = YearIncome()
    year.year = 2010
    var money = Money()
    money.fen = 98_000
    year.netPerPerson = money
    var income = Income()
    income.years = [year]
    household.income = income
    household.members = [
      member("甲一", 2, 1965_03_01, 11), member("甲二", 12, 1967_04_02, 12),
      member("甲三", 20, 1992_05_03, 13), member("甲四", 30, 1998_06_04, 14),
    ]
    household.members[3].schooling?.education = 0
    household.members[3].schooling?.atSchool = 4
    return household
  }
}
