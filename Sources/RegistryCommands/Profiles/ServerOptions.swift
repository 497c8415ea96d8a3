internal import ArgumentParser
internal import Glibc
internal import RegistryClient

/// The options that name a server, shared by all commands that call one.
struct ServerOptions: ParsableArguments {
  @Option(
    name: .long,
    help: help(
      "Named profile (default: $REGISTRY_PROFILE).",
      "配置名称（默认取 $REGISTRY_PROFILE）。"
    )
  )
  var profile: String?

  @Option(
    name: .long,
    help: help(
      "File of profiles (default: $REGISTRY_PROFILES, else ~/.config/registry/profiles.json).",
      "配置文件（默认取 $REGISTRY_PROFILES，再取 ~/.config/registry/profiles.json）。"
    ),
    completion: .file(extensions: ["json"])
  )
  var profiles: String?

  @Option(
    name: .long,
    help: ArgumentHelp(words("The server.", "服务器。"), valueName: "host:port")
  )
  var server: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("Certification authorities to trust, PEM.", "受信任的证书机构（PEM）。"),
      valueName: "file"
    ),
    completion: .file()
  )
  var ca: String?

  @Option(
    name: .long,
    help: ArgumentHelp(words("This office's certificate, PEM.", "本机构证书（PEM）。"), valueName: "file"),
    completion: .file()
  )
  var cert: String?

  @Option(
    name: .long,
    help: ArgumentHelp(words("Its private key, PEM.", "证书私钥（PEM）。"), valueName: "file"),
    completion: .file()
  )
  var key: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "URI name that the server must prove, such as registry://421224/node/main.",
        "服务器必须证明的 URI 名称，例如 registry://421224/node/main。"
      ),
      valueName: "uri"
    )
  )
  var node: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The longest that one call may take (default: 30).", "单次调用的最长时间（默认 30）。"),
      valueName: "seconds"
    )
  )
  var timeout: Double?

  init() {}

  /// The profile that the options, the environment and the profile file give together.
  ///
  /// - Throws: `configuration`.
  func resolve(environment: [String: String]) throws(CommandFailure) -> Profile {
    var fields = ProfileFields(
      server: server,
      ca: ca,
      cert: cert,
      key: key,
      node: node,
      timeout: timeout
    )
    if let name = profile ?? environment["REGISTRY_PROFILE"], !name.isEmpty {
      let file = ProfileFile(path: profiles, environment: environment)
      fields = fields.over(try file.fields(of: name, environment: environment))
    }
    let profile = try fields.profile()
    for path in [profile.authorities, profile.certificate, profile.key]
    where access(path, R_OK) != 0 {
      let reason = String(cString: strerror(errno))
      throw CommandFailure(
        .configuration,
        en: "cannot read \(path): \(reason)",
        zh: "无法读取 \(path)：\(reason)"
      )
    }
    return profile
  }
}
