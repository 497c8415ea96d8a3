package import RegistryAPI

/// What can be done to an application; the raw value is the name on the command line.
package enum ProcedureMove: String, Sendable, Hashable, CaseIterable {
  case apply = "apply"
  case amend = "amend"
  case appraise = "appraise"
  case decide = "decide"
  case openNotice = "open-notice"
  case closeNotice = "close-notice"
  case object = "object"
  case answer = "answer"
  case examine = "examine"
  case approvePoverty = "approve-poverty"
  case approveSecurity = "approve-security"
  case settleDuplicate = "settle-duplicate"
  case sendBack = "return"
  case withdraw = "withdraw"
  case appeal = "appeal"
  case decideAppeal = "decide-appeal"
  case register = "register"

  /// The move of a step; nil for a step without one.
  package init?(_ step: Step) {
    switch step.move {
    case .appraise?: self = .appraise
    case .decide?: self = .decide
    case .examine?: self = .examine
    case .approvePoverty?: self = .approvePoverty
    case .approveSecurity?: self = .approveSecurity
    case .returnTo?: self = .sendBack
    case .withdraw?: self = .withdraw
    case .appeal?: self = .appeal
    case .decideAppeal?: self = .decideAppeal
    case .register?: self = .register
    case .amend?: self = .amend
    case .object?: self = .object
    case .answer?: self = .answer
    case .settleDuplicate?: self = .settleDuplicate
    case nil: return nil
    }
  }

  /// The most octets of a step's encoding: texts for most, a whole file for an amendment.
  package var octetLimit: Int { self == .amend ? 128 << 10 : 4 << 10 }

  /// The name in English.
  package var english: String { words.0 }
  /// The name in Chinese.
  package var chinese: String { words.1 }

  private var words: (String, String) {
    switch self {
    case .apply: ("record an application", "受理申请")
    case .amend: ("correct what was applied for", "更正申请")
    case .appraise: ("record the democratic appraisal", "登记民主评议")
    case .decide: ("decide in the village", "村级决定")
    case .openNotice: ("post a notice", "张榜公示")
    case .closeNotice: ("close a notice", "公示结束")
    case .object: ("record an objection", "登记异议")
    case .answer: ("answer an objection", "答复异议")
    case .examine: ("examine, with an income check", "审核并核查收入")
    case .approvePoverty: ("decide for the poverty list", "扶贫审批")
    case .approveSecurity: ("decide for the security list", "民政审批")
    case .settleDuplicate: ("settle a possible duplicate", "处理疑似重复")
    case .sendBack: ("send back", "退回")
    case .withdraw: ("withdraw", "撤回")
    case .appeal: ("appeal", "申诉")
    case .decideAppeal: ("decide an appeal", "申诉裁定")
    case .register: ("register", "登记建档")
    }
  }
}
