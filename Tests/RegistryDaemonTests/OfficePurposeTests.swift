import Foundation
import RegistryClient
import TestCertificates
import Testing

/// Offices that are bound to a purpose, with the command line, against the running program.
@Suite(.timeLimit(.minutes(3)), .serialized) struct OfficePurposeTests {
  private typealias Run = (end: DaemonProcess.End?, output: String, words: String)

  private let folder: DaemonFolder
  private let daemon: DaemonProcess

  init() async throws {
    folder = try DaemonFolder()
    daemon = try await folder.start()
    let client = try folder.client(daemon)
    let (results, failure) = await SampleImport(20, size: 20).run(client)
    #expect(results.count == 20 && failure == nil)
    await client.close()
  }

  private func registryctl(_ office: TestLeaf, _ words: [String]) async throws -> Run {
    let identity = try folder.issue(office)
    return try await DaemonProcess.run(
      words + [
        "--server", daemon.address, "--node", "registry://421224/node/main", "--ca",
        identity.authority, "--cert", identity.chain, "--key", identity.key,
      ],
      environment: ["LC_ALL": "C", "REGISTRY_PROFILE": ""],
      program: DaemonProcess.program("registryctl")
    )
  }

  private let education = TestLeaf.office("421224", "education", "p0021")
  private let audit = TestLeaf.office("421224", "audit", "p0031")

  @Test func anEducationOfficeSaysWhatItLooksFor() async throws {
    let list = ["household", "list", "--all", "--output", "csv"]
    let silent = try await registryctl(education, list)
    #expect(silent.end?.status == 77, "\(silent.words)")
    #expect(silent.words.contains("schooling-support") && silent.words.contains("purpose-missing"))
    let wrong = try await registryctl(education, list + ["--purpose", "inspection"])
    #expect(wrong.end?.status == 77)
    #expect(wrong.words.contains("inspection is not one of schooling-support"), "\(wrong.words)")
    let chinese = try await registryctl(
      education,
      list + ["--purpose", "inspection", "--lang", "zh"]
    )
    #expect(
      chinese.words
        == "错误：本机构无权限（PERMISSION_DENIED）：不可用于 inspection（审计检查），可用："
        + "schooling-support（教育资助）\n  规则：office.purpose\n"
    )
    let unknown = try await registryctl(education, list + ["--purpose", "curiosity"])
    #expect(unknown.end?.status == 64 && unknown.words.contains("allowed: schooling-support"))
    let right = try await registryctl(education, list + ["--purpose", "schooling-support"])
    #expect(right.end?.status == 0, "\(right.words)")
    // What needs no purpose may be asked with one, and without.
    for words in [["ping"], ["ping", "--purpose", "schooling-support"]] {
      #expect(try await registryctl(education, words).end?.status == 0)
    }
  }

  @Test func anAuditOfficeInspectsByItsProfile() async throws {
    let identity = try folder.issue(audit)
    let profile = [
      "server": daemon.address, "ca": identity.authority, "cert": identity.chain,
      "key": identity.key, "node": "registry://421224/node/main", "purpose": "inspection",
    ]
    let file = folder.url.appendingPathComponent("audit.json")
    try JSONSerialization.data(withJSONObject: ["profiles": ["audit": profile]]).write(to: file)
    func run(_ words: String...) async throws -> Run {
      try await DaemonProcess.run(
        words + ["--profiles", file.path, "--profile", "audit"],
        environment: ["LC_ALL": "C"],
        program: DaemonProcess.program("registryctl")
      )
    }
    let list = try await run("household", "list", "--all", "--output", "csv")
    #expect(list.end?.status == 0, "\(list.words)")
    #expect(list.output.split(separator: "\n").count == 21)
    let exported = try await run("household", "export", "--format", "jsonl")
    #expect(exported.output.split(separator: "\n").count == 20, "\(exported.words)")
    for words in ["stats", "report", "check"] {
      #expect(try await run(words).end?.status == 0, "\(words)")
    }
    let other = try await run("household", "list", "--purpose", "medical-support")
    #expect(other.end?.status == 77 && other.words.contains("not one of inspection"))
    let foreign = try await run("household", "list", "--division", "421223")
    #expect(foreign.end?.status == 77 && foreign.words.contains("rule: office.area"))
    let nowhere = try await run("household", "export", "--division", "421299")
    #expect(nowhere.end?.status == 66 && nowhere.words.contains("421299"), "\(nowhere.words)")
    let unsaid = try await registryctl(audit, ["household", "export"])
    #expect(
      unsaid.end?.status == 77 && unsaid.words.contains("a purpose must be stated: inspection")
    )
    // Every log and count, too, is looked at for an inspection.
    let uncounted = try await registryctl(audit, ["check"])
    #expect(uncounted.end?.status == 77 && uncounted.words.contains("must be stated: inspection"))
    let counted = try await registryctl(audit, ["check", "--purpose", "inspection"])
    #expect(counted.end?.status == 0)
  }

  @Test func anOfficeStatesNoPurposeOfAnother() async throws {
    let partner = TestLeaf.office("421224", "partner", "p0400")
    let refused = try await registryctl(partner, ["published", "--purpose", "inspection"])
    #expect(refused.end?.status == 77 && refused.words.contains("none need be stated"))
    #expect(try await registryctl(partner, ["published"]).end?.status == 0)
  }

  @Test func anotherCountysOfficeDoesNotRecountThisNode() async throws {
    let office = TestLeaf.office("421223", "poverty-office", "p0001")
    let refused = try await registryctl(office, ["check"])
    #expect(refused.end?.status == 77 && refused.words.contains("rule: office.area"))
    let chinese = try await registryctl(office, ["check", "--lang", "zh"])
    #expect(
      chinese.words
        == "错误：本机构无权限（PERMISSION_DENIED）：核对涉及整个节点，而节点所在区划不在本机构辖区内\n"
        + "  规则：office.area\n"
    )
  }
}
