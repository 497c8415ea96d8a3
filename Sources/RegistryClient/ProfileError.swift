/// A profile that cannot be had: what is wrong with which file or field.
public struct ProfileError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong; open to those who tell it in their own words.
  package enum Fault: Sendable, Hashable {
    /// The file cannot be read.
    case unreadable
    /// The file is not JSON, or not of the form expected: where, and the reader's words.
    case malformed(String)
    /// The file has no such profile; it has these.
    case unknownProfile(String, known: [String])
    /// Fields that must be given and are not.
    case missing([ProfileFields.Key])
    /// A field with a value that is not what it must be.
    case wrong(ProfileFields.Key)
  }

  /// What is wrong.
  package let fault: Fault
  /// The file, unless the fields come from elsewhere.
  package var path: String?
  /// The profile's name, when the fault lies in one.
  package var profile: String?

  /// Describes a fault.
  package init(_ fault: Fault, path: String? = nil, profile: String? = nil) {
    self.fault = fault
    self.path = path
    self.profile = profile
  }

  /// The file and the fault.
  public var description: String {
    let file = path ?? "the profile"
    let place = profile.map { "\(file), profile \($0)" } ?? file
    return switch fault {
    case .unreadable: "cannot read the profile file \(file)"
    case .malformed(let words): "\(file) is not as expected: \(words)"
    case .unknownProfile(let name, let known):
      "\(file) has no profile \(name); it has: \(known.joined(separator: ", "))"
    case .missing(let keys): "\(place): not given: \(keys.map(\.rawValue).joined(separator: ", "))"
    case .wrong(let key): "\(place): \(key.rawValue) must be \(key.expected)"
    }
  }
}
