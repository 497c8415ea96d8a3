internal import RegistryAPI
internal import RegistryModel

/// Changes, proposals, histories and hand-overs for people.
enum ProposalForm {
  static let kinds: [(ChangeKind, Text)] = [
    (.registration, Text(en: "registration", zh: "登记")), (.entry, Text(en: "entry", zh: "录入")),
    (.correction, Text(en: "correction", zh: "更正")), (.review, Text(en: "review", zh: "年度复核")),
    (.birth, Text(en: "birth", zh: "出生")), (.death, Text(en: "death", zh: "死亡")),
    (.marriage, Text(en: "marriage", zh: "婚姻")), (.split, Text(en: "split", zh: "分户")),
    (.merge, Text(en: "merger", zh: "并户")), (.move, Text(en: "move", zh: "迁移")),
    (.handOver, Text(en: "move to another county", zh: "跨县迁出")),
    (.category, Text(en: "category", zh: "属性变更")), (.exit, Text(en: "exit", zh: "退出")),
    (.reEntry, Text(en: "re-entry", zh: "返贫")),
  ]

  static let states: [(ProposalState, Text)] = [
    (.open, Text(en: "open", zh: "待处理")), (.taken, Text(en: "taken", zh: "已采纳")),
    (.refused, Text(en: "refused", zh: "已否决")), (.conflict, Text(en: "conflict", zh: "冲突")),
    (.withdrawn, Text(en: "withdrawn", zh: "已撤回")),
  ]

  static let columns: [Rows.Column] = [
    .init("id", "Id", "编号"), .init("version", "Version", "版本"), .init("state", "State", "状态"),
    .init("kind", "Kind", "事项"), .init("household", "Household", "户内部编号"),
    .init("base_version", "Made from", "所依据版本"), .init("effective_on", "Effective", "生效日期"),
    .init("proposed_by", "Proposed by", "提议人"), .init("proposed_at", "Proposed", "提议时间"),
    .init("reason", "Reason", "理由"),
  ]

  /// A line of a list of proposals.
  static func row(_ proposal: Proposal) -> [Value] {
    let change = proposal.change ?? Change()
    return [
      .text(Hexadecimal.text(proposal.id)), .text(String(proposal.version)),
      HouseholdForm.choice(proposal.state, states),
      HouseholdForm.choice(change.changeKind, kinds), .text(Hexadecimal.text(change.household)),
      .text(String(change.baseVersion)), day(change.effectiveOn), .text(proposal.proposedBy),
      ChinaTime.value(proposal.proposedAt), text(change.reason),
    ]
  }

  /// A proposal, without the household that it was made from.
  static func record(_ proposal: Proposal, _ codes: CodeLists) -> Record {
    var items = zip(columns, row(proposal)).map {
      Record.Item($0.key, $0.title.en, $0.title.zh, $1)
    }
    items += [
      Record.Item("settled_by", "Settled by", "处理人", text(proposal.settledBy)),
      Record.Item("settled_because", "Because", "处理理由", text(proposal.reason)),
      Record.Item(
        "made_version",
        "Made version",
        "形成版本",
        proposal.madeVersion == 0 ? .absent : .text(String(proposal.madeVersion))
      ),
      Record.Item(
        "merged",
        "Merged with",
        "已合并字段",
        proposal.merged.isEmpty ? .absent : .list(proposal.merged.map { .text($0) })
      ),
    ]
    return Record(items)
  }

  /// A proposal with all sides, field by field.
  static func record(_ view: ProposalView, _ codes: CodeLists) -> Record {
    var record = record(view.proposal ?? Proposal(), codes)
    if let base = view.proposal?.baseHousehold, let current = view.current {
      record.items.insert(
        Record.Item("number", "Number", "户编号", .text(current.number)),
        at: 1
      )
      record.items.append(
        Record.Item(
          "fields",
          "Fields",
          "字段",
          .rows(HouseholdChanges.sides(base: base, current, view.proposed ?? base, codes))
        )
      )
    }
    return record
  }

  static let historyColumns: [Rows.Column] = [
    .init("version", "Version", "版本"), .init("effective_on", "Effective", "生效日期"),
    .init("recorded_at", "Recorded", "记录时间"), .init("kind", "Kind", "事项"),
    .init("status", "Status", "状态"), .init("actor", "By", "经办"),
    .init("fields", "Fields", "字段"), .init("reason", "Reason", "理由"),
    .init("sequence", "Entry", "日志序号"),
  ]

  /// A line of a household's history.
  static func row(_ entry: HistoryEntry) -> [Value] {
    [
      .text(String(entry.version)), day(entry.effectiveOn), ChinaTime.value(entry.recordedAt),
      entry.change.map { HouseholdForm.choice($0.kind, kinds) } ?? .absent,
      HouseholdForm.choice(entry.status, HouseholdForm.statuses), .text(entry.actor),
      entry.fields.isEmpty ? .absent : .list(entry.fields.map { .text($0) }),
      text(entry.change?.reason ?? ""), .text(String(entry.sequence)),
    ]
  }

  static let handOverColumns: [Rows.Column] = [
    .init("id", "Id", "编号"), .init("household", "Household", "户内部编号"),
    .init("household_version", "Version", "版本"), .init("destination", "To", "迁入地"),
    .init("day", "Day", "日期"), .init("state", "State", "状态"),
    .init("recorded_by", "Recorded by", "经办"),
  ]

  static let handOverStates: [(HandOverState, Text)] = [
    (.ready, Text(en: "on its way", zh: "移交中")), (.taken, Text(en: "taken", zh: "已接收")),
    (.returned, Text(en: "returned", zh: "已退回")),
  ]

  /// A line of a list of hand-overs.
  static func row(_ handOver: HandOver) -> [Value] {
    [
      .text(Hexadecimal.text(handOver.id)), .text(Hexadecimal.text(handOver.household)),
      .text(String(handOver.householdVersion)), .text(handOver.destination), day(handOver.day),
      HouseholdForm.choice(handOver.state, handOverStates),
      .text(handOver.recordedBy),
    ]
  }

  static func day(_ number: Int32) -> Value {
    Day(yyyymmdd: Int(number)).map { .text($0.text) } ?? .absent
  }

  static func text(_ text: String) -> Value { text.isEmpty ? .absent : .text(text) }
}
