import RegistryAPI
import Testing

@testable import RegistryModel

@Suite struct ImportColumnsTests {
  @Test func headingsAreUnderstoodInEitherLanguage() {
    let columns = ImportColumns(headings: [
      "\u{FEFF}户序号", " Village Code ", "姓名", "与户主关系", "务工时间（月）", "ID-Number", "爱好", "省",
    ])
    #expect(
      columns.columns.map { $0?.name } == [
        "household", "village_code", "name", "relation", "away_months", "id_number", nil,
        "province",
      ]
    )
    #expect(columns.unknown == [7] && columns.problems.isEmpty)
  }

  @Test func missingAndRepeatedColumnsAreProblems() {
    let columns = ImportColumns(headings: ["姓名", "name", "性别"])
    #expect(
      columns.problems.map(\.rule) == ["column.repeated", "column.missing", "column.missing"]
    )
    #expect(columns.problems.map(\.field) == ["column 2", "relation", "village_code"])
  }

  @Test func aFileOfRefusedRowsIsUnderstoodAgainAndAgain() {
    for reason in ["refused_because", "拒绝原因"] {
      let columns = ImportColumns(headings: ["村代码", "姓名", "与户主关系", reason, reason])
      #expect(columns.problems.isEmpty && columns.unknown.isEmpty)
    }
  }

  @Test func everyHeadingNamesOneColumn() {
    for column in ImportColumn.all {
      for heading in [column.name] + column.chinese {
        let found = ImportColumns(headings: [heading]).columns.first ?? nil
        #expect(found?.name == column.name, "\(heading)")
      }
    }
    let leaves = Set(HouseholdFields.paths)
    for column in ImportColumn.all where column.path.split(separator: ".").count == 2 {
      #expect(leaves.contains(column.path), "\(column.path)")
    }
  }
}

@Suite struct CellTests {
  @Test(
    arguments: [
      ("柴草（农作物秸秆，干畜粪）、电；Coal", [1, 7, 2]), ("straw, wood, dry dung; coal", [1, 2]),
      ("1;7", [1, 7]), ("电, 沼气", [7, 9]), ("电 煤炭/沼气", [7, 2, 9]), ("straw, wood, dry dung", [1]),
    ] as [(String, [UInt32])]
  )
  func severalCodesInOneCell(text: String, codes: [UInt32]) throws {
    var found: [UInt32] = []
    #expect(Cell.codes(text, try CodeLists.load().fuel, limit: 3, &found) == nil)
    #expect(found == codes)
  }

  @Test(arguments: [("电、木头", Rule.codeUnknown), ("1;2;3;4", .tooMany)])
  func wrongCells(text: String, rule: Rule) throws {
    var found: [UInt32] = []
    #expect(Cell.codes(text, try CodeLists.load().fuel, limit: 3, &found) == rule)
    #expect(found.isEmpty)
  }

  @Test func distancesAreMetres() {
    var quantity: Quantity?
    for (text, metres) in [("2.85", 2850), ("2.853", 2853), ("0.007", 7), ("12", 12_000)] {
      #expect(Cell.metres(text, &quantity) == nil && quantity?.value == Int64(metres))
    }
    for text in ["", ".5", "1.", "1.2345", "-1", "1.2.3", "1234567890"] {
      #expect(Cell.metres(text, &quantity) == .number)
    }
    #expect(Cell.hundredths("-1", &quantity) == .number)
  }
}

@Suite struct ImportAssemblerTests {
  let rules: HouseholdRules
  init() throws { rules = try SampleHousehold.rules() }

  func assemble(_ headings: [String], _ rows: [[String]]) -> [ImportedHousehold] {
    var assembler = ImportAssembler(columns: ImportColumns(headings: headings), rules: rules)
    var result: [ImportedHousehold] = []
    for (index, row) in rows.enumerated() {
      if let done = assembler.add(row: UInt32(index + 1), fields: row) { result.append(done) }
    }
    if let done = assembler.finish() { result.append(done) }
    return result
  }

  static let headings = [
    "村代码", "姓名", "与户主关系", "公民身份号码", "扶贫对象", "民政认定", "主要致贫原因", "其他致贫原因", "健康状况", "文化程度",
    "收入年度", "人均纯收入", "住房面积", "燃料类型",
  ]

