import Foundation
import Journal
import RPCCore
import RPCProtobuf
import RegistryAPI
import RegistryLink
import RegistryModel
import TestCertificates
import TestDatabases
import TestRegistry
import Testing

@testable import RegistryStore

/// A village's own node that is linked to its county: what it recorded is carried out there.
struct OfficeLinkTests {
  private static let village = "registry://421224100001/node/main"
  private static let committee = "registry://421224100001/village-committee/p0101"

  /// A county and a village's node below it.
  private struct Pair {
    /// Keeps the folder.
    let nodes: LinkedNodes
    let county: LinkedNode
    let village: LinkedNode
    let certificate: [UInt8]
    let key: SigningKey

    /// - Parameters:
    ///   - serials: those of the village's block.
    ///   - stranger: the committee's certificate is of an authority that the county does not know.
    init(
      on database: TestDatabase = .sqlite,
      serials: ClosedRange<UInt32> = 5_000_001...5_000_100,
      stranger: Bool = false,
      clockAhead: Int64 = 0,
      countyTakes: Int = 500,
      _ limits: (inout StoreLimits) -> Void = { _ in }
    ) throws {
      nodes = try LinkedNodes(on: database)
      county = try nodes.open(LinkedNodes.county) { $0.entriesPerOfficeBatch = countyTakes }
      village = try nodes.open(
        OfficeLinkTests.village,
        clockAhead: clockAhead,
        serials: serials,
        limits
      )
      let authority = try stranger ? TestAuthority() : nodes.authority
      let leaf = try authority.issue(.office("421224100001", "village-committee", "p0101"))
      certificate = try LinkedNodes.der(leaf.chain)
      key = try SigningKey(pem: Array(Data(contentsOf: URL(fileURLWithPath: leaf.key))))
    }

    /// The committee at a node.
    func committee(_ node: LinkedNode) -> ProcedureClient {
      ProcedureClient(
        node.channel(as: OfficeLinkTests.committee, certificate: certificate)
      )
    }

    /// Records an application at a node.
    func apply(
      _ serial: Int,
      at node: LinkedNode,
      day: Int32 = 0
    ) async throws -> StepResult {
      let household = SampleHousehold.household(serial, village: LinkedNodes.villages[0])
      let results = try await committee(node).apply(
        ApplyRequest(applications: [NewApplication(household: household, day: day)])
      ).results
      return try #require(results.first)
    }

    /// Takes a step at the village, signed.
    func step(
      _ on: StepResult,
      _ move: Step.Move,
      reason: String = "",
      day: Int32 = 0,
      at node: LinkedNode? = nil
    ) async throws -> StepResult {
      var step = Step(
        application: on.application,
        baseVersion: on.version,
        day: day,
        reason: reason
      )
      step.move = move
      let octets = [try step.serializedBytes()]
      let list = SignedList(octets, using: try SHA256Context())
      let results = try await committee(node ?? village).recordSteps(
        RecordStepsRequest(
          steps: octets,
          signature: StepSignature(value: try key.sign(list.signedOctets))
        )
      ).results
      let result = try #require(results.first)
      #expect(result.violations == [])
      return result
    }

    /// An application appraised and decided in the village.
    func decided(_ serial: Int, day: Int32 = 0) async throws -> StepResult {
      let applied = try await apply(serial, at: village, day: day)
      #expect(applied.violations == [])
      let appraised = try await step(
        applied,
        .appraise(Appraisal(present: 40, votesFor: 38, votesAgainst: 2)),
        day: day
      )
      return try await step(appraised, .decide(Verdict(accepted: true)), day: day)
    }

    /// The day so many days ago, YYYYMMDD.
    func ago(_ days: Int64) -> Int32 {
      let now = Date(timeIntervalSinceNow: -86_400 * Double(days))
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = TimeZone(secondsFromGMT: 8 * 3_600) ?? .gmt
      let parts = calendar.dateComponents([.year, .month, .day], from: now)
      return Int32((parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0))
    }

    /// Posts a notice of applications at a node.
    func post(
      _ applications: [StepResult],
      day: Int32,
      at node: LinkedNode
    ) async throws -> Notice {
      let response = try await committee(node).openNotice(
        OpenNoticeRequest(
          division: "421224100001",
          applications: applications.map(\.application),
          day: day,
          place: "公示栏"
        )
      )
      #expect(response.results.allSatisfy { $0.violations == [] })
      return try #require(response.notice)
    }

