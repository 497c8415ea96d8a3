package import RegistryAPI

/// The measures of support, and for which households each is meant; from a dated table.
package struct MeasureCatalogue: Sendable {
  /// A measure in the time in which its conditions hold.
  package struct Measure: Sendable, Hashable {
    /// The stable word.
    package let word: String
    /// The name in English.
    package let english: String
    /// The name in Chinese.
    package let chinese: String
    /// The categories of households that it is for; empty for all.
    package let categories: Set<HouseholdCategory>
    /// The causes of poverty that it answers, in the order of their codes; empty for all.
    package let causes: [UInt32]
    /// A member of the household must be able to work.
    package let needsLabour: Bool
    /// The first day.
    package let from: Day
    /// The last day; nil for no end.
    package let until: Day?
  }

  /// The measures in the order of the table, those of other days too.
  package let all: [Measure]

  private static let file = "measures.csv"

  /// Reads the bundled table.
  /// - Throws: `ModelDataError` when it is missing or a word in it is unknown.
  package static func load() throws(ModelDataError) -> MeasureCatalogue {
    try MeasureCatalogue(bytes: ModelData.bytes(of: file), file: file)
  }

  /// Reads a table from CSV bytes.
  /// - Throws: `ModelDataError.malformed` with the line.
  package init(bytes: [UInt8], file: String) throws(ModelDataError) {
    let table = try DataTable(
      bytes: bytes,
      file: file,
      heading: ["measure", "name_en", "name_zh", "categories", "causes", "labour", "from", "until"]
    )
    var measures: [Measure] = []
    for row in 0..<table.count {
      guard let categories = Self.categories(table[row, 3]),
        let causes = Self.causes(table[row, 4]),
        ["able", "any"].contains(table[row, 5]),
        let from = Int(table[row, 6]).flatMap({ Day(yyyymmdd: $0) }),
        let until = Self.until(table[row, 7])
      else { throw .malformed(file: file, line: row + 2) }
      measures.append(
        Measure(
          word: table[row, 0],
          english: table[row, 1],
          chinese: table[row, 2],
          categories: categories,
          causes: causes,
          needsLabour: table[row, 5] == "able",
          from: from,
          until: until.day
        )
      )
    }
    all = measures
  }

  /// The measures that are offered on a day.
  package func offered(on day: Day) -> [Measure] {
    all.filter { $0.from <= day && ($0.until.map { day <= $0 } ?? true) }
  }

  /// The measures for a household as an office sees it, those for its main cause first.
  ///
  /// None where its category is not known or not shown, nor for one that has exited. Whether somebody is able to work is unknown
  /// where no member's capacity is on record or shown: measures that ask for it are then marked.
  package func suggestions(for household: Household, on day: Day) -> [SuggestedMeasure] {
    guard household.status != .exited, let classification = household.classification,
      let category = HouseholdCategory(rawValue: classification.category.rawValue)
    else { return [] }
    let capacities = household.members.compactMap { $0.labour?.capacity }.filter { $0 > 0 }
    let isAble = capacities.contains { Self.able.contains($0) }
    var found: [SuggestedMeasure] = []
    for measure in offered(on: day) {
      guard measure.categories.isEmpty || measure.categories.contains(category),
        !measure.needsLabour || isAble || capacities.isEmpty
      else { continue }
      let own = [classification.mainCause] + classification.otherCauses
      let causes = measure.causes.isEmpty ? [] : own.filter(measure.causes.contains)
      if causes.isEmpty, !measure.causes.isEmpty { continue }
      found.append(
        SuggestedMeasure(
          measure: measure.word,
          nameEn: measure.english,
          nameZh: measure.chinese,
          causes: causes,
          labourUnknown: measure.needsLabour && capacities.isEmpty
        )
      )
    }
    let main = classification.mainCause
    return found.filter { $0.causes.contains(main) } + found.filter { !$0.causes.contains(main) }
  }

  /// Ordinary, skilled, weak or half labour.
  private static let able: Set<UInt32> = [1, 2, 3]

  private static let words: [String: HouseholdCategory] = [
    "poverty-object": .povertyObject, "dibao": .dibao, "both": .povertyObjectWithDibao,
    "five-guarantee": .fiveGuarantee,
  ]

  private static func categories(_ text: String) -> Set<HouseholdCategory>? {
    if text == "any" { return [] }
    let found = text.split(separator: " ").map { words[String($0)] }
    return found.isEmpty || found.contains(nil) ? nil : Set(found.compactMap { $0 })
  }

  private static func causes(_ text: String) -> [UInt32]? {
    if text == "any" { return [] }
    let found = text.split(separator: " ").map { UInt32($0) }
    return found.isEmpty || found.contains(nil) ? nil : found.compactMap { $0 }.sorted()
  }

  private static func until(_ text: String) -> (day: Day?, Void)? {
    if text.isEmpty { return (nil, ()) }
    return Int(text).flatMap { Day(yyyymmdd: $0) }.map { ($0, ()) }
  }
}
