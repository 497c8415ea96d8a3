package import RPCCore
internal import RPCProtobuf
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Sets and tells what the procedure is measured by: parameters, lines, standards, quotas.
package struct PolicyServer: PolicyService {
  private let store: RegistryStore

  /// Serves the rules of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Sets parameters of the procedure, all or none.
  package func setPolicy(
    _ request: SetPolicyRequest,
    context: ServerContext
  ) async throws -> SetPolicyResponse {
    let key = context.idempotencyKey?.bytes
    return answer(
      try await store.setPolicy(request, idempotencyKey: key, scope: try context.scope),
      context
    )
  }

  /// Lists parameters.
  package func listPolicy(
    _ request: ListPolicyRequest,
    context: ServerContext
  ) async throws -> ListPolicyResponse {
    try await store.listPolicy(request, scope: try context.scope)
  }

  /// Adds codes to lists, all or none.
  package func setCodes(
    _ request: SetCodesRequest,
    context: ServerContext
  ) async throws -> SetCodesResponse {
    let key = context.idempotencyKey?.bytes
    return answer(
      try await store.setCodes(request, idempotencyKey: key, scope: try context.scope),
      context
    )
  }

  /// Lists codes that were added.
  package func listCodes(
    _ request: ListCodesRequest,
    context: ServerContext
  ) async throws -> ListCodesResponse {
    try await store.listCodes(request, scope: try context.scope)
  }

  /// Sets a poverty line; a national one changes the counts of those below it.
  package func setPovertyLine(
    _ request: SetLineRequest,
    context: ServerContext
  ) async throws -> Line {
    let key = context.idempotencyKey?.bytes
    return answer(
      try await store.setPovertyLine(request, idempotencyKey: key, scope: try context.scope),
      context
    )
  }

  /// Sets a dibao standard.
  package func setDibaoStandard(
    _ request: SetLineRequest,
    context: ServerContext
  ) async throws -> Line {
    let key = context.idempotencyKey?.bytes
    return answer(
      try await store.setDibaoStandard(request, idempotencyKey: key, scope: try context.scope),
      context
    )
  }

  /// Lists lines and standards.
  package func listLines(
    _ request: ListLinesRequest,
    context: ServerContext
  ) async throws -> ListLinesResponse {
    try await store.listLines(request, scope: try context.scope)
  }

  /// Sets quotas, all or none.
  package func setQuotas(
    _ request: SetQuotasRequest,
    context: ServerContext
  ) async throws -> SetQuotasResponse {
    let key = context.idempotencyKey?.bytes
    return answer(
      try await store.setQuotas(request, idempotencyKey: key, scope: try context.scope),
      context
    )
  }

  /// Lists quotas and what counts against them.
  package func listQuotas(
    _ request: ListQuotasRequest,
    context: ServerContext
  ) async throws -> ListQuotasResponse {
    try await store.listQuotas(request, scope: try context.scope)
  }

  // Nothing here is about people: a kept answer is given as it was.
  private func answer<Response: Message>(
    _ answered: Answered<Response>,
    _ context: ServerContext
  ) -> Response {
    if answered.isReplayed { context.trailers.markReplayed() }
    return answered.response
  }
}
