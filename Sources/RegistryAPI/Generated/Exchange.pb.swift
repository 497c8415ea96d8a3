// swift-format-ignore-file
// Generated from registry/v1/exchange.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// What a stream is.
public struct StreamRole: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = StreamRole(rawValue: 0)

  /// A node's own journal: its files as it owns them.
  public static let journal = StreamRole(rawValue: 1)

  /// Orders of a node to one below it.
  public static let orders = StreamRole(rawValue: 2)

  /// A stand-alone office's journal, whose entries are carried out where they are received.
  public static let office = StreamRole(rawValue: 3)

  /// The node's own log of looks at personal data; it is sent nowhere.
  public static let looks = StreamRole(rawValue: 4)

  /// The values that the schema names, by number.
  public static let allKnown: [StreamRole] = [
    .unspecified,
    .journal,
    .orders,
    .office,
    .looks,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "STREAM_ROLE_UNSPECIFIED"
    case 1: "STREAM_ROLE_JOURNAL"
    case 2: "STREAM_ROLE_ORDERS"
    case 3: "STREAM_ROLE_OFFICE"
    case 4: "STREAM_ROLE_LOOKS"
    default: String(rawValue)
    }
  }
}

/// How two sides' copies of a stream compare.
public struct StreamRelation: RPCProtobuf.MessageEnum {
  /// The number on the wire.
  public let rawValue: Int32
  /// Keeps any number.
  public init(rawValue: Int32) { self.rawValue = rawValue }

  /// Not given.
  public static let unspecified = StreamRelation(rawValue: 0)

  /// Equal, or the receiver is behind: the sender goes on from there.
  public static let inOrder = StreamRelation(rawValue: 1)

  /// The receiver has more: the sender was restored and must fetch its own entries back.
  public static let senderBehind = StreamRelation(rawValue: 2)

  /// The histories differ: an operator decides.
  public static let forked = StreamRelation(rawValue: 3)

  /// The sender's epoch is older than one that is known.
  public static let fenced = StreamRelation(rawValue: 4)

  /// The peer is not taken, for example blocked by an operator.
  public static let refused = StreamRelation(rawValue: 5)

  /// The values that the schema names, by number.
  public static let allKnown: [StreamRelation] = [
    .unspecified,
    .inOrder,
    .senderBehind,
    .forked,
    .fenced,
    .refused,
  ]

  /// The value's name in the schema, or its number in digits when it has none.
  public var name: String {
    switch rawValue {
    case 0: "STREAM_RELATION_UNSPECIFIED"
    case 1: "STREAM_RELATION_IN_ORDER"
    case 2: "STREAM_RELATION_SENDER_BEHIND"
    case 3: "STREAM_RELATION_FORKED"
    case 4: "STREAM_RELATION_FENCED"
    case 5: "STREAM_RELATION_REFUSED"
    default: String(rawValue)
    }
  }
}

/// What a batch holds; signed by the stream's node, so its octets are kept as they came.
public struct BatchManifest: RPCProtobuf.Message {
  /// The stream: 16 bytes.
  public var stream: [UInt8]

  /// The epoch of its last entry.
  public var epoch: UInt32

  /// The sequence of its first entry.
  public var first: UInt64

  /// The sequence of its last entry.
  public var last: UInt64

  /// The root of the stream's tree with the last entry: 32 bytes.
  public var root: [UInt8]

  /// SHA-256 of the manifest before, in the order of the stream; empty for the first.
  public var previous: [UInt8]

  /// The version of the schema of its bodies.
  public var schemaVersion: UInt32

  /// The instant at which it was put together.
  public var madeAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.epoch = 0
    self.first = 0
    self.last = 0
    self.root = []
    self.previous = []
    self.schemaVersion = 0
    self.madeAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    epoch: UInt32 = 0,
    first: UInt64 = 0,
    last: UInt64 = 0,
    root: [UInt8] = [],
    previous: [UInt8] = [],
    schemaVersion: UInt32 = 0,
    madeAt: Int64 = 0
  ) {
    self.stream = stream
    self.epoch = epoch
    self.first = first
    self.last = last
    self.root = root
    self.previous = previous
    self.schemaVersion = schemaVersion
    self.madeAt = madeAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BatchManifest()
    registry__v1__batch_manifest__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BatchManifest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BatchManifest>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.epoch = c.pointee.epoch
    self.first = c.pointee.first
    self.last = c.pointee.last
    self.root = StructureReader.bytes(c.pointee.root.data, c.pointee.root.len)
    self.previous = StructureReader.bytes(c.pointee.previous.data, c.pointee.previous.len)
    self.schemaVersion = c.pointee.schema_version
    self.madeAt = c.pointee.made_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BatchManifest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BatchManifest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.epoch = self.epoch
    c.pointee.first = self.first
    c.pointee.last = self.last
    c.pointee.root = ProtobufCBinaryData(len: self.root.count, data: encoder.bytes(self.root))
    c.pointee.previous = ProtobufCBinaryData(len: self.previous.count, data: encoder.bytes(self.previous))
    c.pointee.schema_version = self.schemaVersion
    c.pointee.made_at = self.madeAt
  }
}

/// A batch as it is offered: the manifest's octets with their signature, and the payload's size.
public struct BatchOffer: RPCProtobuf.Message {
  /// An encoded `BatchManifest`.
  public var manifest: [UInt8]

  /// The signature of the stream's key: 64 bytes.
  public var signature: [UInt8]

  /// Octets of the payload: the compressed records.
  public var payloadLength: UInt64

  /// SHA-256 of the payload.
  public var payloadDigest: [UInt8]

  /// Octets of the records, uncompressed.
  public var recordsLength: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.manifest = []
    self.signature = []
    self.payloadLength = 0
    self.payloadDigest = []
    self.recordsLength = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    manifest: [UInt8] = [],
    signature: [UInt8] = [],
    payloadLength: UInt64 = 0,
    payloadDigest: [UInt8] = [],
    recordsLength: UInt64 = 0
  ) {
    self.manifest = manifest
    self.signature = signature
    self.payloadLength = payloadLength
    self.payloadDigest = payloadDigest
    self.recordsLength = recordsLength
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BatchOffer()
    registry__v1__batch_offer__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BatchOffer.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BatchOffer>) {
    self.manifest = StructureReader.bytes(c.pointee.manifest.data, c.pointee.manifest.len)
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
    self.payloadLength = c.pointee.payload_length
    self.payloadDigest = StructureReader.bytes(c.pointee.payload_digest.data, c.pointee.payload_digest.len)
    self.recordsLength = c.pointee.records_length
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BatchOffer.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BatchOffer>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.manifest = ProtobufCBinaryData(len: self.manifest.count, data: encoder.bytes(self.manifest))
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
    c.pointee.payload_length = self.payloadLength
    c.pointee.payload_digest = ProtobufCBinaryData(len: self.payloadDigest.count, data: encoder.bytes(self.payloadDigest))
    c.pointee.records_length = self.recordsLength
  }
}

/// Why an entry took no effect where it was received; it is kept all the same.
public struct RefusedEntry: RPCProtobuf.Message {
  /// Its sequence.
  public var sequence: UInt64

  /// The rule that it breaks, such as `exchange.foreign`.
  public var rule: String

  /// What is wrong with it.
  public var messageEn: String

  /// What is wrong with it, in Chinese.
  public var messageZh: String

  /// The message whose fields all have their default values.
  public init() {
    self.sequence = 0
    self.rule = ""
    self.messageEn = ""
    self.messageZh = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    sequence: UInt64 = 0,
    rule: String = "",
    messageEn: String = "",
    messageZh: String = ""
  ) {
    self.sequence = sequence
    self.rule = rule
    self.messageEn = messageEn
    self.messageZh = messageZh
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__RefusedEntry()
    registry__v1__refused_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__RefusedEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__RefusedEntry>) {
    self.sequence = c.pointee.sequence
    self.rule = StructureReader.string(c.pointee.rule)
    self.messageEn = StructureReader.string(c.pointee.message_en)
    self.messageZh = StructureReader.string(c.pointee.message_zh)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__RefusedEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__RefusedEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.sequence = self.sequence
    c.pointee.rule = encoder.string(self.rule, "RefusedEntry.rule")
    c.pointee.message_en = encoder.string(self.messageEn, "RefusedEntry.message_en")
    c.pointee.message_zh = encoder.string(self.messageZh, "RefusedEntry.message_zh")
  }
}

