import FaultProxy
import Foundation
import Glibc
import Testing

/// Every fault over real sockets, exact to the octet, each way.
@Suite(.serialized) struct FaultProxyTests {
  /// A server that sends back what it gets, and counts it.
  private final class Echo: @unchecked Sendable {
    // Unchecked: the count is behind the lock.
    private let listener: Int32
    let port: UInt16
    private let lock = NSLock()
    private var octets: [UInt8] = []

    init() throws {
      listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      let listener = listener
      let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(listener, $0, length) == 0 && listen(listener, 64) == 0
            && getsockname(listener, $0, &length) == 0
        }
      }
      try #require(isBound)
      port = UInt16(bigEndian: address.sin_port)
      Thread.detachNewThread { self.serve() }
    }

    var received: [UInt8] { lock.withLock { octets } }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func serve() {
      while true {
        let client = accept(listener, nil, nil)
        if client < 0 { break }
        Thread.detachNewThread {
          var buffer = [UInt8](repeating: 0, count: 4_096)
          while true {
            let count = recv(client, &buffer, buffer.count, 0)
            if count <= 0 { break }
            self.lock.withLock { self.octets += buffer[..<count] }
            send(client, buffer, count, Int32(MSG_NOSIGNAL))
          }
          close(client)
        }
      }
      close(listener)
    }
  }

  /// Sends octets through a proxy and gives what came back until the end.
  private func talk(_ port: UInt16, _ octets: [UInt8], expecting: Int, patience: Int = 2) -> [UInt8]
  {
    let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(client) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
    var wait = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(client, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { return [] }
    send(client, octets, octets.count, Int32(MSG_NOSIGNAL))
    var got: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4_096)
    while got.count < expecting {
      let count = recv(client, &buffer, buffer.count, 0)
      if count <= 0 { break }
      got += buffer[..<count]
    }
    return got
  }

  private let octets = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 7) }

  @Test func passesEverythingOn() throws {
    let echo = try Echo()
    let proxy = try FaultProxy(echo.port)
    #expect(talk(proxy.port, octets, expecting: 1_000) == octets)
    // The last octets may be answered before they are counted.
    let end = ContinuousClock.now.advanced(by: .seconds(5))
    while proxy.statistics.up < 1_000, ContinuousClock.now < end { usleep(1_000) }
    #expect(proxy.statistics.connections == 1 && proxy.statistics.up == 1_000)
    proxy.stop()
    echo.stop()
  }

  @Test func endsAtOnceWithoutAServer() throws {
    let echo = try Echo()
    echo.stop()
    let proxy = try FaultProxy(echo.port)
    let start = ContinuousClock.now
    #expect(talk(proxy.port, octets, expecting: 1_000, patience: 20) == [])
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(proxy.statistics.connections == 0)
    proxy.stop()
  }

  @Test(arguments: FlowDirection.allCases, [Fault.Kind.close, .reset])
  func cutsAtTheOctet(_ direction: FlowDirection, _ kind: Fault.Kind) throws {
    for place in [0, 1, 499, 999] {
      let echo = try Echo()
      let proxy = try FaultProxy(
        echo.port,
        script: FaultScript([Fault(direction, at: place, kind)])
      )
      let got = talk(proxy.port, octets, expecting: 1_000)
      #expect(got.count <= place && got == Array(octets.prefix(got.count)))
      let passed = direction == .up ? proxy.statistics.up : proxy.statistics.down
      #expect(passed == place)
      #expect(proxy.statistics.faults == 1)
      proxy.stop()
      echo.stop()
    }
  }

  @Test func turnsSlowsStallsAndRepeats() throws {
    let echo = try Echo()
    let proxy = try FaultProxy(echo.port, script: FaultScript([Fault(.up, at: 300, .corrupt)]))
    var changed = octets
    changed[300] = ~changed[300]
    #expect(talk(proxy.port, octets, expecting: 1_000) == changed)
    proxy.follow(FaultScript([Fault(.up, at: 500, .slow(octetsPerSecond: 1_000))]))
    let start = Date()
    #expect(talk(proxy.port, octets, expecting: 1_000) == octets)
    #expect(Date().timeIntervalSince(start) > 0.4)
    proxy.follow(FaultScript([Fault(.down, at: 200, .stall(milliseconds: nil))]))
    #expect(talk(proxy.port, octets, expecting: 1_000, patience: 1).count == 200)
    proxy.follow(FaultScript([Fault(.up, at: 400, .halfOpen)]))
    #expect(talk(proxy.port, octets, expecting: 1_000, patience: 1).count <= 400)
    proxy.follow(FaultScript([Fault(.up, at: 600, .replay)]))
    let twice = Array(octets[..<600] + octets[..<600] + octets[600...])
    #expect(talk(proxy.port, octets, expecting: 1_600) == twice)
    proxy.stop()
    echo.stop()
  }

  @Test func aSeedGivesTheSameFaults() throws {
    func faults(_ seed: UInt64) throws -> [Int] {
      let echo = try Echo()
      let script = FaultScript(meanOctetsBetweenCuts: 700)
      let proxy = try FaultProxy(echo.port, script: script, seed: seed)
      let got = (0..<8).map { _ in talk(proxy.port, octets, expecting: 1_000).count }
      proxy.stop()
      echo.stop()
      return got.map { $0 < 1_000 ? 1 : 0 }
    }
    #expect(try faults(3) == faults(3))
    #expect(try (1...6).contains { try faults($0).contains(1) })
  }

  @Test func leavesNoDescriptorBehind() throws {
    func count() throws -> Int {
      try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
    }
    let echo = try Echo()
    let proxy = try FaultProxy(echo.port)
    _ = talk(proxy.port, octets, expecting: 1_000)
    let before = try count()
    for _ in 0..<500 { _ = talk(proxy.port, Array(octets.prefix(10)), expecting: 10) }
    var after = try count()
    for _ in 0..<100 where after > before {
      usleep(10_000)
      after = try count()
    }
    #expect(after <= before)
    proxy.stop()
    echo.stop()
  }

  @Test func readsScripts() throws {
    #expect(
      try FaultScript.fault("connection=2 down at=500 reset")
        == Fault(connection: 2, .down, at: 500, .reset)
    )
    #expect(
      try FaultScript.fault("up at=0 slow=2000") == Fault(.up, at: 0, .slow(octetsPerSecond: 2_000))
    )
    #expect(try FaultScript.fault("stall") == Fault(.up, at: 0, .stall(milliseconds: nil)))
    for wrong in ["", "up", "up at=x close", "sideways close", "slow=0", "at=-1 reset"] {
      #expect(throws: FaultScriptError.self) { try FaultScript.fault(wrong) }
    }
  }
}
