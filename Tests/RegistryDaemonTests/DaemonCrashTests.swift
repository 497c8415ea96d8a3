import Foundation
import Glibc
import RegistryClient
import TestRegistry
import Testing

/// The built program, killed and starved in the middle of an import: nothing that it acknowledged
/// is lost, nothing is doubled when the import is run again.
@Suite(.timeLimit(.minutes(3)), .serialized) struct DaemonCrashTests {
  @Test(arguments: [1, 5, 12])
  func killedInMidImport(afterMessages count: Int) async throws {
    let folder = try DaemonFolder()
    let sample = SampleImport(1600, size: 100)
    let daemon = try await folder.start()
    let client = try folder.client(daemon)
    let call = try await client.households.importHouseholds()
    let sender = Task { for message in sample.messages { try await call.send(message) } }
    var acknowledged: [ImportResult] = []
    for _ in 0..<count {
      acknowledged += try #require(try await call.responses.next()).results
    }
    daemon.send(SIGKILL)
    #expect(await daemon.end()?.bySignal == true)
    sender.cancel()
    await client.close()

    let again = try await folder.start()
    try await finish(sample, acknowledged, folder, again)
    again.send(SIGTERM)
    #expect(await again.end()?.status == 0)
  }

  /// On a file system that is nearly full.
  @Test func diskFullInMidImport() async throws {
    let folder = try DaemonFolder()
    let small = folder.path("small")
    try #require(mkdir(small, 0o700) == 0)
    guard mount("tmpfs", small, "tmpfs", 0, "size=64m") == 0 else {
      // SQLiteTests try the same with a limit of pages, which needs no permission.
      try Test.cancel("mounting a file system is not permitted here")
    }
    defer { umount2(small, 2) }
    let daemon = try await folder.start([
      "--database", small + "/registry.db", "--checkpoint-pages", "1000",
    ])
    let client = try folder.client(daemon)
    var status = statvfs()
    try #require(statvfs(small, &status) == 0)
    let ballast = Int(status.f_bavail * status.f_frsize) - (3 << 20)
    try Data(repeating: 1, count: ballast).write(to: URL(fileURLWithPath: small + "/ballast"))
    // How much fits depends on when the log was last moved into the database: file after file.
    var whole = 0
    var sample = SampleImport(1500, size: 100)
    var (acknowledged, failure) = await sample.run(client)
    while failure == nil, whole < 20 {
      whole += 1
      sample = SampleImport(1500, size: 100, number: whole)
      (acknowledged, failure) = await sample.run(client)
    }
    #expect(failure?.code == .resourceExhausted, "\(failure?.message ?? "no failure")")
    // It still serves what it has.
    #expect(try await client.registered() == Int64(whole * 1500 + acknowledged.count))
    try FileManager.default.removeItem(atPath: small + "/ballast")
    try await finish(sample, acknowledged, folder, daemon, others: whole * 1500)
    await client.close()
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
  }

  /// Runs the import again, whole, and looks for losses, doubles and contradictions.
  private func finish(
    _ sample: SampleImport,
    _ acknowledged: [ImportResult],
    _ folder: DaemonFolder,
    _ daemon: DaemonProcess,
    others: Int = 0
  ) async throws {
    let client = try folder.client(daemon)
    #expect(try await client.registered() >= Int64(others + acknowledged.count))
    let (results, failure) = await sample.run(client)
    #expect(failure == nil && results.count == sample.items.count)
    let before = results.prefix(acknowledged.count)
    #expect(before.allSatisfy { $0.replayed })
    #expect(before.map(\.householdNumber) == acknowledged.map(\.householdNumber))
    #expect(results.allSatisfy { $0.outcome == .created })
    #expect(try await client.registered() == Int64(others + sample.items.count))
    #expect(try await client.findings() == 0)
    await client.close()
  }
}
