internal import Glibc
internal import SQL

/// An exclusive lock on a file, held until the object is gone (or the process ends, however).
final class FileLock: Sendable {
  private let descriptor: Int32

  /// Makes the file if it is absent, and locks it.
  ///
  /// Throws `SQLError`: `inUse` if somebody else holds the lock, `cannotOpen`.
  init(path: String) throws(SQLError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw SQLError(.cannotOpen, "the lock file cannot be opened: \(words(errno))")
    }
    var result = flock(descriptor, LOCK_EX | LOCK_NB)
    while result != 0, errno == EINTR { result = flock(descriptor, LOCK_EX | LOCK_NB) }
    guard result == 0 else {
      let cause = errno
      close(descriptor)
      if cause == EWOULDBLOCK {
        throw SQLError(.inUse, "another process has the database open for writing")
      }
      throw SQLError(.cannotOpen, "the lock file cannot be locked: \(words(cause))")
    }
  }

  deinit {
    close(descriptor)
  }
}
