internal import Bilingual
internal import Journal
internal import RPCTLS
internal import RegistryServer
internal import RegistryStore
internal import SQL

extension DaemonFailure {
  /// What an error at start means for the operator and for the exit code.
  package init(starting error: any Error) {
    switch error {
    case let error as DaemonFailure: self = error
    case let error as ConfigurationError: self.init(.configuration, error.words)
    case let error as TLSError:
      let chinese = Phrasebook.connections.chinese(error.message) ?? error.message
      let cause = error.cause.map { "（\($0)）" } ?? ""
      self.init(.configuration, en: error.description, zh: chinese + cause)
    default: self.init(.software, en: "\(error)", zh: "内部错误：\(error)")
    }
  }

  /// What an error from opening the database means; the words name the file at fault.
  package init(opening configuration: DaemonConfiguration, _ error: any Error) {
    switch error {
    case let error as NodeError: self.init(error)
    case let error as JournalError:
      // Opening a database reads nothing of the journal but its key file.
      self.init(
        .configuration,
        en: "\(configuration.sealingKey): \(error.message)",
        zh:
          "\(configuration.sealingKey)：\(Phrasebook.storage.chinese(error.message) ?? error.message)"
      )
    case let error as StoreError: self.init(error, configuration)
    default: self.init(starting: error)
    }
  }

  private init(_ error: NodeError) {
    let exit: DaemonExit =
      switch error {
      case .sealingKeyMissing: .configuration
      case .sealingKeyNotMade: .inputOutput
      }
    let chinese =
      switch error {
      case .sealingKeyMissing(let key, let database):
        "缺少 \(database) 的密钥文件 \(key)：请从保管处放回原位"
      case .sealingKeyNotMade(let key, let reason):
        "\(key)：\(Phrasebook.storage.chinese(reason) ?? reason)"
      }
    self.init(exit, en: error.description, zh: chinese)
  }

  private init(_ error: StoreError, _ configuration: DaemonConfiguration) {
    let path =
      error.code == .wrongKey ? configuration.sealingKey : configuration.database.description
    // A data file's error names that file itself, an unknown division is none of the database's.
    let isNamed = ![.dataFile, .invalid].contains(error.code)
    let place = isNamed ? (en: "\(path): ", zh: "\(path)：") : (en: "", zh: "")
    let words = Self.words(error)
    self.init(
      Self.exit(for: error),
      en: place.en + words.en,
      zh: place.zh + words.zh
    )
  }

  private static func exit(for error: StoreError) -> DaemonExit {
    if let cause = error.cause as? SQLError, cause.code == .inUse { return .locked }
    return switch error.code {
    case .wrongKey, .foreign, .dataFile, .invalid: .configuration
    default: .inputOutput
    }
  }

  /// The database's own words say more than the store's, which are for callers far away.
  private static func words(_ error: StoreError) -> Text {
    guard let cause = error.cause as? SQLError else {
      let chinese = Phrasebook.storage.chinese(error.message) ?? error.messageChinese
      return Text(en: error.description, zh: chinese)
    }
    let chinese =
      Phrasebook.storage.chinese(cause.message) ?? "\(error.messageChinese)（\(cause.message)）"
    return Text(en: cause.message, zh: chinese)
  }
}

extension Phrasebook {
  /// What the layers that keep files say.
  static let storage =
    Phrasebook.system
    + Phrasebook([
      ("the key file cannot be created: {}", "无法建立密钥文件：{1}"),
      ("the key file cannot be written: {}", "无法写入密钥文件：{1}"),
      ("the key file cannot be synced: {}", "无法将密钥文件写入磁盘：{1}"),
      ("the key file cannot be opened: {}", "无法打开密钥文件：{1}"),
      ("the key file cannot be read: {}", "无法读取密钥文件：{1}"),
      ("the key file cannot be examined: {}", "无法检查密钥文件：{1}"),
      ("the key file is damaged: {}", "密钥文件损坏：{1}"),
      ("it is too long", "过长"),
      ("a key stands twice", "有重复的密钥"),
      ("line {} is not a key", "第 {1} 行不是密钥"),
      ("line {} has a slip in its digits", "第 {1} 行数字有误"),
      ("it is not a plain file", "不是普通文件"),
      ("the key file holds no key", "密钥文件中没有密钥"),
      ("the key file holds more than {} keys", "密钥文件中的密钥超过 {1} 个"),
      (
        "the key file is open to others than its owner; its mode must be 0600",
        "密钥文件可被所有者以外的人使用；权限应为 0600"
      ),
      ("the key file belongs to another user", "密钥文件属于其他用户"),
      ("the lock file cannot be opened: {}", "无法打开锁文件：{1}"),
      ("the lock file cannot be locked: {}", "无法锁定锁文件：{1}"),
      ("another process has the database open for writing", "数据库正被另一进程使用"),
      ("the file is a database of another program (id {})", "文件是另一程序的数据库（标识 {1}）"),
      ("the database cannot be created: {}", "无法建立数据库：{1}"),
      ("the database cannot be read: {}", "无法读取数据库：{1}"),
      ("the database's directory cannot be opened: {}", "无法打开数据库所在目录：{1}"),
      ("the database's directory cannot be synced: {}", "无法将数据库所在目录写入磁盘：{1}"),
      ("the file system does not allow a write-ahead log", "文件系统不支持预写日志"),
      (
        "the database has schema {}, this program knows {}: it was written by a newer version",
        "数据库结构版本为 {1}，本程序仅支持到 {2}：由较新的版本写成"
      ),
      ("schema step {} is recorded as {}, not {}", "数据库结构第 {1} 步记为 {2}，应为 {3}"),
      ("schema step {} is missing in the database", "数据库缺少结构第 {1} 步"),
      ("file is not a database", "文件不是数据库"),
      ("unable to open database file", "无法打开数据库文件"),
      ("attempt to write a readonly database", "数据库只读，无法写入"),
      ("database disk image is malformed", "数据库页面损坏"),
      ("database or disk is full", "磁盘已满"),
      ("disk I/O error", "磁盘读写错误"),
      ("database is locked", "数据库被锁定"),
      ("{} is not a database", "{1} 不是数据库"),
    ])
}
