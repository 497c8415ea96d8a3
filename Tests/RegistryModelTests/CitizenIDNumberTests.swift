import Testing

@testable import RegistryModel

@Suite struct CitizenIDNumberTests {
  static let day = Day(yyyymmdd: 2010_12_31)!

  static let vectors: [(number: String, expect: String, why: String)] = {
    let table = try? DataTable(
      bytes: Array(vectorText.utf8),
      file: "vectors",
      heading: ["number", "expect", "why"]
    )
    guard let table else { return [] }
    return (0..<table.count).map { (table[$0, 0], table[$0, 1], table[$0, 2]) }
  }()

  @Test func theVectorsAreAll39() {
    #expect(Self.vectors.count == 39)
  }

  @Test(arguments: vectors)
  func vector(number: String, expect: String, why: String) throws {
    let result = CitizenIDNumber.read(number, on: Self.day, allowsSynthetic: expect == "old-15")
    switch expect {
    case "valid":
      #expect(try result.get().text == number)
    case "old-15":
      let value = try result.get()
      #expect(value.fifteenDigitText == number)
      #expect(value.text.hasPrefix("99999919500615001") && value.text.utf8.count == 18)
    case "disability-20":
      let value = try result.get()
      #expect(value.disabilityText == number)
      #expect(value.disabilityCertificate! == (4, 2))
    default:
      #expect(throws: RuleError.self) { try result.get() }
    }
  }

  @Test(arguments: [
    ("421224180101018404", Rule.idCheckDigit), ("999999185006150010", .idSynthetic),
    ("421224185002290019", .idBirthDate), ("421224209901010010", .idBirthFuture),
    ("42122418010101840", .idLength), ("X21224180101018405", .idCharacter),
    ("991224180101018405", .idSynthetic), ("091224180101018405", .idArea),
    ("42122418010101840582", .idDisabilityKind), ("42122418010101840545", .idDisabilityGrade),
    ("42122418010101840５", .idCharacter), ("", .idLength),
  ])
  func brokenRule(number: String, rule: Rule) {
    #expect(throws: RuleError(rule)) {
      try CitizenIDNumber(number, on: Self.day, allowsSynthetic: false)
    }
  }

  @Test func syntheticNumbersNeedLeave() throws {
    let number = try CitizenIDNumber(
      "999999185006150010",
      on: Self.day,
      allowsSynthetic: true
    )
    #expect(number.isSynthetic && number.area == 999_999 && number.sex == .male)
    #expect(number.birth == Day(yyyymmdd: 1850_06_15))
  }

  @Test(arguments: [
    ("15012118260608836x", "15012118260608836X"), ("１５０１２１１８２６０６０８８３６ｘ", "15012118260608836X"),
    (" 150121 18260608836X　", "15012118260608836X"), ("420524", "420524"), ("4二", "4二"),
  ])
  func folding(written: String, folded: String) {
    #expect(CitizenIDNumber.folded(written) == folded)
  }

  @Test func madeNumbersReadBack() throws {
    let birth = try #require(Day(yyyymmdd: 1996_02_29))
    let made = try #require(CitizenIDNumber(area: 991224, birth: birth, sequence: 12))
    #expect(made.sex == .female)
    let read = try CitizenIDNumber(made.text, on: Self.day, allowsSynthetic: true)
    #expect(read == made)
    #expect(CitizenIDNumber(area: 991224, birth: birth, sequence: 1000) == nil)
  }
}
