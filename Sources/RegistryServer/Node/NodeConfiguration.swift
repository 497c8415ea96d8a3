package import Exchange
package import RPCCore
package import RegistryModel
package import RegistryStore
internal import SQLite

/// What a node is opened with, whether a daemon serves it or a command line uses it in process.
package struct NodeConfiguration: Sendable {
  /// The database: a file, made if it is absent, or a server's.
  package var database: StoreDatabase
  /// The file with the keys that seal personal data; made with the database if it is absent.
  package var sealingKey: String
  /// The file with the key that signs for the node; made if it is absent. Nil signs nothing, and
  /// exchanges with no other node.
  package var signingKey: String?
  /// A PEM file with the authorities that vouch for the nodes whose journals are passed on; nil
  /// takes none passed on by another.
  package var authorities: String?
  /// The certificate that vouches for the node, with its key: bundles are sealed to it. Nil takes none.
  package var credential: Renewable<NodeCredential>?
  /// The node above, such as `registry://420000/node/main`; empty where there is none.
  package var upstream = ""
  /// The node's identity; its division is the area whose files it owns.
  package var identity: OfficeIdentity
  /// Whether the node takes generated people, and only such; fixed when the database is made.
  package var isSynthetic = false
  /// A CSV file of further villages, or nil.
  package var villages: String?
  /// Where the divisions of a new database come from.
  package var divisions = StoreConfiguration.Divisions.national
  /// Pages of a file's write-ahead log between checkpoints; more makes bulk imports faster and a start
  /// after a crash slower.
  package var checkpointPages = 32_768
  /// MiB that the writer of a file keeps of it in memory.
  package var pageCache = SQLiteConfiguration.registry.writerCache / 1_024
  /// The block of serials of a new database; nil has all of the county's.
  package var serials: ClosedRange<UInt32>?
  /// The store's queues, pages and batches.
  package var limits = StoreLimits()
  /// The clock, and what makes ids.
  package var environment = StoreEnvironment()
  /// Chunks of one import that are in work at once, at least 2.
  package var importWindow = 4
  /// What tells about the server that carries the calls; nothing where they come from the process itself.
  package var observation: any ServerObservation = LateObservation()
  /// The program's name and version, as `GetNode` tells it.
  package var software = "household-registry"

  /// Names what has no default.
  package init(database: StoreDatabase, sealingKey: String, identity: OfficeIdentity) {
    self.database = database
    self.sealingKey = sealingKey
    self.identity = identity
  }
}
