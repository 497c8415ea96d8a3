package import RegistryAPI

/// The rules that what is set from above can break: parameters, lines, standards, quotas.
package enum SettingRule: String, Sendable, Hashable, CaseIterable {
  case count = "setting.count"
  case repeated = "setting.repeated"
  case divisionUnknown = "setting.division-unknown"
  case area = "setting.area"
  case policyName = "policy.name"
  case policyValue = "policy.value"
  case policyBackdated = "policy.backdated"
  case lineKind = "line.kind"
  case lineLevel = "line.level"
  case lineAmount = "line.amount"
  case lineYear = "line.year"
  case standardLevel = "standard.level"
  case quotaLevel = "quota.level"
  case quotaPeople = "quota.people"
  case quotaPeriod = "quota.period"
  case quotaAllotted = "quota.allotted"
  case quotaLowered = "quota.lowered"
  case codeList = "code.list"
  case codeNumber = "code.number"
  case codeName = "code.name"

  /// The rule in English, one clause without a full stop.
  package var english: String { words.0 }
  /// The rule in Chinese, one clause without a full stop.
  package var chinese: String { words.1 }

  /// The violation of this rule by a field.
  package func violation(_ field: String, row: UInt32 = 0) -> Violation {
    Violation(
      row: row,
      member: 0,
      field: field,
      rule: rawValue,
      messageEn: english,
      messageZh: chinese
    )
  }

  private var words: (String, String) {
    switch self {
    case .count:
      ("a request sets 1 to 100 parameters, or 1 to 1000 quotas", "每次设定1至100项参数或1至1000项规模")
    case .repeated: ("the same is set twice in one request", "同一请求中重复设定")
    case .divisionUnknown: ("the code is not a division on record", "行政区划代码未登记")
    case .area: ("the division lies outside the office's area", "该行政区划不在本机构辖区内")
    case .policyName: ("there is no parameter of this name", "没有此名称的参数")
    case .policyValue: ("the value lies outside the parameter's range", "参数值超出允许范围")
    case .policyBackdated:
      (
        "a parameter holds from today on or from a later day; only a node of generated people takes "
          + "one for the past",
        "参数只能自今日或以后生效；仅合成数据节点可设定过去的日期"
      )
    case .lineKind:
      ("a line's kind is that of the call that sets it", "标准类别应与所调用的设定一致")
    case .lineLevel:
      ("a poverty line is a county's or that of a division above", "扶贫标准应属县级或以上行政区划")
    case .lineAmount:
      ("an amount is over 0 and at most 1,000,000 yuan per person and year", "金额应大于0且不超过每人每年100万元")
    case .lineYear: ("the income year is 1990 to next year", "收入年度应在1990年至明年之间")
    case .standardLevel:
      ("a dibao standard is a county's or a prefecture's", "低保标准应属县级或地级行政区划")
    case .quotaLevel:
      (
        "quotas are set level by level: counties' from above, townships' by the county, villages' by "
          + "the township",
        "规模逐级下达：县级由上级下达，乡镇由县下达，村由乡镇下达"
      )
    case .quotaPeople: ("a quota is 0 to 100,000,000 people", "规模应为0至1亿人")
    case .quotaPeriod: ("the period is this year or the one before or after", "年度应为本年或相邻年度")
    case .quotaAllotted:
      (
        "the quotas below add up to more than the division above has: this needs a reason",
        "下级规模之和超过上级规模，须说明理由"
      )
    case .quotaLowered:
      (
        "the quota is lower than what is allotted below: this needs a reason",
        "规模低于已分配给下级的规模，须说明理由"
      )
    case .codeList: ("codes are added to the registry's own lists alone", "只能在本登记系统自编的代码表中增加代码")
    case .codeNumber:
      ("a code is 1 to 127, and none that comes with the program", "代码应为1至127，且不得与程序自带代码重复")
    case .codeName:
      (
        "a code has a name in Chinese and one in English, of 1 to 60 bytes, that no other of its list has",
        "代码应有中、英文名称，各1至60字节，且不与本表其他代码同名"
      )
    }
  }
}

