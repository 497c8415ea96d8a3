internal import ArgumentParser
internal import Certificates
internal import Glibc

/// `identity revoke`: certificates that are not to be trusted any more.
struct IdentityRevokeCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: words("Revokes certificates.", "吊销证书。"),
    discussion: words(
      "Enters them in the authority's revoked.csv and signs its revocation list anew (crl.pem), which "
        + "goes to every node (registryd --crl): a node reads it within seconds of its change, and cuts "
        + "off who is on it. Named are a certificate's file, its serial, or an identity, of which all "
        + "that issued.csv lists are revoked. Without any, the list is only signed anew, for another time.",
      "先记入证书机构的 revoked.csv，再重新签发吊销列表（crl.pem）。将其送至各节点（registryd --crl）：文件更新后数秒内生效，"
        + "列表中的证书即被断开。可给出证书文件、序列号或身份（吊销其全部证书）。不给出时仅重新签发列表以延长有效期。"
    )
  )

  @Argument(
    help: help("A certificate's file, its serial, or an identity's URI.", "证书文件、序列号或身份 URI。"),
    completion: .file()
  )
  var which: [String] = []

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

  @Option(name: .long, help: help("Why, in words.", "理由。"))
  var reason = ""

  @Option(
    name: .long,
    help: help(
      "Days until the list must be signed anew: a node trusts nobody by a list that has expired.",
      "列表有效天数：列表过期后节点不再信任任何证书，届时须重新签发。"
    )
  )
  var days = 3_650

  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  var languageOptions: LanguageOptions { printOptions.language }

  func validate() throws {
    guard (1...7_300).contains(days) else {
      throw ValidationError(words("--days is 1 to 7300.", "--days 应为 1 至 7300。"))
    }
  }

  func run(on console: Console) async throws {
    let folder = IdentityFolder(path: caDir)
    let authority = try folder.authority(on: console)
    let now = Int64(time(nil))
    let path = folder.path + "/crl.pem"
    var count = 0
    let entries = try folder.revoked.add { known in
      var entries: [RevokedList.Entry] = []
      for name in which {
        for (serial, uri) in try certificates(name, folder, authority)
        where !(known + entries).contains(where: { $0.serial == serial }) {
          entries.append(
            RevokedList.Entry(serial: serial, uri: uri, revokedAt: now, reason: reason)
          )
        }
      }
      return entries
    } sign: { all in
      count = all.count
      let revoked = all.map { RevokedCertificate(serial: $0.serial, revokedAt: $0.revokedAt) }
      let list: [UInt8]
      do throws(CertificateError) {
        list = try authority.revocationList(revoked, days: days, now: now)
      } catch {
        throw CommandFailure(path, error)
      }
      let file = try AtomicFile(path: path)
      try file.write(list)
      try file.commit()
    }
    let rows = Rows(
      [
        .init("serial", "Serial", "序列号"), .init("uri", "Identity", "身份"),
        .init("revoked_at", "Revoked", "吊销时间"), .init("reason", "Reason", "理由"),
      ],
      entries.map {
        [
          .text($0.serial), .text($0.uri), ChinaTime.value($0.revokedAt * 1_000_000),
          .text($0.reason),
        ]
      }
    )
    try console.print(printOptions.output.text(rows, console.language))
    console.note(
      Text(
        en: "\(path): \(count) revoked certificates",
        zh: "\(path)：共吊销 \(count) 张证书"
      )
    )
  }

  /// The certificates that a word names: serial and identity of each.
  private func certificates(
    _ word: String,
    _ folder: IdentityFolder,
    _ authority: CertificateAuthority
  ) throws -> [(serial: String, uri: String)] {
    let issued = try folder.issued.read()
    let serial = Self.serial(word)
    let found = issued.filter { $0.uri == word || Self.serial($0.serial) == serial }
    if !found.isEmpty { return found.map { ($0.serial, $0.uri) } }
    guard !word.hasPrefix("registry://"), access(word, F_OK) == 0 else {
      throw CommandFailure(
        .notFound,
        en: "\(word): neither issued here nor a certificate's file",
        zh: "\(word)：既非本机构签发，也不是证书文件"
      )
    }
    let certificate = try IdentityFile.certificate(word)
    guard authority.signed(certificate) else {
      throw CommandFailure(
        .configuration,
        en: "\(word): not a certificate of this authority, whose list would not name it",
        zh: "\(word)：不是本证书机构签发的证书，不能列入其吊销列表"
      )
    }
    return [(certificate.serial, certificate.uri)]
  }

  /// A serial as it is compared: as other programs write them too, in capitals, with colons and zeros.
  private static func serial(_ text: String) -> String {
    String(text.lowercased().filter { $0 != ":" }.drop { $0 == "0" })
  }
}
