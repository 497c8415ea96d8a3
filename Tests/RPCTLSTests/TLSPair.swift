internal import RPCSockets
internal import RPCTLS
internal import TestCertificates

/// Two sessions over a pair of sockets, driven in turn until nothing moves any more.
final class TLSPair {
  let client: TLSSession
  let server: TLSSession
  let clientSocket: Socket
  let serverSocket: Socket

  init(client: TLSContext, server: TLSContext, expectedPeer: String? = nil) throws {
    (clientSocket, serverSocket) = try Socket.pair()
    self.client = try TLSSession(
      context: client,
      descriptor: clientSocket.descriptor,
      expectedPeer: expectedPeer
    )
    self.server = try TLSSession(context: server, descriptor: serverSocket.descriptor)
  }

  convenience init(
    client: TestIdentity,
    server: TestIdentity,
    authority: String? = nil,
    expectedPeer: String? = nil
  ) throws {
    try self.init(
      client: TLSContext(.init(.client, client)),
      server: TLSContext(.init(.server, server)),
      expectedPeer: expectedPeer
    )
  }

  /// What the sides came to: nil for a finished handshake and a first read that would wait.
  func shakeHands() -> (client: TLSError?, server: TLSError?) {
    var clientSide = Side(session: client)
    var serverSide = Side(session: server)
    // A TLS 1.3 handshake takes three flights; ten rounds mean that it hangs.
    for _ in 0..<10 {
      clientSide.step()
      serverSide.step()
    }
    return (clientSide.error, serverSide.error)
  }

  private struct Side {
    let session: TLSSession
    var done = false
    var error: TLSError?

    mutating func step() {
      guard error == nil else { return }
      do throws(TLSError) {
        if !done { done = try session.handshake() == .done }
        // A client learns of its refusal by reading.
        if done { _ = try session.read(256) }
      } catch {
        self.error = error
      }
    }
  }
}

extension TLSConfiguration {
  init(_ role: Role, _ identity: TestIdentity, authorities: [String]? = nil) {
    self.init(
      role: role,
      authorities: authorities ?? [identity.authority],
      certificateChain: identity.chain,
      privateKey: identity.key
    )
  }
}

extension TLSSession {
  /// The bytes of one read, or what came instead.
  func read(_ limit: Int) throws(TLSError) -> (result: ReadResult, bytes: [UInt8]) {
    var bytes = [UInt8](repeating: 0, count: limit)
    var result = ReadResult.wantsRead
    var failure: TLSError?
    bytes.withUnsafeMutableBytes { buffer in
      do throws(TLSError) { result = try read(into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    guard case .bytes(let count) = result else { return (result, []) }
    return (result, Array(bytes[..<count]))
  }

  func write(_ bytes: [UInt8]) throws -> WriteResult {
    try bytes.withUnsafeBytes { try write($0) }
  }
}
