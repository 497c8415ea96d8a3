/// The outcome of a call: gRPC's seventeen codes, open for codes that later versions may add.
///
/// Source: gRPC's `statuscodes.md`; the numbers travel in STATUS frames (`proto/PROTOCOL.md`).
public struct StatusCode: RawRepresentable, Sendable, Hashable {
  /// The number on the wire.
  public let rawValue: UInt32

  /// Keeps any number, so that a code this version does not know survives.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The call succeeded.
  public static let ok = StatusCode(rawValue: 0)
  /// The caller gave the call up.
  public static let cancelled = StatusCode(rawValue: 1)
  /// A failure that nobody classified.
  public static let unknown = StatusCode(rawValue: 2)
  /// The request is wrong whatever the state of the registry.
  public static let invalidArgument = StatusCode(rawValue: 3)
  /// The deadline passed before the call ended; a write may have happened.
  public static let deadlineExceeded = StatusCode(rawValue: 4)
  /// What was asked for does not exist, or the caller may not know that it does.
  public static let notFound = StatusCode(rawValue: 5)
  /// What was to be created exists already.
  public static let alreadyExists = StatusCode(rawValue: 6)
  /// The caller's office may not do this.
  public static let permissionDenied = StatusCode(rawValue: 7)
  /// A limit or budget is used up.
  public static let resourceExhausted = StatusCode(rawValue: 8)
  /// The registry is not in the state that the operation needs.
  public static let failedPrecondition = StatusCode(rawValue: 9)
  /// Another change came between; read again and retry at a higher level.
  public static let aborted = StatusCode(rawValue: 10)
  /// A position past the end.
  public static let outOfRange = StatusCode(rawValue: 11)
  /// The method is not served here.
  public static let unimplemented = StatusCode(rawValue: 12)
  /// An invariant of the server is broken.
  public static let internalError = StatusCode(rawValue: 13)
  /// The server can't be reached or can't serve now; trying again may help.
  public static let unavailable = StatusCode(rawValue: 14)
  /// Stored data is lost or damaged beyond repair.
  public static let dataLoss = StatusCode(rawValue: 15)
  /// The caller could not be identified.
  public static let unauthenticated = StatusCode(rawValue: 16)

  private static let names = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
    "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
    "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]
}

extension StatusCode: CustomStringConvertible {
  /// The code's name in gRPC's spelling, or `CODE_n` for a number without a name.
  public var description: String {
    rawValue < Self.names.count ? Self.names[Int(rawValue)] : "CODE_\(rawValue)"
  }
}
