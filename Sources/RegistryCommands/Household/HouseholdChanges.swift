internal import RegistryAPI
internal import RegistryModel

/// What two versions of a household hold differently, for people.
enum HouseholdChanges {
  static func rows(from before: Household, to after: Household, _ codes: CodeLists) -> Rows {
    let old = leaves(HouseholdForm.record(before, codes))
    let new = leaves(HouseholdForm.record(after, codes))
    let values = Dictionary(new.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(old.map(\.path))
    var rows = Rows([
      .init("field", "Field", "字段"), .init("title", "Title", "名称"),
      .init("before", "Before", "原值"), .init("after", "After", "新值"),
    ])
    for leaf in old where !isIgnored(leaf.path) {
      let other = values[leaf.path]?.value ?? .absent
      if other != leaf.value { rows.rows.append(row(leaf, leaf.value, other)) }
    }
    for leaf in new
    where !known.contains(leaf.path) && leaf.value != .absent && !isIgnored(leaf.path) {
      rows.rows.append(row(leaf, .absent, leaf.value))
    }
    return rows
  }

  private struct Leaf {
    var path: String
    var title: Text
    var value: Value
  }

  /// They change with every version.
  private static func isIgnored(_ path: String) -> Bool {
    path == "version" || path == "recorded_at" || path.hasPrefix("change.")
  }

  private static func row(_ leaf: Leaf, _ before: Value, _ after: Value) -> [Value] {
    [.text(leaf.path), .coded(leaf.path, leaf.title), before, after]
  }

  /// The single values of a record with their paths; members go by their ids, not their places.
  private static func leaves(_ record: Record, prefix: String = "") -> [Leaf] {
    record.items.flatMap { item -> [Leaf] in
      let path = prefix + item.key
      switch item.value {
      case .record(let inner): return leaves(inner, prefix: path + ".")
      case .records(let records):
        return records.enumerated().flatMap { number, inner in
          leaves(inner, prefix: "\(path).\(id(of: inner) ?? String(number + 1)).")
        }
      case .rows(let rows):
        return rows.rows.enumerated().flatMap { number, row in
          zip(rows.columns, row).map {
            Leaf(
              path: "\(path).\(key(of: row, rows, number)).\($0.key)",
              title: $0.title,
              value: $1
            )
          }
        }
      default: return [Leaf(path: path, title: item.title, value: item.value)]
      }
    }
  }

  /// Years go by themselves, not by their places; other lists count from 1.
  private static func key(of row: [Value], _ rows: Rows, _ number: Int) -> String {
    guard rows.columns.first?.key == "year", case .text(let year)? = row.first else {
      return String(number + 1)
    }
    return year
  }

  private static func id(of record: Record) -> String? {
    guard case .text(let id)? = record.items.first(where: { $0.key == "id" })?.value else {
      return nil
    }
    return id.isEmpty ? nil : String(id.prefix(8))
  }
}
