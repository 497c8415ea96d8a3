// One import gives a caller the messages, their stubs and the errors.
@_exported public import RPCCore
internal import RPCTransport
@_exported public import RegistryAPI

/// A connection to a registry's node, with a typed stub for each of its services.
///
/// ```swift
/// import RegistryClient
///
/// let profile = try Profile.load("county", from: "/etc/registry/profiles.json")
/// try await withRegistryClient(profile) { client in
///   let node = try await client.node.getNode(GetNodeRequest())
///   print(node.identity, node.division?.name ?? "")
/// }
/// ```
///
/// A client connects with its first call, keeps one connection for all calls, connects again when
/// it was lost, and sends a unary call again where that is safe: when the server never began it,
/// when it changes nothing, or when it carries an idempotency key (`proto/PROTOCOL.md`, Retries).
/// Errors are `RPCError`s. It may be used from many tasks at once.
public final class RegistryClient: Sendable {
  /// What carries the calls; for services that this class has no property for.
  public let channel: any Channel
  /// The files of households.
  public let households: HouseholdClient
  /// The tree of divisions.
  public let divisions: DivisionClient
  /// Changes of registered households, proposals and hand-overs.
  public let changes: ChangeClient
  /// Counts, sums and reports.
  public let statistics: StatisticsClient
  /// Parameters of the procedure, poverty lines, dibao standards, quotas.
  public let policy: PolicyClient
  /// The node itself.
  public let node: NodeClient
  /// Applications on their way to the register, notices and minutes.
  public let procedure: ProcedureClient
  /// Lists of persons compared with the registry, and who looked at whose file.
  public let inquiries: InquiryClient
  /// Records of pilot work.
  public let pilot: PilotClient
  /// Rosters of other systems, and how they compare.
  public let rosters: RosterClient
  /// What signs decisions; nil when the client has no key.
  public let signer: StepSigner?

  /// Prepares a client from a profile; it connects with its first call. `close` ends it.
  ///
  /// - Throws: `RPCError`: UNAUTHENTICATED when a certificate or key file cannot be used, in words
  ///   that name it.
  public convenience init(profile: Profile) throws(RPCError) {
    guard profile.database == nil else {
      throw RPCError(.invalidArgument, "a stand-alone registry is opened by registryctl alone")
    }
    var configuration = ChannelConfiguration(
      endpoints: [Endpoint(host: profile.host, port: profile.port)]
        + profile.alternatives.compactMap { Endpoint($0) },
      credentials: Credentials(
        authorities: [profile.authorities],
        certificate: profile.certificate,
        key: profile.key,
        passphrase: profile.passphrase
      ),
      node: profile.node
    )
    configuration.connectTimeout = profile.connectTimeout.wholeNanoseconds
    configuration.maximumAttempts = max(1, profile.attempts)
    configuration.compression = profile.compression
    configuration.door = profile.transport.door
    let channel = try RPCChannel(configuration: configuration)
    self.init(
      channel: profile.stated(over: channel),
      signer: StepSigner(keyFile: profile.key, passphrase: profile.passphrase)
    )
  }

  /// Uses a channel that exists, such as one to services in the same process; decisions are signed
  /// only when there is a signer.
  public init(channel: any Channel, signer: StepSigner? = nil) {
    self.channel = channel
    self.signer = signer
    households = HouseholdClient(channel)
    divisions = DivisionClient(channel)
    changes = ChangeClient(channel)
    statistics = StatisticsClient(channel)
    policy = PolicyClient(channel)
    node = NodeClient(channel)
    procedure = ProcedureClient(channel)
    inquiries = InquiryClient(channel)
    pilot = PilotClient(channel)
    rosters = RosterClient(channel)
  }

  /// Ends the client; calls that are open end with CANCELLED.
  public func close() async { await channel.close() }
}

/// Runs a closure with a client and closes the client afterwards, however the closure ends.
///
/// - Throws: what `RegistryClient.init(profile:)` and the closure throw.
public func withRegistryClient<Value: Sendable>(
  _ profile: Profile,
  _ body: (RegistryClient) async throws -> Value
) async throws -> Value {
  let client = try RegistryClient(profile: profile)
  do {
    let value = try await body(client)
    await client.close()
    return value
  } catch {
    await client.close()
    throw error
  }
}
