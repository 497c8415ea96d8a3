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
  package static let purposeKey = "purpose"
  /// Scopes remembered for callers that come back; the memory is emptied when it is full.
  package static let rememberedScopes = 4096

  private struct Request: Hashable {
    let identity: String
    let path: String
    let purpose: String?
  }

  private let table: AuthorizationTable
  private let operations: [String: Operation]
  private let place: @Sendable (DivisionCode) throws -> OfficePlace?
  private let granted = Mutex<[Request: Scope]>([:])

  /// Consults a table.
  ///
  /// - Parameters:
  ///   - table: who may do what.
  ///   - operations: the operation of each method path.
  ///   - place: finds a division on record; nil when it is not known here.
  package init(
    table: AuthorizationTable,
    operations: [String: Operation] = MethodOperations.byPath,
    place: @escaping @Sendable (DivisionCode) throws -> OfficePlace?
  ) {
    self.table = table
    self.operations = operations
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
    context.attach(
      try scope(identity: context.peer.identity, path: context.method.path, purpose: purpose)
    )
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

  private func decide(_ request: Request) throws -> Scope {
    guard let identity = OfficeIdentity(uri: request.identity) else {
      throw RPCError(.unauthenticated, "the certificate's name is not an identity of the registry")
    }
    guard let operation = operations[request.path] else {
      throw Refusal.methodUnlisted.error("no row of the table allows \(request.path) to anybody")
    }
    guard let place = try place(identity.division) else {
      throw Refusal.divisionUnknown.error("division \(identity.division) is not known here")
    }
    do {
      return try table.scope(
        for: identity,
        area: place.path,
        level: place.level,
        operation: operation,
        purpose: try purpose(request.purpose)
      )
    } catch let error as AuthorizationError {
      throw Refusal(error).error(error.description)
    }
  }

  private func purpose(_ text: String?) throws -> Purpose? {
    guard let text else { return nil }
    guard let purpose = Purpose(rawValue: text) else {
      throw Refusal.purposeNotAllowed.error("the stated purpose is not one of the registry's")
    }
    return purpose
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
        throw Refusal.methodUnlisted.error("the call passed no authorisation")
      }
      return scope
    }
  }
}
