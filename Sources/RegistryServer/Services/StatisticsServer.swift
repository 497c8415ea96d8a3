package import RPCCore
package import RegistryAPI
internal import RegistryModel
package import RegistryStore

/// Counts, the report and the recount: figures from records, never typed in.
package struct StatisticsServer: StatisticsService {
  private let store: RegistryStore

  /// Serves the counts of a store.
  package init(store: RegistryStore) { self.store = store }

  /// Gives a division's counts, and those of each directly below when asked.
  package func getStatistics(
    _ request: GetStatisticsRequest,
    context: ServerContext
  ) async throws -> Statistics {
    let snapshot = try await store.counts(
      of: request.division,
      breakdown: request.breakdown,
      scope: try context.scope
    )
    var statistics = Statistics(
      asOf: snapshot.asOf.microseconds,
      sequence: snapshot.sequence,
      synthetic: store.isSynthetic
    )
    statistics.divisions = snapshot.divisions.map { counts in
      var message = DivisionStatistics(division: store.divisions.message(counts.division))
      counts.tally.fill(&message)
      return message
    }
    return statistics
  }

  /// Gives the report of a division.
  package func getReport(
    _ request: GetReportRequest,
    context: ServerContext
  ) async throws -> Report {
    let snapshot = try await store.report(request, scope: try context.scope)
    return report(of: 0, in: snapshot)
  }

  /// Gives the reports of a division and of those of a level below it.
  package func listReports(
    _ request: ListReportsRequest,
    responses: ResponseWriter<Report>,
    context: ServerContext
  ) async throws {
    let snapshot = try await store.reports(request, scope: try context.scope)
    for place in snapshot.divisions.indices {
      try await responses.write(report(of: place, in: snapshot))
    }
  }

  private func report(of place: Int, in snapshot: ReportSnapshot) -> Report {
    let (division, inputs) = snapshot.divisions[place]
    let told = RegistryReport(inputs)
    var report = Report(
      division: store.divisions.message(division),
      // Of a day that has passed nothing is told that changes after it.
      asOf: snapshot.day == nil ? snapshot.asOf.microseconds : 0,
      sequence: snapshot.day == nil ? snapshot.sequence : 0,
      synthetic: store.isSynthetic,
      figures: told.figures,
      day: snapshot.day.map { Int32($0.yyyymmdd) } ?? 0
    )
    if place == 0 {
      report.notesEn = told.notesEnglish + Self.sourceNotes.map(\.english)
      report.notesZh = told.notesChinese + Self.sourceNotes.map(\.chinese)
    }
    return report
  }

  /// Gives the counts that partners see.
  package func getPublishedCounts(
    _ request: GetPublishedCountsRequest,
    context: ServerContext
  ) async throws -> PublishedCounts {
    try await store.published(request, scope: try context.scope)
  }

  /// Recounts, telling how far it has come; the last message says that it is finished.
  package func checkRegistry(
    _ request: CheckRegistryRequest,
    responses: ResponseWriter<CheckRegistryResponse>,
    context: ServerContext
  ) async throws {
    let scope = try context.scope
    let relay = CheckRelay()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { relay.finish() }
        _ = try await store.check(deep: request.deep, scope: scope, progress: relay.tell)
      }
      for await _ in relay.signals {
        for message in relay.take() { try await responses.write(message) }
      }
      try await group.waitForAll()
    }
  }

  /// What every reader of a report must know of the data that comes with the program.
  private static let sourceNotes: [(english: String, chinese: String)] = [
    (
      "Divisions: counties of 2010, townships of 2022, villages of a sample whose codes are made up.",
      "行政区划：县级为2010年，乡级为2022年，村级为样本且代码为自编。"
    ),
    (
      "The list of national key counties is partly from memory: unverified.",
      "国家扶贫开发工作重点县名单部分凭记忆整理，未经核实。"
    ),
    (
      "Rural populations are those recorded as pilot work; none comes with the program.",
      "农村人口为试点工作记录所登记，程序不附带。"
    ),
  ]
}
