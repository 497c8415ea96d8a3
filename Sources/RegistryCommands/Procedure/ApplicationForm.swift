internal import RPCCore
internal import RegistryAPI
internal import RegistryModel

/// An application as it is printed.
enum ApplicationForm {
  /// The whole application, its file last.
  static func record(
    _ application: Application,
    _ codes: CodeLists,
    _ language: Language
  ) -> Record {
    let state = ProcedureState(application.state)
    var items: [Record.Item] = [
      .init("id", "Id", "编号", .text(Hexadecimal.text(application.id))),
      .init("number", "Number", "申请编号", .text(application.number)),
      .init("version", "Version", "版本", .text(String(application.version))),
      .init("state", "State", "状态", ProcedureWords.value(application.state)),
      .init(
        "next",
        "Next",
        "下一步",
        state.map { .text(ProcedureAdvice.next($0)(language)) } ?? .absent
      ),
      .init("period", "Period", "年度", .text(String(application.period))),
      .init("last_day", "Last step", "最近步骤", ProcedureWords.day(application.lastDay)),
      .init("recorded_at", "Recorded", "记录时间", ChinaTime.value(application.recordedAt)),
      .init("rejected_at", "Refused at", "否决级别", ProcedureWords.value(application.rejectedAt)),
      .init(
        "poverty_decision",
        "Poverty office",
        "扶贫认定",
        ProcedureWords.value(application.povertyDecision)
      ),
      .init(
        "security_decision",
        "Civil affairs",
        "民政认定",
        ProcedureWords.value(application.securityDecision)
      ),
      .init(
        "category",
        "Category",
        "贫困户属性",
        HouseholdForm.choice(application.category, HouseholdForm.categories)
      ),
      .init(
        "registered_household",
        "Registered as",
        "登记户",
        id(application.registeredHousehold)
      ),
      .init("previous_household", "Comes back", "返贫原户", id(application.previousHousehold)),
    ]
    if let appraisal = application.appraisal { items.append(item(appraisal)) }
    if let examination = application.examination { items.append(item(examination)) }
    items += [
      .init("notices", "Notices", "公示", .rows(notices(application.notices))),
      .init("objections", "Objections", "异议", .rows(objections(application.objections))),
      .init(
        "possible_duplicates",
        "Possible duplicates",
        "疑似重复",
        .rows(duplicates(application.possibleDuplicates))
      ),
      .init("steps", "Steps", "办理过程", .rows(steps(application))),
    ]
    if let household = application.household {
      items.append(
        .init("household", "File", "申请档案", .record(HouseholdForm.record(household, codes)))
      )
    }
    return Record(items)
  }

  /// The steps in their order.
  static func steps(_ application: Application) -> Rows {
    Rows(
      [
        .init("version", "Version", "版本"), .init("day", "Day", "日期"),
        .init("move", "Step", "步骤"), .init("from", "From", "原状态"),
        .init("to", "To", "新状态"), .init("person", "Person", "办理人"),
        .init("actor", "Identity", "身份"), .init("signed", "Signed", "签名"),
        .init("reason", "Reason", "理由"),
      ],
      application.steps.map { taken in
        let step = try? Step(wireArray: taken.step)
        return [
          .text(String(taken.version)), ProcedureWords.day(taken.day), move(taken, step),
          ProcedureWords.value(taken.from), ProcedureWords.value(taken.to), .text(taken.person),
          .text(taken.actor), .flag(!taken.signature.isEmpty),
          step.map { $0.reason.isEmpty ? .absent : .text($0.reason) } ?? .absent,
        ]
      }
    )
  }

  /// Notices are the node's own steps: their octets are no `Step` with a move.
  private static func move(_ taken: TakenStep, _ step: Step?) -> Value {
    let move = step.flatMap { ProcedureMove($0) } ?? implied(taken)
    return move.map { .coded($0.rawValue, ProcedureWords.name($0)) } ?? .absent
  }

