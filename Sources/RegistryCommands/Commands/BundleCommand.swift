internal import ArgumentParser
internal import Glibc
internal import Journal
internal import RPCCore
internal import RegistryAPI

/// `bundle`: batches and receipts by file.
struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: words("Carries the journal by file, where there is no network.", "以文件交换日志（无网络时）。"),
    discussion: words(
      "export writes what another node has not confirmed, sealed to its certificate: the journal to "
        + "the node above, orders (rules, quotas, findings, arrivals; to a village or township also "
        + "the files of its area) to one below that has sent something before. The file is carried "
        + "there, import takes it and writes the receipts, which are carried back to receipt. What a "
        + "village or township recorded in a file of its own is carried out at its county, under the "
        + "office that signed the bundle and the rules that hold there; what is refused comes back "
        + "with the next orders as it stands. The octets and rules are those of the link: what was "
        + "taken before is not taken twice, and a bundle in several files is imported in their order. "
        + "A node that was restored from a backup gets its own journal back by export --give-back.",
      "export 导出对方尚未确认的内容，封给对方证书：对上级为日志，对已有来件的下级为指令（规则、指标、核对结果、转入；"
        + "对村、乡镇另含其辖区档案）。送达后由 import 导入并生成回执；回执带回后用 receipt 登记。"
        + "村、乡镇单机登记的内容在县里按签发机构的权限和现行规则办理，未获准的随下次指令退回现状。"
        + "内容与规则与网络交换相同：已接收的不会重复，多个文件按顺序导入。"
        + "由备份恢复的节点以 export --give-back 取回自己的日志。"
    ),
    subcommands: [
      BundleExportCommand.self, BundleImportCommand.self, BundleReceiptCommand.self,
    ]
  )
}

/// `bundle export`: what a node above or below lacks, as a file.
struct BundleExportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: words("Writes what the node above or below lacks.", "导出上级或下级缺少的内容。")
  )

  @Argument(help: help("The file.", "文件。"))
  var file: String
  @Option(
    name: .long,
    help: help("The certificate of the node that is to open it, PEM.", "接收节点的证书（PEM）。"),
    completion: .file(extensions: ["pem"])
  )
  var recipient: String
  @Option(
    name: .long,
    help: help(
      "Begins behind this entry (default: behind the last receipt).",
      "从此条之后开始（默认为最近回执之后）。"
    )
  )
  var after: UInt64 = 0
  @Flag(
    name: .long,
    help: help(
      "Begins with the first entry: the recipient lost its file.",
      "自第一条开始（对方丢失了数据库）。"
    )
  )
  var anew = false
  @Flag(
    name: .long,
    help: help(
      "Gives the recipient its own journal back: it was restored from a backup.",
      "退还对方自己的日志（对方由备份恢复）。"
    )
  )
  var giveBack = false
  @Option(
    name: .long,
    help: help(
      "Megabytes that the disk holds; the rest goes into a next file.",
      "介质可容纳的兆字节数；其余另存下一文件。"
    )
  )
  var size: UInt64 = 0
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let pem = try InputFile(path: recipient).bytes(limit: 1 << 20)
    guard let certificate = try? SignerCertificate.chain(pem: pem).first else {
      throw CommandFailure(
        .dataRefused,
        en: "\(recipient) holds no certificate",
        zh: "\(recipient) 中没有证书"
      )
    }
    let parts = try await BundleClient(channel).exportBundle(
      ExportBundleRequest(
        recipient: certificate.der,
        after: after,
        limit: size << 20,
        anew: anew,
        giveBack: giveBack
      ),
      options: callOptions()
    )
    let output = try AtomicFile(path: file)
    try output.write(BundleFile.magic)
    var told: ExportBundleResponse?
    while let part = try await parts.next() {
      try output.write(BundleFile.framed(part.part))
      told = part
    }
    guard let told else {
      throw CommandFailure(
        .notFound,
        en: "nothing waits: the recipient has confirmed everything",
        zh: "没有待送内容：对方已全部确认"
      )
    }
    try output.commit()
    console.note(
      Text(
        en: "up to entry \(told.last) of \(told.size)"
          + (told.last < told.size ? "; go on with --after \(told.last)" : ""),
        zh: "至第 \(told.last) 条，共 \(told.size) 条"
          + (told.last < told.size ? "；继续请用 --after \(told.last)" : "")
      )
    )
  }
}

