package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Works on applications: the identification procedure as offices call it.
package struct ProcedureServer: ProcedureService {
  private let store: RegistryStore

  /// Serves the applications of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Records applications, each with its result.
  package func apply(_ request: ApplyRequest, context: ServerContext) async throws -> ApplyResponse
  {
    try told(
      await store.apply(
        request,
        signer: context.signer,
        idempotencyKey: context.idempotencyKey?.bytes,
        scope: try context.scope
      ),
      context
    )
  }

  /// Takes steps, each with its result.
  package func recordSteps(
    _ request: RecordStepsRequest,
    context: ServerContext
  ) async throws -> RecordStepsResponse {
    try told(
      await store.recordSteps(
        request,
        signer: context.signer,
        idempotencyKey: context.idempotencyKey?.bytes,
        scope: try context.scope
      ),
      context
    )
  }

  /// Gives an application whole.
  package func getApplication(
    _ request: GetApplicationRequest,
    context: ServerContext
  ) async throws -> Application {
    let reference = try ApplicationReference(request, today: store.today)
    let application = try await store.application(reference, scope: try context.scope)
    let people = application.household?.members.count ?? 0
    try await context.disclose([application.id], people: people, showing: .all, from: store)
    return application
  }

  /// Lists applications.
  package func listApplications(
    _ request: ListApplicationsRequest,
    context: ServerContext
  ) async throws -> ListApplicationsResponse {
    let response = try await store.applications(request, scope: try context.scope)
    let found = response.applications
    let people = found.reduce(0) { $0 + Int($1.members) }
    try await context.disclose(
      found.map(\.id),
      people: people,
      showing: [.identity, .classification],
      from: store
    )
    return response
  }

  /// Posts a notice.
  package func openNotice(
    _ request: OpenNoticeRequest,
    context: ServerContext
  ) async throws -> NoticeResponse {
    try told(
      await store.openNotice(
        request,
        signer: context.signer,
        idempotencyKey: context.idempotencyKey?.bytes,
        scope: try context.scope
      ),
      context
    )
  }

  /// Closes a notice.
  package func closeNotice(
    _ request: CloseNoticeRequest,
    context: ServerContext
  ) async throws -> NoticeResponse {
    try told(
      await store.closeNotice(
        request,
        signer: context.signer,
        idempotencyKey: context.idempotencyKey?.bytes,
        scope: try context.scope
      ),
      context
    )
  }

  /// Gives what a notice's sheet says.
  package func getNotice(
    _ request: GetNoticeRequest,
    context: ServerContext
  ) async throws -> NoticeSheet {
    let sheet = try await store.noticeSheet(request, scope: try context.scope)
    // Heads' names hang on a wall in any case: who printed them is recorded all the same.
    let files = sheet.lines.isEmpty ? [] : sheet.notice?.applications ?? []
    try await context.disclose(
      files,
      people: sheet.lines.count,
      showing: [.identity, .classification],
      from: store
    )
    return sheet
  }

  /// Lists notices.
  package func listNotices(
    _ request: ListNoticesRequest,
    context: ServerContext
  ) async throws -> ListNoticesResponse {
    try await store.listNotices(request, scope: try context.scope)
  }

  /// Keeps minutes.
  package func attachMinutes(
    _ request: AttachMinutesRequest,
    context: ServerContext
  ) async throws -> AttachMinutesResponse {
    try told(
      await store.attachMinutes(
        request,
        idempotencyKey: context.idempotencyKey?.bytes,
        scope: try context.scope
      ),
      context
    )
  }

  /// Gives minutes.
  package func getMinutes(
    _ request: GetMinutesRequest,
    context: ServerContext
  ) async throws -> Minutes {
    try await store.minutes(request, scope: try context.scope)
  }

  /// The answer, marked where it is that of an earlier call.
  private func told<Response>(
    _ answered: Answered<Response>,
    _ context: ServerContext
  ) -> Response {
    if answered.isReplayed { context.trailers.markReplayed() }
    return answered.response
  }
}

extension ServerContext {
  /// The caller as a signer of decisions.
  var signer: StepSigner {
    StepSigner(name: peer.commonName, certificate: peer.certificate)
  }
}
