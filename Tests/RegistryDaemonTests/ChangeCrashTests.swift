import Foundation
import Glibc
import RegistryClient
import TestRegistry
import Testing

/// The built program, killed while households are split and merged: of no change there is one half.
@Suite(.timeLimit(.minutes(3)), .serialized) struct ChangeCrashTests {
  /// Splits a household and merges the two again, as often as the program lives; gives how many
  /// changes were acknowledged.
  private static func churn(_ client: RegistryClient, _ household: Household) async -> Int {
    var acknowledged = 0
    var current = household
    do {
      while true {
        let son = current.members[current.members.count - 1]
        let split = try await client.changes.submitChange(
          request(current, .split(Split(members: [son.id])))
        )
        acknowledged += 1
        let (rest, new) = (split.household ?? Household(), split.other ?? Household())
        let merge = Merge(
          other: new.id,
          otherBaseVersion: new.version,
          relations: [MemberRelation(member: son.id, relation: 20)]
        )
        let merged = try await client.changes.submitChange(request(rest, .merge(merge)))
        acknowledged += 1
        current = merged.household ?? Household()
      }
    } catch {
      return acknowledged
    }
  }

  private static func request(_ household: Household, _ kind: Change.Kind) -> SubmitChangeRequest {
    SubmitChangeRequest(
      change: Change(household: household.id, baseVersion: household.version, kind: kind)
    )
  }

  @Test(arguments: [150, 300, 450])
  func killedBetweenTheHalves(afterMilliseconds delay: Int) async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start()
    let client = try folder.client(daemon)
    var households: [Household] = []
    for serial in 0..<8 {
      let request = CreateHouseholdRequest(household: SampleHousehold.household(serial))
      households.append(try await client.households.createHousehold(request))
    }
    let churns = households.map { household in
      Task { await Self.churn(client, household) }
    }
    // The moment of the death is the input here: there is nothing to wait for.
    try await Task.sleep(for: .milliseconds(delay))
    daemon.send(SIGKILL)
    #expect(await daemon.end()?.bySignal == true)
    await client.close()
    var acknowledged: [Int] = []
    for churn in churns { acknowledged.append(await churn.value) }
    #expect(acknowledged.reduce(0, +) > 0)

    let again = try await folder.start()
    let reader = try folder.client(again)
    #expect(try await reader.findings() == 0)
    for (household, count) in zip(households, acknowledged) {
      try await expectWhole(household, count, reader)
    }
    await reader.close()
    again.send(SIGTERM)
    #expect(await again.end()?.status == 0)
  }

  /// Each person stands in one file; both files of the last change tell of it, or neither does.
  private func expectWhole(
    _ household: Household,
    _ acknowledged: Int,
    _ client: RegistryClient
  ) async throws {
    let main = try await client.households.getHousehold(
      GetHouseholdRequest(by: .id(household.id))
    )
    // What was acknowledged is there; one more change may have been durable and not told.
    #expect([acknowledged + 1, acknowledged + 2].contains(Int(main.version)))
    let son = try #require(household.members[2].identity?.citizenId)
    let holder = try await client.households.getHousehold(
      GetHouseholdRequest(by: .citizenId(son))
    )
    guard let note = main.change, !note.otherHousehold.isEmpty else {
      #expect(main.version == 1 && holder.id == main.id)
      return
    }
    let other = try await client.households.getHousehold(
      GetHouseholdRequest(by: .id(note.otherHousehold))
    )
    #expect(other.change?.otherHousehold == main.id && other.change?.kind == note.kind)
    if note.kind == .split {
      #expect(main.members.count == 2 && holder.id == other.id && other.status == .registered)
    } else {
      #expect(main.members.count == 3 && holder.id == main.id && other.status == .exited)
    }
  }
}
