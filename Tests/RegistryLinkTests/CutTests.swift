import FaultProxy
import Foundation
import RPCTransport
import RegistryAPI
import RegistryLink
import RegistryModel
import RegistryStore
import Synchronization
import TestRegistry
import Testing

/// The link over real TLS sockets that are cut.
@Suite(.serialized)
struct CutTests {
  /// Cuts within one connection: as many exchanges as it takes, at most this.
  private static let attempts = 8

  @Test(
    "Cut at octets of a small batch, each way",
    arguments: FlowDirection.allCases,
    [Fault.Kind.close, .reset]
  )
  func atOctets(_ direction: FlowDirection, _ kind: Fault.Kind) async throws {
    let live = try await LiveLink()
    // Settled first: what is cut is a batch of one household.
    while try await live.exchange() {
      if try await live.agreement() == nil { break }
    }
    try await live.county.register(0..<1)
    let before = live.proxy.statistics
    #expect(try await live.exchange())
    let after = live.proxy.statistics
    let octets = direction == .up ? after.up - before.up : after.down - before.down
    var cuts = 0
    var serial = 1
    // Handshakes have the same length but for a few octets of their signatures.
    for place in stride(from: 0, through: octets + 8, by: Self.step) {
      try await live.county.register(serial..<serial + 1)
      serial += 1
      live.proxy.follow(FaultScript([Fault(direction, at: place, kind)]))
      if try await !live.exchange() { cuts += 1 }
      live.proxy.follow(FaultScript())
      var rest = Self.attempts
      while try await !live.exchange(), rest > 0 { rest -= 1 }
    }
    #expect(cuts > octets / Self.step / 2)
    #expect(try await live.agreement() == nil)
    #expect(try await live.province.links().streams.first { $0.incoming }?.refused == 0)
    await live.end()
  }

  /// Octets between two cuts; 1, which takes some minutes for each way, cuts at every one.
  private static let step =
    ProcessInfo.processInfo.environment["REGISTRY_TRIAL_STEP"].flatMap { Int($0) } ?? 29

  @Test("Random cuts of a longer upload", arguments: [1, 2, 3] as [UInt64])
  func random(_ seed: UInt64) async throws {
    let live = try await LiveLink(
      script: FaultScript(meanOctetsBetweenCuts: 12_000),
      seed: seed
    ) { limits in
      limits.entriesPerBatch = 40
      limits.chunkBytes = 4 << 10
    }
    try await live.county.register(0..<150)
    var exchanges = 0
    while exchanges < 400 {
      exchanges += 1
      if try await live.exchange(), try await live.agreement() == nil { break }
    }
    #expect(try await live.agreement() == nil, "seed \(seed)")
    #expect(live.proxy.statistics.faults > 0)
    await live.end()
  }

  @Test(
    "A cut costs at most one piece again, and two round trips",
    arguments: [Fault.Kind.close, .reset]
  )
  func cost(_ kind: Fault.Kind) async throws {
    let piece = 4 << 10
    let live = try await LiveLink { $0.chunkBytes = piece }
    while try await live.exchange() {
      if try await live.agreement() == nil { break }
    }
    func attempt() async throws -> [LinkStep] {
      let steps = Mutex<[LinkStep]>([])
      let channel = try live.channel()
      let link = try live.county.link(to: live.province, over: channel) { step in
        steps.withLock { $0.append(step) }
      }
      _ = try? await link.exchangeOnce()
      await channel.close()
      return steps.withLock { $0 }
    }
    for (round, place) in [10_000, 14_000, 20_000].enumerated() {
      try await live.county.register(round * 200..<(round + 1) * 200)
      live.proxy.follow(FaultScript([Fault(.up, at: place, kind)]))
      let confirmed = try await attempt().count { $0 == .sentPiece }
      live.proxy.follow(FaultScript())
      let open = try #require(try await live.province.links().streams.first { $0.incoming })
      let (durable, whole) = (Int(open.openOffset), Int(open.openLength))
      // What was confirmed is kept; the piece on its way is kept, or lost.
      #expect(confirmed > 0 && durable < whole, "\(place): \(confirmed), \(durable) of \(whole)")
      #expect(durable >= confirmed * piece && durable <= (confirmed + 1) * piece)
      let steps = try await attempt()
      // Hello and open, then on from there.
      #expect(steps.prefix(3) == [.greeted, .offered, .opened])
      let again = steps.dropFirst(3).prefix { $0 == .sentPiece }.count
      #expect(again == (whole - durable + piece - 1) / piece)
      while try await live.exchange(), try await live.agreement() != nil {}
    }
    #expect(try await live.agreement() == nil)
    await live.end()
  }

  @Test("A county that is blocked in mid-upload goes on where it was, once it is taken again")
  func blocked() async throws {
    let live = try await LiveLink { $0.chunkBytes = 4 << 10 }
    try await live.county.register(0..<60)
    let operators = LinkClient(live.province.channel(as: LinkedNodes.provinceOffice))
    let channel = try live.channel()
    let pieces = Counter()
    let link = try live.county.link(to: live.province, over: channel) { step in
      if step == .sentPiece { pieces.add() }
    }
    let upload = Task { try await link.exchangeOnce() }
    while pieces.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
    _ = try await operators.setLinkAccess(
      SetLinkAccessRequest(node: LinkedNodes.county, blocked: true)
    )
    // Either it was quicker, or it was refused in the midst.
    _ = try? await upload.value
    let stream = try await live.province.links().streams.first { $0.incoming }
    #expect(stream?.blocked == true)
    #expect(try await !live.exchange())
    _ = try await operators.setLinkAccess(
      SetLinkAccessRequest(node: LinkedNodes.county, blocked: false)
    )
    while try await live.exchange(), try await live.agreement() != nil {}
    #expect(try await live.agreement() == nil)
    await channel.close()
    await live.end()
  }

  @Test("A damaged octet is a cut, a stall ends by the patience, a slow link arrives")
  func otherFaults() async throws {
    let live = try await LiveLink()
    try await live.county.register(0..<3)
    live.proxy.follow(FaultScript([Fault(.up, at: 2_500, .corrupt)]))
    #expect(try await !live.exchange())
    live.proxy.follow(FaultScript([Fault(.up, at: 0, .slow(octetsPerSecond: 20_000))]))
    #expect(try await live.exchange())
    live.proxy.follow(FaultScript([Fault(.up, at: 3_000, .replay)]))
    try await live.county.register(3..<4)
    _ = try await live.exchange()
    live.proxy.follow(FaultScript())
    while try await live.exchange(), try await live.agreement() != nil {}
    #expect(try await live.agreement() == nil)
    await live.end()
  }
}
