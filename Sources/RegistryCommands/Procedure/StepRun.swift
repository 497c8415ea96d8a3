internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// Takes one move on many applications: 2,000 in a call, each done or refused alone.
struct StepRun {
  let move: ProcedureMove
  let client: RegistryClient
  private(set) var outcomes: [StepOutcome] = []
  /// The rows that were refused, as they came.
  private(set) var refused: [(target: StepTarget, violations: [Violation])] = []

  init(_ move: ProcedureMove, client: RegistryClient) {
    self.move = move
    self.client = client
  }

  /// Sends the targets. What was done before an error stays in `outcomes`.
  ///
  /// - Throws: `RPCError`.
  mutating func run(_ targets: [StepTarget], progress: ProgressBar) async throws {
    for start in stride(from: 0, to: targets.count, by: StepSigner.limit) {
      let end = min(start + StepSigner.limit, targets.count)
      let chunk = try await StepTargets.resolve(Array(targets[start..<end]), client)
      try await send(chunk)
      progress.update(Int64(end))
    }
  }

  private mutating func send(_ chunk: [StepTarget]) async throws {
    var made: [Int: StepOutcome] = [:]
    var steps: [Step] = []
    var places: [Int] = []
    for (place, target) in chunk.enumerated() {
      switch step(target) {
      case .success(let step):
        steps.append(step)
        places.append(place)
      case .failure(let refusal):
        made[place] = StepOutcome(
          row: target.row,
          number: target.number,
          refusedBy: refusal.violation
        )
      }
    }
    if !steps.isEmpty {
      let results = try await client.recordSteps(steps)
      for (place, result) in zip(places, results) {
        made[place] = StepOutcome(result, row: chunk[place].row, number: chunk[place].number)
      }
    }
    for (place, target) in chunk.enumerated() {
      guard let outcome = made[place] else { continue }
      outcomes.append(outcome)
      if outcome.isRefused { refused.append((target, Self.violations(outcome))) }
    }
  }

  private struct Refusal: Error {
    let violation: Violation
  }

  private func step(_ target: StepTarget) -> Result<Step, Refusal> {
    guard let known = target.known else {
      let rule = target.number.isEmpty ? nil : ProcedureRule.unknown
      return .failure(
        Refusal(
          violation: rule?.violation("number", row: target.row)
            ?? Violation(.required, row: target.row, member: 0, field: "number")
        )
      )
    }
    do throws(StepFault) {
      return .success(
        try target.values.step(move, application: known.id, version: known.version)
      )
    } catch {
      return .failure(Refusal(violation: error.violation(row: target.row)))
    }
  }

  /// A stale version is a refusal too.
  private static func violations(_ outcome: StepOutcome) -> [Violation] {
    outcome.violations.isEmpty
      ? [ProcedureRule.stale.violation("base_version", row: outcome.row)] : outcome.violations
  }

  /// Writes the refused rows as they came, with the reason in a last column.
  ///
  /// - Throws: `cannotWrite`, `inputOutput`.
  func writeRefused(
    to path: String,
    headings: [String],
    _ language: Language
  ) throws(CommandFailure) {
    guard !refused.isEmpty else { return }
    let file = RefusedFile(path: path, headings: headings, language: language)
    for (target, violations) in refused {
      // Their own row only: the numbers that a node gives are places in its request.
      let own = violations.map { violation in
        var violation = violation
        violation.row = target.row
        return violation
      }
      try file.add(firstRow: target.row, rows: target.text, violations: own)
    }
    try file.finish()
  }
}
