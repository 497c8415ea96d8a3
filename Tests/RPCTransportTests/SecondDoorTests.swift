import Testing

@testable import RPCTransport

/// What holds through the native door holds through the second one: the same tests, with channels that
/// speak gRPC over HTTP/2 to the same server.
@Suite(.timeLimit(.minutes(1)))
struct SecondDoorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let run: @Sendable () async throws -> Void

    init(_ name: String, _ run: @escaping @Sendable () async throws -> Void) {
      testDescription = name
      self.run = run
    }
  }

  static let cases: [Case] = [
    Case("fourKinds") { try await CallTests().fourKinds(way: .live) },
    Case("statusAndTrailers") { try await CallTests().statusAndTrailers(way: .live) },
    Case("unknownMethod") { try await CallTests().unknownMethodIsUnimplemented(way: .live) },
    Case("deadline") { try await CallTests().deadlineEndsAHangingHandler(way: .live) },
    Case("cancelling") { try await CallTests().cancellingTheCallerCancelsTheHandler(way: .live) },
    Case("dropping") { try await CallTests().droppingAStreamCancelsTheHandler(way: .live) },
    Case("oneHundred") { try await CallTests().oneHundredCallsAtATimeOnOneConnection() },
    Case("oneThousand") { try await CallTests().oneThousandCallsWaitForTheirTurn() },
    Case("slowReader") { try await CallTests().aSlowReaderHoldsItsWriterNotTheConnection() },
    Case("nestedDeadlines") { try await CallTests().deadlinesPassOnToNestedCalls() },
    Case("trace") { try await CallTests().aTraceContextTravels(way: .live) },
    Case("methodMaximum") { try await CallTests().theMethodsOwnMaximumHolds() },
    Case("drain") { try await DrainTests().drainLosesNoCall() },
    Case("restart") { try await DrainTests().restartUnderLoadIsNotSeenByCallers() },
    Case("drainLimit") { try await DrainTests().theLimitEndsWhatStillRuns() },
    Case("outliving") { try await DrainTests().handlersMayOutliveTheirConnectionAndServer() },
    Case("closing") { try await DrainTests().closingTheChannelEndsItsCalls() },
    Case("idleChannel") { try await RetryTests().anIdleChannelConnectsAgain() },
    Case("otherEndpoint") { try await RetryTests().anotherEndpointIsTried() },
    Case("waiting") { try await OverloadTests().callsWaitForAPlaceAndAreSeenWaiting() },
    Case("givingUp") { try await OverloadTests().aCallerThatGivesUpWaitingLeavesNothing() },
    Case("age") { try await OverloadTests().anOldConnectionIsReplacedWithoutALostCall() },
    Case("memory") { try await OverloadTests().messagesInMemoryAreBounded() },
    Case("revoked") { try await ReloadTests().whoIsRevokedIsCutOffAndNobodyElse() },
    Case("caps") { try await HostileTests().capsHold() },
    Case("handlersCount") { try await HostileTests().handlersCountAfterTheirConnectionIsGone() },
  ]

  @Test(arguments: cases)
  func holdsThroughGRPC(_ example: Case) async throws {
    try await Installation.$door.withValue(.grpc) { try await example.run() }
  }
}
