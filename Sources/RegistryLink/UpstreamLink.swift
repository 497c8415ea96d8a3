internal import CoreMetrics
internal import Exchange
internal import Journal
package import Logging
package import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryStore

/// A node's link to the node above: it keeps that node up to date by itself, and takes its orders.
///
/// All that must survive stands in the store: a link that is cut or killed goes on where it was,
/// and every entry takes effect once.
package struct UpstreamLink: Sendable {
  private let store: RegistryStore
  private let exchange: ExchangeClient
  private let configuration: LinkConfiguration
  private let log: Logger
  private let interruptions = Counter(label: "registry_link_interruptions")
  private let exchanges = Counter(label: "registry_link_exchanges")
  /// Called at each step, for tests.
  private let observe: @Sendable (LinkStep) -> Void

  /// Prepares a link over a channel to the node above.
  ///
  /// Throws `StoreError` if the node has no signing key, `JournalError` if its certificate's key
  /// cannot sign.
  package init(
    store: RegistryStore,
    channel: any Channel,
    configuration: LinkConfiguration,
    log: Logger,
    observe: @escaping @Sendable (LinkStep) -> Void = { _ in }
  ) throws {
    // Told at once, not at every attempt.
    _ = try configuration.credential.current.vouch(for: store.introduction)
    self.store = store
    exchange = ExchangeClient(channel)
    self.configuration = configuration
    self.log = log
    self.observe = observe
  }

  /// Keeps the link until the task is cancelled: connects, exchanges, waits, and tries again after
  /// every failure.
  package func run() async {
    var backoff = LinkBackoff(cap: configuration.longestWait)
    var pieces = ChunkSize(maximum: store.limits.chunkBytes)
    var random = SystemRandomNumberGenerator()
    while !Task.isCancelled {
      do {
        // What is recorded from here on is news, also while the exchange runs.
        let size = try store.status().journalSize
        let moved = try await exchangeOnce(&pieces)
        exchanges.increment()
        backoff.reset()
        if !moved { try await rest(since: size) }
      } catch is CancellationError {
        return
      } catch {
        if Task.isCancelled { return }
        pieces.failed()
        await note(error)
        let wait = backoff.next(using: &random)
        interruptions.increment()
        log.warning(
          "link interrupted",
          metadata: ["upstream": "\(configuration.upstream)", "reason": "\(Self.words(error).0)"]
        )
        try? await Task.sleep(for: wait)
      }
    }
  }

  /// Greets the node above once, sends what waits and takes what is there; whether anything moved.
  ///
  /// Throws what the calls and the store throw, and `LinkAlarm` for a stream that is not in order.
  package func exchangeOnce() async throws -> Bool {
    var pieces = ChunkSize(maximum: store.limits.chunkBytes)
    return try await exchangeOnce(&pieces)
  }

  private func exchangeOnce(_ pieces: inout ChunkSize) async throws -> Bool {
    let sent = try await introductions()
    let (received, witnessed) = try await store.receivedFromAbove(configuration.upstream)
    let request = HelloRequest(
      version: exchangeVersion,
      streams: sent.map(\.0),
      sent: sent.map(\.1),
      received: received,
      witnessed: witnessed
    )
    let answer = try await exchange.hello(request)
    observe(.greeted)
    guard answer.streams.count == sent.count else {
      throw RPCError(.internalError, "the node above answered for other streams")
    }
    try await store.take(
      answer,
      from: configuration.upstream,
      certificate: answer.offered.first?.certificate ?? []
    )
    pieces.limit(Int(answer.chunkLimit))
    var moved = false
    var failure: (any Error)?
    for (stream, state) in zip(sent, answer.streams) {
      do {
        if try await send(stream.0.stream, state, &pieces) { moved = true }
      } catch let error as RPCError where error.code == .failedPrecondition {
        // One stream that is held up, perhaps by another of these, holds up no other.
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    for (offered, position) in zip(answer.offered, answer.offeredPositions).dropFirst() {
      if try await fetch(offered, upTo: position.size) { moved = true }
    }
    return moved
  }

  /// The streams that go up, this node's own vouched for by its certificate.
  private func introductions() async throws -> [(StreamIntroduction, StreamPosition)] {
    var sent = try await store.sentUpwards()
    sent[0].0 = try configuration.credential.current.vouch(for: store.introduction)
    return sent
  }

  /// Waits until the journal has grown, or it is time to ask for orders. A copy that came from below
  /// leaves an entry of its own, so that it goes up too.
  private func rest(since size: UInt64) async throws {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: configuration.askEvery)
    while try store.status().journalSize == size, clock.now < end {
      try await clock.sleep(for: configuration.lookEvery)
    }
  }
}

/// Sending.
extension UpstreamLink {
  /// Sends what the node above lacks of a stream; whether there was anything.
  private func send(
    _ stream: [UInt8],
    _ state: StreamState,
    _ pieces: inout ChunkSize
  ) async throws -> Bool {
    let applied = state.applied ?? StreamPosition()
    if stream == store.journalStream, state.relation == .senderBehind {
      try await takeBack(applied)
      return true
    }
    if stream == store.journalStream, store.isRestored {
      // Nothing was lost behind the backup.
      try await store.resume("nothing is missing: \(configuration.upstream)")
      return true
    }
    guard state.relation == .inOrder else { throw LinkAlarm(stream: stream, state.relation) }
    guard try await store.agrees(with: applied) else {
      try await report(stream, at: applied.size)
      throw LinkAlarm(stream: stream, .forked)
    }
    // A receipt that was lost on its way back.
    if let receipt = state.lastReceipt {
      try await store.keep(receipt, of: configuration.upstream)
    }
    var position = applied.size
    var moved = false
    while let batch = try await store.nextBatch(of: stream, after: position) {
      if stream == store.journalStream {
        // What one piece carries is there as soon as what would go ahead of it.
        let isBulk = batch.payload.count > pieces.octets
        try await sendUrgent(after: isBulk ? position : batch.manifest.last)
      }
      observe(.offered)
      let receipt = try await send(batch, &pieces)
      try await store.keep(receipt, of: configuration.upstream)
      observe(.keptReceipt)
      position = batch.manifest.last
      moved = true
    }
    return moved
  }

  /// Sends what goes ahead of the bulk, behind an entry that the node above has or is about to.
  private func sendUrgent(after position: UInt64) async throws {
    while let request = try await store.urgentEntries(after: position) {
      do {
        _ = try await exchange.sendUrgent(request)
      } catch let error as RPCError where error.code == .unimplemented {
        // An older node above has it in its order, as everything else.
        return
      }
      try await store.noteTold(request)
    }
  }

  /// Tells the node above what root this one has where that one stands, so that it sees the fork too.
  private func report(_ stream: [UInt8], at size: UInt64) async throws {
    var sent = try await introductions()
    guard let place = sent.firstIndex(where: { $0.0.stream == stream }) else { return }
    sent[place].1.size = size
    sent[place].1.root = try await store.root(of: stream, at: size)
    _ = try await exchange.hello(
      HelloRequest(version: exchangeVersion, streams: sent.map(\.0), sent: sent.map(\.1))
    )
  }

  private func send(
    _ batch: OutgoingBatch,
    _ pieces: inout ChunkSize
  ) async throws -> SignedReceipt {
    let opened = try await exchange.openBatch(OpenBatchRequest(offer: batch.offer))
    observe(.opened)
    if let receipt = opened.receipt { return receipt }
    let digest = try batch.digest
    if opened.offset < batch.offer.payloadLength {
      try await sendPayload(batch, from: opened.offset, digest, &pieces)
    }
    observe(.sentAll)
    let committed = try await exchange.commitBatch(
      CommitBatchRequest(stream: batch.manifest.stream, manifest: digest)
    )
    observe(.committed)
    guard let receipt = committed.receipt else {
      throw RPCError(.internalError, "the node above gave no receipt")
    }
    return receipt
  }

  private func sendPayload(
    _ batch: OutgoingBatch,
    from offset: UInt64,
    _ digest: [UInt8],
    _ pieces: inout ChunkSize
  ) async throws {
    let call = try await exchange.sendBatch()
    var offset = Int(offset)
    var refused = 0
    var looked = try store.status().journalSize
    while offset < batch.payload.count {
      let end = min(offset + pieces.octets, batch.payload.count)
      let chunk = try BatchChunk(
        of: batch.manifest.stream,
        manifest: digest,
        offset: offset,
        octets: batch.payload[offset..<end]
      )
      let progress = try await within(configuration.patience) {
        try await call.send(chunk)
        return try await call.responses.next()
      }
      guard let progress else {
        throw RPCError(.unavailable, "the node above ended the transfer")
      }
      observe(.sentPiece)
      // What was recorded meanwhile and is urgent does not wait for the rest.
      let size = try store.status().journalSize
      if size != looked, batch.manifest.stream == store.journalStream {
        looked = size
        try await sendUrgent(after: batch.manifest.last)
      }
      if Int(progress.offset) == end {
        pieces.succeeded()
        refused = 0
      } else {
        // Another call sends the same batch, or the piece was damaged: go on where it is.
        refused += 1
        guard refused < 8, progress.offset <= batch.offer.payloadLength else {
          throw RPCError(.aborted, "the node above takes the payload from elsewhere")
        }
      }
      offset = Int(progress.offset)
    }
    try await call.finishSending()
    _ = try await call.responses.next()
  }
}

/// A node that was restored.
extension UpstreamLink {
  /// Fetches the own entries that the node above has and this one lost, then goes on under a new
  /// epoch.
  private func takeBack(_ applied: StreamPosition) async throws {
    try await store.markRestored()
    log.warning(
      "this node was restored: its later entries are fetched back",
      metadata: ["upstream": "\(configuration.upstream)", "up to": "\(applied.size)"]
    )
    var position = try await store.ownPosition().size
    while position < applied.size {
      let call = try await exchange.fetchBatch(
        FetchBatchRequest(stream: store.journalStream, after: position)
      )
      let first = try await within(configuration.patience) { try await call.next() }
      guard let offer = first?.offer else {
        throw RPCError(.unavailable, "the node above gives no further entries")
      }
      var payload: [UInt8] = []
      payload.reserveCapacity(Int(min(offer.payloadLength, 1 << 24)))
      while let piece = try await within(configuration.patience, { try await call.next() }) {
        payload += piece.chunk?.octets ?? []
        guard payload.count <= offer.payloadLength else {
          throw RPCError(.internalError, "the node above sends more than it offered")
        }
      }
      try await store.takeBack(offer, payload: payload)
      observe(.tookBack)
      position = try await store.ownPosition().size
    }
    guard try await store.agrees(with: applied) else {
      throw LinkAlarm(stream: store.journalStream, .forked)
    }
    try await store.resume("own entries fetched back from \(configuration.upstream)")
  }
}

/// Fetching.
extension UpstreamLink {
  /// Fetches orders until there are none; whether there were any.
  private func fetch(_ offered: StreamIntroduction, upTo size: UInt64) async throws -> Bool {
    var moved = false
    while true {
      let state = try await store.fetchState(of: offered.stream)
      guard state.position < size else { return moved }
      guard let receipt = try await fetchBatch(offered.stream, state) else { return moved }
      observe(.appliedOrders)
      _ = try await exchange.deliverReceipt(DeliverReceiptRequest(receipt: receipt))
      observe(.deliveredReceipt)
      moved = true
    }
  }

  private func fetchBatch(
    _ stream: [UInt8],
    _ state: RegistryStore.FetchState
  ) async throws -> SignedReceipt? {
    let call = try await exchange.fetchBatch(
      FetchBatchRequest(
        stream: stream,
        after: state.position,
        payloadDigest: state.open?.payloadDigest ?? [],
        offset: state.offset
      )
    )
    let first = try await within(configuration.patience) { try await call.next() }
    guard let first else { return nil }
    guard let offer = first.offer else {
      throw RPCError(.internalError, "the node above sent a piece without its batch")
    }
    switch try await store.openBatch(offer, from: nil) {
    case .committed(let receipt): return receipt
    case .wanted(let offset):
      // The payload may have been cut differently: then it begins anew.
      guard first.offset <= offset else {
        throw RPCError(.aborted, "the node above sends the payload from elsewhere")
      }
      while let piece = try await within(configuration.patience, { try await call.next() }) {
        guard let chunk = piece.chunk else { continue }
        _ = try await store.take(chunk, from: nil)
        observe(.fetchedPiece)
      }
    }
    observe(.fetched)
    let digest = try SHA256Context().hash(offer.manifest).bytes
    return try await store.commitBatch(
      CommitBatchRequest(stream: stream, manifest: digest),
      from: nil
    )
  }
}

/// A stream whose two sides do not agree; operators must look.
package struct LinkAlarm: Error, Sendable {
  /// The stream.
  package let stream: [UInt8]
  /// How its two sides compare.
  package let relation: StreamRelation

  init(stream: [UInt8], _ relation: StreamRelation) {
    self.stream = stream
    self.relation = relation
  }
}

extension UpstreamLink {
  private func note(_ error: any Error) async {
    let alarm = error as? LinkAlarm
    do {
      try await store.note(
        Self.words(error),
        relation: alarm?.relation,
        of: alarm?.stream ?? store.journalStream
      )
    } catch {
      log.error("the link's state cannot be noted", metadata: ["reason": "\(error)"])
    }
  }

  /// What went wrong, in both languages.
  static func words(_ error: any Error) -> (String, String) {
    switch error {
    case let alarm as LinkAlarm: return alarm.relation.alarm
    case let error as StoreError: return (error.message, error.messageChinese)
    case let error as RPCError:
      let details = try? ErrorDetails(wireArray: error.details)
      let chinese = details?.messageZh ?? ""
      return (error.message, chinese.isEmpty ? error.message : chinese)
    default: return ("\(error)", "\(error)")
    }
  }
}

/// Throws UNAVAILABLE if the work takes longer: nothing came, so the link counts as cut.
private func within<Result: Sendable>(
  _ patience: Duration,
  _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: patience)
      return nil
    }
    defer { group.cancelAll() }
    guard let first = try await group.next(), let result = first else {
      throw RPCError(.unavailable, "the other side has not moved for \(patience)")
    }
    return result
  }
}
