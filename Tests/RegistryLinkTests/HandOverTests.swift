import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import SQL
import TestRegistry
import Testing

@testable import RegistryStore

/// A household that moves from one county to another: exactly one owner at every moment.
struct HandOverTests {
  /// Three nodes, and a household of the county that moves to the other one.
  private struct Move {
    /// Keeps the folder.
    let nodes: LinkedNodes
    let province: LinkedNode
    let county: LinkedNode
    let other: LinkedNode
    let household: Household

    /// - Parameters:
    ///   - reversed: the county that the household moves to is met first.
    ///   - late: it is met only when the household is on its way already.
    init(reversed: Bool = false, late: Bool = false) async throws {
      nodes = try LinkedNodes()
      province = try nodes.open(LinkedNodes.province)
      county = try nodes.open(LinkedNodes.county)
      other = try nodes.open(LinkedNodes.otherCounty)
      try await county.register(0..<2)
      household = try await county.households().getHousehold(
        GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
      )
      for node in late ? [county] : reversed ? [other, county] : [county, other] {
        while try await node.link(to: province).exchangeOnce() {}
      }
      _ = try await changes(county, LinkedNodes.office).submitChange(
        SubmitChangeRequest(
          change: Change(
            household: household.id,
            baseVersion: household.version,
            reason: "迁居",
            kind: .moveAway(MoveAway(destination: "421223"))
          )
        )
      )
      try await settle()
    }

    func changes(_ node: LinkedNode, _ office: String) -> ChangeClient {
      ChangeClient(node.channel(as: office))
    }

    /// Lets everything go where it must.
    func settle() async throws {
      for _ in 0..<3 {
        for node in [county, other] { while try await node.link(to: province).exchangeOnce() {} }
      }
    }

    func arrivals() async throws -> [Arrival] {
      try await changes(other, LinkedNodes.otherOffice).listArrivals(ListArrivalsRequest()).arrivals
    }

    func state() async throws -> HandOverState? {
      try await changes(county, LinkedNodes.office).listHandOvers(ListHandOversRequest())
        .handOvers.first?.state
    }

    /// A correction of the household's file at its old county; throws what it is refused by.
    func writeAtOldCounty() async throws {
      var changed = household
      changed.contact?.telephone = "13811112222"
      let current = try await county.households().getHousehold(
        GetHouseholdRequest(by: .id(household.id))
      )
      _ = try await county.households().updateHousehold(
        UpdateHouseholdRequest(
          id: household.id,
          baseVersion: current.version,
          household: changed,
          mask: ["contact.telephone"]
        )
      )
    }

    func erase(_ file: Household, at node: LinkedNode, _ office: String) async throws {
      _ = try await changes(node, office).eraseHousehold(
        EraseHouseholdRequest(id: file.id, baseVersion: file.version, reason: "法院裁定")
      )
    }

    /// Keys of bodies that have one of their own, as what is carried has.
    func keys(at node: LinkedNode) async throws -> Int64? {
      try node.store.readers.with { reader in
        try reader.connection.prepare("SELECT count(*) FROM entry_key")
          .first { $0.int64(at: 0) }
      }
    }

    func check() async throws {
      for node in [county, other, province] {
        let found = try await node.findings().map { "\($0.check) at \($0.place)" }
        #expect(found == [], "\(node.store.node)")
      }
    }

    func close() async { for node in [county, other, province] { await node.close() } }
  }

