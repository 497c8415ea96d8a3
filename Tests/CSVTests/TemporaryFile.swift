internal import Glibc

/// An unnamed file with given contents, read from its start.
final class TemporaryFile {
  struct Failure: Error { var errno: Int32 }

  let descriptor: Int32

  init(_ bytes: [UInt8] = []) throws {
    var path = Array("/tmp/csv-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    unlink(path)
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count,
      lseek(descriptor, 0, SEEK_SET) == 0
    else { throw Failure(errno: errno) }
  }

  deinit { close(descriptor) }

  /// Everything in the file.
  var contents: [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    lseek(descriptor, 0, SEEK_SET)
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      count = max(0, read(descriptor, buffer.baseAddress, size))
    }
  }
}
