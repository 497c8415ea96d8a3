internal import Journal
internal import RegistryModel

/// What the writer knows of the database beyond its rows: the journal's tree and the next page key.
///
/// A value, so that a failed job goes back to the copy made before it.
struct WriterState {
  /// The tree over all entries; its size is the last sequence.
  var tree: MerkleTree
  /// The trees of other streams that were written since the state was read, by their numbers.
  var streams: [Int64: MerkleTree] = [:]
  /// The stand-alone offices that are told of their files; nil until somebody asks.
  var offices: [OfficeOrders]?
  /// The stream of looks; nil until somebody looks.
  var looks: StoredStream?
  /// When it was last anchored in the journal since the state was read.
  var looksAnchoredAt: Int64 = 0
  /// The nodes below that are told of looks at their files; nil until somebody looks.
  var owners: [OfficeOrders]?
  /// The page key of the next household.
  var nextN: Int64
  /// The page key of the next application.
  var nextApplication: Int64
  /// The page key of the next notice.
  var nextNotice: Int64
  /// The instant of the last entry: entries never go back in time, whatever the clock does.
  var lastInstant: Instant
  /// The epoch of the entries to come.
  var epoch: UInt32
  /// Whether the node is a restored one, which appends nothing of its own.
  var isRestored: Bool
}

/// What a job, or a group of jobs, changes beside the rows that it wrote itself.
struct WriteEffects {
  /// Counts to add, by village.
  var tallies: [Int64: Tally] = [:]
  /// Sums of pilot work to add, by division of every level.
  var pilot: [Int64: PilotTally] = [:]
  /// The highest serial used, by county.
  var serials: [Int64: UInt32] = [:]
  /// Changes of applications and their people, by division of every level, period and state.
  var applications: [ApplicationCount.Key: ApplicationCount] = [:]
  /// What becomes known to readers in memory once the group is durable, before anybody is told.
  var published: [@Sendable () -> Void] = []
  /// Entries appended.
  var entries = 0
  /// Entries of the running job of which stand-alone offices may have to be told.
  var noted: [Int64] = []
  /// What such an office asked for in vain in the running job: it is told what stands.
  var standing: [Standing.Key: Standing] = [:]

  var isEmpty: Bool { entries == 0 && tallies.isEmpty && pilot.isEmpty }

  /// Adds the effects of a job that succeeded.
  mutating func merge(_ other: WriteEffects) {
    entries += other.entries
    published += other.published
    applications.merge(other.applications) { $0 + $1 }
    tallies.merge(other.tallies) { first, second in
      var sum = first
      sum.add(second)
      return sum
    }
    pilot.merge(other.pilot) { first, second in
      var sum = first
      sum.add(second)
      return sum
    }
    serials.merge(other.serials, uniquingKeysWith: max)
  }
}

/// Applications in one state and their people.
struct ApplicationCount: Hashable, Sendable {
  /// Where they are counted.
  struct Key: Hashable, Sendable {
    var division: Int64
    var period: UInt32
    var state: Int32
  }

  var applications: Int64
  var people: Int64

  static func + (left: ApplicationCount, right: ApplicationCount) -> ApplicationCount {
    ApplicationCount(
      applications: left.applications + right.applications,
      people: left.people + right.people
    )
  }
}
