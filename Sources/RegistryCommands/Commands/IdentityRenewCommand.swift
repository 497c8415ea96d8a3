internal import ArgumentParser
internal import Certificates
internal import Glibc
internal import RegistryModel

/// `identity renew`: a certificate anew, before it expires.
struct IdentityRenewCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "renew",
    abstract: words("Renews a certificate before it expires.", "在证书过期前更换。"),
    discussion: words(
      """
      With --ca-dir the authority signs anew for the same key. Without it the person makes a \
      request with the same name and identity, for the same key (--key) or for a new one \
      (--new-key), which goes to identity issue.
      """,
      """
      给出 --ca-dir 时由证书机构为同一密钥重新签发。未给出时由本人以同一姓名和身份生成申请，\
      用原密钥（--key）或新密钥（--new-key），再交 identity issue 签发。
      """
    )
  )

  @Argument(help: help("The certificate, PEM.", "证书（PEM）。"), completion: .file())
  var certificate: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The authority's directory: sign at once.", "证书机构目录：立即签发。"),
      valueName: "directory"
    ),
    completion: .directory
  )
  var caDir: String?

  @Option(name: .long, help: help("How long it is valid, 1 to 825 days.", "有效天数，1 至 825。"))
  var days = 365

  @Option(
    name: .long,
    help: ArgumentHelp(words("The certificate's private key.", "证书的私钥。"), valueName: "file"),
    completion: .file()
  )
  var key: String?

  @Flag(name: .long, help: help("Make a new key.", "生成新密钥。"))
  var newKey = false

  @Flag(
    name: .long,
    help: help("Lock the new key with a passphrase, asked at the terminal.", "用口令保护新私钥（在终端输入）。")
  )
  var passphrase = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "Where the new files go: FILE.pem, or FILE-key.pem and FILE-request.pem (default: CERT-new).",
        "新文件的名称：FILE.pem，或 FILE-key.pem 和 FILE-request.pem（默认为 证书-new）。"
      ),
      valueName: "file"
    )
  )
  var to: String?

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func validate() throws {
    let ways = [caDir != nil, key != nil, newKey].count { $0 }
    guard ways == 1 else {
      throw ValidationError(
        words("Give one of --ca-dir, --key and --new-key.", "请给出 --ca-dir、--key 或 --new-key 之一。")
      )
    }
    guard !passphrase || newKey else {
      throw ValidationError(
        words("--passphrase goes with --new-key.", "--passphrase 须与 --new-key 合用。")
      )
    }
  }

  func run(on console: Console) async throws {
    let old = try IdentityFile.certificate(certificate)
    try IdentityForm.check(old.uri)
    let stem =
      to ?? (certificate.hasSuffix(".pem") ? String(certificate.dropLast(4)) : certificate) + "-new"
    if let caDir {
      let folder = IdentityFolder(path: caDir)
      let authority = try folder.authority(on: console)
      let made: IssuedCertificate
      do throws(CertificateError) {
        made = try authority.renew(old, days: days, now: Int64(time(nil)))
      } catch {
        throw CommandFailure(certificate, error)
      }
      return try IdentityForm.hand(out: made, to: stem + ".pem", folder, printOptions, on: console)
    }
    let request = try request(old, stem: stem, on: console)
    try console.print(printOptions.output.text(request, console.language))
  }

  /// The person's side: a request with the same name and identity.
  private func request(
    _ old: IssuedCertificate,
    stem: String,
    on console: Console
  ) throws -> Record {
    var items: [Record.Item] = [
      .init("uri", "Identity", "身份", .text(old.uri)), .init("name", "Name", "姓名", .text(old.name)),
    ]
    let path = stem + "-request.pem"
    if let key {
      let held = try IdentityFile.key(key, on: console)
      guard old.belongs(to: held) else {
        throw CommandFailure(
          .configuration,
          en: "\(key) is not the key of \(certificate)",
          zh: "\(key) 不是 \(certificate) 的私钥"
        )
      }
      let made = try IdentityForm.make(old.uri, old.name, key: held, passphrase: nil)
      try IdentityFile.create(path, made.request, mode: 0o644)
    } else {
      let word = passphrase ? try console.newPassphrase() : nil
      let made = try IdentityForm.make(old.uri, old.name, key: nil, passphrase: word)
      try IdentityForm.write(
        key: made.key,
        to: stem + "-key.pem",
        request: made.request,
        to: path
      )
      items.append(.init("key", "Key", "私钥", .text(stem + "-key.pem")))
    }
    items.append(.init("request", "Request", "证书申请", .text(path)))
    return Record(items)
  }
}

/// `identity list`: who has which certificate until when.
struct IdentityListCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: words("Lists who has which certificate until when.", "列出证书持有人和有效期。"),
    discussion: words(
      "Marked are certificates that are revoked, that have expired, that expire within 30 days, and that "
        + "a later one replaces.",
      "标出已吊销、已过期、30 天内到期和已更换的证书。"
    )
  )

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The authority's directory.", "证书机构目录。"),
      valueName: "directory"
    ),
    completion: .directory
  )
  var caDir: String

  @Flag(name: .long, help: help("Only those that need a new one.", "仅列出需要更换的。"))
  var expiring = false

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    guard access(caDir, R_OK) == 0 else {
      throw CommandFailure.cannotRead(caDir, errno, .notFound)
    }
    let entries = try IdentityFolder(path: caDir).issued.read()
    let revoked = Set(try IdentityFolder(path: caDir).revoked.read().map(\.serial))
    let last = Dictionary(entries.enumerated().map { ($1.uri, $0) }) { max($0, $1) }
    let now = Int64(time(nil))
    var rows = Rows(IdentityForm.columns)
    for (place, entry) in entries.enumerated() {
      let isReplaced = last[entry.uri] != place
      let needsNew =
        !isReplaced && !revoked.contains(entry.serial)
        && entry.notAfter - now <= Int64(IdentityForm.warning) * 86_400
      if expiring && !needsNew { continue }
      rows.rows.append(
        IdentityForm.row(
          entry,
          now: now,
          isReplaced: isReplaced,
          isRevoked: revoked.contains(entry.serial)
        )
      )
    }
    try console.print(printOptions.output.text(rows, console.language))
  }
}
