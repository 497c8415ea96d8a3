import Exchange
import Foundation
import Journal
import RPCCore
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryServer
import RegistryStore
import TestRegistry
import Testing

/// The exchange under random schedules, against the simplest reference there is: the county's own
/// journal. Whatever is lost, repeated, damaged or reordered, the province has a beginning of it.
@Suite(.serialized)
struct ScheduleTests {
  /// Seeds of a run; `REGISTRY_TRIAL_SEEDS` makes it another number.
  private static let seeds =
    ProcessInfo.processInfo.environment["REGISTRY_TRIAL_SEEDS"].flatMap { UInt64($0) } ?? 500
  /// Seeds after which the nodes are opened anew and recounted.
  private static let recount: UInt64 = 500

  @Test("Hundreds of random schedules")
  func random() async throws {
    let nodes = try LinkedNodes()
    var pair = try await Pair(nodes)
    for seed in 1...Self.seeds {
      var random = SeededRandom(state: seed)
      for _ in 0..<12 {
        try await pair.step(&random)
      }
      let fault = try await pair.broken()
      try #require(fault == nil, "seed \(seed): \(fault ?? "")")
      if seed % Self.recount == 0 {
        try await pair.settle()
        let (county, province) = (pair.county, pair.province)
        #expect(try await county.findings() == [], "seed \(seed)")
        #expect(try await province.findings() == [], "seed \(seed)")
        let scope = Scope.system(reason: "test")
        let own = try await county.store.counts(of: "421224", scope: scope).divisions.first?.tally
        let copy = try await province.store.counts(of: "421224", scope: scope).divisions.first?
          .tally
        #expect(own == copy, "seed \(seed)")
        try await pair.reopen(county: true, province: true)
      }
    }
    await pair.close()
  }

  /// A county and a province, and what is on its way between them.
  private struct Pair {
    let nodes: LinkedNodes
    var county: LinkedNode
    var province: LinkedNode
    private var batch: OutgoingBatch?
    private var older: [OutgoingBatch] = []
    private var receipts: [SignedReceipt] = []
    private var serial = 0

    private static let caller = OfficeIdentity(uri: LinkedNodes.county)

    init(_ nodes: LinkedNodes) async throws {
      self.nodes = nodes
      county = try nodes.open(LinkedNodes.county) { $0.entriesPerBatch = 3 }
      province = try nodes.open(LinkedNodes.province) { $0.entriesPerBatch = 3 }
      try await county.register(0..<1)
      serial = 1
      try await settle()
    }

    /// Does one random thing.
    mutating func step(_ random: inout SeededRandom) async throws {
      do {
        switch random.next() % 12 {
        case 0, 1:
          try await county.register(serial..<serial + 1)
          serial += 1
        case 2: try await change(&random)
        case 3, 4: try await offer(&random)
        case 5, 6, 7: try await send(&random)
        case 8, 9: try await commit(&random)
        case 10: try await deliver(&random)
        default:
          if random.next() % 12 == 0 {
            try await reopen(county: random.next() % 2 == 0, province: random.next() % 2 == 0)
          }
        }
      } catch let error as StoreError where Self.expected.contains(error.code) {
        // Refused, and nothing of it may have been done: `broken` looks at that.
      }
    }

    /// What a schedule of lost and repeated messages may be answered with.
    private static let expected: Set<StoreError.Code> = [.notFound, .precondition, .invalid]

    private func change(_ random: inout SeededRandom) async throws {
      let which = Int(random.next() % UInt64(serial))
      let request = GetHouseholdRequest(by: .citizenId(SampleHousehold.citizenID(which, member: 0)))
      var household = try await county.households().getHousehold(request)
      household.contact?.telephone = "139\(10_000_000 + random.next() % 80_000_000)"
      _ = try await county.households().updateHousehold(
        UpdateHouseholdRequest(
          id: household.id,
          baseVersion: household.version,
          household: household,
          mask: ["contact.telephone"]
        )
      )
    }

    private mutating func offer(_ random: inout SeededRandom) async throws {
      let applied = try await position()
      let next = try await county.store.nextBatch(of: county.store.journalStream, after: applied)
      if let next {
        batch = next
        older.append(next)
        if older.count > 6 { older.removeFirst() }
      }
      // Sometimes an older one comes once more.
      guard let offered = random.next() % 5 == 0 ? older.randomElement(using: &random) : next else {
        return
      }
      if case .committed(let receipt) = try await province.store.openBatch(
        offered.offer,
        from: Self.caller
      ) {
        receipts.append(receipt)
      }
    }

    private func send(_ random: inout SeededRandom) async throws {
      guard let batch else { return }
      let state = try await province.store.fetchState(of: county.store.journalStream)
      let isWrong = random.next() % 6 == 0
      let start = isWrong ? Int(random.next() % 900) : Int(state.offset)
      guard start < batch.payload.count else { return }
      let end = min(batch.payload.count, start + 1 + Int(random.next() % 700))
      var chunk = try BatchChunk(
        of: batch.manifest.stream,
        manifest: try batch.digest,
        offset: start,
        octets: batch.payload[start..<end]
      )
      if random.next() % 8 == 0 { chunk.octets[0] ^= 1 }
      _ = try await province.store.take(chunk, from: Self.caller)
    }

    private mutating func commit(_ random: inout SeededRandom) async throws {
      let chosen = random.next() % 6 == 0 ? older.randomElement(using: &random) : batch
      guard let chosen else { return }
      let receipt = try await province.store.commitBatch(
        CommitBatchRequest(stream: chosen.manifest.stream, manifest: try chosen.digest),
        from: Self.caller
      )
      // Half of the receipts are lost on their way.
      if random.next() % 2 == 0 { receipts.append(receipt) }
    }

    private mutating func deliver(_ random: inout SeededRandom) async throws {
      guard let receipt = receipts.randomElement(using: &random) else { return }
      if random.next() % 2 == 0 { receipts.removeAll { $0 == receipt } }
      try await county.store.keep(receipt, of: LinkedNodes.province)
    }

    mutating func reopen(county isCounty: Bool, province isProvince: Bool) async throws {
      if isCounty {
        await county.close()
        county = try nodes.open(LinkedNodes.county) { $0.entriesPerBatch = 3 }
      }
      if isProvince {
        await province.close()
        province = try nodes.open(LinkedNodes.province) { $0.entriesPerBatch = 3 }
      }
    }

    /// Lets the link bring everything over.
    func settle() async throws {
      while try await county.link(to: province).exchangeOnce() {}
    }

    private func position() async throws -> UInt64 {
      try await province.store.fetchState(of: county.store.journalStream).position
    }

    /// The province must have a beginning of the county's journal, and nothing that was refused.
    func broken() async throws -> String? {
      let stream = county.store.journalStream
      let applied = try await position()
      let copy = try await province.store.root(of: stream, at: applied)
      let own = try await county.store.root(of: stream, at: applied)
      if copy != own || copy.isEmpty { return "the copies differ at \(applied)" }
      let sent = try await county.links().streams.first?.applied ?? 0
      if sent > applied { return "confirmed \(sent) of \(applied)" }
      return nil
    }

    func close() async {
      await county.close()
      await province.close()
    }
  }
}

/// A small random generator whose seed can be printed.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
