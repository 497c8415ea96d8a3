import RegistryAPI
import Testing

@testable import RegistryServer
@testable import RegistryStore

/// A slow reader of a check loses no finding.
@Suite(.timeLimit(.minutes(1))) struct CheckRelayTests {
  private func progress(_ done: UInt64, finding: String? = nil, isFinished: Bool = false)
    -> CheckProgress
  {
    CheckProgress(
      stage: "tally",
      done: done,
      total: 9,
      findings: finding.map { [CheckFinding(check: "tally", place: $0)] } ?? [],
      findingCount: done,
      isFinished: isFinished
    )
  }

  @Test func joinsWhatWasNotTaken() async {
    let relay = CheckRelay()
    relay.tell(progress(1, finding: "a"))
    relay.tell(progress(2))
    relay.tell(progress(3, finding: "b", isFinished: true))
    relay.finish()
    var messages: [CheckRegistryResponse] = []
    for await _ in relay.signals { messages += relay.take() }
    #expect(messages.count == 1 && messages.first?.findings.map(\.place) == ["a", "b"])
    #expect(messages.first?.finished == true && messages.first?.done == 3)
    #expect(relay.take().isEmpty)
  }

  @Test func losesNoStage() async {
    let relay = CheckRelay()
    for stage in ["journal", "households", "tally"] {
      var progress = progress(1, finding: stage)
      progress.stage = stage
      relay.tell(progress)
    }
    relay.finish()
    var messages: [CheckRegistryResponse] = []
    for await _ in relay.signals { messages += relay.take() }
    #expect(messages.map(\.stage) == ["journal", "households", "tally"])
    #expect(messages.map(\.findings.count) == [1, 1, 1])
  }
}
