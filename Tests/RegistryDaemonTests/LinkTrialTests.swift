import FaultProxy
import Foundation
import Glibc
import RegistryClient
import RegistryLink
import RegistryModel
import TestRegistry
import Testing

/// The link between real processes that are killed and starved: what was acknowledged is at both
/// sides, once, in order.
@Suite(.timeLimit(.minutes(5)), .serialized) struct LinkTrialTests {
  @Test(
    "A county killed at each step of the link",
    arguments: LinkStep.allCases.filter { $0 != .tookBack }
  )
  func killedAtStep(_ step: LinkStep) async throws {
    let nation = try LinkedDaemons()
    let province = try await nation.start(LinkedDaemons.province)
    let county = try await nation.start("421224")
    let client = try nation.client("421224", county)
    #expect(await SampleImport(120, size: 60).run(client).results.count == 120)
    await client.close()
    county.send(SIGTERM)
    #expect(await county.end()?.status == 0)
    let killed = try await nation.start(
      "421224",
      upstream: province.address,
      killedAt: step.rawValue
    )
    #expect(await killed.end()?.bySignal == true)
    let again = try await nation.start("421224", upstream: province.address)
    #expect(try await nation.settle(province, ["421224": again]), "\(step)")
    for (division, daemon) in [("421224", again), (LinkedDaemons.province, province)] {
      #expect(try await nation.findings(division, daemon) == [])
      daemon.send(SIGTERM)
      #expect(await daemon.end()?.status == 0)
    }
  }

  @Test("Two dozen counties at once, with random cuts, and a province that is killed")
  func manyCounties() async throws {
    let nation = try LinkedDaemons()
    let counties = try Self.counties(24)
    let villages = nation.path("villages.csv")
    let lines = counties.map { "\($0.village),试点村" }
    try (["code,name"] + lines).map { $0 + "\n" }.joined()
      .write(toFile: villages, atomically: true, encoding: .utf8)
    let more = ["--villages", villages]
    var province = try await nation.start(LinkedDaemons.province, more)
    let port = province.port
    var daemons: [String: DaemonProcess] = [:]
    var proxies: [FaultProxy] = []
    for (number, county) in counties.enumerated() {
      let proxy = try FaultProxy(
        UInt16(port),
        script: FaultScript(meanOctetsBetweenCuts: 6_000),
        seed: UInt64(number)
      )
      proxies.append(proxy)
      daemons[county.code] = try await nation.start(
        county.code,
        upstream: "127.0.0.1:\(proxy.port)",
        more
      )
    }
    for round in 0..<3 {
      for (number, county) in counties.enumerated() {
        guard let daemon = daemons[county.code] else { continue }
        let client = try nation.client(county.code, daemon)
        for place in 0..<3 {
          let serial = number * 100 + round * 10 + place
          _ = try await client.households.createHousehold(
            CreateHouseholdRequest(
              household: SampleHousehold.household(serial, village: county.village)
            )
          )
        }
        await client.close()
      }
      province.send(SIGKILL)
      #expect(await province.end()?.bySignal == true)
      province = try await nation.start(LinkedDaemons.province, port: port, more)
    }
    #expect(proxies.reduce(0) { $0 + $1.statistics.faults } > 0)
    // The rest goes over lines that hold.
    for proxy in proxies { proxy.follow(FaultScript()) }
    #expect(try await nation.settle(province, daemons, seconds: 120))
    #expect(try await nation.findings(LinkedDaemons.province, province) == [])
    let links = try await nation.links(LinkedDaemons.province, province)
    #expect(links.countiesUploaded == 24)
    #expect(links.streams.allSatisfy { $0.refused == 0 && $0.relation != .forked })
    for daemon in daemons.values { daemon.send(SIGTERM) }
    for daemon in daemons.values { #expect(await daemon.end()?.status == 0, "\(daemon.words)") }
    province.send(SIGTERM)
    #expect(await province.end()?.status == 0)
    for proxy in proxies { proxy.stop() }
  }

  @Test(
    "A full disk at either side: nothing is half done, and it goes on when there is room",
    arguments: [true, false]
  )
  func diskFull(atProvince: Bool) async throws {
    let nation = try LinkedDaemons()
    let small = nation.path("small")
    try #require(mkdir(small, 0o700) == 0)
    guard mount("tmpfs", small, "tmpfs", 0, "size=48m") == 0 else {
      try Test.cancel("mounting a file system is not permitted here")
    }
    defer { umount2(small, 2) }
    let place = small + "/registry.db"
    let limits = ["--checkpoint-pages", "1000"]
    func startProvince() async throws -> DaemonProcess {
      try await nation.start(
        LinkedDaemons.province,
        database: atProvince ? place : nil,
        limits
      )
    }
    var province = try await startProvince()
    var county = try await nation.start("421224", database: atProvince ? nil : place, limits)
    let client = try nation.client("421224", county)
    #expect(await SampleImport(3_000, size: 500).run(client).results.count == 3_000)
    await client.close()
    // Both are stopped, so that neither has room left in a log that grew earlier.
    for daemon in [county, province] {
      daemon.send(SIGTERM)
      #expect(await daemon.end()?.status == 0)
    }
    var status = statvfs()
    try #require(statvfs(small, &status) == 0)
    let room = atProvince ? 1 << 20 : 64 << 10
    let ballast = Int(status.f_bavail * status.f_frsize) - room
    try Data(repeating: 1, count: ballast).write(to: URL(fileURLWithPath: small + "/ballast"))
    province = try await startProvince()
    county = try await nation.start(
      "421224",
      upstream: province.address,
      database: atProvince ? nil : place,
      limits
    )
    // It says what is wrong, and goes on trying.
    let end = ContinuousClock.now.advanced(by: .seconds(20))
    while !county.words.contains("disk is full"), ContinuousClock.now < end {
      try await Task.sleep(for: .milliseconds(50))
    }
    #expect(county.words.contains("disk is full"), "\(county.words)")
    try FileManager.default.removeItem(atPath: small + "/ballast")
    #expect(try await nation.settle(province, ["421224": county]))
    for (division, daemon) in [("421224", county), (LinkedDaemons.province, province)] {
      #expect(try await nation.findings(division, daemon) == [])
      daemon.send(SIGTERM)
      #expect(await daemon.end()?.status == 0)
    }
  }

  /// Counties of the province with a village each, whose code is made up.
  private static func counties(_ count: Int) throws -> [(code: String, village: String)] {
    var found: [(code: String, village: String)] = []
    var known: Set<String> = []
    for row in try NationalDivisions.load().rows where row.level == .township {
      let code = String(row.code.description.prefix(6))
      guard code.hasPrefix("42"), row.parent?.description.hasPrefix(code) == true,
        known.insert(code).inserted
      else { continue }
      found.append((code, row.code.description.prefix(9) + "901"))
      if found.count == count { break }
    }
    return found
  }
}
