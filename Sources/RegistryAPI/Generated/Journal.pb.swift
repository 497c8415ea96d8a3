// swift-format-ignore-file
// Generated from registry/v1/journal.proto by protoc-gen-registry-swift.
// Do not edit: run tools/generate

internal import CRegistryAPI
internal import CProtobufC
public import RPCCore
public import RPCProtobuf

/// The body of the entry that sets the key that signs for a node from then on. Both keys sign
/// 0x07, `registry key/1` (ASCII), stream, previous key, key.
public struct SigningKeySet: RPCProtobuf.Message {
  /// The Ed25519 key: 32 bytes.
  public var key: [UInt8]

  /// The key before; empty for the first.
  public var previous: [UInt8]

  /// The key's own signature.
  public var signature: [UInt8]

  /// The signature of the key before; empty for the first.
  public var previousSignature: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.key = []
    self.previous = []
    self.signature = []
    self.previousSignature = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    key: [UInt8] = [],
    previous: [UInt8] = [],
    signature: [UInt8] = [],
    previousSignature: [UInt8] = []
  ) {
    self.key = key
    self.previous = previous
    self.signature = signature
    self.previousSignature = previousSignature
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__SigningKeySet()
    registry__v1__signing_key_set__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__SigningKeySet.self))
  }

  init(_ c: UnsafePointer<Registry__V1__SigningKeySet>) {
    self.key = StructureReader.bytes(c.pointee.key.data, c.pointee.key.len)
    self.previous = StructureReader.bytes(c.pointee.previous.data, c.pointee.previous.len)
    self.signature = StructureReader.bytes(c.pointee.signature.data, c.pointee.signature.len)
    self.previousSignature = StructureReader.bytes(c.pointee.previous_signature.data, c.pointee.previous_signature.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__SigningKeySet.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__SigningKeySet>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.key = ProtobufCBinaryData(len: self.key.count, data: encoder.bytes(self.key))
    c.pointee.previous = ProtobufCBinaryData(len: self.previous.count, data: encoder.bytes(self.previous))
    c.pointee.signature = ProtobufCBinaryData(len: self.signature.count, data: encoder.bytes(self.signature))
    c.pointee.previous_signature = ProtobufCBinaryData(len: self.previousSignature.count, data: encoder.bytes(self.previousSignature))
  }
}

/// The body of the entry with which a node goes on after a restore from a backup.
public struct EpochStarted: RPCProtobuf.Message {
  /// The entries that it had again.
  public var size: UInt64

  /// Why, or who decided it.
  public var reason: String

  /// The message whose fields all have their default values.
  public init() {
    self.size = 0
    self.reason = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    size: UInt64 = 0,
    reason: String = ""
  ) {
    self.size = size
    self.reason = reason
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__EpochStarted()
    registry__v1__epoch_started__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__EpochStarted.self))
  }

  init(_ c: UnsafePointer<Registry__V1__EpochStarted>) {
    self.size = c.pointee.size
    self.reason = StructureReader.string(c.pointee.reason)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__EpochStarted.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__EpochStarted>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.size = self.size
    c.pointee.reason = encoder.string(self.reason, "EpochStarted.reason")
  }
}

/// What a backup holds; its first part.
public struct BackupManifest: RPCProtobuf.Message {
  /// The node.
  public var node: String

  /// Its journal.
  public var stream: [UInt8]

  /// The entries of its journal.
  public var size: UInt64

  /// The root of its journal's tree.
  public var root: [UInt8]

  /// The instant of the backup.
  public var madeAt: Int64

  /// The files, in the order of their octets.
  public var files: [BackupFile]

