internal import ArgumentParser
internal import Glibc
internal import RegistryClient
internal import RegistryModel

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
    help: ArgumentHelp(
      words(
        "The server (usual port: 7443); several addresses of one node with commas.",
        "服务器（端口默认 7443）；同一节点的多个地址以逗号分隔。"
      ),
      valueName: "host:port"
    )
  )
  var server: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words(
        "A stand-alone registry's file, opened in place of calling a server.",
        "单机版数据库文件，直接打开而不连接服务器。"
      ),
      valueName: "file"
    ),
    completion: .file()
  )
  var database: String?

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
      words(
        "What the office looks for; offices bound to a purpose see people only with it: "
          + Purpose.allCases.map(\.rawValue).joined(separator: ", ") + ".",
        "查看的用途；限定用途的机构须说明用途才能查看人员："
          + Purpose.allCases.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: "、") + "。"
      ),
      valueName: "purpose"
    ),
    completion: .list(Purpose.allCases.map(\.rawValue))
  )
  var purpose: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      words("The longest that one call may take (default: 30).", "单次调用的最长时间（默认 30）。"),
      valueName: "seconds"
    )
  )
  var timeout: Double?

  @Flag(
    name: .long,
    help: help(
      "Compress what is sent and received: for slow links.",
      "压缩收发的内容，适用于慢速网络。"
    )
  )
  var compress = false

  @Option(
    name: .long,
    help: help(
      "Call the server in the native protocol or in gRPC over HTTP/2: native (default), grpc.",
      "调用服务器所用的协议：native（默认）或 grpc（HTTP/2 上的 gRPC）。"
    )
  )
  var transport: TransportName?

  init() {}

  /// How long a unary call may take when nobody says it, in seconds.
  private static let usualTimeout = 30.0

  /// The profile that the options, the environment and the profile file give together.
  ///
  /// - Throws: `configuration`; `usage` for a purpose that is none.
  func resolve(environment: [String: String]) throws(CommandFailure) -> Profile {
    if let purpose, Purpose(rawValue: purpose) == nil {
      throw CommandFailure(unknownPurpose: .usage)
    }
    let profile: Profile
    do throws(ProfileError) {
      profile = try fields(environment: environment).profile()
    } catch {
      throw CommandFailure(error)
    }
    if let purpose = profile.purpose, Purpose(rawValue: purpose) == nil {
      throw CommandFailure(unknownPurpose: .configuration)
    }
    for path in [profile.authorities, profile.certificate, profile.key]
    where access(path, R_OK) != 0 { throw .cannotRead(path, errno, .configuration) }
    return profile
  }

  private func fields(
    environment: [String: String]
  ) throws(ProfileError) -> ProfileFields {
    var fields = ProfileFields(
      server: server,
      database: database ?? environment["REGISTRY_DATABASE"].flatMap { $0.isEmpty ? nil : $0 },
      ca: ca,
      cert: cert,
      key: key,
      node: node,
      purpose: purpose,
      timeout: timeout,
      compress: compress ? true : nil,
      transport: transport?.transport
    )
    if let name = profile ?? environment["REGISTRY_PROFILE"], !name.isEmpty {
      let file = ProfileFile(path: profiles, environment: environment)
      fields = fields.over(try file.fields(of: name, home: environment["HOME"]))
    }
    fields.timeout = fields.timeout ?? Self.usualTimeout
    return fields
  }
}

/// The protocols that `--transport` names.
enum TransportName: String, ExpressibleByArgument {
  case native, grpc

  var transport: Transport {
    switch self {
    case .native: .native
    case .grpc: .grpc
    }
  }
}
