package import RegistryModel

/// Makes up which counties were of the pilot of 2010, since no list of them is at hand.
///
/// What is known: 949 counties in 28 provinces (all but Beijing, Tianjin and Shanghai), 487 of the
/// national key counties among them; 565 uploaded, 387 key counties among these; the pilot counties
/// had 342.5 to 343.9 million rural people, those that uploaded 231.8 to 233.2. Tongshan (421224) was
/// one. Everything else is drawn, the same each time.
package enum PilotCountyList {
  static let key = (pilot: 487, uploading: 387)
  static let others = (pilot: 462, uploading: 178)
  static let rural = (pilot: 343_200_000, uploading: 232_500_000)
  private static let municipalities: Set<Substring> = ["11", "12", "31"]
  private static let tongshan = DivisionCode("421224")
  private static let seed: UInt64 = 2010
  /// How many people live about a township, beside the other provinces': where land is dry or high.
  private static let density: [Substring: Double] = [
    "15": 0.6, "54": 0.3, "62": 0.8, "63": 0.4, "65": 0.5,
  ]

  /// The list, by code, from the divisions that come with the program.
  /// - Throws: `ModelDataError` when the bundled tables cannot be read.
  package static func made() throws(ModelDataError) -> [PilotCounty] {
    made(from: try NationalDivisions.load())
  }

  static func made(from data: NationalDivisions) -> [PilotCounty] {
    let table = VillageTable(data)
    var random = SplitMix64(seed: seed)
    // Urban districts, whose codes end in 01 to 20, are pilot counties only as key counties.
    let counties = data.rows.filter { row in
      row.level == .county && table.townships(of: row.code) > 0
        && !municipalities.contains(row.code.description.prefix(2))
        && (row.isKeyCounty || row.code.value / 1_000_000 % 100 > 20)
    }
    var chosen: [NationalDivisions.Row] = []
    var uploading: Set<DivisionCode> = []
    for (isKey, numbers) in [(true, key), (false, others)] {
      let pilot = draw(numbers.pilot, of: counties.filter { $0.isKeyCounty == isKey }, &random)
      uploading.formUnion(draw(numbers.uploading, of: pilot, &random).map(\.code))
      chosen += pilot
    }
    chosen.sort { $0.code < $1.code }
    let weights = chosen.map { row in
      let people = density[row.code.description.prefix(2)] ?? 1
      return Double(table.townships(of: row.code)) * people * Double(random.within(60...140))
    }
    let names = Dictionary(uniqueKeysWithValues: data.rows.map { ($0.code, $0.name) })
    let uploads = populations(rural.uploading, chosen, weights) { uploading.contains($0) }
    let rest = populations(rural.pilot - rural.uploading, chosen, weights) {
      !uploading.contains($0)
    }
    return chosen.indices.map { place in
      let row = chosen[place]
      return PilotCounty(
        code: row.code,
        name: row.name,
        province: names[row.code.province] ?? "",
        isKey: row.isKeyCounty,
        uploads: uploading.contains(row.code),
        ruralPopulation: uploads[place] + rest[place]
      )
    }
  }

  /// So many counties, of each province its part of them.
  private static func draw(
    _ number: Int,
    of counties: [NationalDivisions.Row],
    _ random: inout SplitMix64
  ) -> [NationalDivisions.Row] {
    let byProvince = Dictionary(grouping: counties) { $0.code.province }
    let provinces = byProvince.keys.sorted()
    let own = provinces.map { byProvince[$0] ?? [] }
    let parts = Apportionment.parts(of: number, by: own.map { Double($0.count) })
    var drawn: [NationalDivisions.Row] = []
    for (var rest, part) in zip(own, parts) {
      for place in 0..<part {
        let known = place == 0 ? rest.firstIndex { $0.code == tongshan } : nil
        drawn.append(rest.remove(at: known ?? random.below(rest.count)))
      }
    }
    return drawn
  }

  /// People of those counties that are meant, in hundreds; nobody in the others.
  private static func populations(
    _ people: Int,
    _ counties: [NationalDivisions.Row],
    _ weights: [Double],
    where isMeant: (DivisionCode) -> Bool
  ) -> [Int] {
    let own = zip(counties, weights).map { isMeant($0.code) ? $1 : 0 }
    return Apportionment.parts(of: people / 100, by: own).map { $0 * 100 }
  }
}
