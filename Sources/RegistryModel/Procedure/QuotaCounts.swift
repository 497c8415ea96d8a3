/// What counts against a quota: applications and people of a division's period, by state.
package struct QuotaCounts: Sendable, Hashable {
  /// People decided for by the village or further on.
  package private(set) var proposed: Int64 = 0
  /// People examined and accepted by the township or further on.
  package private(set) var examined: Int64 = 0
  /// People approved by the county or further on.
  package private(set) var approved: Int64 = 0
  /// People registered.
  package private(set) var registered: Int64 = 0
  /// Applications that were neither refused nor withdrawn.
  package private(set) var applications: Int64 = 0

  /// Nobody.
  package init() {}

  /// Counts the applications in a state and their people.
  package mutating func add(_ state: ProcedureState, applications count: Int64, people: Int64) {
    switch state {
    case .rejected, .withdrawn: return
    default: applications += count
    }
    if ProcedureState.proposed.contains(state) { proposed += people }
    if ProcedureState.examinedOrFurther.contains(state) { examined += people }
    if ProcedureState.approvedOrFurther.contains(state) { approved += people }
    if state == .registered { registered += people }
  }

  /// The people beyond a quota at the furthest stage that passes it; 0 within, or without one.
  package func over(_ quota: Int64?) -> Int64 {
    guard let quota else { return 0 }
    let furthest = [registered, approved, examined, proposed].first { $0 > quota }
    return (furthest ?? quota) - quota
  }
}

extension ProcedureState {
  /// Decided for by the village, or further on.
  package static let proposed: [ProcedureState] = allCases.filter {
    (villageDecided.rawValue...registered.rawValue).contains($0.rawValue)
  }
  /// Examined and accepted by the township, or further on.
  package static let examinedOrFurther: [ProcedureState] = allCases.filter {
    (examined.rawValue...registered.rawValue).contains($0.rawValue)
  }
  /// Approved by the county, or further on.
  package static let approvedOrFurther: [ProcedureState] = allCases.filter {
    (approved.rawValue...registered.rawValue).contains($0.rawValue)
  }
}
