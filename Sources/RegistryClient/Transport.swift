internal import RPCTransport

/// A protocol in which a server is called; what is called is the same.
public enum Transport: String, Sendable, Hashable, Codable, CaseIterable {
  /// The native one (`proto/PROTOCOL.md`).
  case native
  /// gRPC over HTTP/2: for servers of any implementation, and for networks that let nothing else pass.
  case grpc

  var door: Door {
    switch self {
    case .native: .native
    case .grpc: .grpc
    }
  }
}
