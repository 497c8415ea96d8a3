internal import ArgumentParser
internal import Glibc
internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import RegistryServer
internal import RegistryStore

/// `backup`: a node's database as a sealed file.
struct BackupCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: words("Backs a node's database up, while it serves.", "在运行中备份节点数据库。"),
    discussion: words(
      "Run it where the database's file is, as who may read it; registryd goes on serving. The "
        + "backup is sealed to the certificates of those who may restore it. Without --with-keys "
        + "it lacks the sealing key, without which nothing in it can be read: keep that apart. A "
        + "PostgreSQL database is dumped by its own tools: --dump seals any such file.",
      "在数据库文件所在机器上由有读取权者运行，registryd 照常服务。备份封给可恢复者的证书。不加 --with-keys 则不含加密密钥，"
        + "而没有密钥无法读取其中内容：请分开保存。PostgreSQL 数据库用其自带工具导出，再以 --dump 封存。"
    )
  )

  @Argument(help: help("The backup's file.", "备份文件。"))
  var file: String
  @Option(name: .long, help: help("The database's file.", "数据库文件。"), completion: .file())
  var database: String?
  @Option(
    name: .long,
    help: help("Any file to be sealed instead.", "改为封存任意文件。"),
    completion: .file()
  )
  var dump: String?
  @Option(
    name: .long,
    help: help(
      "A certificate that may open it, PEM; may be given several times.",
      "可打开备份的证书（PEM），可多次给出。"
    ),
    completion: .file(extensions: ["pem"])
  )
  var recipient: [String]
  @Flag(name: .long, help: help("Includes the sealing and the signing key.", "包含加密密钥和签名密钥。"))
  var withKeys = false
  @OptionGroup var keyFiles: KeyFileOptions
  @OptionGroup var languageOptions: LanguageOptions

  func validate() throws {
    guard (database == nil) != (dump == nil), !recipient.isEmpty else {
      throw ValidationError(
        words(
          "Give --database or --dump, and at least one --recipient.",
          "请给出 --database 或 --dump，以及至少一个 --recipient。"
        )
      )
    }
  }

  func run(on console: Console) async throws {
    let recipients = try recipient.map { path throws(CommandFailure) in
      let pem = try InputFile(path: path).bytes(limit: 1 << 20)
      guard let certificate = try? SignerCertificate.chain(pem: pem).first else {
        throw CommandFailure(
          .dataRefused,
          en: "\(path) holds no certificate",
          zh: "\(path) 中没有证书"
        )
      }
      return certificate
    }
    let output = try AtomicFile(path: file)
    var manifest = BackupManifest(madeAt: SystemClock.now().microseconds)
    var sources: [SealedBackup.Source] = []
    var copy: TemporaryCopy?
    if let dump {
      sources.append(SealedBackup.Source(name: "dump", path: dump))
    } else if let database {
      let made = try TemporaryCopy(of: database, beside: file)
      copy = made
      manifest.node = made.summary.node
      manifest.stream = made.summary.stream
      manifest.size = made.summary.size
      manifest.root = made.summary.root
      sources.append(SealedBackup.Source(name: "database", path: made.path))
      if withKeys {
        sources.append(
          SealedBackup.Source(name: "sealing-key", path: keyFiles.sealing(of: database))
        )
        sources.append(
          SealedBackup.Source(name: "signing-key", path: keyFiles.signing(of: database))
        )
      }
    }
    try withExtendedLifetime(copy) {
      try SealedBackup.write(manifest, sources, to: output, sealedTo: recipients)
    }
    try output.commit()
    let size = manifest.size
    console.note(
      database == nil
        ? Text(en: "sealed \(file)", zh: "已封存 \(file)")
        : Text(
          en: "backed up \(manifest.node), \(size) entries",
          zh: "已备份 \(manifest.node)，\(size) 条"
        )
    )
  }
}

/// Where a database's keys are: beside it, unless told otherwise.
struct KeyFileOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "The sealing key's file; by default the database's name with .key.",
      "加密密钥文件，默认为数据库文件名加 .key。"
    ),
    completion: .file()
  )
  var sealingKey: String?
  @Option(
    name: .long,
    help: help(
      "The signing key's file; by default the database's name with .signing.pem.",
      "签名密钥文件，默认为数据库文件名加 .signing.pem。"
    ),
    completion: .file()
  )
  var signingKey: String?

  func sealing(of database: String) -> String { sealingKey ?? "\(database).key" }
  func signing(of database: String) -> String { signingKey ?? "\(database).signing.pem" }
}

/// A copy of a database that goes when it is no longer needed.
private final class TemporaryCopy {
  let path: String
  let summary: DatabaseSummary

