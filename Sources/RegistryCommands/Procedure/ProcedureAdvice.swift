internal import RegistryAPI
internal import RegistryModel

/// What to do next about an application, by its state and the rule that refused a step.
enum ProcedureAdvice {
  /// Who has the next move: the moves that lead on from a state, with office and command.
  static func next(_ state: ProcedureState) -> Text {
    let rows = ProcedureTable.rows.filter { row in
      row.from.contains(state) && (leading.contains(row.move) || state == .rejected)
    }
    guard !rows.isEmpty else {
      return Text(en: "no step leads further", zh: "没有后续步骤")
    }
    let moves = rows.map { row in
      Text(
        en: "\(row.move.english) (\(offices(row).en): \(ProcedureWords.command(row.move)))",
        zh: "\(row.move.chinese)（\(offices(row).zh)：\(ProcedureWords.command(row.move))）"
      )
    }
    return Text(
      en: moves.map(\.en).joined(separator: "; or "),
      zh: moves.map(\.zh).joined(separator: "；或 ")
    )
  }

  /// What helps against a rule; nil where its words say enough.
  static func words(_ rule: String, state: ApplicationState, number: String) -> Text? {
    switch ProcedureRule(rawValue: rule) {
    case .state, .office, .decisionMade, .appealLevel:
      guard let state = ProcedureState(state) else { return nil }
      return Text(
        en: "it is now: \(state.english); next: \(next(state).en)",
        zh: "现为：\(state.chinese)；下一步：\(next(state).zh)"
      )
    case .stale:
      return Text(
        en: "look at it again: application show \(number)",
        zh: "请重新查看：application show \(number)"
      )
    case .reasonMissing, .numberReview: return Text(en: "give --reason", zh: "请用 --reason 说明理由")
    case .quotaExceeded:
      return Text(en: "give --over-quota-reason", zh: "请用 --over-quota-reason 说明超出理由")
    case .signatureMissing, .signatureWrong:
      return Text(
        en: "sign with the key of the profile's certificate: --key",
        zh: "请用配置中证书对应的私钥签名：--key"
      )
    case .minutesMissing, .minutesUnknown:
      return Text(
        en: "attach them first: minutes attach FILE --village CODE, then --minutes DIGEST",
        zh: "请先附会议记录：minutes attach FILE --village CODE，再用 --minutes 指明"
      )
    case .noticeObjection:
      return Text(en: "answer it: application answer", zh: "请先答复：application answer")
    case .noticeDays:
      return Text(
        en: "notice show says from which day it may be closed",
        zh: "可用 notice show 查看最早结束日期"
      )
    case .duplicateOpen:
      return Text(
        en: "settle it: application settle-duplicate \(number)",
        zh: "请先处理：application settle-duplicate \(number)"
      )
    case .samePerson:
      return Text(en: "another person of the office decides", zh: "应由本机构其他人员决定")
    case .appraisalMajority:
      return Text(
        en: "refuse it with a reason, or send it back to be appraised anew",
        zh: "请说明理由予以否决，或退回重新评议"
      )
    default: return nil
    }
  }

  private static let leading: Set<ProcedureMove> = [
    .appraise, .decide, .openNotice, .closeNotice, .examine, .approvePoverty, .approveSecurity,
    .decideAppeal, .register,
  ]

  private static func offices(_ row: ProcedureRow) -> Text {
    let names = row.offices.map(ProcedureWords.name)
    return Text(
      en: names.map(\.en).joined(separator: " or "),
      zh: names.map(\.zh).joined(separator: "或")
    )
  }
}
