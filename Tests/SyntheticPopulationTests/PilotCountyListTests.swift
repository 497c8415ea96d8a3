import CSV
import RegistryModel
import Testing

@testable import SyntheticPopulation

@Suite struct PilotCountyListTests {
  /// Otherwise: .build/debug/synthetic-population counties --output
  /// Sources/SyntheticPopulation/Data/pilot_counties_synthetic.csv
  @Test func theListIsTheOneThatIsMadeAgain() throws {
    var writer = CSVWriter()
    PilotCounty.write(try PilotCountyList.made(), to: &writer)
    let file = try ModelData.bytes(
      of: "pilot_counties_synthetic.csv",
      module: "SyntheticPopulation"
    )
    #expect(writer.bytes == file)
  }

  @Test func theNumbersAreThoseThatAreKnown() throws {
    let counties = try PilotCounty.load()
    let uploading = counties.filter(\.uploads)
    #expect(counties.count == 949 && Set(counties.map(\.code)).count == 949)
    #expect(counties.count(where: \.isKey) == 487)
    #expect(uploading.count == 565 && uploading.count(where: \.isKey) == 387)
    #expect(Set(counties.map(\.province)).count == 28)
    #expect(Set(uploading.map(\.province)).count == 28)
    #expect(counties.reduce(0) { $0 + $1.ruralPopulation } == 343_200_000)
    #expect(uploading.reduce(0) { $0 + $1.ruralPopulation } == 232_500_000)
    #expect(uploading.contains { $0.code.description == "421224" && $0.name == "通山县" })
  }

  @Test func everyCountyIsOneOf2010WithTownships() throws {
    let data = try NationalDivisions.load()
    let table = VillageTable(data)
    let known = Dictionary(
      uniqueKeysWithValues: data.rows.filter { $0.level == .county }.map { ($0.code, $0) }
    )
    let counties = try PilotCounty.load()
    for county in counties {
      let row = known[county.code]
      #expect(row?.name == county.name && row?.isKeyCounty == county.isKey, "\(county)")
      #expect(table.townships(of: county.code) > 0, "\(county)")
      #expect(!["北京市", "天津市", "上海市"].contains(county.province), "\(county)")
    }
    // Populations are not all alike.
    let people = counties.map(\.ruralPopulation).sorted()
    #expect(people[94] * 4 < people[854], "\(people[94]) \(people[854])")
  }

  @Test(arguments: [0, 1, 7, 1000]) func partsAddUp(_ whole: Int) {
    let parts = Apportionment.parts(of: whole, by: [1, 0, 3.5, 2, 1])
    #expect(parts.reduce(0, +) == whole && parts[1] == 0)
    #expect(
      zip(parts, [1, 0, 3.5, 2, 1]).allSatisfy { abs(Double($0) - Double(whole) * $1 / 7.5) < 1 }
    )
    #expect(Apportionment.parts(of: whole, by: [0, 0]) == [0, 0])
  }

  @Test func aQuotaIsNeverFarFromItsShares() {
    let weights = [0.5, 0.3, 0, 0.2]
    var quota = Quota(weights.enumerated().map { ($0, $1) })
    for number in 1...1000 {
      guard let place = quota.next() else {
        Issue.record("nothing is next")
        return
      }
      quota.count(1, at: place)
      for (count, weight) in zip(quota.counts, weights) {
        #expect(abs(Double(count) - weight * Double(number)) <= 1)
      }
    }
    #expect(quota.counts == [500, 300, 0, 200])
    #expect(quota.next { $0 == 2 } == nil && quota.next { $0 == 3 } == 3)
  }
}
