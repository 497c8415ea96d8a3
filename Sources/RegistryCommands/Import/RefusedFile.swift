internal import CSV
internal import Glibc
internal import RegistryAPI
internal import Synchronization

/// The file of refused rows: the rows as they came, and the reason in a last column.
///
/// It is made when the first row is refused; an earlier file of the same name is kept with a `~`.
/// UTF-8 with a byte order mark, readable by its owner alone.
final class RefusedFile: Sendable {
  private struct State {
    var descriptor: Int32 = -1
    var buffer: [UInt8] = []
    var households = 0
    var rows = 0
  }

  /// Written to the file whenever it has grown to this many bytes.
  private static let bufferSize = 256 * 1024

  /// Reasons told of one row: more than its cells can give.
  private static let reasonLimit = 100

  let path: String
  private let headings: [String]
  private let language: Language
  private let state = Mutex(State())

  init(path: String, headings: [String], language: Language) {
    self.path = path
    self.headings = headings
    self.language = language
  }

  deinit {
    state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } }
  }

  /// How many households and rows were refused.
  var counts: (households: Int, rows: Int) { state.withLock { ($0.households, $0.rows) } }

  /// Adds a refused household.
  ///
  /// - Throws: `cannotWrite`, `inputOutput`.
  func add(firstRow: UInt32, rows: RowText, violations: [Violation]) throws(CommandFailure) {
    try locked { (state) throws(CommandFailure) in
      if state.descriptor < 0 { try open(&state) }
      state.households += 1
      state.rows += rows.count
      for index in 0..<rows.count {
        state.buffer += rows.row(index)
        // A row that is too short is filled up, so that the reason stands under its heading.
        let missing = max(0, headings.count - rows.fieldCount(index))
        state.buffer += repeatElement(UInt8(ascii: ","), count: missing)
        var writer = CSVWriter(lineEnd: .crlf)
        // The empty first field only makes the separator.
        writer.write(["", reason(firstRow: firstRow, index: index, violations)])
        state.buffer += writer.bytes
      }
      if state.buffer.count >= Self.bufferSize { try flush(&state) }
    }
  }

  /// Writes what is left and makes it durable.
  func finish() throws(CommandFailure) {
    try locked { (state) throws(CommandFailure) in
      guard state.descriptor >= 0 else { return }
      try flush(&state)
      guard fsync(state.descriptor) == 0 else { throw .cannotWrite(path, errno) }
    }
  }

  private func locked(
    _ body: (inout State) throws(CommandFailure) -> Void
  ) throws(CommandFailure) {
    try state.withLock { (state) throws(CommandFailure) in try body(&state) }
  }

  private func open(_ state: inout State) throws(CommandFailure) {
    if access(path, F_OK) == 0, rename(path, path + "~") != 0 { throw .cannotWrite(path, errno) }
    state.descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard state.descriptor >= 0 else { throw .cannotWrite(path, errno) }
    var writer = CSVWriter(lineEnd: .crlf, byteOrderMark: true)
    writer.write(headings + [Text(en: "refused_because", zh: "拒绝原因")(language)])
    state.buffer += writer.bytes
  }

  private func flush(_ state: inout State) throws(CommandFailure) {
    try DescriptorSink(state.descriptor).write(state.buffer)
    state.buffer.removeAll(keepingCapacity: true)
  }

  /// What is wrong in one row; the head's row also tells what is wrong with the household.
  private func reason(firstRow: UInt32, index: Int, _ violations: [Violation]) -> String {
    let row = firstRow &+ UInt32(index)
    let own = violations.filter { index == 0 ? $0.row <= row : $0.row == row }
    guard !own.isEmpty else {
      return Text(en: "another row of the household is refused", zh: "同户其他行被拒")(language)
    }
    var reasons = own.prefix(Self.reasonLimit).map { violation in
      var words = violation
      words.row = 0
      return Text(words)(language)
    }
    let untold = own.count - reasons.count
    if untold > 0 {
      reasons.append(Text(en: "and \(untold) more", zh: "另有 \(untold) 处")(language))
    }
    return reasons.joined(separator: language == .zh ? "；" : "; ")
  }
}
