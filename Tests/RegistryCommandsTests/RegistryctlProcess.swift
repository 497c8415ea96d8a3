internal import Foundation

/// The built program as a process of its own, found beside the test bundle.
struct RegistryctlProcess {
  struct Failure: Error { let words: String }

  let output: String
  let error: String
  let code: Int32

  /// Where the build put a program, beside the bundle of the tests.
  static func program(_ name: String) throws -> URL {
    let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = bundle.appending(path: name)
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw Failure(words: "\(program.path) is not built; swift build --build-tests builds it")
    }
    return program
  }

  /// Runs the program to its end with these environment variables and no others.
  init(_ arguments: [String], environment: [String: String] = [:]) async throws {
    let process = Process()
    process.executableURL = try Self.program("registryctl")
    process.arguments = arguments
    process.environment = environment.merging(["COLUMNS": "80"]) { first, _ in first }
    let output = Pipe()
    let error = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = error
    try process.run()
    async let outputBytes = Self.all(output)
    async let errorBytes = Self.all(error)
    self.output = String(decoding: await outputBytes, as: UTF8.self)
    self.error = String(decoding: await errorBytes, as: UTF8.self)
    process.waitUntilExit()
    code = process.terminationStatus
  }

  /// Reads a pipe to its end on a thread of its own, which the pool of tasks does not wait for.
  private static func all(_ pipe: Pipe) async -> Data {
    let handle = pipe.fileHandleForReading
    return await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(returning: handle.readDataToEndOfFile())
      }
    }
  }
}
