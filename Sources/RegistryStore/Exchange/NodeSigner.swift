package import Journal

/// The key that signs for a node: its journal's heads, its batches and its receipts.
package struct NodeSigner: Sendable {
  /// The private key.
  package let key: SigningKey
  /// Its public half.
  package let verifyingKey: VerifyingKey
  /// Keys that signed before, by their public halves: they vouch for the present one.
  let earlier: [VerifyingKey: SigningKey]

  /// Takes Ed25519 keys, the present one last; nil for none, or keys of another kind.
  package init?(_ keys: [SigningKey]) {
    guard let key = keys.last, let verifyingKey = key.verifyingKey else { return nil }
    self.key = key
    self.verifyingKey = verifyingKey
    var earlier: [VerifyingKey: SigningKey] = [:]
    for key in keys.dropLast() {
      guard let known = key.verifyingKey else { return nil }
      earlier[known] = key
    }
    self.earlier = earlier
  }
}
