internal import RegistryAPI
internal import RegistryModel

/// Notices as tables.
enum NoticeTable {
  static let columns: [Rows.Column] = [
    .init("notice", "Notice", "公示"), .init("level", "Level", "级别"),
    .init("division", "Division", "行政区划"), .init("opened_on", "Posted", "张贴"),
    .init("closes_from", "May close from", "最早结束"), .init("closed_on", "Closed", "结束"),
    .init("applications", "Applications", "件数"), .init("place", "Place", "地点"),
  ]

  static func row(_ notice: Notice) -> [Value] {
    [
      .text(Hexadecimal.text(notice.id)), ProcedureWords.value(notice.level),
      .text(notice.division), ProcedureWords.day(notice.openedOn),
      ProcedureWords.day(notice.closesFrom), ProcedureWords.day(notice.closedOn),
      .integer(Int64(notice.applications.count)),
      notice.place.isEmpty ? .absent : .text(notice.place),
    ]
  }

  static func items(_ notice: Notice) -> [Record.Item] {
    zip(columns, row(notice)).map { Record.Item($0.key, $0.title.en, $0.title.zh, $1) }
  }

  /// A notice and what became of each of its applications.
  static func record(_ notice: Notice?, _ outcomes: [StepOutcome], _ language: Language) -> Record {
    Record(
      (notice.map(items) ?? [])
        + [
          .init("results", "Results", "结果", .rows(StepOutcome.rows(outcomes, language)))
        ]
    )
  }

  /// A notice with its lines.
  static func record(_ sheet: NoticeSheet, _ codes: CodeLists) -> Record {
    let lines = Rows(
      [
        .init("number", "Number", "申请编号"), .init("place", "Village, group", "村、组"),
        .init("head", "Head", "户主"), .init("members", "Members", "人数"),
        .init("category", "Category", "属性"), .init("main_cause", "Main cause", "主要致贫原因"),
      ],
      sheet.lines.map { line in
        [
          .text(line.number), .text(line.place), .text(line.head), .integer(Int64(line.members)),
          HouseholdForm.choice(line.category, HouseholdForm.categories),
          line.mainCause == 0 ? .absent : codes.cause.value(line.mainCause),
        ]
      }
    )
    return Record(
      items(sheet.notice ?? Notice()) + [
        .init("objections", "Objections", "异议", .integer(Int64(sheet.objections))),
        .init("synthetic", "Synthetic", "合成数据", .flag(sheet.synthetic)),
        .init("lines", "Households", "名单", .rows(lines)),
      ]
    )
  }
}
