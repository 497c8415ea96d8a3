internal import RPCCore

extension Console {
  /// The console of this process, which connects over mutual TLS.
  package static func ofProcess() -> Console {
    .ofProcess { _ in throw CommandFailure(.unavailable, en: "no transport", zh: "") }
  }
}
