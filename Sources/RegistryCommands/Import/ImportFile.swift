internal import CSV
internal import RegistryModel

/// A file of households: its headings understood, its rows put together into households.
///
/// For one task at a time.
final class ImportFile {
  /// The most rows of one household; far more than members are allowed.
  static let rowLimit = 1000
  /// The most bytes of one household's rows.
  static let byteLimit = 1 << 20

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
  /// - Throws: `CSVError`; `dataRefused` when a household goes on beyond all limits.
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
        try keep(reader)
        continue
      }
      let entry = Entry(imported: finished, rows: rows)
      rows = RowText()
      try keep(reader)
      return entry
    }
    return nil
  }

  /// - Throws: `dataRefused` with the headings that nobody knows: their cells would be lost.
  func refuseUnknown() throws(CommandFailure) {
    let unknown = columns.unknown
    guard !unknown.isEmpty else { return }
    throw CommandFailure(
      .dataRefused,
      Text(
        en: "unknown headings; mend them, or pass their cells over with --ignore-unknown",
        zh: "有无法识别的列名；请更正，或用 --ignore-unknown 略过"
      ),
      details: unknown.prefix(50).map { position in
        let heading = headings[position - 1].prefix(100)
        return Text(en: "column \(position): \(heading)", zh: "第 \(position) 列：\(heading)")
      }
    )
  }

  /// Keeps the current row until its household is whole, within the limits.
  private func keep(_ reader: CSVReader) throws(CommandFailure) {
    rows.append(reader)
    guard rows.count > Self.rowLimit || rows.byteCount > Self.byteLimit else { return }
    isFinished = true
    let first = Int64(rowCount) - Int64(rows.count) + 1
    throw CommandFailure(
      .dataRefused,
      en: "the household that begins in row \(first) has too many rows; is the household's column "
        + "the same throughout?",
      zh: "从第 \(first) 行开始的户行数过多；户序号列是否全部相同？"
    )
  }
}

/// Rows as CSV text, kept so that they can be written to the file of refused rows.
struct RowText: Sendable {
  private var writer = CSVWriter()
  /// Where each row ends, its line end included.
  private var ends: [Int] = []
  private var fieldCounts: [Int] = []

  /// How many rows there are, and how many bytes they take.
  var count: Int { ends.count }
  var byteCount: Int { writer.bytes.count }

  /// Takes over the reader's current row.
  mutating func append(_ reader: CSVReader) {
    for index in 0..<reader.fieldCount { writer.field(utf8: reader.bytes(at: index)) }
    writer.endRecord()
    ends.append(writer.bytes.count)
    fieldCounts.append(reader.fieldCount)
  }

  /// Adds a row of its own.
  mutating func append(_ fields: [String]) {
    writer.write(fields)
    ends.append(writer.bytes.count)
    fieldCounts.append(fields.count)
  }

  /// How many fields a row has.
  func fieldCount(_ index: Int) -> Int { fieldCounts[index] }

  /// The text of one row, without its line end.
  func row(_ index: Int) -> ArraySlice<UInt8> {
    writer.bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index] - 1]
  }
}
