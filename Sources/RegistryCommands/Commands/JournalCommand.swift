internal import ArgumentParser
internal import Exchange
internal import Glibc
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryStore

/// `journal`: evidence of what was recorded.
struct JournalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "journal",
    abstract: words("Evidence of what was recorded.", "登记内容的证据。"),
    discussion: words(
      "The journal has an entry for each change; its heads are signed. head, prove and export ask a "
        + "node; verify needs files alone: a head that was kept earlier, an exported journal, a proof, "
        + "or a database's file, and the node's public key.",
      "日志中每次变更为一条，树头经签名。head、prove、export 向节点索取；verify 仅需文件：先前保存的树头、"
        + "导出的日志、证明或数据库文件，以及节点公钥。"
    ),
    subcommands: [
      JournalHeadCommand.self, JournalShowCommand.self, JournalExportCommand.self,
      JournalProveCommand.self, JournalVerifyCommand.self,
    ]
  )
}

/// `journal head`: the signed head.
struct JournalHeadCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "head",
    abstract: words("Prints the signed head.", "显示已签名的树头。")
  )

  @Option(
    name: .long,
    help: help("Also keeps it in a file, for a later verify.", "另存为文件，供以后核验。"),
    completion: .file()
  )
  var save: String?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let answer = try await JournalClient(channel).getHead(GetHeadRequest(), options: callOptions())
    guard let head = answer.head, let position = head.position else {
      throw CommandFailure(.software, en: "the node gave no head", zh: "节点未给出树头")
    }
    if let save {
      let proof = JournalProof(node: answer.node, key: answer.key, head: head)
      try EvidenceFile.write(proof, to: save)
    }
    try show(
      Record([
        .init("node", "Node", "节点", .text(answer.node)),
        .init("size", "Entries", "条目", .integer(Int64(clamping: position.size))),
        .init("root", "Root", "根", .text(Hexadecimal.text(position.root))),
        .init("recorded_at", "Recorded", "时间", ChinaTime.value(head.recordedAt)),
        .init("signature", "Signature", "签名", .text(Hexadecimal.text(head.signature))),
        .init("key", "Public key", "公钥", .text(Hexadecimal.text(answer.key))),
      ]),
      on: console
    )
  }
}

/// `journal show`: entries without their contents.
struct JournalShowCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: words("Lists entries without their contents.", "列出日志条目（不含内容）。")
  )

  @Option(name: .long, help: help("The entries behind this one.", "从此条之后开始。"))
  var after: UInt64 = 0
  @Option(name: .long, help: help("At most so many.", "最多条数。"))
  var limit: UInt32 = 20
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let page = try await JournalClient(channel).listEntries(
      ListEntriesRequest(after: after, limit: limit),
      options: callOptions()
    )
    let rows = Rows(
      [
        .init("sequence", "Entry", "条目"), .init("recorded_at", "Recorded", "时间"),
        .init("operation", "Operation", "操作"), .init("subject", "Subject", "对象"),
        .init("version", "Version", "版本"), .init("actor", "Actor", "经办"),
      ],
      try page.entries.map { entry throws(CommandFailure) in
        guard let header = try? entry.header.withUnsafeBytes({ try EntryHeader(decoding: $0) })
        else { throw CommandFailure(.software, en: "a header is malformed", zh: "日志头格式错误") }
        return [
          .integer(Int64(clamping: header.sequence)), ChinaTime.value(header.instant),
          .text(JournalWords.operation(header.operation)(console.language)),
          .text(Hexadecimal.text(header.subject.bytes)),
          .integer(Int64(clamping: header.versionAfter)), .text(header.actor),
        ]
      }
    )
    try show(rows, on: console)
  }
}

/// `journal export`: the whole journal without contents, as a file.
struct JournalExportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: words(
      "Writes the journal without contents, for verify.",
      "导出日志（不含内容），供核验。"
    )
  )

  @Argument(help: help("The file.", "文件。"))
  var file: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let client = JournalClient(channel)
    let output = try AtomicFile(path: file)
    var (after, count) = (0 as UInt64, 0)
    try output.write(JournalFile.magic)
    while true {
      let page = try await client.listEntries(
        ListEntriesRequest(after: after, limit: 5_000),
        options: callOptions()
      )
      try output.write(try JournalFile.framed(page))
      count += page.entries.count
      if page.entries.isEmpty || page.last >= page.size { break }
      guard page.last > after else {
        throw CommandFailure(.software, en: "the node repeats itself", zh: "节点重复返回同一页")
      }
      after = page.last
    }
    try output.commit()
    console.note(Text(en: "\(count) entries", zh: "\(count) 条"))
  }
}

