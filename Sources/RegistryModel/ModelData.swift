internal import Glibc

/// Why the data files that come with the program could not be used.
package enum ModelDataError: Error, Hashable, CustomStringConvertible {
  /// A file is not where the program looks for it.
  case missing(file: String)
  /// A file holds something that this program does not understand, at a line.
  case malformed(file: String, line: Int)

  /// The file and what is the matter with it.
  package var description: String {
    switch self {
    case .missing(let file): "data file \(file) is missing beside the program"
    case .malformed(let file, let line): "data file \(file), line \(line), is malformed"
    }
  }

  /// The same in Chinese.
  package var chinese: String {
    switch self {
    case .missing(let file): "程序旁缺少数据文件 \(file)"
    case .malformed(let file, let line): "数据文件 \(file) 第 \(line) 行格式有误"
    }
  }
}

/// Finds and reads the data files that SwiftPM copies beside a program.
///
/// SwiftPM's own `Bundle.module` ends the process when a bundle is missing; this throws instead.
package enum ModelData {
  /// A data file can be at most this long; the longest one here has 1.7 MB.
  package static let byteLimit = 16 << 20

  /// The bytes of a file of a module's `Data` folder.
  ///
  /// Looks beside the running program, then in the bundle's folder of the working directory's
  /// `.build/debug` (programs that a debugger starts from elsewhere).
  /// - Throws: `ModelDataError.missing`.
  package static func bytes(
    of file: String,
    module: String = "RegistryModel"
  ) throws(ModelDataError) -> [UInt8] {
    let bundle = "household-registry_\(module).resources/Data/\(file)"
    for folder in folders {
      if let bytes = read("\(folder)/\(bundle)") { return bytes }
    }
    throw .missing(file: file)
  }

  private static let folders: [String] = {
    var folders: [String] = []
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    if count > 0 {
      let path = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      if let slash = path.lastIndex(of: "/") { folders.append(String(path[..<slash])) }
    }
    folders.append(".build/debug")
    return folders
  }()

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size <= byteLimit else { return nil }
    let size = Int(status.st_size)
    var filled = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while filled < size, let base = buffer.baseAddress {
        let got = Glibc.read(descriptor, base + filled, size - filled)
        if got < 0 && errno == EINTR { continue }
        if got <= 0 { break }
        filled += got
      }
      count = filled
    }
    return filled == size ? bytes : nil
  }
}

/// The rows of a bundled CSV file: a heading, then rows of as many fields (RFC 4180 quoting).
package struct DataTable: Sendable {
  /// The fields of the rows, one after the other, without the heading's.
  package private(set) var fields: [String] = []

  /// The number of fields of a row.
  package let columns: Int

  /// The number of rows.
  package var count: Int { fields.count / columns }

  /// Reads a file of a module's data folder and checks its heading.
  /// - Throws: `ModelDataError` when it is missing, or has another heading or ragged rows.
  package init(
    file: String,
    module: String = "RegistryModel",
    heading: [String]
  ) throws(ModelDataError) {
    try self.init(
      bytes: ModelData.bytes(of: file, module: module),
      file: file,
      heading: heading
    )
  }

  /// Reads rows from bytes; `file` only names them in errors.
  package init(bytes: [UInt8], file: String, heading: [String]) throws(ModelDataError) {
    columns = heading.count
    var line = 0
    var start = 0
    fields.reserveCapacity(bytes.count / 12)
    while start < bytes.count {
      line += 1
      let before = fields.count
      let end = DataTable.appendRow(of: bytes, from: start, to: &fields)
      guard let end, fields.count - before == columns else {
        throw .malformed(file: file, line: line)
      }
      start = end
      if line == 1 {
        guard fields == heading else { throw .malformed(file: file, line: 1) }
        fields.removeAll(keepingCapacity: true)
      }
    }
    if line == 0 { throw .malformed(file: file, line: 1) }
  }

  /// A field by row and column.
  package subscript(row: Int, column: Int) -> String { fields[row * columns + column] }

  /// Appends one row's fields and returns where the next row begins; nil when a quote is open.
  private static func appendRow(
    of bytes: [UInt8],
    from start: Int,
    to fields: inout [String]
  ) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while true {
        if index < bytes.count, bytes[index] == 0x22 {
          guard let end = appendQuoted(bytes, from: index + 1, to: &fields) else { return nil }
          index = end
        } else {
          let first = index
          while index < bytes.count, bytes[index] != 0x2C, bytes[index] != 0x0A { index += 1 }
          let text = UnsafeBufferPointer(rebasing: bytes[first..<index])
          fields.append(String(decoding: text, as: UTF8.self))
        }
        if index >= bytes.count { return index }
        let separator = bytes[index]
        index += 1
        if separator == 0x0A { return index }
        if separator != 0x2C { return nil }
      }
    }
  }

  private static func appendQuoted(
    _ bytes: UnsafeBufferPointer<UInt8>,
    from start: Int,
    to fields: inout [String]
  ) -> Int? {
    var text: [UInt8] = []
    var index = start
    while index < bytes.count {
      if bytes[index] != 0x22 {
        text.append(bytes[index])
      } else if index + 1 < bytes.count, bytes[index + 1] == 0x22 {
        text.append(0x22)
        index += 1
      } else {
        fields.append(String(decoding: text, as: UTF8.self))
        return index + 1
      }
      index += 1
    }
    return nil
  }
}
