internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// A body of a household's that is no version of it: a proposal or a hand-over, sealed and hashed.
struct PreparedRecord: Sendable {
  var kind: SubjectKind
  var subject: Bytes16
  var version: UInt64
  var sealed: [UInt8]
  var bodyHash: Hash256
}

/// A change of one or two households, ready to be written as one.
struct PreparedChange: Sendable {
  /// The household's next version.
  var household: PreparedHousehold
  /// Of a split the new household, of a merger the one that is closed.
  var other: PreparedHousehold?
  /// The hand-over of a household that moves away.
  var handOver: PreparedHandOver?

  /// The closed household of a merger goes first: its people's numbers must be free.
  var otherGoesFirst: Bool { other?.base != nil }
}

/// A hand-over that is recorded for the first time.
struct PreparedHandOver: Sendable {
  var record: PreparedRecord
  var message: HandOver
}

/// The next version of a proposal.
struct PreparedProposal: Sendable {
  /// What the version before was.
  struct Base: Sendable {
    var n: Int64
    var entry: Int64
    var version: UInt64
    var proposedAt: Int64
  }

  var record: PreparedRecord
  var message: Proposal
  /// The household's page key.
  var household: Int64
  /// The village where the household is.
  var village: Int64
  /// Nil for a new proposal.
  var base: Base?
}

extension Reader {
  /// Seals a message under a household's key, as a journal's body.
  func record(
    _ message: some Message,
    kind: SubjectKind,
    subject: Bytes16,
    version: UInt64,
    household: Bytes16,
    wrappedKey: [UInt8]
  ) throws -> PreparedRecord {
    let body = try message.serializedBytes()
    let salt = try sealer.makeRandom16()
    let binding = SealBinding(
      place: .body,
      household: household,
      stream: stream,
      subjectKind: kind,
      subject: subject,
      version: version
    )
    let key = try sealer.unwrap(wrappedKey, household: household)
    return PreparedRecord(
      kind: kind,
      subject: subject,
      version: version,
      sealed: try sealer.seal(body, salt: salt, key: key, binding: binding),
      bodyHash: body.withUnsafeBytes { hasher.bodyHash(salt: salt, body: $0) }
    )
  }
}
