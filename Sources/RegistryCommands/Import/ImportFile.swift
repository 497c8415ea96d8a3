internal import CSV
internal import RegistryModel

/// A file of households: its headings understood, its rows put together into households.
///
/// For one task at a time.
final class ImportFile {
  /// One household and its rows as they stand in the file.
  struct Entry: Sendable {
    var imported: ImportedHousehold
    var rows: RowText
  }

  let headings: [String]
  let columns: ImportColumns
  let encoding: CSVEncoding
  /// Rows read so far, blank lines and headings aside.
  private(set) var rowCount: UInt32 = 0

  private let reader: CSVReader
  private var assembler: ImportAssembler
  private var rows = RowText()
  private var isFinished = false

  /// Reads the headings.
  ///
  /// - Throws: `CSVError`; `dataRefused` when the headings are not understood.
  init(_ file: InputFile, encoding: CSVEncoding?, rules: HouseholdRules) throws {
    file.rewind()
    reader = try CSVReader(descriptor: file.descriptor, encoding: encoding)
    self.encoding = reader.encoding
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    headings = reader.texts
    columns = ImportColumns(headings: headings)
    guard columns.problems.isEmpty else {
      throw CommandFailure(
        .dataRefused,
        Text(en: "the headings are not understood", zh: "无法理解表头"),
        details: columns.problems.prefix(50).map(Text.init)
      )
    }
    assembler = ImportAssembler(columns: columns, rules: rules)
  }

  /// The next household; nil at the end of the file.
  ///
  /// - Throws: `CSVError`.
  func next() throws -> Entry? {
    while !isFinished {
      guard try reader.next() else {
        isFinished = true
        return assembler.finish().map { Entry(imported: $0, rows: rows) }
      }
      guard rowCount < .max else {
        throw CommandFailure(.dataRefused, en: "the file has too many rows", zh: "文件行数过多")
      }
      rowCount += 1
      let reader = reader
      let finished = assembler.add(row: rowCount, fieldCount: reader.fieldCount) {
        reader.text(at: $0)
      }
      guard let finished else {
        rows.append(reader)
        continue
      }
      let entry = Entry(imported: finished, rows: rows)
      rows = RowText()
      rows.append(reader)
      return entry
    }
    return nil
  }
}

/// Rows as CSV text, kept so that they can be written to the file of refused rows.
struct RowText: Sendable {
  private(set) var bytes: [UInt8] = []
  /// Where each row ends in `bytes`, its line end excluded.
  private(set) var ends: [Int] = []

  /// Takes over the reader's current row.
  mutating func append(_ reader: CSVReader) {
    var writer = CSVWriter()
    for index in 0..<reader.fieldCount { writer.field(utf8: reader.bytes(at: index)) }
    bytes += writer.bytes
    ends.append(bytes.count)
  }

  /// The text of one row, without its line end.
  func row(_ index: Int) -> ArraySlice<UInt8> {
    bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
  }
}
