import RegistryAPI
import Testing

@testable import RegistryModel

@Suite struct HouseholdFieldsTests {
  let stored = SampleHousehold.household()

  @Test func onlyWhatTheMaskNamesChanges() {
    var update = Household()
    update.contact = Contact(telephone: "0715-7654321", address: "ignored")
    let mask = ["contact.telephone", "location.group"]
    let (result, violations) = HouseholdFields.updated(stored, with: update, mask: mask)
    #expect(violations.isEmpty)
    var expected = stored
    expected.contact?.telephone = "0715-7654321"
    expected.location?.group = ""
    #expect(result == expected)
    #expect(HouseholdFields.differences(stored, result) == ["location.group", "contact.telephone"])
  }

  @Test func membersAreMatchedById() {
    var update = Household()
    update.members = [
      Member(id: [13], labour: Labour(capacity: 2)), Member(id: [99], labour: Labour(capacity: 2)),
    ]
    let (result, violations) = HouseholdFields.updated(
      stored,
      with: update,
      mask: ["members.labour.capacity"],
      removing: [[14], [98]]
    )
    #expect(result.members.count == 3 && result.members[2].labour?.capacity == 2)
    #expect(violations.map(\.rule) == ["mask.member", "mask.member"])
    #expect(violations.map(\.member) == [2, 0])

    update.members = [Member(identity: Identity(name: "新"))]
    let added = HouseholdFields.updated(stored, with: update, mask: ["members"])
    #expect(added.household.members.count == 5 && added.violations.isEmpty)
    #expect(HouseholdFields.differences(stored, added.household) == ["members"])
  }

  /// The product of hostile numbers of paths and members would never be done.
  @Test func lengthsThatNoUpdateHasAreRefused() {
    let people = Household(members: Array(repeating: Member(), count: 100_000))
    let paths = Array(repeating: "members", count: 100_000)
    let ids = Array(repeating: [UInt8](repeating: 1, count: 16), count: 100_000)
    for (update, mask, removed, field) in [
      (people, ["members"], [], "members"), (Household(), paths, [], "mask"),
      (Household(), [], ids, "removed_members"),
    ] as [(Household, [String], [[UInt8]], String)] {
      let (result, violations) = HouseholdFields.updated(
        stored,
        with: update,
        mask: mask,
        removing: removed
      )
      #expect(result == stored)
      #expect(violations.map(\.rule) == ["value.too-many"])
      #expect(violations.map(\.field) == [field])
    }
  }

  @Test(arguments: ["id", "version", "contact.", "", "members.id", "classification.category"])
  func pathsThatCannotBeUpdated(path: String) {
    let (result, violations) = HouseholdFields.updated(stored, with: Household(), mask: [path])
    #expect(result == stored && violations.map(\.rule) == ["mask.field"])
  }

  @Test(arguments: HouseholdFields.paths)
  func everyPathIsTaken(path: String) {
    let (result, violations) = HouseholdFields.updated(stored, with: stored, mask: [path])
    #expect(violations.isEmpty && (path == "members" || result == stored))
  }

  @Test(arguments: [
    ["members", "members.labour.capacity"], ["members.labour.capacity", "members"],
  ])
  func newMembersStayThemselves(mask: [String]) {
    var update = Household()
    update.members = [3, 4].map { capacity in
      Member(identity: Identity(name: "新\(capacity)"), labour: Labour(capacity: capacity))
    }
    update.members.append(stored.members[1])
    let (result, violations) = HouseholdFields.updated(stored, with: update, mask: mask)
    #expect(violations.isEmpty)
    #expect(result.members.suffix(2).map { $0.labour?.capacity } == [3, 4])
    let fields = HouseholdFields.updated(stored, with: update, mask: ["members.labour.capacity"])
    #expect(fields.violations.map(\.rule) == ["mask.member", "mask.member"])
  }
}

@Suite struct DisclosureTests {
  @Test func aSchoolOfficeSeesPupilsAndWhatIsWithheldIsNamed() throws {
    let household = try SampleHousehold.rules().normalised(SampleHousehold.household())
    let office = try #require(OfficeIdentity(uri: "registry://421224/education/p0100"))
    let scope = try AuthorizationTable.load().scope(
      for: office,
      area: try #require(DivisionPath(ids: [1])),
      level: .county,
      operation: .get,
      purpose: .schoolingSupport
    )
    let seen = try #require(scope.disclosed(household, on: SampleHousehold.day))
    #expect(seen.members.map { $0.identity?.name } == ["甲三", "甲四"])
    #expect(seen.income == nil && seen.members[0].health == nil && seen.contact != nil)
    #expect(seen.withheld.contains(.income) && !seen.withheld.contains(.contact))
    #expect(seen.withheld.count == 9)
    var childless = household
    childless.members.removeLast(2)
    #expect(scope.disclosed(childless, on: SampleHousehold.day) == nil)
    #expect(Scope.system(reason: "test").disclosed(household, on: SampleHousehold.day) == household)
  }

  /// A member with a certificate and insurance, in a household for whose poverty schooling is a cause.
  private func seen(_ uri: String, _ purpose: Purpose) throws -> Household {
    var household = try SampleHousehold.rules().normalised(SampleHousehold.household())
    household.classification?.mainCause = 3
    household.version = 4
    household.effectiveOn = 20_101_201
    household.reviewedIn = 2010
    household.change = ChangeNote(kind: .category, reason: "低保")
    for index in household.members.indices {
      let number = household.members[index].identity?.citizenId ?? ""
      household.members[index].identity?.disabilityCertificate = number + "32"
      household.members[index].security = Security(medicalScheme: .no, dibao: .yes)
    }
    let scope = try AuthorizationTable.load().scope(
      for: try #require(OfficeIdentity(uri: uri)),
      area: try #require(DivisionPath(ids: [1])),
      level: .county,
      operation: .get,
      purpose: purpose
    )
    return try #require(scope.disclosed(household, on: SampleHousehold.day))
  }

  @Test func partsOfAClassGoWithAnother() throws {
    let school = try seen("registry://421224/education/p0100", .schoolingSupport)
    #expect(school.classification == Classification(mainCause: 3))
    #expect(school.withheld.contains(.classification) && school.withheld.contains(.health))
    #expect(school.members.allSatisfy { $0.identity?.disabilityCertificate == "" })
    #expect(school.members.allSatisfy { $0.security == nil })
    let clinic = try seen("registry://421224/health/p0100", .medicalSupport)
    #expect(clinic.classification == nil && clinic.withheld.contains(.security))
    #expect(clinic.members.allSatisfy { $0.security == Security(medicalScheme: .no) })
    #expect(clinic.members.allSatisfy { $0.identity?.disabilityCertificate.count == 20 })
    for file in [school, clinic] {
      #expect(file.change == nil && file.version == 0 && file.reviewedIn == 0)
      #expect(file.effectiveOn == 0)
    }
  }

  @Test func aCertificateIsOfTwoClasses() {
    let path = "members.identity.disability_certificate"
    #expect(HouseholdFields.disclosure(of: path) == [.identity, .health])
    #expect(HouseholdFields.disclosure(of: "members.identity.name") == .identity)
    #expect(
      HouseholdFields.disclosure(of: ["status", "account.bank", path])
        == [.account, .identity, .health]
    )
  }
}
