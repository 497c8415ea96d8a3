internal import CSV
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// Sends a CSV file of households as applications, 500 in a call at most.
struct ApplicationImport {
  /// The most applications of one call, unless their rows reach `chunkBytes` before.
  static let chunkItems = 500
  /// Bytes of rows of one call.
  static let chunkBytes = 512 * 1024

  let options: ApplyOptions
  let client: RegistryClient
  let refused: RefusedFile
  private(set) var outcomes: [StepOutcome] = []

  init(options: ApplyOptions, client: RegistryClient, refused: RefusedFile) {
    self.options = options
    self.client = client
    self.refused = refused
  }

  /// Sends the file. What was done before an error stays in `outcomes`.
  ///
  /// - Throws: `CSVError`, `RPCError`, `CommandFailure`.
  mutating func run(_ file: ImportFile, progress: ProgressBar) async throws {
    var chunk: [ImportFile.Entry] = []
    var bytes = 0
    while let entry = try file.next() {
      guard entry.imported.violations.isEmpty else {
        try refuse(entry, entry.imported.violations)
        continue
      }
      chunk.append(entry)
      bytes += entry.rows.byteCount
      if chunk.count == Self.chunkItems || bytes >= Self.chunkBytes {
        try await send(chunk)
        chunk.removeAll()
        bytes = 0
      }
      progress.update(Int64(file.rowCount))
    }
    if !chunk.isEmpty { try await send(chunk) }
    // Those that could not be read were refused before their neighbours were sent.
    outcomes.sort { $0.row < $1.row }
  }

  private mutating func refuse(
    _ entry: ImportFile.Entry,
    _ violations: [Violation]
  ) throws(CommandFailure) {
    let first =
      violations.first ?? Violation(.required, row: entry.imported.firstRow, member: 0, field: "")
    var outcome = StepOutcome(row: entry.imported.firstRow, number: "", refusedBy: first)
    outcome.violations = violations
    outcomes.append(outcome)
    try refused.add(firstRow: entry.imported.firstRow, rows: entry.rows, violations: violations)
  }

  private mutating func send(_ chunk: [ImportFile.Entry]) async throws {
    let request = ApplyRequest(
      applications: chunk.map { entry in
        var household = entry.imported.household
        var application = options.application(household)
        // A row with a household's number comes back by its application.
        if !household.number.isEmpty {
          application.previousHousehold = household.number
          household.number = ""
        }
        application.household = household
        application.row = entry.imported.firstRow
        return application
      }
    )
    let results = try await client.apply(request)
    for (entry, result) in zip(chunk, results) {
      let outcome = StepOutcome(result, row: entry.imported.firstRow)
      if outcome.isRefused {
        let rows = UInt32(entry.rows.count)
        let first = entry.imported.firstRow
        // A violation without a row of the file stands in the head's.
        let violations = outcome.violations.map { violation in
          var violation = violation
          if !(first..<first &+ rows).contains(violation.row) { violation.row = first }
          return violation
        }
        try refused.add(firstRow: first, rows: entry.rows, violations: violations)
      }
      outcomes.append(outcome)
    }
  }
}

extension RegistryClient {
  /// Records applications under an idempotency key.
  ///
  /// - Throws: `RPCError`; `software` when not every application has its result.
  func apply(_ request: ApplyRequest) async throws -> [StepResult] {
    let results = try await procedure.apply(
      request,
      options: CallOptions(idempotencyKey: .random())
    ).results
    guard results.count == request.applications.count else {
      throw CommandFailure(
        .software,
        en: "the server did not answer every application",
        zh: "服务器未逐件答复"
      )
    }
    return results
  }
}
