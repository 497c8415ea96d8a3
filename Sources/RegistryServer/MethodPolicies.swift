package import RPCCore
internal import RPCServices
internal import RegistryAPI

/// The bounds of every method. No service here calls another: all methods are leaves.
package enum MethodPolicies {
  /// A call that reads or writes one thing, or a page.
  package static let short = MethodPolicy(
    maximumDuration: .seconds(30),
    maximumMessageBytes: 1 << 20,
    isLeaf: true
  )
  /// A call with a list of items: 2,000 steps, 500 households, or minutes of 2 MiB.
  package static let bulk = MethodPolicy(
    maximumDuration: .seconds(60),
    maximumMessageBytes: 4 << 20,
    isLeaf: true
  )
  /// A call that opens many files: their answers are short or a page.
  package static let whole = MethodPolicy(
    maximumDuration: .seconds(60),
    maximumMessageBytes: 4 << 20,
    isLeaf: true
  )
  /// A call that counts.
  package static let counting = MethodPolicy(
    maximumDuration: .seconds(60),
    maximumMessageBytes: 1 << 20,
    isLeaf: true
  )
  /// A call that goes over the whole registry or a whole file: a message of an import has up to
  /// 2,000 households of some 1 KiB.
  package static let long = MethodPolicy(
    maximumDuration: .seconds(12 * 3600),
    maximumMessageBytes: 4 << 20,
    isLeaf: true
  )

  /// A call that carries whole batches, compressed and sealed.
  package static let parts = MethodPolicy(
    maximumDuration: .seconds(12 * 3600),
    maximumMessageBytes: 32 << 20,
    isLeaf: true
  )

  /// A call that tells how the server is, also when it is full.
  package static let looking = MethodPolicy(
    maximumDuration: .seconds(30),
    maximumMessageBytes: 1 << 20,
    maximumCalls: 64,
    takesPlace: false,
    isLeaf: true
  )
  /// A call that waits for the server to change.
  package static let watching = MethodPolicy(
    maximumDuration: .seconds(12 * 3600),
    maximumMessageBytes: 1 << 20,
    maximumCalls: 256,
    takesPlace: false,
    isLeaf: true
  )

  /// The bounds by method path; what does not stand here has those of `short`.
  package static let byPath: [String: MethodPolicy] = [
    HouseholdMethods.importHouseholds.path: long,
    HouseholdMethods.exportHouseholds.path: long,
    ProcedureMethods.apply.path: bulk,
    ProcedureMethods.recordSteps.path: bulk,
    ProcedureMethods.attachMinutes.path: bulk,
    ProcedureMethods.openNotice.path: bulk,
    ProcedureMethods.closeNotice.path: bulk,
    RosterMethods.importRoster.path: long,
    RosterMethods.converge.path: long,
    RosterMethods.proposeFromRoster.path: long,
    RosterMethods.listConvergence.path: long,
    RosterMethods.listStarts.path: long,
    RosterMethods.compareRosters.path: long,
    RosterMethods.listRosterChanges.path: long,
    RosterMethods.removeRoster.path: long,
    InquiryMethods.matchPeople.path: long,
    InquiryMethods.followHouseholds.path: long,
    InquiryMethods.listLooks.path: whole,
    HouseholdMethods.sampleHouseholds.path: counting,
    HouseholdMethods.getHistory.path: whole,
    HouseholdMethods.compareVersions.path: whole,
    ChangeMethods.listProposals.path: whole,
    StatisticsMethods.checkRegistry.path: long,
    StatisticsMethods.getStatistics.path: counting,
    StatisticsMethods.getReport.path: counting,
    StatisticsMethods.listReports.path: counting,
    StatisticsMethods.getPublishedCounts.path: counting,
    // A national line counts all households anew by their incomes.
    PolicyMethods.setPovertyLine.path: counting,
    JournalMethods.listEntries.path: whole,
    // A link of 2 KB/s sends the megabyte of a batch in minutes: progress is watched, not time.
    ExchangeMethods.sendBatch.path: long,
    ExchangeMethods.fetchBatch.path: long,
    HealthMethods.check.path: looking,
    HealthMethods.watch.path: watching,
    ObserveMethods.getServer.path: looking,
    ObserveMethods.watchServer.path: watching,
    BundleMethods.exportBundle.path: parts,
    BundleMethods.importBundle.path: parts,
    ExchangeMethods.commitBatch.path: bulk,
    ExchangeMethods.sendUrgent.path: bulk,
  ]
}
