/// How the text of a CSV file is written as bytes.
package enum CSVEncoding: String, Sendable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// GB 18030, which includes GBK and GB 2312: what Chinese spreadsheet programs save by default.
  case gb18030 = "GB18030"

  /// The encoding that the first bytes of a file show.
  ///
  /// A byte order mark or valid UTF-8 means UTF-8; everything else is taken for GB 18030. A NUL says
  /// nothing of the encoding, and is told when the reader comes to it.
  /// - Parameters:
  ///   - start: the first bytes, 64 KiB or the whole file.
  ///   - isWhole: whether nothing follows, so that a character cut off at the end is a fault.
  /// - Throws: `unsupportedEncoding` for a UTF-16 or UTF-32 byte order mark.
  package static func detect(
    _ start: UnsafeRawBufferPointer,
    isWhole: Bool
  ) throws(CSVError) -> CSVEncoding {
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
      throw CSVError(
        .unsupportedEncoding,
        line: 1,
        "the file is UTF-16 (\"Unicode text\"); save it as CSV UTF-8 or GB18030"
      )
    }
    if start.starts(with: byteOrderMark) { return .utf8 }
    return UTF8Check.isText(start, mayBeCut: !isWhole, passingNUL: true) ? .utf8 : .gb18030
  }

  /// The UTF-8 byte order mark.
  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
