/// A table: columns and rows, from which text, JSON and CSV are printed alike.
package struct Rows: Sendable, Hashable {
  /// A column: its key in JSON and CSV, and its heading in tables.
  package struct Column: Sendable, Hashable {
    /// The key in JSON and CSV.
    package var key: String
    package var title: Text

    /// A column with its headings.
    package init(_ key: String, _ en: String, _ zh: String) {
      self.key = key
      title = Text(en: en, zh: zh)
    }
  }

  /// The columns, from the left.
  package var columns: [Column]
  /// One value a column in each row.
  package var rows: [[Value]]

  /// A table with these rows.
  package init(_ columns: [Column], _ rows: [[Value]] = []) {
    self.columns = columns
    self.rows = rows
  }
}

/// One thing with named values, some of which may be records or tables themselves.
package struct Record: Sendable, Hashable {
  /// A value with its key in JSON and CSV and its title in text.
  package struct Item: Sendable, Hashable {
    /// The key in JSON and CSV, the title in text, and the value.
    package var key: String
    package var title: Text
    package var value: Value

    /// An item with its titles.
    package init(_ key: String, _ en: String, _ zh: String, _ value: Value) {
      self.key = key
      title = Text(en: en, zh: zh)
      self.value = value
    }
  }

  /// The values in their order.
  package var items: [Item]

  /// A record of these values.
  package init(_ items: [Item]) { self.items = items }
}