  /// The message whose fields all have their default values.
  public init() {
    self.node = ""
    self.stream = []
    self.size = 0
    self.root = []
    self.madeAt = 0
    self.files = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    node: String = "",
    stream: [UInt8] = [],
    size: UInt64 = 0,
    root: [UInt8] = [],
    madeAt: Int64 = 0,
    files: [BackupFile] = []
  ) {
    self.node = node
    self.stream = stream
    self.size = size
    self.root = root
    self.madeAt = madeAt
    self.files = files
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BackupManifest()
    registry__v1__backup_manifest__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BackupManifest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BackupManifest>) {
    self.node = StructureReader.string(c.pointee.node)
    self.stream = StructureReader.bytes(c.pointee.stream.data, c.pointee.stream.len)
    self.size = c.pointee.size
    self.root = StructureReader.bytes(c.pointee.root.data, c.pointee.root.len)
    self.madeAt = c.pointee.made_at
    self.files = StructureReader.messages(c.pointee.files, c.pointee.n_files) { BackupFile($0) }
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BackupManifest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BackupManifest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.node = encoder.string(self.node, "BackupManifest.node")
    c.pointee.stream = ProtobufCBinaryData(len: self.stream.count, data: encoder.bytes(self.stream))
    c.pointee.size = self.size
    c.pointee.root = ProtobufCBinaryData(len: self.root.count, data: encoder.bytes(self.root))
    c.pointee.made_at = self.madeAt
    if let elements = encoder.messages(self.files, registry__v1__backup_file__init, { $0.fill($1, encoder) }) {
      c.pointee.n_files = self.files.count
      c.pointee.files = elements
    }
  }
}

/// A file of a backup.
public struct BackupFile: RPCProtobuf.Message {
  /// `database`, `sealing-key` or `signing-key`.
  public var name: String

  /// Its octets.
  public var length: UInt64

  /// SHA-256 of its octets.
  public var digest: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.name = ""
    self.length = 0
    self.digest = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    name: String = "",
    length: UInt64 = 0,
    digest: [UInt8] = []
  ) {
    self.name = name
    self.length = length
    self.digest = digest
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BackupFile()
    registry__v1__backup_file__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BackupFile.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BackupFile>) {
    self.name = StructureReader.string(c.pointee.name)
    self.length = c.pointee.length
    self.digest = StructureReader.bytes(c.pointee.digest.data, c.pointee.digest.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BackupFile.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BackupFile>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.name = encoder.string(self.name, "BackupFile.name")
    c.pointee.length = self.length
    c.pointee.digest = ProtobufCBinaryData(len: self.digest.count, data: encoder.bytes(self.digest))
  }
}

/// A part of a backup, sealed to its recipients: the manifest, or octets of the files.
public struct BackupPart: RPCProtobuf.Message {
  /// The manifest; in the first part.
  public var manifest: BackupManifest?

  /// Where the octets begin, counted through all files.
  public var offset: UInt64

  /// The octets.
  public var octets: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.manifest = nil
    self.offset = 0
    self.octets = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    manifest: BackupManifest? = nil,
    offset: UInt64 = 0,
    octets: [UInt8] = []
  ) {
    self.manifest = manifest
    self.offset = offset
    self.octets = octets
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__BackupPart()
    registry__v1__backup_part__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__BackupPart.self))
  }

  init(_ c: UnsafePointer<Registry__V1__BackupPart>) {
    self.manifest = c.pointee.manifest.map { BackupManifest(UnsafePointer($0)) }
    self.offset = c.pointee.offset
    self.octets = StructureReader.bytes(c.pointee.octets.data, c.pointee.octets.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__BackupPart.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__BackupPart>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.manifest {
      c.pointee.manifest = encoder.message(registry__v1__backup_manifest__init) { value.fill($0, encoder) }
    }
    c.pointee.offset = self.offset
    c.pointee.octets = ProtobufCBinaryData(len: self.octets.count, data: encoder.bytes(self.octets))
  }
}

/// An entry without its content.
public struct JournalEntry: RPCProtobuf.Message {
  /// The header's octets.
  public var header: [UInt8]

  /// The hash of salt and body.
  public var bodyHash: [UInt8]

  /// Salt and body, of entries about the stream itself alone: they name the node and its keys.
  public var content: [UInt8]

  /// The entry's leaf as the node's tree has it: what an entry that was changed differs from. Empty
  /// behind the last complete tile.
  public var leaf: [UInt8]

