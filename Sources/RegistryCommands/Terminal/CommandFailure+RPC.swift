internal import RPCCore

extension ExitStatus {
  /// The exit code for a call that ended with a status.
  init(_ code: StatusCode) {
    self =
      switch code {
      case .ok: .success
      case .cancelled: .interrupted
      case .invalidArgument, .outOfRange: .dataRefused
      case .deadlineExceeded, .unavailable: .unavailable
      case .notFound: .notFound
      case .alreadyExists, .failedPrecondition, .aborted: .conflict
      case .permissionDenied, .unauthenticated: .permission
      case .resourceExhausted: .tryLater
      default: .software
      }
  }
}

extension StatusCode {
  /// The status in words; the server's own words follow them.
  var words: Text {
    switch self {
    case .cancelled: Text(en: "the call was cancelled", zh: "调用已取消")
    case .invalidArgument: Text(en: "the data was refused", zh: "数据被拒绝")
    case .deadlineExceeded: Text(en: "no answer in time", zh: "超时无应答")
    case .notFound: Text(en: "not found", zh: "未找到")
    case .alreadyExists: Text(en: "it exists already", zh: "记录已存在")
    case .permissionDenied: Text(en: "not allowed to this office", zh: "本机构无权限")
    case .unauthenticated: Text(en: "the server does not accept this identity", zh: "服务器不接受此身份")
    case .resourceExhausted: Text(en: "a limit of the server is reached", zh: "已达服务器限额")
    case .failedPrecondition: Text(en: "not possible in the present state", zh: "当前状态不允许此操作")
    case .aborted: Text(en: "changed meanwhile by someone else", zh: "期间已被他人修改")
    case .outOfRange: Text(en: "out of range", zh: "超出范围")
    case .unimplemented: Text(en: "the server does not offer this", zh: "服务器不提供此功能")
    case .unavailable: Text(en: "the server cannot be reached", zh: "无法连接服务器")
    case .dataLoss: Text(en: "stored data is damaged", zh: "存储的数据已损坏")
    default: Text(en: "the server failed", zh: "服务器出错")
    }
  }
}
