internal import RegistryAPI
internal import RegistryModel

/// Setting fields of households by their paths.
extension HouseholdForm {
  /// What one setting touched: the path for the update mask, and the member concerned.
  struct Touched: Hashable {
    /// A path as `registry.v1.UpdateHouseholdRequest.mask` takes it.
    var mask: String
    /// The member's place in the household, from 0.
    var member: Int?
  }

  /// Sets one field: `contact.telephone`, `income.years.1.wages`, `members.2.health.states`.
  ///
  /// Lists count from 1; the number after the last makes a new element.
  /// - Throws: `dataRefused` naming the path and what it should hold, never the value.
  static func set(
    _ path: String,
    to input: FieldInput,
    in household: inout Household,
    _ codes: CodeLists
  ) throws(CommandFailure) -> Touched {
    let parts = path.split(separator: ".", omittingEmptySubsequences: false)
    do {
      if parts.first == "members" {
        return try setMember(parts, input, &household, codes)
      }
      if path == "effective_on" {
        try effectiveOn.set(&household, input, codes)
        return Touched(mask: path)
      }
      return try setOwn(path, parts, input, &household, codes)
    } catch {
      throw CommandFailure(
        .dataRefused,
        Text(en: "\(path): \(error.words.en)", zh: "\(path)：\(error.words.zh)")
      )
    }
  }

  private static let effectiveOn = Leaf<Household>.day(
    "effective_on",
    "Effective",
    "生效日期",
    \.effectiveOn
  )

  private static func setOwn(
    _ path: String,
    _ parts: [Substring],
    _ input: FieldInput,
    _ household: inout Household,
    _ codes: CodeLists
  ) throws(FieldFault) -> Touched {
    // `support.plan` stands before `support`: the longest key wins.
    let section = longestFirst.first { path.hasPrefix($0.key + ".") }
    guard let section else { throw .unknownField(Self.household.map(\.key) + ["members.1"]) }
    try refuseWithheld(section.disclosure, household)
    let depth = section.key.split(separator: ".").count
    try section.set(&household, Array(parts.dropFirst(depth)), input, codes)
    // The mask names leaves, and lists and the plan as a whole.
    let mask = section.key == "support.plan" ? section.key : parts.prefix(2).joined(separator: ".")
    return Touched(mask: mask)
  }

  private static let longestFirst = household.sorted { $0.key.count > $1.key.count }

  private static func setMember(
    _ parts: [Substring],
    _ input: FieldInput,
    _ household: inout Household,
    _ codes: CodeLists
  ) throws(FieldFault) -> Touched {
    let count = household.members.count
    guard parts.count == 4, let number = Int(parts[1]), (1...count + 1).contains(number) else {
      throw FieldFault(
        en: "write members.N.SECTION.FIELD with N from 1 to \(count + 1)",
        zh: "应写作 members.N.SECTION.FIELD，N 为 1 至 \(count + 1)"
      )
    }
    guard let section = member.first(where: { $0.key == parts[2] }) else {
      throw .unknownField(member.map(\.key))
    }
    try refuseWithheld(section.disclosure, household)
    var person = number > count ? Member() : household.members[number - 1]
    try section.set(&person, [parts[3]], input, codes)
    if number > count {
      household.members.append(person)
    } else {
      household.members[number - 1] = person
    }
    let isNew = person.id.isEmpty
    return Touched(
      mask: isNew ? "members" : "members.\(parts[2]).\(parts[3])",
      member: number - 1
    )
  }

  private static func refuseWithheld(
    _ disclosure: DisclosureClass?,
    _ household: Household
  ) throws(FieldFault) {
    if let disclosure, household.withheld.contains(disclosure) {
      throw FieldFault(en: "withheld from this office", zh: "对本机构不公开")
    }
  }
}
