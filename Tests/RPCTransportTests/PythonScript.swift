import Foundation

/// A script of Tests/python, run by the Python that tools/test sets up.
struct PythonScript {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let python: URL
  let script: URL

  init(_ name: String) throws {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
    let path =
      ProcessInfo.processInfo.environment["REGISTRY_PYTHON"]
      ?? tests.deletingLastPathComponent().appendingPathComponent(".build/venv/bin/python3").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Failure(
        description: "no Python with protobuf at \(path): run tools/test, which sets it up, "
          + "or name one in REGISTRY_PYTHON"
      )
    }
    python = URL(fileURLWithPath: path)
    script = tests.appendingPathComponent("python").appendingPathComponent(name)
  }

  /// Its exit status and what it printed.
  func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let (process, file, handle) = try prepare(arguments)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardOutput = handle
    process.standardError = handle
    let status = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    return (status, String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  /// Starts it, and waits for the first line that it prints.
  func start(_ arguments: [String]) async throws -> (process: Process, line: String) {
    let (process, file, handle) = try prepare(arguments)
    process.standardOutput = handle
    try process.run()
    while process.isRunning {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      if let end = text.firstIndex(of: "\n") {
        try? FileManager.default.removeItem(at: file)
        return (process, String(text[..<end]))
      }
      try await Task.sleep(nanoseconds: 20_000_000)
    }
    let status = process.terminationStatus
    throw Failure(description: "\(script.lastPathComponent) ended with \(status)")
  }

  private func prepare(_ arguments: [String]) throws -> (Process, URL, FileHandle) {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("registry-python-" + UUID().uuidString)
    try Data().write(to: file)
    let process = Process()
    process.executableURL = python
    process.arguments = ["-B", script.path] + arguments
    return (process, file, try FileHandle(forWritingTo: file))
  }
}