  /// The message whose fields all have their default values.
  public init() {
    self.header = []
    self.bodyHash = []
    self.content = []
    self.leaf = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    header: [UInt8] = [],
    bodyHash: [UInt8] = [],
    content: [UInt8] = [],
    leaf: [UInt8] = []
  ) {
    self.header = header
    self.bodyHash = bodyHash
    self.content = content
    self.leaf = leaf
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__JournalEntry()
    registry__v1__journal_entry__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__JournalEntry.self))
  }

  init(_ c: UnsafePointer<Registry__V1__JournalEntry>) {
    self.header = StructureReader.bytes(c.pointee.header.data, c.pointee.header.len)
    self.bodyHash = StructureReader.bytes(c.pointee.body_hash.data, c.pointee.body_hash.len)
    self.content = StructureReader.bytes(c.pointee.content.data, c.pointee.content.len)
    self.leaf = StructureReader.bytes(c.pointee.leaf.data, c.pointee.leaf.len)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__JournalEntry.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__JournalEntry>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.header = ProtobufCBinaryData(len: self.header.count, data: encoder.bytes(self.header))
    c.pointee.body_hash = ProtobufCBinaryData(len: self.bodyHash.count, data: encoder.bytes(self.bodyHash))
    c.pointee.content = ProtobufCBinaryData(len: self.content.count, data: encoder.bytes(self.content))
    c.pointee.leaf = ProtobufCBinaryData(len: self.leaf.count, data: encoder.bytes(self.leaf))
  }
}

/// Asks for a page of a journal.
public struct ListEntriesRequest: RPCProtobuf.Message {
  /// The entries behind this sequence.
  public var after: UInt64

  /// At most so many; 0 for 1000, at most 5000.
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
    var c = Registry__V1__ListEntriesRequest()
    registry__v1__list_entries_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ListEntriesRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ListEntriesRequest>) {
    self.after = c.pointee.after
    self.limit = c.pointee.limit
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ListEntriesRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ListEntriesRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.after = self.after
    c.pointee.limit = self.limit
  }
}

/// A page of a journal; a journal file is a row of these, each after its length in 4 octets.
public struct JournalPage: RPCProtobuf.Message {
  /// The entries in their order.
  public var entries: [JournalEntry]

  /// The signed heads that lie among them, by size.
  public var heads: [JournalHead]

  /// How many entries the journal has.
  public var size: UInt64

  /// The place of the last entry of the page: what the next page goes on behind, whatever headers say.
  public var last: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.entries = []
    self.heads = []
    self.size = 0
    self.last = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    entries: [JournalEntry] = [],
    heads: [JournalHead] = [],
    size: UInt64 = 0,
    last: UInt64 = 0
  ) {
    self.entries = entries
    self.heads = heads
    self.size = size
    self.last = last
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__JournalPage()
    registry__v1__journal_page__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__JournalPage.self))
  }

  init(_ c: UnsafePointer<Registry__V1__JournalPage>) {
    self.entries = StructureReader.messages(c.pointee.entries, c.pointee.n_entries) { JournalEntry($0) }
    self.heads = StructureReader.messages(c.pointee.heads, c.pointee.n_heads) { JournalHead($0) }
    self.size = c.pointee.size
    self.last = c.pointee.last
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__JournalPage.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__JournalPage>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let elements = encoder.messages(self.entries, registry__v1__journal_entry__init, { $0.fill($1, encoder) }) {
      c.pointee.n_entries = self.entries.count
      c.pointee.entries = elements
    }
    if let elements = encoder.messages(self.heads, registry__v1__journal_head__init, { $0.fill($1, encoder) }) {
      c.pointee.n_heads = self.heads.count
      c.pointee.heads = elements
    }
    c.pointee.size = self.size
    c.pointee.last = self.last
  }
}

/// Asks for the head.
public struct GetHeadRequest: RPCProtobuf.Message {
  /// The message whose fields all have their default values.
  public init() {
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetHeadRequest()
    registry__v1__get_head_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetHeadRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetHeadRequest>) {
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetHeadRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetHeadRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
  }
}

/// The head of the node's journal.
public struct GetHeadResponse: RPCProtobuf.Message {
  /// The head with its signature.
  public var head: JournalHead?

  /// The key that signed it.
  public var key: [UInt8]

  /// The node.
  public var node: String

  /// The message whose fields all have their default values.
  public init() {
    self.head = nil
    self.key = []
    self.node = ""
  }

