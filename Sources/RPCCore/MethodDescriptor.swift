/// Which halves of a call are streams.
public enum CallKind: Sendable, Hashable {
  /// One message each way.
  case unary
  /// Many requests, one response.
  case clientStreaming
  /// One request, many responses.
  case serverStreaming
  /// Many messages both ways, in any order.
  case bidirectional
}

/// A method of a service, as its `.proto` file declares it.
public struct MethodDescriptor: Sendable, Hashable {
  /// The service's full name, such as `registry.v1.HouseholdService`.
  public let service: String
  /// The method's name in its service, such as `GetHousehold`.
  public let method: String
  /// Which halves stream.
  public let kind: CallKind
  /// Whether a call changes nothing, so that it may be sent again (`NO_SIDE_EFFECTS`).
  public let isReadOnly: Bool
  /// The name on the wire: `service/method`.
  public let path: String

  /// Describes a method.
  public init(service: String, method: String, kind: CallKind, isReadOnly: Bool = false) {
    self.service = service
    self.method = method
    self.kind = kind
    self.isReadOnly = isReadOnly
    self.path = "\(service)/\(method)"
  }
}

/// The bounds that a server sets for one method.
public struct MethodPolicy: Sendable, Hashable {
  /// The longest a call may take when its caller names no deadline, and at most.
  public var maximumDuration: Duration
  /// The largest request message in bytes.
  public var maximumMessageBytes: Int
  /// Calls of the method that are carried out at a time; nil for as many as the server bears.
  public var maximumCalls: Int?
  /// Whether a call takes one of the server's places while it runs. One that only waits for something
  /// to tell takes none, nor one by which operators look at a server that is full: these are bounded by
  /// `maximumCalls` alone, and never wait.
  public var takesPlace: Bool
  /// The handler makes no calls of its own, so the call is not made known to any: a tenth of what a
  /// short call costs. The deadline would not pass on if it made one.
  public var isLeaf: Bool

  /// Bounds of a method: 60 seconds and 4 MiB unless said.
  public init(
    maximumDuration: Duration = .seconds(60),
    maximumMessageBytes: Int = 4 << 20,
    maximumCalls: Int? = nil,
    takesPlace: Bool = true,
    isLeaf: Bool = false
  ) {
    self.maximumDuration = maximumDuration
    self.maximumMessageBytes = maximumMessageBytes
    self.maximumCalls = maximumCalls
    self.takesPlace = takesPlace
    self.isLeaf = isLeaf
  }
}
