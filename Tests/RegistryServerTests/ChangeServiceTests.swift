import RPCCore
import RegistryAPI
import TestRegistry
import Testing

@testable import RegistryServer

/// Changes, proposals and history as a client sees them, in process and over TLS.
@Suite(.timeLimit(.minutes(1))) struct ChangeServiceTests {
  private func change(
    _ household: Household,
    _ kind: Change.Kind,
    base: UInt64? = nil
  ) -> SubmitChangeRequest {
    SubmitChangeRequest(
      change: Change(
        household: household.id,
        baseVersion: base ?? household.version,
        reason: "理由",
        kind: kind
      )
    )
  }

  private func phone(_ number: String) -> Change.Kind {
    .correct(
      Correction(
        household: Household(contact: Contact(telephone: number)),
        mask: ["contact.telephone"]
      )
    )
  }

  @Test(arguments: Way.allCases)
  func changesAndTheirHistory(way: Way) async throws {
    try await TestNode.with(way) { node in
      let households = try node.households()
      let changes = ChangeClient(households.channel)
      let created = try await households.createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(1))
      )
      let key = CallOptions(idempotencyKey: .random())
      let request = change(created, phone("13800000001"))
      let first = try await changes.submitChange(request, options: key)
      #expect(try await changes.submitChange(request, options: key) == first)
      let second = try #require(first.household)
      #expect(second.version == 2 && second.change?.kind == .correction)

      let then = GetHouseholdRequest(by: .id(created.id), asOf: created.recordedAt)
      #expect(try await households.getHousehold(then) == created)
      let held = GetHouseholdRequest(by: .id(created.id), effectiveOn: second.effectiveOn)
      #expect(try await households.getHousehold(held) == second)
      try await refused(.notFound) {
        try await households.getHousehold(
          GetHouseholdRequest(by: .id(created.id), asOf: created.recordedAt - 1)
        )
      }
      for (instant, day) in [(Int64(1), Int32(2010_11_11)), (0, 2010_02_30)] {
        let request = GetHouseholdRequest(by: .id(created.id), asOf: instant, effectiveOn: day)
        try await refused(.invalidArgument) { try await households.getHousehold(request) }
      }
      let history = try await households.getHistory(GetHistoryRequest(id: created.id))
      #expect(history.versions.map(\.version) == [2, 1])
      #expect(history.versions[0].fields == ["contact.telephone"])
      let compared = try await households.compareVersions(CompareVersionsRequest(id: created.id))
      #expect(compared.from == created && compared.to == second)
      #expect(compared.fields == ["contact.telephone"] && compared.steps.map(\.version) == [2])

      let stale = try await refused(.aborted) {
        try await changes.submitChange(change(created, phone("13800000002")))
      }
      #expect(stale.details.conflict?.currentVersion == 2)
      #expect(stale.details.conflict?.fields.first?.changedMeanwhile == true)
    }
  }

  @Test(arguments: Way.allCases)
  func proposalsGoFromTheVillageToTheCounty(way: Way) async throws {
    try await TestNode.with(way) { node in
      let created = try await node.households().createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(1))
      )
      let village = ChangeClient(try node.channel(Office.village))
      let county = ChangeClient(try node.channel())
      let made = try await village.submitChange(change(created, phone("13800000001")))
      let proposal = try #require(made.proposal)
      #expect(made.household == nil && proposal.state == .open)
      let listed = try await county.listProposals(ListProposalsRequest())
      #expect(listed.proposals.map(\.id) == [proposal.id])
      let view = try await village.getProposal(GetProposalRequest(id: proposal.id))
      #expect(view.current == created && view.fields.map(\.field) == ["contact.telephone"])
      let take = SettleProposalRequest(id: proposal.id, baseVersion: 1, verdict: .take)
      let refusal = try await refused(.permissionDenied) { try await village.settleProposal(take) }
      #expect(refusal.details.refusedBy == "proposal.office")
      let key = CallOptions(idempotencyKey: .random())
      let taken = try await county.settleProposal(take, options: key)
      #expect(taken.proposal?.state == .taken)
      #expect(taken.household?.change?.proposal == proposal.id)
      #expect(try await county.settleProposal(take, options: key) == taken)
      try await refused(.notFound) {
        try await ChangeClient(try node.channel(Office.otherCounty))
          .settleProposal(take)
      }
      #expect(try await county.listHandOvers(ListHandOversRequest()).handOvers.isEmpty)
      try await refused(.permissionDenied) {
        try await village.listHandOvers(ListHandOversRequest())
      }
    }
  }

  /// Who does not see the classification sees neither why a version was made nor how one left.
  @Test(arguments: Way.allCases)
  func notesAreWithheldWithTheClassification(way: Way) async throws {
    try await TestNode.with(way) { node in
      let created = try await node.households().createHousehold(
        CreateHouseholdRequest(household: SampleHousehold.household(1))
      )
      _ = try await ChangeClient(try node.channel())
        .submitChange(change(created, .exit(ExitChange(reason: 1))))
      let radio = try node.households("registry://421224/radio-television/p0051")
      let shown = try await radio.getHousehold(
        GetHouseholdRequest(by: .id(created.id)),
        options: purpose("reception-support")
      )
      #expect(shown.status == .exited && shown.change == nil && shown.exit == nil)
      #expect(shown.classification == nil && shown.withheld.contains(.classification))
    }
  }
}