  /// A message with these values, and the default for what is not given.
  public init(
    head: JournalHead? = nil,
    key: [UInt8] = [],
    node: String = ""
  ) {
    self.head = head
    self.key = key
    self.node = node
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__GetHeadResponse()
    registry__v1__get_head_response__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__GetHeadResponse.self))
  }

  init(_ c: UnsafePointer<Registry__V1__GetHeadResponse>) {
    self.head = c.pointee.head.map { JournalHead(UnsafePointer($0)) }
    self.key = StructureReader.bytes(c.pointee.key.data, c.pointee.key.len)
    self.node = StructureReader.string(c.pointee.node)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__GetHeadResponse.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__GetHeadResponse>, _ encoder: RPCProtobuf.MessageEncoder) {
    if let value = self.head {
      c.pointee.head = encoder.message(registry__v1__journal_head__init) { value.fill($0, encoder) }
    }
    c.pointee.key = ProtobufCBinaryData(len: self.key.count, data: encoder.bytes(self.key))
    c.pointee.node = encoder.string(self.node, "GetHeadResponse.node")
  }
}

/// Asks for a proof.
public struct ProveRequest: RPCProtobuf.Message {
  /// The entry to be proved; 0 asks for consistency.
  public var sequence: UInt64

  /// Consistency: the size of the earlier head.
  public var earlier: UInt64

  /// The message whose fields all have their default values.
  public init() {
    self.sequence = 0
    self.earlier = 0
  }

  /// A message with these values, and the default for what is not given.
  public init(
    sequence: UInt64 = 0,
    earlier: UInt64 = 0
  ) {
    self.sequence = sequence
    self.earlier = earlier
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__ProveRequest()
    registry__v1__prove_request__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__ProveRequest.self))
  }

  init(_ c: UnsafePointer<Registry__V1__ProveRequest>) {
    self.sequence = c.pointee.sequence
    self.earlier = c.pointee.earlier
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__ProveRequest.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__ProveRequest>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.sequence = self.sequence
    c.pointee.earlier = self.earlier
  }
}

/// A proof, as a file keeps it: whoever has the node's public key can check it.
public struct JournalProof: RPCProtobuf.Message {
  /// The node.
  public var node: String

  /// The key that signed the heads.
  public var key: [UInt8]

  /// The head that the proof leads to.
  public var head: JournalHead?

  /// Inclusion: the entry.
  public var entry: JournalEntry?

  /// Consistency: the earlier head.
  public var earlier: JournalHead?

  /// The hashes (RFC 6962, sections 2.1.1 and 2.1.2).
  public var path: [[UInt8]]

  /// The message whose fields all have their default values.
  public init() {
    self.node = ""
    self.key = []
    self.head = nil
    self.entry = nil
    self.earlier = nil
    self.path = []
  }

  /// A message with these values, and the default for what is not given.
  public init(
    node: String = "",
    key: [UInt8] = [],
    head: JournalHead? = nil,
    entry: JournalEntry? = nil,
    earlier: JournalHead? = nil,
    path: [[UInt8]] = []
  ) {
    self.node = node
    self.key = key
    self.head = head
    self.entry = entry
    self.earlier = earlier
    self.path = path
  }

  /// The schema of the message.
  public static let messageDescriptor: RPCProtobuf.MessageDescriptor = {
    var c = Registry__V1__JournalProof()
    registry__v1__journal_proof__init(&c)
    return RPCProtobuf.MessageDescriptor(c.base.descriptor)
  }()

  /// Reads the unpacked C structure of the type; for the decoder alone.
  public init(structure: UnsafeRawPointer) {
    self.init(structure.assumingMemoryBound(to: Registry__V1__JournalProof.self))
  }

  init(_ c: UnsafePointer<Registry__V1__JournalProof>) {
    self.node = StructureReader.string(c.pointee.node)
    self.key = StructureReader.bytes(c.pointee.key.data, c.pointee.key.len)
    self.head = c.pointee.head.map { JournalHead(UnsafePointer($0)) }
    self.entry = c.pointee.entry.map { JournalEntry(UnsafePointer($0)) }
    self.earlier = c.pointee.earlier.map { JournalHead(UnsafePointer($0)) }
    self.path = StructureReader.byteStrings(c.pointee.path, c.pointee.n_path)
  }

  /// Fills an initialised C structure of the type; for the encoder alone.
  public func fill(structure: UnsafeMutableRawPointer, encoder: RPCProtobuf.MessageEncoder) {
    fill(structure.assumingMemoryBound(to: Registry__V1__JournalProof.self), encoder)
  }

