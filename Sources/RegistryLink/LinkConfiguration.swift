package import Exchange

/// How a node keeps its link to the node above.
package struct LinkConfiguration: Sendable {
  /// The node above, such as `registry://420000/node/main`.
  package var upstream: String
  /// What vouches for this node's streams.
  package var credential: Renewable<NodeCredential>
  /// The longest wait between two attempts, before the 20 % that chance adds.
  package var longestWait = Duration.seconds(900)
  /// How long an idle link waits until it asks for orders again.
  package var askEvery = Duration.seconds(30)
  /// How long an idle link waits until it looks for new entries of its own.
  package var lookEvery = Duration.milliseconds(200)
  /// How long the other side may take to confirm a piece before the link counts as cut.
  package var patience = Duration.seconds(120)

  /// Names what has no default.
  package init(upstream: String, credential: Renewable<NodeCredential>) {
    self.upstream = upstream
    self.credential = credential
  }
}

/// The steps at which a link can be interrupted; tests end the process there.
package enum LinkStep: String, Sendable, CaseIterable {
  case greeted
  case offered
  case opened
  case sentPiece = "sent-piece"
  case sentAll = "sent-all"
  case committed
  case keptReceipt = "kept-receipt"
  case tookBack = "took-back"
  case fetchedPiece = "fetched-piece"
  case fetched
  case appliedOrders = "applied-orders"
  case deliveredReceipt = "delivered-receipt"
}
