/// The unit in which the scale of needs of each kind is added up, from the bundled table.
package enum NeedUnits {
  /// A unit of scale.
  package struct Unit: Sendable, Hashable {
    /// The name in Chinese, as it stands in files.
    package let chinese: String
    /// The name in English.
    package let english: String
  }

  /// The number of kinds; their codes are 1 to this.
  package static let kinds = 12

  /// The units by kind, in the order of the codes.
  package static let all: [Unit] = {
    guard let table = try? DataTable(file: "need_units.csv", heading: ["need", "unit", "unit_en"]),
      table.count == kinds, (0..<kinds).allSatisfy({ table[$0, 0] == "\($0 + 1)" })
    else { preconditionFailure("the table need_units.csv that comes with the program is damaged") }
    return (0..<kinds).map { Unit(chinese: table[$0, 1], english: table[$0, 2]) }
  }()

  /// The names of the kinds, in the order of their codes.
  package static let names: [(english: String, chinese: String)] = {
    guard let list = try? CodeLists.load().needKind else {
      preconditionFailure("the code lists that come with the program are damaged")
    }
    return (1...kinds).map { kind in
      let entry = list.entries.first { $0.code == kind }
      return (entry?.english ?? "\(kind)", entry?.chinese ?? "\(kind)")
    }
  }()
}
