package import RegistryAPI

/// What a check has done and found so far.
package struct CheckProgress: Sendable, Hashable {
  /// What is being checked: `database`, `journal`, `copies`, `households`, `proposals` (deep), `tally`,
  /// `applications` (deep), `application-counts`, `rules`, `pilot`, `looks`.
  package var stage: String
  /// How much of the stage is done.
  package var done: UInt64
  /// How much there is.
  package var total: UInt64
  /// What was found wrong since the last report; at most `StoreLimits.findings` in all.
  package var findings: [CheckFinding]
  /// Everything found wrong, also beyond the findings told.
  package var findingCount: UInt64
  /// The check is finished.
  package var isFinished: Bool

  package init(
    stage: String,
    done: UInt64,
    total: UInt64,
    findings: [CheckFinding],
    findingCount: UInt64,
    isFinished: Bool
  ) {
    self.stage = stage
    self.done = done
    self.total = total
    self.findings = findings
    self.findingCount = findingCount
    self.isFinished = isFinished
  }
}

/// Collects the findings of a check and tells how far it is.
struct CheckLog {
  private var progress: CheckProgress
  private let limit: Int
  private var told = 0
  private let report: (CheckProgress) -> Void
  private let flag: CancellationFlag

  /// Rows between two reports.
  static let interval: UInt64 = 5_000

  init(limit: Int, flag: CancellationFlag, report: @escaping (CheckProgress) -> Void) {
    self.limit = limit
    self.flag = flag
    self.report = report
    progress = CheckProgress(
      stage: "",
      done: 0,
      total: 0,
      findings: [],
      findingCount: 0,
      isFinished: false
    )
  }

  /// Everything found wrong so far.
  var findingCount: UInt64 { progress.findingCount }

  /// Begins a stage; throws `CancellationError` when nobody waits any more.
  mutating func begin(_ stage: String, total: UInt64) throws {
    progress.stage = stage
    progress.done = 0
    progress.total = total
    tell()
    try flag.check()
  }

  /// Counts a row of the stage; throws `CancellationError` when nobody waits any more.
  mutating func advance() throws {
    progress.done += 1
    guard progress.done % Self.interval == 0 else { return }
    try flag.check()
    tell()
  }

  /// Notes that something is wrong; the place holds no personal data.
  mutating func find(_ check: String, at place: String, _ english: String, _ chinese: String) {
    progress.findingCount += 1
    guard told < limit else { return }
    told += 1
    progress.findings.append(
      CheckFinding(check: check, place: place, messageEn: english, messageZh: chinese)
    )
  }

  /// Ends the check.
  mutating func finish() {
    progress.isFinished = true
    tell()
  }

  private mutating func tell() {
    report(progress)
    progress.findings = []
  }
}
