import Foundation
import RegistryClient
import Testing

/// The programs as their users run them: generated people in a file, imported, asked for, counted.
@Suite(.timeLimit(.minutes(3)), .serialized) struct EndToEndTests {
  private typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  private let folder: DaemonFolder
  private let daemon: DaemonProcess
  private let profiles: String

  init() async throws {
    folder = try DaemonFolder()
    daemon = try await folder.start()
    profiles = try folder.profiles(daemon)
  }

  private func registryctl(_ words: String...) async throws -> Run {
    try await DaemonProcess.run(
      words + ["--profiles", profiles, "--profile", "county"],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  private func population(_ file: String, _ words: String...) async throws -> [String] {
    let made = try await DaemonProcess.run(
      ["--people", "300", "--headings", "en", "--output", folder.path(file)] + words,
      program: DaemonProcess.program("synthetic-population")
    )
    #expect(made.end?.status == 0, "\(made.words)")
    let text = try String(contentsOfFile: folder.path(file), encoding: .utf8)
    return text.split(whereSeparator: \.isNewline).map(String.init)
  }

  /// A count of the statistics by a path of keys and positions.
  private func registered() async throws -> (households: Int, people: Int) {
    let client = try folder.client(daemon)
    let answer = try await client.statistics.getStatistics(.init())
    await client.close()
    let count = answer.divisions.first?.registered
    return (Int(count?.households ?? -1), Int(count?.people ?? -1))
  }

  @Test func importsAnswersCountsAndRecounts() async throws {
    let rows = try await population("people.csv")
    let people = rows.count - 1
    let imported = try await registryctl("import", folder.path("people.csv"))
    #expect(imported.end?.status == 0, "\(imported.words)")
    let first = try await registered()
    #expect(first.people == people && first.households > 0)

    let again = try await registryctl("import", folder.path("people.csv"))
    #expect(again.end?.status == 0, "\(again.words)")
    #expect(try await registered() == first)

    let headings = rows[0].split(separator: ",", omittingEmptySubsequences: false)
    let column = try #require(headings.firstIndex(of: "id_number"))
    let cells = rows[1].split(separator: ",", omittingEmptySubsequences: false)
    let number = String(cells[column].prefix(18))
    let got = try await registryctl("household", "get", "--citizen-id", number)
    #expect(got.end?.status == 0 && got.output.contains(number), "\(got.words)")

    let found = try await DaemonProcess.run(
      [profiles, "county", number],
      program: DaemonProcess.program("lookup-example")
    )
    #expect(found.output.hasPrefix("household 421224") && found.output.hasSuffix("members\n"))

    let report = try await registryctl("report", "--output", "json")
    #expect(report.end?.status == 0 && report.output.contains("registered.people"))
    let check = try await registryctl("check", "--deep")
    #expect(check.end?.status == 0, "\(check.output)\(check.words)")
    let exported = try await registryctl("household", "export", "--file", folder.path("out.csv"))
    #expect(exported.end?.status == 0, "\(exported.words)")
    let out = try String(contentsOfFile: folder.path("out.csv"), encoding: .utf8)
    #expect(out.split(whereSeparator: \.isNewline).count == rows.count)
  }

  @Test func refusesExactlyTheFaultyHouseholds() async throws {
    let faults = folder.path("faults.csv")
    let rows = try await population("faulty.csv", "--faults", "0.05", "--faults-list", faults)
    let listed =
      try String(contentsOfFile: faults, encoding: .utf8)
      .split(whereSeparator: \.isNewline).count - 1
    #expect(listed > 0)
    let imported = try await registryctl("import", folder.path("faulty.csv"))
    #expect(imported.end?.status == 65, "\(imported.words)")
    let refused =
      try String(contentsOfFile: folder.path("faulty.csv.refused.csv"), encoding: .utf8)
      .split(whereSeparator: \.isNewline).count - 1
    #expect(refused >= 1)
    #expect(try await registered().people == rows.count - 1 - refused)

    let again = try await registryctl("import", folder.path("faulty.csv"))
    #expect(again.end?.status == 65)
    #expect(try await registered().people == rows.count - 1 - refused)
  }

  @Test func answersAClientThatIsNotOurs() async throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let python =
      ProcessInfo.processInfo.environment["REGISTRY_PYTHON"]
      ?? tests.deletingLastPathComponent().appendingPathComponent(".build/venv/bin/python3").path
    let office = folder.office
    let run = try await DaemonProcess.run(
      [
        "-B", tests.appendingPathComponent("python/conformance.py").path, "--suite", "registry",
        "--host", "127.0.0.1", "--port", "\(daemon.port)", "--ca", office.authority,
        "--cert", office.certificate, "--key", office.key, "--node", "registry://421224/node/main",
      ],
      program: URL(fileURLWithPath: python)
    )
    #expect(run.end?.status == 0, "\(run.output)\(run.words)")
    #expect(run.output.contains("ok "))
  }
}
