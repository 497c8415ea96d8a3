internal import Glibc

/// The files of certificates, watched for changes: by what `stat` tells of each, since they are replaced
/// by renaming, over links, and on file systems that tell nobody.
struct CertificateFiles: Sendable {
  /// The time between two looks for a signal; at the files it is looked every eighth time.
  static let pause = Duration.milliseconds(250)
  /// After so many pauses all peers are verified again: their certificates and lists end.
  static let sweep = 4 * 3_600

  /// What tells one state of a file from another.
  struct Mark: Hashable, Sendable {
    let device: UInt
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int
    let changed: Int
    let changedNanoseconds: Int
  }

  private let paths: [String]

  init(_ paths: [String]) { self.paths = paths }

  /// The files as they are now; nil for one that cannot be looked at.
  var marks: [Mark?] {
    paths.map { path in
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
