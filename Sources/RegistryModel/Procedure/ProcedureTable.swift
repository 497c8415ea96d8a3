/// Who may take a step: an office's kind and the level of its division.
package struct ProcedureOffice: Sendable, Hashable {
  /// The kind.
  package let kind: OfficeKind
  /// The level.
  package let level: DivisionTier

  /// Names an office.
  package init(kind: OfficeKind, level: DivisionTier) {
    self.kind = kind
    self.level = level
  }

  /// The village committee.
  package static let village = ProcedureOffice(kind: .villageCommittee, level: .village)
  /// The township government.
  package static let township = ProcedureOffice(kind: .townshipGovernment, level: .township)
  /// The county's poverty office.
  package static let poverty = ProcedureOffice(kind: .povertyOffice, level: .county)
  /// The county's civil affairs office.
  package static let security = ProcedureOffice(kind: .civilAffairs, level: .county)
}

/// When a step must say why.
package enum ReasonRule: Sendable, Hashable {
  /// Never.
  case none
  /// Always.
  case always
  /// When it refuses.
  case refusal
}

/// One row of the procedure's table: a move, from where to where, by whom.
package struct ProcedureRow: Sendable, Hashable {
  /// The move.
  package let move: ProcedureMove
  /// The states in which it can be taken; empty for the first.
  package let from: [ProcedureState]
  /// The states to which it can lead; empty when it stays.
  package let to: [ProcedureState]
  /// The offices that may take it.
  package let offices: [ProcedureOffice]
  /// When it must say why.
  package let reason: ReasonRule
  /// Whether it is a decision, which carries the deciding person's signature.
  package let isDecision: Bool

  init(
    _ move: ProcedureMove,
    from: [ProcedureState],
    to: [ProcedureState] = [],
    by offices: [ProcedureOffice],
    reason: ReasonRule = .none,
    isDecision: Bool = false
  ) {
    self.move = move
    self.from = from
    self.to = to
    self.offices = offices
    self.reason = reason
    self.isDecision = isDecision
  }
}

/// The identification procedure as one table: everything else about states and moves follows from
/// it, what `registryctl procedure` prints included.
///
/// Source: document No. 31 of the State Council General Office (2010): application, democratic
/// appraisal, village decision, examination by the township, approval by two county offices, each
/// level's public notice before the next level decides.
package enum ProcedureTable {
  /// The rows. A move may have several, for different states and offices.
  package static let rows: [ProcedureRow] = [
    ProcedureRow(.apply, from: [], to: [.applied], by: [.village]),
    ProcedureRow(.amend, from: [.applied], by: [.village]),
    ProcedureRow(.appraise, from: [.applied], to: [.appraised], by: [.village], isDecision: true),
    ProcedureRow(
      .decide,
      from: [.appraised],
      to: [.villageDecided, .rejected],
      by: [.village],
      reason: .refusal,
      isDecision: true
    ),
    ProcedureRow(.openNotice, from: [.villageDecided], to: [.villageNotice], by: [.village]),
    ProcedureRow(.openNotice, from: [.examined], to: [.townshipNotice], by: [.township]),
    ProcedureRow(.openNotice, from: [.approved], to: [.countyNotice], by: [.poverty]),
    ProcedureRow(
      .closeNotice,
      from: [.villageNotice],
      to: [.villageNoticed, .applied],
      by: [.village]
    ),
    ProcedureRow(
      .closeNotice,
      from: [.townshipNotice],
      to: [.townshipNoticed, .villageNoticed],
      by: [.township]
    ),
    ProcedureRow(
      .closeNotice,
      from: [.countyNotice],
      to: [.countyNoticed, .townshipNoticed],
      by: [.poverty]
    ),
    ProcedureRow(.object, from: [.villageNotice], by: [.village, .township]),
    ProcedureRow(.object, from: [.townshipNotice], by: [.township, .poverty, .security]),
    ProcedureRow(.object, from: [.countyNotice], by: [.poverty, .security]),
    ProcedureRow(
      .answer,
      from: [.villageNotice],
      by: [.village, .township],
      reason: .always,
      isDecision: true
    ),
    ProcedureRow(
      .answer,
      from: [.townshipNotice],
      by: [.township],
      reason: .always,
      isDecision: true
    ),
    ProcedureRow(
      .answer,
      from: [.countyNotice],
      by: [.poverty],
      reason: .always,
      isDecision: true
    ),
    ProcedureRow(
      .examine,
      from: [.villageNoticed],
      to: [.examined, .rejected],
      by: [.township],
      reason: .refusal,
      isDecision: true
    ),
    ProcedureRow(
      .approvePoverty,
      from: [.townshipNoticed, .approving],
      to: [.approving, .approved, .rejected],
      by: [.poverty],
      reason: .refusal,
      isDecision: true
    ),
    ProcedureRow(
      .approveSecurity,
      from: [.townshipNoticed, .approving],
      to: [.approving, .approved, .rejected],
      by: [.security],
      reason: .refusal,
      isDecision: true
    ),
    ProcedureRow(
      .settleDuplicate,
      from: [.applied, .appraised, .villageDecided, .villageNoticed, .examined, .townshipNoticed],
      to: [.rejected],
      by: [.township, .poverty],
      reason: .always,
      isDecision: true
    ),
    ProcedureRow(
      .sendBack,
      from: [.appraised, .villageDecided],
      to: [.applied],
      by: [.village],
      reason: .always
    ),
    ProcedureRow(
      .sendBack,
      from: [.villageNoticed, .examined],
      to: [.applied, .villageNoticed],
      by: [.township],
      reason: .always
    ),
    ProcedureRow(
      .sendBack,
      from: [.townshipNoticed, .approving, .approved, .countyNoticed],
      to: [.applied, .villageNoticed, .townshipNoticed],
      by: [.poverty, .security],
      reason: .always
    ),
    ProcedureRow(
      .withdraw,
      from: ProcedureState.allCases.filter { !$0.isEnd },
      to: [.withdrawn],
      by: [.village]
    ),
    ProcedureRow(
      .appeal,
      from: [.rejected],
      to: [.appealed],
      by: [.village, .township],
      reason: .always
    ),
    ProcedureRow(
      .decideAppeal,
      from: [.appealed],
      to: [.applied, .villageNoticed, .townshipNoticed, .rejected],
      by: [.township, .poverty],
      reason: .always,
      isDecision: true
    ),
    ProcedureRow(.register, from: [.countyNoticed], to: [.registered], by: [.poverty]),
  ]

  /// The rows of a move.
  package static func rows(of move: ProcedureMove) -> [ProcedureRow] {
    byMove[move] ?? []
  }

  /// The states in which something waits for an office, in their order: its work list.
  package static func waiting(for office: ProcedureOffice) -> [ProcedureState] {
    let moves: Set<ProcedureMove> = [
      .appraise, .decide, .openNotice, .closeNotice, .examine, .approvePoverty, .approveSecurity,
      .decideAppeal, .register,
    ]
    let states = rows.filter { moves.contains($0.move) && $0.offices.contains(office) }
      .flatMap(\.from)
    return ProcedureState.allCases.filter(states.contains)
  }

  /// Whether a move is a decision, which must be signed.
  package static func isDecision(_ move: ProcedureMove) -> Bool {
    rows(of: move).contains(where: \.isDecision)
  }

  private static let byMove = Dictionary(grouping: rows, by: \.move)
}
