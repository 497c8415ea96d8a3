/// Writes CSV records (RFC 4180) into a buffer that the caller drains.
///
/// A field is quoted when it holds a separator, a quotation mark, a line end, or white space at its
/// start or end, or starts with a byte order mark, which a reader would take for the file's. Contents
/// are never altered: a field that a spreadsheet would take for a formula (it starts with `=`, `+`,
/// `-` or `@`) is written as it is, because this is data for programs.
///
///     var writer = CSVWriter()
///     writer.write(["户号", "姓名"])
///     try writer.drain(to: descriptor)
package struct CSVWriter: Sendable {
  /// The end of a record.
  package enum LineEnd: String, Sendable {
    case lf = "\n"
    case crlf = "\r\n"
  }

  /// What was written and not yet drained, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  private let lineEnd: LineEnd
  private var isAtLineStart = true
  /// Where the current record starts in `bytes`, to see whether it is one empty field.
  private var recordStart = 0

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - lineEnd: the end of a record.
  ///   - byteOrderMark: whether the text starts with one, as some spreadsheet programs want.
  package init(lineEnd: LineEnd = .lf, byteOrderMark: Bool = false) {
    self.lineEnd = lineEnd
    if byteOrderMark { bytes = CSVEncoding.byteOrderMark }
    recordStart = bytes.count
  }

  /// Writes one record.
  package mutating func write(_ record: some Sequence<String>) {
    for field in record { self.field(field) }
    endRecord()
  }

  /// Writes one field of the current record.
  package mutating func field(_ text: String) {
    var text = text
    text.withUTF8 { field(utf8: UnsafeRawBufferPointer($0)) }
  }

  /// Writes one field, given as UTF-8, of the current record.
  package mutating func field(utf8: UnsafeRawBufferPointer) {
    if !isAtLineStart { bytes.append(comma) }
    isAtLineStart = false
    guard needsQuotes(utf8) else {
      bytes.append(contentsOf: utf8)
      return
    }
    bytes.append(quote)
    for byte in utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }

  /// Ends the current record.
  package mutating func endRecord() {
    // One empty field would be a blank line, which readers skip.
    if !isAtLineStart, bytes.count == recordStart { bytes += [quote, quote] }
    bytes.append(contentsOf: lineEnd.rawValue.utf8)
    isAtLineStart = true
    recordStart = bytes.count
  }

  /// Writes the buffer to a descriptor and empties it.
  ///
  /// - Throws: `CSVError.Code.output`; the buffer is then as it was.
  package mutating func drain(to descriptor: Int32) throws(CSVError) {
    let outcome = bytes.withUnsafeBytes { buffer -> CSVError? in
      do throws(CSVError) {
        try Descriptor.write(buffer, to: descriptor)
        return nil
      } catch {
        return error
      }
    }
    if let outcome { throw outcome }
    bytes.removeAll(keepingCapacity: true)
    recordStart = 0
  }

  /// Takes away what was written and not yet drained.
  package mutating func take() -> [UInt8] {
    defer {
      bytes = []
      recordStart = 0
    }
    return bytes
  }

  private func needsQuotes(_ field: UnsafeRawBufferPointer) -> Bool {
    guard let first = field.first, let last = field.last else { return false }
    if isSpace(first) || isSpace(last) { return true }
    if first == 0xEF, field.starts(with: CSVEncoding.byteOrderMark) { return true }
    return field.contains { $0 <= comma && ($0 == comma || $0 == quote || $0 == lf || $0 == cr) }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}
