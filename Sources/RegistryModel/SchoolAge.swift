/// The ages at which people are of school age, by day; from a dated table.
package struct SchoolAge: Sendable {
  fileprivate struct Row: Sendable {
    let from: Day
    let until: Day?
    let ages: ClosedRange<Int>
  }

  private let rows: [Row]

  private static let file = "school_age.csv"

  /// The bundled table; empty where it is damaged, so that nobody is of school age then.
  package static let bundled: SchoolAge = {
    let table = (try? ModelData.bytes(of: file)).flatMap { try? SchoolAge(bytes: $0, file: file) }
    return table ?? SchoolAge(rows: [])
  }()

  private init(rows: [Row]) { self.rows = rows }

  /// Reads a table from CSV bytes; no day stands in two rows.
  /// - Throws: `ModelDataError.malformed` with the line.
  package init(bytes: [UInt8], file: String) throws(ModelDataError) {
    let table = try DataTable(
      bytes: bytes,
      file: file,
      heading: ["from", "until", "youngest", "oldest"]
    )
    var rows: [Row] = []
    for row in 0..<table.count {
      let until = Int(table[row, 1]).flatMap { Day(yyyymmdd: $0) }
      guard let from = Int(table[row, 0]).flatMap({ Day(yyyymmdd: $0) }),
        until != nil || table[row, 1].isEmpty, until.map({ from <= $0 }) ?? true,
        let youngest = Int(table[row, 2]), let oldest = Int(table[row, 3]),
        0 <= youngest, youngest <= oldest,
        !rows.contains(where: { $0.meets(from, until) })
      else { throw .malformed(file: file, line: row + 2) }
      rows.append(Row(from: from, until: until, ages: youngest...oldest))
    }
    self.rows = rows
  }

  /// Whether somebody of an age in full years is of school age on a day.
  package func holds(age: Int, on day: Day) -> Bool {
    rows.first { $0.meets(day, day) }?.ages.contains(age) ?? false
  }
}

extension SchoolAge.Row {
  /// Whether a day of the row lies between two days.
  fileprivate func meets(_ first: Day, _ last: Day?) -> Bool {
    (last.map { from <= $0 } ?? true) && (until.map { first <= $0 } ?? true)
  }
}
