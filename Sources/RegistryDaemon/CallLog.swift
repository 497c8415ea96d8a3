internal import Bilingual
internal import Dispatch
internal import Glibc
internal import RPCCore
internal import RegistryModel
internal import Synchronization

/// Writes a line of JSON for each call that has ended: who asked for what, how it went and how long it
/// took. Nothing of messages stands in it, and no person: of an office its division and kind alone.
///
/// Calls never wait for the disk: lines are collected and written by a queue of their own. If that
/// cannot keep up they are dropped, and the next line says how many.
final class CallLog: Sendable {
  private struct State {
    var lines: [UInt8] = []
    var dropped = 0
    var isScheduled = false
    /// The last write ended within a line.
    var isTorn = false
  }

  /// Bytes that may wait for the disk.
  private static let limit = 4 << 20
  /// How long lines are collected (ms).
  private static let pause = 200

  private let path: String
  private let state = Mutex(State())
  private let descriptor: Mutex<Int32>
  private let queue = DispatchQueue(label: "registryd.calls")

  /// Opens the file, and makes it if it is absent: lines go to its end.
  ///
  /// - Throws: a failure of the input or output that names the file.
  init(path: String) throws(DaemonFailure) {
    self.path = path
    descriptor = Mutex(try Self.open(path))
  }

  deinit { _ = descriptor.withLock { Glibc.close($0) } }

  /// Takes a record; from any thread, without blocking.
  func take(_ record: CallRecord) {
    let line = Self.line(record)
    let isFirst = state.withLock { state in
      guard state.lines.count + line.utf8.count < Self.limit else {
        state.dropped += 1
        return false
      }
      state.lines += line.utf8
      defer { state.isScheduled = true }
      return !state.isScheduled
    }
    guard isFirst else { return }
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.pause)) { [self] in write() }
  }

  /// Opens the file anew, for those who have renamed it.
  func reopen() throws(DaemonFailure) {
    queue.sync { write() }
    let fresh = try Self.open(path)
    descriptor.withLock { descriptor in
      Glibc.close(descriptor)
      descriptor = fresh
    }
  }

  /// Writes what is left.
  func finish() { queue.sync { write() } }

  private func write() {
    let (lines, dropped) = state.withLock { state in
      defer {
        state.lines = []
        state.dropped = 0
        state.isScheduled = false
      }
      return (state.lines, state.dropped)
    }
    var bytes = state.withLock { $0.isTorn } ? [UInt8(ascii: "\n")] + lines : lines
    if dropped > 0 { bytes += "{\"time\":\"\(Self.time())\",\"dropped\":\(dropped)}\n".utf8 }
    descriptor.withLock { descriptor in
      bytes.withUnsafeBytes { buffer in
        var rest = buffer[...]
        while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
          let count = Glibc.write(descriptor, start, rest.count)
          if count < 0, errno == EINTR { continue }
          // A disk that is full must not stop the calls: these lines are lost, and counted.
          guard count > 0 else {
            let lost = rest.reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
            return state.withLock { state in
              state.dropped += lost + dropped
              state.isTorn = rest.count < buffer.count
            }
          }
          rest = rest.dropFirst(count)
        }
        state.withLock { $0.isTorn = false }
      }
    }
  }

  private static func open(_ path: String) throws(DaemonFailure) -> Int32 {
    let descriptor = Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      let reason = Text(errno: errno)
      throw DaemonFailure(
        .inputOutput,
        en: "\(path) cannot be written: \(reason.en)",
        zh: "无法写入 \(path)：\(reason.zh)"
      )
    }
    return descriptor
  }

  private static func line(_ record: CallRecord) -> String {
    var line = "{\"time\":\"\(time())\",\"call\":\(record.number),\"method\":\"\(record.path)\""
    line += ",\"caller\":\"\(caller(record.identity))\",\"code\":\"\(record.code)\""
    switch record.processed {
    case .notStarted: line += ",\"started\":false"
    case .replayed: line += ",\"replayed\":true"
    default: break
    }
    line += ",\"us\":\(record.duration / 1000)"
    if record.waited >= 1000 { line += ",\"waited_us\":\(record.waited / 1000)" }
    line += ",\"in\":\(record.receivedBytes),\"out\":\(record.sentBytes)"
    if record.attempt > 1 { line += ",\"attempt\":\(record.attempt)" }
    if let trace = record.trace { line += ",\"trace\":\"\(trace.traceparent)\"" }
    return line + "}\n"
  }

  /// A node as a whole, an office without its person; another name is not told.
  private static func caller(_ uri: String) -> String {
    guard let identity = OfficeIdentity(uri: uri) else { return "" }
    if identity.kind == .node { return uri }
    return "registry://\(identity.division)/\(identity.kind.rawValue)"
  }

  /// The present as RFC 3339 has it, in UTC.
  private static func time() -> String {
    var clock = timespec()
    clock_gettime(CLOCK_REALTIME, &clock)
    var parts = tm()
    gmtime_r(&clock.tv_sec, &parts)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    let day = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
      .map { padded($0, 2) }.joined(separator: "-")
    let time = [parts.tm_hour, parts.tm_min, parts.tm_sec]
      .map { padded(Int($0), 2) }.joined(separator: ":")
    return "\(day)T\(time).\(padded(clock.tv_nsec / 1_000_000, 3))Z"
  }
}
