package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Records of pilot work.
package struct PilotServer: PilotService {
  private let store: RegistryStore

  /// Serves the pilot work of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Records a piece of work, or a later version.
  package func setPilotRecord(
    _ request: SetPilotRecordRequest,
    context: ServerContext
  ) async throws -> PilotRecord {
    let answer = try await store.setPilotRecord(
      request,
      signer: context.signer,
      idempotencyKey: context.idempotencyKey?.bytes,
      scope: try context.scope
    )
    if answer.isReplayed { context.trailers.markReplayed() }
    return answer.response
  }

  /// Gives one record.
  package func getPilotRecord(
    _ request: GetPilotRecordRequest,
    context: ServerContext
  ) async throws -> PilotRecord {
    let record = try await store.pilotRecord(request, scope: try context.scope)
    try await disclose([record], context)
    return record
  }

  /// Lists records.
  package func listPilotRecords(
    _ request: ListPilotRecordsRequest,
    context: ServerContext
  ) async throws -> ListPilotRecordsResponse {
    let response = try await store.pilotRecords(request, scope: try context.scope)
    try await disclose(response.records, context)
    return response
  }

  /// Sums records.
  package func summarizePilotWork(
    _ request: SummarizePilotWorkRequest,
    context: ServerContext
  ) async throws -> PilotSummary {
    try await store.pilotSummary(request, scope: try context.scope)
  }

  /// Lists records of a kind with what became of them.
  package func followPilotRecords(
    _ request: FollowPilotRecordsRequest,
    context: ServerContext
  ) async throws -> FollowPilotRecordsResponse {
    let response = try await store.followedPilotRecords(request, scope: try context.scope)
    try await disclose(response.records.compactMap(\.record), context)
    return response
  }

  /// Accounts for the funds of a division.
  package func getTrialBalance(
    _ request: GetTrialBalanceRequest,
    context: ServerContext
  ) async throws -> TrialBalance {
    try await store.trialBalance(request, scope: try context.scope)
  }

  /// Records the households that records name, each once.
  private func disclose(_ records: [PilotRecord], _ context: ServerContext) async throws {
    let files = Set(records.map(\.household)).subtracting([[]])
    try await context.disclose(Array(files), people: nil, showing: .support, from: store)
  }
}
