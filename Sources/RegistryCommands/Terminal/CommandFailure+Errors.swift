internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient

extension CommandFailure {
  /// The failure that an error of a layer below means; nil for those of the argument parser.
  package init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as CSVError: self.init(error)
    case let error as RPCError: self.init(error)
    case let error as ProfileError: self.init(error)
    case is CancellationError:
      self.init(.interrupted, en: "interrupted", zh: "被中断")
    default: return nil
    }
  }

  /// A file that is not readable as CSV.
  init(_ error: CSVError) {
    let status: ExitStatus =
      error.code == .input || error.code == .output ? .inputOutput : .dataRefused
    let place =
      error.line == 0
      ? "" : error.column == 0 ? "第 \(error.line) 行：" : "第 \(error.line) 行第 \(error.column) 列："
    self.init(status, en: "\(error)", zh: place + error.code.words(error.message))
  }

  /// A call that failed: the status in words, the server's words, and what its details say.
  init(_ error: RPCError) {
    // Only errors that arose here have a cause: the connection was refused before any call.
    let isConnection =
      error.cause != nil && [.unauthenticated, .unimplemented].contains(error.code)
    let words =
      isConnection
      ? Text(en: "no trusted connection", zh: "无法建立可信连接") : error.code.words
    let name = "\(error.code)"
    let said = try? ErrorDetails(wireArray: error.details)
    self.init(
      isConnection ? .serverNotTrusted : ExitStatus(error.code),
      en: "\(words.en) (\(name)): \(error.message)",
      zh: "\(words.zh)（\(name)）：\(Self.chinese(error, said))"
    )
    if let said {
      details += said.violations.prefix(50).map(Text.init)
      if let conflict = said.conflict { details += Self.lines(conflict) }
      if !said.refusedBy.isEmpty {
        details.append(Text(en: "rule: \(said.refusedBy)", zh: "规则：\(said.refusedBy)"))
      }
    }
    if let delay = error.retryDelay {
      let seconds = max(1, delay.components.seconds)
      details.append(Text(en: "try again in \(seconds) s", zh: "请在 \(seconds) 秒后重试"))
    }
  }
}

extension CommandFailure {
  /// The words of a failed call in Chinese: the server's own, or those of the layers that carry
  /// calls; in English only what nobody here knows.
  private static func chinese(_ error: RPCError, _ said: ErrorDetails?) -> String {
    if let said, !said.messageZh.isEmpty { return said.messageZh }
    return Phrasebook.connections.chinese(error.message) ?? error.message
  }

  private static func lines(_ conflict: VersionConflict) -> [Text] {
    let head = Text(
      en: "made from version \(conflict.baseVersion), on record is \(conflict.currentVersion)",
      zh: "所依据的版本为 \(conflict.baseVersion)，现有版本为 \(conflict.currentVersion)"
    )
    return [head]
      + conflict.fields.map { field in
        switch (field.changedMeanwhile, field.changedByRequest) {
        case (true, true):
          Text(en: "\(field.field): changed on both sides", zh: "\(field.field)：双方均有修改")
        case (true, false):
          Text(en: "\(field.field): changed meanwhile", zh: "\(field.field)：期间已被修改")
        default:
          Text(en: "\(field.field): changed by this request", zh: "\(field.field)：本次修改")
        }
      }
  }
}

extension Text {
  /// A broken rule: row, member, field, words and the rule's name.
  init(_ violation: Violation) {
    var en: [String] = []
    var zh: [String] = []
    if violation.row > 0 {
      en.append("row \(violation.row)")
      zh.append("第 \(violation.row) 行")
    }
    if violation.member > 0 {
      en.append("member \(violation.member)")
      zh.append("第 \(violation.member) 人")
    }
    if !violation.field.isEmpty {
      en.append(violation.field)
      zh.append(violation.field)
    }
    self.init(
      en: "\(en.joined(separator: ", ")): \(violation.messageEn) (\(violation.rule))",
      zh: "\(zh.joined(separator: "，"))：\(violation.messageZh)（\(violation.rule)）"
    )
  }
}

extension CSVError.Code {
  /// The fault in Chinese.
  fileprivate func words(_ message: String) -> String {
    switch self {
    case .invalidBytes: "有不属于文件编码的字节"
    case .nul: "有 NUL 字符"
    case .unsupportedEncoding: "不支持的编码；请另存为 CSV UTF-8 或 GB18030"
    case .fieldTooLong: "字段过长；是否缺少引号？"
    case .recordTooLong: "记录过长；是否缺少引号？"
    case .tooManyFields: "列数过多"
    case .strayQuote: "引号位置不当"
    case .unterminatedQuote: "引号未闭合"
    default: "读写失败：\(message)"
    }
  }
}
