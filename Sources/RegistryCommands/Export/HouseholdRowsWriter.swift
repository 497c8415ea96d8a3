internal import CSV
internal import RegistryAPI
internal import RegistryModel

/// Writes households as rows of an import file: one a member, with the import's own columns.
///
/// A row tells one year of income (the latest), one need (the first), and distances to 10 m; what
/// else a file holds is in JSON.
struct HouseholdRowsWriter {
  private enum Getter {
    case household(@Sendable (Household, CodeLists) -> Value)
    case member(@Sendable (Member, CodeLists) -> Value)
  }

  private let columns: [(heading: String, get: Getter)]
  private let codes: CodeLists
  private var writer = CSVWriter()

  init(language: Language, codes: CodeLists) {
    self.codes = codes
    columns = ImportColumn.all.compactMap { column in
      let heading = language == .zh ? column.chinese.first ?? column.name : column.name
      return Self.getter(column).map { (heading, $0) }
    }
  }

  /// Writes the headings.
  mutating func writeHeadings() { writer.write(columns.map(\.heading)) }

  /// Writes a household's members, the head first.
  mutating func write(_ household: Household) {
    for member in household.members {
      for column in columns {
        switch column.get {
        case .household(let get): writer.field(get(household, codes).cell)
        case .member(let get): writer.field(get(member, codes).cell)
        }
      }
      writer.endRecord()
    }
  }

  /// Takes away what was written.
  mutating func take() -> [UInt8] {
    defer { writer = CSVWriter() }
    return writer.bytes
  }

  /// How a column is filled; nil for those that only help people to read a file.
  private static func getter(_ column: ImportColumn) -> Getter? {
    switch column.name {
    case "household_number":
      return .household { household, _ in .text(household.number) }
    case "poverty_object":
      return .household { household, _ in
        switch household.classification?.povertyDecision {
        case .object?: .flag(true)
        case .refused?: .flag(false)
        default: .absent
        }
      }
    case "market_distance_km":
      return .household { household, _ in
        household.dwelling?.marketDistance.map { .hundredths($0.value / 10) } ?? .absent
      }
    case "id_number":
      // The 15-digit number makes the 18-digit one anew, and both are kept.
      return .member { member, _ in
        let identity = member.identity
        let old = identity?.citizenId15 ?? ""
        return .text(old.isEmpty ? identity?.citizenId ?? "" : old)
      }
    default:
      return getter(path: column.path.split(separator: ".").map(String.init))
    }
  }

  private static func getter(path: [String]) -> Getter? {
    if path.first == "members", path.count == 3 {
      return HouseholdForm.member.first { $0.key == path[1] }?.values[path[2]]
        .map { .member($0) }
    }
    for section in HouseholdForm.household {
      let key = section.key.split(separator: ".").map(String.init)
      guard path.starts(with: key) else { continue }
      if let value = section.values[path.dropFirst(key.count).joined(separator: ".")] {
        return .household(value)
      }
    }
    return nil
  }
}
