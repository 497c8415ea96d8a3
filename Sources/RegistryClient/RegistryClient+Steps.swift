public import RPCCore
public import RegistryAPI

extension RegistryClient {
  /// Takes steps of the identification procedure, signed with the key of the profile.
  ///
  /// Each step is encoded once, the list of encodings is signed, and the call goes under an
  /// idempotency key unless the options name one, so that it is safe to send again. Each step is
  /// done or refused alone: look at every result.
  ///
  /// ```swift
  /// let application = try await client.procedure.getApplication(.init(by: .number("A42122400000019")))
  /// let step = Step(
  ///   application: application.id,
  ///   baseVersion: application.version,
  ///   move: .decide(Verdict(accepted: true))
  /// )
  /// for result in try await client.recordSteps([step]) where !result.violations.isEmpty {
  ///   print(result.number, result.violations.map(\.rule))
  /// }
  /// ```
  ///
  /// - Parameter steps: 1 to 2,000 steps. A client without a signer sends them unsigned: enough for
  ///   moves that are no decisions.
  /// - Returns: what became of each, in their order.
  /// - Throws: `RPCError`: what the call ends with, INVALID_ARGUMENT for a wrong number of steps,
  ///   UNAUTHENTICATED when the key cannot be used.
  public func recordSteps(
    _ steps: [Step],
    options: CallOptions = CallOptions()
  ) async throws -> [StepResult] {
    let request = try signer?.request(steps) ?? RecordStepsRequest(unsigned: steps)
    var options = options
    options.idempotencyKey = options.idempotencyKey ?? .random()
    let results = try await procedure.recordSteps(request, options: options).results
    guard results.count == steps.count else {
      throw RPCError(.internalError, "the node answered \(results.count) of \(steps.count) steps")
    }
    return results
  }
}
