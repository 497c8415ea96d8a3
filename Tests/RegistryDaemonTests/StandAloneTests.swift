import Foundation
import TestCertificates
import Testing

/// The command line on registries in files, without a server.
@Suite(.timeLimit(.minutes(3)), .serialized) struct StandAloneTests {
  @Test func aCountyWorksWithoutAServer() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(300)
    try await desk.done(desk.county, "county.db", "import", people)
    let report = try await desk.done(desk.county, "county.db", "report")
    #expect(report.contains("SYNTHETIC") && report.contains("通山县"))
    let check = try await desk.done(desk.county, "county.db", "check", "--deep")
    #expect(check.contains("Differences  0"))
    #expect(try await desk.done(desk.county, "county.db", "inbox").contains("Waiting"))
    #expect(try await desk.done(desk.county, "county.db", "household", "list").contains("421224"))
  }

  @Test func onlyAnOfficeWithItsOwnKeyComesIn() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let stranger = try TestAuthority().issue(.office("421224", "poverty-office", "p0007"))
    let expired = try desk.authority.issue(
      TestLeaf.office("421224", "poverty-office", "p0008").with { $0.notAfter = -60 }
    )
    for (certificate, key) in [
      (stranger.chain, stranger.key), (expired.chain, expired.key),
      (desk.county.chain, desk.province.key),
    ] {
      let run = try await desk.run([
        "report", "--database", desk.path("county.db"), "--ca", desk.county.authority,
        "--cert", certificate, "--key", key,
      ])
      #expect(run.code == 78 && run.output.isEmpty, "\(run.error)")
    }
    // Another county's office is signed in and sees nothing.
    let other = try desk.authority.issue(.office("421223", "poverty-office", "p0001"))
    let run = try await desk.run(other, "county.db", "household", "list", "--division", "421224")
    #expect(run.code == 77, "\(run.error)")
    let none = try await desk.run(desk.county, "none.db", "report")
    #expect(none.code == 66 && none.error.contains("database create"))
  }

  @Test func villagesTakeTheirNumbersFromABlock() async throws {
    let desk = try AloneDesk()
    let refused = try await desk.run([
      "database", "create", desk.path("v.db"), "--division", "421224100001", "--synthetic",
    ])
    #expect(refused.code == 64 && refused.error.contains("--serials"))
    try await desk.create("village.db", "421224100001", "--serials", "5000001-5000100")
    let village = try desk.authority.issue(
      .office("421224100001", "village-committee", "p0101")
    )
    #expect(try await desk.done(village, "village.db", "ping").contains("421224100001"))
  }

  @Test func whatWasChangedIsFoundByPublicKeysAlone() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(2_000)
    try await desk.done(desk.county, "county.db", "import", people)
    let head = desk.path("head")
    let told = try await desk.done(desk.county, "county.db", "journal", "head", "--save", head)
    let key = try #require(
      told.split(separator: "\n").first { $0.hasPrefix("Public key") }?.split(separator: " ").last
    )
    let proof = desk.path("proof")
    try await desk.done(desk.county, "county.db", "journal", "prove", "--entry", "300", proof)
    let exported = desk.path("exported")
    try await desk.done(desk.county, "county.db", "journal", "export", exported)
    func verify(_ words: String...) async throws -> AloneDesk.Run {
      try await desk.run(["journal", "verify"] + words + ["--public-key", String(key)])
    }
    #expect(try await verify("--database", desk.path("county.db"), "--head", head).code == 0)
    #expect(try await verify(exported).code == 0)
    #expect(try await verify(proof).code == 0)
    let otherKey = String(repeating: "ab", count: 32)
    for words in [["journal", "verify", exported], ["journal", "verify", proof]] {
      #expect(try await desk.run(words + ["--public-key", otherKey]).code == 1)
    }
    // A changed header, a changed hash, a cut, a gap, two in each other's place, one twice.
    let cases: [(sql: String, found: String)] = [
      ("UPDATE journal SET body_hash = zeroblob(32) WHERE seq = 200", "entry 200: changed"),
      (
        """
        UPDATE journal SET header = CAST(substr(header, 1, length(header) - 1) || x'39' AS BLOB)
          WHERE seq = 120
        """, "entry 120: changed"
      ),
      ("DELETE FROM journal WHERE seq > 400", "cut off"),
      ("DELETE FROM journal WHERE seq = 77", "entry 77: missing"),
      (
        """
        UPDATE journal SET seq = -1 WHERE seq = 50; UPDATE journal SET seq = 50 WHERE seq = 51;
        UPDATE journal SET seq = 51 WHERE seq = -1
        """, "entry 50"
      ),
      (
        "DELETE FROM journal_head WHERE size > 400; DELETE FROM journal WHERE seq > 400",
        "cut off"
      ),
    ]
    for (number, test) in cases.enumerated() {
      let name = "tampered-\(number).db"
      try FileManager.default.copyItem(
        atPath: desk.path("county.db"),
        toPath: desk.path(name)
      )
      try await desk.tamper(name, test.sql)
      let run = try await verify("--database", desk.path(name), "--head", head)
      #expect(run.code == 1 && run.output.contains(test.found), "\(number): \(run.output)")
    }
    var octets = try Data(contentsOf: URL(fileURLWithPath: exported))
    octets[octets.count / 2] ^= 1
    try octets.write(to: URL(fileURLWithPath: exported))
    #expect(try await [1, 65].contains(verify(exported).code))
  }

  @Test func bundlesCarryTheJournalByFile() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    try await desk.create("province.db", "420000")
    let people = try await desk.people(300)
    try await desk.done(desk.county, "county.db", "import", people)
    let (bundle, receipts) = (desk.path("bundle"), desk.path("receipts"))
    let recipient = desk.province.chain
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "export",
      bundle,
      "--recipient",
      recipient
    )
    // Altered, cut short, and to somebody else.
    var octets = try Data(contentsOf: URL(fileURLWithPath: bundle))
    octets[octets.count / 2] ^= 1
    try octets.write(to: URL(fileURLWithPath: desk.path("altered")))
    try Data(contentsOf: URL(fileURLWithPath: bundle)).dropLast(100)
      .write(to: URL(fileURLWithPath: desk.path("cut")))
    for file in ["altered", "cut"] {
      let run = try await desk.run(
        desk.province,
        "province.db",
        "bundle",
        "import",
        desk.path(file),
        "--receipts",
        receipts
      )
      #expect(run.code == 65, "\(file): \(run.error)")
    }
    let stranger = try await desk.run(
      desk.county,
      "county.db",
      "bundle",
      "import",
      bundle,
      "--receipts",
      receipts
    )
    #expect(stranger.code == 65, "\(stranger.error)")
    // Twice: the second time it gives the same receipts.
    for _ in 0..<2 {
      try await desk.done(
        desk.province,
        "province.db",
        "bundle",
        "import",
        bundle,
        "--receipts",
        receipts
      )
    }
    try await desk.done(desk.county, "county.db", "bundle", "receipt", receipts)
    let nothing = try await desk.run(
      desk.county,
      "county.db",
      "bundle",
      "export",
      bundle,
      "--recipient",
      recipient
    )
    #expect(nothing.code == 66)
    try await ordersComeDown(at: desk)
    let check = try await desk.done(desk.province, "province.db", "check", "--deep")
    #expect(check.contains("Differences  0"))
    let status = try await desk.done(desk.province, "province.db", "link", "status")
    #expect(status.contains("registry://421224/node/main") && status.contains("uploaded data: 1"))
  }

  /// What the province set goes to the county by file, takes effect once, and is confirmed by file.
  private func ordersComeDown(at desk: AloneDesk) async throws {
    let (orders, receipts) = (desk.path("orders"), desk.path("receipts-up"))
    func export(to recipient: TestIdentity) async throws -> AloneDesk.Run {
      try await desk.run(
        desk.province,
        "province.db",
        "bundle",
        "export",
        orders,
        "--recipient",
        recipient.chain
      )
    }
    func take(_ file: String) async throws -> AloneDesk.Run {
      try await desk.run(
        desk.county,
        "county.db",
        "bundle",
        "import",
        file,
        "--receipts",
        receipts
      )
    }
    let set = ["policy", "set", "420000", "entry.days=45", "--source", "鄂〔2010〕1号"]
    try #require(
      try await desk.run(
        set + [
          "--database", desk.path("province.db"), "--ca", desk.province.authority, "--cert",
          desk.province.chain, "--key", desk.province.key,
        ]
      ).code == 0
    )
    // Nobody else gets any: a county that sent nothing yet, an office that has no node.
    let other = try desk.authority.issue(.office("421223", "poverty-office", "p0001"))
    let unknown = try await export(to: other)
    #expect(unknown.code == 66 && unknown.error.contains("no bundle"), "\(unknown.error)")
    let village = try desk.authority.issue(.office("421224100001", "village-committee", "p0101"))
    #expect(try await export(to: village).code == 66)
    let education = try desk.authority.issue(.office("421224", "education", "p0102"))
    #expect(try await export(to: education).code == 77)
    #expect(try await export(to: desk.county).code == 0)
    var octets = try Data(contentsOf: URL(fileURLWithPath: orders))
    octets[octets.count / 2] ^= 1
    try octets.write(to: URL(fileURLWithPath: desk.path("altered-orders")))
    #expect(try await take(desk.path("altered-orders")).code == 65)
    let before = try await desk.done(desk.county, "county.db", "policy", "list")
    for _ in 0..<2 {
      let taken = try await take(orders)
      #expect(taken.code == 0, "\(taken.error)")
    }
    let after = try await desk.done(desk.county, "county.db", "policy", "list")
    #expect(before != after && after.contains("45"), "\(after)")
    try await desk.done(desk.province, "province.db", "bundle", "receipt", receipts)
    #expect(try await export(to: desk.county).code == 66)
    let check = try await desk.done(desk.county, "county.db", "check", "--deep")
    #expect(check.contains("Differences  0"))
  }

  /// OpenSSL's own program reads what is written here, and its keys are taken.
  @Test func openSSLOpensAndChecks() async throws {
    let desk = try AloneDesk()
    func openssl(_ words: String...) async throws {
      let run = try await DaemonProcess.run(words, program: URL(filePath: "/usr/bin/openssl"))
      try #require(run.end?.status == 0, "\(run.words)")
    }
    try await desk.create("county.db", "421224")
    try await desk.done(desk.county, "county.db", "import", try await desk.people(50))
    let (signing, key) = (desk.path("county.db.signing.pem"), desk.path("public.pem"))
    func verify() async throws -> AloneDesk.Run {
      try await desk.run([
        "journal", "verify", "--database", desk.path("county.db"), "--public-key", key,
      ])
    }
    try await openssl("pkey", "-in", signing, "-pubout", "-out", key)
    #expect(try await verify().code == 0)
    // The next key is OpenSSL's, appended to the file; either is trusted now, a stranger is not.
    let next = desk.path("next.pem")
    try await openssl("genpkey", "-algorithm", "ed25519", "-out", next)
    var keys = try Data(contentsOf: URL(filePath: signing))
    keys.append(try Data(contentsOf: URL(filePath: next)))
    try keys.write(to: URL(filePath: signing))
    let check = try await desk.done(desk.county, "county.db", "check", "--deep")
    #expect(check.contains("Differences  0"))
    #expect(try await verify().code == 0)
    try await openssl("pkey", "-in", next, "-pubout", "-out", key)
    #expect(try await verify().code == 0)
    try await openssl("genpkey", "-algorithm", "ed25519", "-out", next)
    try await openssl("pkey", "-in", next, "-pubout", "-out", key)
    #expect(try await verify().code != 0)
    let backup = desk.path("backup")
    let made = try await desk.run([
      "backup", backup, "--database", desk.path("county.db"), "--recipient", desk.county.chain,
    ])
    #expect(made.code == 0, "\(made.error)")
    let octets = try Data(contentsOf: URL(filePath: backup))
    let start = try #require(octets.firstIndex(of: 10)) + 5
    let count = octets[(start - 4)..<start].reduce(0) { $0 << 8 | Int($1) }
    try octets[start..<(start + count)].write(to: URL(filePath: desk.path("part.der")))
    try await openssl(
      "cms",
      "-decrypt",
      "-inform",
      "DER",
      "-binary",
      "-in",
      desk.path("part.der"),
      "-recip",
      desk.county.chain,
      "-inkey",
      desk.county.key,
      "-out",
      desk.path("part")
    )
    let opened = try Data(contentsOf: URL(filePath: desk.path("part")))
    #expect(opened.range(of: Data("registry://421224/node/main".utf8)) != nil)
  }

  /// Killed at any moment, a backup and a restore leave nothing under their names, or the whole.
  @Test func nothingIsHalfDoneAfterAKill() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    try await desk.done(desk.county, "county.db", "import", try await desk.people(2_000))
    let moments = stride(from: 0.01, to: 0.4, by: 0.05)
    func isThere(_ name: String) -> Bool {
      FileManager.default.fileExists(atPath: desk.path(name))
    }
    func killed(after seconds: Double, _ words: [String]) async throws {
      let program = DaemonProcess.program("registryctl").path
      _ = try await DaemonProcess.run(
        ["-s", "KILL", "\(seconds)", program] + words,
        program: URL(filePath: "/usr/bin/timeout")
      )
    }
    func backup(_ name: String) -> [String] {
      [
        "backup", desk.path(name), "--database", desk.path("county.db"), "--recipient",
        desk.county.chain, "--with-keys",
      ]
    }
    func restore(_ name: String, _ folder: String) throws -> [String] {
      try FileManager.default.createDirectory(
        atPath: desk.path(folder),
        withIntermediateDirectories: true
      )
      return [
        "restore", desk.path(name), "--database", desk.path("\(folder)/county.db"), "--cert",
        desk.county.chain, "--key", desk.county.key,
      ]
    }
    func isWhole(_ database: String) async throws -> Bool {
      try await desk.done(desk.county, database, "check", "--deep").contains("Differences  0")
    }
    for (number, moment) in moments.enumerated() {
      let name = "backup-\(number)"
      try await killed(after: moment, backup(name))
      guard isThere(name) else { continue }
      let run = try await desk.run(try restore(name, "whole-\(number)"))
      #expect(run.code == 0, "\(moment): \(run.error)")
    }
    #expect(try await isWhole("county.db"))
    let made = try await desk.run(backup("backup"))
    try #require(made.code == 0, "\(made.error)")
    for (number, moment) in moments.enumerated() {
      let folder = "killed-\(number)"
      let words = try restore("backup", folder)
      try await killed(after: moment, words)
      if !isThere("\(folder)/county.db") {
        // Keys get their names before the database, and are not written over.
        for key in ["county.db.key", "county.db.signing.pem"] where isThere("\(folder)/\(key)") {
          try FileManager.default.removeItem(atPath: desk.path("\(folder)/\(key)"))
        }
        let again = try await desk.run(words)
        #expect(again.code == 0, "\(moment): \(again.error)")
      }
      #expect(try await isWhole("\(folder)/county.db"), "\(moment)")
    }
  }

  @Test func backupsComeBackReadOnly() async throws {
    let desk = try AloneDesk()
    try await desk.create("county.db", "421224")
    let people = try await desk.people(300)
    try await desk.done(desk.county, "county.db", "import", people)
    let backup = desk.path("backup")
    let made = try await desk.run([
      "backup", backup, "--database", desk.path("county.db"), "--recipient", desk.county.chain,
      "--with-keys",
    ])
    #expect(made.code == 0, "\(made.error)")
    #expect(!FileManager.default.fileExists(atPath: desk.path("back/county.db")))
    func restore(_ file: String, _ folder: String, _ identity: TestIdentity) async throws
      -> AloneDesk.Run
    {
      try FileManager.default.createDirectory(
        atPath: desk.path(folder),
        withIntermediateDirectories: true
      )
      return try await desk.run([
        "restore", file, "--database", desk.path("\(folder)/county.db"), "--cert", identity.chain,
        "--key", identity.key,
      ])
    }
    var octets = try Data(contentsOf: URL(fileURLWithPath: backup))
    octets[octets.count / 2] ^= 1
    try octets.write(to: URL(fileURLWithPath: desk.path("altered")))
    try Data(contentsOf: URL(fileURLWithPath: backup)).dropLast(5_000)
      .write(to: URL(fileURLWithPath: desk.path("cut")))
    #expect(try await restore(desk.path("altered"), "a", desk.county).code == 65)
    #expect(try await restore(desk.path("cut"), "b", desk.county).code == 65)
    #expect(try await restore(backup, "c", desk.province).code == 65)
    for folder in ["a", "b", "c"] {
      #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path(folder)) == [])
    }
    let restored = try await restore(backup, "d", desk.county)
    #expect(restored.code == 0, "\(restored.error)")
    #expect(try await restore(backup, "d", desk.county).code == 73)
    // The log of a database that was moved away would be replayed over the restored one.
    try FileManager.default.createDirectory(
      atPath: desk.path("e"),
      withIntermediateDirectories: true
    )
    _ = FileManager.default.createFile(atPath: desk.path("e/county.db-wal"), contents: Data([1]))
    #expect(try await restore(backup, "e", desk.county).code == 73)
    let quota = ["quota", "set", "421224100000=100", "--reason", "x"]
    let identity = [
      "--database", desk.path("d/county.db"), "--ca", desk.county.authority,
      "--cert", desk.county.chain, "--key", desk.county.key,
    ]
    let refused = try await desk.run(quota + identity)
    #expect(refused.code != 0 && refused.error.contains("node.restored"))
    let check = try await desk.run(["check", "--deep"] + identity)
    #expect(check.output.contains("Differences  0"))
    let mistyped = try await desk.run(["restore", "--mark", "--database", desk.path("d/conty.db")])
    #expect(mistyped.code != 0)
    #expect(!FileManager.default.fileExists(atPath: desk.path("d/conty.db")))
    // Keys may be kept elsewhere.
    for (name, moved) in [("county.db.key", "sealing"), ("county.db.signing.pem", "signing.pem")] {
      try FileManager.default.moveItem(atPath: desk.path("d/\(name)"), toPath: desk.path(moved))
    }
    let released = try await desk.run([
      "restore", "--resume", "--database", desk.path("d/county.db"), "--sealing-key",
      desk.path("sealing"), "--signing-key", desk.path("signing.pem"),
    ])
    #expect(released.code == 0, "\(released.error)")
    for (name, moved) in [("county.db.key", "sealing"), ("county.db.signing.pem", "signing.pem")] {
      try FileManager.default.moveItem(atPath: desk.path(moved), toPath: desk.path("d/\(name)"))
    }
    #expect(try await desk.run(quota + identity).code == 0)
    #expect(
      try await desk.run(["journal", "verify", "--database", desk.path("d/county.db")]).code == 0
    )
  }
}
