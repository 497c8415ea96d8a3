internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryModel
internal import Synchronization

/// One run of an import: reads the file in one task, takes the server's answers in another.
final class ImportSession: Sendable {
  /// Households sent in one message, unless their rows reach `chunkBytes` before.
  static let chunkItems = 256
  /// Bytes of rows in one message.
  static let chunkBytes = 512 * 1024
  /// Messages sent and not yet answered.
  static let windowChunks = 16

  /// Items of one message, and the rows that they came from.
  private struct Chunk: Sendable {
    var items: [ImportItem] = []
    var rows: [RowText] = []
    var bytes = 0
  }

  private let file: InputFile
  private let encoding: CSVEncoding?
  private let rules: HouseholdRules
  private let header: ImportHeader
  private let done: [ClosedRange<UInt32>]
  private let refused: RefusedFile
  private let progress: ProgressBar
  private let window = ImportWindow<Chunk>(limit: ImportSession.windowChunks)
  private let state = Mutex(ImportTotals())

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - done: the rows that need not be sent again, in rising order.
  init(
    file: InputFile,
    encoding: CSVEncoding?,
    rules: HouseholdRules,
    header: ImportHeader,
    done: [ClosedRange<UInt32>],
    refused: RefusedFile,
    progress: ProgressBar
  ) {
    self.file = file
    self.encoding = encoding
    self.rules = rules
    self.header = header
    self.done = done
    self.refused = refused
    self.progress = progress
  }

  /// What became of the households so far.
  var totals: ImportTotals { state.withLock { $0 } }

  /// Sends the file and takes all answers.
  ///
  /// A file that cannot be read to its end ends the import after the answers to what was sent.
  /// - Throws: `RPCError`, `CSVError`, `CommandFailure`.
  func run(over channel: any Channel) async throws {
    let call = try await HouseholdClient(channel).importHouseholds()
    let fault = try await withThrowingTaskGroup(of: (any Error)?.self) { group in
      group.addTask {
        do {
          try await self.receive(call.responses)
        } catch {
          // A sender that waits for room or credit must not wait for ever.
          self.window.fail(error)
          call.cancel()
          throw error
        }
        return nil
      }
      group.addTask { try await self.send(call) }
      var fault: (any Error)?
      do {
        while let result = try await group.next() { fault = fault ?? result }
      } catch {
        // When both fail, the answers' side says why.
        let cause = self.window.failure ?? error
        call.cancel()
        group.cancelAll()
        throw cause
      }
      return fault
    }
    if let fault { throw fault }
  }

  // MARK: Sending

  /// Reads and sends to the end of the file, or to the fault in it, which it returns.
  private func send(
    _ call: BidirectionalCall<ImportHouseholdsRequest, ImportHouseholdsResponse>
  ) async throws -> (any Error)? {
    var request = ImportHouseholdsRequest()
    request.header = header
    try await call.send(request)
    var fault: (any Error)?
    do {
      let rows = try ImportFile(file, encoding: encoding, rules: rules)
      while let chunk = try nextChunk(rows) {
        try await window.waitForRoom()
        window.add(chunk)
        var request = ImportHouseholdsRequest()
        request.items = chunk.items
        try await call.send(request)
      }
    } catch let error as CSVError {
      fault = error
    } catch let error as CommandFailure where window.failure == nil {
      fault = error
    }
    try await call.finishSending()
    return fault
  }

  /// The next message's households; nil at the end of the file. What cannot be read is refused here.
  private func nextChunk(_ file: ImportFile) throws -> Chunk? {
    var chunk = Chunk()
    while chunk.items.count < Self.chunkItems, chunk.bytes < Self.chunkBytes {
      guard let entry = try file.next() else { break }
      let imported = entry.imported
      if isDone(imported) {
        state.withLock { $0.skippedRows += Int64(imported.rowCount) }
        report()
      } else if !imported.violations.isEmpty {
        try refused.add(
          firstRow: imported.firstRow,
          rows: entry.rows,
          violations: imported.violations(by: rules)
        )
        state.withLock { $0.countUnreadable(rows: entry.rows.count) }
      } else {
        var item = ImportItem()
        item.firstRow = imported.firstRow
        item.rowCount = imported.rowCount
        item.household = imported.household
        chunk.items.append(item)
        chunk.rows.append(entry.rows)
        chunk.bytes += entry.rows.byteCount
      }
    }
    return chunk.items.isEmpty ? nil : chunk
  }

  /// Whether an earlier run has results for all rows of a household.
  private func isDone(_ imported: ImportedHousehold) -> Bool {
    guard !done.isEmpty else { return false }
    var low = 0
    var high = done.count
    while low < high {
      let middle = (low + high) / 2
      if done[middle].upperBound < imported.firstRow { low = middle + 1 } else { high = middle }
    }
    guard low < done.count else { return false }
    let last = imported.firstRow &+ imported.rowCount &- 1
    return done[low].contains(imported.firstRow) && done[low].contains(last)
  }

  // MARK: Receiving

  /// Takes answers until the server has given all; they come in the order of the items.
  private func receive(_ responses: ResponseStream<ImportHouseholdsResponse>) async throws {
    var position = 0
    while let response = try await responses.next() {
      for result in response.results {
        guard let chunk = window.first, position < chunk.items.count,
          chunk.items[position].firstRow == result.firstRow
        else {
          throw CommandFailure(
            .software,
            en: "the server answered out of order",
            zh: "服务器应答次序有误"
          )
        }
        if result.outcome == .refused {
          try refused.add(
            firstRow: result.firstRow,
            rows: chunk.rows[position],
            violations: result.violations
          )
        }
        state.withLock { $0.count(result) }
        position += 1
        if position == chunk.items.count {
          position = 0
          window.removeFirst()
        }
      }
      report()
    }
    guard window.first == nil else {
      throw CommandFailure(
        .software,
        en: "the server ended before it had answered everything",
        zh: "服务器未全部应答即结束"
      )
    }
  }

  private func report() {
    let totals = totals
    progress.update(totals.answeredRows + totals.skippedRows)
  }
}
