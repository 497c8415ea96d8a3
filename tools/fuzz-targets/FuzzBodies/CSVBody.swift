internal import CSV
internal import Glibc

/// CSV files: the first byte chooses encoding and limits, the second where the reader's chunk ends.
///
/// The same bytes have to give the same records wherever a chunk ends within them, and what a writer
/// makes of records has to give those records again.
enum CSVBody {
  /// What a reader made of a file.
  private struct Outcome: Equatable {
    var rows: [[String]] = []
    var lines: [Int] = []
    var fault: CSVError.Code?
    var faultLine = 0
    /// All records came that were to be passed over.
    var isSkipped = false
  }

  /// The reader's smallest chunk.
  private static let chunk = 64 << 10
  /// Inputs that stay below every usual limit, and leave room in a pipe.
  private static let largest = 32 << 10

  /// Limits that no input reaches but by its number of fields, with less memory than the usual ones.
  private static var usual: CSVLimits {
    var limits = CSVLimits()
    limits.record = 2 * limits.field
    limits.chunk = chunk
    return limits
  }

  static func run(_ bytes: UnsafeRawBufferPointer) throws {
    var source = ByteSource(bytes)
    let choice = source.byte()
    let place = Int(source.integer(bytes: 2))
    let text = source.take(largest)
    var limits = usual
    if choice & 4 != 0 {
      limits.field = 24
      limits.record = 40
      limits.fields = 5
    }
    let found = try read(text, nil, limits)
    let encoding: CSVEncoding = choice & 1 == 0 ? .utf8 : .gb18030
    let whole = try read(text, encoding, limits)
    // It costs more than all else, so not every input asks for it.
    if choice & 0x30 == 0x30 { try checkCut(text, whole, encoding, limits, place: place) }
    if encoding == .utf8, isUTF8(text) {
      try check(found == whole, "a file that is UTF-8 is read otherwise when that is found")
    }
    try checkLimits(whole, limits)
    let lineEnd: CSVWriter.LineEnd = choice & 2 == 0 ? .lf : .crlf
    try checkWriting(whole.rows, lineEnd, byteOrderMark: choice & 8 != 0)
  }

  /// The bytes behind so many lines that a chunk ends within them.
  private static func checkCut(
    _ text: [UInt8],
    _ whole: Outcome,
    _ encoding: CSVEncoding,
    _ limits: CSVLimits,
    place: Int
  ) throws {
    // A byte order mark is one at the start alone.
    guard !text.isEmpty, !text.starts(with: CSVEncoding.byteOrderMark) else { return }
    let head = chunk - place % min(text.count, chunk - 2)
    var padded = padding(head, limits)
    let lines = padded.count { $0 == 0x0A }
    let records = padded.first == 0x0A ? lines - 1 : lines
    padded += text
    let cut = try read(padded, encoding, limits, skipping: records)
    try check(cut.isSkipped, "records ahead of a fault are lost")
    try check(
      cut.rows == whole.rows,
      "a chunk's end changes records: \(cut.rows.count), not \(whole.rows.count)"
    )
    try check(
      cut.lines.map { $0 - lines } == whole.lines,
      "a chunk's end changes the lines of records"
    )
    try check((cut.fault == nil) == (whole.fault == nil), "a chunk's end makes or hides a fault")
    // Of two faults of one record the limits may hide the second.
    guard limits.record > largest else { return }
    try check(
      cut.fault == whole.fault,
      "a chunk's end changes a fault: \(cut.fault?.description ?? ""), not "
        + (whole.fault?.description ?? "")
    )
    if let fault = cut.fault {
      try check(
        cut.faultLine - lines == whole.faultLine,
        "a chunk's end moves the fault \(fault) to line \(cut.faultLine - lines) from "
          + "\(whole.faultLine)"
      )
    }
  }

  /// So many bytes of records within the limits, the longest that these permit.
  private static func padding(_ count: Int, _ limits: CSVLimits) -> [UInt8] {
    let record = min(limits.record, limits.field)
    var padding = [UInt8](repeating: 0x61, count: count)
    for place in stride(from: count - 1, through: 0, by: -record) { padding[place] = 0x0A }
    return padding
  }

  private static func checkLimits(_ outcome: Outcome, _ limits: CSVLimits) throws {
    for row in outcome.rows {
      try check(!row.isEmpty && row.count <= limits.fields, "a record of \(row.count) fields")
      for field in row {
        try check(field.utf8.count <= limits.field, "a field of \(field.utf8.count) bytes")
        try check(!field.utf8.contains(0), "a field with a NUL")
      }
    }
    try check(
      zip(outcome.lines, outcome.lines.dropFirst()).allSatisfy { $0 < $1 },
      "lines that do not rise"
    )
  }

  private static func checkWriting(
    _ rows: [[String]],
    _ lineEnd: CSVWriter.LineEnd,
    byteOrderMark: Bool
  ) throws {
    var writer = CSVWriter(lineEnd: lineEnd, byteOrderMark: byteOrderMark)
    for row in rows { writer.write(row) }
    // Quoting makes things longer.
    for encoding in [nil, CSVEncoding.utf8] {
      let again = try read(writer.bytes, encoding, usual)
      if let fault = again.fault, [.recordTooLong, .fieldTooLong].contains(fault) { continue }
      let words = again.fault?.description ?? ""
      try check(again.fault == nil, "what was written is refused: \(words)")
      try check(again.rows == rows, "what was written is read as something else")
    }
  }

  private static func isUTF8(_ bytes: [UInt8]) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0)
      && !bytes.starts(with: [0xFF, 0xFE]) && !bytes.starts(with: [0xFE, 0xFF])
  }

  private static func read(
    _ bytes: [UInt8],
    _ encoding: CSVEncoding?,
    _ limits: CSVLimits,
    skipping skipped: Int = 0
  ) throws -> Outcome {
    let file = try MemoryFile(bytes)
    var outcome = Outcome()
    do throws(CSVError) {
      let reader = try CSVReader(
        descriptor: file.descriptor,
        encoding: encoding,
        limits: limits
      )
      for _ in 0..<skipped where try !reader.next() { return outcome }
      outcome.isSkipped = true
      while try reader.next() {
        outcome.rows.append(reader.texts)
        outcome.lines.append(reader.line)
      }
      if try reader.next() { throw CSVError(.input, "a record after the end") }
    } catch {
      outcome.fault = error.code
      outcome.faultLine = error.line
    }
    if outcome.fault == .input { throw FuzzFinding("records after the end of the file") }
    return outcome
  }
}

/// A file of some bytes that lies in no folder, at its start.
final class MemoryFile {
  let descriptor: Int32

  private static let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

  init(_ bytes: [UInt8]) throws {
    var name = Array("\(Self.folder)/registry-fuzz-XXXXXX".utf8CString)
    descriptor = mkstemp(&name)
    try check(descriptor >= 0, "no temporary file: \(errno)")
    unlink(name)
    let written = bytes.isEmpty ? 0 : write(descriptor, bytes, bytes.count)
    guard written == bytes.count, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw FuzzFinding("no temporary file: \(errno)")
    }
  }

  deinit { close(descriptor) }
}
