internal import Exchange
internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// What a database is: whose, which journal, under which keys; kept in the table `meta`.
struct StoreIdentity: Sendable {
  /// The node whose files the database holds.
  let node: OfficeIdentity
  /// Whether its people are generated.
  let synthetic: Bool
  /// The identity of its journal.
  let stream: Bytes16

  /// Reads a database's identity and checks it against the configuration; nil for a new database.
  ///
  /// Throws `StoreError`: `foreign` for another node's database or one for other data, `wrongKey`
  /// for keys that are not those it was made with.
  init?(reading connection: any SQLConnection, _ configuration: StoreConfiguration) throws {
    guard let stream = try Self.value("stream", connection).flatMap({ Bytes16($0) }) else {
      return nil
    }
    guard try Self.epoch(connection) != nil,
      let node = try Self.value("node", connection).flatMap({ OfficeIdentity(uri: Self.text($0)) }),
      let synthetic = try Self.value("synthetic", connection).map({ $0 == [1] })
    else { throw StoreError(.damaged, "the table meta lacks a row") }
    guard node == configuration.node else {
      throw StoreError(
        .foreign,
        "the database belongs to \(node), not to \(configuration.node)",
        zh: "数据库属于 \(node)，不属于 \(configuration.node)"
      )
    }
    guard synthetic == configuration.synthetic else {
      throw StoreError(
        .foreign,
        synthetic
          ? "the database holds synthetic people, and the node is not configured so"
          : "the node is configured for synthetic people, and the database is not one of them",
        zh: synthetic ? "数据库为合成数据，而节点未作此配置" : "节点配置为合成数据，而数据库不是"
      )
    }
    self.node = node
    self.synthetic = synthetic
    self.stream = stream
    try checkKeys(connection, configuration.keys)
  }

  /// Makes the identity of a new database and records it, in the caller's transaction.
  init(making connection: any SQLConnection, _ configuration: StoreConfiguration) throws {
    let sealer = try SealerContext(keyRing: configuration.keys)
    node = configuration.node
    synthetic = configuration.synthetic
    stream = try sealer.makeRandom16()
    let rows: [(String, [UInt8])] = [
      ("stream", stream.bytes), ("epoch", Array("1".utf8)), ("node", Array(node.uri.utf8)),
      ("synthetic", [synthetic ? 1 : 0]),
      ("wrapped-key-check", try sealer.wrap(sealer.makeKey(for: stream))),
      ("digest-key-check", try sealer.digest(of: Self.checkText, field: .keyCheck).bytes),
    ]
    let row = try connection.prepare("INSERT INTO meta (name, value) VALUES ($1, $2)")
    for (name, value) in rows {
      row.bind(name, at: 1)
      row.bind(value, at: 2)
      try row.run()
    }
  }

  /// Appends the journal's first entry, which names the node.
  func start(_ session: WriteSession) throws {
    let message = Node(identity: node.uri, synthetic: synthetic)
    let body = try message.serializedBytes()
    let salt = try session.reader.sealer.makeRandom16()
    let hash = body.withUnsafeBytes { session.reader.hasher.bodyHash(salt: salt, body: $0) }
    let draft = EntryDraft(
      operation: .streamStarted,
      kind: .stream,
      subject: stream,
      versionBefore: 0,
      versionAfter: 0,
      prior: 0,
      actor: node.uri
    )
    // It is about the node alone: the body stands in clear behind its salt.
    _ = try session.append(draft, body: salt.bytes + body, bodyHash: hash)
  }

