import Testing

@testable import RegistryModel

@Suite struct DayTests {
  @Test(arguments: [
    ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11016), ("20101231", 14974),
    ("2010/12/31", 14974), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
  ])
  func reads(text: String, days: Int32) throws {
    let day = try #require(Day(text))
    #expect(day.daysSince1970 == days)
    #expect(Day(day.text) == day)
  }

  @Test(arguments: [
    "", "2010-02-29", "2010-13-01", "2010-00-10", "2010-1-1", "201012310", "2010-1231",
    "-2010-12-1",
    "2010年12月", "0000-01-01", "20/10/1231",
  ])
  func refuses(text: String) {
    #expect(Day(text) == nil)
  }

  @Test func everyDayOfFourCenturiesReadsBack() {
    for count in Int32(-50_000)...Int32(100_000) {
      let day = Day(daysSince1970: count)
      #expect(Day(yyyymmdd: day.yyyymmdd) == day)
    }
  }

  @Test func theDayOfAnInstantIsChinas() {
    #expect(Day(of: Instant(microseconds: 57_599_999_999)).text == "1970-01-01")
    #expect(Day(of: Instant(microseconds: 57_600_000_000)).text == "1970-01-02")
    #expect(Day(of: Instant(microseconds: -28_800_000_001)).text == "1969-12-31")
    _ = Day(of: Instant(microseconds: .max))
    _ = Day(of: Instant(microseconds: .min))
  }

  @Test func ageTurnsOnTheBirthday() throws {
    let birth = try #require(Day("1996-02-29"))
    #expect(birth.age(on: try #require(Day("2010-02-28"))) == 13)
    #expect(birth.age(on: try #require(Day("2010-03-01"))) == 14)
    #expect(birth.age(on: try #require(Day("1990-03-01"))) == 0)
  }
}

@Suite struct AmountTests {
  @Test(arguments: [
    ("1274", 127_400, "1274"), ("1274.5", 127_450, "1274.50"), ("1274.05", 127_405, "1274.05"),
    ("0", 0, "0"), ("-80.25", -8025, "-80.25"),
    ("999999999999", 99_999_999_999_900, "999999999999"),
  ])
  func reads(text: String, fen: Int64, printed: String) {
    #expect(Amount(yuan: text)?.fen == fen)
    #expect(Amount(fen: fen).yuanText == printed)
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "1.234", "1,000", "1e3", "９", "1000000000000", "--1", "1-",
  ])
  func refuses(text: String) {
    #expect(Amount(yuan: text) == nil)
  }
}

@Suite struct HouseholdNumberTests {
  @Test func numbersReadBackAndOneWrongDigitIsFound() throws {
    let county = try #require(DivisionCode("421224"))
    let number = try #require(HouseholdNumber(county: county, serial: 17))
    let text = number.description
    #expect(text.utf8.count == 14 && text.hasPrefix("4212240000017"))
    #expect(HouseholdNumber(text) == number)
    #expect(number.county == county && number.serial == 17)
    for place in 0..<14 {
      for digit in UInt8(0x30)...0x39 {
        var bytes = Array(text.utf8)
        if bytes[place] == digit { continue }
        bytes[place] = digit
        #expect(HouseholdNumber(String(decoding: bytes, as: UTF8.self)) == nil)
      }
    }
  }

  @Test func theCheckDigitIsThatOfTheStandardsExample() {
    // ISO 7064's example for MOD 11,10: 0794 has the check digit 5.
    #expect(HouseholdNumber.checkDigit(ofBody: 0794, digits: 4) == 5)
    #expect(HouseholdNumber("") == nil)
    #expect(HouseholdNumber("42122400000000") == nil)
  }

  @Test func blocksEnd() throws {
    let block = try #require(HouseholdSerialBlock(first: 9_999_998, count: 2))
    #expect(block.next(after: nil) == 9_999_998)
    #expect(block.next(after: 9_999_998) == 9_999_999)
    #expect(block.next(after: 9_999_999) == nil)
    #expect(HouseholdSerialBlock(first: 9_999_998, count: 3) == nil)
    #expect(HouseholdSerialBlock(first: 0, count: 1) == nil)
  }
}

@Suite struct CategoryTests {
  @Test func thePairMakesTheCategoryAndBack() throws {
    for category in HouseholdCategory.allCases {
      let (object, affairs) = category.decisions
      #expect(
        try HouseholdCategory.derived(povertyObject: object, civilAffairs: affairs) == category
      )
    }
    #expect(try HouseholdCategory.derived(povertyObject: false, civilAffairs: .neither) == nil)
    #expect(throws: RuleError(.fiveGuaranteeExcludes)) {
      try HouseholdCategory.derived(povertyObject: true, civilAffairs: .fiveGuarantee)
    }
  }

  @Test func twelveCausesFoldIntoEight() {
    let folded = Set(PovertyCause.allCases.map(\.reported))
    #expect(folded == Set(ReportCause.allCases))
    #expect(PovertyCause.allCases.count { $0.reported == .other } == 5)
  }

  @Test func linesAreDatedAndByDivision() throws {
    let lines = try PovertyLines.load()
    #expect(lines.national(year: 2010)?.amount == Amount(yuan: "1274"))
    #expect(lines.national(year: 2009)?.amount == Amount(yuan: "865"))
    #expect(lines.national(year: 1999) == nil)
    #expect(lines.line(of: try #require(DivisionCode("410000")), year: 2010)?.amount.fen == 150_000)
  }
}

@Suite struct RuleTests {
  @Test func everyRuleHasItsOwnWords() {
    #expect(Set(Rule.allCases.map(\.english)).count == Rule.allCases.count)
    #expect(Set(Rule.allCases.map(\.chinese)).count == Rule.allCases.count)
  }
}
