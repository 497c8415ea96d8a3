import Foundation
import TestCertificates
import Testing

/// A village's registry in a file and its county's, between which bundles are carried.
private final class OfficeDesk: Sendable {
  static let villageCode = "421224100001"
  let desk: AloneDesk
  let village: TestIdentity
  let township: TestIdentity
  let civilAffairs: TestIdentity
  let prefecture: TestIdentity

  init(applications: Int = 4) async throws {
    desk = try AloneDesk()
    let authority = desk.authority
    village = try authority.issue(.office(Self.villageCode, "village-committee", "p0101"))
    township = try authority.issue(.office("421224100000", "township-government", "p0102"))
    civilAffairs = try authority.issue(.office("421224", "civil-affairs", "p0103"))
    prefecture = try authority.issue(.office("421200", "poverty-office", "p0104"))
    try await desk.create("county.db", "421224")
    try await desk.create("village.db", Self.villageCode, "--serials", "5000001-5000100")
    if applications > 0 { try await apply() }
  }

  static func ago(_ days: Int) -> String {
    let day = Date(timeIntervalSinceNow: -86_400 * Double(days))
    return day.formatted(.iso8601.year().month().day())
  }

  /// Applications of two households, made up so that no two of them are alike.
  func apply(people: Int = 8, seed: Int = 9) async throws {
    let file = try await desk.people(people, seed: seed, division: Self.villageCode)
    try await desk.done(village, "village.db", "apply", "--csv", file, "--day", Self.ago(62))
  }

  /// The village's own part, up to the closing of its notice.
  func goOn(closing: Bool = true) async throws {
    let (all, day) = ("--all-waiting", "--day")
    try await desk.done(
      village,
      "village.db",
      "application",
      "appraise",
      all,
      "--present",
      "46",
      "--for",
      "41",
      "--against",
      "5",
      day,
      Self.ago(60)
    )
    try await decide(days: 59)
    try await notice(opened: 58, closed: closing ? 49 : nil)
  }

  func decide(days: Int) async throws {
    try await desk.done(
      village,
      "village.db",
      "application",
      "decide",
      "--all-waiting",
      "--accept",
      "--day",
      Self.ago(days)
    )
  }

  /// Posts the village's notice, and closes it.
  func notice(opened: Int, closed: Int?) async throws {
    try await desk.done(
      village,
      "village.db",
      "notice",
      "open",
      "--day",
      Self.ago(opened),
      "--place",
      "公示栏"
    )
    guard let closed else { return }
    let list = try await rows(village, "village.db", "notice", "list", "--open")
    try await desk.done(
      village,
      "village.db",
      "notice",
      "close",
      try #require(list.first?.first),
      "--day",
      Self.ago(closed)
    )
  }

  /// Carries what the village recorded to the county, and the receipts back; what both said.
  @discardableResult func up() async throws -> String {
    let (file, receipts) = (desk.path("up"), desk.path("up-receipts"))
    try await desk.done(
      village,
      "village.db",
      "bundle",
      "export",
      file,
      "--recipient",
      desk.county.chain
    )
    let taken = try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "import",
      file,
      "--receipts",
      receipts
    )
    return taken + (try await desk.done(village, "village.db", "bundle", "receipt", receipts))
  }

  /// Carries what the county recorded to the village, and the receipts back.
  func down() async throws {
    let (file, receipts) = (desk.path("down"), desk.path("down-receipts"))
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "export",
      file,
      "--recipient",
      village.chain
    )
    let told = try await desk.done(
      village,
      "village.db",
      "bundle",
      "import",
      file,
      "--receipts",
      receipts
    )
    #expect(!told.contains("took no effect"), "\(told)")
    try await desk.done(desk.county, "county.db", "bundle", "receipt", receipts)
  }

  /// The cells of a listing.
  func rows(
    _ office: TestIdentity,
    _ database: String,
    _ words: String...
  ) async throws -> [[String]] {
    let run = try await desk.run(
      words + [
        "--output", "csv", "--database", desk.path(database), "--ca", office.authority, "--cert",
        office.chain, "--key", office.key,
      ]
    )
    try #require(run.code == 0, "\(words): \(run.error)")
    return run.output.split(separator: "\n").dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  /// The versions and states of the applications, by their numbers.
  func states(_ office: TestIdentity, _ database: String) async throws -> [String] {
    try await rows(office, database, "application", "list")
      .map { $0.prefix(3).joined(separator: " ") }
  }

  /// Both files recount right, and hold the same applications.
  func agree() async throws {
    for (office, database) in [(village, "village.db"), (desk.county, "county.db")] {
      let check = try await desk.done(office, database, "check", "--deep")
      #expect(check.contains("Differences  0"), "\(database): \(check)")
    }
    let (here, there) = (
      try await states(village, "village.db"), try await states(desk.county, "county.db")
    )
    #expect(here == there && !here.isEmpty)
  }
}

