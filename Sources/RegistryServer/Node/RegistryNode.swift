package import Exchange
internal import Glibc
package import Journal
package import RPCCore
internal import RPCReflection
package import RPCServices
package import RegistryAPI
package import RegistryModel
package import RegistryStore
internal import SQLite

/// A node of the registry: its store and the services over it, whatever carries the calls.
///
/// A daemon serves `router` over TLS; the stand-alone version and fast tests call it in process.
package final class RegistryNode: Sendable {
  /// What the node was opened with.
  package let configuration: NodeConfiguration
  /// The files and everything about them.
  package let store: RegistryStore
  /// The services, behind authorisation.
  package let router: Router
  /// Whether the node and its services take calls, as those are told who ask.
  package let health: HealthServer
  /// Whose certificates are taken for true.
  private let trust: Renewable<CertificateTrust>?
  /// Whether this opening made the file with the sealing key: it must be copied to a safe place.
  package let hasMadeSealingKey: Bool

  /// Opens the database, or makes it, and puts the services together.
  ///
  /// Blocks, for up to a second on a new database.
  ///
  /// - Throws: `StoreError` and `JournalError` from below; `NodeError` when the sealing key of an
  ///   existing database is missing, or that of a new one cannot be made.
  package init(opening configuration: NodeConfiguration) throws {
    self.configuration = configuration
    hasMadeSealingKey = try Self.prepareSealingKey(configuration)
    let store = try RegistryStore.open(Self.storeConfiguration(configuration))
    self.store = store
    health = HealthServer(services: NodeServer.services)
    trust = try configuration.authorities.map { path throws(JournalError) in
      Renewable(try CertificateTrust(authorities: path))
    }
    router = try Self.router(over: store, configuration, health, trust)
  }

  /// What `take` takes: read first, so that nothing is half done.
  package struct Renewal: Sendable {
    fileprivate let credential: NodeCredential
    fileprivate let trust: CertificateTrust?
  }

  /// Reads the authorities as their file is now, to go with a renewed certificate and its key.
  ///
  /// - Throws: `JournalError` (`keyFile`) for a file that cannot be used.
  package func renewal(_ credential: NodeCredential) throws(JournalError) -> Renewal {
    let trust = try configuration.authorities.map { path throws(JournalError) in
      try CertificateTrust(authorities: path)
    }
    return Renewal(credential: credential, trust: trust)
  }

  /// From now on signs, opens and trusts by what was read.
  package func take(_ renewal: Renewal) {
    if let fresh = renewal.trust { trust?.renew(fresh) }
    configuration.credential?.renew(renewal.credential)
  }

  /// A channel to the services from within the process, as the given identity.
  /// - Parameter certificate: the person's certificate in DER, whose key signs decisions.
  package func channel(
    as identity: OfficeIdentity,
    name: String = "",
    certificate: [UInt8] = []
  ) -> InProcessChannel {
    let peer = Peer(identity: identity.uri, commonName: name, certificate: certificate)
    return InProcessChannel(router: router, peer: peer)
  }

  /// How many households and people are registered, for those who run the node.
  package func registered() async throws -> Count {
    let scope = Scope.system(reason: "start report")
    return try await store.counts(of: "", scope: scope).divisions.first?.tally.registered ?? Count()
  }

  /// Ends waiting writes, moves the log into the database and closes it.
  package func close() async { await store.close() }

  /// Makes the key of a new database; says whether it did.
  private static func prepareSealingKey(_ configuration: NodeConfiguration) throws -> Bool {
    if access(configuration.sealingKey, F_OK) == 0 { return false }
    // A new key would make everything on record unreadable, and hide that the right one is lost.
    guard try !configuration.database.exists() else {
      // What is no database of ours has no key to be put back: that is what must be told.
      try RegistryStore.requireOurs(configuration.database)
      throw NodeError.sealingKeyMissing(
        key: configuration.sealingKey,
        database: configuration.database.description
      )
    }
    do throws(JournalError) {
      try NodeKeyFile.create(at: configuration.sealingKey)
    } catch {
      throw NodeError.sealingKeyNotMade(key: configuration.sealingKey, reason: error.message)
    }
    return true
  }

  /// The key that signs for the node, made if there is none: unlike the sealing key it opens nothing
  /// on record.
  private static func signer(_ configuration: NodeConfiguration) throws -> NodeSigner? {
    guard let path = configuration.signingKey else { return nil }
    if access(path, F_OK) != 0 {
      // Beside what is no database of ours nothing is made.
      if try configuration.database.exists() {
        try RegistryStore.requireOurs(configuration.database)
      }
      do throws(JournalError) {
        try SigningKeyFile.create(at: path)
      } catch {
        throw NodeError.signingKeyNotMade(key: path, reason: error.message)
      }
    }
    return NodeSigner(try SigningKeyFile.read(at: path))
  }

  private static func storeConfiguration(
    _ configuration: NodeConfiguration
  ) throws -> StoreConfiguration {
    var database = configuration.database
    if case .sqlite(let path, var sqlite) = database {
      sqlite.checkpointPages = configuration.checkpointPages
      sqlite.writerCache = configuration.pageCache * 1_024
      database = .sqlite(path: path, sqlite)
    }
    var store = StoreConfiguration(
      database: database,
      keys: try NodeKeyFile.read(at: configuration.sealingKey),
      node: configuration.identity,
      synthetic: configuration.isSynthetic
    )
    store.signer = try signer(configuration)
    store.limits = configuration.limits
    store.environment = configuration.environment
    store.serials = configuration.serials
    store.divisions = configuration.divisions
    store.villages = configuration.villages
    return store
  }

  private static func router(
    over store: RegistryStore,
    _ configuration: NodeConfiguration,
    _ health: HealthServer,
    _ trust: Renewable<CertificateTrust>?
  ) throws -> Router {
    let authorization = AuthorizationInterceptor(
      table: try AuthorizationTable.load(),
      isForeign: { store.isForeign($0) },
      today: { [now = configuration.environment.now] in Day(of: now()) }
    ) { code in
      store.division(code: code).map { OfficePlace(path: $0.path, level: $0.level) }
    }
    var router = Router(
      interceptors: [authorization],
      policies: MethodPolicies.byPath,
      defaultPolicy: MethodPolicies.short
    )
    DivisionServer(store: store).register(in: &router)
    HouseholdServer(
      store: store,
      importWindow: configuration.importWindow,
      authorization: authorization
    ).register(in: &router)
    ProcedureServer(store: store).register(in: &router)
    ChangeServer(store: store).register(in: &router)
    StatisticsServer(store: store).register(in: &router)
    PolicyServer(store: store).register(in: &router)
    NodeServer(store: store, software: configuration.software).register(in: &router)
    ExchangeServer(store: store, trust: trust).register(in: &router)
    JournalServer(store: store).register(in: &router)
    BundleServer(
      store: store,
      credential: configuration.credential,
      trust: trust,
      upstream: configuration.upstream
    )
    .register(in: &router)
    LinkServer(store: store, upstream: configuration.upstream).register(in: &router)
    InquiryServer(store: store).register(in: &router)
    PilotServer(store: store).register(in: &router)
    RosterServer(store: store).register(in: &router)
    health.register(in: &router)
    var pool = try DescriptorPool(fileSet: ReflectionServer.fileSet)
    try pool.add(fileSet: RegistryDescriptors.fileSet)
    ReflectionServer(services: NodeServer.services, pool: pool).registerAll(in: &router)
    let own = configuration.identity.division
    ObserveServer(configuration.observation) { context in
      try Self.requireOwn(own, context)
    }
    .register(in: &router)
    return router
  }

  /// What a server does shows who works with it: its own offices alone may know.
  private static func requireOwn(_ division: DivisionCode, _ context: ServerContext) throws {
    _ = try context.scope
    guard OfficeIdentity(uri: context.peer.identity)?.division == division else {
      throw Refusal.otherServer.error(
        en: "this server is that of \(division): only offices of that division may watch it",
        zh: "本服务器属于 \(division)：仅该区划的机构可以查看"
      )
    }
  }
}

/// Why a node can't be opened, beyond what its store says.
package enum NodeError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The database is there and the file with its keys is not.
  case sealingKeyMissing(key: String, database: String)
  /// The file with the keys of a new database cannot be made.
  case sealingKeyNotMade(key: String, reason: String)
  /// The file with the key that signs for the node is absent and cannot be made.
  case signingKeyNotMade(key: String, reason: String)

  /// What is missing, by path.
  package var description: String {
    switch self {
    case .sealingKeyMissing(let key, let database):
      "the sealing key \(key) of \(database) is missing: put it back from where it is kept safe"
    case .sealingKeyNotMade(let key, let reason), .signingKeyNotMade(let key, let reason):
      "\(key): \(reason)"
    }
  }
}