  /// Appends the entry that sets the node's key, where the journal has not the present one yet.
  ///
  /// Throws `StoreError` (`wrongKey`) if the key on record does not vouch for the present one.
  static func setKey(_ session: WriteSession, _ signer: NodeSigner) throws {
    let connection = session.connection
    let known = try value("signing-key", connection) ?? []
    let present = signer.verifyingKey.octets
    if known == present { return }
    let signed = Statements.key(present, after: known, of: session.stream.bytes)
    var message = SigningKeySet(
      key: present,
      previous: known,
      signature: try signer.key.sign(signed)
    )
    if !known.isEmpty {
      guard let before = VerifyingKey(known).flatMap({ signer.earlier[$0] }) else {
        throw StoreError(
          .wrongKey,
          "the signing key is not the one on record, and that one is not in the file to vouch for it",
          zh: "签名密钥不是已登记的密钥，且密钥文件中没有原密钥为其作证"
        )
      }
      message.previousSignature = try before.sign(signed)
    }
    _ = try session.append(
      open: message.serializedBytes(),
      EntryDraft(
        operation: .signingKeySet,
        kind: .stream,
        subject: session.stream,
        versionBefore: 0,
        versionAfter: 0,
        prior: 0,
        actor: session.node.uri
      )
    )
    try put("signing-key", present, connection)
  }

  /// Throws `StoreError` (`wrongKey`) where a key signs the journal: it must not go on unsigned.
  static func requireUnsigned(_ connection: any SQLConnection) throws {
    guard try value("signing-key", connection) == nil else {
      throw StoreError(
        .wrongKey,
        "the journal is signed, and no signing key was given",
        zh: "日志已签名，但未给出签名密钥"
      )
    }
  }

  /// The epoch on record.
  static func epoch(_ connection: any SQLConnection) throws -> UInt32? {
    try value("epoch", connection).flatMap { UInt32(text($0)) }
  }

  /// Whether the database is a restored one that has not its own later entries back.
  static func isRestored(_ connection: any SQLConnection) throws -> Bool {
    try value("restored", connection) != nil
  }

  /// Marks a restored database, or takes the mark away.
  static func setRestored(_ isRestored: Bool, _ connection: any SQLConnection) throws {
    if isRestored { return try put("restored", [1], connection) }
    try connection.execute("DELETE FROM meta WHERE name = 'restored'")
  }

  static func put(_ name: String, _ value: [UInt8], _ connection: any SQLConnection) throws {
    let row = try connection.prepare(
      """
      INSERT INTO meta (name, value) VALUES ($1, $2)
      ON CONFLICT (name) DO UPDATE SET value = excluded.value
      """
    )
    row.bind(name, at: 1)
    row.bind(value, at: 2)
    try row.run()
  }

  private static let checkText = "registry digest key check/1"

  /// Whose database a file is, and whether its people are generated; it needs no keys.
  ///
  /// Throws `StoreError` (`foreign`) for what is no registry's, `unavailable`.
  static func owner(of database: StoreDatabase) throws -> (node: OfficeIdentity, synthetic: Bool) {
    let connection = try database.readOnly().makeConnection(role: .reader)
    guard let node = try value("node", connection).flatMap({ OfficeIdentity(uri: text($0)) }),
      let synthetic = try value("synthetic", connection).map({ $0 == [1] })
    else { throw StoreError(.damaged, "the table meta lacks a row") }
    return (node, synthetic)
  }

  private func checkKeys(_ connection: any SQLConnection, _ keys: KeyRing) throws {
    let sealer = try SealerContext(keyRing: keys)
    guard let wrapped = try Self.value("wrapped-key-check", connection),
      let digest = try Self.value("digest-key-check", connection)
    else { throw StoreError(.damaged, "the table meta lacks a row") }
    do {
      _ = try sealer.unwrap(wrapped, household: stream)
    } catch {
      throw StoreError(
        .wrongKey,
        "the key file has not the key of this database",
        zh: "密钥文件中没有此数据库的密钥",
        cause: error
      )
    }
    guard try sealer.digest(of: Self.checkText, field: .keyCheck).bytes == digest else {
      throw StoreError(
        .wrongKey,
        "the key file's first key is not the first of this database",
        zh: "密钥文件的第一个密钥不是此数据库的第一个密钥"
      )
    }
  }

  static func value(_ name: String, _ connection: any SQLConnection) throws -> [UInt8]? {
    let row = try connection.prepare("SELECT value FROM meta WHERE name = $1")
    row.bind(name, at: 1)
    return try row.first { $0.bytes(at: 0) }
  }

  private static func text(_ octets: [UInt8]) -> String { String(decoding: octets, as: UTF8.self) }
}
