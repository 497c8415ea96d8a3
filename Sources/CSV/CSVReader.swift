/// Reads a CSV file (RFC 4180) record by record in constant memory.
///
/// Line ends may be LF, CRLF or CR; blank lines are skipped; quoted fields may hold separators, line
/// ends and doubled quotation marks. Text is UTF-8 or GB 18030 and always delivered as UTF-8.
/// A reader belongs to one task at a time. After an error it must not be used again.
///
///     let reader = try CSVReader(descriptor: file)
///     while try reader.next() {
///       for index in 0..<reader.fieldCount { print(reader.line, reader.text(at: index)) }
///     }
package final class CSVReader {
  /// The physical line, from 1, on which the current record starts.
  package private(set) var line = 0
  /// The current record's fields.
  package var fieldCount: Int { fields.count }
  /// The encoding that was given or found.
  package var encoding: CSVEncoding { window.encoding }

  /// A field's place in the window; `isEscaped` while it holds doubled quotation marks.
  private struct Field {
    var start: Int
    var end: Int
    var isEscaped: Bool
  }

  private let window: TextWindow
  private let limits: CSVLimits
  // Unchecked: dynamic checks of exclusive access cost a tenth of reading, and nothing here is
  // reentrant.
  @exclusivity(unchecked) private var fields: [Field] = []
  /// The physical line at the window's start.
  private var nextLine = 1

  /// Opens a reader on a descriptor, which stays the caller's and must outlive the reader's use.
  ///
  /// - Parameters:
  ///   - descriptor: an open file, at the first byte of the text.
  ///   - encoding: the encoding; nil to find it in the first 64 KiB.
  ///   - limits: bounds of fields and records.
  /// - Throws: `input`, `unsupportedEncoding`.
  package init(
    descriptor: Int32,
    encoding: CSVEncoding? = nil,
    limits: CSVLimits = CSVLimits()
  ) throws(CSVError) {
    window = try TextWindow(descriptor: descriptor, encoding: encoding, limits: limits)
    self.limits = limits
    fields.reserveCapacity(64)
  }

  /// Goes on to the next record.
  ///
  /// - Returns: false at the end of the file.
  /// - Throws: `CSVError` with line and column; see its codes.
  package func next() throws(CSVError) -> Bool {
    while true {
      var scan = Scan(position: window.start, line: nextLine, fieldStart: window.start)
      fields.removeAll(keepingCapacity: true)
      switch try scanRecord(&scan) {
      case .needsMore:
        try checkUnfinished(scan)
        if try window.refill() { continue }
        throw CSVError(.recordTooLong, line: nextLine, limitWords("record", limits.record))
      case .blank:
        window.take(upTo: scan.position)
        nextLine = scan.line
      case .record:
        guard scan.position - window.start <= limits.record else {
          throw CSVError(.recordTooLong, line: nextLine, limitWords("record", limits.record))
        }
        line = nextLine
        window.take(upTo: scan.position)
        nextLine = scan.line
        return true
      case .end:
        return false
      }
    }
  }

  /// The UTF-8 bytes of a field, without quotation marks; empty where the record has no such field.
  ///
  /// Valid until the next call of `next()`.
  package func bytes(at index: Int) -> UnsafeRawBufferPointer {
    guard fields.indices.contains(index) else {
      return UnsafeRawBufferPointer(start: nil, count: 0)
    }
    if fields[index].isEscaped { unescape(index) }
    let field = fields[index]
    return UnsafeRawBufferPointer(start: window.bytes + field.start, count: field.end - field.start)
  }

  /// A field as a string; empty where the record has no such field.
  package func text(at index: Int) -> String {
    String(decoding: bytes(at: index), as: UTF8.self)
  }

  /// All fields of the current record as strings.
  package var texts: [String] { fields.indices.map(text(at:)) }

  // MARK: Scanning

  private enum Outcome { case record, blank, end, needsMore }

  private struct Scan {
    var position: Int
    var line: Int
    /// Where the field being read starts, for the limit.
    var fieldStart: Int
    /// Whether the field being read is within quotation marks, and since which line.
    var quotedSince = 0
  }

  /// Reads one record from the window without changing it, so that it can start over with more text.
  private func scanRecord(_ scan: inout Scan) throws(CSVError) -> Outcome {
    guard scan.position < window.end else {
      if window.isFinished { return try finish(scan) }
      return .needsMore
    }
    let first = window.bytes[scan.position]
    if first == lf || first == cr {
      return try endLine(&scan) ? .blank : .needsMore
    }
    while true {
      scan.fieldStart = scan.position
      scan.quotedSince = 0
      let isQuoted = scan.position < window.end && window.bytes[scan.position] == quote
      guard try isQuoted ? scanQuoted(&scan) : scanPlain(&scan) else { return .needsMore }
      guard scan.position < window.end else { return window.isBroken ? try finish(scan) : .record }
      if window.bytes[scan.position] != comma {
        return try endLine(&scan) ? .record : .needsMore
      }
      scan.position += 1
      if scan.position == window.end, !window.isFinished { return .needsMore }
    }
  }

  /// Reads a field without quotation marks; false when the window ends first.
  private func scanPlain(_ scan: inout Scan) throws(CSVError) -> Bool {
    let bytes = window.bytes
    let end = window.end
    var i = scan.position
    while i < end {
      let byte = bytes[i]
      // Separators, line ends and quotation marks are all at most the comma.
      if byte <= comma, byte == comma || byte == lf || byte == cr || byte == quote { break }
      i += 1
    }
    scan.position = i
    if i == end, !window.isFinished { return false }
    if i < end, bytes[i] == quote {
      throw CSVError(
        .strayQuote,
        line: scan.line,
        column: fields.count + 1,
        "a quotation mark within a field that does not start with one"
      )
    }
    return try append(Field(start: scan.fieldStart, end: i, isEscaped: false), scan)
  }

  /// Reads a field in quotation marks; false when the window ends first.
  private func scanQuoted(_ scan: inout Scan) throws(CSVError) -> Bool {
    let bytes = window.bytes
    let end = window.end
    var isEscaped = false
    var i = scan.position + 1
    scan.quotedSince = scan.line
    while i < end {
      let byte = bytes[i]
      if byte > quote {
        i += 1
      } else if byte == quote {
        if i + 1 == end, !window.isFinished { break }
        guard i + 1 < end, bytes[i + 1] == quote else {
          return try closeQuoted(&scan, at: i, isEscaped: isEscaped)
        }
        isEscaped = true
        i += 2
      } else {
        if byte == lf || (byte == cr && !(i + 1 < end && bytes[i + 1] == lf)) { scan.line += 1 }
        i += 1
      }
    }
    scan.position = min(i, end)
    if !window.isFinished { return false }
    if window.isBroken { throw brokenText(scan) }
    throw CSVError(
      .unterminatedQuote,
      line: scan.quotedSince,
      column: fields.count + 1,
      "a quotation mark is opened here and never closed"
    )
  }

  private func closeQuoted(
    _ scan: inout Scan,
    at close: Int,
    isEscaped: Bool
  ) throws(CSVError) -> Bool {
    scan.position = close + 1
    if scan.position < window.end {
      let next = window.bytes[scan.position]
      guard next == comma || next == lf || next == cr else {
        throw CSVError(
          .strayQuote,
          line: scan.line,
          column: fields.count + 1,
          "text after the closing quotation mark"
        )
      }
    }
    scan.quotedSince = 0
    return try append(Field(start: scan.fieldStart + 1, end: close, isEscaped: isEscaped), scan)
  }

  private func append(_ field: Field, _ scan: Scan) throws(CSVError) -> Bool {
    let column = fields.count + 1
    guard field.end - field.start <= limits.field else {
      throw CSVError(
        .fieldTooLong,
        line: scan.line,
        column: column,
        limitWords("field", limits.field)
      )
    }
    guard column <= limits.fields else {
      throw CSVError(
        .tooManyFields,
        line: scan.line,
        column: column,
        "more than \(limits.fields) fields"
      )
    }
    fields.append(field)
    return true
  }

  /// Passes one line end; false when a CR stands last in the window and an LF may follow.
  private func endLine(_ scan: inout Scan) throws(CSVError) -> Bool {
    if window.bytes[scan.position] == cr {
      if scan.position + 1 == window.end, !window.isFinished { return false }
      if scan.position + 1 < window.end, window.bytes[scan.position + 1] == lf {
        scan.position += 1
      }
    }
    scan.position += 1
    scan.line += 1
    return true
  }

  /// The end of the text: the file's end, or bytes that are not text.
  private func finish(_ scan: Scan) throws(CSVError) -> Outcome {
    if window.isBroken { throw brokenText(scan) }
    return .end
  }

  private func brokenText(_ scan: Scan) -> CSVError {
    CSVError(
      window.isNUL ? .nul : .invalidBytes,
      line: scan.line,
      column: max(1, fields.count + (scan.quotedSince > 0 ? 1 : 0)),
      window.isNUL ? "a NUL character" : "bytes that are not \(encoding.rawValue) text"
    )
  }

  /// Refuses a record that is already too long before more of it is read.
  private func checkUnfinished(_ scan: Scan) throws(CSVError) {
    let column = fields.count + 1
    // Two more for the quotation marks around it.
    if scan.position - scan.fieldStart > limits.field + 2 {
      throw CSVError(
        .fieldTooLong,
        line: scan.line,
        column: column,
        limitWords("field", limits.field)
      )
    }
    if window.end - window.start > limits.record {
      throw CSVError(.recordTooLong, line: nextLine, limitWords("record", limits.record))
    }
  }

  private func limitWords(_ what: String, _ limit: Int) -> String {
    "a \(what) longer than \(limit / 1024) KiB; is a quotation mark missing?"
  }

  /// Halves doubled quotation marks in place; the record is complete, so it is not scanned again.
  private func unescape(_ index: Int) {
    var to = fields[index].start
    var from = to
    let end = fields[index].end
    while from < end {
      let byte = window.bytes[from]
      window.bytes[to] = byte
      to += 1
      from += byte == quote ? 2 : 1
    }
    fields[index].end = to
    fields[index].isEscaped = false
  }
}

let comma = UInt8(ascii: ",")
let quote = UInt8(ascii: "\"")
let lf = UInt8(ascii: "\n")
let cr = UInt8(ascii: "\r")
