package import RegistryModel

/// A division to be put into a database.
package struct DivisionSeed: Sendable, Hashable {
  /// The code in force.
  package var code: DivisionCode
  /// The name in Chinese.
  package var name: String
  /// The code of the division above; nil for the state.
  package var parent: DivisionCode?
  /// The level; a few prefectures have townships and no counties, so the table has the last word.
  package var level: DivisionTier
  /// A national key county for poverty alleviation.
  package var isKeyCounty: Bool
  /// Where the row comes from, such as `configured`.
  package var source: String

  package init(
    code: DivisionCode,
    name: String,
    parent: DivisionCode?,
    isKeyCounty: Bool = false,
    source: String
  ) {
    self.code = code
    self.name = name
    self.parent = parent
    level = code.level
    self.isKeyCounty = isKeyCounty
    self.source = source
  }

  /// A division of the tables that come with the program.
  package init(_ row: NationalDivisions.Row) {
    code = row.code
    name = row.name
    parent = row.parent
    level = row.level
    isKeyCounty = row.isKeyCounty
    // The editions that the tables are taken from.
    source =
      switch row.level {
      case .village: "sample-2019"
      case .township: "nbs-2022"
      default: "gb2260-2010"
      }
  }
}
