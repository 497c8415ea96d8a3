internal import Journal
internal import RPCCore
internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel
internal import Synchronization

/// What became of the rows of an import of pilot work.
struct PilotImportTotals: Sendable, Hashable {
  var recorded: Int64 = 0
  /// Rows that an earlier run had recorded; the server only repeats its answer.
  var replayed: Int64 = 0
  var refused: Int64 = 0
  /// The first violations of refused rows.
  var problems: [Violation] = []

  var answered: Int64 { recorded + replayed + refused }
}

/// One run of an import of pilot work: sends rows under keys that come from the file's digest and the
/// row, so that a run that was cut can be repeated.
final class PilotImportSession: Sendable {
  /// Rows sent and not yet answered.
  static let window = 16
  /// The most problems that are kept to be told.
  static let problemLimit = 20

  private let plan: PilotImportPlan
  private let digest: [UInt8]
  private let refused: RefusedFile
  private let progress: ProgressBar?
  private let state = Mutex(PilotImportTotals())

  /// Prepares a run over a file whose rows were checked.
  init(
    _ plan: PilotImportPlan,
    digest: [UInt8],
    refused: RefusedFile,
    progress: ProgressBar? = nil
  ) {
    self.plan = plan
    self.digest = digest
    self.refused = refused
    self.progress = progress
  }

  /// What became of the rows so far.
  var totals: PilotImportTotals { state.withLock { $0 } }

  /// Rows about one kind in one division, and rows that draw on the same record, keep their order.
  private static func turns(_ row: PilotRow) -> Set<String> {
    let turns: Set = ["\(row.record.kind) \(row.record.division)"]
    return row.of.isEmpty ? turns : turns.union(["of \(row.of)"])
  }

  private static func label(_ name: String) -> String { "label \(name)" }

  /// How a row ended.
  private struct Ending: Sendable {
    let row: PilotRow
    let text: RowText
    let result: Result<(id: [UInt8], isReplayed: Bool), any Error>
  }

  /// Sends the rows that are meant.
  ///
  /// A failure that is no row's own ends the run after the answers to what was sent.
  /// - Throws: `RPCError`, `CSVError`, `CommandFailure`.
  func run(over client: RegistryClient) async throws {
    let file = try plan.open()
    var ids: [String: [UInt8]] = [:]
    var failure: (any Error)?
    await withTaskGroup(of: Ending.self) { group in
      var busy: [UInt32: Set<String>] = [:]
      func take() async {
        guard let ending = await group.next() else { return }
        busy[ending.row.row] = nil
        do {
          if let id = try settle(ending) { ids[ending.row.label] = id }
        } catch {
          failure = failure ?? error
        }
      }
      do {
        while failure == nil, let entry = try file.next() {
          let (row, turns) = (entry.row, Self.turns(entry.row))
          // What it names must have its id.
          let names = [row.of, row.project].filter { !$0.isEmpty }.map(Self.label)
          let waits = turns.union(names)
          while busy.count >= Self.window
            || busy.values.contains(where: { !$0.isDisjoint(with: waits) })
          {
            await take()
          }
          if failure != nil { break }
          guard let (of, project) = try named(entry, ids) else { continue }
          busy[row.row] = row.label.isEmpty ? turns : turns.union([Self.label(row.label)])
          group.addTask {
            await self.send(entry, of: of, project: project, over: client)
          }
        }
      } catch {
        failure = error
      }
      while !busy.isEmpty { await take() }
    }
    if let failure { throw failure }
  }

  /// The ids that a row names; nil when it is refused since what it names was.
  private func named(
    _ entry: PilotFile.Entry,
    _ ids: [String: [UInt8]]
  ) throws -> (of: [UInt8], project: [UInt8])? {
    func id(_ name: String) -> [UInt8]? {
      if name.isEmpty { return [] }
      return ids[name] ?? (PilotRow.isID(name) ? Hexadecimal.bytes(name) : nil)
    }
    let row = entry.row
    if let of = id(row.of), let project = id(row.project) { return (of, project) }
    let field = id(row.of) == nil ? "of" : "project"
    try refuse(entry, [PilotFileRule.referenceRefused.violation(field, row: row.row)])
    return nil
  }

