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

  /// The file at a given path.
  package init(path: String) { self.path = path }

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
  /// - Throws: `ProfileError`, when the file cannot be read or has no such profile.
  package func fields(of name: String, home: String?) throws(ProfileError) -> ProfileFields {
    let profiles = try read()
    guard let fields = profiles[name] else {
      throw ProfileError(.unknownProfile(name, known: profiles.keys.sorted()), path: path)
    }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    return fields.resolved(from: directory, home: home)
  }

  private func read() throws(ProfileError) -> [String: ProfileFields] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw ProfileError(.unreadable, path: path)
    }
    do {
      return try JSONDecoder().decode(Contents.self, from: data).profiles
    } catch {
      throw ProfileError(.malformed(Self.words(error)), path: path)
    }
  }

  private static func words(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): "no \(at(context.codingPath))\(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(at(context.codingPath)) \(context.debugDescription)"
    case .dataCorrupted(let context) where !context.codingPath.isEmpty:
      "\(at(context.codingPath)) \(context.debugDescription)"
    default: "not JSON"
    }
  }

  private static func at(_ path: [any CodingKey]) -> String {
    path.map { $0.stringValue + "." }.joined()
  }
}
