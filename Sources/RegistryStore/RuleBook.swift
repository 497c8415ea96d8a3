internal import RegistryModel
internal import Synchronization

/// What is set from above, in memory: read with every step, changed some times a year.
///
/// The writer's transaction changes the tables; whoever waited for it replaces the copy here before
/// the change is acknowledged.
final class RuleBook: Sendable {
  /// The values of one moment.
  struct Contents: Sendable {
    /// Parameters of the procedure.
    var policy = PolicyBook()
    /// Poverty lines.
    var lines: PovertyLines
    /// Dibao standards.
    var standards = PovertyLines([])
    /// Quotas in people, by division and period.
    var quotas: [QuotaKey: Int64] = [:]
    /// The code lists.
    var lists: SharedLists
  }

  /// The code lists, which are too many to be copied with every look at the rest.
  final class SharedLists: Sendable {
    let value: CodeLists

    init(_ value: CodeLists) { self.value = value }
  }

  /// A division's period.
  struct QuotaKey: Hashable, Sendable {
    var division: Int64
    var period: UInt32
  }

  /// The lines that come with the program.
  let builtIn: PovertyLines
  private let contents: Mutex<Contents>

  init(builtIn: PovertyLines, _ contents: Contents) {
    self.builtIn = builtIn
    self.contents = Mutex(contents)
  }

  /// The values as they are now.
  var current: Contents { contents.withLock { $0 } }

  /// Changes the values.
  func update(_ change: (inout Contents) -> Void) { contents.withLock { change(&$0) } }
}
