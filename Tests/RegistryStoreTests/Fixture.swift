import Glibc
import Journal
import PostgreSQL
import RegistryAPI
import RegistryModel
import RegistryStore
import SQL
import SQLite
import Synchronization
import TestDatabases

/// A store in a directory or a server's database of its own, with a clock that the test sets.
final class Fixture: Sendable {
  static let node = "registry://421224/node/main"
  /// Two villages of one township, one of another, one of another county.
  static let villages = ["421224100201", "421224100202", "421224101201", "421223100201"]

  let directory: String
  let keys: KeyRing
  private let clock = Clock()
  private let state = Mutex(State())

  /// Apart from the fixture, because the store holds it.
  private final class Clock: Sendable {
    let instant = Mutex(Instant(microseconds: 1_290_000_000_000_000))
  }

  private struct State {
    var kind = TestDatabase.sqlite
    var server: TestServerDatabase?
    var store: RegistryStore?
  }

  init(on database: TestDatabase = .sqlite) throws {
    var template = Array("/tmp/registry-store-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw StoreError(.unavailable, "no directory") }
    directory = String(cString: made)
    try NodeKeyFile.create(at: directory + "/key")
    keys = try NodeKeyFile.read(at: directory + "/key")
    try use(database)
  }

  deinit {
    for name in ["registry.db", "registry.db-wal", "registry.db-shm", "registry.db.lock", "key"] {
      unlink("\(directory)/\(name)")
    }
    rmdir(directory)
  }

  var path: String { directory + "/registry.db" }

  /// The store's clock.
  var now: Instant {
    get { clock.instant.withLock { $0 } }
    set { clock.instant.withLock { $0 = newValue } }
  }

  /// Puts the stores to be opened on a kind of database, in a new one.
  func use(_ database: TestDatabase) throws {
    let server = database == .postgreSQL ? try TestServerDatabase() : nil
    state.withLock { $0 = State(kind: database, server: server) }
  }

  /// Opens the suite's store on a kind of database.
  func start(
    on database: TestDatabase,
    _ change: (inout StoreConfiguration) -> Void = { _ in }
  ) throws {
    try use(database)
    let store = try open(change)
    state.withLock { $0.store = store }
  }

  /// The store that `start` opened.
  var store: RegistryStore {
    guard let store = state.withLock({ $0.store }) else { preconditionFailure("not started") }
    return store
  }

  /// Which database the fixture is on.
  var kind: TestDatabase { state.withLock { $0.kind } }

  /// The server's database.
  var server: TestServerDatabase? { state.withLock { $0.server } }

  /// The database of the stores; the settings do without what tests need not wait for.
  var database: StoreDatabase {
    if let server {
      var postgreSQL = PostgreSQLConfiguration(url: server.url)
      postgreSQL.leaseTimeout = 200
      return .postgreSQL(postgreSQL)
    }
    return sqlite()
  }

  /// A file as the database.
  func sqlite(
    path: String? = nil,
    _ change: (inout SQLiteConfiguration) -> Void = { _ in }
  ) -> StoreDatabase {
    var sqlite = SQLiteConfiguration()
    sqlite.synchronous = .off
    sqlite.writerCache = 16_384
    change(&sqlite)
    return .sqlite(path: path ?? self.path, sqlite)
  }

  /// Runs statements behind the back of the store, which must be closed.
  func tamper(_ sql: String) throws {
    if let server {
      try TestServer.run(sql.replacing("x'", with: "'\\x"), on: server.url)
    } else {
      try database.open().makeConnection(role: .writer).execute(sql)
    }
  }

  func configuration() throws -> StoreConfiguration {
    guard let node = OfficeIdentity(uri: Self.node) else { throw StoreError(.invalid, "identity") }
    var configuration = StoreConfiguration(
      database: database,
      keys: keys,
      node: node,
      synthetic: true
    )
    configuration.divisions = .given(Self.divisions)
    configuration.environment = StoreEnvironment(now: { [clock] in clock.instant.withLock { $0 } })
    configuration.limits.idleCheckpoint = 0
    return configuration
  }

  func open(_ change: (inout StoreConfiguration) -> Void = { _ in }) throws -> RegistryStore {
    var configuration = try configuration()
    change(&configuration)
    return try RegistryStore.open(configuration)
  }

  static let divisions: [DivisionSeed] = {
    let rows: [(String, String, String?)] = [
      ("000000", "全国", nil), ("420000", "湖北省", "000000"), ("421200", "咸宁市", "420000"),
      ("421223", "崇阳县", "421200"), ("421224", "通山县", "421200"),
      ("421224100000", "通羊镇", "421224"), ("421224101000", "大畈镇", "421224"),
      ("421223100000", "天城镇", "421223"), ("421224100201", "甲村", "421224100000"),
      ("421224100202", "乙村", "421224100000"), ("421224101201", "丙村", "421224101000"),
      ("421223100201", "丁村", "421223100000"),
    ]
    return rows.compactMap { code, name, parent in
      guard let code = DivisionCode(code) else { return nil }
      return DivisionSeed(
        code: code,
        name: name,
        parent: parent.flatMap { DivisionCode($0) },
        isKeyCounty: code.description == "421224",
        source: "test"
      )
    }
  }()

  /// The scope that the authorisation table yields to an office.
  static func scope(
    _ uri: String,
    _ operation: Operation,
    purpose: Purpose? = nil,
    in store: RegistryStore
  ) throws -> Scope {
    guard let identity = OfficeIdentity(uri: uri),
      let division = store.division(code: identity.division)
    else { throw StoreError(.invalid, "identity") }
    return try AuthorizationTable.load().scope(
      for: identity,
      area: division.path,
      level: division.level,
      operation: operation,
      purpose: purpose
    )
  }

  /// The scope of the county's poverty office.
  static func county(_ operation: Operation, in store: RegistryStore) throws -> Scope {
    try scope("registry://421224/poverty-office/p0007", operation, in: store)
  }
}

/// Households that break no rule: `index` makes ID numbers and names differ.
enum Sample {
  static func number(_ index: Int, male: Bool = true) -> String {
    let birth = Day(yyyymmdd: 1950_01_01 + index / 400_000 % 9 * 10_000)
    let sequence = (index * 2 + (male ? 1 : 0)) % 1_000
    // 500 people of a sex a day and area; areas of the never-assigned 99.
    let area = 990_000 + index / 500 % 10_000
    guard let birth, let number = CitizenIDNumber(area: area, birth: birth, sequence: sequence)
    else { return "" }
    return number.text
  }

