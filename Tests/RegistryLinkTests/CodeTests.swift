import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import TestDatabases
import TestRegistry
import Testing

/// Codes that are added from above.
struct CodeTests {
  @Test("A code that the province adds holds in its counties", arguments: TestDatabase.all)
  func orders(on database: TestDatabase) async throws {
    let nodes = try LinkedNodes(on: database)
    let province = try nodes.open(LinkedNodes.province)
    var county = try nodes.open(LinkedNodes.county)
    let above = PolicyClient(province.channel(as: LinkedNodes.provinceOffice))
    func set(_ change: (inout Code) -> Void) async throws -> Code? {
      var code = Code(list: "need", code: 90, nameZh: "光伏", nameEn: "solar power")
      change(&code)
      return try await above.setCodes(SetCodesRequest(codes: [code])).codes.first
    }
    func rule(_ change: (inout Code) -> Void) async -> String? {
      do {
        _ = try await set(change)
        return nil
      } catch {
        let details = (error as? RPCError).flatMap { try? ErrorDetails(wireArray: $0.details) }
        return details?.violations.first?.rule
      }
    }
    // Neither lists of standards and forms, nor codes and names that come with the program.
    #expect(await rule { $0.list = "sex" } == "code.list")
    #expect(await rule { $0.code = 1 } == "code.number")
    #expect(await rule { $0.code = 128 } == "code.number")
    #expect(await rule { $0.nameZh = "" } == "code.name")
    let bundled = try CodeLists.load()[.needKind].entries
    #expect(await rule { $0.nameEn = bundled[0].english } == "code.name")
    func register(_ serial: Int) async throws {
      var household = SampleHousehold.household(serial)
      household.support = Support(needs: [Need(kind: 90)])
      _ = try await county.households().createHousehold(
        CreateHouseholdRequest(household: household)
      )
    }
    await #expect(throws: RPCError.self) { try await register(0) }
    let made = try await set { _ in }
    #expect(made?.version == 1 && made?.division == "420000")
    #expect(await rule { ($0.code, $0.nameEn) = (91, "solar power") } == "code.name")
    #expect(try await set { $0.nameEn = "solar" }?.version == 2)
    while try await county.link(to: province).exchangeOnce() {}
    try await register(0)
    let told = try await PolicyClient(county.channel(as: LinkedNodes.office))
      .listCodes(ListCodesRequest(list: "need")).codes
    #expect(told.map(\.nameEn) == ["solar"])
    // A county sets none of its own.
    await #expect {
      _ = try await PolicyClient(county.channel(as: LinkedNodes.office)).setCodes(
        SetCodesRequest(codes: [Code(list: "road", code: 90, nameZh: "栈道", nameEn: "boardwalk")])
      )
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    // Opened again, it still knows the code; one that joins later gets it too.
    await county.close()
    county = try nodes.open(LinkedNodes.county)
    try await register(1)
    let other = try nodes.open(LinkedNodes.otherCounty)
    while try await other.link(to: province).exchangeOnce() {}
    let late = try await PolicyClient(other.channel(as: LinkedNodes.otherOffice))
      .listCodes(ListCodesRequest()).codes
    #expect(late.count == 1)
    for node in [province, county, other] {
      #expect(try await node.findings() == [])
      await node.close()
    }
  }
}
