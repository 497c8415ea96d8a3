import RegistryAPI
import RegistryModel
import TestDatabases
import Testing

@testable import RegistryStore

/// Households that exited and come back by the procedure.
@Suite(.timeLimit(.minutes(1))) struct ReEntryTests {
  /// Registers a sample household by the procedure and lets it exit.
  private func exited(_ index: Int, _ desk: Desk) async throws -> Household {
    let noticed = try await desk.noticed(try await desk.applied(index))
    let done = try await desk.step(noticed, by: Desk.poverty, .register(Registration()))
    let change = Change(
      household: done.registeredHousehold,
      baseVersion: 1,
      reason: "已脱贫",
      kind: .exit(ExitChange(reason: 1))
    )
    _ = try await desk.store.submit(
      SubmitChangeRequest(change: change),
      scope: try desk.scope(Desk.poverty, .change)
    )
    return try household(of: Sample.household(index).members[0], desk)
  }

  /// The file in which a person is found.
  private func household(of member: Member, _ desk: Desk) throws -> Household {
    let request = GetHouseholdRequest(by: .citizenId(member.identity?.citizenId ?? ""))
    let today = desk.store.context.environment.today
    return try desk.store.household(
      HouseholdReference(request, today: today),
      scope: try Fixture.county(.get, in: desk.store)
    ).household()
  }

  private func apply(
    _ draft: Household,
    back old: Household,
    _ desk: Desk,
    breaks rule: String? = nil
  ) async throws -> [UInt8] {
    let given = NewApplication(household: draft, previousHousehold: old.number)
    let result = try #require(try await desk.apply([given]).first)
    #expect(result.violations.first?.rule == rule)
    return result.application
  }

  @Test(arguments: TestDatabase.all)
  func aHouseholdComesBackToItsOwnFile(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let old = try await exited(1, desk)
      #expect(old.status == .exited)
      let stranger = Sample.household(2)
      _ = try await apply(stranger, back: old, desk, breaks: "re-entry.people")
      let id = try await apply(Sample.household(1), back: old, desk)
      let application = try await desk.get(id)
      #expect(application.previousHousehold == old.id)
      // Nobody of the old household may be amended out of it.
      try await desk.step(
        application,
        by: Desk.village,
        .amend(Amendment(household: stranger)),
        breaks: "re-entry.people"
      )
      let noticed = try await desk.noticed(application)
      let done = try await desk.step(noticed, by: Desk.poverty, .register(Registration()))
      #expect(done.registeredHousehold == old.id)
      let back = try household(of: Sample.household(1).members[0], desk)
      #expect(back.id == old.id && back.number == old.number && back.version == old.version + 1)
      #expect(back.status == .registered && back.change?.kind == .reEntry)
      // A member's id never changes, also over an exit.
      #expect(back.members.map(\.id) == old.members.map(\.id))
    }
  }

  @Test(arguments: TestDatabase.all)
  func ofTwoThatComeBackToOneFileTheSecondWritesNothing(on database: TestDatabase) async throws {
    try await ProcedureTests.atDesk(on: database) { desk, _ in
      try desk.relax()
      let old = try await exited(1, desk)
      let other = try await exited(2, desk)
      var first = Sample.household(1)
      first.members = [first.members[0]]
      var second = Sample.household(1)
      second.members = [second.members[1], Sample.household(2).members[1]]
      second.members[0].identity?.relation = 2
      var steps: [Step] = []
      for draft in [first, second] {
        let id = try await apply(draft, back: old, desk)
        let noticed = try await desk.noticed(try await desk.get(id))
        #expect(noticed.state == .countyNoticed)
        var step = Step(application: id, baseVersion: noticed.version)
        step.move = .register(Registration())
        steps.append(step)
      }
      let results = try await desk.take(steps, by: Desk.poverty)
      #expect(results.map { $0.violations.first?.rule } == [nil, "procedure.stale"])
      // The person of the other household is still found in the file that was left.
      #expect(try household(of: Sample.household(2).members[1], desk).id == other.id)
      let again = try await desk.take([steps[1]], by: Desk.poverty)
      #expect(again.first?.violations.first?.rule == "re-entry.not-exited")
    }
  }
}
