internal import ArgumentParser
internal import RegistryAPI
internal import RegistryModel

/// A state as an argument.
enum StateName: String, ExpressibleByArgument, CaseIterable {
  case applied, appraised
  case villageDecided = "village-decided"
  case villageNotice = "village-notice"
  case villageNoticed = "village-noticed"
  case examined
  case townshipNotice = "township-notice"
  case townshipNoticed = "township-noticed"
  case approving, approved
  case countyNotice = "county-notice"
  case countyNoticed = "county-noticed"
  case registered, rejected, withdrawn, appealed

  var state: ApplicationState {
    ProcedureState.allCases.first { $0.slug == rawValue }?.message ?? .unspecified
  }
}

/// The options by which applications are looked for.
struct ApplicationFilterOptions: ParsableArguments {
  @Option(
    name: [.long, .customLong("village")],
    help: help("In this division or below (default: this office's area).", "此区划及以下（默认为本机构辖区）。")
  )
  var division = ""

  @Option(name: .long, help: help("State; may be repeated.", "状态；可多次给出。"))
  var state: [StateName] = []

  @Option(name: .long, help: help("Only of this period (year).", "仅此年度。"))
  var period: UInt32 = 0

  @Flag(name: .long, help: help("Only those sent back before.", "仅曾被退回的。"))
  var returned = false

  @Flag(
    name: .long,
    help: help("Only those with possible duplicates to be settled.", "仅有疑似重复待处理的。")
  )
  var duplicates = false

  @Flag(
    name: .long,
    help: help("Only those with objections to be answered.", "仅有异议待答复的。")
  )
  var objections = false

  init() {}

  func request(waiting: Bool) -> ListApplicationsRequest {
    ListApplicationsRequest(
      division: division,
      states: state.map(\.state),
      waitingForMe: waiting,
      period: period
    )
  }

  /// What the node's list does not ask for.
  func isWanted(_ line: ApplicationSummary) -> Bool {
    (!returned || line.returned) && (!duplicates || line.possibleDuplicates > 0)
      && (!objections || line.openObjections > 0)
  }
}
