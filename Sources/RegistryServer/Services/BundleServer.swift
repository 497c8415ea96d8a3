package import Exchange
package import Journal
package import RPCCore
internal import RPCProtobuf
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Carries batches and receipts by file: the same octets and rules as over the link.
package struct BundleServer: BundleService {
  private let store: RegistryStore
  private let credential: Renewable<NodeCredential>?
  private let trust: Renewable<CertificateTrust>?
  private let upstream: String

  /// Serves a store; `credential` opens what is sealed to the node and vouches for what it sends,
  /// `trust` checks the certificates of others, `upstream` names the node above if it is known.
  package init(
    store: RegistryStore,
    credential: Renewable<NodeCredential>?,
    trust: Renewable<CertificateTrust>?,
    upstream: String
  ) {
    self.store = store
    self.credential = credential
    self.trust = trust
    self.upstream = upstream
  }

  package func exportBundle(
    _ request: ExportBundleRequest,
    responses: ResponseWriter<ExportBundleResponse>,
    context: ServerContext
  ) async throws {
    try store.requireWhole(try context.scope, .bundle)
    let (credential, trust) = try means()
    let recipient = try known(request.recipient, trust)
    // A bundle holds everything: it goes to the node above or below, or to the office whose it is.
    guard let holder = recipient.identity.flatMap({ OfficeIdentity(uri: $0) }) else {
      throw RPCError(.invalidArgument, en: "recipient: no office's", zh: "recipient：不是单位证书")
    }
    if request.giveBack {
      return try await giveBack(request, to: recipient, holder, credential, responses)
    }
    let outgoing = try await store.outgoing(to: holder)
    let introduction = try credential.vouch(for: outgoing.introduction)
    let after = request.after == 0 && !request.anew ? outgoing.sent : request.after
    _ = try await write(
      introduction.stream,
      after: after,
      size: outgoing.size,
      limit: request.limit,
      as: introduction,
      to: recipient,
      responses
    )
  }

  /// Writes the batches of a stream as parts; whether all are written, and the limit was not reached
  /// before.
  private func write(
    _ stream: [UInt8],
    after start: UInt64,
    size: UInt64,
    limit: UInt64,
    as introduction: StreamIntroduction,
    to recipient: SignerCertificate,
    _ responses: ResponseWriter<ExportBundleResponse>
  ) async throws -> Bool {
    var after = start
    var octets: UInt64 = 0
    while let batch = try await store.nextBatch(of: stream, after: after) {
      after = batch.manifest.last
      let part = BundlePart(
        introduction: introduction,
        offer: batch.offer,
        payload: batch.payload
      )
      let sealed = try SealedEnvelope.seal(part.serializedBytes(), to: [recipient])
      try await responses.write(
        ExportBundleResponse(part: sealed, last: after, size: max(after, size))
      )
      octets += UInt64(sealed.count)
      if limit > 0, octets >= limit { return after >= size }
    }
    return true
  }

  /// Gives a node its own journal back, then the receipt of its last batch, which shows that it has
  /// all of it.
  private func giveBack(
    _ request: ExportBundleRequest,
    to recipient: SignerCertificate,
    _ holder: OfficeIdentity,
    _ credential: NodeCredential,
    _ responses: ResponseWriter<ExportBundleResponse>
  ) async throws {
    let (stream, size, receipt) = try await store.givenBack(to: holder)
    let introduction = try credential.vouch(for: store.introduction)
    let isWhole = try await write(
      stream,
      after: request.after,
      size: size,
      limit: request.limit,
      as: introduction,
      to: recipient,
      responses
    )
    guard isWhole, let receipt else { return }
    let part = BundlePart(introduction: introduction, receipt: receipt)
    let sealed = try SealedEnvelope.seal(part.serializedBytes(), to: [recipient])
    try await responses.write(ExportBundleResponse(part: sealed, last: size, size: size))
  }

  package func importBundle(
    _ requests: RequestStream<ImportBundleRequest>,
    responses: ResponseWriter<ImportBundleResponse>,
    context: ServerContext
  ) async throws {
    try store.requireWhole(try context.scope, .bundle)
    let (credential, trust) = try means()
    while let request = try await requests.next() {
      let octets = try opened(request.part, credential)
      guard let part = try? BundlePart(wireArray: octets), let introduction = part.introduction,
        let node = OfficeIdentity(uri: introduction.node)
      else {
        throw RPCError(
          .invalidArgument,
          en: "part: sealed octets that are no part of a bundle",
          zh: "part：内容不是交换文件的一部分"
        )
      }
      try await store.meet(introduction, from: node, trust: trust, upstream: upstream)
      if let offer = part.offer,
        let manifest = try? BatchManifest(wireArray: offer.manifest),
        manifest.stream == store.journalStream
      {
        // Signed by this node's own key, whoever carried it.
        try await store.takeBack(offer, payload: part.payload)
        try await responses.write(
          ImportBundleResponse(
            node: store.node.uri,
            first: manifest.first,
            last: manifest.last,
            takenBack: true
          )
        )
        continue
      }
      if let receipt = part.receipt {
        try await store.keep(receipt, of: introduction.node)
        let resumed = try await store.resume(shownBy: receipt, of: introduction.node)
        let told = try BatchReceipt(wireArray: receipt.receipt)
        try await responses.write(
          ImportBundleResponse(
            node: introduction.node,
            first: told.first,
            last: told.last,
            refused: told.refused,
            resumed: resumed
          )
        )
        continue
      }
      // Orders come from above, from where this node would have fetched them.
      let receipt = try await carryOut(
        part,
        of: introduction.stream,
        from: introduction.role == .orders ? nil : node
      )
      let body = try BatchReceipt(wireArray: receipt.receipt)
      let answer = BundlePart(
        introduction: try credential.vouch(for: store.introduction),
        receipt: receipt
      )
      let sender = try SignerCertificate(der: introduction.certificate)
      try await responses.write(
        ImportBundleResponse(
          receipt: try SealedEnvelope.seal(answer.serializedBytes(), to: [sender]),
          node: introduction.node,
          first: body.first,
          last: body.last,
          refused: body.refused
        )
      )
    }
  }

  /// Takes a batch as the link would: opened, its payload in pieces, committed.
  private func carryOut(
    _ part: BundlePart,
    of stream: [UInt8],
    from node: OfficeIdentity?
  ) async throws -> SignedReceipt {
    let offer = part.offer ?? BatchOffer()
    // The introduction is what was checked: the batch must be of its stream.
    guard let manifest = try? BatchManifest(wireArray: offer.manifest), manifest.stream == stream
    else {
      throw RPCError(
        .invalidArgument,
        en: "part: a batch of another stream than the one introduced",
        zh: "part：批次不属于所介绍的日志流"
      )
    }
    switch try await store.openBatch(offer, from: node) {
    case .committed(let receipt): return receipt
    case .wanted(var offset):
      let manifest = try SHA256Context().hash(offer.manifest).bytes
      while Int(offset) < part.payload.count {
        let end = min(Int(offset) + store.limits.chunkBytes, part.payload.count)
        let chunk = try BatchChunk(
          of: stream,
          manifest: manifest,
          offset: Int(offset),
          octets: part.payload[Int(offset)..<end]
        )
        offset = try await store.take(chunk, from: node)
      }
      return try await store.commitBatch(
        CommitBatchRequest(stream: stream, manifest: manifest),
        from: node,
        trust: trust?.current
      )
    }
  }

  private func means() throws -> (NodeCredential, CertificateTrust) {
    guard let credential, let trust else {
      throw RPCError(
        .failedPrecondition,
        en: "the node has no certificate to seal bundles with",
        zh: "节点没有可用于交换文件的证书"
      )
    }
    return (credential.current, trust.current)
  }

  private func known(
    _ der: [UInt8],
    _ trust: CertificateTrust
  ) throws -> SignerCertificate {
    guard let certificate = try? SignerCertificate(der: der), certificate.identity != nil,
      try trust.vouches(for: certificate, now: SystemClock.now().microseconds / 1_000_000)
    else {
      throw RPCError(
        .invalidArgument,
        en: "recipient: not a certificate of the registry's authority that is valid today",
        zh: "recipient：不是本登记系统机构签发的有效证书"
      )
    }
    return certificate
  }

  private func opened(_ sealed: [UInt8], _ credential: NodeCredential) throws -> [UInt8] {
    do throws(JournalError) {
      return try credential.open(sealed)
    } catch {
      throw RPCError(
        .invalidArgument,
        en: "part: \(error.message)",
        zh: "part：交换文件并非封给本节点，或已被改动"
      )
    }
  }
}
