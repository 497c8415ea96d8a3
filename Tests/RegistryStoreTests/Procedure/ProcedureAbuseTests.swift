import RPCProtobuf
import RegistryAPI
import RegistryModel
import SQL
import TestDatabases
import Testing

@testable import RegistryStore

/// What an office might try, by mistake or on purpose: no stage is passed over, nobody judges an own
/// decision, nothing grows without bounds, nothing outside ends the program.
@Suite(.timeLimit(.minutes(1))) struct ProcedureAbuseTests {
  @Test(arguments: [UInt32.max, 2012, 2008, 1])
  func aPeriodFarOffIsRefused(period: UInt32) async throws {
    try await ProcedureTests.atDesk(on: .sqlite) { desk, _ in
      let far = NewApplication(household: Sample.household(1), period: period)
      let result = try #require(try await desk.apply([far]).first)
      #expect(result.violations.first?.rule == "procedure.period")
    }
  }

  @Test(arguments: TestDatabase.all)
  func anAppealPassesNoStageOver(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let first = Sample.household(1)
      _ = try await desk.apply([NewApplication(household: first)])
      for (index, by) in [(2, Desk.township), (3, Desk.poverty)] {
        var second = Sample.household(index, village: Fixture.villages[1])
        second.members[0].identity?.name = first.members[0].identity?.name ?? ""
        let result = try #require(
          try await desk.apply([NewApplication(household: second)], by: Desk.otherVillage).first
        )
        var now = try await desk.get(result.application)
        for place in now.possibleDuplicates.indices {
          guard now.state == .applied else { break }
          let answer = DuplicateAnswer(duplicate: UInt32(place + 1), samePerson: true)
          now = try await desk.step(now, by: by, .settleDuplicate(answer), reason: "同一人")
        }
        #expect(now.state == .rejected)
        now = try await desk.step(now, by: Desk.otherVillage, .appeal(Appeal()), reason: "并非同一人")
        now = try await desk.step(
          now,
          by: Desk.secondPoverty,
          .decideAppeal(Verdict(accepted: true)),
          reason: "并非同一人"
        )
        // Nobody appraised it yet.
        #expect(now.state == .applied)
      }
    }
  }

  @Test(arguments: TestDatabase.all)
  func whoRefusedInEitherOrderDecidesNoAppeal(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.examined(try await desk.applied(1))
      let refused = PovertyApproval(decision: .refused)
      now = try await desk.step(now, by: Desk.poverty, .approvePoverty(refused), reason: "不符")
      let neither = SecurityApproval(decision: .neither)
      now = try await desk.step(now, by: Desk.security, .approveSecurity(neither), reason: "不符")
      now = try await desk.step(now, by: Desk.village, .appeal(Appeal()), reason: "收入核查有误")
      try await desk.step(
        now,
        by: Desk.poverty,
        .decideAppeal(Verdict(accepted: false)),
        reason: "维持",
        breaks: "procedure.same-person"
      )
    }
  }

  @Test(arguments: TestDatabase.all)
  func anAppealPassesNoQuota(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      var first = try await desk.applied(1)
      first = try await desk.step(first, by: Desk.village, .appraise(Desk.appraisal))
      first = try await desk.step(first, by: Desk.village, .decide(Verdict(accepted: true)))
      try await desk.postAndClose(by: Desk.village)
      first = try await desk.get(first.id)
      var refusal = Desk.examination()
      refusal.accepted = false
      first = try await desk.step(first, by: Desk.township, .examine(refusal), reason: "收入偏高")
      first = try await desk.step(first, by: Desk.village, .appeal(Appeal()), reason: "核查有误")
      let village = try #require(DivisionCode(Fixture.villages[0]))
      let id = try #require(desk.store.division(code: village)).id
      desk.store.context.book.update { $0.quotas[.init(division: id, period: 2010)] = 3 }
      let uphold = Step.Move.decideAppeal(Verdict(accepted: true))
      try await desk.step(first, by: Desk.poverty, uphold, reason: "同意", breaks: "quota.exceeded")
      first = try await desk.step(
        first,
        by: Desk.poverty,
        uphold,
        reason: "同意",
        overQuota: "申诉成立"
      )
      #expect(first.state == .villageNoticed)
    }
  }

  @Test(arguments: TestDatabase.all)
  func namesakesOfOneCallAreFound(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let first = Sample.household(1)
      var second = Sample.household(2)
      second.members[0].identity?.name = first.members[0].identity?.name ?? ""
      let results = try await desk.apply([
        NewApplication(household: first), NewApplication(household: second),
      ])
      #expect(results.map(\.possibleDuplicates) == [0, 1])
      let application = try await desk.get(results[1].application)
      #expect(application.possibleDuplicates.map(\.application) == [results[0].application])
      let listed = try await desk.store.applications(
        ListApplicationsRequest(),
        scope: try desk.scope(Desk.village, .applicationRead)
      )
      #expect(listed.applications.map(\.possibleDuplicates) == [0, 1])
    }
  }

  @Test(arguments: TestDatabase.all)
  func aStepIsBounded(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      let application = try await desk.applied(1)
      var step = Step(application: application.id, baseVersion: 1)
      step.move = .withdraw(Withdrawal())
      // A field that no version knows, as large as a message may be.
      let padding: [UInt8] = [0xfa, 0x3f, 0x80, 0x80, 0x80, 0x01]
      let octets = try step.serializedBytes() + padding + [UInt8](repeating: 0, count: 2 << 20)
      let results = try await desk.store.recordSteps(
        RecordStepsRequest(steps: [octets]),
        signer: StepSigner(name: "", certificate: []),
        scope: try desk.scope(Desk.village, .step)
      ).response.results
      #expect(results.first?.violations.first?.rule == "procedure.step-size")
      #expect(try await desk.get(application.id) == application)
    }
  }

  @Test(arguments: TestDatabase.all)
  func objectionsWithoutEndHoldUpNoNotice(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      var now = try await desk.applied(1)
      now = try await desk.step(now, by: Desk.village, .appraise(Desk.appraisal))
      now = try await desk.step(now, by: Desk.village, .decide(Verdict(accepted: true)))
      let notice = try #require(try await desk.open(by: Desk.village).notice)
      now = try await desk.get(now.id)
      let object = Step.Move.object(ObjectionInput(text: "异议"))
      while now.steps.count < Procedure.stepLimit {
        now = try await desk.step(now, by: Desk.village, object)
      }
      try await desk.step(now, by: Desk.village, object, breaks: "procedure.too-many-steps")
      for place in 1...now.objections.count {
        let answer = ObjectionAnswer(objection: UInt32(place))
        now = try await desk.step(now, by: Desk.village, .answer(answer), reason: "不属实")
      }
      #expect(try await desk.close(notice.id, by: Desk.village).notice?.version == 2)
      #expect(try await desk.get(now.id).state == .villageNoticed)
    }
  }

  @Test(arguments: TestDatabase.all)
  func anAmendmentTakesNobodyFromARegisteredFile(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let registered = try await desk.noticed(try await desk.applied(1))
      try await desk.step(registered, by: Desk.poverty, .register(Registration()))
      let second = try await desk.applied(2)
      var draft = Sample.household(2)
      draft.members[1] = Sample.household(1).members[1]
      try await desk.step(
        second,
        by: Desk.village,
        .amend(Amendment(household: draft)),
        breaks: "duplicate.on-file"
      )
    }
  }

  @Test(arguments: TestDatabase.all)
  func nothingIsSentBackToWhereItIs(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let now = try await desk.examined(try await desk.applied(1))
      try await desk.step(
        now,
        by: Desk.poverty,
        .returnTo(Return(to: .county)),
        reason: "重审",
        breaks: "return.level"
      )
    }
  }

  @Test(arguments: TestDatabase.all)
  func aPageOfNoticesFitsIntoAMessage(on database: TestDatabase) async throws {
    let fixture = try Fixture(on: database)
    let store = try fixture.open { $0.limits.namedPerPage = 3 }
    let desk = try Desk(store)
    try desk.relax()
    var posted: [[UInt8]] = []
    // Two in the first notice, four in the second, which stands on a page of its own, one in the third.
    for (index, count) in [2, 4, 1].enumerated() {
      for serial in 0..<count {
        var now = try await desk.applied(index * 10 + serial)
        now = try await desk.step(now, by: Desk.village, .appraise(Desk.appraisal))
        try await desk.step(now, by: Desk.village, .decide(Verdict(accepted: true)))
      }
      posted.append(try #require(try await desk.open(by: Desk.village).notice).id)
    }
    var pages: [[[UInt8]]] = []
    var request = ListNoticesRequest()
    repeat {
      let page = try await store.listNotices(
        request,
        scope: try desk.scope(Desk.township, .applicationRead)
      )
      pages.append(page.notices.map(\.id))
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    #expect(pages == posted.map { [$0] })
    await store.close()
  }

  @Test(arguments: TestDatabase.all)
  func anApplicationIsFoundByAPersonOfItsFile(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let noticed = try await desk.noticed(try await desk.applied(1))
      let done = try await desk.step(noticed, by: Desk.poverty, .register(Registration()))
      let text = done.household?.members.last?.identity?.citizenId ?? ""
      let today = desk.store.context.environment.today
      let reference = try ApplicationReference(.init(by: .citizenId(text)), today: today)
      let scope = try desk.scope(Desk.village, .applicationRead)
      #expect(try await desk.store.application(reference, scope: scope).id == done.id)
      let other = try desk.scope(Desk.otherVillage, .applicationRead)
      await #expect(throws: StoreError(.notFound, "")) {
        try await desk.store.application(reference, scope: other)
      }
      // Of one state, by an office below the county.
      let listed = try await desk.store.applications(
        ListApplicationsRequest(states: [.registered]),
        scope: scope
      )
      #expect(listed.applications.map(\.id) == [done.id])
    }
  }
}