  /// The move of a step without one of its own: recording, or a notice opened or closed.
  private static func implied(_ taken: TakenStep) -> ProcedureMove? {
    guard let to = ProcedureState(taken.to) else { return nil }
    guard let from = ProcedureState(taken.from) else { return .apply }
    if to.noticeLevel != nil { return .openNotice }
    return from.noticeLevel != nil ? .closeNotice : nil
  }

  private static func item(_ appraisal: Appraisal) -> Record.Item {
    .init(
      "appraisal",
      "Appraisal",
      "民主评议",
      .record(
        Record([
          .init("present", "Present", "到会人数", .integer(Int64(appraisal.present))),
          .init("votes_for", "For", "赞成票", .integer(Int64(appraisal.votesFor))),
          .init("votes_against", "Against", "反对票", .integer(Int64(appraisal.votesAgainst))),
          .init("abstained", "Abstained", "弃权票", .integer(Int64(appraisal.abstained))),
          .init("minutes", "Minutes", "会议记录", id(appraisal.minutes)),
        ])
      )
    )
  }

  private static func item(_ examination: Examination) -> Record.Item {
    .init(
      "examination",
      "Examination",
      "乡镇审核",
      .record(
        Record([
          .init("accepted", "For it", "同意", .flag(examination.accepted)),
          .init(
            "net_per_person",
            "Net per person",
            "人均纯收入",
            examination.netPerPerson.map { .money(fen: $0.fen) } ?? .absent
          ),
          .init(
            "income_year",
            "Income year",
            "收入年度",
            examination.incomeYear == 0 ? .absent : .text(String(examination.incomeYear))
          ),
          .init(
            "line",
            "Line",
            "扶贫标准",
            examination.line.map { .money(fen: $0.fen) } ?? .absent
          ),
          .init("line_division", "Line of", "标准所属区划", .text(examination.lineDivision)),
          .init(
            "able_to_work",
            "Able to work",
            "有劳动能力",
            ProcedureWords.value(examination.ableToWork)
          ),
        ])
      )
    )
  }

  private static func notices(_ notices: [NoticeEntry]) -> Rows {
    Rows(
      [
        .init("level", "Level", "级别"), .init("opened_on", "Posted", "张贴"),
        .init("closed_on", "Closed", "结束"), .init("notice", "Notice", "公示"),
      ],
      notices.map {
        [
          ProcedureWords.value($0.level), ProcedureWords.day($0.openedOn),
          ProcedureWords.day($0.closedOn), id($0.notice),
        ]
      }
    )
  }

  private static func objections(_ objections: [Objection]) -> Rows {
    Rows(
      [
        .init("objection", "No.", "序号"), .init("day", "Day", "日期"),
        .init("text", "Objection", "异议"), .init("answered_on", "Answered", "答复日期"),
        .init("upheld", "Upheld", "成立"), .init("reason", "Reason", "理由"),
      ],
      objections.enumerated().map { place, objection in
        [
          .text(String(place + 1)), ProcedureWords.day(objection.day), .text(objection.text),
          ProcedureWords.day(objection.answeredOn),
          objection.answeredOn == 0 ? .absent : .flag(objection.upheld),
          objection.reason.isEmpty ? .absent : .text(objection.reason),
        ]
      }
    )
  }

  private static func duplicates(_ duplicates: [PossibleDuplicate]) -> Rows {
    Rows(
      [
        .init("duplicate", "No.", "序号"), .init("member", "Member", "成员"),
        .init("household", "Household", "所在户"),
        .init("application", "Application", "所在申请"), .init("settled", "Settled", "已处理"),
        .init("same_person", "Same person", "同一人"), .init("reason", "Reason", "理由"),
      ],
      duplicates.enumerated().map { place, duplicate in
        [
          .text(String(place + 1)), .text(String(duplicate.member)), id(duplicate.household),
          id(duplicate.application), .flag(duplicate.settled),
          duplicate.settled ? .flag(duplicate.samePerson) : .absent,
          duplicate.reason.isEmpty ? .absent : .text(duplicate.reason),
        ]
      }
    )
  }

  private static func id(_ bytes: [UInt8]) -> Value {
    bytes.isEmpty ? .absent : .text(Hexadecimal.text(bytes))
  }
}
