import Foundation
import Glibc
import RegistryClient
import TestDatabases
import TestRegistry
import Testing

/// The built program on a PostgreSQL database.
@Suite(
  .enabled(if: TestServer.url != nil, "\(TestServer.absence)"),
  .serialized,
  .timeLimit(.minutes(2))
)
struct DaemonPostgreSQLTests {
  let folder: DaemonFolder
  let database: TestServerDatabase

  init() throws {
    folder = try DaemonFolder()
    database = try TestServerDatabase()
  }

  @Test func servesAndSurvivesAKill() async throws {
    // A password that nobody asks for, and nobody may read.
    let url = database.url + "&password=geheim"
    let daemon = try await folder.start(["--database", url])
    #expect(daemon.words.contains("postgresql:///") && !daemon.words.contains("geheim"))
    #expect(daemon.words.contains("NEW KEY"))
    let client = try folder.client(daemon)
    let made = try await client.households.createHousehold(
      CreateHouseholdRequest(household: SampleHousehold.items(90_000..<90_001)[0].household)
    )
    let id = made.id
    let sample = SampleImport(1_200, size: 100)
    let call = try await client.households.importHouseholds()
    let sender = Task { for message in sample.messages { try await call.send(message) } }
    var acknowledged: [ImportResult] = []
    for _ in 0..<4 { acknowledged += try #require(try await call.responses.next()).results }
    let second = try await folder.run(["--database", url])
    #expect(second.end?.status == 75 && second.words.contains("another process"), "\(second.words)")
    daemon.send(SIGKILL)
    #expect(await daemon.end()?.bySignal == true)
    sender.cancel()
    await client.close()

    let again = try await folder.start(["--database", url])
    #expect(!again.words.contains("NEW KEY"))
    let after = try folder.client(again)
    #expect(try await after.households.getHousehold(.init(by: .id(id))).id == id)
    let (results, failure) = await sample.run(after)
    #expect(failure == nil && results.allSatisfy { $0.outcome == .created })
    let repeated = results.prefix(acknowledged.count)
    #expect(repeated.allSatisfy { $0.replayed })
    #expect(repeated.map(\.householdNumber) == acknowledged.map(\.householdNumber))
    #expect(try await after.registered() == 1_201)
    #expect(try await after.findings() == 0)
    await after.close()
    again.send(SIGTERM)
    #expect(await again.end()?.status == 0, "\(again.words)")
    // Another key is not made where a registry is.
    let keyless = try await folder.run(["--database", url, "--sealing-key", folder.path("no.key")])
    #expect(keyless.end?.status == 78 && keyless.words.contains("missing"), "\(keyless.words)")
  }

  @Test func theSealingKeyMustBeNamed() async throws {
    let refused = try await folder.run(["--database", database.url, "--sealing-key", ""])
    #expect(refused.end?.status == 78 && refused.words.contains("sealing-key"), "\(refused.words)")
    let absent = try await folder.run(
      [],
      environment: ["REGISTRY_DATABASE": "postgresql://u:geheim@/absent?host=/nowhere"]
    )
    #expect(absent.end?.status == 74 || absent.end?.status == 69, "\(absent.words)")
    #expect(!absent.words.contains("geheim"))
  }
}
