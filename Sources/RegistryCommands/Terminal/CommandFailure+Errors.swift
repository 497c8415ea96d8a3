internal import CSV
internal import RPCCore

extension CommandFailure {
  /// The failure that an error of a layer below means; nil for those of the argument parser.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as CSVError: self.init(error)
    case let error as RPCError: self.init(error)
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
    let words = error.code.words
    let name = "\(error.code)"
    self.init(
      ExitStatus(error.code),
      en: "\(words.en) (\(name)): \(error.message)",
      zh: "\(words.zh)（\(name)）：\(error.message)"
    )
    if let delay = error.retryDelay {
      let seconds = max(1, delay.components.seconds)
      details.append(Text(en: "try again in \(seconds) s", zh: "请在 \(seconds) 秒后重试"))
    }
  }
}

extension CSVError.Code {
  /// The fault in Chinese.
  fileprivate func words(_ message: String) -> String {
    switch self {
    case .invalidBytes: "有不属于文件编码的字节"
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
