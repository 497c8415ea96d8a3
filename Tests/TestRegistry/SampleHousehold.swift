internal import Glibc
package import RegistryAPI

/// Valid households of generated people, every one different, for tests.
package enum SampleHousehold {
  /// A village of Tongshan county whose record comes with the program.
  package static let village = "421224100001"
  /// Another one, in the same township.
  package static let otherVillage = "421224100002"

  /// A household of three: head, wife and a son at school.
  ///
  /// - Parameter serial: 0 to 1,000,000; its people have ID numbers of their own.
  package static func household(_ serial: Int, village: String = village) -> Household {
    Household(
      location: Location(village: village, group: "一组"),
      classification: Classification(
        povertyDecision: .object,
        securityDecision: .neither,
        standard: 1,
        mainCause: 9,
        otherCauses: [3],
        identifiedOn: 20_100_601
      ),
      contact: Contact(telephone: "13800000000", address: "样例路1号"),
      account: Account(bank: "农村信用社", number: "6222000000000000"),
      income: Income(years: [YearIncome(year: 2009, netPerPerson: Money(fen: 90_000))]),
      dwelling: Dwelling(floorArea: Quantity(value: 9_000), structure: 1, electricity: .yes),
      production: Production(farmland: Quantity(value: 250)),
      support: Support(needs: [Need(kind: 1, investment: Money(fen: 500_000))]),
      members: members(serial)
    )
  }

  /// A number of households in order.
  package static func households(_ serials: Range<Int>, village: String = village) -> [Household] {
    serials.map { household($0, village: village) }
  }

  /// Items of an import file whose households have three rows each.
  package static func items(_ serials: Range<Int>) -> [ImportItem] {
    serials.enumerated().map { index, serial in
      ImportItem(firstRow: UInt32(index * 3 + 1), rowCount: 3, household: household(serial))
    }
  }

  /// The ID number of a member: 0 the head, 1 the wife, 2 the son.
  package static func citizenID(_ serial: Int, member: Int) -> String {
    let birth = ["19700315", "19720821", "\(sonsBirthYear)0615"][member]
    let number = serial * 3 + member
    let order = number % 500 * 2 + (member == 1 ? 0 : 1)
    let body = "99" + padded(number / 500, 4) + birth + padded(order, 3)
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 0x30) * $1.1 }
    return body + String(Array("10X98765432")[sum % 11])
  }

  /// The son is of school age whenever the tests run.
  private static let sonsBirthYear = 1970 + time(nil) / 31_556_952 - 12

  private static func members(_ serial: Int) -> [Member] {
    [
      member("样大", serial, 0, relation: 2, Schooling(education: 2)),
      member("样妻", serial, 1, relation: 12, Schooling(education: 3)),
      member("样子", serial, 2, relation: 20, Schooling(atSchool: 3)),
    ]
  }

  private static func member(
    _ name: String,
    _ serial: Int,
    _ index: Int,
    relation: UInt32,
    _ schooling: Schooling
  ) -> Member {
    Member(
      identity: Identity(
        name: name,
        citizenId: citizenID(serial, member: index),
        relation: relation,
        ethnicGroup: 1
      ),
      schooling: schooling,
      health: Health(states: index == 1 ? [2] : [1]),
      labour: Labour(capacity: 1),
      security: Security(medicalScheme: .yes, pension: .no)
    )
  }

  private static func padded(_ number: Int, _ count: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, count - digits.count)) + digits
  }
}
