internal import RegistryModel

/// The bundled divisions, read once, and the villages that can be peopled in them.
struct VillageTable: Sendable {
  struct Village: Sendable {
    let code: String
    let county: DivisionCode
    let countyName: String
    let townshipName: String
    let name: String
    /// Six digits of the never-assigned area for ID numbers: they begin with 99.
    let area: Int
    /// The name is made up, since the tables have no village of this county.
    let isMadeUp: Bool
  }

  let data: NationalDivisions
  private let names: [DivisionCode: String]
  private let parents: [DivisionCode: DivisionCode]
  /// Townships by county, villages by township, both in the order of the table.
  private let below: [DivisionCode: [DivisionCode]]
  /// A county's place among all of the table, from 1.
  private let places: [DivisionCode: Int]

  /// Villages made up for a township of a county that has none in the data.
  private static let perTownship = 8
  private static let invented = ["东", "西", "南", "北", "上", "下", "前", "后"]

  /// Throws `ModelDataError` when the bundled tables cannot be read.
  init() throws { self.init(try NationalDivisions.load()) }

  init(_ data: NationalDivisions) {
    self.data = data
    var names: [DivisionCode: String] = [:]
    var parents: [DivisionCode: DivisionCode] = [:]
    var below: [DivisionCode: [DivisionCode]] = [:]
    var places: [DivisionCode: Int] = [:]
    for row in data.rows {
      names[row.code] = row.name
      if row.level == .county { places[row.code] = places.count + 1 }
      guard let parent = row.parent else { continue }
      parents[row.code] = parent
      if row.level == .township || row.level == .village {
        below[parent, default: []].append(row.code)
      }
    }
    (self.names, self.parents, self.below, self.places) = (names, parents, below, places)
  }

  /// How many townships a county has in the table.
  func townships(of county: DivisionCode) -> Int { below[county]?.count ?? 0 }

  /// Every village in a division, by code: a county's villages follow each other. Only counties
  /// without a single real village get made-up ones: a node knows the real ones by itself, and has
  /// to be told of the others.
  func all(in division: DivisionCode) -> [Village] {
    func lies(_ code: DivisionCode) -> Bool {
      var current: DivisionCode? = code
      while let here = current {
        if here == division { return true }
        current = parents[here]
      }
      return false
    }
    var villages: [Village] = []
    var peopled: Set<DivisionCode> = []
    for row in data.rows where row.level == .village && lies(row.code) {
      villages.append(village(row.code, area: Self.area(row.code)))
      peopled.insert(row.code.county)
    }
    for row in data.rows where row.level == .township && !peopled.contains(row.code.county) {
      // A division that is a village has no township below it.
      guard division.level != .village, lies(row.code) else { continue }
      for number in 0..<Self.perTownship {
        if let village = madeUp(number, in: row.code, area: Self.area(row.code)) {
          villages.append(village)
        }
      }
    }
    return villages.sorted { $0.code < $1.code }
  }

  /// At most so many villages of a county, each in a township of its own, spread over them; by code.
  /// ID numbers of the nation's counties have areas of their own: the last four digits of codes
  /// come again in other provinces.
  func few(_ count: Int, of county: DivisionCode) -> [Village] {
    let area = 990_000 + (places[county] ?? 0)
    let townships = below[county] ?? []
    let settled = townships.filter { below[$0] != nil }
    let chosen = settled.isEmpty ? townships : settled
    let number = min(count, chosen.count)
    return (0..<number).compactMap { place in
      let township = chosen[place * chosen.count / number]
      // A village committee rather than a residents' one, whose numbers come first.
      let own = below[township]
      let code = own?.first { $0.value % 1000 >= 200 } ?? own?.first
      return code.map { village($0, area: area) } ?? madeUp(0, in: township, area: area)
    }.sorted { $0.code < $1.code }
  }

  /// 99 and the county's last four digits.
  private static func area(_ code: DivisionCode) -> Int {
    990_000 + Int(code.county.value / 1_000_000 % 10_000)
  }

  private func village(_ code: DivisionCode, area: Int) -> Village {
    Village(
      code: code.description,
      county: code.county,
      countyName: names[code.county] ?? "",
      townshipName: names[code.township] ?? "",
      name: names[code] ?? "",
      area: area,
      isMadeUp: false
    )
  }

  private func madeUp(_ number: Int, in township: DivisionCode, area: Int) -> Village? {
    DivisionCode(twelveDigits: township.value + 200 + UInt64(number)).map { code in
      Village(
        code: code.description,
        county: code.county,
        countyName: names[code.county] ?? "",
        townshipName: names[township] ?? "",
        name: "虚构\(Self.invented[number])村",
        area: area,
        isMadeUp: true
      )
    }
  }
}
