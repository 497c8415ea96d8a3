/// A table: columns and rows, from which text, JSON and CSV are printed alike.
package struct Rows: Sendable, Hashable {
  /// A column: its key in JSON and CSV, and its heading in tables.
  package struct Column: Sendable, Hashable {
    package var key: String
    package var title: Text

    package init(_ key: String, _ en: String, _ zh: String) {
      self.key = key
      title = Text(en: en, zh: zh)
    }
  }

  package var columns: [Column]
  /// One value a column in each row.
  package var rows: [[Value]]

  package init(_ columns: [Column], _ rows: [[Value]] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// One thing with named values, some of which may be records or tables themselves.
package struct Record: Sendable, Hashable {
  /// A value with its key in JSON and CSV and its title in text.
  package struct Item: Sendable, Hashable {
    package var key: String
    package var title: Text
    package var value: Value

    package init(_ key: String, _ en: String, _ zh: String, _ value: Value) {
      self.key = key
      title = Text(en: en, zh: zh)
      self.value = value
    }
  }

  package var items: [Item]

  package init(_ items: [Item]) { self.items = items }
}
