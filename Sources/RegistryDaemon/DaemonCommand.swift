package import ArgumentParser
package import Bilingual
internal import Glibc

/// `registryd`: serves the household files of one division until it is told to stop.
package struct DaemonCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "registryd",
    abstract: words(
      "Serves the household registry of one division over mutually authenticated TLS.",
      "经双向认证的 TLS 提供一个行政区划的建档立卡登记服务。"
    ),
    discussion: explanation(.ofProcess),
    version: Daemon.version
  )

  @Option(
    help: help(
      "Configuration file (JSON); REGISTRY_CONFIG in the environment.",
      "配置文件（JSON）；环境变量为 REGISTRY_CONFIG。"
    )
  )
  package var config: String?
  @Flag(
    help: help(
      "Check configuration and certificates, say what would be served, and end.",
      "检查配置和证书，说明将提供的服务，然后结束。"
    )
  )
  package var checkConfig = false
  @Option(
    help: help("File to write HOST:PORT to once the node serves.", "开始服务后将 主机:端口 写入此文件。")
  )
  package var readyFile: String?
  @OptionGroup(title: words("Settings", "设置"))
  package var settings: SettingFlags
  @OptionGroup
  package var language: LanguageOptions

  /// Takes a command line.
  package init() {}

  /// Serves until told to stop.
  package func run() async throws {
    do {
      let configuration = try configured()
      let daemon = try Daemon(configuration, readyFile: readyFile)
      if checkConfig {
        let place = "\(configuration.identity)"
        let database = configuration.database
        print(words("configuration ok: \(place) on \(database)", "配置无误：\(place)，数据库 \(database)"))
      } else {
        try await daemon.run()
      }
    } catch {
      let failure = DaemonFailure(starting: error)
      Console.say(Text(en: "registryd: \(failure.words.en)", zh: "registryd：\(failure.words.zh)"))
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
  package static func main() async {
    do {
      var command = try DaemonCommand.parseAsRoot()
      if let daemon = command as? DaemonCommand {
        try await daemon.run()
      } else {
        try command.run()
      }
    } catch {
      let code = DaemonCommand.exitCode(for: error)
      let text = DaemonCommand.fullMessage(for: error)
      if !text.isEmpty {
        let told = ParserText.told(text, in: .ofProcess)
        if code.isSuccess { Console.announce(told) } else { Console.say(Text(told)) }
      }
      exit(code.rawValue)
    }
  }
}
