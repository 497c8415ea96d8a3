package import RegistryAPI

/// Where an application stands, with the names that people read; numbered as in messages.
package enum ProcedureState: Int32, Sendable, Hashable, CaseIterable {
  case applied = 1
  case appraised = 2
  case villageDecided = 3
  case villageNotice = 4
  case villageNoticed = 5
  case examined = 6
  case townshipNotice = 7
  case townshipNoticed = 8
  case approving = 9
  case approved = 10
  case countyNotice = 11
  case countyNoticed = 12
  case registered = 13
  case rejected = 14
  case withdrawn = 15
  case appealed = 16

  /// The state of a message; nil for a number that is none.
  package init?(_ state: ApplicationState) { self.init(rawValue: state.rawValue) }

  /// The state as messages have it.
  package var message: ApplicationState { ApplicationState(rawValue: rawValue) }

  /// The stable name, on the command line and in tables of data.
  package var slug: String { words.0 }
  /// The name in English.
  package var english: String { words.1 }
  /// The name in Chinese.
  package var chinese: String { words.2 }

  /// Whether no step leads further, but an appeal.
  package var isEnd: Bool {
    switch self {
    case .registered, .rejected, .withdrawn: true
    default: false
    }
  }

  /// The level at which a notice hangs in this state; nil where none does.
  package var noticeLevel: DivisionTier? {
    switch self {
    case .villageNotice: .village
    case .townshipNotice: .township
    case .countyNotice: .county
    default: nil
    }
  }

  private var words: (String, String, String) {
    switch self {
    case .applied: ("applied", "applied", "已申请")
    case .appraised: ("appraised", "appraised", "已评议")
    case .villageDecided: ("village-decided", "decided by the village", "村级已决定")
    case .villageNotice: ("village-notice", "posted in the village", "村级公示中")
    case .villageNoticed: ("village-noticed", "waits for the township", "待乡镇审核")
    case .examined: ("examined", "examined by the township", "乡镇已审核")
    case .townshipNotice: ("township-notice", "posted in the township", "乡镇公示中")
    case .townshipNoticed: ("township-noticed", "waits for the county", "待县级审批")
    case .approving: ("approving", "decided by one county office", "县级审批中")
    case .approved: ("approved", "approved by the county", "县级已审批")
    case .countyNotice: ("county-notice", "posted in the county", "县级公示中")
    case .countyNoticed: ("county-noticed", "waits for registration", "待登记")
    case .registered: ("registered", "registered", "已登记建档")
    case .rejected: ("rejected", "refused", "已否决")
    case .withdrawn: ("withdrawn", "withdrawn", "已撤回")
    case .appealed: ("appealed", "appealed", "申诉中")
    }
  }
}