/// Villages and townships that work in files of their own.
@Suite(.timeLimit(.minutes(3)), .serialized) struct OfficeBundleTests {
  /// The whole procedure: the village's part by file, the rest at the county, which the village sees.
  @Test func aVillageWorksByFile() async throws {
    let office = try await OfficeDesk()
    let desk = office.desk
    try await office.goOn()
    let taken = try await office.up()
    #expect(!taken.contains("took no effect"), "\(taken)")
    let states = try await office.states(desk.county, "county.db")
    #expect(states.count > 1 && states.allSatisfy { $0.contains(" 5 ") }, "\(states)")
    try await office.agree()
    try await office.down()
    try await office.agree()
    // Imported again, nothing is done twice and the same receipts are given.
    for _ in 0..<2 {
      try await desk.done(
        desk.county,
        "county.db",
        "bundle",
        "import",
        desk.path("up"),
        "--receipts",
        desk.path("again")
      )
    }
    try await desk.done(office.village, "village.db", "bundle", "receipt", desk.path("again"))
    try await returned(office)
    try await registered(office)
    try await conflict(office)
  }

  /// The township sends one back; the village decides it anew in its file.
  private func returned(_ office: OfficeDesk) async throws {
    let desk = office.desk
    let first = try #require(
      try await office.rows(office.township, "county.db", "application", "list").first?.first
    )
    try await desk.done(
      office.township,
      "county.db",
      "application",
      "return",
      first,
      "--to",
      "village",
      "--reason",
      "材料不全",
      "--day",
      OfficeDesk.ago(45)
    )
    try await office.down()
    try await office.agree()
    try await desk.done(
      office.village,
      "village.db",
      "application",
      "appraise",
      first,
      "--present",
      "30",
      "--for",
      "30",
      "--day",
      OfficeDesk.ago(44)
    )
    try await office.decide(days: 44)
    try await office.notice(opened: 43, closed: 34)
    #expect(try await !office.up().contains("took no effect"))
    try await office.agree()
  }

  /// The county registers them; their files come to the village.
  private func registered(_ office: OfficeDesk) async throws {
    let desk = office.desk
    func step(_ who: TestIdentity, _ words: String..., days: Int) async throws {
      let run = try await desk.run(
        ["application"] + words + [
          "--all-waiting", "--day", OfficeDesk.ago(days), "--database", desk.path("county.db"),
          "--ca", who.authority, "--cert", who.chain, "--key", who.key,
        ]
      )
      try #require(run.code == 0, "\(words): \(run.error)\(run.output)")
    }
    func notice(_ who: TestIdentity, opened: Int, closed: Int) async throws {
      try await desk.done(
        who,
        "county.db",
        "notice",
        "open",
        "--day",
        OfficeDesk.ago(opened),
        "--place",
        "公示栏"
      )
      let list = try await office.rows(who, "county.db", "notice", "list", "--open")
      let id = try #require(list.first?.first)
      try await desk.done(who, "county.db", "notice", "close", id, "--day", OfficeDesk.ago(closed))
    }
    let year = String(OfficeDesk.ago(33).prefix(4))
    try await step(
      office.township,
      "examine",
      "--accept",
      "--income",
      "980",
      "--income-year",
      year,
      "--able-to-work",
      "yes",
      days: 33
    )
    try await notice(office.township, opened: 32, closed: 24)
    try await step(office.civilAffairs, "approve", "--decision", "dibao", days: 23)
    try await step(desk.county, "approve", "--decision", "object", days: 22)
    try await notice(desk.county, opened: 21, closed: 13)
    try await step(desk.county, "register", "--reason", "已核实", days: 12)
    try await office.down()
    try await office.agree()
    let files = try await office.rows(office.village, "village.db", "household", "list")
    let there = try await office.rows(desk.county, "county.db", "household", "list")
    #expect(files == there && files.count > 1)
  }

  /// A proposal on a version that changed meanwhile is a conflict, which a person settles.
  private func conflict(_ office: OfficeDesk) async throws {
    let desk = office.desk
    let number = try #require(
      try await office.rows(office.village, "village.db", "household", "list").first?.first
    )
    func correct(
      _ who: TestIdentity,
      _ database: String,
      _ telephone: String
    ) async throws {
      try await desk.done(
        who,
        database,
        "change",
        "correct",
        "--number",
        number,
        "--set",
        "contact.telephone=\(telephone)",
        "--reason",
        "电话变更"
      )
    }
    try await correct(office.village, "village.db", "13800000001")
    try await correct(desk.county, "county.db", "13900000002")
    #expect(try await !office.up().contains("took no effect"))
    let proposals = try await office.rows(desk.county, "county.db", "proposal", "list")
    #expect(proposals.map { $0[2] } == ["4"], "\(proposals)")
    try await desk.done(
      desk.county,
      "county.db",
      "conflict",
      "resolve",
      try #require(proposals.first?.first),
      "--take",
      "proposed",
      "--reason",
      "以村为准"
    )
    try await office.down()
    let told = try await office.rows(
      office.village,
      "village.db",
      "proposal",
      "list",
      "--state",
      "taken"
    )
    #expect(told.map { $0[2] } == ["2"], "\(told)")
    let file = try await desk.done(
      office.village,
      "village.db",
      "household",
      "get",
      "--number",
      number
    )
    #expect(file.contains("13800000001"))
    try await office.agree()
    // Erased at the county, it is erased at the village.
    try await desk.done(
      desk.county,
      "county.db",
      "household",
      "erase",
      number,
      "--confirm",
      number,
      "--reason",
      "法院裁定"
    )
    try await office.down()
    let gone = try await desk.run(
      office.village,
      "village.db",
      "household",
      "get",
      "--number",
      number
    )
    #expect(gone.code == 66, "\(gone.output)")
    try await office.agree()
  }

  /// The rules that hold at the county are asked anew: what breaks them comes back as it stands.
  @Test func whatTheCountyRefusesComesBack() async throws {
    let office = try await OfficeDesk()
    let desk = office.desk
    try await desk.done(
      office.prefecture,
      "county.db",
      "policy",
      "set",
      "421200",
      "notice.village.days=20",
      "--from",
      OfficeDesk.ago(100),
      "--source",
      "咸扶〔2010〕1号"
    )
    try await office.goOn()
    let taken = try await office.up()
    #expect(taken.contains("notice.days"), "\(taken)")
    // The village had gone further than the county took it along.
    let (here, there) = (
      try await office.states(office.village, "village.db"),
      try await office.states(desk.county, "county.db")
    )
    #expect(here.allSatisfy { $0.contains(" 5 ") } && there.allSatisfy { $0.contains(" 4 ") })
    try await office.down()
    try await office.agree()
    // Closed again when its days are over, it goes on.
    let list = try await office.rows(office.village, "village.db", "notice", "list", "--open")
    try await desk.done(
      office.village,
      "village.db",
      "notice",
      "close",
      try #require(list.first?.first),
      "--day",
      OfficeDesk.ago(37)
    )
    #expect(try await !office.up().contains("took no effect"))
    try await office.agree()
  }

  /// A village whose file came from a backup gets its own journal back by file, and goes on.
  @Test(arguments: [true, false]) func restoredFromABackup(isMarked: Bool) async throws {
    let office = try await OfficeDesk()
    let desk = office.desk
    try await office.up()
    try await office.down()
    let (backup, copy) = (desk.path("backup"), desk.path("village-copy.db"))
    let files = FileManager.default
    if isMarked {
      let made = try await desk.run([
        "backup", backup, "--database", desk.path("village.db"), "--recipient",
        office.village.chain, "--with-keys",
      ])
      try #require(made.code == 0, "\(made.error)")
    } else {
      try files.copyItem(atPath: desk.path("village.db"), toPath: copy)
    }
    try await office.goOn()
    try await office.up()
    try await office.down()
    let keys = isMarked ? ["", ".key", ".signing.pem"] : [""]
    for suffix in keys { try files.removeItem(atPath: desk.path("village.db" + suffix)) }
    if isMarked {
      let restored = try await desk.run([
        "restore", backup, "--database", desk.path("village.db"), "--cert", office.village.chain,
        "--key", office.village.key,
      ])
      try #require(restored.code == 0, "\(restored.error)")
      let sent = try await desk.run(
        office.village,
        "village.db",
        "bundle",
        "export",
        desk.path("up"),
        "--recipient",
        desk.county.chain
      )
      #expect(sent.error.contains("node.restored"), "\(sent.error)")
    } else {
      try files.moveItem(atPath: copy, toPath: desk.path("village.db"))
    }
    func give(_ flag: String) async throws -> String {
      try await desk.done(
        desk.county,
        "county.db",
        "bundle",
        "export",
        desk.path("back"),
        "--recipient",
        office.village.chain,
        flag
      )
      return try await desk.done(
        office.village,
        "village.db",
        "bundle",
        "import",
        desk.path("back"),
        "--receipts",
        desk.path("receipts")
      )
    }
    #expect(try await give("--give-back").contains("goes on under a new epoch"))
    #expect(try await !give("--anew").contains("took no effect"))
    try await office.agree()
    try await office.apply(people: 6, seed: 10)
    #expect(try await !office.up().contains("took no effect"))
    try await office.down()
    try await office.agree()
  }

  /// The certificate that signs a bundle answers for its own office alone.
  @Test func anotherOfficesEntriesAreRefused() async throws {
    let office = try await OfficeDesk()
    let desk = office.desk
    try await office.goOn()
    // The township's clerk sits at the village's machine.
    try await desk.done(
      office.township,
      "village.db",
      "application",
      "examine",
      "--all-waiting",
      "--accept",
      "--income",
      "980",
      "--income-year",
      String(OfficeDesk.ago(45).prefix(4)),
      "--able-to-work",
      "yes",
      "--day",
      OfficeDesk.ago(45)
    )
    let taken = try await office.up()
    #expect(taken.contains("exchange.office"), "\(taken)")
    #expect(try await office.states(desk.county, "county.db").allSatisfy { $0.contains(" 5 ") })
    try await office.down()
    try await office.agree()
  }

  /// A bundle goes to the county alone, comes from a node of the place alone, and nobody else's files
  /// come down with it.
  @Test func onlyTheCountyCarriesItOut() async throws {
    let office = try await OfficeDesk()
    let desk = office.desk
    for recipient in [office.township, desk.province, office.prefecture] {
      let run = try await desk.run(
        office.village,
        "village.db",
        "bundle",
        "export",
        desk.path("up"),
        "--recipient",
        recipient.chain
      )
      #expect(run.code == 77 && run.error.contains("exchange.recipient"), "\(run.error)")
    }
    let other = try desk.authority.issue(.office("421224100002", "village-committee", "p0105"))
    try await desk.create("other.db", "421224100002", "--serials", "5000101-5000200")
    try await office.up()
    let unknown = try await desk.run(
      desk.county,
      "county.db",
      "bundle",
      "export",
      desk.path("down"),
      "--recipient",
      other.chain
    )
    #expect(unknown.code == 66, "\(unknown.error)")
    let (file, receipts) = (desk.path("other"), desk.path("other-receipts"))
    try await desk.done(
      other,
      "other.db",
      "bundle",
      "export",
      file,
      "--recipient",
      desk.county.chain
    )
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "import",
      file,
      "--receipts",
      receipts
    )
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "export",
      file,
      "--recipient",
      other.chain
    )
    try await desk.done(other, "other.db", "bundle", "import", file, "--receipts", receipts)
    #expect(try await office.states(other, "other.db") == [])
    // A township's file gets what all its villages asked for.
    try await desk.create("township.db", "421224100000", "--serials", "5000201-5000300")
    try await desk.done(
      office.township,
      "township.db",
      "bundle",
      "export",
      file,
      "--recipient",
      desk.county.chain
    )
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "import",
      file,
      "--receipts",
      receipts
    )
    try await desk.done(
      desk.county,
      "county.db",
      "bundle",
      "export",
      file,
      "--recipient",
      office.township.chain
    )
    try await desk.done(
      office.township,
      "township.db",
      "bundle",
      "import",
      file,
      "--receipts",
      receipts
    )
    let states = try await office.states(office.township, "township.db")
    #expect(states == (try await office.states(desk.county, "county.db")) && !states.isEmpty)
    let check = try await desk.done(office.township, "township.db", "check", "--deep")
    #expect(check.contains("Differences  0"), "\(check)")
  }
}
