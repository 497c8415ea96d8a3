internal import RPCCore
internal import RegistryAPI
internal import RegistryModel
internal import RegistryStore

/// One import: a header, then chunks of households; results in order, sent when they are durable.
///
/// Chunks are validated, normalised and sealed while earlier ones commit, and those that wait for
/// the writer share a commit; a bounded window of them is in work at once, and while it is full
/// nothing more is read, so that the sender gets no credit. Each chunk is carried out whole: a call
/// that ends in mid-import leaves whole chunks.
struct ImportStream: Sendable {
  /// Households that one message may hold.
  static let itemsPerMessage = 2000
  /// Bytes of results in one response; a longer one is cut in two.
  static let responseBytes = 1 << 20
  /// The longest file name, in bytes of UTF-8.
  static let fileNameBytes = 200

  private typealias Chunk = Task<PreparedImport, any Error>

  private let store: RegistryStore
  private let scope: Scope
  private let window: Int

  init(store: RegistryStore, scope: Scope, window: Int) {
    self.store = store
    self.scope = scope
    self.window = window
  }

  /// Carries the import out.
  ///
  /// - Throws: INVALID_ARGUMENT naming what is wrong with header or order; what the store throws.
  func run(
    _ requests: RequestStream<ImportHouseholdsRequest>,
    responses: ResponseWriter<ImportHouseholdsResponse>
  ) async throws {
    let chunks = Pipe<Chunk>(capacity: max(1, window / 2))
    let pending = Pipe<PendingImport>(capacity: max(1, window / 2))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await read(requests, into: chunks) }
      group.addTask { try await submit(chunks, into: pending) }
      group.addTask { try await answer(pending, responses: responses) }
      do {
        while try await group.next() != nil {}
      } catch {
        chunks.fail(error)
        pending.fail(error)
        group.cancelAll()
        throw error
      }
    }
  }

  private func read(
    _ requests: RequestStream<ImportHouseholdsRequest>,
    into chunks: Pipe<Chunk>
  ) async throws {
    guard let first = try await requests.next(), let header = first.header else {
      throw RPCError(
        .invalidArgument,
        en: "header: an import begins with its header",
        zh: "header：导入应以文件头开始"
      )
    }
    var order = try RowOrder(header)
    var message: ImportHouseholdsRequest? = first
    while let next = message {
      try order.check(next.items)
      if !next.items.isEmpty {
        let items = next.items
        let chunk = Chunk { try await store.prepareImport(items, file: header, scope: scope) }
        try await chunks.send(chunk)
      }
      message = try await requests.next()
      if message?.header != nil {
        throw RPCError(
          .invalidArgument,
          en: "header: an import has one header",
          zh: "header：导入只有一个文件头"
        )
      }
    }
    chunks.finish()
  }

  // The writer gets the chunks in the file's order, so that of two rows with the same person the
  // first is taken, whenever the file is sent.
  private func submit(_ chunks: Pipe<Chunk>, into pending: Pipe<PendingImport>) async throws {
    while let chunk = try await chunks.receive() {
      let prepared = try await withTaskCancellationHandler {
        try await chunk.value
      } onCancel: {
        chunk.cancel()
      }
      try Task.checkCancellation()
      try await pending.send(try store.submit(prepared))
    }
    pending.finish()
  }

  private func answer(
    _ pending: Pipe<PendingImport>,
    responses: ResponseWriter<ImportHouseholdsResponse>
  ) async throws {
    while let chunk = try await pending.receive() {
      for results in Self.parts(of: try await chunk.results()) {
        try await responses.write(ImportHouseholdsResponse(results: Array(results)))
      }
    }
  }

  /// Cuts a chunk's results into answers: violations can make them many times the chunk's size.
  static func parts(of results: [ImportResult]) -> [ArraySlice<ImportResult>] {
    var parts: [ArraySlice<ImportResult>] = []
    var start = 0
    var bytes = 0
    for (index, result) in results.enumerated() {
      let size = size(of: result)
      if index > start, bytes + size > responseBytes {
        parts.append(results[start..<index])
        (start, bytes) = (index, 0)
      }
      bytes += size
    }
    if start < results.count { parts.append(results[start...]) }
    return parts
  }

  /// At least the bytes of a result in a response.
  private static func size(of result: ImportResult) -> Int {
    result.violations.reduce(80) { sum, violation in
      let texts = [violation.field, violation.rule, violation.messageEn, violation.messageZh]
      return texts.reduce(sum + 40) { $0 + $1.utf8.count }
    }
  }

  /// Throws INVALID_ARGUMENT unless a file's digest has 32 bytes.
  static func check(digest: [UInt8]) throws(RPCError) {
    guard digest.count == 32 else {
      throw RPCError(
        .invalidArgument,
        en: "file_digest: \(digest.count) bytes, not 32",
        zh: "file_digest：应为 32 字节，实为 \(digest.count)"
      )
    }
  }
}

/// Checks that the rows of an import rise and do not overlap.
struct RowOrder {
  private var last: UInt64 = 0

  /// Starts with a header. Throws INVALID_ARGUMENT naming the field that is wrong.
  init(_ header: ImportHeader) throws(RPCError) {
    try ImportStream.check(digest: header.fileDigest)
    guard header.fileName.utf8.count <= ImportStream.fileNameBytes else {
      throw RPCError(
        .invalidArgument,
        en: "file_name: longer than \(ImportStream.fileNameBytes) bytes",
        zh: "file_name：超过 \(ImportStream.fileNameBytes) 字节"
      )
    }
    guard TextRules.broken(header.fileName, limit: ImportStream.fileNameBytes) == nil else {
      throw RPCError(
        .invalidArgument,
        en: "file_name: holds a control character",
        zh: "file_name：含有控制字符"
      )
    }
  }

  /// Takes the items of the next message. Throws INVALID_ARGUMENT naming the row.
  mutating func check(_ items: [ImportItem]) throws(RPCError) {
    guard items.count <= ImportStream.itemsPerMessage else {
      throw RPCError(
        .invalidArgument,
        en: "items: \(items.count) in one message, at most \(ImportStream.itemsPerMessage)",
        zh: "items：一条消息含 \(items.count) 项，最多 \(ImportStream.itemsPerMessage) 项"
      )
    }
    for item in items {
      guard item.firstRow > 0, item.rowCount > 0 else {
        throw RPCError(
          .invalidArgument,
          en: "items.first_row: rows count from 1, and an item has some",
          zh: "items.first_row：行号从 1 起，且每项至少一行"
        )
      }
      guard UInt64(item.firstRow) > last else {
        throw RPCError(
          .invalidArgument,
          en: "items.first_row: row \(item.firstRow) comes after row \(last)",
          zh: "items.first_row：第 \(item.firstRow) 行排在第 \(last) 行之后"
        )
      }
      last = UInt64(item.firstRow) + UInt64(item.rowCount) - 1
    }
  }
}
