import Foundation
import RPCCore
import Testing

@testable import RPCWire

/// The worked example of PROTOCOL.md, byte by byte.
@Suite struct ProtocolDocumentTests {
  private static func blocks(_ kind: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "proto/PROTOCOL.md"), encoding: .utf8)
    return text.components(separatedBy: "```\(kind)\n").dropFirst().flatMap { block in
      block.components(separatedBy: "```")[0].split(whereSeparator: \.isWhitespace)
        .compactMap { UInt8($0, radix: 16) }
    }
  }

  @Test func theExampleIsWhatTheEnginesSay() throws {
    var patient = Limits()
    patient.idleTimeout = .max
    let client = Engine(role: .client, limits: patient, software: "example/1", now: 1)
    let server = Engine(role: .server, limits: Limits(), software: "example/1", now: 1)
    var request = OutgoingCall(method: "example.v1.Echo/Say")
    request.deadline = .after(nanoseconds: 5_000_000_000, from: 1)
    let call = try client.open(request, now: 1)
    _ = try client.send(Bytes([0x0a, 0x02, 0x68, 0x69]), on: call)
    client.finishSending(call)
    let there = Array(client.offerOutput())
    let said = try Self.blocks("client")
    #expect(there == said)
    there.withUnsafeBytes { server.receive($0, now: 1) }
    while let event = server.nextEvent() {
      guard case .opened(let served) = event else { continue }
      server.accept(served, maximumDuration: .max, maximumMessageBytes: 1 << 20)
      _ = try server.send(Bytes([0x0a, 0x02, 0x68, 0x69]), on: served)
      server.finish(served, error: nil, trailers: [:], processed: .mayHaveRun)
    }
    let answered = try Self.blocks("server")
    #expect(Array(server.offerOutput()) == answered)
  }

  @Test func theFailedStatusIsReadAsSaid() throws {
    let bytes = try Self.blocks("status")
    let status = try bytes.dropFirst(12).withUnsafeBytes { try StatusPayload($0) }
    #expect(status.error.code == .notFound)
    #expect(status.error.message == "no such thing")
  }
}
