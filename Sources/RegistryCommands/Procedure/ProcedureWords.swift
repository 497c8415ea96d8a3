internal import RegistryAPI
internal import RegistryModel

/// The procedure's states, levels, decisions and offices as values with their names.
enum ProcedureWords {
  /// A state with its name; the code is its stable name.
  static func value(_ state: ApplicationState) -> Value {
    guard let state = ProcedureState(state) else { return .absent }
    return value(state)
  }

  static func value(_ state: ProcedureState) -> Value { .coded(state.slug, name(state)) }

  static func name(_ state: ProcedureState) -> Text { Text(en: state.english, zh: state.chinese) }

  /// A level with its name.
  static func value(_ level: DivisionLevel) -> Value {
    guard let tier = DivisionTier(rawValue: level.rawValue) else { return .absent }
    return .coded(tier.slug, name(tier))
  }

  static func name(_ tier: DivisionTier) -> Text {
    switch tier {
    case .state: Text(en: "state", zh: "国家")
    case .province: Text(en: "province", zh: "省级")
    case .prefecture: Text(en: "prefecture", zh: "地级")
    case .county: Text(en: "county", zh: "县级")
    case .township: Text(en: "township", zh: "乡级")
    case .village: Text(en: "village", zh: "村级")
    }
  }

  /// An office, as the procedure's table names it.
  static func name(_ office: ProcedureOffice) -> Text {
    switch office {
    case .village: Text(en: "village committee", zh: "村民委员会")
    case .township: Text(en: "township government", zh: "乡镇人民政府")
    case .poverty: Text(en: "county poverty office", zh: "县扶贫办")
    case .security: Text(en: "county civil affairs", zh: "县民政局")
    default:
      Text(
        en: "\(office.level.slug) \(office.kind.rawValue)",
        zh: name(office.level).zh + office.kind.chinese
      )
    }
  }

  static func name(_ move: ProcedureMove) -> Text { Text(en: move.english, zh: move.chinese) }

  /// The command that takes a move.
  static func command(_ move: ProcedureMove) -> String {
    switch move {
    case .apply: "apply"
    case .openNotice: "notice open"
    case .closeNotice: "notice close"
    case .approvePoverty, .approveSecurity: "application approve"
    default: "application \(move.rawValue)"
    }
  }

  /// A day as messages write it; absent for none.
  static func day(_ number: Int32) -> Value {
    Day(yyyymmdd: Int(number)).map { .text($0.text) } ?? .absent
  }

  static let povertyDecisions: [(PovertyDecision, String, Text)] = [
    (.object, "object", Text(en: "object", zh: "扶贫对象")),
    (.refused, "refused", Text(en: "refused", zh: "不列入")),
  ]

  static let securityDecisions: [(SecurityDecision, String, Text)] = [
    (.dibao, "dibao", Text(en: "dibao", zh: "低保")),
    (.fiveGuarantee, "five-guarantee", Text(en: "five-guarantee", zh: "五保")),
    (.neither, "neither", Text(en: "neither", zh: "无")),
  ]

  static func value(_ decision: PovertyDecision) -> Value {
    povertyDecisions.first { $0.0 == decision }.map { .coded($0.1, $0.2) } ?? .absent
  }

  static func value(_ decision: SecurityDecision) -> Value {
    securityDecisions.first { $0.0 == decision }.map { .coded($0.1, $0.2) } ?? .absent
  }

  static func value(_ answer: Answer) -> Value {
    answer == .yes ? .flag(true) : answer == .no ? .flag(false) : .absent
  }
}
