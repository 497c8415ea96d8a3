internal import RegistryAPI
internal import RegistryClient
internal import RegistryModel

/// Lists of applications as tables.
enum ApplicationTable {
  static let columns: [Rows.Column] = [
    .init("number", "Number", "申请编号"), .init("version", "Version", "版本"),
    .init("state", "State", "状态"), .init("village_code", "Village code", "村代码"),
    .init("village", "Village", "村"), .init("head", "Head", "户主"),
    .init("members", "Members", "人数"), .init("period", "Period", "年度"),
    .init("poverty_decision", "Poverty office", "扶贫认定"),
    .init("security_decision", "Civil affairs", "民政认定"),
    .init("possible_duplicates", "Duplicates", "疑似重复"),
    .init("open_objections", "Objections", "未答复异议"), .init("returned", "Returned", "曾退回"),
    .init("last_day", "Last step", "最近步骤"), .init("notice", "Notice", "公示"),
  ]

  static func row(_ application: ApplicationSummary) -> [Value] {
    [
      .text(application.number), .text(String(application.version)),
      ProcedureWords.value(application.state), .text(application.village),
      .text(application.villageName), .text(application.head),
      .integer(Int64(application.members)), .text(String(application.period)),
      ProcedureWords.value(application.povertyDecision),
      ProcedureWords.value(application.securityDecision),
      .integer(Int64(application.possibleDuplicates)),
      .integer(Int64(application.openObjections)), .flag(application.returned),
      ProcedureWords.day(application.lastDay),
      application.notice.isEmpty ? .absent : .text(Hexadecimal.text(application.notice)),
    ]
  }

  /// How many applications are in each state, in the procedure's order.
  static func counts(_ applications: [ApplicationSummary]) -> Rows {
    let counts = Dictionary(grouping: applications, by: \.state).mapValues(\.count)
    return Rows(
      [
        .init("state", "State", "状态"), .init("applications", "Applications", "件数"),
      ],
      ProcedureState.allCases.compactMap { state in
        counts[state.message].map { [ProcedureWords.value(state), .integer(Int64($0))] }
      }
    )
  }
}

extension RegistryClient {
  /// The most applications that one command lists.
  static let listLimit = 200_000

  /// All pages of a list of applications, up to a number of lines.
  ///
  /// - Returns: the lines, and the token of the next page when there are more.
  func applications(
    _ request: ListApplicationsRequest,
    limit: Int = listLimit
  ) async throws -> (lines: [ApplicationSummary], next: String) {
    var request = request
    var lines: [ApplicationSummary] = []
    repeat {
      request.pageSize = UInt32(min(2000, limit - lines.count))
      let page = try await procedure.listApplications(request)
      lines += page.applications
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty && lines.count < limit
    return (lines, request.pageToken)
  }
}