  init(of database: String, beside output: String) throws {
    path = "\(output).\(getpid()).copy"
    RemovalOnSignal.start(path)
    // Names stand in it in clear: nobody else may read it, from its first octet on.
    let before = umask(0o077)
    defer { umask(before) }
    do {
      try RegistryStore.copy(database: database, to: path)
      summary = try RegistryStore.summary(ofDatabase: path)
    } catch {
      unlink(path)
      RemovalOnSignal.stop(path)
      throw CommandFailure(opening: database, error)
    }
  }

  deinit {
    unlink(path)
    RemovalOnSignal.stop(path)
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
  }
}

/// `restore`: a database from a backup.
struct RestoreCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: words("Restores a node's database from a backup.", "由备份恢复节点数据库。"),
    discussion: words(
      "The restored database is read-only: whatever the node recorded after the backup stands at the "
        + "node above, and registryd with --upstream fetches it back, then goes on under a new "
        + "epoch; without a network it comes back by file (bundle export --give-back there). A node without one above is released by --resume, once its operator has decided "
        + "that nothing can be fetched. --mark makes a PostgreSQL database that was restored by its "
        + "own tools read-only in the same way.",
      "恢复的数据库只读：备份之后的登记保存在上级节点，带 --upstream 的 registryd 会将其取回，然后以新纪元继续；"
        + "无网络时由上级以 bundle export --give-back 退还。"
        + "没有上级的节点，由管理人员确认无可取回后用 --resume 放行。以自带工具恢复的 PostgreSQL 数据库用 --mark 同样设为只读。"
    )
  )

  @Argument(help: help("The backup's file.", "备份文件。"))
  var file: String?
  @Option(name: .long, help: help("The database to be made, or marked.", "要建立（或标记）的数据库。"))
  var database: String
  @Option(
    name: .long,
    help: help("The certificate that it is sealed to, PEM.", "备份所封给的证书（PEM）。"),
    completion: .file()
  )
  var cert: String?
  @Option(name: .long, help: help("Its private key, PEM.", "证书私钥（PEM）。"), completion: .file())
  var key: String?
  @Flag(name: .long, help: help("Releases a restored database.", "放行已恢复的数据库。"))
  var resume = false
  @Flag(name: .long, help: help("Makes a restored database read-only.", "将已恢复的数据库设为只读。"))
  var mark = false
  @OptionGroup var keyFiles: KeyFileOptions
  @OptionGroup var languageOptions: LanguageOptions

  func validate() throws {
    let isRestoring = file != nil && cert != nil && key != nil
    guard [isRestoring, resume, mark].count(where: { $0 }) == 1, isRestoring || file == nil else {
      throw ValidationError(
        words(
          "Give either a backup with --cert and --key, or --resume, or --mark.",
          "请给出备份文件及 --cert、--key，或 --resume，或 --mark 之一。"
        )
      )
    }
  }

  func run(on console: Console) async throws {
    do {
      if mark { return try RegistryStore.markRestored(StoreDatabase(database)) }
      if resume { return try await release(console) }
    } catch {
      throw CommandFailure(opening: database, error)
    }
    guard let file, let cert, let key else { return }
    try restore(file, cert, key, console)
  }

  private func release(_ console: Console) async throws {
    let owner = try RegistryStore.owner(of: StoreDatabase(database))
    var configuration = NodeConfiguration(
      database: StoreDatabase(database),
      sealingKey: keyFiles.sealing(of: database),
      identity: owner.node
    )
    configuration.signingKey = keyFiles.signing(of: database)
    configuration.isSynthetic = owner.synthetic
    let node = try RegistryNode(opening: configuration)
    do {
      guard node.store.isRestored else {
        throw CommandFailure(
          .conflict,
          en: "\(database) is not a restored database",
          zh: "\(database) 不是由备份恢复的数据库"
        )
      }
      try await node.store.resume("released by its operator")
    } catch {
      await node.close()
      throw error
    }
    await node.close()
    console.note(Text(en: "released", zh: "已放行"))
  }

  private func restore(
    _ file: String,
    _ cert: String,
    _ key: String,
    _ console: Console
  ) throws {
    let targets = [
      "database": database, "sealing-key": keyFiles.sealing(of: database),
      "signing-key": keyFiles.signing(of: database), "dump": database,
    ]
    let pem = try InputFile(path: cert).bytes(limit: 1 << 20)
    let secret = try InputFile(path: key).bytes(limit: 1 << 16)
    var passphrase: [UInt8]?
    if IdentityFile.isLocked(key) {
      passphrase = try console.passphrase(
        Text(en: "Passphrase of \(key): ", zh: "\(key) 的口令：")
      )
    }
    guard let certificate = try? SignerCertificate.chain(pem: pem).first,
      let opener = try? SigningKey(pem: secret, passphrase: passphrase)
    else {
      throw CommandFailure(
        .configuration,
        en: "\(cert) or \(key) cannot be read",
        zh: "无法读取 \(cert) 或 \(key)"
      )
    }
    var writer: RestoredFiles?
    try SealedBackup.read(file) { sealed throws(JournalError) in
      try SealedEnvelope.open(sealed, certificate: certificate, key: opener)
    } begin: { manifest in
      writer = try RestoredFiles(manifest, targets)
    } take: { octets in
      try writer?.write(octets)
    }
    guard let writer, try writer.finish() else { throw SealedBackup.damaged(file) }
    try writer.publish()
    let manifest = writer.manifest
    console.note(
      writer.hasDatabase
        ? Text(
          en: "restored \(manifest.node) as it was with \(manifest.size) entries; it is read-only",
          zh: "已恢复 \(manifest.node)，共 \(manifest.size) 条；数据库只读"
        )
        : Text(
          en: "opened \(database); load it with its database's own tools, then restore --mark",
          zh: "已取出 \(database)：请用数据库自带工具载入，再执行 restore --mark"
        )
    )
  }
}

