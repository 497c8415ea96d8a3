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
    let counted = divisions.records.filter {
      ($0.level == .township || $0.level == .county) && division.path.contains($0.path)
    }
    return try await work.run { [self] flag in
      let counts = try readers.with { reader in
        try flag.check()
        return try reader.counts(counted, at: day).divisions
      }
      // Each is rounded once, as what it is, and added to what it lies in.
      let townships = counts.filter { $0.division.level == .township }
        .map { (division: $0.division, tally: PublishedTally(township: $0.tally)) }
      let places = Set(counts.filter { $0.division.level == .county }.map(\.division.id))
      let inCounties = Dictionary(grouping: townships) { one in
        one.division.path.ids.first(where: places.contains) ?? 0
      }
      let counties = counts.filter { $0.division.level == .county }.map { county in
        let own = inCounties[county.division.id] ?? []
        let tally = PublishedTally(county: county.tally, townships: own.map(\.tally))
        return (division: county.division, tally: tally)
      }
      // A city may have townships and no county above them.
      let others = inCounties[0] ?? []
      func told(_ one: DivisionRecord) -> PublishedDivision {
        var sum = PublishedTally()
        for part in one.level == .township ? townships : counties + others
        where one.path.contains(part.division.path) { sum.add(part.tally) }
        return PublishedDivision(division: divisions.message(one), figures: sum.figures)
      }
      return PublishedCounts(
        divisions: [told(division)] + below.map(told),
        day: Int32(day.yyyymmdd),
        synthetic: isSynthetic
      )
    }
  }
}
