package import Journal

/// The key that signs for a node: its journal's heads, its batches and its receipts.
package struct NodeSigner: Sendable {
  /// The private key.
  package let key: SigningKey
  /// Its public half.
  package let verifyingKey: VerifyingKey

  /// Takes an Ed25519 key; nil for one of another kind.
  package init?(_ key: SigningKey) {
    guard let verifyingKey = key.verifyingKey else { return nil }
    self.key = key
    self.verifyingKey = verifyingKey
  }
}