/// That a batch took effect; signed by the node that received it, so its octets are kept.
public struct BatchReceipt: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// Its epoch.
  public var epoch: UInt32

  /// The sequence of the first entry.
  public var first: UInt64

  /// The sequence of the last entry.
  public var last: UInt64

  /// The root of the stream's tree with the last entry.
  public var root: [UInt8]

  /// SHA-256 of the manifest.
  public var manifest: [UInt8]

  /// Entries that took effect.
  public var applied: UInt32

  /// Those that did not.
  public var refused: [RefusedEntry]

  /// The receiving node.
  public var receiver: String

  /// The receiving node's stream.
  public var receiverStream: [UInt8]

  /// The entry of the receiver's journal that records the receipt.
  public var receiverEntry: UInt64

  /// The instant at which it was committed.
  public var receivedAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.epoch = 0
    self.first = 0
    self.last = 0
    self.root = []
    self.manifest = []
    self.applied = 0
    self.refused = []
    self.receiver = ""
    self.receiverStream = []
    self.receiverEntry = 0
    self.receivedAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    epoch: UInt32 = 0,
    first: UInt64 = 0,
    last: UInt64 = 0,
    root: [UInt8] = [],
    manifest: [UInt8] = [],
    applied: UInt32 = 0,
    refused: [RefusedEntry] = [],
    receiver: String = "",
    receiverStream: [UInt8] = [],
    receiverEntry: UInt64 = 0,
    receivedAt: Int64 = 0
  ) {
    self.stream = stream
    self.epoch = epoch
    self.first = first
    self.last = last
    self.root = root
    self.manifest = manifest
    self.applied = applied
    self.refused = refused
    self.receiver = receiver
    self.receiverStream = receiverStream
    self.receiverEntry = receiverEntry
    self.receivedAt = receivedAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BatchReceipt()
    registry__v1__batch_receipt__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BatchReceipt.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BatchReceipt>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.epoch = c.pointee.epoch
    self.first = c.pointee.first
    self.last = c.pointee.last
    self.root = StructureReader.bytes(c.pointee.root.data, c.pointee.root.len)
    self.manifest = StructureReader.bytes(c.pointee.manifest.data, c.pointee.manifest.len)
    self.applied = c.pointee.applied
    self.refused = StructureReader.messages(c.pointee.refused, c.pointee.n_refused) { RefusedEntry($0) }
    self.receiver = StructureReader.string(c.pointee.receiver)
    self.receiverStream = StructureReader.bytes(c.pointee.receiver_stream.data, c.pointee.receiver_stream.len)
    self.receiverEntry = c.pointee.receiver_entry
    self.receivedAt = c.pointee.received_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BatchReceipt.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BatchReceipt>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.epoch = self.epoch
    c.pointee.first = self.first
    c.pointee.last = self.last
    c.pointee.root = ProtobufCBinaryData(len: self.root.count, data: encoder.bytes(self.root))
    c.pointee.manifest = ProtobufCBinaryData(len: self.manifest.count, data: encoder.bytes(self.manifest))
    c.pointee.applied = self.applied
    if let elements = encoder.messages(self.refused, registry__v1__refused_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_refused = self.refused.count
      c.pointee.refused = elements
    }
    c.pointee.receiver = encoder.string(self.receiver, "BatchReceipt.receiver")
    c.pointee.receiver_stream = ProtobufCBinaryData(len: self.receiverStream.count, data: encoder.bytes(self.receiverStream))
    c.pointee.receiver_entry = self.receiverEntry
    c.pointee.received_at = self.receivedAt
  }
}

/// A receipt with its signature.
public struct SignedReceipt: RPCProtobuf.Message {
  /// An encoded `BatchReceipt`.
  public var receipt: [UInt8]

  /// The signature of the receiver's key: 64 bytes.
  public var signature: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.receipt = []
    self.signature = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    receipt: [UInt8] = [],
    signature: [UInt8] = []
  ) {
    self.receipt = receipt
    self.signature = signature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SignedReceipt()
    registry__v1__signed_receipt__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SignedReceipt.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SignedReceipt>) {
    self.receipt = StructureReader.bytes(c.pointee.receipt.data, c.pointee.receipt.len)
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SignedReceipt.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SignedReceipt>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.receipt = ProtobufCBinaryData(len: self.receipt.count, data: encoder.bytes(self.receipt))
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
  }
}

/// A stream and the key that signs for it, vouched for by its node's certificate.
public struct StreamIntroduction: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// Its node, such as `registry://421224/node/main`.
  public var node: String

  /// What it is: the node's own journal, or orders to another node.
  public var role: StreamRole

  /// For orders: the node that they are for.
  public var recipient: String

  /// The Ed25519 key that signs for it now: 32 bytes.
  public var key: [UInt8]

  /// The node takes generated people only.
  public var synthetic: Bool

  /// The node's certificate in DER.
  public var certificate: [UInt8]

  /// The certificate's signature over what stands above (proto/EXCHANGE.md).
  public var signature: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.node = ""
    self.role = StreamRole(rawValue: 0)
    self.recipient = ""
    self.key = []
    self.synthetic = false
    self.certificate = []
    self.signature = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    node: String = "",
    role: StreamRole = StreamRole(rawValue: 0),
    recipient: String = "",
    key: [UInt8] = [],
    synthetic: Bool = false,
    certificate: [UInt8] = [],
    signature: [UInt8] = []
  ) {
    self.stream = stream
    self.node = node
    self.role = role
    self.recipient = recipient
    self.key = key
    self.synthetic = synthetic
    self.certificate = certificate
    self.signature = signature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__StreamIntroduction()
    registry__v1__stream_introduction__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__StreamIntroduction.self))
  }

  init(_ c: UnsafePointer<Registry__V1__StreamIntroduction>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.node = StructureReader.string(c.pointee.node)
    self.role = StreamRole(rawValue: Int32(truncatingIfNeeded: c.pointee.role.rawValue))
    self.recipient = StructureReader.string(c.pointee.recipient)
    self.key = StructureReader.bytes(c.pointee.key.data, c.pointee.key.len)
    self.synthetic = c.pointee.synthetic != 0
    self.certificate = StructureReader.bytes(c.pointee.certificate.data, c.pointee.certificate.len)
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__StreamIntroduction.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__StreamIntroduction>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.node = encoder.string(self.node, "StreamIntroduction.node")
    c.pointee.role = .init(rawValue: .init(truncatingIfNeeded: self.role.rawValue))
    c.pointee.recipient = encoder.string(self.recipient, "StreamIntroduction.recipient")
    c.pointee.key = ProtobufCBinaryData(len: self.key.count, data: encoder.bytes(self.key))
    c.pointee.synthetic = self.synthetic ? 1 : 0
    c.pointee.certificate = ProtobufCBinaryData(len: self.certificate.count, data: encoder.bytes(self.certificate))
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
  }
}

/// How far one side has come with a stream.
public struct StreamPosition: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// Its epoch.
  public var epoch: UInt32

  /// The sequence of its last entry.
  public var size: UInt64

  /// The root of its tree; empty where it has no entry.
  public var root: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.epoch = 0
    self.size = 0
    self.root = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    epoch: UInt32 = 0,
    size: UInt64 = 0,
    root: [UInt8] = []
  ) {
    self.stream = stream
    self.epoch = epoch
    self.size = size
    self.root = root
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__StreamPosition()
    registry__v1__stream_position__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__StreamPosition.self))
  }

  init(_ c: UnsafePointer<Registry__V1__StreamPosition>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.epoch = c.pointee.epoch
    self.size = c.pointee.size
    self.root = StructureReader.bytes(c.pointee.root.data, c.pointee.root.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__StreamPosition.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__StreamPosition>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.epoch = self.epoch
    c.pointee.size = self.size
    c.pointee.root = ProtobufCBinaryData(len: self.root.count, data: encoder.bytes(self.root))
  }
}

/// The signed head of a node's own journal.
public struct JournalHead: RPCProtobuf.Message {
  /// The position.
  public var position: StreamPosition?

  /// The instant of the head.
  public var recordedAt: Int64

  /// The signature of the node's key.
  public var signature: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.position = nil
    self.recordedAt = 0
    self.signature = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    position: StreamPosition? = nil,
    recordedAt: Int64 = 0,
    signature: [UInt8] = []
  ) {
    self.position = position
    self.recordedAt = recordedAt
    self.signature = signature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__JournalHead()
    registry__v1__journal_head__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__JournalHead.self))
  }

  init(_ c: UnsafePointer<Registry__V1__JournalHead>) {
    self.position = c.pointee.position.map { StreamPosition(UnsafePointer($0)) }
    self.recordedAt = c.pointee.recorded_at
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__JournalHead.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__JournalHead>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.position {
      c.pointee.position = encoder.message(registry__v1__stream_position__init) { value.fill($0, encoder) }
    }
    c.pointee.recorded_at = self.recordedAt
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
  }
}

/// Opens the exchange: who calls, and how far each side has come.
public struct HelloRequest: RPCProtobuf.Message {
  /// The highest version of the exchange that the caller speaks; 1.
  public var version: UInt32

  /// The caller's own journal and those that it passes on.
  public var streams: [StreamIntroduction]

  /// How far the caller's own copy of each has come, in the same order.
  public var sent: [StreamPosition]

  /// How far the caller has come with the streams that the called node sends it.
  public var received: [StreamPosition]

  /// The called node's last head that the caller has seen, if any.
  public var witnessed: StreamPosition?

