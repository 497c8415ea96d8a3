/// What an entry did; an open set, numbered in proto/JOURNAL.md.
public struct EntryOperation: Hashable, Sendable, RawRepresentable {
  /// The number in the encoding.
  public let rawValue: UInt16

  /// The value of a number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The stream begins; the body names its node. Always entry 1, and only that.
  public static let streamStarted = EntryOperation(rawValue: 1)
  /// The node continues after a restore, under a new epoch.
  public static let epochStarted = EntryOperation(rawValue: 2)
  /// The subject's key was destroyed; its bodies cannot be opened any more.
  public static let keyErased = EntryOperation(rawValue: 3)
  /// A key signs for the node from here on.
  public static let signingKeySet = EntryOperation(rawValue: 4)
  /// The first number that the registry gives to operations of its own.
  public static let firstOfRegistry: UInt16 = 256
}

/// What kind of thing an entry is about; an open set, numbered in proto/JOURNAL.md.
public struct SubjectKind: Hashable, Sendable, RawRepresentable {
  /// The number in the encoding.
  public let rawValue: UInt8

  /// The value of a number.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The stream itself.
  public static let stream = SubjectKind(rawValue: 1)
  /// A household.
  public static let household = SubjectKind(rawValue: 2)
  /// An application to be registered; sealed under the key of the household that it becomes.
  public static let application = SubjectKind(rawValue: 3)
  /// A public notice; not sealed.
  public static let notice = SubjectKind(rawValue: 4)
  /// A parameter of the procedure; not sealed.
  public static let policy = SubjectKind(rawValue: 5)
  /// A poverty line or dibao standard; not sealed.
  public static let line = SubjectKind(rawValue: 6)
  /// A quota; not sealed.
  public static let quota = SubjectKind(rawValue: 7)
  /// Minutes of an appraisal; sealed under a key of their own.
  public static let minutes = SubjectKind(rawValue: 8)
  /// A proposed change; sealed under the household's key.
  public static let proposal = SubjectKind(rawValue: 9)
  /// A hand-over to another county; sealed under the household's key.
  public static let handOver = SubjectKind(rawValue: 10)
}

/// Marks on an entry; bits without a meaning are refused.
public struct EntryFlags: OptionSet, Hashable, Sendable {
  /// The number in the encoding.
  public let rawValue: UInt16

  /// The value of a number.
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  /// The entry has no body: its body hash is that of a zero salt and no octets.
  public static let withoutBody = EntryFlags(rawValue: 1)
  /// All bits with a meaning.
  static let known: EntryFlags = [.withoutBody]
}

/// The header of a journal entry: everything about a change but its content.
///
/// It is never withheld or erased, so it holds no personal data. `encoded` is its only encoding
/// (proto/JOURNAL.md), which the leaf of the entry hashes.
public struct EntryHeader: Hashable, Sendable {
  /// The journal's identity: random, made with the journal; entry 1's body names the node.
  public let stream: Bytes16
  /// Counts the restores of the node; from 1. Sequences go on across epochs.
  public let epoch: UInt32
  /// The entry's place in its stream, from 1, without gaps.
  public let sequence: UInt64
  /// When the entry was recorded: microseconds since 1970 UTC, not negative.
  public let instant: Int64
  /// Who did it: the identity's URI, 1 to 255 octets of printable ASCII.
  public let actor: String
  /// What was done.
  public let operation: EntryOperation
  /// What kind of thing it was done to.
  public let subjectKind: SubjectKind
  /// Which one.
  public let subject: Bytes16
  /// The subject's version before the change; 0 if it did not exist or has no versions.
  public let versionBefore: UInt64
  /// The subject's version after the change, not below the one before.
  public let versionAfter: UInt64
  /// The version of the body's schema; from 1.
  public let schemaVersion: UInt16
  /// Marks.
  public let flags: EntryFlags

  /// Throws `JournalError` (`malformed`) for values outside their limits.
  public init(
    stream: Bytes16,
    epoch: UInt32,
    sequence: UInt64,
    instant: Int64,
    actor: String,
    operation: EntryOperation,
    subjectKind: SubjectKind,
    subject: Bytes16,
    versionBefore: UInt64,
    versionAfter: UInt64,
    schemaVersion: UInt16,
    flags: EntryFlags = []
  ) throws(JournalError) {
    self.stream = stream
    self.epoch = epoch
    self.sequence = sequence
    self.instant = instant
    self.actor = actor
    self.operation = operation
    self.subjectKind = subjectKind
    self.subject = subject
    self.versionBefore = versionBefore
    self.versionAfter = versionAfter
    self.schemaVersion = schemaVersion
    self.flags = flags
    try check()
  }

  private func check() throws(JournalError) {
    try require(epoch >= 1, "the epoch is 0")
    try require(sequence >= 1, "the sequence is 0")
    try require(instant >= 0, "the instant is before 1970")
    try require(1...255 ~= actor.utf8.count, "the actor has not 1 to 255 octets")
    try require(actor.utf8.allSatisfy { 0x21...0x7e ~= $0 }, "the actor is not printable ASCII")
    try require(operation.rawValue >= 1, "the operation is 0")
    try require(subjectKind.rawValue >= 1, "the subject's kind is 0")
    try require(versionAfter >= versionBefore, "the version after is below the one before")
    try require(schemaVersion >= 1, "the schema version is 0")
    try require(flags.isSubset(of: .known), "unknown flags")
  }
}

func require(_ condition: Bool, _ words: @autoclosure () -> String) throws(JournalError) {
  if !condition { throw JournalError(.malformed, words()) }
}
