/// What can be asked of a registry; the raw value is the word in the authorisation table.
package enum Operation: String, Sendable, Hashable, CaseIterable {
  case create = "create"
  case update = "update"
  case get = "get"
  case search = "search"
  case importRows = "import"
  case export = "export"
  case statistics = "statistics"
  case report = "report"
  case published = "published"
  case check = "check"
  case divisionRead = "division-read"
  case nodeInfo = "node-info"
  case apply = "apply"
  case step = "step"
  case notice = "notice"
  case minutes = "minutes"
  case applicationRead = "application-read"
  case setPolicy = "policy-set"
  case setPovertyLine = "poverty-line-set"
  case setDibaoStandard = "dibao-standard-set"
  case setQuota = "quota-set"
  case setCode = "code-set"
  case policyRead = "policy-read"
  case quotaRead = "quota-read"
  case change = "change"
  case settle = "settle"
  case proposalRead = "proposal-read"
  case handOverRead = "hand-over-read"
  case history = "history"
  case journalRead = "journal-read"
  case link = "link"
  case bundle = "bundle"
  case arrival = "arrival"
  case erase = "erase"
  case linkRead = "link-read"
  case linkControl = "link-control"
  case match = "match"
  case sample = "sample"
  case access = "access"
  case setRoster = "roster-set"
  case readRoster = "roster-read"
  case proposeRoster = "roster-propose"
  case follow = "follow"
  case setPilot = "pilot-set"
  case listPilot = "pilot-list"
  case readPilot = "pilot-read"
  case observe = "observe"

  /// The operation's name in Chinese.
  package var chinese: String {
    switch self {
    case .create: "登记"
    case .update: "修改"
    case .get: "查看"
    case .search: "查询"
    case .importRows: "导入"
    case .export: "导出"
    case .statistics: "统计"
    case .report: "报告"
    case .published: "公开统计"
    case .check: "核对"
    case .divisionRead: "查看区划"
    case .nodeInfo: "查看节点"
    case .apply: "受理申请"
    case .step: "办理步骤"
    case .notice: "公示"
    case .minutes: "会议记录"
    case .applicationRead: "查看申请"
    case .setPolicy: "设定程序参数"
    case .setPovertyLine: "设定扶贫标准"
    case .setDibaoStandard: "设定低保标准"
    case .setQuota: "设定规模控制数"
    case .setCode: "增加代码"
    case .policyRead: "查看程序参数"
    case .quotaRead: "查看规模控制数"
    case .change: "动态变更"
    case .settle: "处理变更建议"
    case .proposalRead: "查看变更建议"
    case .handOverRead: "查看移交"
    case .history: "查看历史"
    case .journalRead: "查看日志"
    case .link: "节点交换"
    case .bundle: "交换文件"
    case .arrival: "接收移入"
    case .erase: "销毁档案"
    case .linkRead: "查看交换"
    case .linkControl: "管理交换"
    case .match: "名单比对"
    case .sample: "随机抽样"
    case .access: "查阅记录"
    case .setRoster: "导入名册"
    case .readRoster: "名册比对"
    case .proposeRoster: "按名册提出建议"
    case .follow: "订阅农户变动"
    case .setPilot: "登记试点工作"
    case .listPilot: "列出试点工作记录"
    case .readPilot: "查看试点工作"
    case .observe: "查看服务器"
    }
  }

  /// Whether the operation changes records.
  package var writes: Bool {
    switch self {
    case .create, .update, .importRows, .apply, .step, .notice, .minutes, .setPolicy,
      .setPovertyLine, .setDibaoStandard, .setQuota, .setCode, .setPilot, .setRoster,
      .proposeRoster,
      .change, .settle, .link,
      .linkControl, .bundle,
      .arrival, .erase:
      true
    default: false
    }
  }
}

/// A set of the groups of fields that an office may or may not see; one group per sub-message.
///
/// Bit n stands for the `DisclosureClass` of number n in the messages.
package struct DisclosureClasses: OptionSet, Sendable, Hashable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Names, ID numbers, sex, birth date, relation, ethnic group.
  package static let identity = DisclosureClasses(rawValue: 1 << 1)
  /// Telephone and street address.
  package static let contact = DisclosureClasses(rawValue: 1 << 2)
  /// Bank and account number.
  package static let account = DisclosureClasses(rawValue: 1 << 3)
  /// Income, its sources, production cost.
  package static let income = DisclosureClasses(rawValue: 1 << 4)
  /// Health and disability.
  package static let health = DisclosureClasses(rawValue: 1 << 5)
  /// Education and schooling.
  package static let schooling = DisclosureClasses(rawValue: 1 << 6)
  /// Labour capacity and work away.
  package static let labour = DisclosureClasses(rawValue: 1 << 7)
  /// Insurance, pension, dibao, five-guarantee.
  package static let security = DisclosureClasses(rawValue: 1 << 8)
  /// Dwelling, water, electricity, reception, fuel, road.
  package static let dwelling = DisclosureClasses(rawValue: 1 << 9)
  /// Land and organisations.
  package static let production = DisclosureClasses(rawValue: 1 << 10)
  /// Category, causes, standard of identification.
  package static let classification = DisclosureClasses(rawValue: 1 << 11)
  /// Needs, plan, responsible cadre.
  package static let support = DisclosureClasses(rawValue: 1 << 12)

  /// Every class with its word in the table, in the order of the bits.
  package static let named: [(name: String, value: DisclosureClasses)] = [
    ("identity", .identity), ("contact", .contact), ("account", .account),
    ("income", .income), ("health", .health), ("schooling", .schooling),
    ("labour", .labour), ("security", .security), ("dwelling", .dwelling),
    ("production", .production), ("classification", .classification), ("support", .support),
  ]

  /// All classes: an office that sees its area whole.
  package static let all = DisclosureClasses(named.map(\.value))

  /// The words of the classes that are set.
  package var names: [String] {
    DisclosureClasses.named.filter { contains($0.value) }.map(\.name)
  }

  /// Reads `all`, `none` or words separated by spaces; nil when a word is unknown.
  package init?(words: String) {
    switch words {
    case "all": self = .all
    case "none": self = []
    default:
      var value: DisclosureClasses = []
      for word in words.split(separator: " ") {
        guard let named = DisclosureClasses.named.first(where: { $0.name == word }) else {
          return nil
        }
        value.insert(named.value)
      }
      guard !value.isEmpty else { return nil }
      self = value
    }
  }
}

/// Which people of its area an office sees at all.
package enum PeopleFilter: String, Sendable, Hashable, CaseIterable {
  /// Every household and member.
  case all = "all"
  /// Nobody: counts only.
  case none = "none"
  /// Members with a disability, and their households.
  case disabled = "disabled"
  /// Members of school age (`school_age.csv`), and their households.
  case schoolAge = "school-age"
  /// Members who are ill or disabled, and their households.
  case illOrDisabled = "ill-or-disabled"

  /// The groups of which it tells about somebody that the filter lets them be seen.
  package var tells: DisclosureClasses {
    switch self {
    case .all, .none: []
    case .disabled, .illOrDisabled: .health
    case .schoolAge: .identity
    }
  }
}