  /// The message whose fields all have their default values.
  public init() {
    self.version = 0
    self.streams = []
    self.sent = []
    self.received = []
    self.witnessed = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    version: UInt32 = 0,
    streams: [StreamIntroduction] = [],
    sent: [StreamPosition] = [],
    received: [StreamPosition] = [],
    witnessed: StreamPosition? = nil
  ) {
    self.version = version
    self.streams = streams
    self.sent = sent
    self.received = received
    self.witnessed = witnessed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HelloRequest()
    registry__v1__hello_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HelloRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HelloRequest>) {
    self.version = c.pointee.version
    self.streams = StructureReader.messages(c.pointee.streams, c.pointee.n_streams) { StreamIntroduction($0) }
    self.sent = StructureReader.messages(c.pointee.sent, c.pointee.n_sent) { StreamPosition($0) }
    self.received = StructureReader.messages(c.pointee.received, c.pointee.n_received) { StreamPosition($0) }
    self.witnessed = c.pointee.witnessed.map { StreamPosition(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HelloRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HelloRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.version = self.version
    if let elements = encoder.messages(self.streams, registry__v1__stream_introduction__init, { $0.fill($1, encoder) }) {
      c.pointee.n_streams = self.streams.count
      c.pointee.streams = elements
    }
    if let elements = encoder.messages(self.sent, registry__v1__stream_position__init, { $0.fill($1, encoder) }) {
      c.pointee.n_sent = self.sent.count
      c.pointee.sent = elements
    }
    if let elements = encoder.messages(self.received, registry__v1__stream_position__init, { $0.fill($1, encoder) }) {
      c.pointee.n_received = self.received.count
      c.pointee.received = elements
    }
    if let value = self.witnessed {
      c.pointee.witnessed = encoder.message(registry__v1__stream_position__init) { value.fill($0, encoder) }
    }
  }
}

/// How the called node stands with a stream of the caller's.
public struct StreamState: RPCProtobuf.Message {
  /// How far the called node has come; its root there.
  public var applied: StreamPosition?

  /// How the two compare.
  public var relation: StreamRelation

  /// The receipt of its last batch, if any.
  public var lastReceipt: SignedReceipt?

  /// The batch that is under way, if any.
  public var open: BatchOffer?

  /// Octets of its payload that are durable.
  public var openOffset: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.applied = nil
    self.relation = StreamRelation(rawValue: 0)
    self.lastReceipt = nil
    self.open = nil
    self.openOffset = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    applied: StreamPosition? = nil,
    relation: StreamRelation = StreamRelation(rawValue: 0),
    lastReceipt: SignedReceipt? = nil,
    open: BatchOffer? = nil,
    openOffset: UInt64 = 0
  ) {
    self.applied = applied
    self.relation = relation
    self.lastReceipt = lastReceipt
    self.open = open
    self.openOffset = openOffset
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__StreamState()
    registry__v1__stream_state__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__StreamState.self))
  }

  init(_ c: UnsafePointer<Registry__V1__StreamState>) {
    self.applied = c.pointee.applied.map { StreamPosition(UnsafePointer($0)) }
    self.relation = StreamRelation(rawValue: Int32(truncatingIfNeeded: c.pointee.relation.rawValue))
    self.lastReceipt = c.pointee.last_receipt.map { SignedReceipt(UnsafePointer($0)) }
    self.open = c.pointee.open.map { BatchOffer(UnsafePointer($0)) }
    self.openOffset = c.pointee.open_offset
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__StreamState.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__StreamState>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.applied {
      c.pointee.applied = encoder.message(registry__v1__stream_position__init) { value.fill($0, encoder) }
    }
    c.pointee.relation = .init(rawValue: .init(truncatingIfNeeded: self.relation.rawValue))
    if let value = self.lastReceipt {
      c.pointee.last_receipt = encoder.message(registry__v1__signed_receipt__init) { value.fill($0, encoder) }
    }
    if let value = self.open {
      c.pointee.open = encoder.message(registry__v1__batch_offer__init) { value.fill($0, encoder) }
    }
    c.pointee.open_offset = self.openOffset
  }
}

/// The called node's answer.
public struct HelloResponse: RPCProtobuf.Message {
  /// The version of the exchange that both speak.
  public var version: UInt32

  /// How it stands with each stream named, in the same order.
  public var streams: [StreamState]

  /// The called node's own journal, then the streams that it sends the caller.
  public var offered: [StreamIntroduction]

  /// How far those go, in the same order.
  public var offeredPositions: [StreamPosition]

  /// The head of the called node's journal.
  public var head: JournalHead?

  /// That the head continues the one that the caller has seen (RFC 6962, section 2.1.2).
  public var consistency: [[UInt8]]

  /// The octets of one chunk at most.
  public var chunkLimit: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.version = 0
    self.streams = []
    self.offered = []
    self.offeredPositions = []
    self.head = nil
    self.consistency = []
    self.chunkLimit = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    version: UInt32 = 0,
    streams: [StreamState] = [],
    offered: [StreamIntroduction] = [],
    offeredPositions: [StreamPosition] = [],
    head: JournalHead? = nil,
    consistency: [[UInt8]] = [],
    chunkLimit: UInt32 = 0
  ) {
    self.version = version
    self.streams = streams
    self.offered = offered
    self.offeredPositions = offeredPositions
    self.head = head
    self.consistency = consistency
    self.chunkLimit = chunkLimit
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__HelloResponse()
    registry__v1__hello_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__HelloResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__HelloResponse>) {
    self.version = c.pointee.version
    self.streams = StructureReader.messages(c.pointee.streams, c.pointee.n_streams) { StreamState($0) }
    self.offered = StructureReader.messages(c.pointee.offered, c.pointee.n_offered) { StreamIntroduction($0) }
    self.offeredPositions = StructureReader.messages(c.pointee.offered_positions, c.pointee.n_offered_positions) { StreamPosition($0) }
    self.head = c.pointee.head.map { JournalHead(UnsafePointer($0)) }
    self.consistency = StructureReader.byteStrings(c.pointee.consistency, c.pointee.n_consistency)
    self.chunkLimit = c.pointee.chunk_limit
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__HelloResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__HelloResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.version = self.version
    if let elements = encoder.messages(self.streams, registry__v1__stream_state__init, { $0.fill($1, encoder) }) {
      c.pointee.n_streams = self.streams.count
      c.pointee.streams = elements
    }
    if let elements = encoder.messages(self.offered, registry__v1__stream_introduction__init, { $0.fill($1, encoder) }) {
      c.pointee.n_offered = self.offered.count
      c.pointee.offered = elements
    }
    if let elements = encoder.messages(self.offeredPositions, registry__v1__stream_position__init, { $0.fill($1, encoder) }) {
      c.pointee.n_offered_positions = self.offeredPositions.count
      c.pointee.offered_positions = elements
    }
    if let value = self.head {
      c.pointee.head = encoder.message(registry__v1__journal_head__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.byteStrings(self.consistency) {
      c.pointee.n_consistency = self.consistency.count
      c.pointee.consistency = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
    c.pointee.chunk_limit = self.chunkLimit
  }
}

/// Opens a batch, before any of its payload is sent.
public struct OpenBatchRequest: RPCProtobuf.Message {
  /// The batch.
  public var offer: BatchOffer?

  /// The message whose fields all have their default values.
  public init() {
    self.offer = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    offer: BatchOffer? = nil
  ) {
    self.offer = offer
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__OpenBatchRequest()
    registry__v1__open_batch_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__OpenBatchRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__OpenBatchRequest>) {
    self.offer = c.pointee.offer.map { BatchOffer(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__OpenBatchRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__OpenBatchRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.offer {
      c.pointee.offer = encoder.message(registry__v1__batch_offer__init) { value.fill($0, encoder) }
    }
  }
}

/// What the receiver does with it.
public struct OpenBatchResponse: RPCProtobuf.Message {
  /// The payload is wanted from here on; beyond its end when the batch is committed.
  public var offset: UInt64

  /// The batch was committed before: its receipt.
  public var receipt: SignedReceipt?

  /// The message whose fields all have their default values.
  public init() {
    self.offset = 0
    self.receipt = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    offset: UInt64 = 0,
    receipt: SignedReceipt? = nil
  ) {
    self.offset = offset
    self.receipt = receipt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__OpenBatchResponse()
    registry__v1__open_batch_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__OpenBatchResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__OpenBatchResponse>) {
    self.offset = c.pointee.offset
    self.receipt = c.pointee.receipt.map { SignedReceipt(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__OpenBatchResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__OpenBatchResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.offset = self.offset
    if let value = self.receipt {
      c.pointee.receipt = encoder.message(registry__v1__signed_receipt__init) { value.fill($0, encoder) }
    }
  }
}

/// A piece of a payload.
public struct BatchChunk: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// SHA-256 of the manifest; in the first chunk of a call at least.
  public var manifest: [UInt8]

  /// Where the piece begins.
  public var offset: UInt64

  /// The octets.
  public var octets: [UInt8]

  /// The first 4 octets of the SHA-256 of the octets.
  public var checksum: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.manifest = []
    self.offset = 0
    self.octets = []
    self.checksum = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    manifest: [UInt8] = [],
    offset: UInt64 = 0,
    octets: [UInt8] = [],
    checksum: [UInt8] = []
  ) {
    self.stream = stream
    self.manifest = manifest
    self.offset = offset
    self.octets = octets
    self.checksum = checksum
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BatchChunk()
    registry__v1__batch_chunk__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BatchChunk.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BatchChunk>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.manifest = StructureReader.bytes(c.pointee.manifest.data, c.pointee.manifest.len)
    self.offset = c.pointee.offset
    self.octets = StructureReader.bytes(c.pointee.octets.data, c.pointee.octets.len)
    self.checksum = StructureReader.bytes(c.pointee.checksum.data, c.pointee.checksum.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BatchChunk.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BatchChunk>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.manifest = ProtobufCBinaryData(len: self.manifest.count, data: encoder.bytes(self.manifest))
    c.pointee.offset = self.offset
    c.pointee.octets = ProtobufCBinaryData(len: self.octets.count, data: encoder.bytes(self.octets))
    c.pointee.checksum = ProtobufCBinaryData(len: self.checksum.count, data: encoder.bytes(self.checksum))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `BatchChunk` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = BatchChunk
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__BatchChunk> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__BatchChunk.self)
    }
    /// The stream.
    public var stream: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.stream.data, _c.pointee.stream.len)
      }
    }
    /// SHA-256 of the manifest; in the first chunk of a call at least.
    public var manifest: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.manifest.data, _c.pointee.manifest.len)
      }
    }
    /// Where the piece begins.
    public var offset: UInt64 {
      return _c.pointee.offset
    }
    /// The octets.
    public var octets: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.octets.data, _c.pointee.octets.len)
      }
    }
    /// The first 4 octets of the SHA-256 of the octets.
    public var checksum: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.checksum.data, _c.pointee.checksum.len)
      }
    }
  }
}

