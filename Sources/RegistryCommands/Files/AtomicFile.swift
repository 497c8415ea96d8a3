internal import Glibc

/// A new file that appears under its name only when it is whole: written without a name, synced,
/// linked.
///
/// Only its owner may read it, since results hold personal data. What is broken off leaves nothing
/// behind: a file without a name goes with its process, and where the file system has none such, a
/// signal takes the temporary name away.
final class AtomicFile: TextSink, @unchecked Sendable {
  // Unchecked: the descriptor and the state are used by one task at a time, the command's own.
  private let path: String
  /// The name beside the final one; nil while there is none.
  private var temporary: String?
  private let descriptor: Int32
  private var isOpen = true

  /// Starts the file in the directory of its final name.
  ///
  /// - Parameter unnamed: whether to try for a file without a name first.
  /// - Throws: `cannotWrite`.
  init(path: String, unnamed: Bool = true) throws(CommandFailure) {
    self.path = path
    if unnamed, let descriptor = Self.openUnnamed(beside: path) {
      self.descriptor = descriptor
      return
    }
    var template = Array("\(path).XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw .cannotWrite(path, errno)
    }
    let name = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    temporary = name
    RemovalOnSignal.start(name)
  }

  deinit {
    if isOpen { close(descriptor) }
    removeTemporary()
  }

  /// A file without a name, if the file system has such and it can be given one later.
  private static func openUnnamed(beside path: String) -> Int32? {
    // `O_TMPFILE` of Linux, which is not imported.
    let flags = 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC
    guard access("/proc/self/fd", X_OK) == 0 else { return nil }
    let descriptor = open(directory(of: path), flags, 0o600)
    return descriptor >= 0 ? descriptor : nil
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
  }

  private func removeTemporary() {
    guard let temporary else { return }
    unlink(temporary)
    RemovalOnSignal.stop(temporary)
  }

  func write(_ bytes: borrowing [UInt8]) throws(CommandFailure) {
    try DescriptorSink(descriptor).write(bytes)
  }

  /// Makes what was written durable and gives the file its name.
  ///
  /// - Throws: `inputOutput`, `cannotWrite`; the file then does not appear.
  func commit() throws(CommandFailure) {
    guard fsync(descriptor) == 0 else { throw .cannotWrite(path, errno) }
    try giveName()
    isOpen = false
    close(descriptor)
    Self.syncFolder(of: path)
  }

  /// A link takes no name that exists: the file then gets a name beside it and is renamed.
  private func giveName() throws(CommandFailure) {
    if temporary == nil {
      if link(to: path) { return }
      guard errno == EEXIST else { throw .cannotWrite(path, errno) }
      let name = "\(path).\(getpid())~"
      RemovalOnSignal.start(name)
      // Left by an earlier process of this number, if at all.
      unlink(name)
      temporary = name
      guard link(to: name) else { throw .cannotWrite(path, errno) }
    }
    guard let name = temporary, rename(name, path) == 0 else { throw .cannotWrite(path, errno) }
    temporary = nil
    RemovalOnSignal.stop(name)
  }

  private func link(to name: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  /// A new name itself is durable only once its directory is; some file systems cannot say.
  static func syncFolder(of path: String) {
    let handle = open(directory(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }
}

extension CommandFailure {
  /// A file that cannot be made, with the system's reason.
  static func cannotWrite(_ path: String, _ reason: Int32) -> CommandFailure {
    let words = Text(errno: reason)
    return CommandFailure(
      .cannotWrite,
      en: "cannot write \(path): \(words.en)",
      zh: "无法写入 \(path)：\(words.zh)"
    )
  }

  /// A file that cannot be read, with the system's reason.
  static func cannotRead(
    _ path: String,
    _ reason: Int32,
    _ status: ExitStatus
  ) -> CommandFailure {
    let words = Text(errno: reason)
    return CommandFailure(
      status,
      en: "cannot read \(path): \(words.en)",
      zh: "无法读取 \(path)：\(words.zh)"
    )
  }
}
