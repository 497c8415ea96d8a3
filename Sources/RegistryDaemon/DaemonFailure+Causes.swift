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
      case .sealingKeyNotMade, .signingKeyNotMade: .inputOutput
      }
    let chinese =
      switch error {
      case .sealingKeyMissing(let key, let database):
        "缺少 \(database) 的密钥文件 \(key)：请从保管处放回原位"
      case .sealingKeyNotMade(let key, let reason), .signingKeyNotMade(let key, let reason):
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
