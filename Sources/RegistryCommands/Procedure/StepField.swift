/// A value of a step, as an option gives it for all rows or a CSV file for each.
enum StepField: String, Sendable, Hashable, CaseIterable {
  case version
  case day
  case reason
  case overQuotaReason = "over_quota_reason"
  case present
  case votesFor = "votes_for"
  case votesAgainst = "votes_against"
  case abstained
  case minutes
  case accepted
  case income
  case incomeYear = "income_year"
  case ableToWork = "able_to_work"
  case decision
  case to
  case objection
  case upheld
  case duplicate
  case samePerson = "same_person"
  case text

  /// The heading in Chinese.
  var chinese: String {
    switch self {
    case .version: "版本"
    case .day: "日期"
    case .reason: "理由"
    case .overQuotaReason: "超规模理由"
    case .present: "到会人数"
    case .votesFor: "赞成票"
    case .votesAgainst: "反对票"
    case .abstained: "弃权票"
    case .minutes: "会议记录"
    case .accepted: "同意"
    case .income: "人均纯收入"
    case .incomeYear: "收入年度"
    case .ableToWork: "有无劳动能力"
    case .decision: "决定"
    case .to: "退回至"
    case .objection: "异议序号"
    case .upheld: "异议成立"
    case .duplicate: "疑似重复序号"
    case .samePerson: "同一人"
    case .text: "内容"
    }
  }

  /// The field of a heading in either language; nil for none.
  init?(heading: String) {
    guard
      let field = Self.allCases.first(where: { $0.rawValue == heading || $0.chinese == heading })
    else { return nil }
    self = field
  }
}