  static func member(_ index: Int, head: Bool) -> Member {
    let surnames = ["王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周"]
    let given = ["伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟"]
    var member = Member()
    member.identity = Identity(
      name: surnames[index % 10] + given[index / 10 % 14] + given[index / 140 % 14],
      citizenId: number(index),
      relation: head ? 2 : 20,
      ethnicGroup: 1
    )
    member.schooling = Schooling(education: 3)
    member.health = Health(states: [1])
    member.labour = Labour(capacity: 1)
    member.security = Security(medicalScheme: .yes)
    return member
  }

  static func household(
    _ index: Int,
    village: String = Fixture.villages[0],
    members: Int = 4
  ) -> Household {
    var household = Household()
    household.location = Location(village: village, group: "一组")
    household.classification = Classification(
      povertyDecision: .object,
      securityDecision: index % 3 == 0 ? .dibao : .neither,
      standard: 1,
      mainCause: UInt32(1 + index % 12),
      identifiedOn: 2010_06_01
    )
    household.contact = Contact(telephone: "13800000000", address: "老街1号")
    household.income = Income(
      years: [YearIncome(year: 2009, netPerPerson: Money(fen: Int64(80_000 + index % 100 * 1_000)))]
    )
    household.dwelling = Dwelling(
      floorArea: Quantity(value: 8_000),
      structure: 1,
      drinkingWater: 1,
      electricity: .yes
    )
    household.production = Production(farmland: Quantity(value: 320))
    household.members = (0..<members).map { member(index * members + $0, head: $0 == 0) }
    return household
  }

  static func item(_ household: Household, row: Int) -> ImportItem {
    ImportItem(
      firstRow: UInt32(row),
      rowCount: UInt32(household.members.count),
      household: household
    )
  }

  /// An import's header; the file's digest is made of one octet.
  static func file(_ octet: UInt8 = 1) -> ImportHeader {
    ImportHeader(fileDigest: Array(repeating: octet, count: 32), fileName: "test.csv")
  }
}