/// Checks single records of what is set from above; what needs other records is the store's.
package struct SettingRules: Sendable {
  /// The most octets of a source or reason.
  package static let textLimit = 200
  /// The most people of a quota.
  package static let peopleLimit: Int64 = 100_000_000
  /// The highest line or standard in fen: a million yuan per person and year.
  package static let amountLimit: Int64 = 100_000_000
  /// The first income year that a line is set for.
  package static let firstYear = 1990

  /// The present day.
  package let today: Day
  /// Whether a parameter may hold from a day before today: on nodes of generated people, so that
  /// past periods can be tried.
  package let allowsPast: Bool

  /// Checks on a day.
  package init(today: Day, allowsPast: Bool) {
    self.today = today
    self.allowsPast = allowsPast
  }

  /// The rules that a parameter breaks.
  package func broken(_ parameter: PolicyParameter, row: UInt32) -> [Violation] {
    var broken: [Violation] = []
    if let name = PolicyName(rawValue: parameter.name) {
      if !name.range.contains(parameter.value) {
        broken.append(SettingRule.policyValue.violation("parameters.value", row: row))
      }
    } else {
      broken.append(SettingRule.policyName.violation("parameters.name", row: row))
    }
    if let day = Day(yyyymmdd: Int(parameter.validFrom)) {
      if day < today, !allowsPast {
        broken.append(SettingRule.policyBackdated.violation("parameters.valid_from", row: row))
      }
    } else {
      broken.append(Violation(.dateInvalid, row: row, member: 0, field: "parameters.valid_from"))
    }
    return broken + text(parameter.source, "parameters.source", row)
  }

  /// The most octets of a code's name.
  package static let nameLimit = 60

  /// The rules that an added code breaks, beside the lists that come with the program.
  package func broken(_ code: Code, row: UInt32, over bundled: CodeLists) -> [Violation] {
    var broken: [Violation] = []
    if let name = CodeListName(extensible: code.list) {
      if !(1...127).contains(code.code) || bundled[name].contains(code.code) {
        broken.append(SettingRule.codeNumber.violation("codes.code", row: row))
      }
      for (text, field) in [(code.nameZh, "codes.name_zh"), (code.nameEn, "codes.name_en")] {
        let isWrong =
          TextRules.trimmed(text).isEmpty || TextRules.broken(text, limit: Self.nameLimit) != nil
          || bundled[name].code(for: text) != nil
        if isWrong { broken.append(SettingRule.codeName.violation(field, row: row)) }
      }
    } else {
      broken.append(SettingRule.codeList.violation("codes.list", row: row))
    }
    return broken + text(code.source, "codes.source", row)
  }

  /// The rules that a line or standard breaks.
  package func broken(_ line: Line) -> [Violation] {
    var broken: [Violation] = []
    let fen = line.amount?.fen ?? 0
    if fen <= 0 || fen > Self.amountLimit {
      broken.append(SettingRule.lineAmount.violation("line.amount"))
    }
    if !(Self.firstYear...today.components.year + 1).contains(Int(line.year)) {
      broken.append(SettingRule.lineYear.violation("line.year"))
    }
    return broken + text(line.source, "line.source", 0)
  }

  /// The rules that a quota breaks by itself.
  package func broken(_ quota: Quota, row: UInt32) -> [Violation] {
    var broken: [Violation] = []
    if !(0...Self.peopleLimit).contains(quota.people) {
      broken.append(SettingRule.quotaPeople.violation("quotas.people", row: row))
    }
    let year = today.components.year
    if !(year - 1...year + 1).contains(Int(quota.period)) {
      broken.append(SettingRule.quotaPeriod.violation("quotas.period", row: row))
    }
    return broken + text(quota.reason, "quotas.reason", row)
  }

  private func text(_ text: String, _ field: String, _ row: UInt32) -> [Violation] {
    TextRules.broken(text, limit: Self.textLimit)
      .map { [Violation($0, row: row, member: 0, field: field)] } ?? []
  }
}
