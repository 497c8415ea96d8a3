import Foundation
import Synchronization

/// A running `registryd`, the program that was built beside these tests.
final class DaemonProcess: Sendable {
  /// What became of a process.
  struct End: Equatable {
    var status: Int32
    var bySignal: Bool
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  // Unchecked: started once in `init`; afterwards only its identifier is read, which never changes.
  private struct Started: @unchecked Sendable { let process: Process }

  /// HOST:PORT of the ready line.
  let address: String
  private let started: Started
  private let log: URL
  private let ends: AsyncStream<End>

  /// Where a program that was built beside these tests is.
  static func program(_ name: String = "registryd") -> URL {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let beside = own.deletingLastPathComponent().appendingPathComponent(name)
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : URL(fileURLWithPath: ".build/debug/\(name)")
  }

  /// Starts the program and waits for its ready line.
  ///
  /// - Throws: `Failure` with what it said on standard error when it ended before.
  init(arguments: [String], environment: [String: String] = [:], folder: URL) async throws {
    log = folder.appendingPathComponent("registryd-\(UUID().uuidString).log")
    _ = FileManager.default.createFile(atPath: log.path, contents: nil)
    let process = Process()
    process.executableURL = Self.program()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardError = try FileHandle(forWritingTo: log)
    let output = Pipe()
    process.standardOutput = output
    let (ends, continuation) = AsyncStream.makeStream(of: End.self)
    process.terminationHandler = {
      continuation.yield(
        End(status: $0.terminationStatus, bySignal: $0.terminationReason == .uncaughtSignal)
      )
      continuation.finish()
    }
    self.ends = ends
    try process.run()
    started = Started(process: process)
    let line = await Self.firstLine(of: output.fileHandleForReading)
    guard line.hasPrefix("ready ") else {
      let end = await ends.first { _ in true }
      let words = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw Failure(description: "exit \(end?.status ?? -1): \(words)")
    }
    address = String(line.dropFirst(6))
  }

  deinit { if started.process.isRunning { kill(started.process.processIdentifier, SIGKILL) } }

  /// The port of the ready line.
  var port: Int { address.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

  /// What the program has said on standard error so far.
  var words: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(started.process.processIdentifier, signal) }

  /// Waits for the end.
  func end() async -> End? { await ends.first { _ in true } }

  /// Runs a program to its end, without a ready line; `registryd` unless another is named.
  static func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    program executable: URL = program()
  ) async throws -> (end: End?, output: String, words: String) {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    let (ends, continuation) = AsyncStream.makeStream(of: End.self)
    process.terminationHandler = {
      continuation.yield(
        End(status: $0.terminationStatus, bySignal: $0.terminationReason == .uncaughtSignal)
      )
      continuation.finish()
    }
    try process.run()
    async let text = all(of: output.fileHandleForReading)
    async let words = all(of: errors.fileHandleForReading)
    return (await ends.first { _ in true }, await text, await words)
  }

  private static func firstLine(of handle: FileHandle) async -> String {
    await onThread {
      var bytes: [UInt8] = []
      while let byte = try? handle.read(upToCount: 1)?.first, byte != 0x0a { bytes.append(byte) }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private static func all(of handle: FileHandle) async -> String {
    await onThread { String(decoding: (try? handle.readToEnd()) ?? Data(), as: UTF8.self) }
  }

  /// Reading a pipe blocks, and must not take one of the few threads that tasks run on.
  private static func onThread(_ body: @escaping @Sendable () -> String) async -> String {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread { continuation.resume(returning: body()) }
    }
  }
}
