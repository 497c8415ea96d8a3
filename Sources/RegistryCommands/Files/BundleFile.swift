internal import RPCCore
internal import RegistryAPI

/// A bundle: a line, then sealed parts, each after its length in four octets.
enum BundleFile {
  static let magic = Array("registry-bundle/1\n".utf8)
  /// Octets of a part at most.
  private static let limit = 32 << 20

  /// A part as the file has it.
  static func framed(_ part: [UInt8]) -> [UInt8] {
    withUnsafeBytes(of: UInt32(clamping: part.count).bigEndian) { Array($0) } + part
  }

  /// Sends a file's parts one after the other, each when the one before is durable.
  ///
  /// Throws `dataRefused` for a file that is none, or is cut short; what the call and `body` throw.
  static func send(
    _ path: String,
    over channel: any Channel,
    _ options: CallOptions,
    _ body: (ImportBundleResponse) throws -> Void
  ) async throws {
    let file = try InputFile(path: path)
    guard try file.next(magic.count) == magic else {
      throw CommandFailure(.dataRefused, en: "\(path) is no bundle", zh: "\(path) 不是交换文件")
    }
    let call = try await BundleClient(channel).importBundle(options: options)
    while true {
      let length = try file.next(4)
      if length.isEmpty { break }
      let count = length.reduce(0) { $0 << 8 | Int($1) }
      guard length.count == 4, count <= limit else { throw cut(path) }
      let part = try file.next(count)
      guard part.count == count else { throw cut(path) }
      try await call.send(ImportBundleRequest(part: part))
      guard let answer = try await call.responses.next() else { break }
      try body(answer)
    }
    try await call.finishSending()
    while try await call.responses.next() != nil {}
  }

  private static func cut(_ path: String) -> CommandFailure {
    CommandFailure(
      .dataRefused,
      en: "\(path) is cut short: what came before was taken; copy it again",
      zh: "\(path) 不完整：之前的部分已导入，请重新复制"
    )
  }
}
