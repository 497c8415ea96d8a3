package import ArgumentParser
internal import Glibc

/// `registryd`: serves the household files of one division until it is told to stop.
package struct DaemonCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "registryd",
    abstract: "Serves the household registry of one division over mutually authenticated TLS.",
    discussion: """
      Every setting can be a flag, a variable of the environment or a key of the configuration \
      file; a flag comes before the environment, the environment before the file, the file before \
      the default. The variable of --drain-limit is REGISTRY_DRAIN_LIMIT, its key "drain-limit". \
      Paths in the file are relative to the file's folder.

      Must be set: division, ca, certificate, key, database. An example of a file:

      {
        "listen": "0.0.0.0:7443",
        "division": "421224",
        "node": "main",
        "ca": "certs/ca.pem",
        "certificate": "certs/node.pem",
        "key": "certs/node-key.pem",
        "database": "data/registry.db",
        "sealing-key": "keys/registry.key",
        "synthetic": false,
        "drain-limit": 20
      }

      Once it serves, it prints "ready HOST:PORT" to standard output. SIGTERM and SIGINT let calls \
      in flight end within the drain limit; a second signal ends it at once.

      Exit codes: 0 stopped as asked, 64 wrong flags, 69 cannot listen, 70 internal fault, \
      74 database unusable, 75 database in use by another process, 78 wrong configuration.
      """,
    version: Daemon.version
  )

  @Option(help: "Configuration file (JSON); REGISTRY_CONFIG in the environment.")
  package var config: String?
  @Flag(help: "Check configuration and certificates, say what would be served, and end.")
  package var checkConfig = false
  @Option(help: "File to write HOST:PORT to once the node serves.")
  package var readyFile: String?
  @OptionGroup(title: "Settings")
  package var settings: SettingFlags

  /// Takes a command line.
  package init() {}

  /// Serves until told to stop.
  package func run() async throws {
    do {
      let configuration = try configured()
      let daemon = try Daemon(configuration, readyFile: readyFile)
      if checkConfig {
        print("configuration ok: \(configuration.identity) on \(configuration.database)")
      } else {
        try await daemon.run()
      }
    } catch {
      let failure = DaemonFailure(starting: error)
      Console.say("registryd: \(failure.description)")
      throw ExitCode(failure.exit.rawValue)
    }
  }

  private func configured() throws -> DaemonConfiguration {
    let environment = Console.environment
    let path = config ?? environment[SettingLayers.fileVariable]
    let file = try path.map { try ConfigurationFile(path: $0) }
    let layers = SettingLayers(flags: settings.values, environment: environment, file: file)
    return try DaemonConfiguration(layers)
  }
}

/// The program, for its main file, which then needs no parser of command lines.
package enum DaemonProgram {
  /// Runs `registryd` with the command line of the process; does not return on a failure.
  package static func main() async { await DaemonCommand.main() }
}
