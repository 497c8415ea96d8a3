internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// How the links stand: every stream that this node sends or receives, of nodes in the scope's
  /// area.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func links(scope: Scope) async throws -> GetLinksResponse {
    try scope.require(.linkRead)
    return try await work.run { [self] _ in
      try readers.with { reader in
        try reader.connection.transaction {
          var response = GetLinksResponse()
          var streams = try reader.streams()
          if !streams.contains(where: { $0.n == 0 }), signer != nil {
            streams.insert(try ownStream(), at: 0)
          }
          var uploaded: Set<Int64> = []
          for var stream in streams where stream.role != .looks {
            guard let home = divisions.record(id: stream.division), scope.covers(home.path) else {
              continue
            }
            if !stream.isIncoming { try reader.fill(&stream) }
            if stream.isIncoming, stream.role == .journal, stream.size > 0,
              home.level == .county
            {
              uploaded.insert(stream.division)
            }
            response.streams.append(try reader.status(of: stream, self))
          }
          response.countiesUploaded = UInt32(uploaded.count)
          return response
        }
      }
    }
  }

  /// Throws unless a node may fetch a stream: orders to it, or its own entries back.
  package func require(_ node: OfficeIdentity, mayFetch id: [UInt8]) async throws {
    try await work.run { [self] _ in
      try readers.with { reader in
        guard let id = Bytes16(id), let stream = try reader.stream(id) else {
          throw ExchangeRule.streamUnknown.error()
        }
        let isFor = stream.isIncoming ? stream.node : stream.recipient
        guard isFor == node.uri else { throw ExchangeRule.caller.error(node.uri) }
        try reader.require(node, mayCarry: divisions.record(code: node.division)?.id ?? 0, self)
      }
    }
  }
}

extension Reader {
  fileprivate func status(
    of stream: StoredStream,
    _ store: RegistryStore
  ) throws -> LinkStream {
    let open = try incoming(stream.n, store.limits)
    let applied = stream.isIncoming ? stream.size : stream.sent
    let rate = try rate(of: stream)
    let waiting = stream.isIncoming ? 0 : stream.size - min(stream.sent, stream.size)
    return LinkStream(
      stream: stream.id.bytes,
      node: stream.role == .orders && !stream.isIncoming ? stream.recipient : stream.node,
      role: stream.role,
      incoming: stream.isIncoming,
      applied: applied,
      size: stream.size,
      waiting: waiting,
      openLength: open?.batch.offer.payloadLength ?? 0,
      openOffset: open?.received ?? 0,
      epoch: stream.epoch,
      refused: UInt64(clamping: stream.refused),
      contactAt: stream.contactAt,
      receiptAt: stream.receiptAt,
      rate: rate,
      remaining: rate == 0 ? 0 : (waiting + rate - 1) / rate,
      relation: stream.relation,
      errorEn: stream.error?.english ?? "",
      errorZh: stream.error?.chinese ?? "",
      errorAt: stream.error?.at ?? 0,
      blocked: try peer(stream.node)?.isBlocked ?? false
    )
  }

  /// Batches over which the rate is told.
  private static let rateBatches: Int64 = 8

  /// Entries a second over the last batches, by their receipts; 0 where there are too few.
  private func rate(of stream: StoredStream) throws -> UInt64 {
    let rows = try connection.prepare(
      "SELECT given, got FROM batch WHERE stream = $1 ORDER BY last DESC LIMIT $2"
    )
    rows.bind(stream.n, at: 1)
    rows.bind(Self.rateBatches, at: 2)
    var receipts: [BatchReceipt] = []
    try rows.forEach { row in
      let octets = row.bytes(at: stream.isIncoming ? 0 : 1)
      guard !octets.isEmpty else { return }
      receipts.append(try BatchReceipt(wireArray: try SignedReceipt(wireArray: octets).receipt))
    }
    guard let newest = receipts.first, let oldest = receipts.last,
      newest.receivedAt > oldest.receivedAt
    else { return 0 }
    let micros = UInt64(newest.receivedAt - oldest.receivedAt)
    return (newest.last - oldest.last) * 1_000_000 / micros
  }
}
