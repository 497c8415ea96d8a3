package import RegistryAPI
package import RegistryModel
internal import SQL

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
    let below =
      request.breakdown && division.level < .township ? divisions.children(of: division) : []
    return try await work.run { [self] flag in
      try readers.with { reader in
        try reader.connection.transaction {
          var answer = PublishedCounts(day: Int32(day.yyyymmdd), synthetic: isSynthetic)
          for one in [division] + below {
            try flag.check()
            var sum = PublishedTally()
            for counts in try reader.counts(inView: townships(in: one), at: day).divisions {
              sum.add(PublishedTally(township: counts.tally))
            }
            answer.divisions.append(
              PublishedDivision(division: divisions.message(one), figures: sum.figures)
            )
          }
          return answer
        }
      }
    }
  }

  private func townships(in division: DivisionRecord) -> [DivisionRecord] {
    if division.level == .township { return [division] }
    return divisions.children(of: division).flatMap { below in
      below.level <= .township ? townships(in: below) : []
    }
  }
}
