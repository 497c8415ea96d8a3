package import RegistryAPI
package import RegistryModel

extension RegistryStore {
  /// The counts that everybody may know, as they were at the close of the last month (China time), so
  /// that asking from day to day tells nothing of single households.
  ///
  /// Throws `StoreError`: `refused` if the scope does not allow it, not there, or below townships;
  /// `invalid`, `notFound` for a code.
  package func published(
    _ request: GetPublishedCountsRequest,
    scope: Scope
  ) async throws -> PublishedCounts {
    try scope.require(.published)
    let division = try ruled(request.division, scope)
    guard division.level <= .township else {
      throw StoreError.refused(
        by: "published.township",
        "nothing is published of divisions below townships",
        zh: "乡镇以下不公开统计"
      )
    }
    let today = context.environment.today
    let day = Day(daysSince1970: today.daysSince1970 - Int32(today.yyyymmdd % 100))
    try await settled(day.close.microseconds)
    let below =
      request.breakdown && division.level < .township ? divisions.children(of: division) : []
    let townships = divisions.records.filter {
      $0.level == .township && division.path.contains($0.path)
    }
    return try await work.run { [self] flag in
      let counted = try readers.with { reader in
        try flag.check()
        return try reader.counts(townships, at: day).divisions
      }
      // Each township's counts are read and rounded once, and added to what it lies in.
      var sum = PublishedTally()
      var sums: [Int64: PublishedTally] = [:]
      let places = Set(below.map(\.id))
      for counts in counted {
        let published = PublishedTally(township: counts.tally)
        sum.add(published)
        if let place = counts.division.path.ids.first(where: places.contains) {
          sums[place, default: PublishedTally()].add(published)
        }
      }
      func told(_ one: DivisionRecord, _ tally: PublishedTally) -> PublishedDivision {
        PublishedDivision(division: divisions.message(one), figures: tally.figures)
      }
      return PublishedCounts(
        divisions: [told(division, sum)] + below.map { told($0, sums[$0.id] ?? PublishedTally()) },
        day: Int32(day.yyyymmdd),
        synthetic: isSynthetic
      )
    }
  }
}
