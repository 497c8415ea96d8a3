import Journal
import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import SQLite
import TestDatabases
import Testing

@testable import RegistryStore

@Suite(.timeLimit(.minutes(1))) struct ProcedureTests {
  /// Runs a body at the desk of a new store, whose check must find nothing in the end.
  static func atDesk(
    on database: TestDatabase,
    _ body: (Desk, Fixture) async throws -> Void
  ) async throws {
    let fixture = try Fixture(on: database)
    let store = try fixture.open()
    let desk = try Desk(store)
    try await body(desk, fixture)
    let scope = try Fixture.county(.check, in: store)
    let wrong = try await store.check(deep: true, scope: scope) { progress in
      for finding in progress.findings { Issue.record("\(finding.check) \(finding.place)") }
    }
    #expect(wrong == 0)
    await store.close()
  }

  private func person(_ application: Application) throws -> GetHouseholdRequest {
    let number = application.household?.members.first?.identity?.citizenId ?? ""
    return GetHouseholdRequest(by: .citizenId(number))
  }

  @Test(arguments: TestDatabase.all)
  func fromTheVillageToTheRegister(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, fixture in
      try desk.relax()
      let applied = try await desk.applied(1)
      #expect(applied.state == .applied && applied.version == 1)
      #expect(ApplicationNumber(applied.number) != nil)
      let noticed = try await desk.noticed(applied)
      #expect(noticed.state == .countyNoticed && noticed.category == .both)
      #expect(noticed.examination?.line == Money(fen: 127_400))
      #expect(noticed.examination?.lineDivision == "000000")
      let done = try await desk.step(noticed, by: Desk.poverty, .register(Registration()))
      #expect(done.state == .registered)
      let today = Day(of: fixture.now)
      let stored = try desk.store.household(
        HouseholdReference(try person(done), today: today),
        scope: try Fixture.county(.get, in: desk.store)
      )
      let household = try stored.household()
      // The file has the application's id, and so its key.
      #expect(household.id == applied.id && done.registeredHousehold == applied.id)
      #expect(household.classification?.category == .both && household.status == .registered)
      #expect(household.change?.kind == .registration && household.change?.application == done.id)
      #expect(household.classification?.identifiedOn == Int32(today.yyyymmdd))
      let counts = try await desk.store.counts(
        of: "421224100201",
        scope: try Fixture.county(.statistics, in: desk.store)
      )
      #expect(counts.divisions.first?.tally.registered.households == 1)
      #expect(counts.divisions.first?.tally.identified(.povertyObjectWithDibao).people == 4)
    }
  }

  @Test(arguments: TestDatabase.all)
  func everyDecisionIsSignedAndProvesIt(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var applications: [Application] = []
      for index in 0..<5 { applications.append(try await desk.applied(index)) }
      let steps = applications.map { application in
        var step = Step(application: application.id, baseVersion: application.version)
        step.move = .appraise(Desk.appraisal)
        return step
      }
      let unsigned = try await desk.take(steps, by: Desk.village, signs: false)
      #expect(unsigned.allSatisfy { $0.violations.first?.rule == "signature.missing" })
      let results = try await desk.take(steps, by: Desk.village)
      #expect(results.allSatisfy { $0.violations.isEmpty && $0.state == .appraised })
      let hasher = try SHA256Context()
      for application in applications {
        let taken = try #require(try await desk.get(application.id).steps.last)
        let root = SignedList.root(
          of: taken.step,
          at: taken.place,
          count: taken.count,
          proof: taken.proof.compactMap { Hash256($0) },
          using: hasher
        )
        let octets = SignedList.signedOctets(count: taken.count, root: try #require(root))
        let stored = try desk.store.readers.with { reader in
          let row = try reader.connection.prepare(
            "SELECT certificate FROM signer WHERE digest = $1"
          )
          row.bind(taken.certificate, at: 1)
          return try row.first { $0.bytes(at: 0) }
        }
        let certificate = try SignerCertificate(der: try #require(stored))
        #expect(try certificate.verifies(taken.signature, of: octets))
        #expect(try !certificate.verifies(taken.signature, of: octets + [0]))
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func aSignatureOfAnotherListOrPersonIsRefused(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      let application = try await desk.applied(1)
      var step = Step(application: application.id, baseVersion: 1)
      step.move = .appraise(Desk.appraisal)
      let octets = try step.serializedBytes()
      let list = SignedList([octets, octets], using: try SHA256Context())
      for (key, signed) in [
        (Desk.village, list.signedOctets),
        (Desk.township, SignedList([octets], using: try SHA256Context()).signedOctets),
      ] {
        let signature = try desk.clerk(key).key.sign(signed)
        let results = try await desk.store.recordSteps(
          RecordStepsRequest(steps: [octets], signature: StepSignature(value: signature)),
          signer: StepSigner(name: "", certificate: try desk.clerk(Desk.village).certificate),
          scope: try desk.scope(Desk.village, .step)
        ).response.results
        #expect(results.first?.violations.first?.rule == "signature.wrong")
      }
      #expect(try await desk.get(application.id).version == 1)
    }
  }

  @Test(arguments: TestDatabase.all)
  func nobodyDecidesForTwoOffices(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.applied(1)
      now = try await desk.step(now, by: Desk.village, .appraise(Desk.appraisal))
      now = try await desk.step(now, by: Desk.village, .decide(Verdict(accepted: true)))
      try await desk.postAndClose(by: Desk.village)
      now = try await desk.get(now.id)
      let examination = Desk.examination()
      try await desk.step(
        now,
        by: Desk.promoted,
        .examine(examination),
        breaks: "procedure.same-person"
      )
      try await desk.step(
        now,
        by: Desk.otherTownship,
        .examine(examination),
        breaks: "procedure.unknown"
      )
      try await desk.step(now, by: Desk.poverty, .examine(examination), breaks: "procedure.office")
      try await desk.step(
        now,
        by: Desk.village,
        .appraise(Desk.appraisal),
        breaks: "procedure.state"
      )
      #expect(try await desk.get(now.id) == now)
    }
  }

  @Test(arguments: TestDatabase.all)
  func bothCountyOfficesDecideInEitherOrder(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.examined(try await desk.applied(1))
      let five = SecurityApproval(decision: .fiveGuarantee)
      let object = PovertyApproval(decision: .object)
      now = try await desk.step(now, by: Desk.security, .approveSecurity(five))
      #expect(now.state == .approving)
      try await desk.step(
        now,
        by: Desk.security,
        .approveSecurity(five),
        breaks: "decision.made"
      )
      try await desk.step(
        now,
        by: Desk.poverty,
        .approvePoverty(object),
        breaks: "category.five-guarantee-excludes"
      )
      let refused = PovertyApproval(decision: .refused)
      try await desk.step(
        now,
        by: Desk.poverty,
        .approvePoverty(refused),
        breaks: "procedure.reason-missing"
      )
      now = try await desk.step(now, by: Desk.poverty, .approvePoverty(refused), reason: "五保户")
      #expect(now.state == .approved && now.category == .fiveGuarantee)
    }
  }

  @Test(arguments: TestDatabase.all)
  func twoRefusalsAreARejectionAndAnAppealGoesToSomebodyElse(on database: TestDatabase) async throws
  {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.examined(try await desk.applied(1))
      let neither = SecurityApproval(decision: .neither)
      now = try await desk.step(now, by: Desk.security, .approveSecurity(neither), reason: "不符")
      let refused = PovertyApproval(decision: .refused)
      now = try await desk.step(now, by: Desk.poverty, .approvePoverty(refused), reason: "不符")
      #expect(now.state == .rejected && now.rejectedAt == .county)
      now = try await desk.step(now, by: Desk.village, .appeal(Appeal()), reason: "收入核查有误")
      let uphold = Verdict(accepted: true)
      try await desk.step(
        now,
        by: Desk.township,
        .decideAppeal(uphold),
        reason: "同意",
        breaks: "appeal.level"
      )
      try await desk.step(
        now,
        by: Desk.poverty,
        .decideAppeal(uphold),
        reason: "同意",
        breaks: "procedure.same-person"
      )
      now = try await desk.step(
        now,
        by: Desk.secondPoverty,
        .decideAppeal(uphold),
        reason: "重新审批"
      )
      #expect(now.state == .townshipNoticed && now.povertyDecision == .unspecified)
    }
  }

  @Test(arguments: TestDatabase.all)
  func anObjectionIsAnsweredBeforeTheFileMoves(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var first = try await desk.applied(1)
      var second = try await desk.applied(2)
      for application in [first, second] {
        let now = try await desk.step(application, by: Desk.village, .appraise(Desk.appraisal))
        try await desk.step(now, by: Desk.village, .decide(Verdict(accepted: true)))
      }
      let notice = try #require(try await desk.open(by: Desk.village).notice)
      #expect(notice.applications.count == 2)
      first = try await desk.get(first.id)
      #expect(first.state == .villageNotice)
      let objection = ObjectionInput(text: "该户有新建楼房")
      first = try await desk.step(first, by: Desk.village, .object(objection))
      let early = try await desk.close(notice.id, by: Desk.village)
      #expect(early.results.first?.violations.first?.rule == "notice.objection-open")
      #expect(try await desk.get(second.id).state == .villageNotice)
      let answer = ObjectionAnswer(objection: 1, upheld: true)
      first = try await desk.step(first, by: Desk.village, .answer(answer), reason: "经核实属实")
      let closed = try await desk.close(notice.id, by: Desk.village)
      #expect(closed.notice?.version == 2)
      first = try await desk.get(first.id)
      second = try await desk.get(second.id)
      #expect(first.state == .applied && first.appraisal == nil && first.wasSentBack)
      #expect(second.state == .villageNoticed)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aNoticeHangsForItsDays(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, fixture in
      var now = try await desk.applied(1)
      now = try await desk.step(now, by: Desk.village, .appraise(Desk.appraisal))
      now = try await desk.step(now, by: Desk.village, .decide(Verdict(accepted: true)))
      let notice = try #require(try await desk.open(by: Desk.village).notice)
      await #expect(throws: StoreError(.invalid, "")) {
        try await desk.close(notice.id, by: Desk.village)
      }
      fixture.now = Instant(microseconds: fixture.now.microseconds + 7 * 86_400_000_000)
      #expect(try await desk.close(notice.id, by: Desk.village).results.count == 1)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aQuotaIsPassedWithAReasonOnly(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      let village = try #require(DivisionCode(Fixture.villages[0]))
      let id = try #require(desk.store.division(code: village)).id
      desk.store.context.book.update { $0.quotas[.init(division: id, period: 2010)] = 5 }
      let accept = Step.Move.decide(Verdict(accepted: true))
      var first = try await desk.applied(1)
      first = try await desk.step(first, by: Desk.village, .appraise(Desk.appraisal))
      first = try await desk.step(first, by: Desk.village, accept)
      var second = try await desk.applied(2)
      second = try await desk.step(second, by: Desk.village, .appraise(Desk.appraisal))
      try await desk.step(second, by: Desk.village, accept, breaks: "quota.exceeded")
      second = try await desk.step(second, by: Desk.village, accept, overQuota: "全村受灾")
      #expect(second.state == .villageDecided)
    }
  }

  @Test(arguments: TestDatabase.all)
  func nobodyAppliesTwice(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      let application = try await desk.applied(1)
      let same = Sample.household(1, village: Fixture.villages[1])
      let again = try await desk.apply([NewApplication(household: same)], by: Desk.otherVillage)
      #expect(
        again.first?.violations.map(\.rule) == Array(repeating: "duplicate.applied", count: 4)
      )
      // Two in one call.
      let third = Sample.household(3)
      let both = try await desk.apply([
        NewApplication(household: third, row: 7), NewApplication(household: third, row: 11),
      ])
      #expect(both.map(\.violations.isEmpty) == [true, false])
      #expect(both.last?.row == 11 && both.last?.violations.first?.row == 11)
      let withdrawn = try await desk.step(application, by: Desk.village, .withdraw(Withdrawal()))
      #expect(withdrawn.state == .withdrawn)
      let free = try await desk.apply([NewApplication(household: same)], by: Desk.otherVillage)
      #expect(free.first?.violations == [])
    }
  }

  @Test(arguments: TestDatabase.all)
  func namesakesOfOneBirthDateAreSettled(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      let first = Sample.household(1)
      var second = Sample.household(2, village: Fixture.villages[1])
      second.members[0].identity?.name = first.members[0].identity?.name ?? ""
      _ = try await desk.apply([NewApplication(household: first)])
      let result = try #require(
        try await desk.apply([NewApplication(household: second)], by: Desk.otherVillage).first
      )
      #expect(result.possibleDuplicates == 1)
      let application = try await desk.get(result.application)
      let answer = DuplicateAnswer(duplicate: 1, samePerson: true)
      let settled = try await desk.step(
        application,
        by: Desk.township,
        .settleDuplicate(answer),
        reason: "同一人"
      )
      #expect(settled.state == .rejected && settled.rejectedAt == .township)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aStaleStepIsRefusedWithBothVersions(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      let application = try await desk.applied(1)
      try await desk.step(application, by: Desk.village, .appraise(Desk.appraisal))
      var step = Step(application: application.id, baseVersion: 1)
      step.move = .withdraw(Withdrawal())
      let result = try #require(try await desk.take([step], by: Desk.village).first)
      #expect(result.violations.first?.rule == "procedure.stale")
      #expect(result.conflict?.baseVersion == 1 && result.conflict?.currentVersion == 2)
      #expect(result.state == .appraised)
    }
  }

  @Test(arguments: TestDatabase.all)
  func aRepeatedCallReturnsTheFirstAnswer(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      let key = [UInt8](repeating: 7, count: 16)
      let household = NewApplication(household: Sample.household(1))
      let first = try await desk.apply([household], key: key)
      #expect(try await desk.apply([household], key: key) == first)
      await #expect(throws: StoreError(.keyReused, "")) {
        try await desk.apply([NewApplication(household: Sample.household(2))], key: key)
      }
      let list = try await desk.store.applications(
        ListApplicationsRequest(),
        scope: try desk.scope(Desk.village, .applicationRead)
      )
      #expect(list.applications.count == 1)
    }
  }

  @Test(arguments: TestDatabase.all)
  func theInboxShowsWhatWaitsForAnOffice(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      let now = try await desk.examined(try await desk.applied(1))
      _ = try await desk.applied(2)
      func inbox(_ uri: String) async throws -> [ApplicationState] {
        try await desk.store.applications(
          ListApplicationsRequest(waitingForMe: true),
          scope: try desk.scope(uri, .applicationRead)
        ).applications.map(\.state)
      }
      #expect(try await inbox(Desk.village) == [.applied])
      #expect(try await inbox(Desk.otherVillage) == [])
      #expect(try await inbox(Desk.township) == [])
      #expect(try await inbox(Desk.security) == [.townshipNoticed])
      let dibao = SecurityApproval(decision: .dibao)
      try await desk.step(now, by: Desk.security, .approveSecurity(dibao))
      #expect(try await inbox(Desk.security) == [])
      #expect(try await inbox(Desk.poverty) == [.approving])
    }
  }

  @Test(arguments: TestDatabase.all)
  func anAppealWaitsForTheLevelAboveTheRefusal(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.applied(1)
      now = try await desk.step(now, by: Desk.village, .appraise(Desk.appraisal))
      let refusal = Step.Move.decide(Verdict(accepted: false))
      now = try await desk.step(now, by: Desk.village, refusal, reason: "不符")
      try await desk.step(now, by: Desk.village, .appeal(Appeal()), reason: "评议有误")
      for (office, count) in [(Desk.township, 1), (Desk.poverty, 0), (Desk.village, 0)] {
        let list = try await desk.store.applications(
          ListApplicationsRequest(waitingForMe: true),
          scope: try desk.scope(office, .applicationRead)
        )
        #expect(list.applications.count == count, "\(office)")
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func whatLiesTooLongAgoIsNotEntered(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, fixture in
      func apply(daysAgo: Int32) async throws -> String? {
        let today = Day(of: fixture.now)
        let day = Day(daysSince1970: today.daysSince1970 - daysAgo)
        let application = NewApplication(
          household: Sample.household(100 + Int(daysAgo)),
          day: Int32(day.yyyymmdd)
        )
        return try await desk.apply([application]).first?.violations.first?.rule
      }
      for (days, rule) in [
        (91, "procedure.day-late"), (90, nil), (-1, "procedure.day-future"),
      ] as [(Int32, String?)] {
        let told = try await apply(daysAgo: days)
        #expect(told == rule)
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func minutesAreKeptSealedAndNamedByTheirDigest(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      let state = try #require(DivisionCode("000000"))
      let day = try #require(Day(yyyymmdd: 2000_01_01))
      desk.store.context.book.update {
        $0.policy.set(
          .init(division: state, name: .appraisalMinutes, validFrom: day, value: 1)
        )
      }
      let application = try await desk.applied(1)
      var appraisal = Desk.appraisal
      try await desk.step(
        application,
        by: Desk.village,
        .appraise(appraisal),
        breaks: "appraisal.minutes-missing"
      )
      appraisal.minutes = [UInt8](repeating: 9, count: 32)
      try await desk.step(
        application,
        by: Desk.village,
        .appraise(appraisal),
        breaks: "appraisal.minutes-unknown"
      )
      let minutes = Minutes(
        division: Fixture.villages[0],
        mediaType: "text/plain",
        name: "会议记录.txt",
        content: Array("出席二十人".utf8)
      )
      let kept = try await desk.store.attachMinutes(
        AttachMinutesRequest(minutes: minutes),
        scope: try desk.scope(Desk.village, .minutes)
      ).response
      appraisal.minutes = kept.digest
      try await desk.step(application, by: Desk.village, .appraise(appraisal))
      let back = try await desk.store.minutes(
        GetMinutesRequest(digest: kept.digest, division: Fixture.villages[0]),
        scope: try desk.scope(Desk.township, .applicationRead)
      )
      #expect(back.content == minutes.content && back.name == minutes.name)
    }
  }

  @Test(arguments: TestDatabase.all)
  func stepsThatAreNoneAreRefusedByRow(on database: TestDatabase) async throws {
    try await Self.atDesk(on: database) { desk, _ in
      let application = try await desk.applied(1)
      let request = RecordStepsRequest(steps: [
        [0xff, 0xff], [], try Step(application: application.id, baseVersion: 1).serializedBytes(),
        try Step(application: [1], move: .withdraw(Withdrawal())).serializedBytes(),
      ])
      let results = try await desk.store.recordSteps(
        request,
        signer: StepSigner(name: "", certificate: []),
        scope: try desk.scope(Desk.village, .step)
      ).response.results
      #expect(
        results.map { $0.violations.first?.rule } == [
          "procedure.move-missing", "procedure.move-missing", "procedure.move-missing",
          "procedure.unknown",
        ]
      )
      #expect(results.map(\.row) == [1, 2, 3, 4])
    }
  }

  @Test(arguments: [
    "DELETE FROM signer",
    "UPDATE signer SET identity = 'registry://421224/poverty-office/p0301'",
    "UPDATE signer SET certificate = x'30'",
  ])
  func theDeepCheckFindsDecisionsThatNobodySigned(statement: String) async throws {
    let fixture = try Fixture()
    let desk = try Desk(try fixture.open())
    let application = try await desk.applied(1)
    try await desk.step(application, by: Desk.village, .appraise(Desk.appraisal))
    await desk.store.close()
    do {
      let database = try SQLiteDatabase(path: fixture.path)
      try database.makeConnection(role: .writer).execute(statement)
    }
    let damaged = try fixture.open()
    let scope = try Fixture.county(.check, in: damaged)
    #expect(try await damaged.check(deep: true, scope: scope) { _ in } == 1)
    await damaged.close()
  }
}
