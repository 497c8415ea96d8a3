import FaultProxy
import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// Deaths, exits, moves and erasures go ahead of the bulk, and take effect in their order.
struct UrgentTests {
  @Test("An exit and an erasure are known while the bulk is on its way")
  func ahead() async throws {
    let live = try await LiveLink { limits in
      limits.entriesPerBatch = 40
      limits.chunkBytes = 4 << 10
    }
    while try await live.exchange(), try await live.agreement() != nil {}
    try await live.county.register(0..<200)
    let county = live.county
    let changes = ChangeClient(county.channel(as: LinkedNodes.office))
    func file(_ serial: Int, at node: LinkedNode, _ office: String) async throws -> Household {
      try await node.households(as: office).getHousehold(
        GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(serial, member: 0)))
      )
    }
    let exited = try await file(1, at: county, LinkedNodes.office)
    _ = try await changes.submitChange(
      SubmitChangeRequest(
        change: Change(
          household: exited.id,
          baseVersion: exited.version,
          reason: "脱贫",
          kind: .exit(ExitChange(reason: 1))
        )
      )
    )
    let erased = try await file(2, at: county, LinkedNodes.office)
    _ = try await changes.eraseHousehold(
      EraseHouseholdRequest(id: erased.id, baseVersion: erased.version, reason: "法院裁定")
    )
    // A correction does not go ahead.
    let corrected = try await file(3, at: county, LinkedNodes.office)
    var next = corrected
    next.contact?.telephone = "13811112222"
    _ = try await county.households().updateHousehold(
      UpdateHouseholdRequest(
        id: corrected.id,
        baseVersion: corrected.version,
        household: next,
        mask: ["contact.telephone"]
      )
    )
    let operators = LinkClient(live.province.channel(as: LinkedNodes.provinceOffice))
    // Cut in the bulk again and again, until the first batches have come; the last have not then.
    var applied: UInt64 = 0
    for _ in 0..<20 where applied < 20 {
      live.proxy.follow(FaultScript([Fault(.up, at: 14_000, .close)]))
      #expect(try await !live.exchange())
      applied = try await live.province.links().streams.first { $0.incoming }?.applied ?? 0
    }
    live.proxy.follow(FaultScript())
    #expect(applied >= 20 && applied < 200, "\(applied)")
    let known = try await operators.listAhead(ListAheadRequest()).files
    #expect(known.map(\.household) == [exited.id, erased.id])
    #expect(
      known.map { $0.ahead?.erased } == [false, true] && known.first?.number == exited.number
    )
    // Audit sees that something goes ahead, and of whom and what it is not told.
    let audited = try await LinkClient(
      live.province.channel(as: "registry://420000/audit/p0300")
    ).listAhead(
      ListAheadRequest(),
      options: CallOptions(metadata: ["registry-purpose": "inspection"])
    ).files
    #expect(audited.map(\.entry) == known.map(\.entry))
    #expect(audited.allSatisfy { $0.household == [] && $0.number == "" && $0.ahead == nil })
    let copy = try await file(1, at: live.province, LinkedNodes.provinceOffice)
    #expect(copy.status == .registered && copy.version == 1)
    #expect(copy.ahead?.kind == .exit && copy.ahead?.version == 2)
    #expect(try await file(3, at: live.province, LinkedNodes.provinceOffice).ahead == nil)
    while try await live.exchange(), try await live.agreement() != nil {}
    #expect(try await live.agreement() == nil)
    let settled = try await file(1, at: live.province, LinkedNodes.provinceOffice)
    #expect(settled.status == .exited && settled.ahead == nil)
    #expect(try await operators.listAhead(ListAheadRequest()).files == [])
    #expect(try await county.store.urgentEntries(after: 0) == nil)
    await live.end()
  }

  @Test("What its node's head does not prove, or is not urgent, is not kept")
  func proofs() async throws {
    let nodes = try LinkedNodes()
    let province = try nodes.open(LinkedNodes.province)
    let county = try nodes.open(LinkedNodes.county)
    while try await county.link(to: province).exchangeOnce() {}
    try await county.register(0..<3)
    let household = try await county.households().getHousehold(
      GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
    )
    _ = try await ChangeClient(county.channel(as: LinkedNodes.office)).submitChange(
      SubmitChangeRequest(
        change: Change(
          household: household.id,
          baseVersion: household.version,
          reason: "脱贫",
          kind: .exit(ExitChange(reason: 1))
        )
      )
    )
    let right = try #require(try await county.store.urgentEntries(after: 0))
    let exchange = ExchangeClient(province.channel(as: LinkedNodes.county))
    func code(_ change: (inout SendUrgentRequest) -> Void) async -> StatusCode? {
      var request = right
      change(&request)
      do {
        _ = try await exchange.sendUrgent(request)
        return nil
      } catch {
        return (error as? RPCError)?.code
      }
    }
    #expect(await code { $0.entries[0].body[0] ^= 1 } == .invalidArgument)
    #expect(await code { $0.entries[0].path.removeLast() } == .invalidArgument)
    #expect(await code { $0.entries[0].salt = [1] } == .invalidArgument)
    #expect(await code { $0.entries[0].header = [] } == .invalidArgument)
    #expect(await code { $0.head?.signature[0] ^= 1 } == .permissionDenied)
    #expect(await code { $0.head = nil } == .permissionDenied)
    #expect(await code { $0.stream = [] } == .notFound)
    #expect(await code { $0.entries = [] } == .invalidArgument)
    let scope = Scope.system(reason: "test")
    #expect(try await province.store.listAhead(ListAheadRequest(), scope: scope).files == [])
    #expect(await code { _ in } == nil)
    #expect(await code { _ in } == nil)
    #expect(try await province.store.listAhead(ListAheadRequest(), scope: scope).files.count == 1)
    // Another county's node does not send it.
    let stranger = ExchangeClient(province.channel(as: LinkedNodes.otherCounty))
    await #expect(throws: RPCError.self) { _ = try await stranger.sendUrgent(right) }
    await county.close()
    await province.close()
  }
}