/// `journal prove`: a proof as a file.
struct JournalProveCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: words("Writes a proof that others can verify.", "生成可供他人核验的证明。"),
    discussion: words(
      "--entry proves that the entry stands in the journal; --since proves that the present head "
        + "continues the head of that many entries. The file holds no content of the entry.",
      "--entry 证明该条目在日志中；--since 证明当前树头延续了先前条目数的树头。文件不含条目内容。"
    )
  )

  @Option(name: .long, help: help("The entry.", "条目。"))
  var entry: UInt64?
  @Option(name: .long, help: help("The size of an earlier head.", "先前树头的条目数。"))
  var since: UInt64?
  @Argument(help: help("The file.", "文件。"))
  var file: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (entry == nil) != (since == nil), entry != 0, since != 0 else {
      throw ValidationError(
        words("Give either --entry or --since, from 1.", "请给出 --entry 或 --since 之一，从 1 起。")
      )
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let proof = try await JournalClient(channel).prove(
      ProveRequest(sequence: entry ?? 0, earlier: since ?? 0),
      options: callOptions()
    )
    try EvidenceFile.write(proof, to: file)
  }
}

/// `journal verify`: checks evidence with public keys alone.
struct JournalVerifyCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: words("Verifies a journal or a proof, offline.", "离线核验日志或证明。"),
    discussion: words(
      "FILE is an exported journal, a proof or a kept head; --database reads a database's file "
        + "instead, without its sealing key. --public-key is the node's key in hexadecimal, as head "
        + "prints it, or a PEM file; without it the file's own word is taken, and only its inner order is proved. "
        + "--head is a head that was kept earlier: the journal must contain it.",
      "FILE 为导出的日志、证明或保存的树头；--database 直接读取数据库文件，不需加密密钥。--public-key 为节点公钥"
        + "（十六进制，见 head，或 PEM 文件），不给则仅证明文件自身一致。--head 为先前保存的树头，日志必须包含它。"
    )
  )

  @Argument(help: help("The file.", "文件。"))
  var file: String?
  @Option(name: .long, help: help("A database's file.", "数据库文件。"), completion: .file())
  var database: String?
  @Option(
    name: .long,
    help: help("The node's public key: 64 digits, or a PEM file.", "节点公钥：64 位十六进制或 PEM 文件。"),
    completion: .file(extensions: ["pem"])
  )
  var publicKey: String?
  @Option(name: .long, help: help("A head that was kept earlier.", "先前保存的树头。"), completion: .file())
  var head: String?
  @OptionGroup var languageOptions: LanguageOptions

  func validate() throws {
    guard (file == nil) != (database == nil) else {
      throw ValidationError(words("Give either a file or --database.", "请给出文件或 --database 之一。"))
    }
  }

  func run(on console: Console) async throws {
    let trusted = try publicKey.map { text throws(CommandFailure) in
      if let key = Hexadecimal.bytes(text).flatMap({ VerifyingKey($0) }) { return key }
      guard let key = try? VerifyingKey(pem: try InputFile(path: text).bytes(limit: 1 << 16)) else {
        throw CommandFailure(
          .usage,
          en: "--public-key: 64 hexadecimal digits, or a PEM file with an Ed25519 public key",
          zh: "--public-key：64 位十六进制数字，或含 Ed25519 公钥的 PEM 文件"
        )
      }
      return key
    }
    let seen =
      try head.map { path throws(CommandFailure) in try EvidenceFile.read(path).head } ?? nil
    if let file, try !JournalFile.isOne(file) {
      return try verify(proof: try EvidenceFile.read(file), trusted, console)
    }
    var verifier = try JournalVerifier(trusted: trusted, seen: seen)
    var size: UInt64 = 0
    if let database {
      do {
        try RegistryStore.readJournal(of: StoreDatabase(database)) { page in
          size = page.size
          try verifier.read(page)
        }
      } catch {
        throw CommandFailure(opening: database, error)
      }
    } else if let file {
      try JournalFile.read(file) { page in
        size = page.size
        try verifier.read(page)
      }
    }
    verifier.finish(size: size)
    try tell(verifier, console)
  }

  private func verify(
    proof: JournalProof,
    _ trusted: VerifyingKey?,
    _ console: Console
  ) throws {
    guard let key = trusted ?? VerifyingKey(proof.key), try proof.isRight(by: key) else {
      throw CommandFailure(.different, en: "the proof does not hold", zh: "证明不成立")
    }
    let size = proof.head?.position?.size ?? 0
    console.note(
      Text(
        en: "right: \(proof.node), head of \(size) entries, key \(Hexadecimal.text(key.octets))",
        zh: "成立：\(proof.node)，\(size) 条的树头，公钥 \(Hexadecimal.text(key.octets))"
      )
    )
  }

  private func tell(_ verifier: JournalVerifier, _ console: Console) throws {
    for finding in verifier.findings {
      let place =
        finding.first == finding.last ? "\(finding.first)" : "\(finding.first)-\(finding.last)"
      let words = JournalWords.problem(finding.problem)
      try console.print(
        Text(en: "entry \(place): \(words.en)", zh: "条目 \(place)：\(words.zh)")(console.language)
          + "\n"
      )
    }
    guard verifier.findings.isEmpty else {
      let count = verifier.findings.count
      throw CommandFailure(
        .different,
        en: "the journal is not what was signed: \(count) findings",
        zh: "日志与签名不符：\(count) 项"
      )
    }
    let key = verifier.presentKey.map { Hexadecimal.text($0.octets) } ?? "-"
    console.note(
      Text(
        en: "right: \(verifier.size) entries, key \(key)",
        zh: "成立：\(verifier.size) 条，公钥 \(key)"
      )
    )
  }
}
