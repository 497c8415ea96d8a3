package import CSV
package import RegistryModel

/// A county of the pilot, of a list that is made up.
package struct PilotCounty: Sendable, Hashable {
  /// The code of the end of 2010.
  package let code: DivisionCode
  /// The county's name.
  package let name: String
  /// The province's name.
  package let province: String
  /// Whether it is one of the 592 national key counties (a list that is partly unverified).
  package let isKey: Bool
  /// Whether it uploads its files; the others send returns.
  package let uploads: Bool
  /// Made up, in people.
  package let ruralPopulation: Int

  private static let file = "pilot_counties_synthetic.csv"
  private static let heading = [
    "code", "name", "province", "key_county", "uploads", "rural_population",
  ]

  /// The list that comes with the program: 949 counties, by code.
  /// - Throws: `ModelDataError` when it is missing or malformed.
  package static func load() throws(ModelDataError) -> [PilotCounty] {
    let table = try DataTable(file: file, module: "SyntheticPopulation", heading: heading)
    var counties: [PilotCounty] = []
    for row in 0..<table.count {
      guard let code = DivisionCode(table[row, 0]), let population = Int(table[row, 5]),
        population > 0
      else { throw .malformed(file: file, line: row + 2) }
      counties.append(
        PilotCounty(
          code: code,
          name: table[row, 1],
          province: table[row, 2],
          isKey: table[row, 3] == "yes",
          uploads: table[row, 4] == "yes",
          ruralPopulation: population
        )
      )
    }
    return counties
  }

  /// Writes a list in the form in which it comes with the program.
  package static func write(_ counties: [PilotCounty], to writer: inout CSVWriter) {
    writer.write(heading)
    for county in counties {
      writer.write([
        county.code.description, county.name, county.province, county.isKey ? "yes" : "no",
        county.uploads ? "yes" : "no", String(county.ruralPopulation),
      ])
    }
  }

  /// The digits with which the province's codes begin.
  var provinceDigits: Substring { code.description.prefix(2) }
}
