/// What the failing side knows about whether the call's work was done.
///
/// It decides whether a client may send the call again unseen (`proto/PROTOCOL.md`, Retries).
public struct Processed: RawRepresentable, Sendable, Hashable {
  /// The number on the wire.
  public let rawValue: UInt32

  /// Keeps any number; an unknown one counts as `mayHaveRun`.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The handler ran, or may have.
  public static let mayHaveRun = Processed(rawValue: 0)
  /// No handler saw the call: sending it again is safe.
  public static let notStarted = Processed(rawValue: 1)
  /// The answer is the stored first result of the same idempotency key.
  public static let replayed = Processed(rawValue: 2)
}

/// The failure of a call: an open code, words, typed details and what caused it.
///
/// Two errors are equal when their codes are: words and causes are for people. Neither words nor
/// details may carry personal data, except where details answer the very caller who sent it.
public struct RPCError: Error, Sendable {
  /// The kind of failure.
  public var code: StatusCode
  /// A sentence for people, in English, without personal data.
  public var message: String
  /// Encoded details, in this project a `registry.v1.ErrorDetails` message; empty for none.
  public var details: [UInt8]
  /// Metadata that came with the status; handlers send theirs by `ServerContext.trailers`.
  public var metadata: Metadata
  /// How long to wait before trying again, when the server asks for it.
  public var retryDelay: Duration?
  /// Whether the server asks that the call not be sent again; only foreign servers do.
  package var forbidsRetry = false
  /// Whether the work may have been done.
  public var processed: Processed
  /// What caused it here; never sent.
  public var cause: (any Error)?

  /// Describes a failure.
  public init(
    code: StatusCode,
    message: String,
    details: [UInt8] = [],
    metadata: Metadata = [:],
    retryDelay: Duration? = nil,
    processed: Processed = .mayHaveRun,
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.metadata = metadata
    self.retryDelay = retryDelay
    self.processed = processed
    self.cause = cause
  }

  /// Describes a failure by code and words alone.
  public init(_ code: StatusCode, _ message: String) {
    self.init(code: code, message: message)
  }

  /// The failure of a call whose response this side cannot read: the server's fault, not that of an
  /// argument.
  package init(unreadableResponse error: RPCError) {
    self.init(
      code: .internalError,
      message: "a response that cannot be read: \(error.message)",
      cause: error
    )
  }

  /// Turns any error into one that can be sent: an `RPCError` as it is, a cancellation as
  /// CANCELLED, an error that says how it is to be sent so, and anything else as INTERNAL without
  /// its words, which may carry what the caller must not see.
  public init(sending error: any Error) {
    switch error {
    case let error as RPCError: self = error
    case let error as any RPCErrorConvertible: self = error.rpcError
    case is CancellationError: self.init(.cancelled, "the call was cancelled")
    default:
      self.init(
        code: .internalError,
        message: "the server failed to carry out the call",
        cause: error
      )
    }
  }
}

/// An error of another layer that knows how it is told to a caller.
public protocol RPCErrorConvertible: Error {
  /// The same failure as a caller may see it.
  var rpcError: RPCError { get }
}

extension RPCError: Equatable {
  /// Compares codes.
  public static func == (left: RPCError, right: RPCError) -> Bool { left.code == right.code }
}

extension RPCError: CustomStringConvertible {
  /// The code, the words and the cause.
  public var description: String {
    cause.map { "\(code): \(message) (caused by \($0))" } ?? "\(code): \(message)"
  }
}
