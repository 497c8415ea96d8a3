internal import Glibc
internal import Synchronization

/// Where a command's text goes.
package protocol TextSink: Sendable {
  /// Writes bytes whole.
  ///
  /// - Throws: `CommandFailure` with status `inputOutput`.
  func write(_ bytes: borrowing [UInt8]) throws(CommandFailure)
}

extension TextSink {
  /// Writes text as UTF-8.
  package func write(_ text: String) throws(CommandFailure) { try write(Array(text.utf8)) }
}

/// Standard output or standard error: a descriptor that others own.
package struct DescriptorSink: TextSink {
  let descriptor: Int32

  /// Writes to a descriptor that stays the caller's.
  package init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// Writes bytes whole.
  package func write(_ bytes: borrowing [UInt8]) throws(CommandFailure) {
    var written = 0
    while written < bytes.count {
      let rest = bytes.count - written
      let put = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { Glibc.write(descriptor, $0 + written, rest) } ?? 0
      }
      if put < 0 {
        if errno == EINTR { continue }
        let words = Text(errno: errno)
        throw CommandFailure(
          .inputOutput,
          en: "cannot write: \(words.en)",
          zh: "写出失败：\(words.zh)"
        )
      }
      written += put
    }
  }
}

/// Collects text in memory.
package final class MemorySink: TextSink {
  private let bytes = Mutex<[UInt8]>([])

  /// Starts empty.
  package init() {}

  /// Adds bytes.
  package func write(_ bytes: borrowing [UInt8]) {
    let copy = copy bytes
    self.bytes.withLock { $0 += copy }
  }

  /// Everything written so far.
  package var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
