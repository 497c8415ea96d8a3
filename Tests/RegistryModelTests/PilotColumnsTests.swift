import RegistryAPI
import RegistryModel
import Testing

@Suite struct PilotColumnsTests {
  private let kinds: PilotKinds
  private let lists: CodeLists

  init() throws {
    kinds = try PilotKinds.load()
    lists = try CodeLists.load()
  }

  private func read(_ headings: [String], _ cells: [String]) -> PilotRow {
    let columns = PilotColumns(headings: headings, kinds: kinds)
    #expect(columns.problems == [] && columns.unknown == [])
    return columns.row(3, fieldCount: cells.count, lists: lists) { cells[$0] }
  }

  private func broken(_ row: PilotRow, _ labels: Set<String> = []) throws -> [String] {
    let today = try #require(Day("2010-12-31"))
    return row.broken(by: kinds, today: today, labels: labels).map { violation in
      #expect(violation.row == 3 && !violation.messageEn.isEmpty && !violation.messageZh.isEmpty)
      return "\(violation.field) \(violation.rule)"
    }
  }

  @Test func headingsAreUnderstoodInBothLanguages() throws {
    let english = read(
      ["Kind", "division", "day", "title", "level", "of", "yuan", "people.trained"],
      ["work-fund", "421224", "2010-12-01", "经费", "state", "budget", "1200.50", "3"]
    )
    let chinese = read(
      ["类别", "区划代码", "日 期", "标题", "资金层级", "所属记录", "金额（元）", "培训人数"],
      ["工作经费", "421224", "20101201", " 经费 ", "中央", "budget", "１２００.50", "3"]
    )
    #expect(english == chinese)
    #expect(english.record.kind == "work-fund" && english.record.level == "state")
    #expect(english.record.figures.first { $0.key == "fen" }?.value == 120_050)
    #expect(english.of == "budget" && english.violations == [])
  }

  @Test func everyNumberHasAColumnOfItsOwn() {
    let columns = PilotColumn.all(kinds)
    #expect(Set(columns.map(\.name)).count == columns.count)
    let names = columns.flatMap { [$0.name] + $0.chinese }
    #expect(Set(names).count == names.count, "\(names)")
    let understood = PilotColumns(headings: columns.map(\.name), kinds: kinds)
    #expect(understood.unknown == [] && understood.problems == [])
  }

  @Test func wrongHeadingsAreTold() {
    let columns = PilotColumns(
      headings: ["kind", "division", "fen", "标题", "title", "wealth"],
      kinds: kinds
    )
    // Amounts in fen would be taken for a hundredth: there is no such column.
    #expect(columns.unknown == [3, 6])
    #expect(
      columns.problems.map { "\($0.field) \($0.rule)" }
        == ["column 5 column.repeated", "day column.missing"]
    )
  }

  @Test func rowsAreCheckedByTheRulesOfRecords() throws {
    let headings = ["kind", "division", "day", "title", "courses", "people.trained", "yuan"]
    let good = ["training", "421224", "2010-12-01", "业务培训", "4", "816", ""]
    #expect(try broken(read(headings, good)) == [])
    for (place, cell, told) in [
      (0, "party", ["kind pilot.kind"]), (1, "42", ["division pilot.division-unknown"]),
      (2, "2010-13-01", ["day value.date"]), (2, "2011-01-01", ["day pilot.day"]),
      (3, "", ["title pilot.title"]), (4, "", ["courses pilot.figure-missing"]),
      (5, "many", ["people.trained value.number"]), (5, "-1", ["people.trained value.number"]),
      (6, "1", ["yuan pilot.figure-unknown"]), (6, "1.234", ["yuan value.money"]),
    ] as [(Int, String, [String])] {
      var cells = good
      cells[place] = cell
      #expect(try broken(read(headings, cells)) == told, "\(cell)")
    }
    let money = ["kind", "division", "day", "title", "level", "yuan"]
    let fund = ["funds-received", "421224", "2010-12-01", "经费", "moon", ""]
    #expect(
      try broken(read(money, fund)) == ["level pilot.level", "yuan pilot.figure-missing"]
    )
  }

  @Test func whatARowNamesIsAnIdOrALabelAbove() throws {
    let headings = ["label", "kind", "division", "day", "title", "level", "yuan", "of", "project"]
    func row(_ label: String, _ of: String, _ project: String) -> PilotRow {
      let fixed = ["disbursement", "421224", "2010-12-01", "拨付", "state", "1"]
      return read(headings, [label] + fixed + [of, project])
    }
    let id = String(repeating: "aB", count: 16)
    #expect(try broken(row("a", id, "")) == [])
    #expect(try broken(row("a", "budget", "p"), ["budget", "p"]) == [])
    #expect(try broken(row("a", "", "")) == ["of pilot.of"])
    #expect(try broken(row("a", "budget", ""), ["other"]) == ["of pilot-file.reference"])
    #expect(
      try broken(row("a", id, "p"), ["a"]) == [
        "label pilot-file.label", "project pilot-file.reference",
      ]
    )
    let training = read(
      ["kind", "division", "day", "title", "courses", "people.trained", "household_number"],
      ["training", "421224", "2010-12-01", "业务培训", "1", "2", "4212240000001"]
    )
    #expect(try broken(training) == ["household_number pilot.no-link"])
  }
}
