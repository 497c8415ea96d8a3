import Foundation
import TestCertificates
import Testing

/// Operators' certificates from the request to a call that the running program accepts.
@Suite(.timeLimit(.minutes(3)), .serialized) struct IdentityCommandTests {
  private typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  private let directory = FileManager.default.temporaryDirectory
    .appendingPathComponent("identity-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    for words in [["ca"], ["node", "421224"]] {
      let made = try Self.certs(words + ["--dir", directory.path])
      #expect(made == 0)
    }
  }

  private static func certs(_ words: [String]) throws -> Int32 {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bash", root.appendingPathComponent("tools/certs").path] + words
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  private func registryctl(_ words: String...) async throws -> Run {
    try await DaemonProcess.run(
      words,
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  private func identity(_ words: String...) async throws -> Run {
    try await DaemonProcess.run(
      ["identity"] + words,
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  private func start(_ flags: [String] = []) async throws -> DaemonProcess {
    let settings: [String: Any] = [
      "listen": "127.0.0.1:0", "division": "421224", "ca": path("ca.pem"),
      "certificate": path("421224-node-main.pem"), "key": path("421224-node-main-key.pem"),
      "database": "registry.db", "synthetic": true, "sealing-key": "registry.key",
    ]
    try JSONSerialization.data(withJSONObject: settings)
      .write(to: directory.appendingPathComponent("registryd.json"))
    return try await DaemonProcess(
      arguments: ["--config", path("registryd.json")] + flags,
      folder: directory
    )
  }

  @Test func theProgramCutsOffWhomTheAuthorityRevokes() async throws {
    let made = try await identity("revoke", "--ca-dir", directory.path)
    #expect(made.end?.status == 0 && made.words.contains("0 revoked"), "\(made.words)")
    let daemon = try await start(["--crl", path("crl.pem")])
    for person in ["p0007", "p0008"] {
      let stem = "421224-poverty-office-\(person)"
      let asked = try await identity(
        "request",
        "421224",
        "poverty-office",
        person,
        "--name",
        "张三",
        "--dir",
        directory.path
      )
      #expect(asked.end?.status == 0, "\(asked.words)")
      let issued = try await identity(
        "issue",
        path(stem + "-request.pem"),
        "--ca-dir",
        directory.path
      )
      #expect(issued.end?.status == 0, "\(issued.words)")
    }
    func ping(_ person: String) async throws -> Run {
      try await registryctl(
        "ping",
        "--count",
        "1",
        "--server",
        daemon.address,
        "--node",
        "registry://421224/node/main",
        "--ca",
        path("ca.pem"),
        "--cert",
        path("421224-poverty-office-\(person).pem"),
        "--key",
        path("421224-poverty-office-\(person)-key.pem")
      )
    }
    func becomes(_ isRefused: Bool, _ person: String) async throws -> Run {
      var run = try await ping(person)
      for _ in 0..<100 where (run.end?.status == 0) == isRefused {
        try await Task.sleep(for: .milliseconds(100))
        run = try await ping(person)
      }
      return run
    }
    #expect(try await ping("p0007").end?.status == 0)
    let revoked = try await identity(
      "revoke",
      "registry://421224/poverty-office/p0007",
      "--ca-dir",
      directory.path,
      "--reason",
      "离职",
      "--output",
      "csv"
    )
    #expect(revoked.end?.status == 0 && revoked.output.contains("离职"), "\(revoked.words)")
    // The file is seen to change, without a signal.
    let refused = try await becomes(true, "p0007")
    #expect(refused.words.contains("revoked"), "\(refused.words)")
    #expect(try await ping("p0008").end?.status == 0)
    // By the certificate's file, and a signal: at once.
    let second = try await identity(
      "revoke",
      path("421224-poverty-office-p0008.pem"),
      "--ca-dir",
      directory.path
    )
    #expect(second.end?.status == 0 && second.words.contains("2 revoked"), "\(second.words)")
    daemon.send(SIGHUP)
    #expect(try await becomes(true, "p0008").end?.status != 0)
    let list = try await identity("list", "--ca-dir", directory.path)
    #expect(list.output.components(separatedBy: "REVOKED").count == 3, "\(list.output)")
    // By a serial as the list has it, in capitals with colons.
    let listed = try await identity("list", "--ca-dir", directory.path, "--output", "csv")
    let row = try #require(listed.output.split(separator: "\n").last)
    let serial = String(row.split(separator: ",", omittingEmptySubsequences: false)[4])
    let colons = stride(from: 0, to: serial.count, by: 2)
      .map { String(serial.dropFirst($0).prefix(2)).uppercased() }.joined(separator: ":")
    for word in [serial, colons] {
      let again = try await identity("revoke", word, "--ca-dir", directory.path)
      #expect(again.end?.status == 0 && again.words.contains("2 revoked"), "\(again.words)")
    }
    let theirs = try TestAuthority().issue(.office("421224", "poverty-office", "p0009"))
    let stranger = try await identity("revoke", theirs.chain, "--ca-dir", directory.path)
    withExtendedLifetime(theirs) {}
    #expect(stranger.end?.status == 78, "\(stranger.words)")
    let unknown = try await identity("revoke", "0123ABCD", "--ca-dir", directory.path)
    #expect(unknown.end?.status == 66, "\(unknown.words)")
    // A list that cannot be read leaves the one before in force.
    try Data("no list".utf8).write(to: directory.appendingPathComponent("crl.pem"))
    daemon.send(SIGHUP)
    #expect(try await ping("p0007").end?.status != 0)
    #expect(daemon.words.contains("certificates reloaded"))
  }

  @Test func theProgramAcceptsWhatTheAuthorityIssued() async throws {
    let daemon = try await start()
    let stem = "421224-poverty-office-p0007"
    let asked = try await identity(
      "request",
      "421224",
      "poverty-office",
      "p0007",
      "--name",
      "张三",
      "--dir",
      directory.path
    )
    #expect(asked.end?.status == 0, "\(asked.words)")
    let mode = try FileManager.default.attributesOfItem(atPath: path(stem + "-key.pem"))
    #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    let again = try await identity(
      "request",
      "421224",
      "poverty-office",
      "p0007",
      "--name",
      "张三",
      "--dir",
      directory.path
    )
    #expect(again.end?.status == 73, "a key is never written over")

    let issued = try await identity(
      "issue",
      path(stem + "-request.pem"),
      "--ca-dir",
      directory.path,
      "--days",
      "20"
    )
    #expect(issued.end?.status == 0 && issued.output.contains("EXPIRING"), "\(issued.words)")
    func ping(_ certificate: String, _ key: String) async throws -> Run {
      try await registryctl(
        "ping",
        "--count",
        "1",
        "--server",
        daemon.address,
        "--node",
        "registry://421224/node/main",
        "--ca",
        path("ca.pem"),
        "--cert",
        path(certificate),
        "--key",
        path(key)
      )
    }
    let answer = try await ping(stem + ".pem", stem + "-key.pem")
    #expect(answer.output.contains("registry://421224/poverty-office/p0007"), "\(answer.words)")

    // Anew for the same key, by the authority; then for a new key, by a request.
    let renewed = try await identity("renew", path(stem + ".pem"), "--ca-dir", directory.path)
    #expect(renewed.end?.status == 0, "\(renewed.words)")
    #expect(try await ping(stem + "-new.pem", stem + "-key.pem").end?.status == 0)
    let request = try await identity(
      "renew",
      path(stem + ".pem"),
      "--new-key",
      "--to",
      path("second")
    )
    #expect(request.end?.status == 0, "\(request.words)")
    let second = try await identity(
      "issue",
      path("second-request.pem"),
      "--ca-dir",
      directory.path
    )
    #expect(second.end?.status == 0, "\(second.words)")
    #expect(try await ping("second.pem", "second-key.pem").end?.status == 0)
    let wrongKey = try await ping("second.pem", stem + "-key.pem")
    #expect(wrongKey.end?.status == 78, "\(wrongKey.words)")

    let list = try await identity("list", "--ca-dir", directory.path, "--output", "csv")
    let rows = Operators.table(list.output)
    #expect(rows.map { $0["status"] } == ["replaced", "replaced", "valid"])
    #expect(Set(rows.compactMap { $0["serial"] }).count == 3)
    #expect(rows.allSatisfy { $0["name"] == "张三" })
    let expiring = try await identity(
      "list",
      "--ca-dir",
      directory.path,
      "--expiring",
      "--output",
      "csv"
    )
    #expect(Operators.table(expiring.output).isEmpty)
    let entries = try FileManager.default.attributesOfItem(atPath: path("issued.csv"))
    #expect((entries[.posixPermissions] as? NSNumber)?.intValue == 0o600)
  }

  /// Runs a command line at a terminal, where these lines are typed.
  private func typed(_ lines: [String], _ command: [String]) async throws -> Run {
    let program = DaemonProcess.program("registryctl").path
    let line = ([program] + command).map { "'\($0)'" }.joined(separator: " ")
    let input = lines.map { $0 + "\\n" }.joined()
    return try await DaemonProcess.run(
      ["-c", "printf '\(input)' | script -qec \"\(line)\" /dev/null"],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: URL(fileURLWithPath: "/bin/sh")
    )
  }

  @Test func aKeyLockedByAPassphraseIsAskedForAtTheTerminal() async throws {
    let daemon = try await start()
    let stem = "421224-civil-affairs-p0008"
    let request = [
      "identity", "request", "421224", "civil-affairs", "p0008", "--name", "王五", "--dir",
      directory.path, "--passphrase",
    ]
    let differing = try await typed(["eight-characters", "other-characters"], request)
    #expect(differing.output.contains("the two differ"), "\(differing.output)")
    let made = try await typed(["eight-characters", "eight-characters"], request)
    #expect(made.end?.status == 0, "\(made.output)\(made.words)")
    let key = try String(contentsOfFile: path(stem + "-key.pem"), encoding: .utf8)
    #expect(key.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
    let issued = try await identity(
      "issue",
      path(stem + "-request.pem"),
      "--ca-dir",
      directory.path
    )
    #expect(issued.end?.status == 0, "\(issued.words)")
    let ping = [
      "ping", "--count", "1", "--server", daemon.address, "--node", "registry://421224/node/main",
      "--ca", path("ca.pem"), "--cert", path(stem + ".pem"), "--key", path(stem + "-key.pem"),
    ]
    let right = try await typed(["eight-characters"], ping)
    #expect(right.output.contains("registry://421224/civil-affairs/p0008"), "\(right.output)")
    let wrong = try await typed(["other-characters"], ping)
    #expect(wrong.output.contains("the passphrase does not open the key"), "\(wrong.output)")
  }

  @Test func onlyIdentitiesThatTheRegistryTakes() async throws {
    for words in [
      ["421224", "node", "p0007"], ["421224", "poverty-office", "zhang"],
      ["421224000000", "poverty-office", "p0007"], ["421224", "village-committee", "p0007"],
    ] {
      let run = try await identity(
        "request",
        words[0],
        words[1],
        words[2],
        "--name",
        "张三",
        "--dir",
        directory.path
      )
      #expect(run.end?.status == 65, "\(words) \(run.words)")
    }
    let authority = path("other")
    #expect(try Self.certs(["ca", "--permit", "421223", "--dir", authority]) == 0)
    _ = try await identity(
      "request",
      "421224",
      "audit",
      "p0009",
      "--name",
      "李四",
      "--dir",
      directory.path
    )
    let foreign = try await identity(
      "issue",
      path("421224-audit-p0009-request.pem"),
      "--ca-dir",
      authority
    )
    #expect(foreign.end?.status == 77 && foreign.words.contains("not permitted"))
    #expect(!FileManager.default.fileExists(atPath: authority + "/issued.csv"))
    #expect(!FileManager.default.fileExists(atPath: path("421224-audit-p0009.pem")))
    let chinese = try await identity(
      "issue",
      path("421224-audit-p0009-request.pem"),
      "--ca-dir",
      authority,
      "--lang",
      "zh"
    )
    #expect(chinese.words.contains("无权为"))
  }
}
