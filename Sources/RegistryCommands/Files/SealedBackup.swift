internal import Glibc
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI

/// A backup: a line, then parts sealed to its recipients, each after its length in four octets.
enum SealedBackup {
  static let magic = Array("registry-backup/1\n".utf8)
  /// Octets of a file in one part.
  private static let piece = 4 << 20
  /// Octets of a sealed part at most.
  private static let limit = 8 << 20

  /// A file of a backup and where it is.
  struct Source {
    let name: String
    let path: String
  }

  /// Writes a manifest and files.
  ///
  /// Throws `notFound`, `inputOutput`, `cannotWrite`.
  static func write(
    _ manifest: BackupManifest,
    _ sources: [Source],
    to output: AtomicFile,
    sealedTo recipients: [SignerCertificate]
  ) throws {
    var manifest = manifest
    let files = try sources.map { try InputFile(path: $0.path) }
    for (source, file) in zip(sources, files) {
      let length = try file.length()
      manifest.files.append(
        BackupFile(name: source.name, length: length, digest: try file.survey().digest)
      )
    }
    func put(_ part: BackupPart) throws {
      let sealed = try SealedEnvelope.seal(part.serializedBytes(), to: recipients)
      try output.write(BundleFile.framed(sealed))
    }
    try output.write(magic)
    try put(BackupPart(manifest: manifest))
    var offset: UInt64 = 0
    for file in files {
      while true {
        let octets = try file.next(piece)
        if octets.isEmpty { break }
        try put(BackupPart(offset: offset, octets: octets))
        offset += UInt64(octets.count)
      }
    }
  }

  /// Reads a backup: `begin` gets the manifest, `take` the files' octets in their order.
  ///
  /// Throws `dataRefused` for a file that is none, is altered, cut short or sealed to others.
  static func read(
    _ path: String,
    open: (_ sealed: [UInt8]) throws(JournalError) -> [UInt8],
    begin: (BackupManifest) throws -> Void,
    take: ([UInt8]) throws -> Void
  ) throws {
    let file = try InputFile(path: path)
    guard try file.next(magic.count) == magic else {
      throw CommandFailure(.dataRefused, en: "\(path) is no backup", zh: "\(path) 不是备份")
    }
    var isBegun = false
    var offset: UInt64 = 0
    while true {
      let length = try file.next(4)
      if length.isEmpty { break }
      let count = length.reduce(0) { $0 << 8 | Int($1) }
      guard length.count == 4, count <= limit else { throw damaged(path) }
      let sealed = try file.next(count)
      guard sealed.count == count else { throw damaged(path) }
      let part = try self.part(sealed, open, path)
      if let manifest = part.manifest, !isBegun {
        isBegun = true
        try begin(manifest)
      } else {
        guard isBegun, part.offset == offset else { throw damaged(path) }
        offset += UInt64(part.octets.count)
        try take(part.octets)
      }
    }
    guard isBegun else { throw damaged(path) }
  }

  private static func part(
    _ sealed: [UInt8],
    _ open: (_ sealed: [UInt8]) throws(JournalError) -> [UInt8],
    _ path: String
  ) throws -> BackupPart {
    do throws(JournalError) {
      let octets = try open(sealed)
      guard let part = try? BackupPart(wireArray: octets) else {
        throw JournalError(.malformed, "")
      }
      return part
    } catch {
      throw CommandFailure(
        .dataRefused,
        en: "\(path) is sealed to somebody else, or was changed",
        zh: "\(path) 并非封给此证书，或已被改动"
      )
    }
  }

  static func damaged(_ path: String) -> CommandFailure {
    CommandFailure(
      .dataRefused,
      en: "\(path) is damaged or cut short: nothing was restored",
      zh: "\(path) 已损坏或不完整：未恢复任何内容"
    )
  }
}