  @Test("A county that joins later gets what moved to it before, once")
  func joinsLate() async throws {
    let move = try await Move(late: true)
    #expect(try await move.state() == .ready)
    let arrivals = try await move.arrivals()
    #expect(arrivals.map { $0.household?.id ?? [] } == [move.household.id])
    _ = try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
      SettleArrivalRequest(
        id: arrivals.first?.handOver?.id ?? [],
        location: Location(village: LinkedNodes.villages[2], group: "二组")
      )
    )
    try await move.settle()
    #expect(try await move.state() == .taken)
    #expect(try await move.arrivals().isEmpty)
    try await move.check()
    await move.close()
  }

  @Test("It is taken over: a new number, the same id, the next version; the old county is told")
  func taken() async throws {
    let move = try await Move()
    #expect(try await move.state() == .ready)
    await #expect(throws: RPCError.self) { try await move.writeAtOldCounty() }
    let arrival = try #require(try await move.arrivals().first)
    #expect(arrival.fromCounty == "421224" && arrival.household?.id == move.household.id)
    let taken = try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
      SettleArrivalRequest(
        id: arrival.handOver?.id ?? [],
        location: Location(village: LinkedNodes.villages[2], group: "二组")
      )
    )
    let household = try #require(taken.household)
    #expect(household.id == move.household.id && household.status == .registered)
    #expect(household.version == (arrival.household?.version ?? 0) + 1)
    #expect(household.number.hasPrefix("421223"))
    try await move.settle()
    #expect(try await move.state() == .taken)
    #expect(try await move.arrivals().isEmpty)
    await #expect(throws: RPCError.self) { try await move.writeAtOldCounty() }
    // The new county goes on with it, and the province follows.
    var next = household
    next.contact?.telephone = "13833334444"
    _ = try await move.other.households(as: LinkedNodes.otherOffice).updateHousehold(
      UpdateHouseholdRequest(
        id: household.id,
        baseVersion: household.version,
        household: next,
        mask: ["contact.telephone"]
      )
    )
    try await move.settle()
    let copy = try await move.province.households(as: LinkedNodes.provinceOffice).getHousehold(
      GetHouseholdRequest(by: .id(household.id))
    )
    #expect(copy.version == household.version + 1 && copy.location?.village == "421223100001")
    let links = try await move.province.links()
    #expect(links.streams.allSatisfy { $0.refused == 0 })
    try await move.check()
    await move.close()
  }

  @Test("Nobody erases it on its way; its new county does, and the province keeps nothing of it")
  func erased() async throws {
    let move = try await Move()
    let away = try await move.county.households().getHousehold(
      GetHouseholdRequest(by: .id(move.household.id))
    )
    await #expect {
      try await move.erase(away, at: move.county, LinkedNodes.office)
    } throws: { ($0 as? RPCError)?.code == .failedPrecondition }
    let arrival = try #require(try await move.arrivals().first)
    let taken = try #require(
      try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
        SettleArrivalRequest(
          id: arrival.handOver?.id ?? [],
          location: Location(village: LinkedNodes.villages[2], group: "二组")
        )
      ).household
    )
    try await move.settle()
    #expect(try await move.keys(at: move.province) == 1)
    try await move.erase(taken, at: move.other, LinkedNodes.otherOffice)
    try await move.settle()
    for node in [move.other, move.province] {
      #expect(try await move.keys(at: node) == 0, "\(node.store.node)")
    }
    await #expect {
      _ = try await move.province.households(as: LinkedNodes.provinceOffice).getHousehold(
        GetHouseholdRequest(by: .id(taken.id))
      )
    } throws: { ($0 as? RPCError)?.code == .notFound }
    // The old county's file is its own to erase, now that the household has arrived.
    try await move.erase(away, at: move.county, LinkedNodes.office)
    try await move.settle()
    try await move.check()
    await move.close()
  }

  @Test("The state takes it too, whichever county's journal comes first", arguments: [false, true])
  func atTheState(reversed: Bool) async throws {
    let move = try await Move(reversed: reversed)
    let arrival = try #require(try await move.arrivals().first)
    _ = try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
      SettleArrivalRequest(
        id: arrival.handOver?.id ?? [],
        location: Location(village: LinkedNodes.villages[2], group: "二组")
      )
    )
    try await move.settle()
    let state = try move.nodes.open(LinkedNodes.state)
    let link = try move.province.link(to: state)
    if reversed {
      // The second county's journal waits for the first one's, which goes in the same exchange.
      await #expect {
        _ = try await link.exchangeOnce()
      } throws: { ($0 as? RPCError)?.code == .failedPrecondition }
    }
    while try await link.exchangeOnce() {}
    #expect(try await state.links().streams.allSatisfy { $0.refused == 0 })
    let copy = try await state.households(as: "registry://000000/poverty-office/p0001")
      .getHousehold(GetHouseholdRequest(by: .id(move.household.id)))
    #expect(copy.location?.village == "421223100001")
    let found = try await state.findings().map { "\($0.check) at \($0.place)" }
    #expect(found == [])
    await state.close()
    await move.close()
  }

  @Test("It is refused: the old county is told, and may write it again")
  func refused() async throws {
    let move = try await Move()
    let arrival = try #require(try await move.arrivals().first)
    _ = try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
      SettleArrivalRequest(id: arrival.handOver?.id ?? [], reason: "查无此户")
    )
    await #expect {
      _ = try await move.changes(move.other, LinkedNodes.otherOffice).settleArrival(
        SettleArrivalRequest(id: arrival.handOver?.id ?? [], reason: "又一次")
      )
    } throws: { ($0 as? RPCError)?.code == .aborted }
    try await move.settle()
    #expect(try await move.state() == .returned)
    try await move.writeAtOldCounty()
    try await move.settle()
    let links = try await move.province.links()
    #expect(links.streams.allSatisfy { $0.refused == 0 })
    for node in [move.county, move.other, move.province] {
      #expect(try await node.findings() == [])
    }
    await move.close()
  }
}
