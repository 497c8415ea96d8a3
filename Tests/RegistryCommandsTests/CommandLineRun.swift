internal import FoundationEssentials
internal import RegistryAPI
internal import RegistryCommands

/// What one command line printed, and its exit code.
struct CommandLineRun {
  let output: String
  let error: String
  let code: Int32

  static let server = [
    "--server", "localhost:1", "--ca", "/dev/null", "--cert", "/dev/null", "--key", "/dev/null",
    "--node", "registry://421224/node/main",
  ]

  /// Runs a command in this process against a registry in memory.
  init(_ arguments: [String], _ registry: FakeRegistry, _ language: Language = .en) async {
    let output = MemorySink()
    let error = MemorySink()
    code = await Program.run(
      arguments + Self.server,
      on: registry.console(language, output: output, error: error)
    )
    self.output = output.text
    self.error = error.text
  }
}

/// A directory that goes away with its owner.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appending(path: "registryctl-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: url.appending(path: name))
    return path(name)
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }
}
