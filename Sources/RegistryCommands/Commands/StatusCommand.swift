internal import ArgumentParser
internal import RPCCore
internal import RPCServices
internal import RegistryModel

/// `status`: whether the server is well, and what about it will end soon.
struct StatusCommand: ServerCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: words(
      "Tells whether the server is well and when its certificates end.",
      "显示服务器状态及证书到期时间。"
    ),
    discussion: words(
      "Ends with 1 where a certificate has ended or ends within --warn days, a revocation list within "
        + "three, or the server takes no calls: run it daily. Only offices of the server's own division "
        + "may look.",
      "证书已到期或将在 --warn 天内到期、吊销列表将在三天内到期、或服务器不受理调用时，退出码为 1：宜每日执行。仅服务器所属区划的机构可以查看。"
    )
  )

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Warns so long before an end, 0 to 3650 (default: 30).", "提前多少天提醒，0 至 3650（默认 30）。"),
      valueName: "days"
    )
  )
  var warn: Int64 = 30
  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func validate() throws {
    guard (0...3650).contains(warn) else {
      throw ValidationError(words("--warn is 0 to 3650.", "--warn 为 0 至 3650。"))
    }
  }

  func run(on console: Console, over channel: any Channel) async throws {
    let state = try await ObserveClient(channel).getServer(
      GetServerRequest(),
      options: callOptions()
    )
    let health = try await HealthClient(channel).check(
      HealthCheckRequest(),
      options: callOptions()
    )
    let now = state.now / 1_000_000
    var isWell = health.status == .serving && !state.draining
    let rows = state.certificates.map { certificate -> [Value] in
      let days = certificate.endsAt.subtractingReportingOverflow(now).partialValue
        .quotientRoundedDown(by: 86_400)
      // Lists are short-lived, and written anew with each revocation.
      let isDue = days < (certificate.role == .revocations ? min(warn, 3) : warn)
      if isDue { isWell = false }
      return [
        .coded(String(certificate.role.rawValue), Self.told(certificate.role)),
        .text(certificate.name),
        ChinaTime.value(certificate.endsAt.multipliedReportingOverflow(by: 1_000_000).partialValue),
        .integer(days), .coded(isDue ? "due" : "fine", Self.told(days, isDue)),
      ]
    }
    try show(
      Record([
        .init("serving", "Takes calls", "受理中", .flag(health.status == .serving)),
        .init("draining", "Draining", "正在停止", .flag(state.draining)),
        .init("uptime_s", "Up (s)", "运行时间（秒）", .integer(Int64(state.uptimeUs / 1_000_000))),
        .init(
          "refused_calls",
          "Calls turned away",
          "拒绝的调用",
          .integer(Int64(clamping: state.refusedCalls))
        ),
        .init(
          "refused_connections",
          "Connections refused",
          "拒绝的连接",
          .integer(Int64(clamping: state.refusedConnections))
        ),
        .init(
          "certificates",
          "Certificates and lists",
          "证书与吊销列表",
          .rows(Rows(Self.columns, rows))
        ),
      ]),
      on: console
    )
    guard isWell else {
      throw CommandFailure(
        .different,
        en: "something needs attention: see above",
        zh: "有事项需要处理，见上"
      )
    }
  }

  private static let columns = [
    Rows.Column("kind", "Kind", "种类"), Rows.Column("name", "Name", "名称"),
    Rows.Column("ends_at", "Ends", "到期"), Rows.Column("days", "Days left", "剩余天数"),
    Rows.Column("state", "State", "状态"),
  ]

  private static func told(_ role: CertificateState.Role) -> Text {
    switch role {
    case .own: Text(en: "server's certificate", zh: "服务器证书")
    case .authority: Text(en: "authority", zh: "证书机构")
    case .revocations: Text(en: "revocation list", zh: "吊销列表")
    default: Text(en: "unknown", zh: "未知")
    }
  }

  private static func told(_ days: Int64, _ isDue: Bool) -> Text {
    if days < 0 { return Text(en: "HAS ENDED", zh: "已到期") }
    return isDue ? Text(en: "ENDS SOON", zh: "即将到期") : Text(en: "fine", zh: "正常")
  }
}

extension Int64 {
  /// The quotient rounded down, also below zero.
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
