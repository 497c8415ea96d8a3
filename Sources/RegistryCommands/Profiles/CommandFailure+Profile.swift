internal import RegistryClient
internal import RegistryModel

extension CommandFailure {
  /// A profile that cannot be had, told with the options that mend it.
  init(_ error: ProfileError) {
    let path = error.path ?? ""
    switch error.fault {
    case .unreadable:
      self.init(
        .configuration,
        Text(en: "cannot read the profile file \(path)", zh: "无法读取配置文件 \(path)"),
        details: [Self.profileHint]
      )
    case .malformed(let words):
      self.init(
        .configuration,
        Text(en: "the profile file \(path) is not as expected", zh: "配置文件 \(path) 格式不符"),
        details: [Text(words), Self.profileForm]
      )
    case .unknownProfile(let name, let known):
      let list = known.joined(separator: ", ")
      self.init(
        .configuration,
        Text(en: "\(path) has no profile \(name)", zh: "\(path) 中没有配置 \(name)"),
        details: [Text(en: "it has: \(list)", zh: "现有：\(list)")]
      )
    case .missing(let keys):
      let list = keys.map(\.option).joined(separator: ", ")
      self.init(
        .configuration,
        Text(en: "not given: \(list)", zh: "未给出：\(list)"),
        details: [Self.profileHint]
      )
    case .wrong(.purpose): self.init(unknownPurpose: .configuration)
    case .wrong(let key):
      self.init(
        .configuration,
        en: "\(key.option) must be \(key.expected)",
        zh: "\(key.option) 应为\(key.expectedChinese)"
      )
    }
  }

  /// A purpose that is none of the registry's, with those that are.
  init(unknownPurpose status: ExitStatus) {
    self.init(
      status,
      Text(en: "--purpose is none of the registry's purposes", zh: "--purpose 不是本登记系统的用途"),
      details: Purpose.allCases.map {
        Text(en: "allowed: \($0.rawValue)", zh: "可用：\($0.rawValue)（\($0.chinese)）")
      }
    )
  }

  private static let profileHint = Text(
    en: "name a profile with --profile or $REGISTRY_PROFILE, or give --server, --ca, --cert, "
      + "--key and --node",
    zh: "请用 --profile 或 $REGISTRY_PROFILE 指定配置，或给出 --server、--ca、--cert、--key 和 --node"
  )

  private static let profileForm = Text(
    #"{"profiles": {"NAME": {"server": "HOST:PORT", "ca": "FILE", "cert": "FILE", "#
      + #""key": "FILE", "node": "URI"}}}"#
  )
}

extension ProfileFields.Key {
  /// The option that gives the field; what only a file can say stands as its key there.
  fileprivate var option: String {
    switch self {
    case .server, .database, .ca, .cert, .key, .node, .purpose, .timeout, .compress, .transport:
      "--\(rawValue)"
    case .connectTimeout, .attempts: rawValue
    }
  }

  /// What the value must be, in Chinese.
  fileprivate var expectedChinese: String {
    switch self {
    case .server: " 主机:端口，例如 county.example:7443"
    case .database, .ca, .cert, .key: "文件"
    case .node: "节点 URI，例如 registry://421224/node/main"
    case .purpose: "用途，例如 schooling-support"
    case .timeout, .connectTimeout: "大于 0 且不超过 86400 的秒数"
    case .attempts: "整数"
    case .compress: "true 或 false"
    case .transport: "native 或 grpc"
    }
  }
}
