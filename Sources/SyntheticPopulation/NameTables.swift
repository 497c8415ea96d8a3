internal import RegistryModel

/// Surnames by weight and given names by sex, from the bundled tables.
struct NameTables: Sendable {
  private let surnames: WeightedTable<String>
  private let given: [Sex: [String]]
  private let single: [Sex: [String]]

  init() throws {
    let table = try DataTable(
      file: "surnames.csv",
      module: "SyntheticPopulation",
      heading: ["surname", "weight"]
    )
    var weighted: [(String, Double)] = []
    for row in 0..<table.count {
      guard let weight = Double(table[row, 1]), weight > 0 else {
        throw ModelDataError.malformed(file: "surnames.csv", line: row + 2)
      }
      weighted.append((table[row, 0], weight))
    }
    surnames = WeightedTable(weighted)
    let names = try DataTable(
      file: "given_names.csv",
      module: "SyntheticPopulation",
      heading: ["sex", "name", "chars"]
    )
    var given: [Sex: [String]] = [.male: [], .female: []]
    for row in 0..<names.count {
      guard let code = Int32(names[row, 0]), let sex = Sex(rawValue: code) else {
        throw ModelDataError.malformed(file: "given_names.csv", line: row + 2)
      }
      given[sex]?.append(names[row, 1])
    }
    self.given = given
    single = given.mapValues { $0.filter { $0.count == 1 } }
    guard single.values.allSatisfy({ !$0.isEmpty }) else {
      throw ModelDataError.malformed(file: "given_names.csv", line: 1)
    }
  }

  func surname(_ random: inout SplitMix64) -> String { surnames.draw(&random) }

  /// A given name: three in ten of the list, the others two single characters joined.
  func given(_ sex: Sex, _ random: inout SplitMix64) -> String {
    if random.chance(300) { return random.pick(given[sex] ?? []) }
    let characters = single[sex] ?? []
    return random.pick(characters) + random.pick(characters)
  }
}
