import Foundation

/// The process that reads and writes the test schema with `protobuf` from PyPI.
///
/// Its interpreter is what `REGISTRY_PYTHON` names, or the one that `tools/test` sets up.
final class OtherImplementation {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let requests = Pipe()
  private let answers = Pipe()

  init() throws {
    let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
    let python =
      ProcessInfo.processInfo.environment["REGISTRY_PYTHON"]
      ?? root.appendingPathComponent(".build/venv/bin/python3").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw Failure(
        description: "no Python with protobuf at \(python): run tools/test, which sets it up, "
          + "or name one in REGISTRY_PYTHON"
      )
    }
    let folder = here.appendingPathComponent("crosscheck")
    // A process that ended early is to be an error of the next write, not a signal.
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["crosscheck.py", "schema.binpb"].map {
      folder.appendingPathComponent($0).path
    }
    process.standardInput = requests
    process.standardOutput = answers
    try process.run()
  }

  deinit {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// What the other one makes of the bytes: written again, or nil when it refuses them.
  func parse(_ type: String, _ bytes: [UInt8]) throws -> [UInt8]? {
    try send("parse", type, bytes)
    let isRead = try receive() == Array("ok".utf8)
    let answer = try receive()
    return isRead ? answer : nil
  }

  /// Whether the other one reads the same from both.
  func areEqual(_ type: String, _ first: [UInt8], _ second: [UInt8]) throws -> Bool {
    try send("equal", type, first, second)
    return try receive() == Array("yes".utf8)
  }

  /// A random message that the other one writes.
  func draw(_ type: String, seed: UInt64) throws -> [UInt8] {
    try send("draw", type, Array(String(seed).utf8))
    return try receive()
  }

  private func send(_ command: String, _ type: String, _ pieces: [UInt8]...) throws {
    var data = Data()
    for piece in [Array(command.utf8), Array(type.utf8)] + pieces {
      withUnsafeBytes(of: UInt32(piece.count).bigEndian) { data.append(contentsOf: $0) }
      data.append(contentsOf: piece)
    }
    try requests.fileHandleForWriting.write(contentsOf: data)
  }

  private func receive() throws -> [UInt8] {
    let count = try read(4).reduce(0) { $0 << 8 | Int($1) }
    return try read(count)
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      guard let data = try answers.fileHandleForReading.read(upToCount: count - bytes.count),
        !data.isEmpty
      else { throw Failure(description: "crosscheck.py ended early; its errors are above") }
      bytes += data
    }
    return bytes
  }
}
