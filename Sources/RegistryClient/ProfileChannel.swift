public import RPCCore

extension Profile {
  /// A channel whose calls say what this profile says of all of them: timeout and purpose.
  public func stated(over channel: any Channel) -> any Channel {
    ProfileChannel(channel: channel, timeout: callTimeout, purpose: purpose)
  }
}

/// Gives calls what a profile says of all of them, where they do not say it themselves: unary calls
/// a timeout (streams may take as long as they need), every call its purpose.
struct ProfileChannel: Channel {
  /// The metadata key by which a call states its purpose.
  static let purposeKey = "registry-purpose"

  let channel: any Channel
  let timeout: Duration?
  let purpose: String?

  func open(_ method: MethodDescriptor, options: CallOptions) async throws -> any ClientCall {
    try await channel.open(method, options: stating(options))
  }

  func unary<Request: WireMessage, Response: WireMessage>(
    _ method: MethodDescriptor,
    _ request: Request,
    returning: Response.Type,
    options: CallOptions
  ) async throws -> Response {
    var options = stating(options)
    options.timeout = options.timeout ?? timeout
    return try await channel.unary(method, request, returning: returning, options: options)
  }

  func close() async { await channel.close() }

  private func stating(_ options: CallOptions) -> CallOptions {
    guard let purpose, options.metadata[Self.purposeKey] == nil else { return options }
    var options = options
    options.metadata.append(Self.purposeKey, purpose)
    return options
  }
}
