internal import Glibc
internal import Journal

/// A file that is read twice: once for its digest, once for its rows.
final class InputFile: Sendable {
  /// Bytes read at a time for the digest.
  private static let chunk = 1 << 20

  let path: String
  let descriptor: Int32

  /// Opens a regular file.
  ///
  /// - Throws: `notFound` when there is none or it cannot be read; `usage` when it is not a regular
  ///   file, which could not be read a second time.
  init(path: String) throws(CommandFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotRead(path, errno, .notFound) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw CommandFailure(
        .usage,
        en: "\(path) is not a regular file",
        zh: "\(path) 不是普通文件"
      )
    }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The file's name without its directories.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// What one pass over the bytes tells: their SHA-256, and how many lines they have at most.
  struct Survey {
    var digest: [UInt8]
    var lines: Int64
  }

  /// Reads the file once; goes back to the start before and after.
  ///
  /// - Throws: `inputOutput`, or `software` when the hash cannot be computed.
  func survey() throws(CommandFailure) -> Survey {
    var lines: Int64 = 0
    rewind()
    defer { rewind() }
    do {
      let hasher = try SHA256Context()
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
      defer { buffer.deallocate() }
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count == 0 { return Survey(digest: hasher.finish().bytes, lines: lines) }
        if count > 0 {
          let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
          hasher.update(part)
          lines += part.reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) }
        } else if errno != EINTR {
          throw CommandFailure.cannotRead(path, errno, .inputOutput)
        }
      }
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.software, en: "cannot compute SHA-256", zh: "无法计算 SHA-256")
    }
  }

  /// The octets of the file.
  ///
  /// - Throws: `inputOutput`.
  func length() throws(CommandFailure) -> UInt64 {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .cannotRead(path, errno, .inputOutput) }
    return UInt64(clamping: status.st_size)
  }

  /// The next octets, fewer only at the end of the file.
  ///
  /// - Throws: `inputOutput`.
  func next(_ count: Int) throws(CommandFailure) -> [UInt8] {
    var octets = [UInt8](repeating: 0, count: count)
    var got = 0
    while got < count {
      let read = octets.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress.map { $0 + got }, count - got)
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw .cannotRead(path, errno, .inputOutput) }
      if read == 0 { break }
      got += read
    }
    octets.removeLast(count - got)
    return octets
  }

  /// Goes back to the first byte.
  func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
