internal import RegistryModel

/// The villages that are peopled, with the names that stand in the file.
struct VillagePool: Sendable {
  struct Village: Sendable {
    let code: String
    let county: DivisionCode
    let countyName: String
    let townshipName: String
    let name: String
    /// Six digits of the never-assigned area for ID numbers: 99 and the county's last four.
    let area: Int
    /// The name is made up, since the tables have no village of this county.
    let isMadeUp: Bool
  }

  let villages: [Village]
  /// How many of the villages' names are made up.
  var madeUp: Int { villages.count { $0.isMadeUp } }
  /// Townships of the bundled table whose county is not in the table of 2010.
  let skippedTownships: Int

  /// Villages made up for a township of a county that has none in the data.
  private static let perTownship = 8
  private static let invented = ["东", "西", "南", "北", "上", "下", "前", "后"]

  init(division: DivisionCode) throws {
    let data = try NationalDivisions.load()
    skippedTownships = data.skippedTownships
    var parents: [DivisionCode: DivisionCode] = [:]
    var names: [DivisionCode: String] = [:]
    for row in data.rows {
      names[row.code] = row.name
      if let parent = row.parent { parents[row.code] = parent }
    }
    func lies(_ code: DivisionCode) -> Bool {
      var current: DivisionCode? = code
      while let here = current {
        if here == division { return true }
        current = parents[here]
      }
      return false
    }
    func village(
      _ code: DivisionCode,
      _ township: DivisionCode,
      _ name: String,
      isMadeUp: Bool = false
    ) -> Village {
      Village(
        code: code.description,
        county: code.county,
        countyName: names[code.county] ?? "",
        townshipName: names[township] ?? "",
        name: name,
        area: 990_000 + Int(code.county.value / 1_000_000 % 10_000),
        isMadeUp: isMadeUp
      )
    }
    var villages: [Village] = []
    var peopled: Set<DivisionCode> = []
    for row in data.rows where row.level == .village && lies(row.code) {
      villages.append(village(row.code, row.code.township, row.name))
      peopled.insert(row.code.county)
    }
    // Only counties without a single real village get made-up ones: a node knows the real ones by
    // itself, and has to be told of the others.
    for row in data.rows where row.level == .township && !peopled.contains(row.code.county) {
      // A division that is a village has no township below it.
      guard division.level != .village, lies(row.code) else { continue }
      for number in 0..<VillagePool.perTownship {
        guard let code = DivisionCode(twelveDigits: row.code.value + 200 + UInt64(number)) else {
          continue
        }
        let name = "虚构\(VillagePool.invented[number])村"
        villages.append(village(code, row.code, name, isMadeUp: true))
      }
    }
    guard !villages.isEmpty else { throw PopulationError.noVillages(division.description) }
    // By code: a county's villages follow each other.
    self.villages = villages.sorted { $0.code < $1.code }
  }
}
