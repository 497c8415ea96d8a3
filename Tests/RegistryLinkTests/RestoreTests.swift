import Foundation
import Journal
import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestRegistry
import Testing

/// A county that comes back from an old backup.
struct RestoreTests {
  /// Puts a copy of the county's database, as it is now, under another name.
  private func backUp(_ nodes: LinkedNodes, as name: String) throws {
    let folder = nodes.folder
    try RegistryStore.copy(
      database: folder.appendingPathComponent("421224.db").path,
      to: folder.appendingPathComponent("\(name).db").path
    )
    for suffix in [".key", ".signing.pem"] {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent("421224.db\(suffix)"),
        to: folder.appendingPathComponent("\(name).db\(suffix)")
      )
    }
  }

  @Test("An old backup gets its own later entries back, then goes on in a new epoch")
  func comesBack() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county) { $0.entriesPerBatch = 4 }
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<5)
    _ = try await county.link(to: province).exchangeOnce()
    try backUp(nodes, as: "old")
    try await county.register(5..<20)
    while try await county.link(to: province).exchangeOnce() {}
    let before = try await county.store.ownPosition()
    await county.close()
    let restored = try nodes.open(LinkedNodes.county, file: "old") { $0.entriesPerBatch = 4 }
    while try await restored.link(to: province).exchangeOnce() {}
    let after = try await restored.store.ownPosition()
    // The new epoch is one entry; the rest is what it had.
    #expect(after.size == before.size + 1 && after.epoch == before.epoch + 1)
    #expect(try await restored.store.agrees(with: before))
    try await restored.register(20..<22)
    while try await restored.link(to: province).exchangeOnce() {}
    for serial in [0, 7, 19, 21] {
      let request = GetHouseholdRequest(
        by: .citizenId(SampleHousehold.citizenID(serial, member: 0))
      )
      let own = try await restored.households().getHousehold(request)
      let copy = try await province.households(as: LinkedNodes.provinceOffice)
        .getHousehold(request)
      #expect(own.id == copy.id && own.version == copy.version)
    }
    #expect(try await restored.findings() == [])
    #expect(try await province.findings() == [])
    await restored.close()
    await province.close()
  }

  @Test("A restored node writes nothing until it has its entries back")
  func isReadOnly() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    try await county.register(0..<2)
    try backUp(nodes, as: "old")
    await county.close()
    let path = nodes.folder.appendingPathComponent("old.db").path
    try RegistryStore.markRestored(StoreDatabase(path))
    let restored = try nodes.open(LinkedNodes.county, file: "old")
    #expect(restored.store.isRestored)
    await #expect {
      try await restored.register(2..<3)
    } throws: { ($0 as? RPCError)?.code == .failedPrecondition }
    let request = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(1, member: 0)))
    #expect(try await restored.households().getHousehold(request).version == 1)
    try await restored.store.resume("test")
    try await restored.register(2..<3)
    #expect(try await restored.store.ownPosition().epoch == 2)
    #expect(try await restored.findings() == [])
    await restored.close()
  }

  @Test("What wrote on an old copy is a fork: nothing is taken, and both sides say so")
  func forks() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<3)
    while try await county.link(to: province).exchangeOnce() {}
    try backUp(nodes, as: "old")
    try await county.register(3..<6)
    while try await county.link(to: province).exchangeOnce() {}
    await county.close()
    let other = try nodes.open(LinkedNodes.county, file: "old")
    try await other.register(10..<12)
    await #expect {
      _ = try await other.link(to: province).exchangeOnce()
    } throws: { ($0 as? LinkAlarm)?.relation == .forked }
    // Further ahead than the province, it is told by its own look at the province's root.
    try await other.register(12..<20)
    await #expect {
      _ = try await other.link(to: province).exchangeOnce()
    } throws: { ($0 as? LinkAlarm)?.relation == .forked }
    let told = try await province.links().streams.first { $0.incoming }
    #expect(told?.relation == .forked && told?.errorEn.isEmpty == false)
    #expect(try await province.findings() == [])
    await other.close()
    await province.close()
  }

  @Test("After a restore the old node, if it still runs, is fenced")
  func fenced() async throws {
    let nodes = try LinkedNodes()
    let county = try nodes.open(LinkedNodes.county)
    let province = try nodes.open(LinkedNodes.province)
    try await county.register(0..<3)
    while try await county.link(to: province).exchangeOnce() {}
    try backUp(nodes, as: "old")
    let path = nodes.folder.appendingPathComponent("old.db").path
    try RegistryStore.markRestored(StoreDatabase(path))
    let restored = try nodes.open(LinkedNodes.county, file: "old")
    while try await restored.link(to: province).exchangeOnce() {}
    #expect(try await restored.store.ownPosition().epoch == 2)
    try await county.register(5..<6)
    await #expect {
      _ = try await county.link(to: province).exchangeOnce()
    } throws: { ($0 as? LinkAlarm).map { [.fenced, .forked].contains($0.relation) } ?? false }
    await restored.close()
    await county.close()
    await province.close()
  }
}
