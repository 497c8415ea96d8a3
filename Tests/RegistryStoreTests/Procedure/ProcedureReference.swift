import RegistryAPI

/// The rules of the procedure as simply as they can be said, to be compared with the real ones: one
/// function, no table, nothing shared with the model but the messages.
struct ProcedureReference {
  struct File {
    var village: Int
    var people: Int
    var state = "applied"
    var version: UInt64 = 1
    var present = 0
    var votes = 0
    var income: Int64?
    var able = false
    var poverty = 0
    var security = 0
    var refusedAt = ""
    /// The persons whose decisions refused it.
    var refusedBy: Set<String> = []
    /// Who decided for one of the county's lists.
    var halves: Set<String> = []
    var appealUsed = false
    /// Who decided so far: person and office.
    var deciders: [String: String] = [:]
    /// The answers of the open notice's objections: nil waits, true upheld.
    var objections: [Bool?] = []
    /// Objections of all notices.
    var objectionCount = 0
  }

  struct Actor: Hashable {
    var office: String
    var person: String
    /// The villages of its area.
    var villages: Set<Int>
    var place: String
  }

  enum Move {
    case appraise(present: Int, votes: Int)
    case decide(Bool)
    case examine(Bool, yuan: Int64, able: Bool)
    case poverty(Int)
    case security(Int)
    case back(String)
    case withdraw
    case appeal
    case decideAppeal(Bool)
    case register
    case object
    case answer(Int, Bool)
  }

  static let line: Int64 = 1_274
  var files: [[UInt8]: File] = [:]
  var quotas: [Int: Int] = [:]

  /// The rule that refuses a move, or nil, and the file is changed.
  mutating func take(
    _ move: Move,
    on id: [UInt8],
    by actor: Actor,
    version: UInt64,
    reason: Bool,
    overQuota: Bool
  ) -> String? {
    guard var file = files[id], actor.villages.contains(file.village) else {
      return "procedure.unknown"
    }
    guard file.version == version else { return "procedure.stale" }
    if let rule = turn(move, file, actor) { return rule }
    if needsReason(move), !reason { return "procedure.reason-missing" }
    if isDecision(move), let office = file.deciders[actor.person], office != actor.place {
      return "procedure.same-person"
    }
    if let rule = carryOut(move, &file, actor) { return rule }
    let counts = Self.isProposed(file) && files[id].map(Self.isProposed) == false
    if counts, !overQuota, let quota = quotas[file.village],
      proposed(file.village) + file.people > quota
    {
      return "quota.exceeded"
    }
    if isDecision(move) { file.deciders[actor.person] = actor.place }
    file.version += 1
    files[id] = file
    return nil
  }

  func proposed(_ village: Int) -> Int {
    files.values.filter { $0.village == village && Self.isProposed($0) }
      .reduce(0) { $0 + $1.people }
  }

  private static func isProposed(_ file: File) -> Bool {
    !["applied", "appraised", "rejected", "withdrawn", "appealed"].contains(file.state)
  }

  /// Whose turn it is: first whether the office ever takes such a move, then the state.
  private func turn(_ move: Move, _ file: File, _ actor: Actor) -> String? {
    let rows: [(states: [String], offices: [String])]
    switch move {
    case .appraise: rows = [(["applied"], ["village"])]
    case .decide: rows = [(["appraised"], ["village"])]
    case .examine: rows = [(["village-noticed"], ["township"])]
    case .poverty: rows = [(["township-noticed", "approving"], ["poverty"])]
    case .security: rows = [(["township-noticed", "approving"], ["security"])]
    case .back:
      rows = [
        (["appraised", "village-decided"], ["village"]),
        (["village-noticed", "examined"], ["township"]),
        (
          ["township-noticed", "approving", "approved", "county-noticed"],
          ["poverty", "security"]
        ),
      ]
    case .withdraw:
      let ends = ["registered", "rejected", "withdrawn"]
      rows = [(ends.contains(file.state) ? [] : [file.state], ["village"])]
    case .appeal: rows = [(["rejected"], ["village", "township"])]
    case .decideAppeal: rows = [(["appealed"], ["township", "poverty"])]
    case .register: rows = [(["county-noticed"], ["poverty"])]
    case .object:
      rows = [
        (["village-notice"], ["village", "township"]),
        (["township-notice"], ["township", "poverty", "security"]),
        (["county-notice"], ["poverty", "security"]),
      ]
    case .answer:
      rows = [
        (["village-notice"], ["village", "township"]), (["township-notice"], ["township"]),
        (["county-notice"], ["poverty"]),
      ]
    }
    guard rows.contains(where: { $0.offices.contains(actor.office) }) else {
      return "procedure.office"
    }
    guard let row = rows.first(where: { $0.states.contains(file.state) }) else {
      return "procedure.state"
    }
    return row.offices.contains(actor.office) ? nil : "procedure.office"
  }

