/// The bounds that keep a reader's memory constant whatever the file holds.
package struct CSVLimits: Sendable, Hashable {
  /// Bytes of one field, as written (quotation marks inside it count twice), in UTF-8.
  package var field = 64 * 1024
  /// Bytes of one record in UTF-8, its separators and line ends included.
  package var record = 1024 * 1024
  /// Fields of one record.
  package var fields = 1024
  /// Bytes read from the descriptor at a time.
  package var chunk = 256 * 1024

  /// The limits that hold unless said.
  package init() {}
}
