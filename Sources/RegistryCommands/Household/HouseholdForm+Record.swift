internal import RegistryAPI
internal import RegistryModel

/// Showing households.
extension HouseholdForm {
  /// A household with everything that the answer holds; what it withholds is named as withheld.
  static func record(_ household: Household, _ codes: CodeLists) -> Record {
    // Versions and their days are for offices that see everything.
    let isTold = household.version > 0 || household.withheld.isEmpty
    func told(_ value: Value) -> Value { isTold ? value : .withheld }
    var items = [
      Record.Item("id", "Id", "编号", .text(Hexadecimal.text(household.id))),
      Record.Item(
        "number",
        "Number",
        "户编号",
        household.number.isEmpty ? .absent : .text(household.number)
      ),
      Record.Item("version", "Version", "版本", told(.text(String(household.version)))),
      Record.Item("status", "Status", "状态", choice(household.status, statuses)),
      Record.Item("effective_on", "Effective", "生效日期", told(day(household.effectiveOn))),
      Record.Item(
        "recorded_at",
        "Recorded",
        "记录时间",
        told(ChinaTime.value(household.recordedAt))
      ),
    ]
    items += aheadItems(household.ahead)
    items += sections(of: household, Self.household, household.withheld, codes)
    items += changeItems(household, codes)
    let members = household.members.map { member in
      var parts = [Record.Item("id", "Id", "编号", .text(Hexadecimal.text(member.id)))]
      parts += sections(of: member, Self.member, household.withheld, codes)
      return Record(parts)
    }
    items.append(Record.Item("members", "Member", "成员", .records(members)))
    return Record(items)
  }

  /// What is known ahead of the version, where this node has a copy that has not come so far.
  private static func aheadItems(_ ahead: Ahead?) -> [Record.Item] {
    guard let ahead else { return [] }
    return [Record.Item("ahead", "Known ahead", "先行获知", .record(record(ahead)))]
  }

  /// What is known ahead of a file.
  private static func record(_ ahead: Ahead) -> Record {
    Record([
      Record.Item("kind", "Kind", "事项", kind(of: ahead)),
      Record.Item("effective_on", "Effective", "生效日期", day(ahead.effectiveOn)),
      Record.Item("version", "Version", "版本", .text(String(ahead.version))),
      Record.Item("recorded_at", "Recorded", "记录时间", ChinaTime.value(ahead.recordedAt)),
    ])
  }

  /// What happened to a file.
  static func kind(of ahead: Ahead) -> Value {
    ahead.erased
      ? .coded("erased", Text(en: "erased", zh: "档案销毁"))
      : choice(ahead.kind, ProposalForm.kinds)
  }

  /// Why the version was made, and how the household left, where that is known.
  private static func changeItems(_ household: Household, _ codes: CodeLists) -> [Record.Item] {
    var items: [Record.Item] = []
    if household.reviewedIn > 0 {
      let year = Value.text(String(household.reviewedIn))
      items.append(Record.Item("reviewed_in", "Reviewed in", "最近复核年度", year))
    }
    if let note = household.change {
      let hex = { (id: [UInt8]) in ProposalForm.text(Hexadecimal.text(id)) }
      let record = Record([
        Record.Item("kind", "Kind", "事项", choice(note.kind, ProposalForm.kinds)),
        Record.Item("reason", "Reason", "理由", ProposalForm.text(note.reason)),
        Record.Item("application", "Application", "申请", hex(note.application)),
        Record.Item("proposal", "Proposal", "提议", hex(note.proposal)),
        Record.Item("other_household", "Other household", "另一户", hex(note.otherHousehold)),
      ])
      items.append(Record.Item("change", "Change", "变更", .record(record)))
    }
    if let exit = household.exit {
      let record = Record([
        Record.Item("reason", "Reason", "退出原因", codes.exitReason.value(exit.reason)),
        Record.Item("day", "Day", "退出日期", day(exit.day)),
        Record.Item("destination", "Destination", "迁入地", ProposalForm.text(exit.destination)),
      ])
      items.append(Record.Item("exit", "Exit", "退出", .record(record)))
    }
    return items
  }

  /// A line of a list of households.
  static func row(
    _ summary: HouseholdSummary,
    isWithheld: (DisclosureClass) -> Bool,
    _ codes: CodeLists
  )
    -> [Value]
  {
    [
      .text(summary.number),
      .text(summary.villageName.isEmpty ? summary.village : summary.villageName),
      isWithheld(.identity) ? .withheld : .text(summary.head), .integer(Int64(summary.members)),
      isWithheld(.classification) ? .withheld : choice(summary.category, categories),
      summary.mainCause != 0
        ? codes.cause.value(summary.mainCause)
        : isWithheld(.classification) ? .withheld : .absent,
      isWithheld(.income)
        ? .withheld : summary.netPerPerson.map { .money(fen: $0.fen) } ?? .absent,
      summary.version == 0 ? .withheld : .text(String(summary.version)),
      .text(Hexadecimal.text(summary.id)),
    ]
  }

  /// The columns of a list of households.
  static let columns: [Rows.Column] = [
    .init("number", "Number", "户编号"), .init("village", "Village", "村"),
    .init("head", "Head", "户主"), .init("members", "Members", "人数"),
    .init("category", "Category", "贫困户属性"), .init("main_cause", "Main cause", "主要致贫原因"),
    .init("net_per_person_fen", "Net per person", "人均纯收入"),
    .init("version", "Version", "版本"), .init("id", "Id", "编号"),
  ]

  /// An enumeration's value with its name.
  static func choice<E: RawRepresentable>(_ value: E, _ names: [(E, Text)]) -> Value
  where E.RawValue == Int32 {
    guard value.rawValue != 0 else { return .absent }
    let name = names.first { $0.0.rawValue == value.rawValue }?.1
    return .coded(String(value.rawValue), name ?? Text(""))
  }

  static func day(_ number: Int32) -> Value {
    Day(yyyymmdd: Int(number)).map { .text($0.text) } ?? .absent
  }

  private static func sections<Root>(
    of root: Root,
    _ sections: [Section<Root>],
    _ withheld: [DisclosureClass],
    _ codes: CodeLists
  ) -> [Record.Item] {
    sections.compactMap { section in
      let isWithheld = section.disclosure.map(withheld.contains) ?? false
      guard var record = section.record(root, codes) else {
        return isWithheld
          ? Record.Item(section.key, section.title.en, section.title.zh, .withheld) : nil
      }
      // A part goes with another class: the rest is withheld, and not unknown.
      if isWithheld {
        for index in record.items.indices where record.items[index].value == .absent {
          record.items[index].value = .withheld
        }
      }
      // Its last two digits are the kind and grade of the disability.
      if withheld.contains(.health),
        let place = record.items.firstIndex(where: { $0.key == "disability_certificate" })
      {
        record.items[place].value = .withheld
      }
      return Record.Item(section.key, section.title.en, section.title.zh, .record(record))
    }
  }
}
