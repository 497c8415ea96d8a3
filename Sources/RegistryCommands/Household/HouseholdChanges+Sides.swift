internal import RegistryAPI
internal import RegistryModel

/// Two sides that started from one version, for people.
extension HouseholdChanges {
  /// The fields in which what is on record, or what is wanted, differs from a base.
  static func sides(
    base: Household,
    _ current: Household,
    _ wanted: Household,
    _ codes: CodeLists
  ) -> Rows {
    let columns: [Rows.Column] = [
      .init("field", "Field", "字段"), .init("title", "Title", "名称"),
      .init("base", "Made from", "所依据的值"), .init("current", "On record", "在册值"),
      .init("wanted", "Asked for", "申请值"), .init("changed_by", "Changed by", "修改方"),
    ]
    let meanwhile = differing(rows(from: base, to: current, codes))
    let asked = differing(rows(from: base, to: wanted, codes))
    var result = Rows(columns)
    for path in meanwhile.order + asked.order.filter({ meanwhile.values[$0] == nil }) {
      guard let change = meanwhile.values[path] ?? asked.values[path] else { continue }
      result.rows.append([
        .text(path), change.title, change.before,
        meanwhile.values[path]?.after ?? change.before,
        asked.values[path]?.after ?? change.before,
        side(meanwhile.values[path] != nil, asked.values[path] != nil),
      ])
    }
    return result
  }

  private struct Difference {
    var title: Value
    var before: Value
    var after: Value
  }

  private static func differing(
    _ rows: Rows
  ) -> (order: [String], values: [String: Difference]) {
    var order: [String] = []
    var values: [String: Difference] = [:]
    for row in rows.rows {
      guard case .text(let path) = row[0] else { continue }
      order.append(path)
      values[path] = Difference(title: row[1], before: row[2], after: row[3])
    }
    return (order, values)
  }

  private static func side(_ meanwhile: Bool, _ asked: Bool) -> Value {
    switch (meanwhile, asked) {
    case (true, true): .coded("both", Text(en: "both sides", zh: "双方"))
    case (true, false): .coded("record", Text(en: "meanwhile", zh: "期间"))
    default: .coded("request", Text(en: "this request", zh: "本次"))
    }
  }
}