  private func needsReason(_ move: Move) -> Bool {
    switch move {
    case .back, .appeal, .decideAppeal, .answer: true
    case .decide(let accepted): !accepted
    case .examine(let accepted, _, _): !accepted
    case .poverty(let decision): decision == 2
    case .security(let decision): decision == 3
    default: false
    }
  }

  private func isDecision(_ move: Move) -> Bool {
    switch move {
    case .back, .appeal, .withdraw, .register, .object: false
    default: true
    }
  }

  private func carryOut(_ move: Move, _ file: inout File, _ actor: Actor) -> String? {
    switch move {
    case .appraise(let present, let votes):
      (file.present, file.votes, file.state) = (present, votes, "appraised")
    case .decide(let accepted):
      if !accepted { return refuse(&file, "village", actor) }
      if file.votes * 2 <= file.present { return "appraisal.majority" }
      file.state = "village-decided"
    case .examine(let accepted, let yuan, let able):
      if !accepted { return refuse(&file, "township", actor) }
      (file.income, file.able, file.state) = (yuan, able, "examined")
    case .poverty(let decision):
      if file.poverty != 0 { return "decision.made" }
      if decision == 1, (file.income ?? 0) >= Self.line { return "income.over-line" }
      if decision == 1, !file.able { return "decision.not-able-to-work" }
      file.poverty = decision
      file.halves.insert(actor.person)
      return join(&file, actor)
    case .security(let decision):
      if file.security != 0 { return "decision.made" }
      file.security = decision
      file.halves.insert(actor.person)
      return join(&file, actor)
    case .back(let level):
      let allowed = ["village": 1, "township": 2, "county": 3]
      let reach = ["village": 1, "township": 2, "poverty": 3, "security": 3][actor.office] ?? 0
      let place = ["village-noticed": "township", "township-noticed": "county"][file.state]
      guard let depth = allowed[level], depth <= reach, level != place else {
        return "return.level"
      }
      reset(&file, level)
    case .withdraw:
      file.state = "withdrawn"
    case .appeal:
      if file.appealUsed { return "appeal.used" }
      file.state = "appealed"
    case .decideAppeal(let accepted):
      let office = file.refusedAt == "village" ? "township" : "poverty"
      if actor.office != office { return "appeal.level" }
      if file.refusedBy.contains(actor.person) { return "procedure.same-person" }
      if accepted {
        reset(&file, file.refusedAt)
      } else {
        (file.appealUsed, file.state, file.refusedBy) = (true, "rejected", [actor.person])
      }
    case .register:
      file.state = "registered"
    case .object:
      file.objections.append(nil)
      file.objectionCount += 1
    case .answer(let number, let upheld):
      let before = file.objectionCount - file.objections.count
      let place = number - 1 - before
      guard file.objections.indices.contains(place) else { return "objection.unknown" }
      guard file.objections[place] == nil else { return "objection.answered" }
      file.objections[place] = upheld
    }
    return nil
  }

  private func refuse(_ file: inout File, _ level: String, _ actor: Actor) -> String? {
    (file.state, file.refusedAt, file.refusedBy) = ("rejected", level, [actor.person])
    if level == "county" { file.refusedBy = file.halves }
    return nil
  }

  private func join(_ file: inout File, _ actor: Actor) -> String? {
    if file.poverty == 1, file.security == 2 { return "category.five-guarantee-excludes" }
    if file.poverty == 0 || file.security == 0 {
      file.state = "approving"
    } else if file.poverty == 2, file.security == 3 {
      return refuse(&file, "county", actor)
    } else {
      file.state = "approved"
    }
    return nil
  }

  private func reset(_ file: inout File, _ level: String) {
    (file.poverty, file.security, file.halves) = (0, 0, [])
    if level != "county" { (file.income, file.able) = (nil, false) }
    if level == "village" { (file.present, file.votes) = (0, 0) }
    file.state =
      ["village": "applied", "township": "village-noticed", "county": "township-noticed"][level]
      ?? file.state
  }

  /// Posts what waits at a level; returns the files that are in the notice.
  mutating func open(_ level: String, villages: Set<Int>) -> Set<[UInt8]> {
    let from = ["village": "village-decided", "township": "examined", "county": "approved"][level]
    let posted = files.filter { villages.contains($0.value.village) && $0.value.state == from }
    for id in posted.keys {
      files[id]?.state = "\(level)-notice"
      files[id]?.version += 1
      files[id]?.objections = []
    }
    return Set(posted.keys)
  }

  /// Closes a notice with these files; false, and nothing happens, while an objection waits.
  mutating func close(_ level: String, _ ids: Set<[UInt8]>) -> Bool {
    let inside = ids.filter { files[$0]?.state == "\(level)-notice" }
    if inside.contains(where: { files[$0]?.objections.contains { $0 == nil } == true }) {
      return false
    }
    for id in inside {
      guard var file = files[id] else { continue }
      if file.objections.contains(true) {
        reset(&file, level)
      } else {
        file.state = "\(level)-noticed"
      }
      file.objections = []
      file.version += 1
      files[id] = file
    }
    return true
  }
}
