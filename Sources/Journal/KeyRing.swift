/// The node's keys, from which sealing contexts are made; shared between threads.
package final class KeyRing: Sendable {
  /// Oldest first.
  let keys: [NodeKey]
  /// Wraps the keys of new households.
  let current: NodeKey
  /// Makes the keyed digests. The oldest key's, so that a new node key changes no digest.
  let digestKey: SecretBytes

  init(keys: [NodeKey]) throws(JournalError) {
    guard let first = keys.first, let last = keys.last else {
      throw JournalError(.keyFile, "the key file holds no key")
    }
    guard keys.count <= NodeKeyFile.maximumKeys else {
      throw JournalError(.keyFile, "the key file holds more than \(NodeKeyFile.maximumKeys) keys")
    }
    self.keys = keys
    current = last
    digestKey = try first.makeDigestKey()
  }

  /// The key with this id, or nil.
  func key(_ id: UInt32) -> NodeKey? {
    keys.first { $0.id == id }
  }
}

/// One of the node's keys.
final class NodeKey: Sendable {
  /// Names the key beside what it wrapped: the first four octets of a hash of it.
  let id: UInt32
  /// Wraps households' keys.
  let wrappingKey: SecretBytes
  private let secret: SecretBytes

  init(secret: SecretBytes) throws(JournalError) {
    self.secret = secret
    wrappingKey = try HKDF.deriveKey(
      from: secret.octets,
      info: Array("registry wrapping key/1".utf8)
    )
    let name = try HKDF.deriveKey(from: secret.octets, info: Array("registry key id/1".utf8))
    id = name.octets.integer(at: 0)
  }

  func makeDigestKey() throws(JournalError) -> SecretBytes {
    try HKDF.deriveKey(from: secret.octets, info: Array("registry digest key/1".utf8))
  }
}
