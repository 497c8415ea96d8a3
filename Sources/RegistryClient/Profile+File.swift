internal import FoundationEssentials

extension Profile {
  /// Reads a named profile from a file `{"profiles": {"NAME": {…}}}`.
  ///
  /// Paths in it that are not absolute are seen from the file's directory; `~/` is the home.
  ///
  /// - Throws: `ProfileError` when the file cannot be read, is not as expected, has no profile of
  ///   that name, or one that lacks something.
  public static func load(_ name: String, from path: String) throws(ProfileError) -> Profile {
    let home = ProcessInfo.processInfo.environment["HOME"]
    let fields = try ProfileFile(path: path).fields(of: name, home: home)
    do {
      return try fields.profile()
    } catch {
      throw ProfileError(error.fault, path: path, profile: name)
    }
  }
}

extension Profile: Codable {
  /// Reads a profile as files hold it.
  ///
  /// - Throws: `DecodingError` in words that name the key that is missing or wrong.
  public init(from decoder: any Decoder) throws {
    let fields = try ProfileFields(from: decoder)
    do throws(ProfileError) {
      self = try fields.profile()
    } catch {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: error.description)
      )
    }
  }

  /// Writes a profile as files hold it.
  public func encode(to encoder: any Encoder) throws {
    try ProfileFields(self).encode(to: encoder)
  }
}
