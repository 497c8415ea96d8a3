import RegistryAPI
import Testing

@testable import RegistryModel

@Suite struct TallyTests {
  let lines: PovertyLines
  let household: Household
  init() throws {
    lines = try PovertyLines.load()
    household = try SampleHousehold.rules().normalised(SampleHousehold.household())
  }

  @Test func theLayoutNamesItsColumns() {
    let keys = Tally.columns.map(\.key)
    #expect(Set(keys).count == keys.count && keys.count == Layout.needs + 48)
    #expect(keys[Layout.belowLine] == "below-line.households")
    #expect(keys[Layout.sexes] == "people.male" && keys[Layout.births] == "people.birth-unknown")
    #expect(
      keys[Layout.atSchool] == "people.at-school" && keys[Layout.healths + 3] == "people.disabled"
    )
    #expect(
      keys[Layout.away] == "people.working-away"
        && keys[Layout.fiveGuarantee] == "people.five-guarantee"
    )
    #expect(keys[Layout.births + Layout.decade(ofBirth: 1965_03_01)] == "people.born-1960s")
    #expect(keys[Layout.births + Layout.decade(ofBirth: 1929_12_31)] == "people.born-before-1930")
    #expect(keys[Layout.births + Layout.decade(ofBirth: 2031_01_01)] == "people.born-2020s")
    #expect(keys[Layout.causes + 2 * 8] == "cause.funds.households")
    #expect(keys[Layout.needs] == "need.1.households" && keys.last == "need.12.fen")
  }

  @Test func countingInAndOutLeavesNothing() {
    var tally = Tally()
    tally.add(household, lines: lines)
    #expect(tally.registered == Count(households: 1, people: 4))
    #expect(tally.count(of: HouseholdCategory.povertyObjectWithDibao).people == 4)
    #expect(tally.count(of: ReportCause.funds).households == 1)
    #expect(tally.belowLine.people == 4 && tally.incomeKnown.people == 4)
    #expect(tally.values[Layout.sexes] == 2 && tally.values[Layout.atSchool] == 1)
    var twice = tally
    twice.add(tally)
    twice.subtract(household, lines: lines)
    #expect(twice == tally)
    tally.subtract(household, lines: lines)
    #expect(tally.isEmpty)
  }

  @Test func exitedHouseholdsCountApart() {
    var gone = household
    gone.status = .exited
    var tally = Tally()
    tally.add(gone, lines: lines)
    #expect(tally.registered.people == 0 && tally.values[Layout.exited + 1] == 4)
    #expect(tally.values.filter { $0 != 0 }.count == 2)
  }

  @Test("Needs count by kind: a household once, scale in the kind's unit alone")
  func needs() {
    var one = household
    one.support = Support(needs: [
      Need(kind: 1, scale: Quantity(value: 250), unit: "亩", investment: Money(fen: 100)),
      Need(kind: 1, scale: Quantity(value: 9), unit: "头", investment: Money(fen: 20)),
      Need(kind: 2), Need(kind: 40, investment: Money(fen: 3)),
    ])
    var tally = Tally()
    tally.add(one, lines: lines)
    #expect(tally.need(1).count == Count(households: 1, people: 4))
    #expect(tally.need(1).scale == 250 && tally.need(1).fen == 120)
    #expect(tally.need(2).count.households == 1 && tally.need(2).fen == 0)
    #expect(tally.need(12).count.households == 1 && tally.need(12).fen == 3)
    let figures = RegistryReport(ReportInputs(tally: tally, synthetic: true)).figures
    #expect(
      figures.filter { $0.section == "needs" }.map(\.key)
        == [1, 2, 12].flatMap {
          ["need.\($0).households", "need.\($0).scale", "need.\($0).fen"]
        }
    )
    var older = tally
    older.subtract(one, lines: lines)
    #expect(older.isEmpty)
    older.addNeeds(of: one)
    #expect(older.need(1).scale == 250 && older.registered.households == 0)
    one.status = .exited
    older.addNeeds(of: one)
    #expect(older.need(1).count.households == 1)
  }

  @Test func storedValuesReadBackAndGrow() throws {
    var tally = Tally()
    tally.add(household, lines: lines)
    #expect(Tally(values: tally.values) == tally)
    #expect(try #require(Tally(values: [3, 9])).registered == Count(households: 3, people: 9))
    #expect(Tally(values: Array(repeating: 0, count: 500)) == nil)
  }

  @Test func everyPercentageNamesABaseThatIsThere() {
    var tally = Tally()
    tally.add(household, lines: lines)
    for population in [nil, 100] as [Int64?] {
      let report = RegistryReport(ReportInputs(tally: tally, rural: population, synthetic: true))
      let keys = Set(report.figures.map(\.key))
      #expect(keys.count == report.figures.count)
      for figure in report.figures where !figure.baseKey.isEmpty {
        #expect(keys.contains(figure.baseKey))
      }
      #expect(report.notesEnglish.count == report.notesChinese.count)
      #expect(report.notesEnglish[0].contains("synthetic"))
    }
    let report = RegistryReport(ReportInputs(tally: tally, rural: 100, synthetic: false))
    #expect(report.figures.first { $0.key == "registered.people" }?.baseKey == "rural.people")
    #expect(report.figures.first { $0.key == "cause.funds.households" }?.value == 1)
  }

  @Test func statisticsAreFilledFromTheSameCounts() {
    var tally = Tally()
    tally.add(household, lines: lines)
    var statistics = DivisionStatistics()
    tally.fill(&statistics)
    #expect(statistics.registered?.people == 4 && statistics.categories.count == 4)
    #expect(statistics.causes.first { $0.cause == 9 }?.count?.households == 1)
    #expect(statistics.others.first { $0.key == "people.at-school" }?.value == 1)
  }
}
