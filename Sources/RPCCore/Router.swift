/// A service that can be put into a router; generated service protocols refine it.
public protocol Service: Sendable {
  /// Adds every method of the service to a router.
  func register(in router: inout Router)
}

/// Sees every call before its handler, and may refuse it or attach what it found out.
public protocol ServerInterceptor: Sendable {
  /// Passes the call on by calling `next` once with the context, or throws to refuse it.
  ///
  /// Only an error thrown instead of calling `next` may say `Processed.notStarted`.
  func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws
}

/// The methods that a server serves, by name, and what every call passes on its way to them.
///
/// A value that is built before serving and never changes afterwards. How a call reached it, over
/// frames, in process or otherwise, a router does not know.
public struct Router: Sendable {
  /// One served method.
  package final class Entry: Sendable {
    /// The method served.
    package let method: MethodDescriptor
    /// Its bounds.
    package let policy: MethodPolicy
    private let interceptors: [any ServerInterceptor]
    private let run: @Sendable (ServerContext) async throws -> Void

    fileprivate init(
      method: MethodDescriptor,
      policy: MethodPolicy,
      interceptors: [any ServerInterceptor],
      run: @escaping @Sendable (ServerContext) async throws -> Void
    ) {
      self.method = method
      self.policy = policy
      self.interceptors = interceptors
      self.run = run
    }

    /// Carries a call out and says how it ended; never throws, since the outcome is the status.
    ///
    /// Cancelling the surrounding task cancels the handler.
    package func serve(_ call: any ServerCall) async -> CallEnding {
      let trailers = Trailers()
      let context = ServerContext(call: call, entry: self, trailers: trailers)
      do {
        if !interceptors.isEmpty {
          try await pass(context, interceptor: 0)
        } else if policy.isLeaf {
          // As `handle`, without a frame of its own.
          do { try await run(context) } catch { throw Self.ownFailure(error) }
        } else {
          try await handle(context)
        }
        let (metadata, processed) = trailers.contents
        return CallEnding(error: nil, trailers: metadata, processed: processed)
      } catch {
        var failure = RPCError(sending: error)
        failure.metadata.entries += trailers.contents.metadata.entries
        return CallEnding(
          error: failure,
          trailers: failure.metadata,
          processed: failure.processed
        )
      }
    }

    private func pass(_ context: ServerContext, interceptor index: Int) async throws {
      guard index < interceptors.count else { return try await handle(context) }
      try await interceptors[index].intercept(context) { context in
        try await pass(context, interceptor: index + 1)
      }
    }

    private func handle(_ context: ServerContext) async throws {
      do {
        if policy.isLeaf { return try await run(context) }
        try await ServerContext.$current.withValue(context) { try await run(context) }
      } catch {
        throw Self.ownFailure(error)
      }
    }

    /// A handler's failure may be that of a call that it made, passed through: what that call's server
    /// said of the work, and its metadata, are not about this call.
    private static func ownFailure(_ error: any Error) -> RPCError {
      var failure = RPCError(sending: error)
      if failure.processed == .notStarted { failure.processed = .mayHaveRun }
      failure.metadata = [:]
      return failure
    }
  }

  private var entries: [String: Entry] = [:]
  private let interceptors: [any ServerInterceptor]
  private let policies: [String: MethodPolicy]
  private let defaultPolicy: MethodPolicy

  /// Starts an empty router.
  ///
  /// - Parameters:
  ///   - interceptors: what every call passes, outermost first.
  ///   - policies: bounds of methods by path (`service/method`).
  ///   - defaultPolicy: the bounds of all others.
  public init(
    interceptors: [any ServerInterceptor] = [],
    policies: [String: MethodPolicy] = [:],
    defaultPolicy: MethodPolicy = MethodPolicy()
  ) {
    self.interceptors = interceptors
    self.policies = policies
    self.defaultPolicy = defaultPolicy
  }

  /// All methods served, sorted by path.
  public var methods: [MethodDescriptor] {
    entries.values.map(\.method).sorted { $0.path < $1.path }
  }

  /// The entry that serves a path, or nil.
  package func entry(forPath path: String) -> Entry? { entries[path] }

  /// Serves a unary method.
  public mutating func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    handler: @escaping @Sendable (Request, ServerContext) async throws -> Response
  ) {
    add(method) { context in
      let call = context.call
      let request: Request
      if let ready = try call.receiveOnlyNow(Request.self) {
        request = ready
      } else {
        request = try await call.receiveOnly(Request.self)
      }
      let response = try await handler(request, context)
      if try !call.sendNow(response) { try await call.send(response) }
    }
  }

  /// Serves a method with many requests and one response.
  public mutating func clientStreaming<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    handler: @escaping @Sendable (RequestStream<Request>, ServerContext) async throws -> Response
  ) {
    add(method) { context in
      try await context.call.send(try await handler(RequestStream(context.call), context))
    }
  }

  /// Serves a method with one request and many responses.
  public mutating func serverStreaming<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    handler:
      @escaping @Sendable (Request, ResponseWriter<Response>, ServerContext) async throws ->
      Void
  ) {
    add(method) { context in
      let request = try await context.call.receiveOnly(Request.self)
      try await handler(request, ResponseWriter(context.call), context)
    }
  }

  /// Serves a method with many messages both ways.
  public mutating func bidirectional<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    handler:
      @escaping @Sendable (
        RequestStream<Request>, ResponseWriter<Response>, ServerContext
      ) async throws -> Void
  ) {
    add(method) { context in
      try await handler(RequestStream(context.call), ResponseWriter(context.call), context)
    }
  }

  private mutating func add(
    _ method: MethodDescriptor,
    run: @escaping @Sendable (ServerContext) async throws -> Void
  ) {
    precondition(entries[method.path] == nil, "\(method.path) is registered twice")
    entries[method.path] = Entry(
      method: method,
      policy: policies[method.path] ?? defaultPolicy,
      interceptors: interceptors,
      run: run
    )
  }
}

/// How a served call ended.
package struct CallEnding: Sendable {
  /// What went wrong; nil for OK.
  package let error: RPCError?
  /// Metadata to be sent with the status.
  package let trailers: Metadata
  /// What the status says of the work.
  package let processed: Processed

  /// Describes an ending.
  package init(error: RPCError?, trailers: Metadata, processed: Processed) {
    self.error = error
    self.trailers = trailers
    self.processed = processed
  }
}

extension ServerCall {
  /// Takes the only request of a call.
  ///
  /// - Throws: INVALID_ARGUMENT when the caller sent none or more than one message.
  package func receiveOnly<M: WireMessage>(_ type: M.Type) async throws -> M {
    guard let message = try await receive(M.self) else {
      throw RPCError(.invalidArgument, "the call ended without its one request message")
    }
    guard try await receive(M.self) == nil else {
      throw RPCError(.invalidArgument, "a second request message for a method that takes one")
    }
    return message
  }
}
