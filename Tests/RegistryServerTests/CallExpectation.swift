import RPCCore
import RPCProtobuf
import RegistryAPI
import Testing

/// A refused call: its code and its decoded details.
struct RefusedCall {
  let error: RPCError
  let details: ErrorDetails

  /// The rules broken, each as `row/member field rule`.
  var violations: [String] {
    details.violations.map { "\($0.row)/\($0.member) \($0.field) \($0.rule)" }
  }
}

/// Makes a call that must be refused with a code, and gives what was told.
@discardableResult
func refused<Answer>(
  _ code: StatusCode,
  sourceLocation: SourceLocation = #_sourceLocation,
  _ call: () async throws -> Answer
) async throws -> RefusedCall {
  do {
    _ = try await call()
  } catch let error as RPCError {
    #expect(error.code == code, "\(error.message)", sourceLocation: sourceLocation)
    let details = try ErrorDetails(serializedBytes: error.details)
    return RefusedCall(error: error, details: details)
  }
  Issue.record("the call was not refused", sourceLocation: sourceLocation)
  throw RPCError(.ok, "not refused")
}