    /// Lets everything go where it must.
    func settle() async throws {
      while try await village.link(to: county).exchangeOnce() {}
    }

    func application(_ node: LinkedNode, _ id: [UInt8]) async throws -> Application {
      try await committee(node).getApplication(
        GetApplicationRequest(by: .id(id))
      )
    }

    /// The household of a serial.
    func file(_ serial: Int, at node: LinkedNode) async throws -> Household {
      try await node.households().getHousehold(
        GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(serial, member: 0)))
      )
    }

    func refused() async throws -> UInt64? {
      try await county.links().streams.first { $0.incoming && $0.role == .office }?.refused
    }

    func check() async throws {
      for node in [county, village] {
        let found = try await node.findings().map { "\($0.check) at \($0.place)" }
        #expect(found == [], "\(node.store.node)")
      }
    }

    func close() async { for node in [county, village] { await node.close() } }
  }

  @Test("Its applications stand at the county under their numbers", arguments: TestDatabase.all)
  func carriedOut(on database: TestDatabase) async throws {
    let pair = try Pair(on: database)
    var results: [StepResult] = []
    for serial in 0..<3 { results.append(try await pair.decided(serial)) }
    try await pair.settle()
    for result in results {
      var here = try await pair.application(pair.village, result.application)
      let there = try await pair.application(pair.county, result.application)
      here.recordedAt = there.recordedAt
      #expect(here == there && there.version == 3 && there.number == result.number)
    }
    #expect(try await pair.refused() == 0)
    // The county owns what it took: its own people go on with it there.
    let own = try await pair.apply(3, at: pair.county)
    #expect(own.violations == [])
    try await pair.settle()
    #expect(try await pair.application(pair.village, own.application).number == own.number)
    try await pair.check()
    await pair.close()
  }

  @Test("An instant from the end of time harms nobody")
  func endOfTime() async throws {
    // 9,221,000,000,000 s: what is added to it leaves 64 bits.
    let pair = try Pair(clockAhead: 9_221_000_000_000)
    let decided = try await pair.decided(0)
    try await pair.settle()
    #expect(decided.version == 3)
    // The days of its steps are to come: the county takes none.
    #expect(try await pair.refused() == 3)
    let here = try await pair.application(pair.village, decided.application)
    #expect(here.state == ProcedureState.withdrawn.message)
    #expect(here.steps.last?.actor == LinkedNodes.county)
    try await pair.check()
    await pair.close()
  }

  @Test("Days count from the latest instant of the stream, not from one before")
  func clockSetBack() async throws {
    let pair = try Pair()
    _ = try await pair.apply(0, at: pair.village)
    try await pair.settle()
    await pair.village.close()
    // A year back, the village has no notion of what was set since, and says so in its entries.
    let back = try pair.nodes.open(
      OfficeLinkTests.village,
      clockAhead: -365 * 86_400,
      serials: 5_000_001...5_000_100
    )
    let applied = try await pair.apply(1, at: back, day: pair.ago(365))
    #expect(applied.violations == [])
    while try await back.link(to: pair.county).exchangeOnce() {}
    let clock = try await pair.county.store.writer.perform(weight: 1) { session in
      let stream = try #require(try session.reader.streams().first { $0.role == .office })
      return try session.clock(ofOffice: stream.n)
    }
    #expect(clock > SystemClock.now().microseconds - 60_000_000)
    await back.close()
    await pair.county.close()
  }

  @Test("A step is carried out on what its signer saw alone")
  func onAnotherHistory() async throws {
    let pair = try Pair()
    let applied = try await pair.apply(0, at: pair.village)
    try await pair.settle()
    // Both sides appraise it: the same version, made otherwise.
    let appraisal = Appraisal(present: 40, votesFor: 38, votesAgainst: 2)
    let other = Appraisal(present: 12, votesFor: 7, votesAgainst: 5)
    let here = try await pair.step(applied, .appraise(appraisal))
    _ = try await pair.step(applied, .appraise(other), at: pair.county)
    let decided = try await pair.step(here, .decide(Verdict(accepted: true)))
    #expect(decided.version == 3)
    while try await pair.village.link(to: pair.county).exchangeOnce() {}
    #expect(try await pair.refused() == 2)
    for node in [pair.village, pair.county] {
      let known = try await pair.application(node, applied.application)
      #expect(known.version == 2 && known.appraisal?.present == 12, "\(node.store.node)")
    }
    try await pair.check()
    await pair.close()
  }

  @Test("A closing that is refused takes all that hang with it", arguments: [2_000, 7])
  func refusedClosing(entriesPerBatch: Int) async throws {
    // With small batches the notice's entry comes in another one than its applications' steps.
    let pair = try Pair { $0.entriesPerOfficeBatch = entriesPerBatch }
    var decided: [StepResult] = []
    for serial in 0..<4 { decided.append(try await pair.decided(serial, day: pair.ago(40))) }
    try await pair.settle()
    // Meanwhile one of them withdraws at the county, whose notices hang longer from now on.
    let gone = try await pair.step(
      decided[1],
      .withdraw(Withdrawal()),
      reason: "自愿放弃",
      day: pair.ago(39),
      at: pair.county
    )
    #expect(gone.version == 4)
    let prefecture = pair.county.channel(as: "registry://421200/poverty-office/p0104")
    _ = try await PolicyClient(prefecture).setPolicy(
      SetPolicyRequest(parameters: [
        PolicyParameter(
          division: "421200",
          name: PolicyName.villageNoticeDays.rawValue,
          validFrom: pair.ago(100),
          value: 30,
          source: "咸扶〔2010〕1号"
        )
      ])
    )
    let notice = try await pair.post(decided, day: pair.ago(39), at: pair.village)
    let closed = try await pair.committee(pair.village).closeNotice(
      CloseNoticeRequest(notice: notice.id, day: pair.ago(20))
    )
    #expect(closed.results.count == 4)
    try await pair.settle()
    let states = [4, 15, 4, 4]
    for (one, state) in zip(decided, states) {
      let here = try await pair.application(pair.village, one.application)
      let there = try await pair.application(pair.county, one.application)
      #expect(here.state == there.state && here.version == there.version)
      #expect(here.state.rawValue == state)
    }
    // The days being over, the village closes it again over those that are left.
    let again = try await pair.committee(pair.village).closeNotice(
      CloseNoticeRequest(notice: notice.id, day: pair.ago(5))
    )
    #expect(again.results.count == 3)
    try await pair.settle()
    let last = try await pair.application(pair.county, decided[0].application)
    #expect(last.state.rawValue == 5)
    try await pair.check()
    await pair.close()
  }

  @Test("Who is applied for on both sides stands in the county's application")
  func appliedForTwice() async throws {
    let pair = try Pair()
    let own = try await pair.apply(0, at: pair.county)
    let other = try await pair.decided(0)
    try await pair.settle()
    #expect(try await pair.refused() == 3)
    let ended = try await pair.application(pair.village, other.application)
    #expect(ended.state == ProcedureState.withdrawn.message)
    let reason = try Step(wireArray: try #require(ended.steps.last?.step)).reason
    #expect(reason.contains("duplicate"), "\(reason)")
    let known = try await pair.application(pair.village, own.application)
    #expect(known.state == ProcedureState.applied.message)
    // The number leads to the one that is on its way.
    let again = try await pair.apply(0, at: pair.village)
    #expect(again.violations.contains { $0.rule == "duplicate.applied" }, "\(again)")
    try await pair.check()
    await pair.close()
  }

  @Test("A batch that would hold up the county's writer is not taken")
  func tooLarge() async throws {
    let pair = try Pair(countyTakes: 3)
    _ = try await pair.decided(0)
    await #expect {
      try await pair.settle()
    } throws: { error in
      let details = (error as? RPCError).flatMap { try? ErrorDetails(wireArray: $0.details) }
      return details?.violations.first?.rule == "exchange.size"
    }
    await pair.close()
  }

  @Test("What is at the county before the village joins comes to it")
  func joinsLate() async throws {
    let pair = try Pair()
    let own = try await pair.apply(0, at: pair.county)
    try await pair.county.register(1..<3)
    try await pair.county.register(3..<4, village: LinkedNodes.villages[1])
    // One of them is at its third version by then.
    let scope = Scope.system(reason: "test")
    for telephone in ["13811112222", "13811113333"] {
      let file = try await pair.file(1, at: pair.county)
      var next = file
      next.contact?.telephone = telephone
      _ = try await pair.county.households().updateHousehold(
        UpdateHouseholdRequest(
          id: file.id,
          baseVersion: file.version,
          household: next,
          mask: ["contact.telephone"]
        )
      )
    }
    try await pair.settle()
    #expect(try await pair.application(pair.village, own.application).version == 1)
    let counted = try await pair.village.store.counts(of: "421224", scope: scope).divisions.first
    #expect(counted?.tally.registered.households == 2)
    try await pair.check()
    await pair.close()
  }

  @Test("A number that the county gave before is refused, and what follows it")
  func numberTwice() async throws {
    let pair = try Pair(serials: 1...100)
    let own = try await pair.apply(0, at: pair.county)
    let other = try await pair.decided(1)
    #expect(own.number == other.number)
    try await pair.settle()
    #expect(try await pair.refused() == 3)
    await #expect {
      _ = try await pair.application(pair.county, other.application)
    } throws: { ($0 as? RPCError)?.code == .notFound }
    // The next is free: it is taken, and the county does not give it again.
    let next = try await pair.apply(2, at: pair.village)
    try await pair.settle()
    let last = try await pair.apply(3, at: pair.county)
    #expect(try await pair.application(pair.county, next.application).number == next.number)
    #expect(last.violations == [] && last.number != next.number)
    try await pair.check()
    await pair.close()
  }

  @Test("A decision that a stranger signed is refused, and comes back as it stands")
  func strangersSignature() async throws {
    let pair = try Pair(stranger: true)
    let decided = try await pair.decided(0)
    #expect(decided.version == 3)
    try await pair.settle()
    // The appraisal bears the stranger's signature too.
    #expect(try await pair.application(pair.county, decided.application).version == 1)
    #expect(try await pair.refused() == 2)
    #expect(try await pair.application(pair.village, decided.application).version == 1)
    try await pair.check()
    await pair.close()
  }

  @Test("What an office may not ask for, or is none, is refused and holds nothing up")
  func madeUp() async throws {
    let pair = try Pair()
    let kinds: [(SubjectKind, EntryOperation)] = [
      (.notice, .noticeOpened), (.notice, .noticeClosed), (.quota, .quotaSet),
      (.policy, .policySet), (.line, .lineSet), (.code, .codeSet), (.finding, .findingTold),
      (.household, .keyErased),
    ]
    let bodies: [[UInt8]] = [
      [], [0xFF], Array(repeating: 0x0A, count: 300),
      try Notice(id: Array(repeating: 7, count: 16), version: 1, division: "421224100001")
        .serializedBytes(),
      try Quota(division: "421224", period: 2026, people: .max).serializedBytes(),
    ]
    var appended: UInt64 = 0
    for actor in [Self.committee, "registry://421224/poverty-office/p0007", Self.village] {
      for (kind, operation) in kinds {
        for body in bodies {
          _ = try await pair.village.store.writer.perform(weight: 1) { session in
            try session.append(
              open: body,
              EntryDraft(
                operation: operation,
                kind: kind,
                subject: Bytes16(Array(repeating: 7, count: 16)) ?? session.stream,
                versionBefore: 0,
                versionAfter: 1,
                prior: 0,
                actor: actor
              )
            )
          }
          appended += 1
        }
      }
    }
    let decided = try await pair.decided(0)
    try await pair.settle()
    #expect(try await pair.refused() == appended)
    #expect(try await pair.application(pair.county, decided.application).version == 3)
    let found = try await pair.county.findings().map { "\($0.check) at \($0.place)" }
    #expect(found == [])
    await pair.close()
  }

  @Test("A village that lost its file begins anew, with what the county has of it")
  func fileLost() async throws {
    let pair = try Pair()
    let decided = try await pair.decided(0)
    try await pair.settle()
    await pair.village.close()
    let anew = try pair.nodes.open(
      OfficeLinkTests.village,
      file: "anew",
      serials: 5_000_001...5_000_100
    )
    // Its first one must not have a rival: an operator decides.
    await #expect {
      _ = try await anew.link(to: pair.county).exchangeOnce()
    } throws: { ($0 as? RPCError)?.code == .failedPrecondition }
    try await pair.county.store.setAccess(
      SetLinkAccessRequest(node: OfficeLinkTests.village, blocked: false),
      scope: .system(reason: "test")
    )
    while try await anew.link(to: pair.county).exchangeOnce() {}
    #expect(try await pair.application(anew, decided.application).version == 3)
    // The serials that it gave before are not given again.
    let next = try await pair.apply(1, at: anew)
    #expect(next.violations == [] && next.number != decided.number)
    while try await anew.link(to: pair.county).exchangeOnce() {}
    #expect(try await pair.application(pair.county, next.application).number == next.number)
    #expect(try await pair.refused() == 0)
    for node in [anew, pair.county] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
      await node.close()
    }
  }

  @Test("A village that comes back from an old backup gets its own entries back and goes on")
  func oldBackup() async throws {
    let pair = try Pair()
    let first = try await pair.apply(0, at: pair.village)
    try await pair.settle()
    let folder = pair.nodes.folder
    let files = FileManager.default
    let name = "421224100001.db"
    try RegistryStore.copy(
      database: folder.appendingPathComponent(name).path,
      to: folder.appendingPathComponent("old.db").path
    )
    for suffix in [".key", ".signing.pem"] {
      try files.copyItem(
        at: folder.appendingPathComponent(name + suffix),
        to: folder.appendingPathComponent("old.db" + suffix)
      )
    }
    // What is lost: a step on what the county had told of, a new application, and their notice.
    let appraised = try await pair.step(
      first,
      .appraise(Appraisal(present: 40, votesFor: 38, votesAgainst: 2)),
      day: 0
    )
    let one = try await pair.step(appraised, .decide(Verdict(accepted: true)))
    let two = try await pair.decided(1)
    let notice = try await pair.post([one, two], day: pair.ago(0), at: pair.village)
    try await pair.settle()
    // The county goes on with what it was told.
    try await pair.county.register(7..<8)
    let size = try await pair.village.store.ownPosition().size
    await pair.village.close()
    let restored = try pair.nodes.open(
      OfficeLinkTests.village,
      file: "old",
      serials: 5_000_001...5_000_100
    )
    while try await restored.link(to: pair.county).exchangeOnce() {}
    #expect(try await restored.store.ownPosition().size > size)
    for result in [one, two] {
      var here = try await pair.application(restored, result.application)
      let there = try await pair.application(pair.county, result.application)
      here.recordedAt = there.recordedAt
      #expect(here == there && there.version == 4)
    }
    // Every entry of its own can be read.
    let stream = restored.store.journalStream
    var position: UInt64 = 0
    while position < size {
      let own = try #require(try await restored.store.nextBatch(of: stream, after: position))
      let copy = try #require(try await pair.county.store.nextBatch(of: stream, after: position))
      #expect(own.payload == copy.payload)
      position = own.manifest.last
    }
    let next = try await pair.apply(2, at: restored)
    #expect(next.violations == [])
    #expect(next.number != two.number)
    while try await restored.link(to: pair.county).exchangeOnce() {}
    #expect(try await pair.refused() == 0)
    #expect(!notice.id.isEmpty)
    for node in [restored, pair.county] {
      let found = try await node.findings().map { "\($0.check) at \($0.place)" }
      #expect(found == [], "\(node.store.node)")
      await node.close()
    }
  }

  @Test("A village's journal goes to its county, not beyond")
  func notBeyond() async throws {
    let pair = try Pair()
    let province = try pair.nodes.open(LinkedNodes.province)
    _ = try await pair.apply(0, at: pair.village)
    await #expect {
      _ = try await pair.village.link(to: province).exchangeOnce()
    } throws: { ($0 as? RPCError)?.code == .permissionDenied }
    try await pair.settle()
    while try await pair.county.link(to: province).exchangeOnce() {}
    let streams = try await province.links().streams.filter(\.incoming)
    #expect(streams.map(\.node) == [LinkedNodes.county] && streams.allSatisfy { $0.refused == 0 })
    #expect(try await province.findings() == [])
    await province.close()
    await pair.close()
  }
}
