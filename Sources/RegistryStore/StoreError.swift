internal import Journal
package import RPCCore
internal import RPCProtobuf
package import RegistryAPI
internal import RegistryModel
internal import SQL

/// An error of the store: an open code, words without personal data, details for the caller.
package struct StoreError: Error, Sendable {
  /// The kind of a failure; an open set.
  package struct Code: Hashable, Sendable, RawRepresentable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    /// There is none in the caller's area.
    package static let notFound = Code(rawValue: "not found")
    /// The request breaks rules, whatever is on record; the details list them.
    package static let invalid = Code(rawValue: "invalid")
    /// A member stands in another file already.
    package static let duplicate = Code(rawValue: "duplicate")
    /// The base version is stale; the details hold both versions.
    package static let conflict = Code(rawValue: "conflict")
    /// The scope does not allow it; the details name the rule.
    package static let refused = Code(rawValue: "refused")
    /// A queue or a limit is used up; try again later.
    package static let overloaded = Code(rawValue: "overloaded")
    /// The disk is full; nothing was recorded.
    package static let diskFull = Code(rawValue: "disk full")
    /// The database failed to read or write; nothing was recorded, or the outcome is told as such.
    package static let unavailable = Code(rawValue: "unavailable")
    /// The store is closed or closing.
    package static let closed = Code(rawValue: "closed")
    /// Stored octets contradict themselves.
    package static let damaged = Code(rawValue: "damaged")
    /// The keys are not those of this database.
    package static let wrongKey = Code(rawValue: "wrong key")
    /// The database belongs to another node, or was made for other data.
    package static let foreign = Code(rawValue: "foreign")
    /// A file that the program needs is missing or malformed.
    package static let dataFile = Code(rawValue: "data file")
    /// What is on record does not allow it, whoever asks; the details name the rule.
    package static let precondition = Code(rawValue: "precondition")
    /// The same idempotency key came with another request.
    package static let keyReused = Code(rawValue: "idempotency key reused")
  }

  /// What kind of failure it is.
  package var code: Code
  /// What went wrong, in words, without personal data.
  package var message: String
  /// The same in Chinese.
  package var messageChinese: String
  /// What the caller can decide on.
  package var details: ErrorDetails?
  /// What caused it here; never sent.
  package var cause: (any Error)?

  /// Describes a failure; without Chinese words of its own it has those of its code.
  package init(
    _ code: Code,
    _ message: String,
    zh messageChinese: String? = nil,
    details: ErrorDetails? = nil,
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.messageChinese = messageChinese ?? code.chinese
    self.details = details
    self.cause = cause
  }
}

extension StoreError {
  /// Whether another process has the database.
  package var isInUse: Bool { (cause as? SQLError)?.code == .inUse }
}

extension StoreError: Equatable {
  /// Compares codes.
  package static func == (left: StoreError, right: StoreError) -> Bool { left.code == right.code }
}

extension StoreError: CustomStringConvertible {
  /// The code, the words and the cause.
  package var description: String {
    cause.map { "\(code.rawValue): \(message) (caused by \($0))" } ?? "\(code.rawValue): \(message)"
  }
}

extension StoreError: RPCErrorConvertible {
  /// The same failure as a caller may see it.
  package var rpcError: RPCError {
    // Details that cannot be encoded would be a fault of ours; code and words still stand.
    let (encoded, told) = (try? encodedDetails()) ?? ([], nil)
    return RPCError(
      code: status,
      message: told.map { "\(message); the details list the first \($0)" } ?? message,
      details: encoded,
      retryDelay: code == .overloaded ? .seconds(1) : nil,
      cause: cause
    )
  }

  /// What the wire carries of an error's details, in octets; longer ones are dropped whole.
  private static let detailBytes = 6_144

  /// The details, with as many of the violations as the wire carries; `told` is how many, if some
  /// are left out.
  private func encodedDetails() throws -> (octets: [UInt8], told: Int?) {
    var details = details ?? ErrorDetails()
    details.messageZh = messageChinese
    let whole = try details.serializedBytes()
    if whole.count <= Self.detailBytes { return (whole, nil) }
    let violations = details.violations
    details.violations = []
    var room = Self.detailBytes - (try details.serializedBytes().count)
    for violation in violations {
      // A tag and a length of up to three octets stand before each.
      room -= try violation.serializedBytes().count + 4
      if room < 0 { break }
      details.violations.append(violation)
    }
    details.messageZh += "；仅列出前 \(details.violations.count) 条"
    return (try details.serializedBytes(), details.violations.count)
  }

