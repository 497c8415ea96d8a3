import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// Random offices take thousands of random steps, and every outcome and count is compared with a
/// simple reference of the rules.
@Suite(.timeLimit(.minutes(3))) struct ProcedureModelTests {
  private struct Player {
    let uri: String
    let actor: ProcedureReference.Actor
  }

  private static let players: [Player] = [
    (Desk.village, "village", Set([0])), (Desk.otherVillage, "village", [1]),
    (Desk.township, "township", [0, 1]), (Desk.promoted, "township", [0, 1]),
    (Desk.otherTownship, "township", []), (Desk.poverty, "poverty", [0, 1]),
    (Desk.secondPoverty, "poverty", [0, 1]), (Desk.security, "security", [0, 1]),
  ].map { uri, office, villages in
    let parts = uri.split(separator: "/")
    return Player(
      uri: uri,
      actor: ProcedureReference.Actor(
        office: office,
        person: String(parts[3]),
        villages: villages,
        place: "\(parts[1])/\(parts[2])"
      )
    )
  }

  @Test(arguments: [UInt64(1), 2, 3]) func agreesWithTheReference(seed: UInt64) async throws {
    try await play(seed, on: .sqlite)
  }

  @Test(.enabled(if: TestDatabase.all.contains(.postgreSQL)))
  func agreesWithTheReferenceOnPostgreSQL() async throws { try await play(4, on: .postgreSQL) }

  private func play(_ seed: UInt64, on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      var game = try Game(desk, seed: seed)
      for turn in 0..<2_000 {
        try await game.play()
        if turn % 500 == 499 { try await game.compareCounts() }
      }
      try await game.compareAll()
      #expect(game.accepted > 250 && game.refused > 250, "\(game.accepted) \(game.refused)")
    }
  }

  private struct Game {
    let desk: Desk
    var random: SplitMix
    var reference = ProcedureReference()
    var ids: [[UInt8]] = []
    /// Open notices: id, level, files in them.
    var notices: [(id: [UInt8], level: String, files: Set<[UInt8]>, by: Player)] = []
    var accepted = 0
    var refused = 0
    var serial = 0

    init(_ desk: Desk, seed: UInt64) throws {
      self.desk = desk
      random = SplitMix(state: seed)
      let code = try #require(DivisionCode(Fixture.villages[0]))
      let village = try #require(desk.store.division(code: code)).id
      desk.store.context.book.update { $0.quotas[.init(division: village, period: 2010)] = 60 }
      reference.quotas = [0: 60]
    }

    mutating func play() async throws {
      switch random.below(12) {
      case 0 where ids.count < 60: try await apply()
      case 1, 2: try await post()
      case 3, 4: try await takeDown()
      default: try await step()
      }
    }

    private mutating func apply() async throws {
      let village = random.below(2)
      serial += 1
      let members = 1 + random.below(5)
      var household = Sample.household(serial, village: Fixture.villages[village], members: members)
      // Numbers that differ whatever the household's size, and names that nobody shares.
      for index in household.members.indices {
        household.members[index] = Sample.member(serial * 6 + index, head: index == 0)
        household.members[index].identity?.name = "人\(serial)之\(index)"
      }
      let by = village == 0 ? Desk.village : Desk.otherVillage
      let result = try #require(
        try await desk.apply([NewApplication(household: household)], by: by).first
      )
      #expect(result.violations == [])
      ids.append(result.application)
      reference.files[result.application] = .init(village: village, people: members)
    }

    private mutating func step() async throws {
      guard !ids.isEmpty else { return }
      let id = ids[random.below(ids.count)]
      let player = players[random.below(players.count)]
      let file = try #require(reference.files[id])
      // Mostly what the state asks for, so that files get on.
      let (message, move) = random.below(5) == 0 ? anyMove(file) : fittingMove(file)
      let isStale = random.below(40) == 0
      let reason = random.below(5) > 0
      let over = random.below(4) == 0
      var step = Step(application: id)
      step.baseVersion = isStale ? file.version + 1 : file.version
      step.reason = reason ? "理由" : ""
      step.overQuotaReason = over ? "超出理由" : ""
      step.move = message
      let actor = random.below(5) == 0 ? player : fittingPlayer(file, or: player)
      let result = try #require(try await desk.take([step], by: actor.uri).first)
      let expected = reference.take(
        move,
        on: id,
        by: actor.actor,
        version: step.baseVersion,
        reason: reason,
        overQuota: over
      )
      #expect(
        result.violations.first?.rule == expected,
        "\(move) in \(file.state) by \(actor.uri)"
      )
      if expected == nil { accepted += 1 } else { refused += 1 }
      if expected != "procedure.unknown" {
        #expect(result.version == reference.files[id]?.version)
        #expect(
          ProcedureState(result.state)?.slug == reference.files[id]?.state,
          "after \(move) in \(file.state)"
        )
      }
    }

    private mutating func fittingPlayer(
      _ file: ProcedureReference.File,
      or other: Player
    ) -> Player {
      let offices: [String]
      switch file.state {
      case "applied", "appraised", "village-decided", "village-notice": offices = ["village"]
      case "village-noticed", "examined", "township-notice": offices = ["township"]
      default: offices = ["poverty", "security"]
      }
      let fitting = players.filter {
        offices.contains($0.actor.office) && $0.actor.villages.contains(file.village)
      }
      return fitting.isEmpty ? other : fitting[random.below(fitting.count)]
    }

    private mutating func fittingMove(
      _ file: ProcedureReference.File
    ) -> (Step.Move, ProcedureReference.Move) {
      switch file.state {
      case "applied": return move(0)
      case "appraised": return move(1)
      case "village-noticed": return move(2)
      case "township-noticed", "approving": return move(3 + random.below(2))
      case "county-noticed": return move(9)
      case "rejected": return move(7)
      case "appealed": return move(8)
      case "village-notice", "township-notice", "county-notice":
        return move(10 + random.below(2), file)
      default: return anyMove(file)
      }
    }

    private mutating func anyMove(
      _ file: ProcedureReference.File
    ) -> (Step.Move, ProcedureReference.Move) {
      // Withdrawals end files: seldom.
      let kind = random.below(12)
      return move(kind == 6 && random.below(4) > 0 ? 5 : kind, file)
    }

    private mutating func move(
      _ kind: Int,
      _ file: ProcedureReference.File? = nil
    ) -> (Step.Move, ProcedureReference.Move) {
      switch kind {
      case 0:
        let present = 10 + random.below(20)
        let votes = random.below(5) == 0 ? present / 3 : present - random.below(3)
        let appraisal = Appraisal(
          present: UInt32(present),
          votesFor: UInt32(votes),
          votesAgainst: UInt32(present - votes)
        )
        return (.appraise(appraisal), .appraise(present: present, votes: votes))
      case 1:
        let accepted = random.below(6) > 0
        return (.decide(Verdict(accepted: accepted)), .decide(accepted))
      case 2:
        let accepted = random.below(6) > 0
        let yuan = Int64(800 + random.below(600))
        let able = random.below(4) > 0
        var examination = Desk.examination(yuan: yuan, able: able ? .yes : .no)
        examination.accepted = accepted
        return (.examine(examination), .examine(accepted, yuan: yuan, able: able))
      case 3:
        let decision = random.below(4) == 0 ? 2 : 1
        let message = PovertyApproval(decision: PovertyDecision(rawValue: Int32(decision)))
        return (.approvePoverty(message), .poverty(decision))
      case 4:
        let decision = 1 + random.below(3)
        let message = SecurityApproval(decision: SecurityDecision(rawValue: Int32(decision)))
        return (.approveSecurity(message), .security(decision))
      case 5:
        let (level, name) = [
          (DivisionLevel.village, "village"), (.township, "township"), (.county, "county"),
        ][random.below(3)]
        return (.returnTo(Return(to: level)), .back(name))
      case 6: return (.withdraw(Withdrawal()), .withdraw)
      case 7: return (.appeal(Appeal()), .appeal)
      case 8:
        let accepted = random.below(2) == 0
        return (.decideAppeal(Verdict(accepted: accepted)), .decideAppeal(accepted))
      case 9: return (.register(Registration()), .register)
      case 10: return (.object(ObjectionInput(text: "异议")), .object)
      default:
        let number = max(1, (file?.objectionCount ?? 0) - random.below(2))
        let upheld = random.below(2) == 0
        let answer = ObjectionAnswer(objection: UInt32(number), upheld: upheld)
        return (.answer(answer), .answer(number, upheld))
      }
    }

    private mutating func post() async throws {
      let (player, level) = [
        (players[0], "village"), (players[1], "village"), (players[2], "township"),
        (players[5], "county"),
      ][random.below(4)]
      let files = reference.open(level, villages: player.actor.villages)
      do {
        let response = try await desk.open(by: player.uri)
        let notice = try #require(response.notice)
        #expect(Set(notice.applications) == files)
        notices.append((notice.id, level, files, player))
      } catch let error as StoreError {
        #expect(error.code == .notFound && files.isEmpty)
      }
    }

    private mutating func takeDown() async throws {
      guard !notices.isEmpty else { return }
      let place = random.below(notices.count)
      let notice = notices[place]
      let response = try await desk.close(notice.id, by: notice.by.uri)
      let closes = reference.close(notice.level, notice.files)
      #expect((response.notice?.version == 2) == closes)
      if closes { notices.remove(at: place) }
    }

    /// Every division's count of every state, as kept, against the reference's files.
    func compareCounts() async throws {
      let kept = try desk.store.readers.with { reader in
        var kept: [String: (Int64, Int64)] = [:]
        try reader.connection.prepare(
          """
          SELECT d.code, c.state, c.applications, c.people FROM application_count c
          JOIN division d ON d.id = c.division WHERE c.applications <> 0 OR c.people <> 0
          """
        ).forEach { row in
          kept["\(row.int64(at: 0))/\(row.int64(at: 1))"] = (row.int64(at: 2), row.int64(at: 3))
        }
        return kept
      }
      var expected: [String: (Int64, Int64)] = [:]
      for file in reference.files.values {
        let state = ProcedureState.allCases.first { $0.slug == file.state }?.rawValue ?? 0
        let village = Fixture.villages[file.village]
        let codes = ["000000", "420000", "421200", "421224", "421224100000", village]
        for code in codes.compactMap({ DivisionCode($0) }) {
          let old = expected["\(code.value)/\(state)"] ?? (0, 0)
          expected["\(code.value)/\(state)"] = (old.0 + 1, old.1 + Int64(file.people))
        }
      }
      #expect(kept.mapValues { "\($0)" } == expected.mapValues { "\($0)" })
    }

    /// Every application on record against the reference's file.
    func compareAll() async throws {
      var registered = (households: Int64(0), people: Int64(0))
      for id in ids {
        let application = try await desk.get(id)
        let file = try #require(reference.files[id])
        #expect(ProcedureState(application.state)?.slug == file.state)
        #expect(application.version == file.version)
        #expect(UInt64(application.steps.count) == file.version)
        if file.state == "registered" {
          registered = (registered.households + 1, registered.people + Int64(file.people))
        }
      }
      let counts = try await desk.store.counts(
        of: "421224",
        scope: try Fixture.county(.statistics, in: desk.store)
      )
      #expect(counts.divisions.first?.tally.registered.households == registered.households)
      #expect(counts.divisions.first?.tally.registered.people == registered.people)
    }
  }
}

/// A small generator of repeatable numbers (SplitMix64, public domain).
struct SplitMix {
  var state: UInt64

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ z >> 31) % UInt64(count))
  }
}
