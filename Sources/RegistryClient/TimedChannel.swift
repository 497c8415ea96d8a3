internal import RPCCore

/// Gives unary calls that name no timeout a profile's; streams may take as long as they need.
struct TimedChannel: Channel {
  let channel: any Channel
  let timeout: Duration?

  func open(_ method: MethodDescriptor, options: CallOptions) async throws -> any ClientCall {
    try await channel.open(method, options: options)
  }

  func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response {
    var options = options
    options.timeout = options.timeout ?? timeout
    return try await channel.unary(method, request, returning: returning, options: options)
  }

  func close() async { await channel.close() }
}