  func fill(_ c: UnsafeMutablePointer<Registry__V1__JournalProof>, _ encoder: RPCProtobuf.MessageEncoder) {
    c.pointee.node = encoder.string(self.node, "JournalProof.node")
    c.pointee.key = ProtobufCBinaryData(len: self.key.count, data: encoder.bytes(self.key))
    if let value = self.head {
      c.pointee.head = encoder.message(registry__v1__journal_head__init) { value.fill($0, encoder) }
    }
    if let value = self.entry {
      c.pointee.entry = encoder.message(registry__v1__journal_entry__init) { value.fill($0, encoder) }
    }
    if let value = self.earlier {
      c.pointee.earlier = encoder.message(registry__v1__journal_head__init) { value.fill($0, encoder) }
    }
    if let elements = encoder.byteStrings(self.path) {
      c.pointee.n_path = self.path.count
      c.pointee.path = elements.assumingMemoryBound(to: ProtobufCBinaryData.self)
    }
  }
}

/// The methods of `registry.v1.JournalService`.
public enum JournalMethods {
  /// `GetHead`.
  public static let getHead = RPCCore.MethodDescriptor(
    service: "registry.v1.JournalService", method: "GetHead",
    kind: .unary, isReadOnly: true)
  /// `ListEntries`.
  public static let listEntries = RPCCore.MethodDescriptor(
    service: "registry.v1.JournalService", method: "ListEntries",
    kind: .unary, isReadOnly: true)
  /// `Prove`.
  public static let prove = RPCCore.MethodDescriptor(
    service: "registry.v1.JournalService", method: "Prove",
    kind: .unary, isReadOnly: true)
  /// All of them, in the order of the schema.
  public static let all: [RPCCore.MethodDescriptor] = [
    getHead,
    listEntries,
    prove,
  ]
}

/// Gives evidence of what was recorded.
public protocol JournalService: RPCCore.Service {
  /// Gives the signed head.
  func getHead(
    _ request: GetHeadRequest, context: RPCCore.ServerContext
  ) async throws -> GetHeadResponse
  /// Gives entries without their contents.
  func listEntries(
    _ request: ListEntriesRequest, context: RPCCore.ServerContext
  ) async throws -> JournalPage
  /// Proves that an entry stands in the journal, or that a head continues an earlier one.
  func prove(
    _ request: ProveRequest, context: RPCCore.ServerContext
  ) async throws -> JournalProof
}

extension JournalService {
  /// Adds every method of the service to a router.
  public func register(in router: inout RPCCore.Router) {
    router.unary(JournalMethods.getHead) {
      (request: GetHeadRequest, context) async throws -> GetHeadResponse in
      try await self.getHead(request, context: context)
    }
    router.unary(JournalMethods.listEntries) {
      (request: ListEntriesRequest, context) async throws -> JournalPage in
      try await self.listEntries(request, context: context)
    }
    router.unary(JournalMethods.prove) {
      (request: ProveRequest, context) async throws -> JournalProof in
      try await self.prove(request, context: context)
    }
  }
}

/// Gives evidence of what was recorded.
public struct JournalClient: Sendable {
  /// What carries the calls.
  public let channel: any RPCCore.Channel

  /// Calls the service over a channel.
  public init(_ channel: any RPCCore.Channel) { self.channel = channel }

  /// Gives the signed head.
  public func getHead(
    _ request: GetHeadRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> GetHeadResponse {
    try await channel.unary(
      JournalMethods.getHead, request, returning: GetHeadResponse.self,
      options: options)
  }

  /// Gives entries without their contents.
  public func listEntries(
    _ request: ListEntriesRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> JournalPage {
    try await channel.unary(
      JournalMethods.listEntries, request, returning: JournalPage.self,
      options: options)
  }

  /// Proves that an entry stands in the journal, or that a head continues an earlier one.
  public func prove(
    _ request: ProveRequest, options: RPCCore.CallOptions = RPCCore.CallOptions()
  ) async throws -> JournalProof {
    try await channel.unary(
      JournalMethods.prove, request, returning: JournalProof.self,
      options: options)
  }
}
