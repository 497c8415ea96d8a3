internal import FoundationEssentials

/// The file of named profiles.
///
/// JSON of the form `{"profiles": {"NAME": {"server": "HOST:PORT", "ca": "FILE", "cert": "FILE",
/// "key": "FILE", "node": "URI"}}}`; paths are seen from the file's directory.
package struct ProfileFile: Sendable {
  private struct Contents: Decodable {
    var profiles: [String: ProfileFields]
  }

  /// Where the file is.
  package let path: String

  /// The file at a given path, or the one that the environment says: `$REGISTRY_PROFILES`, else
  /// `~/.config/registry/profiles.json`.
  package init(path: String?, environment: [String: String]) {
    let config =
      environment["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      ?? (environment["HOME"] ?? "") + "/.config"
    self.path =
      path ?? environment["REGISTRY_PROFILES"].flatMap { $0.isEmpty ? nil : $0 }
      ?? config + "/registry/profiles.json"
  }

  /// What one profile says, with its paths made absolute or seen from here.
  ///
  /// - Throws: `configuration`, when the file cannot be read or has no such profile.
  package func fields(
    of name: String,
    environment: [String: String]
  ) throws(CommandFailure) -> ProfileFields {
    let profiles = try read()
    guard let fields = profiles[name] else {
      let known = profiles.keys.sorted().joined(separator: ", ")
      throw CommandFailure(
        .configuration,
        Text(en: "\(path) has no profile \(name)", zh: "\(path) 中没有配置 \(name)"),
        details: [Text(en: "it has: \(known)", zh: "现有：\(known)")]
      )
    }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return fields.resolved(from: directory, home: environment["HOME"])
  }

  private func read() throws(CommandFailure) -> [String: ProfileFields] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw CommandFailure(
        .configuration,
        Text(en: "cannot read the profile file \(path)", zh: "无法读取配置文件 \(path)"),
        details: [Self.hint]
      )
    }
    do {
      return try JSONDecoder().decode(Contents.self, from: data).profiles
    } catch {
      throw CommandFailure(
        .configuration,
        Text(en: "the profile file \(path) is not as expected", zh: "配置文件 \(path) 格式不符"),
        details: [
          Text(
            #"{"profiles": {"NAME": {"server": "HOST:PORT", "ca": "FILE", "cert": "FILE", "#
              + #""key": "FILE", "node": "URI"}}}"#
          )
        ]
      )
    }
  }

  static let hint = Text(
    en: "name a profile with --profile or $REGISTRY_PROFILE, or give --server, --ca, --cert, "
      + "--key and --node",
    zh: "请用 --profile 或 $REGISTRY_PROFILE 指定配置，或给出 --server、--ca、--cert、--key 和 --node"
  )
}
