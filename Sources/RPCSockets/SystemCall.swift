internal import CLinux
internal import Glibc

/// The one place where system calls become Swift values: errno is read at once, EINTR is retried.
enum SystemCall {
  /// Runs a call that answers −1 on failure.
  ///
  /// - Throws: `SocketError` with the call's errno.
  @discardableResult
  static func run(
    _ operation: @autoclosure () -> String,
    _ body: () -> Int32
  ) throws(SocketError) -> Int32 {
    switch attempt(body) {
    case .success(let value): return value
    case .failure(let number): throw SocketError(errno: number.value, operation: operation())
    }
  }

  /// An errno value.
  struct Number: Error, Equatable {
    let value: Int32

    /// The call would have to wait.
    var wouldBlock: Bool { value == EAGAIN || value == EWOULDBLOCK }
  }

  /// Runs a call that answers −1 on failure; the failure is its errno.
  static func attempt<Value: FixedWidthInteger>(_ body: () -> Value) -> Result<Value, Number> {
    while true {
      let value = body()
      if value != -1 { return .success(value) }
      let number = errno
      if number != EINTR { return .failure(Number(value: number)) }
    }
  }

  /// The system's words for an errno value.
  static func words(for number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress else { return "error \(number)" }
      base.initialize(repeating: 0, count: buffer.count)
      return strerror_r(number, base, buffer.count - 1) == 0
        ? String(cString: base) : "error \(number)"
    }
  }

  /// The monotonic clock in nanoseconds.
  static func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
  }
}
