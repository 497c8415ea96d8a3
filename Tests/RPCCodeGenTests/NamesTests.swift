import Testing

@testable import RPCCodeGen

@Suite struct NamesTests {
  @Test(arguments: [
    ("id_number", "idNumber"), ("name", "name"), ("is_2nd_url", "is2ndUrl"),
    ("UPPER_name", "upperName"),
    ("GetHousehold", "getHousehold"), ("URL", "url"), ("in", "`in`"), ("default", "`default`"),
    ("self", "self_"), ("hash_value", "hashValue_"),
  ])
  func members(schema: String, swift: String) {
    #expect(SwiftName.member(schema) == swift)
  }

  @Test func enumValuesLoseTheirPrefix() {
    let names = [
      "HEALTH_STATUS_UNSPECIFIED", "HEALTH_STATUS_LONG_ILLNESS", "HEALTH_STATUS_2ND",
      "HEALTH_STATUS_IN",
    ]
    #expect(
      SwiftName.values(of: names, inEnum: "HealthStatus") == [
        "unspecified", "longIllness", "_2nd", "`in`",
      ]
    )
    #expect(SwiftName.values(of: ["HEALTH_A", "OTHER"], inEnum: "Health") == ["healthA", "other"])
  }

  @Test func typesThatWouldHideOthersAreRenamed() {
    #expect(SwiftName.type("Type") == "TypeType")
    #expect(SwiftName.type("Household") == "Household")
    #expect(SwiftName.choice("by_number") == "ByNumber")
  }

  @Test(arguments: [
    (".registry.v1.Household", "Registry__V1__Household", "registry__v1__household__init"),
    (".a_b.GetURLNow.InnerType", "AB__GetURLNow__InnerType", "a_b__get_urlnow__inner_type__init"),
  ])
  func cNames(fullName: String, type: String, initialiser: String) {
    #expect(CName.type(fullName) == type)
    #expect(CName.initialiser(fullName) == initialiser)
  }

  @Test func cMembersAvoidWordsOfC() {
    #expect(CName.member("Default") == "default_")
    #expect(CName.member("UPPER_name") == "upper_name")
    #expect(CName.member("init") == "`init`")
  }
}
