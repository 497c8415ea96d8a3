internal import Glibc

/// A new file that appears under its name only when it is whole: written beside it, synced, renamed.
///
/// Only its owner may read it, since results hold personal data.
final class AtomicFile: TextSink, @unchecked Sendable {
  // Unchecked: the descriptor and the state are used by one task at a time, the command's own.
  private let path: String
  private let temporary: String
  private let descriptor: Int32
  private var isOpen = true

  /// Starts the file in the directory of its final name.
  ///
  /// - Throws: `cannotWrite`.
  init(path: String) throws(CommandFailure) {
    var template = Array("\(path).XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw .cannotWrite(path, errno)
    }
    self.path = path
    temporary = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  deinit {
    if isOpen {
      close(descriptor)
      unlink(temporary)
    }
  }

  func write(_ bytes: borrowing [UInt8]) throws(CommandFailure) {
    try DescriptorSink(descriptor).write(bytes)
  }

  /// Makes what was written durable and gives the file its name.
  ///
  /// - Throws: `inputOutput`, `cannotWrite`; the file then does not appear.
  func commit() throws(CommandFailure) {
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path, errno) }
    guard rename(temporary, path) == 0 else { throw .cannotWrite(path, errno) }
    isOpen = false
    close(descriptor)
    syncDirectory()
  }

  /// The new name itself is durable only once its directory is; some file systems cannot say.
  private func syncDirectory() {
    let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "."
    let handle = open(String(directory), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }
}

extension CommandFailure {
  /// A file that cannot be made, with the system's reason.
  static func cannotWrite(_ path: String, _ reason: Int32) -> CommandFailure {
    let words = String(cString: strerror(reason))
    return CommandFailure(
      .cannotWrite,
      en: "cannot write \(path): \(words)",
      zh: "无法写入 \(path)：\(words)"
    )
  }
}
