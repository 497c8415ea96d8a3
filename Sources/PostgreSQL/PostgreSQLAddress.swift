/// The text that names a PostgreSQL database, `postgresql://…`.
package enum PostgreSQLAddress {
  /// Whether a text is such a URL; everything else is a file's path.
  package static func isURL(_ text: String) -> Bool {
    text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
  }

  /// The URL as it may be printed: without passwords, wherever they stand.
  package static func redacted(_ url: String) -> String {
    guard let colons = url.firstRange(of: "://") else { return "postgresql://***" }
    var rest = url[colons.upperBound...]
    var query: Substring = ""
    if let mark = rest.firstIndex(of: "?") {
      query = rest[mark...]
      rest = rest[..<mark]
    }
    var user: Substring = ""
    // The last one: a password may hold the character too.
    if let at = rest.lastIndex(of: "@") {
      user = rest[...at]
      rest = rest[rest.index(after: at)...]
    }
    if let colon = user.firstIndex(of: ":") { user = user[..<colon] + "@" }
    return url[..<colons.upperBound] + user + rest + safe(query)
  }

  /// The options without those that hold secrets.
  private static func safe(_ query: Substring) -> String {
    // A question mark inside a password, which libpq refuses, would put its end here.
    if query.isEmpty || query.contains("@") { return "" }
    let kept = query.dropFirst().split(separator: "&").filter { option in
      let name = option.prefix { $0 != "=" }.lowercased()
      // A name may be percent-encoded: those that are tell nothing and go too.
      return !name.contains("password") && !name.contains("%")
    }
    return kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
  }
}
