import Foundation
import TestCertificates
import Testing

/// The offices of a county at their command lines, against a running program.
final class Operators: Sendable {
  typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  /// The offices by short names.
  enum Desk: String, CaseIterable {
    case village, township, poverty, security

    var leaf: TestLeaf {
      switch self {
      case .village: .office("421224100001", "village-committee", "p0101", name: "村甲")
      case .township: .office("421224100000", "township-government", "p0102", name: "镇乙")
      case .poverty: .office("421224", "poverty-office", "p0103", name: "县丙")
      case .security: .office("421224", "civil-affairs", "p0104", name: "县丁")
      }
    }
  }

  let folder: DaemonFolder
  let daemon: DaemonProcess
  private let profiles: String

  init() async throws {
    folder = try DaemonFolder()
    daemon = try await folder.start()
    var named: [String: [String: String]] = [:]
    for desk in Desk.allCases {
      let identity = try folder.issue(desk.leaf)
      named[desk.rawValue] = [
        "server": daemon.address, "ca": identity.authority, "cert": identity.chain,
        "key": identity.key, "node": "registry://421224/node/main",
      ]
    }
    let file = folder.url.appendingPathComponent("desks.json")
    try JSONSerialization.data(withJSONObject: ["profiles": named]).write(to: file)
    profiles = file.path
  }

  /// The options by which `registryctl` calls as an office.
  func options(_ desk: Desk) -> [String] { ["--profiles", profiles, "--profile", desk.rawValue] }

  /// Runs `registryctl` as an office.
  func run(_ desk: Desk, _ words: String...) async throws -> Run {
    try await DaemonProcess.run(
      words + options(desk),
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  /// Runs a command that must succeed and prints CSV; gives its rows by their headings.
  func rows(_ desk: Desk, _ words: String...) async throws -> [[String: String]] {
    let run = try await DaemonProcess.run(
      words + options(desk) + ["--output", "csv"],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
    #expect(run.end?.status == 0, "\(words) \(run.output)\(run.words)")
    return Self.table(run.output)
  }

  /// CSV without quoted line ends.
  static func table(_ text: String) -> [[String: String]] {
    let lines = text.split(separator: "\n").map { cells(String($0)) }
    guard let headings = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(zip(headings, $0)) { first, _ in first } }
  }

  private static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
