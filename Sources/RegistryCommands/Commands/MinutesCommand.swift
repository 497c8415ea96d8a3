internal import ArgumentParser
internal import Glibc
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// `minutes`: the records of democratic appraisals.
struct MinutesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minutes",
    abstract: words("Minutes of democratic appraisals.", "民主评议会议记录。"),
    subcommands: [MinutesAttachCommand.self, MinutesGetCommand.self]
  )
}

/// `minutes attach`: keeps a file, sealed, and prints its digest.
struct MinutesAttachCommand: ClientCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: words("Keeps minutes and prints their digest.", "保存会议记录并显示其摘要。"),
    discussion: words(
      "PDF, JPEG, PNG or UTF-8 text, at most 2 MiB. Give the digest to application appraise "
        + "--minutes.",
      "PDF、JPEG、PNG 或 UTF-8 文本，不超过 2 MiB。摘要用于 application appraise --minutes。"
    )
  )

  @Argument(help: help("The file.", "文件。"), completion: .file())
  var file: String

  @Option(name: .long, help: help("Code of the village.", "村级代码。"))
  var village: String

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var printOptions: PrintOptions

  func run(on console: Console, with client: RegistryClient) async throws {
    let input = try InputFile(path: file)
    let content = try MinutesContent(try input.bytes(limit: MinutesContent.limit))
    var name = input.name
    while name.utf8.count > 200 { name.unicodeScalars.removeLast() }
    let answer = try await client.procedure.attachMinutes(
      AttachMinutesRequest(
        minutes: Minutes(
          division: village,
          mediaType: content.mediaType,
          name: name,
          content: content.bytes
        )
      ),
      options: callOptions(writes: true)
    )
    try show(
      Record([
        .init("digest", "Digest", "摘要", .text(Hexadecimal.text(answer.digest))),
        .init("media_type", "Kind", "类型", .text(content.mediaType)),
        .init("bytes", "Bytes", "字节数", .integer(Int64(content.bytes.count))),
      ]),
      on: console
    )
  }
}

/// `minutes get`: gives a file back.
struct MinutesGetCommand: ConsoleCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: words("Gives minutes back.", "取回会议记录。")
  )

  @Argument(help: help("The digest (64 hexadecimal digits).", "摘要（64位十六进制）。"))
  var digest: String

  @Option(name: .long, help: help("Code of the village.", "村级代码。"))
  var village: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      words("Where to write (default: standard output).", "写入何处（默认为标准输出）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var output: String?

  @OptionGroup(title: words("Server", "服务器")) var serverOptions: ServerOptions
  @OptionGroup(title: words("Printing", "输出")) var languageOptions: LanguageOptions

  func validate() throws {
    guard Hexadecimal.bytes(digest)?.count == 32 else {
      throw ValidationError(
        words("The digest has 64 hexadecimal digits.", "摘要应为 64 位十六进制。")
      )
    }
  }

  func run(on console: Console) async throws {
    try await console.withClient(serverOptions) { client in
      let minutes = try await client.procedure.getMinutes(
        GetMinutesRequest(digest: Hexadecimal.bytes(digest) ?? [], division: village)
      )
      guard let output else { return try console.output.write(minutes.content) }
      let file = try AtomicFile(path: output)
      try file.write(minutes.content)
      try file.commit()
      console.note(
        Text(
          en: "written: \(output) (\(minutes.mediaType), \(minutes.content.count) bytes)",
          zh: "已写入：\(output)（\(minutes.mediaType)，\(minutes.content.count) 字节）"
        )
      )
    }
  }
}

/// The bytes of minutes and what they are, told by their beginning.
struct MinutesContent {
  /// The most bytes of one file.
  static let limit = 2 << 20

  let bytes: [UInt8]
  let mediaType: String

  /// Tells the kind.
  ///
  /// - Throws: `dataRefused` for an empty file, a longer one, and another kind.
  init(_ bytes: [UInt8]) throws(CommandFailure) {
    guard !bytes.isEmpty, bytes.count <= Self.limit else {
      throw CommandFailure(
        .dataRefused,
        en: "minutes have 1 byte to 2 MiB",
        zh: "会议记录应为 1 字节至 2 MiB"
      )
    }
    self.bytes = bytes
    if let kind = Self.magic.first(where: { bytes.starts(with: $0.1) }) {
      mediaType = kind.0
    } else if Self.isText(bytes) {
      mediaType = "text/plain"
    } else {
      throw CommandFailure(
        .dataRefused,
        en: "minutes are PDF, JPEG, PNG or UTF-8 text",
        zh: "会议记录应为 PDF、JPEG、PNG 或 UTF-8 文本"
      )
    }
  }

  private static let magic: [(String, [UInt8])] = [
    ("application/pdf", Array("%PDF-".utf8)), ("image/jpeg", [0xFF, 0xD8, 0xFF]),
    ("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
  ]

  /// Valid UTF-8 without control characters but tabs and line ends.
  private static func isText(_ bytes: [UInt8]) -> Bool {
    guard String(validating: bytes, as: UTF8.self) != nil else { return false }
    return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F || [0x09, 0x0A, 0x0D].contains($0) }
  }
}

extension InputFile {
  /// All bytes, up to one more than a limit.
  ///
  /// - Throws: `inputOutput`.
  func bytes(limit: Int) throws(CommandFailure) -> [UInt8] {
    rewind()
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while bytes.count <= limit {
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .cannotRead(path, errno, .inputOutput)
      }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
