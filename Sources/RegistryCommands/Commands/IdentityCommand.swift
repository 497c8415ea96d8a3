internal import ArgumentParser
internal import Certificates
internal import Glibc
internal import RegistryModel

/// `identity`: operators' certificates, without a server.
struct IdentityCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "identity",
    abstract: words("Operators' certificates.", "操作人员证书。"),
    discussion: words(
      """
      The person makes a key and a request (request) and keeps the key; whoever keeps the authority \
      signs (issue, renew), revokes (revoke) and sees who has which certificate (list). Nothing here \
      needs a server.
      """,
      """
      本人生成私钥和证书申请（request），私钥自行保管；证书机构签发（issue、renew）、吊销（revoke）并查看签发情况（list）。\
      均无需服务器。
      """
    ),
    subcommands: [
      IdentityRequestCommand.self, IdentityIssueCommand.self, IdentityRenewCommand.self,
      IdentityListCommand.self, IdentityRevokeCommand.self,
    ]
  )
}

/// `identity request`: a new key and a request for a certificate.
struct IdentityRequestCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: words("Makes a private key and a certificate request.", "生成私钥和证书申请。"),
    discussion: words(
      "Writes DIVISION-OFFICE-PERSON-key.pem (readable by its owner alone; it never leaves this "
        + "machine) and DIVISION-OFFICE-PERSON-request.pem, which goes to the authority.",
      "写出 区划-机构-人员-key.pem（仅所有者可读，不得外传）和 区划-机构-人员-request.pem（交证书机构）。"
    )
  )

  @Argument(help: help("Code of the division.", "区划代码。"))
  var division: String

  @Argument(
    help: help("Kind of office, such as village-committee.", "机构类别，例如 village-committee。"),
    completion: .list(OfficeKind.allCases.filter { $0 != .node }.map(\.rawValue))
  )
  var office: String

  @Argument(help: help("The person's number: p and 4 to 10 digits.", "人员编号：p 加 4 至 10 位数字。"))
  var person: String

  @Option(name: .long, help: help("The person's name.", "姓名。"))
  var name: String

  @Option(
    name: .long,
    help: ArgumentHelp(words("Directory to write to.", "写入目录。"), valueName: "directory"),
    completion: .directory
  )
  var dir = "."

  @Flag(
    name: .long,
    help: help("Lock the key with a passphrase, asked at the terminal.", "用口令保护私钥（在终端输入）。")
  )
  var passphrase = false

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    let uri = "registry://\(division)/\(office)/\(person)"
    try IdentityForm.check(uri)
    let word = passphrase ? try console.newPassphrase() : nil
    let stem = "\(dir)/\(division)-\(office)-\(person)"
    let (key, request) = try IdentityForm.make(uri, name, key: nil, passphrase: word)
    try IdentityForm.write(
      key: key,
      to: stem + "-key.pem",
      request: request,
      to: stem + "-request.pem"
    )
    try console.print(
      printOptions.output.text(
        Record([
          .init("uri", "Identity", "身份", .text(uri)), .init("name", "Name", "姓名", .text(name)),
          .init("key", "Key", "私钥", .text(stem + "-key.pem")),
          .init("request", "Request", "证书申请", .text(stem + "-request.pem")),
        ]),
        console.language
      )
    )
  }
}

/// `identity issue`: signs a request.
struct IdentityIssueCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: words("Signs a certificate request.", "签发证书。"),
    discussion: words(
      """
      Compare name and identity with who stands before you: the certificate is for clients only, \
      names one identity, and is entered in the authority's issued.csv before it is written. \
      Refused are other names and usages, weak keys, divisions that the authority may not sign \
      for, and days beyond its own.
      """,
      """
      请核对申请人的姓名和身份。证书仅用于客户端，只含一个身份，写出前先记入证书机构的 issued.csv。\
      其他名称、其他用途、弱密钥、无权签发的区划和超出自身有效期的，一律拒签。
      """
    )
  )

  @Argument(help: help("The request, PEM.", "证书申请（PEM）。"), completion: .file())
  var request: String

  @OptionGroup(title: words("Authority", "证书机构")) var authority: AuthorityOptions

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func run(on console: Console) async throws {
    let asked = try IdentityFile.request(request)
    try IdentityForm.check(asked.uri)
    let folder = IdentityFolder(path: authority.caDir)
    let signer = try folder.authority(on: console)
    let made: IssuedCertificate
    do throws(CertificateError) {
      made = try signer.issue(asked, days: authority.days, now: Int64(time(nil)))
    } catch {
      throw CommandFailure(request, error)
    }
    let suffix = "-request.pem"
    let stem = request.hasSuffix(suffix) ? String(request.dropLast(suffix.count)) : request
    let path = authority.certificate ?? stem + (request.hasSuffix(suffix) ? ".pem" : ".crt.pem")
    try IdentityForm.hand(out: made, to: path, folder, printOptions, on: console)
  }
}

/// The options of commands that sign.
struct AuthorityOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "The authority's directory, with ca.pem and ca-key.pem.",
        "证书机构目录，含 ca.pem 和 ca-key.pem。"
      ),
      valueName: "directory"
    ),
    completion: .directory
  )
  var caDir: String

  @Option(name: .long, help: help("How long it is valid, 1 to 825 days.", "有效天数，1 至 825。"))
  var days = 365

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Where the certificate goes (default: beside the input).", "证书写入何处（默认与输入同目录）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var certificate: String?

  init() {}
}
