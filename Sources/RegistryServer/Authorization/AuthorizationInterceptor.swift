package import RPCCore
package import RegistryModel
internal import Synchronization

/// Where a division stands, as far as authorisation needs it.
package struct OfficePlace: Sendable, Hashable {
  /// The path of internal ids.
  package let path: DivisionPath
  /// The level on record.
  package let level: DivisionTier

  /// Says where a division stands.
  package init(path: DivisionPath, level: DivisionTier) {
    self.path = path
    self.level = level
  }
}

/// Refuses every call that no row of the authorisation table allows, and attaches the `Scope` that
/// the row yields to all others.
package final class AuthorizationInterceptor: ServerInterceptor {
  /// The metadata key with the purpose of a call, such as `schooling-support`.
  package static let purposeKey = "registry-purpose"
  /// Scopes remembered for callers that come back; the memory is emptied when it is full.
  package static let rememberedScopes = 4096

  private struct Request: Hashable {
    let identity: String
    let path: String
    let purpose: String?
  }

  private let table: AuthorizationTable
  private let operations: [String: Operation]
  private let isForeign: @Sendable (DivisionPath) -> Bool
  private let place: @Sendable (DivisionCode) throws -> OfficePlace?
  private let today: @Sendable () -> Day
  private let granted = Mutex<[Request: Scope]>([:])

  /// Consults a table.
  ///
  /// - Parameters:
  ///   - table: who may do what.
  ///   - operations: the operation of each method path.
  ///   - isForeign: whether the files of a place belong to another node: its offices write there.
  ///   - today: the day on which purposes must hold.
  ///   - place: finds a division on record; nil when it is not known here.
  package init(
    table: AuthorizationTable,
    operations: [String: Operation] = MethodOperations.byPath,
    isForeign: @escaping @Sendable (DivisionPath) -> Bool = { _ in false },
    today: @escaping @Sendable () -> Day,
    place: @escaping @Sendable (DivisionCode) throws -> OfficePlace?
  ) {
    self.table = table
    self.operations = operations
    self.isForeign = isForeign
    self.today = today
    self.place = place
  }

  /// Attaches the caller's scope and passes the call on.
  ///
  /// - Throws: UNAUTHENTICATED for an identity that is not one of the registry's, PERMISSION_DENIED
  ///   with the rule in `ErrorDetails.refused_by`.
  package func intercept(
    _ context: ServerContext,
    next: (ServerContext) async throws -> Void
  ) async throws {
    var context = context
    let purpose = context.metadata.isEmpty ? nil : context.metadata[Self.purposeKey]
    // Before what is remembered is looked up: a purpose ends while the program runs.
    if let word = purpose, let stated = Purpose(rawValue: word), !stated.holds(on: today()) {
      throw Refusal.purposeNotAllowed.error(
        en: "the purpose \(word) cannot be stated today",
        zh: "用途 \(word)（\(stated.chinese)）今日不可使用"
      )
    }
    let scope = try scope(
      identity: context.peer.identity,
      path: context.method.path,
      purpose: purpose
    )
    try checkOwner(scope, path: context.method.path)
    context.attach(scope)
    try await next(context)
  }

  /// The scope of one call; refusals are not remembered.
  package func scope(identity: String, path: String, purpose: String?) throws -> Scope {
    let request = Request(identity: identity, path: path, purpose: purpose)
    if let scope = granted.withLock({ $0[request] }) { return scope }
    let scope = try decide(request)
    granted.withLock { granted in
      if granted.count >= Self.rememberedScopes { granted.removeAll(keepingCapacity: true) }
      granted[request] = scope
    }
    return scope
  }

  /// Refuses writing to the offices of an area whose files belong to another node: what they wrote
  /// here would be a second truth. Looked at with each call, since nodes join while others serve.
  private func checkOwner(_ scope: Scope, path: String) throws {
    guard let operation = operations[path], operation.writes, operation != .link,
      operation != .bundle,
      scope.areas.contains(where: isForeign)
    else { return }
    throw Refusal.foreignFiles.error(
      en: "this node has copies of the files of your area: write them at the node that owns them",
      zh: "本节点仅有贵机构辖区档案的副本：请在拥有该档案的节点上办理"
    )
  }

  private func decide(_ request: Request) throws -> Scope {
    guard let identity = OfficeIdentity(uri: request.identity) else {
      throw RPCError(
        .unauthenticated,
        en: "the certificate's name is not an identity of the registry",
        zh: "证书中的名称不是本登记系统的身份"
      )
    }
    guard let operation = operations[request.path] else {
      throw Refusal.methodUnlisted.error(
        en: "no row of the table allows \(request.path) to anybody",
        zh: "授权表未允许任何机构调用 \(request.path)"
      )
    }
    guard let place = try place(identity.division) else {
      throw Refusal.divisionUnknown.error(
        en: "division \(identity.division) is not known here",
        zh: "本节点没有区划 \(identity.division)"
      )
    }
    do {
      return try table.scope(
        for: identity,
        area: place.path,
        level: place.level,
        operation: operation,
        purpose: try purpose(request.purpose, of: identity, at: place, for: operation)
      )
    } catch let error as AuthorizationError {
      throw Refusal(error).error(en: error.description, zh: error.chinese)
    }
  }

  /// The purpose of a stated word; a word that is none is refused with those that would do.
  private func purpose(
    _ text: String?,
    of identity: OfficeIdentity,
    at place: OfficePlace,
    for operation: Operation
  ) throws -> Purpose? {
    guard let text else { return nil }
    if let purpose = Purpose(rawValue: text) { return purpose }
    let grant = table.grant(kind: identity.kind, level: place.level, operation: operation)
    // An office that may not do it at all is told so, whatever it says it is for.
    guard let grant else { return nil }
    let day = today()
    let allowed = grant.purposes(of: identity.kind).filter { $0.holds(on: day) }
    throw Refusal.purposeNotAllowed.error(
      en: "the stated purpose is not one of the registry's; allowed: "
        + allowed.map(\.rawValue).joined(separator: ", "),
      zh: "所述用途不是本登记系统的用途；可用："
        + allowed.map { "\($0.rawValue)（\($0.chinese)）" }.joined(separator: "、")
    )
  }
}

extension ServerContext {
  /// The scope that the interceptor attached.
  ///
  /// - Throws: PERMISSION_DENIED when the call did not pass one, so that a router without it serves
  ///   nothing.
  package var scope: Scope {
    get throws {
      guard let scope = attachment(Scope.self) else {
        throw Refusal.methodUnlisted.error(
          en: "the call passed no authorisation",
          zh: "该调用未经授权检查"
        )
      }
      return scope
    }
  }
}
