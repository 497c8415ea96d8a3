internal import Glibc

/// Whole reads and writes on file descriptors: the one place that calls read and write.
enum Descriptor {
  /// Reads until the buffer is full or the file ends; answers the number of bytes read.
  static func fill(
    _ descriptor: Int32,
    _ buffer: UnsafeMutableRawBufferPointer
  ) throws(CSVError) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    var filled = 0
    while filled < buffer.count {
      let got = read(descriptor, base + filled, buffer.count - filled)
      if got == 0 { break }
      if got < 0 {
        if errno == EINTR { continue }
        throw CSVError(.input, "cannot read: \(String(cString: strerror(errno)))")
      }
      filled += got
    }
    return filled
  }

  /// Writes all bytes.
  static func write(
    _ bytes: UnsafeRawBufferPointer,
    to descriptor: Int32
  ) throws(CSVError) {
    guard let base = bytes.baseAddress else { return }
    var written = 0
    while written < bytes.count {
      let put = Glibc.write(descriptor, base + written, bytes.count - written)
      if put < 0 {
        if errno == EINTR { continue }
        throw CSVError(.output, "cannot write: \(String(cString: strerror(errno)))")
      }
      written += put
    }
  }
}