  private var status: StatusCode {
    switch code {
    case .notFound: .notFound
    case .invalid, .keyReused: .invalidArgument
    case .duplicate: .alreadyExists
    case .conflict: .aborted
    case .refused: .permissionDenied
    case .overloaded, .diskFull: .resourceExhausted
    case .unavailable, .closed: .unavailable
    case .damaged: .dataLoss
    case .wrongKey, .foreign, .dataFile, .precondition: .failedPrecondition
    default: .internalError
    }
  }
}

extension StoreError {
  /// There is none that the caller may know of.
  package static let householdNotFound = StoreError(
    .notFound,
    "no such household in the caller's area",
    zh: "本机构辖区内没有此户"
  )

  /// A request that breaks rules.
  static func broken(_ violations: [Violation]) -> StoreError {
    let rule = violations.first?.rule ?? "rule"
    return StoreError(
      .invalid,
      "the request breaks \(violations.count) rule(s), the first \(rule)",
      zh: "请求违反 \(violations.count) 条规则，第一条为 \(rule)",
      details: ErrorDetails(violations: violations)
    )
  }

  /// A request that a rule of the scope refuses.
  static func refused(by rule: String, _ words: String, zh: String) -> StoreError {
    StoreError(.refused, words, zh: zh, details: ErrorDetails(refusedBy: rule))
  }

  /// A division that the scope does not cover.
  static let outsideArea = refused(
    by: "office.area",
    "the division lies outside the caller's area",
    zh: "该区划不在本机构辖区内"
  )

  /// The failure of a layer below, in the store's words; errors of the store stay as they are.
  static func wrapping(_ error: any Error) -> any Error {
    switch error {
    case let error as SQLError: StoreError(error)
    case let error as JournalError: StoreError(error)
    case let error as ModelDataError:
      StoreError(.dataFile, error.description, zh: error.chinese, cause: error)
    default: error
    }
  }

  private init(_ error: SQLError) {
    switch error.code {
    case .full:
      self.init(
        .diskFull,
        "the disk is full: nothing was recorded",
        zh: "磁盘已满，未作任何记录",
        cause: error
      )
    case .corrupt:
      self.init(.damaged, "the database's pages are damaged", zh: "数据库页面损坏", cause: error)
    case .interrupted:
      self.init(.overloaded, "the read took too many steps", zh: "查询步骤过多", cause: error)
    case .inUse:
      self.init(
        .unavailable,
        "another process has the database open",
        zh: "数据库正被另一进程使用",
        cause: error
      )
    case .connectionLost:
      self.init(
        .unavailable,
        "the connection to the database was lost; a write may or may not be recorded",
        zh: "与数据库的连接已断开；写入可能已记录，也可能未记录",
        cause: error
      )
    case .foreign, .schema: self.init(.foreign, error.message, cause: error)
    default:
      self.init(
        .unavailable,
        "the database failed: \(error.code.rawValue)",
        zh: "数据库读写失败（\(error.code.rawValue)）",
        cause: error
      )
    }
  }

  private init(_ error: JournalError) {
    switch error.code {
    case .wrongKey, .keyFile: self.init(.wrongKey, error.message, cause: error)
    case .cryptography: self.init(.unavailable, error.message, zh: "加密运算失败", cause: error)
    default: self.init(.damaged, error.message, cause: error)
    }
  }
}

extension StoreError.Code {
  /// What kind of failure it is, in Chinese, for errors without Chinese words of their own.
  fileprivate var chinese: String {
    switch self {
    case .notFound: "未找到"
    case .invalid: "请求不合规则"
    case .duplicate: "成员已在其他户档案中"
    case .conflict: "版本已非最新"
    case .refused: "无权限"
    case .overloaded: "服务器繁忙"
    case .diskFull: "磁盘已满，未作任何记录"
    case .unavailable: "数据库暂不可用"
    case .closed: "数据库已关闭"
    case .damaged: "存储的数据自相矛盾，可能已损坏"
    case .wrongKey: "密钥与此数据库不符"
    case .foreign: "数据库属于另一节点或另一程序"
    case .dataFile: "数据文件缺失或格式有误"
    case .precondition: "当前状态不允许此操作"
    case .keyReused: "幂等键已用于另一请求"
    default: "操作失败"
    }
  }
}
