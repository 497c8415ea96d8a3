import Foundation
import TestCertificates
import Testing

/// A folder with registries in files, offices that open them, and the command line.
final class AloneDesk: Sendable {
  struct Run: Sendable {
    var code: Int32?
    var output: String
    var error: String
  }

  let url: URL
  let authority: TestAuthority
  /// The county's and the province's poverty offices.
  let county: TestIdentity
  let province: TestIdentity

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-alone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    authority = try TestAuthority()
    county = try authority.issue(.office("421224", "poverty-office", "p0007"))
    province = try authority.issue(.office("420000", "poverty-office", "p0001"))
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Runs `registryctl`.
  func run(_ words: [String], locale: String = "C") async throws -> Run {
    let run = try await DaemonProcess.run(
      words,
      environment: ["LC_ALL": locale],
      program: DaemonProcess.program("registryctl")
    )
    return Run(code: run.end?.status, output: run.output, error: run.words)
  }

  /// Runs `registryctl` on a file as an office.
  func run(_ office: TestIdentity, _ database: String, _ words: String...) async throws -> Run {
    try await run(
      words + [
        "--database", path(database), "--ca", office.authority, "--cert", office.chain,
        "--key", office.key,
      ]
    )
  }

  /// The same, which must succeed; what it printed.
  @discardableResult
  func done(_ office: TestIdentity, _ database: String, _ words: String...) async throws -> String {
    let run = try await run(
      words + [
        "--database", path(database), "--ca", office.authority, "--cert", office.chain,
        "--key", office.key,
      ]
    )
    try #require(run.code == 0, "\(words): \(run.error)")
    return run.output + run.error
  }

  /// Makes a registry's file.
  func create(_ database: String, _ division: String, _ more: String...) async throws {
    let run = try await run(
      ["database", "create", path(database), "--division", division, "--node", "main"]
        + ["--synthetic"] + more
    )
    try #require(run.code == 0, "\(run.error)")
  }

  /// Writes a file of generated people.
  func people(_ count: Int, seed: Int = 1, division: String = "421224") async throws -> String {
    let file = path("people-\(seed).csv")
    let made = try await DaemonProcess.run(
      ["--people", "\(count)", "--seed", "\(seed)", "--division", division, "--output", file],
      program: DaemonProcess.program("synthetic-population")
    )
    try #require(made.end?.status == 0, "\(made.words)")
    return file
  }

  /// Runs statements on a registry's file behind its back.
  func tamper(_ database: String, _ sql: String) async throws {
    let run = try await DaemonProcess.run(
      [
        "-c",
        "import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); d.executescript(sys.argv[2])",
        path(database), sql,
      ],
      program: URL(fileURLWithPath: "/usr/bin/python3")
    )
    try #require(run.end?.status == 0, "\(run.words)")
  }
}
