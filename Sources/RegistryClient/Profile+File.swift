internal import FoundationEssentials

/// A profile that cannot be had: what is wrong with which file.
public struct ProfileError: Error, Sendable, CustomStringConvertible {
  /// The file and the fault.
  public let description: String
}

extension Profile {
  private struct Contents: Decodable {
    var profiles: [String: Profile]
  }

  /// Reads a named profile from a file `{"profiles": {"NAME": {…}}}`.
  ///
  /// Paths in it that are not absolute are seen from the file's directory; `~/` is the home.
  ///
  /// - Throws: `ProfileError` when the file cannot be read, is not as expected, or has no profile
  ///   of that name.
  public static func load(_ name: String, from path: String) throws(ProfileError) -> Profile {
    let data: Data
    do {
      data = try Data(contentsOf: URL(filePath: path))
    } catch {
      throw ProfileError(description: "cannot read the profile file \(path)")
    }
    let profiles: [String: Profile]
    do {
      profiles = try JSONDecoder().decode(Contents.self, from: data).profiles
    } catch {
      throw ProfileError(description: "\(path) is not as expected: \(words(error))")
    }
    guard let profile = profiles[name] else {
      let known = profiles.keys.sorted().joined(separator: ", ")
      throw ProfileError(description: "\(path) has no profile \(name); it has: \(known)")
    }
    let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return profile.resolved(from: directory)
  }

  /// The profile with paths that are absolute or seen from here.
  func resolved(from directory: String) -> Profile {
    func resolve(_ path: String) -> String {
      if path.hasPrefix("/") { return path }
      if path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"] {
        return home + path.dropFirst()
      }
      return directory + "/" + path
    }
    var profile = self
    profile.authorities = resolve(authorities)
    profile.certificate = resolve(certificate)
    profile.key = resolve(key)
    return profile
  }

  private static func words(_ error: any Error) -> String {
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): "no \(at(context.codingPath))\(key.stringValue)"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "\(at(context.codingPath)) \(context.debugDescription)"
    case .dataCorrupted(let context): "\(at(context.codingPath)) \(context.debugDescription)"
    default: "not JSON"
    }
  }

  private static func at(_ path: [any CodingKey]) -> String {
    path.map { $0.stringValue + "." }.joined()
  }
}
