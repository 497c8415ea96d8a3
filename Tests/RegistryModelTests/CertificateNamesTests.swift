import Foundation
import RegistryModel
import Testing

/// `tools/certs` makes certificates for those names alone that the registry reads and lets do
/// something.
@Suite(.timeLimit(.minutes(1)))
struct CertificateNamesTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func certs(_ arguments: [String]) throws -> (status: Int32, output: String, error: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["bash", Self.root.appending(path: "tools/certs").path, "--check"]
    process.arguments? += arguments
    let output = Pipe()
    let error = Pipe()
    process.standardOutput = output
    process.standardError = error
    try process.run()
    let told = output.fileHandleForReading.readDataToEndOfFile()
    let words = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      process.terminationStatus, String(decoding: told, as: UTF8.self),
      String(decoding: words, as: UTF8.self)
    )
  }

  /// What the registry says of a name: it can be read, and some row of the table is for it.
  private func isTaken(_ uri: String) throws -> Bool {
    guard let identity = OfficeIdentity(uri: uri) else { return false }
    let table = try AuthorizationTable.load()
    return RegistryModel.Operation.allCases.contains {
      table.grant(kind: identity.kind, level: identity.division.level, operation: $0) != nil
    }
  }

  static let divisions = [
    "000000", "420000", "421200", "421224", "421224100000", "421224100201", "441900003000",
    "421224000000", "421224100", "421224000201", "420000100000", "001224", "42122", "４２１２２４",
    "42122a",
    "", "421224 ", "000000000000",
  ]

  @Test(arguments: divisions)
  func officesAreTakenWhereTheRegistryTakesThem(division: String) throws {
    for kind in OfficeKind.allCases.map(\.rawValue) + ["school", "Audit"] where kind != "node" {
      let uri = "registry://\(division)/\(kind)/p0007"
      let made = try certs(["office", division, kind, "p0007"])
      #expect((made.status == 0) == (try isTaken(uri)), "\(uri): \(made.error)")
      if made.status == 0 { #expect(made.output == uri + "\n") }
    }
    let node = try certs(["node", division])
    #expect((node.status == 0) == (try isTaken("registry://\(division)/node/main")), "\(division)")
  }

  @Test(arguments: [
    "p0007", "p1234567890", "p007", "p12345678901", "P0007", "zhang", "p00a7", "0007", "p０００７",
    "p0007-",
  ])
  func personsAreNumbers(person: String) throws {
    let made = try certs(["office", "421224", "audit", person])
    #expect((made.status == 0) == (try isTaken("registry://421224/audit/\(person)")))
    if made.status != 0 {
      #expect(made.status == 64 && made.error.contains("p and 4 to 10 digits"))
    }
  }

  @Test(arguments: ["main", "a-1", "1st", "Main", "a_b", "-a", String(repeating: "a", count: 33)])
  func nodesHaveNames(name: String) throws {
    let made = try certs(["node", "421224", "--name", name])
    #expect((made.status == 0) == (try isTaken("registry://421224/node/\(name)")))
    if made.status != 0 { #expect(made.status == 64 && made.error.contains("a letter, then")) }
  }

  @Test func aRefusalSaysWhatWouldDo() throws {
    let kind = try certs(["office", "421224", "school", "p0007"])
    #expect(kind.status == 64 && kind.error.contains("education"))
    let level = try certs(["office", "421224", "village-committee", "p0007"])
    #expect(level.status == 64 && level.error.contains(": village "))
    let division = try certs(["ca", "--permit", "421224000000"])
    #expect(division.status == 64 && division.error.contains("421224"))
  }
}