/// How much of a payload is durable.
public struct BatchProgress: RPCProtobuf.Message {
  /// Octets from the start without a gap.
  public var offset: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.offset = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    offset: UInt64 = 0
  ) {
    self.offset = offset
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BatchProgress()
    registry__v1__batch_progress__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BatchProgress.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BatchProgress>) {
    self.offset = c.pointee.offset
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BatchProgress.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BatchProgress>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.offset = self.offset
  }
}

/// Commits a batch whose payload is whole.
public struct CommitBatchRequest: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// SHA-256 of the manifest.
  public var manifest: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.manifest = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    manifest: [UInt8] = []
  ) {
    self.stream = stream
    self.manifest = manifest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CommitBatchRequest()
    registry__v1__commit_batch_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CommitBatchRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CommitBatchRequest>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.manifest = StructureReader.bytes(c.pointee.manifest.data, c.pointee.manifest.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CommitBatchRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CommitBatchRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.manifest = ProtobufCBinaryData(len: self.manifest.count, data: encoder.bytes(self.manifest))
  }
}

/// The receipt of a committed batch.
public struct CommitBatchResponse: RPCProtobuf.Message {
  /// The receipt.
  public var receipt: SignedReceipt?

  /// The message whose fields all have their default values.
  public init() {
    self.receipt = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    receipt: SignedReceipt? = nil
  ) {
    self.receipt = receipt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__CommitBatchResponse()
    registry__v1__commit_batch_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__CommitBatchResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__CommitBatchResponse>) {
    self.receipt = c.pointee.receipt.map { SignedReceipt(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__CommitBatchResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__CommitBatchResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.receipt {
      c.pointee.receipt = encoder.message(registry__v1__signed_receipt__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks for the next batch of a stream that the called node sends, or has a copy of.
public struct FetchBatchRequest: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// The sequence that the caller has.
  public var after: UInt64

  /// The payload that the caller has a part of, if any: its digest.
  public var payloadDigest: [UInt8]

  /// Octets of it that the caller has.
  public var offset: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.after = 0
    self.payloadDigest = []
    self.offset = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    after: UInt64 = 0,
    payloadDigest: [UInt8] = [],
    offset: UInt64 = 0
  ) {
    self.stream = stream
    self.after = after
    self.payloadDigest = payloadDigest
    self.offset = offset
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FetchBatchRequest()
    registry__v1__fetch_batch_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FetchBatchRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FetchBatchRequest>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.after = c.pointee.after
    self.payloadDigest = StructureReader.bytes(c.pointee.payload_digest.data, c.pointee.payload_digest.len)
    self.offset = c.pointee.offset
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FetchBatchRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FetchBatchRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.after = self.after
    c.pointee.payload_digest = ProtobufCBinaryData(len: self.payloadDigest.count, data: encoder.bytes(self.payloadDigest))
    c.pointee.offset = self.offset
  }
}

/// First the offer, then the payload's pieces; nothing at all where there is no further batch.
public struct FetchBatchResponse: RPCProtobuf.Message {
  /// The batch; in the first message.
  public var offer: BatchOffer?

  /// Where the pieces begin; 0 unless the payload is the one that the caller has a part of.
  public var offset: UInt64

  /// A piece; in the further messages.
  public var chunk: BatchChunk?

  /// The message whose fields all have their default values.
  public init() {
    self.offer = nil
    self.offset = 0
    self.chunk = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    offer: BatchOffer? = nil,
    offset: UInt64 = 0,
    chunk: BatchChunk? = nil
  ) {
    self.offer = offer
    self.offset = offset
    self.chunk = chunk
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__FetchBatchResponse()
    registry__v1__fetch_batch_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__FetchBatchResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__FetchBatchResponse>) {
    self.offer = c.pointee.offer.map { BatchOffer(UnsafePointer($0)) }
    self.offset = c.pointee.offset
    self.chunk = c.pointee.chunk.map { BatchChunk(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__FetchBatchResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__FetchBatchResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.offer {
      c.pointee.offer = encoder.message(registry__v1__batch_offer__init) { value.fill($0, encoder) }
    }
    c.pointee.offset = self.offset
    if let value = self.chunk {
      c.pointee.chunk = encoder.message(registry__v1__batch_chunk__init) { value.fill($0, encoder) }
    }
  }
}

/// Gives the sender the receipt of a batch that was fetched.
public struct DeliverReceiptRequest: RPCProtobuf.Message {
  /// The receipt.
  public var receipt: SignedReceipt?

  /// The message whose fields all have their default values.
  public init() {
    self.receipt = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    receipt: SignedReceipt? = nil
  ) {
    self.receipt = receipt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__DeliverReceiptRequest()
    registry__v1__deliver_receipt_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__DeliverReceiptRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__DeliverReceiptRequest>) {
    self.receipt = c.pointee.receipt.map { SignedReceipt(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__DeliverReceiptRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__DeliverReceiptRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.receipt {
      c.pointee.receipt = encoder.message(registry__v1__signed_receipt__init) { value.fill($0, encoder) }
    }
  }
}

/// The receipt is stored.
public struct DeliverReceiptResponse: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__DeliverReceiptResponse()
    registry__v1__deliver_receipt_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__DeliverReceiptResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__DeliverReceiptResponse>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__DeliverReceiptResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__DeliverReceiptResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// An entry that goes ahead of those before it: a death, an exit, a household that moves away, an
/// erasure.
public struct UrgentEntry: RPCProtobuf.Message {
  /// The header's octets.
  public var header: [UInt8]

  /// The salt of its body: 16 bytes.
  public var salt: [UInt8]

  /// Its body: the household's file as it became, or the erasure.
  public var body: [UInt8]

  /// The hashes that lead to the head of the request (RFC 6962, section 2.1.1).
  public var path: [[UInt8]]

  /// The message whose fields all have their default values.
  public init() {
    self.header = []
    self.salt = []
    self.body = []
    self.path = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    header: [UInt8] = [],
    salt: [UInt8] = [],
    body: [UInt8] = [],
    path: [[UInt8]] = []
  ) {
    self.header = header
    self.salt = salt
    self.body = body
    self.path = path
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__UrgentEntry()
    registry__v1__urgent_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__UrgentEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__UrgentEntry>) {
    self.header = StructureReader.bytes(c.pointee.header.data, c.pointee.header.len)
    self.salt = StructureReader.bytes(c.pointee.salt.data, c.pointee.salt.len)
    self.body = StructureReader.bytes(c.pointee.body.data, c.pointee.body.len)
    self.path = StructureReader.byteStrings(c.pointee.path, c.pointee.n_path)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__UrgentEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__UrgentEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.header = ProtobufCBinaryData(len: self.header.count, data: encoder.bytes(self.header))
    c.pointee.salt = ProtobufCBinaryData(len: self.salt.count, data: encoder.bytes(self.salt))
    c.pointee.body = ProtobufCBinaryData(len: self.body.count, data: encoder.bytes(self.body))
    if let elements = encoder.byteStrings(self.path) {
      c.pointee.n_path = self.path.count
      c.pointee.path = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
  }
}

/// Sends urgent entries.
public struct SendUrgentRequest: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// A signed head of it, behind the entries.
  public var head: JournalHead?

  /// At most 50.
  public var entries: [UrgentEntry]

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.head = nil
    self.entries = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    head: JournalHead? = nil,
    entries: [UrgentEntry] = []
  ) {
    self.stream = stream
    self.head = head
    self.entries = entries
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SendUrgentRequest()
    registry__v1__send_urgent_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SendUrgentRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SendUrgentRequest>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.head = c.pointee.head.map { JournalHead(UnsafePointer($0)) }
    self.entries = StructureReader.messages(c.pointee.entries, c.pointee.n_entries) { UrgentEntry($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SendUrgentRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SendUrgentRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    if let value = self.head {
      c.pointee.head = encoder.message(registry__v1__journal_head__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.messages(self.entries, registry__v1__urgent_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_entries = self.entries.count
      c.pointee.entries = elements
    }
  }
}

/// Says that they are kept.
public struct SendUrgentResponse: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SendUrgentResponse()
    registry__v1__send_urgent_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SendUrgentResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SendUrgentResponse>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SendUrgentResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SendUrgentResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// Asks what is known ahead.
public struct ListAheadRequest: RPCProtobuf.Message {
  /// At most this many; 0 for 100, at most 500.
  public var limit: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.limit = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    limit: UInt32 = 0
  ) {
    self.limit = limit
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListAheadRequest()
    registry__v1__list_ahead_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListAheadRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListAheadRequest>) {
    self.limit = c.pointee.limit
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListAheadRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListAheadRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.limit = self.limit
  }
}

/// A file of which more is known than has come in its order.
public struct AheadFile: RPCProtobuf.Message {
  /// The node whose file it is.
  public var node: String

  /// The household's id.
  public var household: [UInt8]

  /// Its printed number; empty where the file itself has not come yet.
  public var number: String

  /// The entry in its node's journal.
  public var entry: UInt64

  /// What is known.
  public var ahead: Ahead?

  /// The message whose fields all have their default values.
  public init() {
    self.node = ""
    self.household = []
    self.number = ""
    self.entry = 0
    self.ahead = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    node: String = "",
    household: [UInt8] = [],
    number: String = "",
    entry: UInt64 = 0,
    ahead: Ahead? = nil
  ) {
    self.node = node
    self.household = household
    self.number = number
    self.entry = entry
    self.ahead = ahead
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__AheadFile()
    registry__v1__ahead_file__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__AheadFile.self))
  }

  init(_ c: UnsafePointer<Registry__V1__AheadFile>) {
    self.node = StructureReader.string(c.pointee.node)
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.number = StructureReader.string(c.pointee.number)
    self.entry = c.pointee.entry
    self.ahead = c.pointee.ahead.map { Ahead(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__AheadFile.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__AheadFile>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.node = encoder.string(self.node, "AheadFile.node")
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.number = encoder.string(self.number, "AheadFile.number")
    c.pointee.entry = self.entry
    if let value = self.ahead {
      c.pointee.ahead = encoder.message(registry__v1__ahead__init) { value.fill($0, encoder) }
    }
  }
}

/// What is known ahead, in the order of the nodes' journals.
public struct ListAheadResponse: RPCProtobuf.Message {
  /// The files.
  public var files: [AheadFile]

  /// The message whose fields all have their default values.
  public init() {
    self.files = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    files: [AheadFile] = []
  ) {
    self.files = files
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListAheadResponse()
    registry__v1__list_ahead_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListAheadResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListAheadResponse>) {
    self.files = StructureReader.messages(c.pointee.files, c.pointee.n_files) { AheadFile($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListAheadResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListAheadResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.files, registry__v1__ahead_file__init, { $0.fill($1, encoder) }) {
      c.pointee.n_files = self.files.count
      c.pointee.files = elements
    }
  }
}

/// One part of a bundle, sealed to its recipient's certificate: a batch, or the receipt of one.
public struct BundlePart: RPCProtobuf.Message {
  /// The stream of the batch, or that of the node that gives the receipt.
  public var introduction: StreamIntroduction?

  /// The batch.
  public var offer: BatchOffer?

  /// Its payload.
  public var payload: [UInt8]

  /// The receipt of a batch that the recipient sent.
  public var receipt: SignedReceipt?

  /// The message whose fields all have their default values.
  public init() {
    self.introduction = nil
    self.offer = nil
    self.payload = []
    self.receipt = nil
  }

  /// A message with these values, and the default for what is not given.
  public init(
    introduction: StreamIntroduction? = nil,
    offer: BatchOffer? = nil,
    payload: [UInt8] = [],
    receipt: SignedReceipt? = nil
  ) {
    self.introduction = introduction
    self.offer = offer
    self.payload = payload
    self.receipt = receipt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BundlePart()
    registry__v1__bundle_part__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BundlePart.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BundlePart>) {
    self.introduction = c.pointee.introduction.map { StreamIntroduction(UnsafePointer($0)) }
    self.offer = c.pointee.offer.map { BatchOffer(UnsafePointer($0)) }
    self.payload = StructureReader.bytes(c.pointee.payload.data, c.pointee.payload.len)
    self.receipt = c.pointee.receipt.map { SignedReceipt(UnsafePointer($0)) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BundlePart.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BundlePart>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.introduction {
      c.pointee.introduction = encoder.message(registry__v1__stream_introduction__init) { value.fill($0, encoder) }
    }
    if let value = self.offer {
      c.pointee.offer = encoder.message(registry__v1__batch_offer__init) { value.fill($0, encoder) }
    }
    c.pointee.payload = ProtobufCBinaryData(len: self.payload.count, data: encoder.bytes(self.payload))
    if let value = self.receipt {
      c.pointee.receipt = encoder.message(registry__v1__signed_receipt__init) { value.fill($0, encoder) }
    }
  }
}

/// Asks for a bundle.
public struct ExportBundleRequest: RPCProtobuf.Message {
  /// The certificate of the node or office that is to open it, in DER.
  public var recipient: [UInt8]

  /// The entries behind this one; 0 goes on behind the last receipt.
  public var after: UInt64

  /// Octets after which no further part is begun; 0 for no limit.
  public var limit: UInt64

  /// Begin with the first entry: the recipient lost what it had. `after` is 0 then.
  public var anew: Bool

  /// Give the recipient's own journal back, as far as this node has it, instead: it was restored from
  /// a backup. The last part is the receipt of the journal's last batch.
  public var giveBack: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.recipient = []
    self.after = 0
    self.limit = 0
    self.anew = false
    self.giveBack = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    recipient: [UInt8] = [],
    after: UInt64 = 0,
    limit: UInt64 = 0,
    anew: Bool = false,
    giveBack: Bool = false
  ) {
    self.recipient = recipient
    self.after = after
    self.limit = limit
    self.anew = anew
    self.giveBack = giveBack
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ExportBundleRequest()
    registry__v1__export_bundle_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ExportBundleRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ExportBundleRequest>) {
    self.recipient = StructureReader.bytes(c.pointee.recipient.data, c.pointee.recipient.len)
    self.after = c.pointee.after
    self.limit = c.pointee.limit
    self.anew = c.pointee.anew != 0
    self.giveBack = c.pointee.give_back != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ExportBundleRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ExportBundleRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.recipient = ProtobufCBinaryData(len: self.recipient.count, data: encoder.bytes(self.recipient))
    c.pointee.after = self.after
    c.pointee.limit = self.limit
    c.pointee.anew = self.anew ? 1 : 0
    c.pointee.give_back = self.giveBack ? 1 : 0
  }
}

/// A sealed part of a bundle.
public struct ExportBundleResponse: RPCProtobuf.Message {
  /// The part.
  public var part: [UInt8]

  /// The last entry that it holds.
  public var last: UInt64

  /// Entries on record.
  public var size: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.part = []
    self.last = 0
    self.size = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    part: [UInt8] = [],
    last: UInt64 = 0,
    size: UInt64 = 0
  ) {
    self.part = part
    self.last = last
    self.size = size
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ExportBundleResponse()
    registry__v1__export_bundle_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ExportBundleResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ExportBundleResponse>) {
    self.part = StructureReader.bytes(c.pointee.part.data, c.pointee.part.len)
    self.last = c.pointee.last
    self.size = c.pointee.size
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ExportBundleResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ExportBundleResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.part = ProtobufCBinaryData(len: self.part.count, data: encoder.bytes(self.part))
    c.pointee.last = self.last
    c.pointee.size = self.size
  }
}

/// A sealed part of a bundle.
public struct ImportBundleRequest: RPCProtobuf.Message {
  /// The part.
  public var part: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.part = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    part: [UInt8] = []
  ) {
    self.part = part
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportBundleRequest()
    registry__v1__import_bundle_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportBundleRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportBundleRequest>) {
    self.part = StructureReader.bytes(c.pointee.part.data, c.pointee.part.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportBundleRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportBundleRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.part = ProtobufCBinaryData(len: self.part.count, data: encoder.bytes(self.part))
  }

  /// A value of its own of what a view looks at.
  public init(_ view: borrowing View) { self.init(view._c) }

  /// A `ImportBundleRequest` where it lies unpacked; valid only while it is lent.
  public struct View: RPCProtobuf.MessageView, ~Escapable {
    /// The message that is looked at.
    public typealias ViewedMessage = ImportBundleRequest
    private let _structure: RPCProtobuf.LentStructure
    /// Looks at the unpacked C structure of the type; for the decoder alone.
    @_lifetime(copy structure)
    public init(_ structure: RPCProtobuf.LentStructure) { _structure = structure }
    fileprivate var _c: UnsafePointer<Registry__V1__ImportBundleRequest> {
      _structure.pointer.assumingMemoryBound(to: Registry__V1__ImportBundleRequest.self)
    }
    /// The part.
    public var part: Span<UInt8> {
      @_lifetime(copy self)
      get {
        return _structure.elements(_c.pointee.part.data, _c.pointee.part.len)
      }
    }
  }
}

/// What became of a part.
public struct ImportBundleResponse: RPCProtobuf.Message {
  /// A receipt for the sender of a batch, as a part sealed to it; empty where the part was a receipt.
  public var receipt: [UInt8]

  /// The node that sent it.
  public var node: String

  /// The first entry of the batch.
  public var first: UInt64

  /// The last entry.
  public var last: UInt64

  /// Entries that took no effect.
  public var refused: [RefusedEntry]

  /// The entries are this node's own, which it had lost.
  public var takenBack: Bool

  /// This node has its own journal back and goes on.
  public var resumed: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.receipt = []
    self.node = ""
    self.first = 0
    self.last = 0
    self.refused = []
    self.takenBack = false
    self.resumed = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    receipt: [UInt8] = [],
    node: String = "",
    first: UInt64 = 0,
    last: UInt64 = 0,
    refused: [RefusedEntry] = [],
    takenBack: Bool = false,
    resumed: Bool = false
  ) {
    self.receipt = receipt
    self.node = node
    self.first = first
    self.last = last
    self.refused = refused
    self.takenBack = takenBack
    self.resumed = resumed
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ImportBundleResponse()
    registry__v1__import_bundle_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ImportBundleResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ImportBundleResponse>) {
    self.receipt = StructureReader.bytes(c.pointee.receipt.data, c.pointee.receipt.len)
    self.node = StructureReader.string(c.pointee.node)
    self.first = c.pointee.first
    self.last = c.pointee.last
    self.refused = StructureReader.messages(c.pointee.refused, c.pointee.n_refused) { RefusedEntry($0) }
    self.takenBack = c.pointee.taken_back != 0
    self.resumed = c.pointee.resumed != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ImportBundleResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ImportBundleResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.receipt = ProtobufCBinaryData(len: self.receipt.count, data: encoder.bytes(self.receipt))
    c.pointee.node = encoder.string(self.node, "ImportBundleResponse.node")
    c.pointee.first = self.first
    c.pointee.last = self.last
    if let elements = encoder.messages(self.refused, registry__v1__refused_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_refused = self.refused.count
      c.pointee.refused = elements
    }
    c.pointee.taken_back = self.takenBack ? 1 : 0
    c.pointee.resumed = self.resumed ? 1 : 0
  }
}

/// Asks how the links stand.
public struct GetLinksRequest: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetLinksRequest()
    registry__v1__get_links_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetLinksRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetLinksRequest>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetLinksRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetLinksRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// One stream of a link, as this node sees it.
public struct LinkStream: RPCProtobuf.Message {
  /// The stream.
  public var stream: [UInt8]

  /// The node whose stream it is.
  public var node: String

  /// What it is.
  public var role: StreamRole

  /// This node receives it; else it sends it.
  public var incoming: Bool

  /// Entries that took effect at the receiver, by receipt.
  public var applied: UInt64

  /// Entries on record here.
  public var size: UInt64

  /// Entries that wait, where this node knows.
  public var waiting: UInt64

  /// Payload octets of the batch under way.
  public var openLength: UInt64

  /// Those that are durable at the receiver.
  public var openOffset: UInt64

  /// Its epoch.
  public var epoch: UInt32

  /// Entries refused by the receiver so far.
  public var refused: UInt64

  /// The instant of the last contact; 0 for none.
  public var contactAt: Int64

  /// The instant of the last receipt; 0 for none.
  public var receiptAt: Int64

  /// Entries a second over the last batches; 0 where unknown.
  public var rate: UInt64

  /// Seconds until nothing waits, at that rate; 0 where unknown.
  public var remaining: UInt64

  /// How the two sides compare.
  public var relation: StreamRelation

  /// The last error, in English; empty when the last contact was good.
  public var errorEn: String

  /// The last error, in Chinese.
  public var errorZh: String

  /// The instant of the last error.
  public var errorAt: Int64

  /// An operator took it off the list of those taken.
  public var blocked: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.stream = []
    self.node = ""
    self.role = StreamRole(rawValue: 0)
    self.incoming = false
    self.applied = 0
    self.size = 0
    self.waiting = 0
    self.openLength = 0
    self.openOffset = 0
    self.epoch = 0
    self.refused = 0
    self.contactAt = 0
    self.receiptAt = 0
    self.rate = 0
    self.remaining = 0
    self.relation = StreamRelation(rawValue: 0)
    self.errorEn = ""
    self.errorZh = ""
    self.errorAt = 0
    self.blocked = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    stream: [UInt8] = [],
    node: String = "",
    role: StreamRole = StreamRole(rawValue: 0),
    incoming: Bool = false,
    applied: UInt64 = 0,
    size: UInt64 = 0,
    waiting: UInt64 = 0,
    openLength: UInt64 = 0,
    openOffset: UInt64 = 0,
    epoch: UInt32 = 0,
    refused: UInt64 = 0,
    contactAt: Int64 = 0,
    receiptAt: Int64 = 0,
    rate: UInt64 = 0,
    remaining: UInt64 = 0,
    relation: StreamRelation = StreamRelation(rawValue: 0),
    errorEn: String = "",
    errorZh: String = "",
    errorAt: Int64 = 0,
    blocked: Bool = false
  ) {
    self.stream = stream
    self.node = node
    self.role = role
    self.incoming = incoming
    self.applied = applied
    self.size = size
    self.waiting = waiting
    self.openLength = openLength
    self.openOffset = openOffset
    self.epoch = epoch
    self.refused = refused
    self.contactAt = contactAt
    self.receiptAt = receiptAt
    self.rate = rate
    self.remaining = remaining
    self.relation = relation
    self.errorEn = errorEn
    self.errorZh = errorZh
    self.errorAt = errorAt
    self.blocked = blocked
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__LinkStream()
    registry__v1__link_stream__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__LinkStream.self))
  }

  init(_ c: UnsafePointer<Registry__V1__LinkStream>) {
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.node = StructureReader.string(c.pointee.node)
    self.role = StreamRole(rawValue: Int32(truncatingIfNeeded: c.pointee.role.rawValue))
    self.incoming = c.pointee.incoming != 0
    self.applied = c.pointee.applied
    self.size = c.pointee.size
    self.waiting = c.pointee.waiting
    self.openLength = c.pointee.open_length
    self.openOffset = c.pointee.open_offset
    self.epoch = c.pointee.epoch
    self.refused = c.pointee.refused
    self.contactAt = c.pointee.contact_at
    self.receiptAt = c.pointee.receipt_at
    self.rate = c.pointee.rate
    self.remaining = c.pointee.remaining
    self.relation = StreamRelation(rawValue: Int32(truncatingIfNeeded: c.pointee.relation.rawValue))
    self.errorEn = StructureReader.string(c.pointee.error_en)
    self.errorZh = StructureReader.string(c.pointee.error_zh)
    self.errorAt = c.pointee.error_at
    self.blocked = c.pointee.blocked != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__LinkStream.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__LinkStream>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.node = encoder.string(self.node, "LinkStream.node")
    c.pointee.role = .init(rawValue: .init(truncatingIfNeeded: self.role.rawValue))
    c.pointee.incoming = self.incoming ? 1 : 0
    c.pointee.applied = self.applied
    c.pointee.size = self.size
    c.pointee.waiting = self.waiting
    c.pointee.open_length = self.openLength
    c.pointee.open_offset = self.openOffset
    c.pointee.epoch = self.epoch
    c.pointee.refused = self.refused
    c.pointee.contact_at = self.contactAt
    c.pointee.receipt_at = self.receiptAt
    c.pointee.rate = self.rate
    c.pointee.remaining = self.remaining
    c.pointee.relation = .init(rawValue: .init(truncatingIfNeeded: self.relation.rawValue))
    c.pointee.error_en = encoder.string(self.errorEn, "LinkStream.error_en")
    c.pointee.error_zh = encoder.string(self.errorZh, "LinkStream.error_zh")
    c.pointee.error_at = self.errorAt
    c.pointee.blocked = self.blocked ? 1 : 0
  }
}

/// The links of a node.
public struct GetLinksResponse: RPCProtobuf.Message {
  /// The node above, if one is configured.
  public var upstream: String

  /// Every stream that this node sends or receives.
  public var streams: [LinkStream]

  /// Counties of which data were uploaded.
  public var countiesUploaded: UInt32

  /// The node has been restored and is read-only until its own entries are back.
  public var restored: Bool

  /// The message whose fields all have their default values.
  public init() {
    self.upstream = ""
    self.streams = []
    self.countiesUploaded = 0
    self.restored = false
  }

  /// A message with these values, and the default for what is not given.
  public init(
    upstream: String = "",
    streams: [LinkStream] = [],
    countiesUploaded: UInt32 = 0,
    restored: Bool = false
  ) {
    self.upstream = upstream
    self.streams = streams
    self.countiesUploaded = countiesUploaded
    self.restored = restored
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetLinksResponse()
    registry__v1__get_links_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetLinksResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetLinksResponse>) {
    self.upstream = StructureReader.string(c.pointee.upstream)
    self.streams = StructureReader.messages(c.pointee.streams, c.pointee.n_streams) { LinkStream($0) }
    self.countiesUploaded = c.pointee.counties_uploaded
    self.restored = c.pointee.restored != 0
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetLinksResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetLinksResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.upstream = encoder.string(self.upstream, "GetLinksResponse.upstream")
    if let elements = encoder.messages(self.streams, registry__v1__link_stream__init, { $0.fill($1, encoder) }) {
      c.pointee.n_streams = self.streams.count
      c.pointee.streams = elements
    }
    c.pointee.counties_uploaded = self.countiesUploaded
    c.pointee.restored = self.restored ? 1 : 0
  }
}

/// That a person of a file stands in another county's file too. It names the county, no more.
///
/// Also the body of the order that tells it.
public struct PersonFinding: RPCProtobuf.Message {
  /// The id that never changes.
  public var id: [UInt8]

  /// The household of the county that is told.
  public var household: [UInt8]

  /// The member's id.
  public var member: [UInt8]

  /// The code of the other county.
  public var otherCounty: String

  /// The instant at which it was found.
  public var foundAt: Int64

  /// The message whose fields all have their default values.
  public init() {
    self.id = []
    self.household = []
    self.member = []
    self.otherCounty = ""
    self.foundAt = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    id: [UInt8] = [],
    household: [UInt8] = [],
    member: [UInt8] = [],
    otherCounty: String = "",
    foundAt: Int64 = 0
  ) {
    self.id = id
    self.household = household
    self.member = member
    self.otherCounty = otherCounty
    self.foundAt = foundAt
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__PersonFinding()
    registry__v1__person_finding__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__PersonFinding.self))
  }

  init(_ c: UnsafePointer<Registry__V1__PersonFinding>) {
    self.id = StructureReader.bytes(c.pointee.id.data, c.pointee.id.len)
    self.household = StructureReader.bytes(c.pointee.household.data, c.pointee.household.len)
    self.member = StructureReader.bytes(c.pointee.member.data, c.pointee.member.len)
    self.otherCounty = StructureReader.string(c.pointee.other_county)
    self.foundAt = c.pointee.found_at
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__PersonFinding.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__PersonFinding>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.id = ProtobufCBinaryData(len: self.id.count, data: encoder.bytes(self.id))
    c.pointee.household = ProtobufCBinaryData(len: self.household.count, data: encoder.bytes(self.household))
    c.pointee.member = ProtobufCBinaryData(len: self.member.count, data: encoder.bytes(self.member))
    c.pointee.other_county = encoder.string(self.otherCounty, "PersonFinding.other_county")
    c.pointee.found_at = self.foundAt
  }
}

/// Asks for the findings that came from above.
public struct ListFindingsRequest: RPCProtobuf.Message {
  /// Those behind this place.
  public var after: UInt64

  /// At most so many; 0 for 100, at most 500.
  public var limit: UInt32

  /// The message whose fields all have their default values.
  public init() {
    self.after = 0
    self.limit = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    after: UInt64 = 0,
    limit: UInt32 = 0
  ) {
    self.after = after
    self.limit = limit
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListFindingsRequest()
    registry__v1__list_findings_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListFindingsRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListFindingsRequest>) {
    self.after = c.pointee.after
    self.limit = c.pointee.limit
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListFindingsRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListFindingsRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.after = self.after
    c.pointee.limit = self.limit
  }
}

/// Findings, the oldest first.
public struct ListFindingsResponse: RPCProtobuf.Message {
  /// The findings.
  public var findings: [PersonFinding]

  /// The printed numbers of their households, in the same order.
  public var numbers: [String]

  /// The place of the last; asks for the next.
  public var last: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.findings = []
    self.numbers = []
    self.last = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    findings: [PersonFinding] = [],
    numbers: [String] = [],
    last: UInt64 = 0
  ) {
    self.findings = findings
    self.numbers = numbers
    self.last = last
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ListFindingsResponse()
    registry__v1__list_findings_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListFindingsResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListFindingsResponse>) {
    self.findings = StructureReader.messages(c.pointee.findings, c.pointee.n_findings) { PersonFinding($0) }
    self.numbers = StructureReader.strings(c.pointee.numbers, c.pointee.n_numbers)
    self.last = c.pointee.last
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListFindingsResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListFindingsResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.findings, registry__v1__person_finding__init, { $0.fill($1, encoder) }) {
      c.pointee.n_findings = self.findings.count
      c.pointee.findings = elements
    }
    if let elements = encoder.strings(self.numbers, "ListFindingsResponse.numbers") {
      c.pointee.n_numbers = self.numbers.count
      c.pointee.numbers = elements
    }
    c.pointee.last = self.last
  }
}

/// Blocks a node, or takes it again.
public struct SetLinkAccessRequest: RPCProtobuf.Message {
  /// The node.
  public var node: String

  /// Whether it is blocked.
  public var blocked: Bool

  /// Why.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.node = ""
    self.blocked = false
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    node: String = "",
    blocked: Bool = false,
    reason: String = ""
  ) {
    self.node = node
    self.blocked = blocked
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetLinkAccessRequest()
    registry__v1__set_link_access_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetLinkAccessRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetLinkAccessRequest>) {
    self.node = StructureReader.string(c.pointee.node)
    self.blocked = c.pointee.blocked != 0
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetLinkAccessRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetLinkAccessRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.node = encoder.string(self.node, "SetLinkAccessRequest.node")
    c.pointee.blocked = self.blocked ? 1 : 0
    c.pointee.reason = encoder.string(self.reason, "SetLinkAccessRequest.reason")
  }
}

/// The access is set.
public struct SetLinkAccessResponse: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SetLinkAccessResponse()
    registry__v1__set_link_access_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SetLinkAccessResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SetLinkAccessResponse>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SetLinkAccessResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SetLinkAccessResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// The methods of `registry.v1.ExchangeService`.
public enum ExchangeMethods {
  /// `Hello`.
  public static let hello = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "Hello",
    kind: .unary)
  /// `OpenBatch`.
  public static let openBatch = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "OpenBatch",
    kind: .unary)
  /// `SendBatch`.
  public static let sendBatch = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "SendBatch",
    kind: .bidirectional)
  /// `CommitBatch`.
  public static let commitBatch = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "CommitBatch",
    kind: .unary)
  /// `FetchBatch`.
  public static let fetchBatch = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "FetchBatch",
    kind: .serverStreaming, isReadOnly: true)
  /// `SendUrgent`.
  public static let sendUrgent = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "SendUrgent",
    kind: .unary)
  /// `DeliverReceipt`.
  public static let deliverReceipt = RPCCore.MethodDescriptor(
    service: "registry.v1.ExchangeService", method: "DeliverReceipt",
    kind: .unary)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    hello,
    openBatch,
    sendBatch,
    commitBatch,
    fetchBatch,
    sendUrgent,
    deliverReceipt,
  ]
}

