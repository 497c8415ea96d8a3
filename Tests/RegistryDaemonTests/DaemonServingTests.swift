import Foundation
import RegistryClient
import TestRegistry
import Testing

/// The built program, with real certificates: serving, draining, refusing to start.
@Suite(.timeLimit(.minutes(2)), .serialized) struct DaemonServingTests {
  @Test func servesAndLetsACallInFlightEnd() async throws {
    let folder = try DaemonFolder()
    let ready = folder.path("ready")
    let daemon = try await folder.start(["--ready-file", ready])
    let told = try String(contentsOfFile: ready, encoding: .utf8)
    #expect(told == daemon.address + "\n")
    for words in ["421224 湖北省咸宁市通山县", "registry.db", "0 households", "synthetic  yes", "NEW KEY"] {
      #expect(daemon.words.contains(words), "\(daemon.words)")
    }
    let client = try folder.client(daemon)
    let node = try await client.node.getNode(GetNodeRequest())
    #expect(node.software == "registryd 0.1.0" && node.synthetic)

    let call = try await client.households.importHouseholds()
    let messages = SampleImport(6, size: 3).messages
    try await call.send(messages[0])
    #expect(try await call.responses.next()?.results.count == 3)
    daemon.send(SIGTERM)
    try await call.send(messages[1])
    #expect(try await call.responses.next()?.results.count == 3)
    try await call.finishSending()
    #expect(try await call.responses.next() == nil)
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
    #expect(daemon.words.contains("stopped"))
    await client.close()

    let again = try await folder.start()
    #expect(again.words.contains("6 households, 18 people") && !again.words.contains("NEW KEY"))
  }

  @Test func stopsACallThatOutstaysTheDrainLimit() async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start(["--drain-limit", "1"])
    let client = try folder.client(daemon)
    let call = try await client.households.importHouseholds()
    try await call.send(SampleImport(3, size: 3).messages[0])
    #expect(try await call.responses.next()?.results.count == 3)
    daemon.send(SIGINT)
    await #expect(throws: RPCError.self) { try await call.responses.next() }
    #expect(await daemon.end() == DaemonProcess.End(status: 0, bySignal: false))
    await client.close()
  }

  @Test func aSecondSignalEndsItAtOnce() async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start()
    let client = try folder.client(daemon)
    let call = try await client.households.importHouseholds()
    try await call.send(SampleImport(3, size: 3).messages[0])
    #expect(try await call.responses.next()?.results.count == 3)
    daemon.send(SIGTERM)
    daemon.send(SIGINT)
    let end = await daemon.end()
    #expect(end?.bySignal == false && [130, 143].contains(end?.status))
    call.cancel()
    await client.close()
  }

  @Test func aSecondDaemonOnTheSameDatabaseIsRefused() async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start()
    let second = try await folder.run([])
    #expect(second.end?.status == 75 && second.words.contains("another process"))
    let port = try await folder.run([
      "--listen", daemon.address, "--database", folder.path("other.db"), "--sealing-key",
      folder.path("other.key"),
    ])
    #expect(port.end?.status == 69 && port.words.contains("cannot listen"), "\(port.words)")
  }

  @Test func refusesKeysAndDataThatAreNotTheDatabases() async throws {
    let folder = try DaemonFolder()
    let daemon = try await folder.start()
    daemon.send(SIGTERM)
    #expect(await daemon.end()?.status == 0)
    let other = try await folder.start([
      "--database", folder.path("other.db"), "--sealing-key", folder.path("other.key"),
    ])
    other.send(SIGTERM)
    #expect(await other.end()?.status == 0)
    for (flags, words) in [
      (["--sealing-key", folder.path("other.key")], "wrong key"),
      (["--sealing-key", folder.path("missing.key")], "missing"),
      (["--synthetic", "false"], "synthetic"),
    ] {
      let refused = try await folder.run(flags)
      #expect(refused.end?.status == 78 && refused.words.contains(words), "\(refused.words)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path("missing.key")))
    #expect(chmod(folder.path("registry.key"), 0o644) == 0)
    let open = try await folder.run([])
    #expect(open.end?.status == 78 && open.words.contains("0600"), "\(open.words)")
  }

  @Test func checksItsConfigurationWithoutServing() async throws {
    let folder = try DaemonFolder()
    let fine = try await folder.run(["--check-config"])
    #expect(fine.end?.status == 0 && fine.output.contains("registry://421224/node/main"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("registry.db")))
    let flag = try await folder.run(["--drain-limit", "never"])
    #expect(flag.end?.status == 78)
    #expect(flag.words.contains("drain-limit (flag --drain-limit): must be a whole number"))
    let variable = try await folder.run([], environment: ["REGISTRY_LOOPS": "many"])
    #expect(variable.words.contains("loops (environment REGISTRY_LOOPS): must be"))
    let identity = try await folder.run(["--check-config", "--node", "second"])
    #expect(identity.end?.status == 78 && identity.words.contains("registry://421224/node/main"))
    let version = try await folder.run(["--version"])
    #expect(version.end?.status == 0 && version.output == "0.1.0\n")
  }
}
