package import RPCCore
internal import RegistryAPI

/// The bounds of every method.
package enum MethodPolicies {
  /// A call that reads or writes one thing, or a page.
  package static let short = MethodPolicy(
    maximumDuration: .seconds(30),
    maximumMessageBytes: 1 << 20
  )
  /// A call that counts.
  package static let counting = MethodPolicy(
    maximumDuration: .seconds(60),
    maximumMessageBytes: 64 << 10
  )
  /// A call that goes over the whole registry, in small messages.
  package static let long = MethodPolicy(
    maximumDuration: .seconds(12 * 3600),
    maximumMessageBytes: 64 << 10
  )
  /// An import: 2,000 households a message, under 2 KiB each.
  package static let bulk = MethodPolicy(
    maximumDuration: .seconds(12 * 3600),
    maximumMessageBytes: 4 << 20
  )

  /// The bounds by method path; what does not stand here has those of `short`.
  package static let byPath: [String: MethodPolicy] = [
    HouseholdMethods.importHouseholds.path: bulk,
    HouseholdMethods.exportHouseholds.path: long,
    StatisticsMethods.checkRegistry.path: long,
    StatisticsMethods.getStatistics.path: counting,
    StatisticsMethods.getReport.path: counting,
  ]
}
