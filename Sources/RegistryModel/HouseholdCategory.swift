/// What civil affairs decided for its own list; numbered as in messages.
package enum CivilAffairsDecision: Int32, Sendable, Hashable, CaseIterable {
  case dibao = 1
  case fiveGuarantee = 2
  case neither = 3
}

/// A household's category: follows from the two offices' decisions and is never typed in.
package enum HouseholdCategory: Int32, Sendable, Hashable, CaseIterable {
  /// 扶贫户: under the poverty line, able and willing to work.
  case povertyObject = 1
  /// 低保户: on minimum living security.
  case dibao = 2
  /// 扶贫低保户: both.
  case povertyObjectWithDibao = 3
  /// 五保户: five-guarantee, which excludes the rest.
  case fiveGuarantee = 4

  /// The category of a pair of decisions; nil when both refused.
  /// - Throws: a `RuleError` when a five-guarantee household is a poverty object too.
  package static func derived(
    povertyObject: Bool,
    civilAffairs: CivilAffairsDecision
  ) throws(RuleError) -> HouseholdCategory? {
    try pair(povertyObject: povertyObject, civilAffairs: civilAffairs).get()
  }

  static func pair(
    povertyObject: Bool,
    civilAffairs: CivilAffairsDecision
  ) -> Result<HouseholdCategory?, RuleError> {
    switch (povertyObject, civilAffairs) {
    case (true, .neither): .success(.povertyObject)
    case (false, .dibao): .success(.dibao)
    case (true, .dibao): .success(.povertyObjectWithDibao)
    case (false, .fiveGuarantee): .success(.fiveGuarantee)
    case (false, .neither): .success(nil)
    case (true, .fiveGuarantee): .failure(RuleError(.fiveGuaranteeExcludes))
    }
  }

  /// The decisions that make this category.
  package var decisions: (povertyObject: Bool, civilAffairs: CivilAffairsDecision) {
    switch self {
    case .povertyObject: (true, .neither)
    case .dibao: (false, .dibao)
    case .povertyObjectWithDibao: (true, .dibao)
    case .fiveGuarantee: (false, .fiveGuarantee)
    }
  }
}

/// The twelve causes of poverty, coded by their place on the form (items A3a and A3b).
package enum PovertyCause: Int32, Sendable, Hashable, CaseIterable {
  case illness = 1
  case disability = 2
  case schooling = 3
  case disaster = 4
  case land = 5
  case water = 6
  case technology = 7
  case labour = 8
  case funds = 9
  case transport = 10
  case motivation = 11
  case other = 12

  /// The cause under which reports count this one.
  package var reported: ReportCause {
    switch self {
    case .funds: .funds
    case .illness: .illness
    case .labour: .labour
    case .technology: .technology
    case .disability: .disability
    case .disaster: .disaster
    case .schooling: .schooling
    case .land, .water, .transport, .motivation, .other: .other
    }
  }
}

/// The eight causes that reports print, in the order of the 2010 progress report.
package enum ReportCause: Int32, Sendable, Hashable, CaseIterable {
  case funds = 1
  case illness = 2
  case labour = 3
  case technology = 4
  case disability = 5
  case disaster = 6
  case schooling = 7
  case other = 8

  /// The name in English.
  package var english: String {
    switch self {
    case .funds: "lack of funds"
    case .illness: "long-term illness"
    case .labour: "lack of labour"
    case .technology: "lack of technology"
    case .disability: "disability"
    case .disaster: "disaster"
    case .schooling: "schooling"
    case .other: "other"
    }
  }

  /// The name in Chinese.
  package var chinese: String {
    switch self {
    case .funds: "缺资金"
    case .illness: "长期患病"
    case .labour: "缺劳力"
    case .technology: "缺技术"
    case .disability: "残疾"
    case .disaster: "灾害"
    case .schooling: "就学"
    case .other: "其他"
    }
  }
}
