internal import Glibc

extension Credentials {
  /// What tells one state of a file from another.
  package struct Mark: Hashable, Sendable {
    let device: UInt
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    let changed: Int
    let changedNanoseconds: Int
  }

  /// The files as they are now; nil for one that cannot be looked at. By what `stat` tells of each, since
  /// they are replaced by renaming, over links, and on file systems that tell nobody.
  package var marks: [Mark?] {
    (authorities + revocations + [certificate, key]).map { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return Mark(
        device: UInt(status.st_dev),
        inode: UInt(status.st_ino),
        size: Int(status.st_size),
        seconds: status.st_mtim.tv_sec,
        nanoseconds: status.st_mtim.tv_nsec,
        changed: status.st_ctim.tv_sec,
        changedNanoseconds: status.st_ctim.tv_nsec
      )
    }
  }
}
