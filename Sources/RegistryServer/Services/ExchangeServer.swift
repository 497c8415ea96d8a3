package import Exchange
package import Journal
package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Exchanges journals with the nodes below: takes their batches, gives them orders.
package struct ExchangeServer: ExchangeService {
  private let store: RegistryStore
  private let trust: Renewable<CertificateTrust>?

  /// Serves a store; `trust` checks the certificates of nodes whose streams others pass on.
  package init(store: RegistryStore, trust: Renewable<CertificateTrust>?) {
    self.store = store
    self.trust = trust
  }

  package func hello(
    _ request: HelloRequest,
    context: ServerContext
  ) async throws -> HelloResponse {
    guard request.version >= 1 else {
      throw RPCError(
        .invalidArgument,
        en: "version: the exchange begins with version 1",
        zh: "version：交换协议版本从 1 开始"
      )
    }
    return try await store.answer(
      request,
      from: try node(context),
      certificate: context.peer.certificate,
      trust: trust?.current
    )
  }

  package func openBatch(
    _ request: OpenBatchRequest,
    context: ServerContext
  ) async throws -> OpenBatchResponse {
    let node = try node(context)
    switch try await store.openBatch(request.offer ?? BatchOffer(), from: node) {
    case .wanted(let offset): return OpenBatchResponse(offset: offset)
    case .committed(let receipt): return OpenBatchResponse(receipt: receipt)
    }
  }

  package func sendBatch(
    _ requests: RequestStream<BatchChunk>,
    responses: ResponseWriter<BatchProgress>,
    context: ServerContext
  ) async throws {
    let node = try node(context)
    while let chunk = try await requests.next() {
      let offset = try await store.take(chunk, from: node)
      try await responses.write(BatchProgress(offset: offset))
    }
  }

  package func commitBatch(
    _ request: CommitBatchRequest,
    context: ServerContext
  ) async throws -> CommitBatchResponse {
    CommitBatchResponse(
      receipt: try await store.commitBatch(request, from: try node(context), trust: trust?.current)
    )
  }

  package func fetchBatch(
    _ request: FetchBatchRequest,
    responses: ResponseWriter<FetchBatchResponse>,
    context: ServerContext
  ) async throws {
    let node = try node(context)
    try await store.require(node, mayFetch: request.stream)
    guard let batch = try await store.nextBatch(of: request.stream, after: request.after) else {
      return
    }
    let isKnown = request.payloadDigest == batch.offer.payloadDigest
    var offset = isKnown ? Int(min(request.offset, UInt64(batch.payload.count))) : 0
    try await responses.write(FetchBatchResponse(offer: batch.offer, offset: UInt64(offset)))
    let digest = try batch.digest
    while offset < batch.payload.count {
      let end = min(offset + ChunkSize.initial, batch.payload.count)
      let chunk = try BatchChunk(
        of: request.stream,
        manifest: digest,
        offset: offset,
        octets: batch.payload[offset..<end]
      )
      try await responses.write(FetchBatchResponse(chunk: chunk))
      offset = end
    }
  }

  package func sendUrgent(
    _ request: SendUrgentRequest,
    context: ServerContext
  ) async throws -> SendUrgentResponse {
    try await store.takeUrgent(request, from: try node(context))
    return SendUrgentResponse()
  }

  package func deliverReceipt(
    _ request: DeliverReceiptRequest,
    context: ServerContext
  ) async throws -> DeliverReceiptResponse {
    let node = try node(context)
    try await store.keep(request.receipt ?? SignedReceipt(), of: node.uri)
    return DeliverReceiptResponse()
  }

  private func node(_ context: ServerContext) throws -> OfficeIdentity {
    guard let node = try context.scope.identity else {
      throw RPCError(
        .permissionDenied,
        en: "nodes alone exchange journals",
        zh: "仅节点之间可以交换日志"
      )
    }
    return node
  }
}
