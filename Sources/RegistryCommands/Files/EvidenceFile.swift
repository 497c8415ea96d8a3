internal import Exchange
internal import FoundationEssentials
internal import Glibc
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI

/// Heads and proofs as files: a `JournalProof` in base64 between two lines, as certificates are.
enum EvidenceFile {
  private static let first = "-----BEGIN REGISTRY PROOF-----"
  private static let last = "-----END REGISTRY PROOF-----"
  /// Octets of such a file at most.
  private static let limit = 1 << 20

  /// Throws `cannotWrite`, or `software` for a proof that cannot be encoded.
  static func write(_ proof: JournalProof, to path: String) throws(CommandFailure) {
    guard let octets = try? proof.serializedBytes() else {
      throw CommandFailure(.software, en: "the proof cannot be encoded", zh: "证明无法编码")
    }
    let text = Data(octets).base64EncodedString()
    var lines = [first]
    var rest = text[...]
    while !rest.isEmpty {
      lines.append(String(rest.prefix(64)))
      rest = rest.dropFirst(64)
    }
    let file = try AtomicFile(path: path)
    try file.write((lines + [last]).map { $0 + "\n" }.joined())
    try file.commit()
  }

  /// Throws `notFound`, or `data` for a file that is none.
  static func read(_ path: String) throws(CommandFailure) -> JournalProof {
    let octets = try InputFile(path: path).bytes(limit: limit)
    let lines = String(decoding: octets, as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.first.map(String.init) == first, lines.last.map(String.init) == last,
      let data = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
      let proof = try? JournalProof(wireArray: Array(data))
    else {
      throw CommandFailure(
        .dataRefused,
        en: "\(path) is neither a proof nor an exported journal",
        zh: "\(path) 既不是证明，也不是导出的日志"
      )
    }
    return proof
  }
}

/// An exported journal: a line, then pages, each after its length in four octets.
enum JournalFile {
  static let magic = Array("registry-journal/1\n".utf8)
  /// Octets of a page at most.
  private static let limit = 16 << 20

  /// A page as the file has it.
  static func framed(_ page: JournalPage) throws(CommandFailure) -> [UInt8] {
    guard let octets = try? page.serializedBytes() else {
      throw CommandFailure(.software, en: "a page cannot be encoded", zh: "日志页无法编码")
    }
    return withUnsafeBytes(of: UInt32(octets.count).bigEndian) { Array($0) } + octets
  }

  /// Whether a file begins as one.
  static func isOne(_ path: String) throws(CommandFailure) -> Bool {
    let file = try InputFile(path: path)
    return try file.next(magic.count) == magic
  }

  /// Calls `body` with each page.
  ///
  /// Throws `data` for a file that is cut short or altered beyond reading; what `body` throws.
  static func read(_ path: String, _ body: (JournalPage) throws -> Void) throws {
    let file = try InputFile(path: path)
    guard try file.next(magic.count) == magic else { throw damaged(path) }
    while true {
      let length = try file.next(4)
      if length.isEmpty { return }
      let count = length.reduce(0) { $0 << 8 | Int($1) }
      guard length.count == 4, count <= limit else { throw damaged(path) }
      let octets = try file.next(count)
      guard octets.count == count, let page = try? JournalPage(wireArray: octets) else {
        throw damaged(path)
      }
      try body(page)
    }
  }

  private static func damaged(_ path: String) -> CommandFailure {
    CommandFailure(.dataRefused, en: "\(path) is damaged or cut short", zh: "\(path) 已损坏或不完整")
  }
}