/// `bundle import`: takes a file that another node wrote.
struct BundleImportCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: words("Takes a bundle and writes its receipts.", "导入交换文件并生成回执。"),
    discussion: words(
      "A file that ends in the middle, or is imported twice, does no harm: what was taken stays, and "
        + "its receipts are given again.",
      "文件中途截断或重复导入均无妨：已接收的保留，并重新给出回执。"
    )
  )

  @Argument(help: help("The file.", "文件。"))
  var file: String
  @Option(name: .long, help: help("Where the receipts go.", "回执文件。"), completion: .file())
  var receipts: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    let output = try AtomicFile(path: receipts)
    try output.write(BundleFile.magic)
    var answers: [ImportBundleResponse] = []
    var failure: (any Error)?
    do {
      try await BundleFile.send(file, over: channel, callOptions()) { answer in
        answers.append(answer)
        if !answer.receipt.isEmpty { try output.write(BundleFile.framed(answer.receipt)) }
      }
    } catch {
      // What was taken before is durable: its receipts are worth keeping.
      failure = error
    }
    // Of receipts no receipts are given: what stands under the name stays.
    if answers.contains(where: { !$0.receipt.isEmpty }) { try output.commit() }
    if failure == nil || !answers.isEmpty {
      try show(ReceivedBatches.rows(answers), on: console)
      ReceivedBatches.tell(answers, on: console)
    }
    if answers.contains(where: \.resumed) {
      console.note(
        Text(
          en: "this node has its own journal back and goes on under a new epoch",
          zh: "本节点已取回自己的日志，以新纪元继续"
        )
      )
    } else if answers.contains(where: \.takenBack) {
      console.note(
        Text(
          en: "more of this node's own journal is to come: it stays read-only until then",
          zh: "本节点的日志尚未取全：在此之前保持只读"
        )
      )
    }
    if let failure { throw failure }
  }
}

/// What became of batches, as their receipts tell it.
private enum ReceivedBatches {
  /// Entries without effect that are told one by one; the receipts have all of them.
  private static let told = 20

  /// Says of each entry that took no effect why.
  static func tell(_ answers: [ImportBundleResponse], on console: Console) {
    let refused = answers.flatMap(\.refused)
    for entry in refused.prefix(told) {
      console.note(
        Text(
          en: "entry \(entry.sequence) took no effect: \(entry.messageEn) (\(entry.rule))",
          zh: "第 \(entry.sequence) 条未生效：\(entry.messageZh)（\(entry.rule)）"
        )
      )
    }
    if refused.count > told {
      let more = refused.count - told
      console.note(Text(en: "and \(more) more", zh: "另有 \(more) 条"))
    }
  }

  static func rows(_ answers: [ImportBundleResponse]) -> Rows {
    Rows(
      [
        .init("node", "Node", "节点"), .init("first", "From", "起"), .init("last", "To", "止"),
        .init("refused", "Without effect", "未生效"), .init("reason", "Reason", "原因"),
      ],
      answers.map { answer in
        let reasons = Set(answer.refused.map(\.rule)).sorted().joined(separator: " ")
        return [
          .text(answer.node), .integer(Int64(clamping: answer.first)),
          .integer(Int64(clamping: answer.last)), .integer(Int64(answer.refused.count)),
          .text(reasons),
        ]
      }
    )
  }
}

/// `bundle receipt`: keeps the receipts that came back.
struct BundleReceiptCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "receipt",
    abstract: words("Keeps the receipts of a bundle.", "登记交换文件的回执。")
  )

  @Argument(help: help("The file of receipts.", "回执文件。"))
  var file: String
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, over channel: any Channel) async throws {
    var answers: [ImportBundleResponse] = []
    try await BundleFile.send(file, over: channel, callOptions()) { answers.append($0) }
    let count = answers.count
    console.note(Text(en: "\(count) receipts kept", zh: "已登记 \(count) 份回执"))
    ReceivedBatches.tell(answers, on: console)
  }
}
