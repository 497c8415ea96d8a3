/// The program's exit codes, one a kind of failure: those of BSD's sysexits where they fit.
package enum ExitStatus: Int32, Sendable, CaseIterable {
  case success = 0
  case different = 1
  case usage = 64
  case dataRefused = 65
  case notFound = 66
  case unavailable = 69
  case software = 70
  case cannotWrite = 73
  case inputOutput = 74
  case tryLater = 75
  case serverNotTrusted = 76
  case permission = 77
  case configuration = 78
  case conflict = 79
  case interrupted = 130

  /// What the code says, for the table in the program's help.
  package var meaning: Text {
    switch self {
    case .success: Text(en: "done", zh: "完成")
    case .different: Text(en: "check found differences", zh: "核对发现差异")
    case .usage: Text(en: "wrong arguments", zh: "参数错误")
    case .dataRefused:
      Text(en: "data refused by a rule; rows of an import refused", zh: "数据不合规则，或导入有被拒行")
    case .notFound: Text(en: "no such file, household or division", zh: "文件、户或行政区划不存在")
    case .unavailable: Text(en: "server not reachable, or no answer in time", zh: "服务器不可达或超时")
    case .software: Text(en: "fault in the program or the server", zh: "程序或服务器内部错误")
    case .cannotWrite: Text(en: "output file cannot be made", zh: "无法建立输出文件")
    case .inputOutput: Text(en: "reading or writing failed", zh: "读写失败")
    case .tryLater:
      Text(en: "server is busy or a limit is reached; try later", zh: "服务器繁忙或已达限额，请稍后再试")
    case .serverNotTrusted:
      Text(en: "server's certificate or identity is not as expected", zh: "服务器证书或身份不符")
    case .permission: Text(en: "not allowed to this office", zh: "本机构无权限")
    case .configuration: Text(en: "profile or certificate files are wrong", zh: "配置或证书文件有误")
    case .conflict: Text(en: "record exists already, or was changed meanwhile", zh: "记录已存在或已被他人修改")
    case .interrupted: Text(en: "interrupted", zh: "被中断")
    }
  }

  /// The table of exit codes for the help of the root command.
  package static func table(_ language: Language) -> String {
    let title = Text(en: "EXIT CODES:", zh: "退出码：")(language)
    let lines = allCases.map {
      "  \(DisplayWidth.padded(String($0.rawValue), to: 5))\($0.meaning(language))"
    }
    return ([title] + lines).joined(separator: "\n")
  }
}
