internal import Journal
internal import RegistryAPI
internal import RegistryModel

/// An application's next version, ready to be written: everything that does not need the writer was
/// done on the caller's thread.
///
/// An object, because a copy of an application costs more than much of what is done with it.
/// Unchecked: it is changed while it is prepared, and then by the writer alone.
final class PreparedStep: @unchecked Sendable {
  /// What it replaces; nil for a new application.
  struct Base: Sendable {
    var n: Int64
    var entry: Int64
    var version: UInt64
    var state: ProcedureState
    var memberCount: Int64
    var category: HouseholdCategory?
    var notice: Int64
    var household: Int64

    init(_ stored: StoredApplication) {
      n = stored.n
      entry = stored.entry
      version = stored.version
      state = stored.state
      memberCount = stored.memberCount
      category = HouseholdCategory(rawValue: stored.application.category.rawValue)
      notice = stored.notice
      household = stored.household
    }
  }

  /// The people of an application, as the lists of those on their way have them.
  struct People: Sendable, Hashable {
    var numbers: [PreparedHousehold.MemberNumber] = []
    var names: [String] = []

    init() {}

    /// The people of an application's file.
    init(_ application: Application, _ preparer: HouseholdPreparer) throws {
      let household = application.household ?? Household()
      numbers = try preparer.memberNumbers(of: household)
      names = household.members.map { $0.identity?.name ?? "" }
    }
  }

  /// The stages at which people count against quotas.
  enum Stage: Sendable, CaseIterable {
    case proposed
    case examined
    case approved

    /// The states of those who count.
    var states: [ProcedureState] {
      switch self {
      case .proposed: ProcedureState.proposed
      case .examined: ProcedureState.examinedOrFurther
      case .approved: ProcedureState.approvedOrFurther
      }
    }

    /// The levels whose quotas are compared.
    var levels: [DivisionTier] {
      switch self {
      case .proposed: [.village]
      case .examined: [.village, .township]
      case .approved: [.village, .township, .county]
      }
    }
  }

  var application: Application
  let id: Bytes16
  let owner: Bytes16
  let village: DivisionRecord
  let operation: EntryOperation
  var sealed: [UInt8]
  var bodyHash: Hash256
  let wrappedKey: [UInt8]
  let base: Base?
  /// The members' numbers and names, to be listed while the application is on its way.
  var people = People()
  /// Those that are listed for its base and take another place, or none; nil leaves the lists.
  var replaced: People?
  /// The last application on record when possible duplicates were looked for; nil where they were not.
  var lookedAt: Int64?
  /// The file to be registered with this step.
  var household: PreparedHousehold?
  /// The county whose serials the application's number is taken from; nil for a later version.
  var county: Int64?
  /// The stages that the step reaches.
  var stages: [Stage] = []
  /// Why a quota is passed.
  var overQuotaReason = ""
  /// The open notice that it stands in after the step; 0 for none.
  var notice: Int64 = 0

  init(
    application: Application,
    id: Bytes16,
    owner: Bytes16,
    village: DivisionRecord,
    operation: EntryOperation,
    sealed: [UInt8],
    bodyHash: Hash256,
    wrappedKey: [UInt8],
    base: Base?
  ) {
    self.application = application
    self.id = id
    self.owner = owner
    self.village = village
    self.operation = operation
    self.sealed = sealed
    self.bodyHash = bodyHash
    self.wrappedKey = wrappedKey
    self.base = base
  }

  var state: ProcedureState { ProcedureState(application.state) ?? .applied }
  /// How many people it is about.
  var memberCount: Int64 { Int64(application.household?.members.count ?? 0) }
  var category: HouseholdCategory? { HouseholdCategory(rawValue: application.category.rawValue) }
  var number: ApplicationNumber? { ApplicationNumber(application.number) }

  /// The stages at which people count after a move and did not before it: one at a time on the way
  /// up, perhaps several where an appeal brings them back.
  static func stages(from: ProcedureState, to: ProcedureState) -> [Stage] {
    Stage.allCases.filter { $0.states.contains(to) && !$0.states.contains(from) }
  }
}

/// What became of a prepared step in the writer's transaction.
enum StepOutcome: Sendable {
  /// It is written, once the group is committed.
  case written(household: (id: [UInt8], number: String)?)
  /// Rules refuse it; nothing of it is written.
  case refused([Violation])
  /// The application has another version by now; nothing is written.
  case stale(version: UInt64, state: ProcedureState)
}