/// Exchanges journals between a node and the one above it.
public protocol ExchangeService: RPCCore.Service {
  /// Tells how far both sides have come.
  func hello(
    _ request: HelloRequest, context: RPCCore.ServerContext
  ) async throws -> HelloResponse
  /// Opens a batch: its signature, chain, epoch and size are checked before its payload is taken.
  func openBatch(
    _ request: OpenBatchRequest, context: RPCCore.ServerContext
  ) async throws -> OpenBatchResponse
  /// Takes pieces of a payload, and tells what is durable.
  func sendBatch(
    _ requests: RPCCore.RequestStream<BatchChunk>, responses: RPCCore.ResponseWriter<BatchProgress>, context: RPCCore.ServerContext
  ) async throws
  /// Commits a batch: effects, position, receipt and audit entry in one transaction. Repeating it
  /// gives the stored receipt.
  func commitBatch(
    _ request: CommitBatchRequest, context: RPCCore.ServerContext
  ) async throws -> CommitBatchResponse
  /// Gives the next batch of a stream to the node below.
  func fetchBatch(
    _ request: FetchBatchRequest, responses: RPCCore.ResponseWriter<FetchBatchResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Takes entries that go ahead of their order, so that they are known before the bulk has come. They
  /// take effect in their order all the same.
  func sendUrgent(
    _ request: SendUrgentRequest, context: RPCCore.ServerContext
  ) async throws -> SendUrgentResponse
  /// Takes the receipt of a fetched batch.
  func deliverReceipt(
    _ request: DeliverReceiptRequest, context: RPCCore.ServerContext
  ) async throws -> DeliverReceiptResponse
}

extension ExchangeService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(ExchangeMethods.hello) {
      (request: HelloRequest, context) async throws -> HelloResponse in
      try await self.hello(request, context: context)
    }
    router.unary(ExchangeMethods.openBatch) {
      (request: OpenBatchRequest, context) async throws -> OpenBatchResponse in
      try await self.openBatch(request, context: context)
    }
    router.bidirectional(ExchangeMethods.sendBatch) {
      (requests: RPCCore.RequestStream<BatchChunk>, responses: RPCCore.ResponseWriter<BatchProgress>, context) async throws -> Void in
      try await self.sendBatch(requests, responses: responses, context: context)
    }
    router.unary(ExchangeMethods.commitBatch) {
      (request: CommitBatchRequest, context) async throws -> CommitBatchResponse in
      try await self.commitBatch(request, context: context)
    }
    router.serverStreaming(ExchangeMethods.fetchBatch) {
      (request: FetchBatchRequest, responses: RPCCore.ResponseWriter<FetchBatchResponse>, context) async throws -> Void in
      try await self.fetchBatch(request, responses: responses, context: context)
    }
    router.unary(ExchangeMethods.sendUrgent) {
      (request: SendUrgentRequest, context) async throws -> SendUrgentResponse in
      try await self.sendUrgent(request, context: context)
    }
    router.unary(ExchangeMethods.deliverReceipt) {
      (request: DeliverReceiptRequest, context) async throws -> DeliverReceiptResponse in
      try await self.deliverReceipt(request, context: context)
    }
  }
}

