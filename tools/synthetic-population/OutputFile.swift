internal import ArgumentParser
internal import CSV
internal import Glibc

/// A file to write, or standard output.
final class OutputFile {
  /// Written out whenever this much has come together.
  private static let bufferSize = 1 << 18

  private let descriptor: Int32

  /// Throws `ValidationError` when the file cannot be made.
  init(path: String?) throws {
    guard let path else {
      descriptor = STDOUT_FILENO
      return
    }
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw OutputFile.failure(path) }
  }

  deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }

  /// Writes what a writer holds, if it is much or `all` is wanted.
  func take(_ writer: inout CSVWriter, all: Bool = true) throws {
    if all || writer.bytes.count > Self.bufferSize { try writer.drain(to: descriptor) }
  }

  /// Writes a table.
  static func write(_ path: String?, _ body: (inout CSVWriter) -> Void) throws {
    let file = try OutputFile(path: path)
    var writer = CSVWriter()
    body(&writer)
    try file.take(&writer)
  }

  /// Makes a folder; it may be there.
  static func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
  }

  /// Says something on standard error.
  static func tell(_ text: String) {
    var bytes = Array((text + "\n").utf8)
    _ = Glibc.write(STDERR_FILENO, &bytes, bytes.count)
  }

  private static func failure(_ path: String) -> ValidationError {
    ValidationError("cannot write \(path): \(String(cString: strerror(errno)))")
  }
}
