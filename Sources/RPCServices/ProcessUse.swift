internal import Glibc

/// What the process uses of its machine, as the kernel accounts it.
package struct ProcessUse: Sendable {
  /// Processor time, user and system together.
  package let cpuMicroseconds: UInt64
  /// Memory that is resident.
  package let residentBytes: UInt64
  /// Open descriptors.
  package let descriptors: UInt32

  /// Asks the kernel; what it does not tell is 0.
  package init() {
    var usage = rusage()
    getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    cpuMicroseconds = Self.microseconds(usage.ru_utime) + Self.microseconds(usage.ru_stime)
    residentBytes = Self.resident()
    descriptors = Self.openDescriptors()
  }

  private static func microseconds(_ time: timeval) -> UInt64 {
    UInt64(clamping: time.tv_sec) &* 1_000_000 &+ UInt64(clamping: time.tv_usec)
  }

  /// The second number of `statm`, in pages.
  private static func resident() -> UInt64 {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = UInt64(fields[1]) else { return 0 }
    return pages * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
  }

  private static func openDescriptors() -> UInt32 {
    guard let folder = opendir("/proc/self/fd") else { return 0 }
    defer { closedir(folder) }
    var count: UInt32 = 0
    while let entry = readdir(folder) {
      if entry.pointee.d_name.0 != CChar(UInt8(ascii: ".")) { count += 1 }
    }
    // The folder's own descriptor is one of them.
    return count > 0 ? count - 1 : 0
  }
}