/// Exchanges journals between a node and the one above it.
public struct ExchangeClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Tells how far both sides have come.
  public func hello(
    _ request: HelloRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> HelloResponse {
    try await channel.unary(
      ExchangeMethods.hello, request, returning: HelloResponse.self,
      options: options)
  }

  /// Opens a batch: its signature, chain, epoch and size are checked before its payload is taken.
  public func openBatch(
    _ request: OpenBatchRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> OpenBatchResponse {
    try await channel.unary(
      ExchangeMethods.openBatch, request, returning: OpenBatchResponse.self,
      options: options)
  }

  /// Takes pieces of a payload, and tells what is durable.
  public func sendBatch(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<BatchChunk, BatchProgress> {
    try await channel.bidirectional(
      ExchangeMethods.sendBatch, sending: BatchChunk.self, returning: BatchProgress.self,
      options: options)
  }

  /// Commits a batch: effects, position, receipt and audit entry in one transaction. Repeating it
  /// gives the stored receipt.
  public func commitBatch(
    _ request: CommitBatchRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> CommitBatchResponse {
    try await channel.unary(
      ExchangeMethods.commitBatch, request, returning: CommitBatchResponse.self,
      options: options)
  }

  /// Gives the next batch of a stream to the node below.
  public func fetchBatch(
    _ request: FetchBatchRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<FetchBatchResponse> {
    try await channel.serverStreaming(
      ExchangeMethods.fetchBatch, request, returning: FetchBatchResponse.self,
      options: options)
  }

  /// Takes entries that go ahead of their order, so that they are known before the bulk has come. They
  /// take effect in their order all the same.
  public func sendUrgent(
    _ request: SendUrgentRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SendUrgentResponse {
    try await channel.unary(
      ExchangeMethods.sendUrgent, request, returning: SendUrgentResponse.self,
      options: options)
  }

  /// Takes the receipt of a fetched batch.
  public func deliverReceipt(
    _ request: DeliverReceiptRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> DeliverReceiptResponse {
    try await channel.unary(
      ExchangeMethods.deliverReceipt, request, returning: DeliverReceiptResponse.self,
      options: options)
  }
}

/// The methods of `registry.v1.BundleService`.
public enum BundleMethods {
  /// `ExportBundle`.
  public static let exportBundle = RPCCore.MethodDescriptor(
    service: "registry.v1.BundleService", method: "ExportBundle",
    kind: .serverStreaming)
  /// `ImportBundle`.
  public static let importBundle = RPCCore.MethodDescriptor(
    service: "registry.v1.BundleService", method: "ImportBundle",
    kind: .bidirectional)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    exportBundle,
    importBundle,
  ]
}

/// Carries batches and receipts by file, where there is no network.
public protocol BundleService: RPCCore.Service {
  /// Gives the batches that the recipient lacks: the journal to a node above, orders to one below.
  func exportBundle(
    _ request: ExportBundleRequest, responses: RPCCore.ResponseWriter<ExportBundleResponse>, context: RPCCore.ServerContext
  ) async throws
  /// Takes parts in their order, and answers each when it is durable.
  func importBundle(
    _ requests: RPCCore.RequestStream<ImportBundleRequest>, responses: RPCCore.ResponseWriter<ImportBundleResponse>, context: RPCCore.ServerContext
  ) async throws
}

extension BundleService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.serverStreaming(BundleMethods.exportBundle) {
      (request: ExportBundleRequest, responses: RPCCore.ResponseWriter<ExportBundleResponse>, context) async throws -> Void in
      try await self.exportBundle(request, responses: responses, context: context)
    }
    router.bidirectional(BundleMethods.importBundle) {
      (requests: RPCCore.RequestStream<ImportBundleRequest>, responses: RPCCore.ResponseWriter<ImportBundleResponse>, context) async throws -> Void in
      try await self.importBundle(requests, responses: responses, context: context)
    }
  }
}

/// Carries batches and receipts by file, where there is no network.
public struct BundleClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Gives the batches that the recipient lacks: the journal to a node above, orders to one below.
  public func exportBundle(
    _ request: ExportBundleRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.ResponseStream<ExportBundleResponse> {
    try await channel.serverStreaming(
      BundleMethods.exportBundle, request, returning: ExportBundleResponse.self,
      options: options)
  }

  /// Takes parts in their order, and answers each when it is durable.
  public func importBundle(
    options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> RPCCore.BidirectionalCall<ImportBundleRequest, ImportBundleResponse> {
    try await channel.bidirectional(
      BundleMethods.importBundle, sending: ImportBundleRequest.self, returning: ImportBundleResponse.self,
      options: options)
  }
}

/// The methods of `registry.v1.LinkService`.
public enum LinkMethods {
  /// `ListAhead`.
  public static let listAhead = RPCCore.MethodDescriptor(
    service: "registry.v1.LinkService", method: "ListAhead",
    kind: .unary, isReadOnly: true)
  /// `GetLinks`.
  public static let getLinks = RPCCore.MethodDescriptor(
    service: "registry.v1.LinkService", method: "GetLinks",
    kind: .unary, isReadOnly: true)
  /// `ListFindings`.
  public static let listFindings = RPCCore.MethodDescriptor(
    service: "registry.v1.LinkService", method: "ListFindings",
    kind: .unary, isReadOnly: true)
  /// `SetLinkAccess`.
  public static let setLinkAccess = RPCCore.MethodDescriptor(
    service: "registry.v1.LinkService", method: "SetLinkAccess",
    kind: .unary)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    listAhead,
    getLinks,
    listFindings,
    setLinkAccess,
  ]
}

/// Tells operators about the links.
public protocol LinkService: RPCCore.Service {
  /// Lists what is known of files ahead of their nodes' journals.
  func listAhead(
    _ request: ListAheadRequest, context: RPCCore.ServerContext
  ) async throws -> ListAheadResponse
  /// Tells how each link stands.
  func getLinks(
    _ request: GetLinksRequest, context: RPCCore.ServerContext
  ) async throws -> GetLinksResponse
  /// Lists persons who stand in another county's file too.
  func listFindings(
    _ request: ListFindingsRequest, context: RPCCore.ServerContext
  ) async throws -> ListFindingsResponse
  /// Blocks a node below, or takes it again.
  func setLinkAccess(
    _ request: SetLinkAccessRequest, context: RPCCore.ServerContext
  ) async throws -> SetLinkAccessResponse
}

extension LinkService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(LinkMethods.listAhead) {
      (request: ListAheadRequest, context) async throws -> ListAheadResponse in
      try await self.listAhead(request, context: context)
    }
    router.unary(LinkMethods.getLinks) {
      (request: GetLinksRequest, context) async throws -> GetLinksResponse in
      try await self.getLinks(request, context: context)
    }
    router.unary(LinkMethods.listFindings) {
      (request: ListFindingsRequest, context) async throws -> ListFindingsResponse in
      try await self.listFindings(request, context: context)
    }
    router.unary(LinkMethods.setLinkAccess) {
      (request: SetLinkAccessRequest, context) async throws -> SetLinkAccessResponse in
      try await self.setLinkAccess(request, context: context)
    }
  }
}

/// Tells operators about the links.
public struct LinkClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Lists what is known of files ahead of their nodes' journals.
  public func listAhead(
    _ request: ListAheadRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListAheadResponse {
    try await channel.unary(
      LinkMethods.listAhead, request, returning: ListAheadResponse.self,
      options: options)
  }

  /// Tells how each link stands.
  public func getLinks(
    _ request: GetLinksRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> GetLinksResponse {
    try await channel.unary(
      LinkMethods.getLinks, request, returning: GetLinksResponse.self,
      options: options)
  }

  /// Lists persons who stand in another county's file too.
  public func listFindings(
    _ request: ListFindingsRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> ListFindingsResponse {
    try await channel.unary(
      LinkMethods.listFindings, request, returning: ListFindingsResponse.self,
      options: options)
  }

  /// Blocks a node below, or takes it again.
  public func setLinkAccess(
    _ request: SetLinkAccessRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> SetLinkAccessResponse {
    try await channel.unary(
      LinkMethods.setLinkAccess, request, returning: SetLinkAccessResponse.self,
      options: options)
  }
}
