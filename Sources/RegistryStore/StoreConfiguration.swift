package import Journal
package import RegistryModel

/// What a store is opened with.
package struct StoreConfiguration: Sendable {
  /// Where the divisions of a new database come from.
  package enum Divisions: Sendable {
    /// The tables that come with the program: the nation's, with the villages of seven counties.
    case national
    /// These, every parent before its children, the state first.
    case given([DivisionSeed])
  }

  /// The database.
  package var database: StoreDatabase
  /// The node's keys; a database opens with the keys it was made with, or none.
  package var keys: KeyRing
  /// The node; its division is the area whose files it owns.
  package var node: OfficeIdentity
  /// Whether the node takes generated people (ID numbers under 99), and only such.
  package var synthetic: Bool
  /// Where the divisions of a new database come from.
  package var divisions = Divisions.national
  /// A CSV file (`code,name`) of further villages, read at each opening; those known are skipped.
  package var villages: String?
  /// The serials of printed numbers that a new database gives out, of households and of applications:
  /// a block that the county set aside for a stand-alone office. Nil has all of the county's.
  package var serials: ClosedRange<UInt32>?
  /// How many, how much, how long.
  package var limits = StoreLimits()
  /// Where time comes from.
  package var environment = StoreEnvironment()
  /// The key that signs for the node; without one it exchanges with no other.
  package var signer: NodeSigner?

  package init(
    database: StoreDatabase,
    keys: KeyRing,
    node: OfficeIdentity,
    synthetic: Bool = false
  ) {
    self.database = database
    self.keys = keys
    self.node = node
    self.synthetic = synthetic
  }
}

/// The limits of a store's queues, pages and memories.
package struct StoreLimits: Hashable, Sendable {
  /// Jobs that share a commit at most.
  package var jobsPerCommit = 512
  /// Households that share a commit at most; a larger job has a commit of its own.
  package var householdsPerCommit = 10_000
  /// Jobs that wait for the writer; one more is refused.
  package var waitingWrites = 4_096
  /// Households that wait for the writer; a job beyond is refused, unless it is alone.
  package var waitingHouseholds = 100_000
  /// Threads for what blocks: preparing writes, searches, exports, counts.
  package var workers = 2
  /// Pieces of such work that wait; one more is refused.
  package var waitingWork = 1_024
  /// Connections for reading.
  package var readers = 32
  /// Steps of the database's machine for a point read.
  package var pointReadSteps = 20_000
  /// Entries of one batch between nodes.
  package var entriesPerBatch = 8_000
  /// Entries of one batch of a stand-alone office's: they are carried out, in one transaction during
  /// which nobody else writes.
  package var entriesPerOfficeBatch = 500
  /// Entries of one batch of orders: what proposals among them ask for is carried out, in one
  /// transaction.
  package var entriesPerOrderBatch = 1_000
  /// Octets of a batch's records after which it ends; the receiver takes up to twice as many.
  package var batchBytes = 4 << 20
  /// Octets of one chunk of a payload at most.
  package var chunkBytes = 1 << 20
  /// Households of one part of an import.
  package var itemsPerPart = 2_000
  /// Applications that one call records.
  package var applicationsPerCall = 500
  /// Steps that one call takes, and applications of one notice.
  package var stepsPerCall = 2_000
  /// Applications that the notices of one page name, unless a single one names more.
  package var namedPerPage = 20_000
  /// Octets of minutes.
  package var minutesBytes = 2 << 20
  /// Violations that an item's result names; a last one tells how many more there are.
  package var violationsPerItem = 50
  /// Households of a page of a search when no number is asked for.
  package var searchPage = 50
  /// Households of a page of a search at most.
  package var searchPageMaximum = 500
  /// Households of a page of an export.
  package var exportPage = 200
  /// Octets after which a page of an export ends.
  package var exportPageBytes = 512 << 10
  /// Households that one call opens in order to find those that an office sees.
  package var openedPerPage = 5_000
  /// Divisions of a page when no number is asked for.
  package var divisionPage = 100
  /// Divisions of a page at most.
  package var divisionPageMaximum = 1_000
  /// Parameters that one request sets at most.
  package var parametersPerRequest = 100
  /// Quotas that one request sets at most.
  package var quotasPerRequest = 1_000
  /// Versions of a page of a household's history when no number is asked for.
  package var historyPage = 100
  /// Versions of a page of a household's history at most.
  package var historyPageMaximum = 500
  /// Versions from which a household is put together for a day at most.
  package var foldedVersions = 10_000
  /// Proposals or hand-overs of a page when no number is asked for.
  package var proposalPage = 50
  /// Proposals or hand-overs of a page at most.
  package var proposalPageMaximum = 500
  /// Divisions below one whose reports one answer gives at most.
  package var reportDivisions = 10_000
  /// Octets after which a page of proposals ends.
  package var proposalPageBytes = 1 << 20
  /// Numbers of one part of a list that is compared.
  package var numbersPerPart = 10_000
  /// Rosters of a page when no number is asked for.
  package var rosterPage = 100
  /// Rosters of a page at most.
  package var rosterPageMaximum = 1_000
  /// Octets of a proposed change.
  package var proposalBytes = 64 << 10
  /// How long a write can be repeated under its idempotency key, in microseconds: a week.
  package var idempotencyLife: Int64 = 7 * 86_400_000_000
  /// Times that an update is made again because another came between.
  package var updateAttempts = 4
  /// How long the writer has nothing to do before it moves the log into the database, in seconds.
  package var idleCheckpoint = 2.0
  /// Findings that a check hands out.
  package var findings = 100

  package init() {}
}

/// Time and ids from outside, so that tests can set them.
package struct StoreEnvironment: Sendable {
  /// The present instant.
  package var now: @Sendable () -> Instant
  /// A new id for a household; nil for one that rises with time and is random otherwise.
  package var makeID: (@Sendable () -> Bytes16)?

  package init(
    now: @escaping @Sendable () -> Instant = SystemClock.now,
    makeID: (@Sendable () -> Bytes16)? = nil
  ) {
    self.now = now
    self.makeID = makeID
  }

  /// The present day in China.
  var today: Day { Day(of: now()) }
}