/// The files of a backup on their way: under other names until everything was checked.
private final class RestoredFiles {
  let manifest: BackupManifest
  private let targets: [String]
  private var index = 0
  private var written: UInt64 = 0
  private var output: Int32 = -1
  private let hasher: SHA256Context

  init(_ manifest: BackupManifest, _ names: [String: String]) throws {
    self.manifest = manifest
    hasher = try SHA256Context()
    targets = try manifest.files.map { file throws(CommandFailure) in
      guard let target = names[file.name] else { throw SealedBackup.damaged(file.name) }
      // A log that an earlier database left here would be replayed over the restored one.
      for path in [target, "\(target)-wal", "\(target)-journal"] {
        guard access(path, F_OK) != 0 else {
          throw CommandFailure(
            .cannotWrite,
            en: "\(path) is there already: nothing is written over",
            zh: "\(path) 已存在：不会覆盖"
          )
        }
      }
      return target
    }
  }

  deinit {
    if output >= 0 { close(output) }
    for target in targets {
      unlink(Self.temporary(target))
      RemovalOnSignal.stop(Self.temporary(target))
    }
  }

  private static func temporary(_ target: String) -> String { "\(target).restoring" }

  func write(_ octets: [UInt8]) throws {
    var rest = octets[...]
    while !rest.isEmpty {
      guard manifest.files.indices.contains(index) else { throw SealedBackup.damaged("") }
      if output < 0 { try open() }
      let room = manifest.files[index].length - written
      let count = Int(min(UInt64(rest.count), room))
      try put(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      written += UInt64(count)
      if written == manifest.files[index].length { try next() }
    }
  }

  /// Whether a database is among the files; else a dump is.
  var hasDatabase: Bool { databasePlace != nil }

  private var databasePlace: Int? { manifest.files.firstIndex { $0.name == "database" } }

  /// Whether all files are whole and what the manifest says.
  func finish() throws -> Bool {
    while manifest.files.indices.contains(index), manifest.files[index].length == 0 {
      try open()
      try next()
    }
    guard index == manifest.files.count else { return false }
    guard let place = databasePlace else { return true }
    let path = Self.temporary(targets[place])
    let summary: DatabaseSummary
    do {
      summary = try RegistryStore.summary(ofDatabase: path)
      try RegistryStore.markRestored(StoreDatabase(path))
    } catch {
      throw CommandFailure(opening: path, error)
    }
    // A log that closing has not taken in would hold the mark, and stay behind under this name.
    guard access("\(path)-wal", F_OK) != 0 else { throw CommandFailure.cannotWrite(path, EBUSY) }
    for suffix in ["-shm", ".lock"] { unlink(path + suffix) }
    return summary.node == manifest.node && summary.stream == manifest.stream
      && summary.size == manifest.size && summary.root == manifest.root
  }

  /// Gives the files their names, the database's last; when it returns, they are durable.
  func publish() throws {
    for target in targets.reversed() {
      guard link(Self.temporary(target), target) == 0 else {
        throw CommandFailure.cannotWrite(target, errno)
      }
      AtomicFile.syncFolder(of: target)
    }
  }

  private func open() throws {
    let path = Self.temporary(targets[index])
    unlink(path)
    RemovalOnSignal.start(path)
    output = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard output >= 0 else { throw CommandFailure.cannotWrite(path, errno) }
    written = 0
  }

  private func put(_ octets: [UInt8]) throws {
    octets.withUnsafeBytes { hasher.update($0) }
    var start = 0
    while start < octets.count {
      let count = octets.withUnsafeBytes {
        Glibc.write(output, $0.baseAddress.map { $0 + start }, $0.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw CommandFailure.cannotWrite(targets[index], errno) }
      start += count
    }
  }

  private func next() throws {
    let digest = hasher.finish().bytes
    guard fsync(output) == 0 else { throw CommandFailure.cannotWrite(targets[index], errno) }
    close(output)
    output = -1
    guard digest == manifest.files[index].digest else { throw SealedBackup.damaged(targets[index]) }
    index += 1
    written = 0
  }
}
