/// What a test certificate says; the start is a right one, the tests then break it.
package struct TestLeaf: Sendable {
  /// Extended key usages, in OpenSSL's words; none leaves the extension out.
  package var usages: [String]
  /// URI names.
  package var uris: [String]
  /// Other names, in OpenSSL's words: `DNS:localhost`.
  package var otherNames: [String]
  /// The subject's common name.
  package var commonName: String
  /// Seconds from now until it is valid.
  package var notBefore: Int = -3600
  /// Seconds from now until it expires.
  package var notAfter: Int = 86_400

  /// A node's certificate: for server and client, as nodes call upstream too.
  package static func node(_ division: String, _ name: String) -> TestLeaf {
    TestLeaf(
      usages: ["serverAuth", "clientAuth"],
      uris: ["registry://\(division)/node/\(name)"],
      otherNames: ["DNS:localhost", "IP:127.0.0.1"],
      commonName: "\(division) \(name)"
    )
  }

  /// An office's certificate: for clients only.
  package static func office(
    _ division: String,
    _ kind: String,
    _ person: String,
    name: String = "Test Person"
  ) -> TestLeaf {
    TestLeaf(
      usages: ["clientAuth"],
      uris: ["registry://\(division)/\(kind)/\(person)"],
      otherNames: [],
      commonName: name
    )
  }

  /// The same with a change.
  package func with(_ change: (inout TestLeaf) -> Void) -> TestLeaf {
    var copy = self
    change(&copy)
    return copy
  }

  var subjectAlternativeNames: String? {
    let names = uris.map { "URI:\($0)" } + otherNames
    return names.isEmpty ? nil : names.joined(separator: ",")
  }
}

/// Paths of PEM files for one side of TLS.
package struct TestIdentity: Sendable {
  /// The issuer; it removes the files when it goes.
  package let issuer: TestAuthority
  /// The authority that issued the certificate.
  package let authority: String
  /// The certificate and those between it and the authority.
  package let chain: String
  /// The private key, mode 0600.
  package let key: String
}