  @Test func headsBeginHouseholds() throws {
    let head = [
      "421224200200", "甲一", "户主", SampleHousehold.number(1965_03_01, 11), "是", "低保", "缺资金",
      "因病、因残", "健康", "初中", "2010", "980.5", "80.25", "柴草（农作物秸秆，干畜粪）、电；Coal",
    ]
    let spouse = [
      "", " 甲二", "配偶", SampleHousehold.number(1967_04_02, 12), "", "", "", "", "残疾 长期慢性病", "2", "",
      "", "", "",
    ]
    let households = assemble(Self.headings, [head, spouse, head])
    #expect(households.map(\.firstRow) == [1, 3] && households.map(\.rowCount) == [2, 1])
    #expect(households.allSatisfy { $0.violations.isEmpty })
    let household = households[0].household
    #expect(rules.violations(of: household) == [])
    #expect(household.classification?.otherCauses == [1, 2])
    #expect(household.income?.years == [YearIncome(year: 2010, netPerPerson: Money(fen: 98_050))])
    #expect(household.dwelling?.floorArea?.value == 8025 && household.dwelling?.fuels == [1, 7, 2])
    #expect(household.members[1].health?.states == [4, 2])
    #expect(household.members[1].identity?.relation == 10)
  }

  @Test func aKeyHoldsRowsTogether() {
    let households = assemble(
      ["household", "village_code", "name", "relation"],
      [
        ["1", "421224200200", "a", "head"], ["1", "", "b", "spouse"], ["2", "x", "c", "son"],
        ["2", "", "d", "head"],
      ]
    )
    #expect(households.map(\.rowCount) == [2, 2])
    #expect(households[1].violations.map(\.rule) == ["household.head-first"])
    #expect(households[1].violations[0].row == 3)
  }

  @Test func aCellOfTheHouseholdOnAnotherRowIsNotLost() {
    let households = assemble(
      ["household", "village_code", "name", "relation", "telephone", "address"],
      [
        ["1", "421224200200", "a", "head", "", "x"],
        ["1", "421224200200", "b", "spouse", "13900000000", "x"],
        ["1", "", "c", "son", "", "y"],
      ]
    )
    let found = households[0].violations
    #expect(found.map(\.rule) == ["row.household", "row.household"])
    #expect(found.map(\.row) == [2, 3] && found.map(\.member) == [2, 3])
    #expect(found.map(\.field) == ["contact.telephone", "contact.address"])
  }

  @Test func unreadableCellsNameRowFieldAndRule() {
    let households = assemble(
      ["村代码", "姓名", "关系", "与户主关系", "出生日期", "人均纯收入", "性别", "务工时间"],
      [
        ["421224200200", "a", "", "户主", "1965-02-30", "1,000", "雄", "many"],
        ["", "b", "", "邻居", "", "", "", "", "extra"],
      ]
    )
    let found = households[0].violations
    #expect(
      found.map(\.rule) == [
        "value.date", "value.money", "value.code", "value.number", "row.fields", "value.code",
      ]
    )
    #expect(found.map(\.row) == [1, 1, 1, 1, 2, 2] && found.map(\.member) == [1, 0, 1, 1, 2, 2])
    #expect(found[1].field == "income.years.net_per_person")
  }

  @Test func whatElseIsWrongIsNamedBesideUnreadableCells() {
    let head = [
      "421224200200", "甲一", "户主", "421224196503011233", "是", "低保", "缺资金", "", "很好", "初中",
      "2010", "many", "80.25", "",
    ]
    let household = assemble(Self.headings, [head])[0]
    #expect(
      household.violations.map(\.field) == ["members.health.states", "income.years.net_per_person"]
    )
    let all = household.violations(by: rules)
    // The unreadable cells first; then the ID number, which is none, and nothing of health or income.
    #expect(all.prefix(2) == household.violations[...])
    #expect(all.dropFirst().contains { $0.field == "members.identity.citizen_id" })
    let sections = all.dropFirst(2).map(\.field).filter {
      $0.hasPrefix("members.health") || $0.hasPrefix("income")
    }
    #expect(sections.isEmpty)
    // Where rows are cut wrongly, what a cell lacks says nothing of the file.
    let short = assemble(Self.headings, [Array(head.dropLast())])[0]
    #expect(short.violations(by: rules) == short.violations)
    // A change says what it changes, and no more.
    let change = assemble(["户编号", "姓名", "与户主关系", "健康状况"], [["42122400001", "甲", "户主", "很好"]])[0]
    #expect(change.violations(by: rules) == change.violations)
  }

  @Test func rowsBeforeAnyHeadAndEndlessHouseholdsAreBounded() {
    let orphan = assemble(["村代码", "姓名", "与户主关系"], [["421224200200", "a", "配偶"]])
    #expect(orphan[0].violations.map(\.rule) == ["row.without-head"])
    let rows = [["1", "v", "a", "户主"]] + Array(repeating: ["1", "", "b", "之子"], count: 5000)
    let endless = assemble(["户序号", "村代码", "姓名", "与户主关系"], rows)
    #expect(endless.count == 1 && endless[0].rowCount == 5001)
    #expect(endless[0].household.members.count == HouseholdRules.memberLimit + 1)
  }
}
