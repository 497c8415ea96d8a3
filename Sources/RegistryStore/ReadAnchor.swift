internal import SQL

/// Holds a read view of SQLite's log while the writer rests.
///
/// Connections of one process share the log's read locks: as long as one holds it, the others'
/// point reads need no system call for theirs, a quarter of their cost. The view is let go before
/// the writer writes or moves the log, so that it never keeps the log from being used anew.
/// Without it reads are as right, only slower; databases that do not gain from it have none.
final class ReadAnchor {
  private var connection: (any SQLConnection)?

  init(_ connection: any SQLConnection) {
    self.connection = connection
  }

  /// Takes the view, as the last commit left it.
  func drop() {
    guard let connection, !connection.isInTransaction else { return }
    do {
      try connection.begin()
      // The lock is taken by the first read.
      _ = try connection.prepare("SELECT name FROM meta LIMIT 1").first { _ in true }
    } catch {
      weigh()
    }
  }

  /// Lets the view go.
  func weigh() {
    try? connection?.rollback()
  }

  /// Lets the view and the connection go.
  func close() {
    weigh()
    connection = nil
  }
}
