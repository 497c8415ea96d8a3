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
    case let error as ConfigurationError: self.init(.configuration, error.description)
    case let error as TLSError: self.init(.configuration, error.description)
    case let error as NodeError: self.init(.configuration, error.description)
    case let error as JournalError: self.init(.configuration, error.description)
    case let error as StoreError: self.init(error)
    default: self.init(.software, "\(error)")
    }
  }

  private init(_ error: StoreError) {
    if let cause = error.cause as? SQLError, cause.code == .inUse {
      self.init(.locked, error.message)
      return
    }
    switch error.code {
    case .wrongKey, .foreign, .dataFile: self.init(.configuration, error.description)
    default: self.init(.inputOutput, error.description)
    }
  }
}
