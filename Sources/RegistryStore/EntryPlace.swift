/// Where an entry stands in the table `journal`: its stream's number and its sequence in one.
///
/// The node's own journal has number 0, so that a place of its own is its sequence. A stream has
/// room for 2⁴⁰ entries.
struct EntryPlace: Hashable, Sendable {
  /// The entries that a stream has room for.
  static let width: Int64 = 1 << 40

  /// The stream's number; 0 for the node's own journal.
  let stream: Int64
  /// The entry's sequence in its stream, from 1.
  let sequence: Int64

  init(stream: Int64, sequence: Int64) {
    self.stream = stream
    self.sequence = sequence
  }

  /// Takes a stored place apart.
  init(_ stored: Int64) {
    stream = stored >> 40
    sequence = stored & (Self.width - 1)
  }

  /// The place as it is stored.
  var stored: Int64 { stream << 40 | sequence }

  /// Whether an entry is another node's, so that this one only has a copy of what it made.
  static func isForeign(_ stored: Int64) -> Bool { stored >= width }
}
