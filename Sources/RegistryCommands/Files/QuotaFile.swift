internal import CSV

/// A CSV file of quotas: division, people and perhaps a reason.
struct QuotaFile {
  /// A row.
  struct Line: Sendable, Hashable {
    var division: String
    var people: Int64
    var reason: String
  }

  /// The most rows: as many as one request sets, for all are set or none.
  static let lineLimit = 1_000

  /// The rows in their order.
  private(set) var lines: [Line] = []

  private static let headings = [["division", "区划代码"], ["people", "人数"], ["reason", "理由"]]

  /// Reads a file.
  ///
  /// - Throws: `CSVError`; `notFound`, `usage`, `dataRefused` with row and column.
  init(path: String) throws {
    let file = try InputFile(path: path)
    let reader = try CSVReader(descriptor: file.descriptor)
    guard try reader.next() else {
      throw CommandFailure(.dataRefused, en: "the file is empty", zh: "文件为空")
    }
    let columns = try Self.columns(reader.texts)
    while try reader.next() {
      guard lines.count < Self.lineLimit else {
        throw CommandFailure(
          .dataRefused,
          en: "the file has more than \(Self.lineLimit) rows; all are set or none",
          zh: "文件超过 \(Self.lineLimit) 行；须一次全部设定"
        )
      }
      lines.append(try Self.line(reader, columns, row: lines.count + 1))
    }
  }

  private static func columns(_ texts: [String]) throws(CommandFailure) -> [Int?] {
    let found = headings.map { names in
      texts.firstIndex { names.contains($0.trimmingSpaces.lowercased()) }
    }
    let known = found.compactMap { $0 }.count
    guard found[0] != nil, found[1] != nil, known == texts.count else {
      throw CommandFailure(
        .dataRefused,
        en: "the headings must be division, people and, if wanted, reason",
        zh: "表头应为 区划代码、人数，可加 理由"
      )
    }
    return found
  }

  private static func line(
    _ reader: CSVReader,
    _ columns: [Int?],
    row: Int
  ) throws(CommandFailure) -> Line {
    func text(_ column: Int) -> String {
      guard let index = columns[column], index < reader.fieldCount else { return "" }
      return reader.text(at: index).trimmingSpaces
    }
    guard reader.fieldCount == columns.compactMap({ $0 }).count else {
      throw CommandFailure(
        .dataRefused,
        en: "row \(row): another number of columns than the heading has",
        zh: "第 \(row) 行：列数与表头不符"
      )
    }
    guard let people = Int64(text(1)) else {
      throw CommandFailure(
        .dataRefused,
        en: "row \(row), people: not a whole number",
        zh: "第 \(row) 行，人数：不是整数"
      )
    }
    return Line(division: text(0), people: people, reason: text(2))
  }
}
