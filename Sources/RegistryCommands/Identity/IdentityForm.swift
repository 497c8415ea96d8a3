internal import Certificates
internal import Glibc
internal import RegistryModel

/// Identities: their form, their files, how they are printed.
enum IdentityForm {
  /// Days before its end from which a certificate counts as expiring.
  static let warning = 30

  /// - Throws: `dataRefused` unless a URI is an office's identity; nodes have certificates of their
  ///   own kind.
  static func check(_ uri: String) throws(CommandFailure) {
    guard let identity = OfficeIdentity(uri: uri), identity.kind != .node else {
      throw CommandFailure(
        .dataRefused,
        Text(
          en: "not an operator's identity: registry://DIVISION/OFFICE/PERSON",
          zh: "不是操作人员身份：应为 registry://区划/机构/人员"
        ),
        details: [
          Text(
            en: "division: 6 or 12 digits; person: p and 4 to 10 digits",
            zh: "区划：6 或 12 位数字；人员：p 加 4 至 10 位数字"
          ),
          Text(
            en: "offices: \(offices)",
            zh: "机构：\(offices)"
          ),
        ]
      )
    }
    let levels = try levels(of: identity.kind)
    guard levels.contains(identity.division.level) else {
      let names = levels.map(ProcedureWords.name)
      throw CommandFailure(
        .dataRefused,
        en: "no \(identity.kind.rawValue) exists at the level of \(identity.division); it exists "
          + "at: \(names.map(\.en).joined(separator: ", "))",
        zh: "\(identity.division) 一级没有\(identity.kind.chinese)；其级别为："
          + names.map(\.zh).joined(separator: "、")
      )
    }
  }

  /// The levels at which a kind of office exists, by the table of what offices may do.
  ///
  /// - Throws: `software` when the table is damaged.
  private static func levels(of kind: OfficeKind) throws(CommandFailure) -> [DivisionTier] {
    let table: AuthorizationTable
    do throws(ModelDataError) {
      table = try AuthorizationTable.load()
    } catch {
      throw CommandFailure(
        .software,
        en: "the program's table of offices cannot be read",
        zh: "无法读取程序自带的机构权限表"
      )
    }
    return DivisionTier.allCases.filter { level in
      RegistryModel.Operation.allCases.contains {
        table.grant(kind: kind, level: level, operation: $0) != nil
      }
    }
  }

  private static let offices = OfficeKind.allCases.filter { $0 != .node }.map(\.rawValue)
    .joined(separator: ", ")

  /// A key, new unless one is given, and a request for it; both in PEM.
  ///
  /// - Throws: `dataRefused`, `software`.
  static func make(
    _ uri: String,
    _ name: String,
    key held: PrivateKey?,
    passphrase: [UInt8]?
  ) throws(CommandFailure) -> (key: [UInt8], request: [UInt8]) {
    do throws(CertificateError) {
      let key = if let held { held } else { try PrivateKey() }
      let request = try CertificateRequest(key: key, uri: uri, name: name).pem()
      // Read back, so that what the authority would refuse is refused here.
      _ = try CertificateRequest(pem: request)
      return (try key.pem(passphrase: passphrase), request)
    } catch {
      throw CommandFailure(uri, error)
    }
  }

  /// Writes a key and a request; neither stands without the other.
  ///
  /// - Throws: `cannotWrite`.
  static func write(
    key: [UInt8],
    to keyPath: String,
    request: [UInt8],
    to requestPath: String
  ) throws(CommandFailure) {
    try IdentityFile.create(keyPath, key, mode: 0o600)
    do throws(CommandFailure) {
      try IdentityFile.create(requestPath, request, mode: 0o644)
    } catch {
      unlink(keyPath)
      throw error
    }
  }

  /// Enters a certificate in the list, writes it and prints what it says.
  static func hand(
    out made: IssuedCertificate,
    to path: String,
    _ folder: IdentityFolder,
    _ printing: PrintOptions,
    on console: Console
  ) throws {
    let pem: [UInt8]
    do throws(CertificateError) {
      pem = try made.pem()
    } catch {
      throw CommandFailure(path, error)
    }
    guard access(path, F_OK) != 0 else { throw CommandFailure.cannotWrite(path, EEXIST) }
    try folder.issued.add(made)
    try IdentityFile.create(path, pem, mode: 0o644)
    let values = row(
      IssuedList.Entry(
        serial: made.serial,
        uri: made.uri,
        name: made.name,
        notBefore: made.notBefore,
        notAfter: made.notAfter,
        fingerprint: Hexadecimal.text(made.fingerprint)
      ),
      now: Int64(time(nil)),
      isReplaced: false
    )
    let items = zip(columns, values).map { Record.Item($0.key, $0.title.en, $0.title.zh, $1) }
    let record = Record(items + [.init("certificate", "Certificate", "证书", .text(path))])
    try console.print(printing.output.text(record, console.language))
  }

  static let columns: [Rows.Column] = [
    .init("uri", "Identity", "身份"), .init("name", "Name", "姓名"),
    .init("status", "Status", "状态"), .init("not_after", "Until", "有效期至"),
    .init("serial", "Serial", "序列号"), .init("fingerprint", "SHA-256", "SHA-256"),
  ]

  static func row(
    _ entry: IssuedList.Entry,
    now: Int64,
    isReplaced: Bool,
    isRevoked: Bool = false
  ) -> [Value] {
    let status: Value =
      if isRevoked {
        .coded("revoked", Text(en: "REVOKED", zh: "已吊销"))
      } else if entry.notAfter <= now {
        .coded("expired", Text(en: "EXPIRED", zh: "已过期"))
      } else if isReplaced {
        .coded("replaced", Text(en: "replaced", zh: "已更换"))
      } else if entry.notAfter - now <= Int64(warning) * 86_400 {
        .coded("expiring", Text(en: "EXPIRING", zh: "即将过期"))
      } else {
        .coded("valid", Text(en: "valid", zh: "有效"))
      }
    return [
      .text(entry.uri), .text(entry.name), status,
      ChinaTime.value(entry.notAfter * 1_000_000), .text(entry.serial),
      .text(entry.fingerprint),
    ]
  }
}