  private func send(
    _ entry: PilotFile.Entry,
    of: [UInt8],
    project: [UInt8],
    over client: RegistryClient
  ) async -> Ending {
    var record = entry.row.record
    record.of = of
    record.project = project
    let isReplayed = Mutex(false)
    do {
      if !entry.row.household.isEmpty {
        record.household = try await client.households.getHousehold(
          GetHouseholdRequest(by: .number(entry.row.household))
        ).id
      }
      var options = CallOptions(idempotencyKey: try key(entry.row.row))
      options.onFinish = { outcome in
        isReplayed.withLock { $0 = outcome.processed == .replayed }
      }
      let made = try await PilotForm.send(record, over: client, plan.kinds, options)
      return Ending(
        row: entry.row,
        text: entry.text,
        result: .success((made.id, isReplayed.withLock { $0 }))
      )
    } catch {
      return Ending(row: entry.row, text: entry.text, result: .failure(error))
    }
  }

  /// The same for the same row of the same file.
  private func key(_ row: UInt32) throws -> IdempotencyKey? {
    let hasher = try SHA256Context()
    let octets = digest + Array("pilot row \(row)".utf8)
    octets.withUnsafeBytes { hasher.update($0) }
    return IdempotencyKey(bytes: Array(hasher.finish().bytes.prefix(16)))
  }

  /// Counts an ending; gives the id of a record that was made.
  ///
  /// - Throws: a failure that is not the row's own; what keeps the file of refused rows from being
  ///   written.
  private func settle(_ ending: Ending) throws -> [UInt8]? {
    switch ending.result {
    case .success(let (id, isReplayed)):
      let answered = state.withLock { totals in
        if isReplayed { totals.replayed += 1 } else { totals.recorded += 1 }
        return totals.answered
      }
      progress?.update(answered)
      return id
    case .failure(let error):
      guard let error = error as? RPCError, let broken = Self.broken(error, ending.row.row) else {
        throw error
      }
      try refuse(PilotFile.Entry(row: ending.row, text: ending.text), broken)
      return nil
    }
  }

  private func refuse(_ entry: PilotFile.Entry, _ broken: [Violation]) throws {
    try refused.add(firstRow: entry.row.row, rows: entry.text, violations: broken)
    let answered = state.withLock { totals in
      totals.refused += 1
      totals.problems += broken.prefix(Self.problemLimit - totals.problems.count)
      return totals.answered
    }
    progress?.update(answered)
  }

  /// The rules by which the node refuses a row; nil when the failure is not the row's.
  private static func broken(_ error: RPCError, _ row: UInt32) -> [Violation]? {
    let said = try? ErrorDetails(wireArray: error.details)
    let refusedBy = said?.refusedBy ?? ""
    switch error.code {
    case .invalidArgument, .outOfRange, .notFound, .alreadyExists, .aborted: break
    // Of a node that takes nothing now, as of one that was restored, no row is told wrong.
    case .failedPrecondition where said?.violations.isEmpty == false: break
    case .permissionDenied where refusedBy == "office.area": break
    default: return nil
    }
    if let violations = said?.violations, !violations.isEmpty {
      return violations.map { violation in
        var own = violation
        own.row = row
        own.field = PilotRow.column(violation.field)
        return own
      }
    }
    let words = said?.messageZh ?? ""
    return [
      Violation(
        row: row,
        field: refusedBy == "office.area" ? "division" : "",
        rule: refusedBy.isEmpty ? "\(error.code)" : refusedBy,
        messageEn: error.message,
        messageZh: words.isEmpty ? error.message : words
      )
    ]
  }
}
