internal import CSQLite
package import SQL

/// Copies databases while others write to them.
package enum SQLiteCopy {
  /// Pages of one step; between two steps others get at the file's locks.
  private static let pages: Int32 = 4_096

  /// Copies a database's file, as it stands at one moment, into a new file for its owner alone.
  ///
  /// Throws `SQLError`: `cannotOpen`, `full`, `inputOutput`, `corrupt`; the new file must be removed
  /// then.
  package static func copy(_ path: String, to copy: String) throws(SQLError) {
    let source = try SQLiteHandle(
      path: path,
      flags: SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
      lock: nil
    )
    let target = try SQLiteHandle(
      path: copy,
      flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE
        | SQLITE_OPEN_NOMUTEX,
      lock: nil
    )
    // One view for all steps: without it the copy would begin anew with each write of another.
    try source.check(sqlite3_exec(source.database, "BEGIN; SELECT * FROM meta", nil, nil, nil))
    guard let backup = sqlite3_backup_init(target.database, "main", source.database, "main") else {
      throw SQLError(result: sqlite3_errcode(target.database), in: target.database)
    }
    var result = SQLITE_OK
    while result == SQLITE_OK { result = sqlite3_backup_step(backup, pages) }
    let finished = sqlite3_backup_finish(backup)
    guard result == SQLITE_DONE, finished == SQLITE_OK else {
      throw SQLError(result: finished == SQLITE_OK ? result : finished, in: target.database)
    }
    // The copy is a file by itself: its log would have to travel with it.
    try target.check(sqlite3_exec(target.database, "PRAGMA journal_mode = DELETE", nil, nil, nil))
  }
}
