internal import Journal
internal import RegistryModel
internal import SQL
internal import Synchronization

/// A connection for reading with what belongs to it: statements and a sealing context; for one
/// thread at a time.
final class Reader {
  let connection: any SQLConnection
  let sealer: SealerContext
  let hasher: SHA256Context
  let stream: Bytes16
  /// The statements of the three point reads, kept because they are the hottest.
  let byID: any SQLStatement
  let byNumber: any SQLStatement
  let byCitizenID: any SQLStatement
  /// The version of a household that was on record at an instant, among those replaced.
  let past: any SQLStatement

  init(connection: any SQLConnection, keys: KeyRing, stream: Bytes16) throws {
    self.connection = connection
    self.stream = stream
    byID = try connection.prepare(Self.pointText("h.id"))
    byNumber = try connection.prepare(Self.pointText("h.number"))
    byCitizenID = try connection.prepare(Self.citizenText)
    past = try connection.prepare(Self.pastText)
    sealer = try SealerContext(keyRing: keys)
    hasher = try SHA256Context()
  }

  /// Columns of a household with its body, in the order in which `stored(_:)` reads them.
  static let columns = """
    h.id, h.version, h.village, h.wrapped_key, j.recorded_at, j.sealed, h.n, h.entry
    """

  private static func pointText(_ column: String) -> String {
    """
    SELECT \(columns) FROM household h JOIN journal j ON j.seq = h.entry WHERE \(column) = $1
    """
  }

  private static let citizenText = """
    SELECT \(columns) FROM member_number m JOIN household h ON h.n = m.household
    JOIN journal j ON j.seq = h.entry WHERE m.digest = $1
    """

  private static let pastText = """
    SELECT p.version, p.entry, p.recorded_at, j.sealed
    FROM household_past p JOIN journal j ON j.seq = p.entry
    WHERE p.household = $1 AND p.recorded_at <= $2
    ORDER BY p.recorded_at DESC, p.version DESC LIMIT 1
    """

  /// Reads the household of a row of `columns`, unsealing its body; nil, and nothing is unsealed,
  /// if it lies outside the scope's area.
  func stored(
    _ row: any SQLStatement,
    scope: Scope,
    directory: DivisionDirectory
  ) throws -> StoredHousehold? {
    guard let village = directory.record(id: row.int64(at: 2)) else {
      throw StoreError(.damaged, "a household lies in a division that is not on record")
    }
    guard scope.covers(village.path) else { return nil }
    let id = try row.bytes16(at: 0)
    let version = UInt64(bitPattern: row.int64(at: 1))
    let instant = row.int64(at: 4)
    let binding = SealBinding.body(ofHousehold: id, stream: stream, version: version)
    let encoded = try row.withBytes(at: 3) { wrapped in
      try row.withBytes(at: 5) { sealed in
        try sealer.withOpened(sealed, wrappedKey: wrapped, binding: binding) { _, body in
          StoredHousehold.encoding(body: body, recordedAt: instant)
        }
      }
    }
    return StoredHousehold(
      id: id,
      version: version,
      village: village,
      encoded: encoded,
      n: row.int64(at: 6),
      entry: row.int64(at: 7)
    )
  }
}

/// The readers of a store: made when they are needed, kept when they are not.
final class ReaderPool: Sendable {
  // The only mutable state is behind the mutex; a reader is handed to one thread at a time.
  private struct State {
    var idle: [Idle] = []
    var made = 0
    /// Holds the database open; nil once the pool is closed.
    var make: (@Sendable () throws -> Reader)?
  }

  /// Unchecked: the pool owns idle readers and hands each to one thread at a time.
  private struct Idle: @unchecked Sendable {
    let reader: Reader
  }

  private let state: Mutex<State>
  private let limit: Int

  init(limit: Int, make: @escaping @Sendable () throws -> Reader) {
    self.limit = limit
    state = Mutex(State(make: make))
  }

  /// Lends a reader for the length of `body`, which must not wait for anything but the database.
  ///
  /// Throws `StoreError`: `overloaded` if all are lent, `closed`; what `body` throws, with errors
  /// of lower layers in the store's words.
  func with<Result>(_ body: (Reader) throws -> Result) throws -> Result {
    let reader = try take()
    defer { give(reader) }
    do {
      return try body(reader)
    } catch {
      throw StoreError.wrapping(error)
    }
  }

  /// Lets the idle readers go, and the others when they come back.
  func close() {
    // Let go outside the lock: closing connections takes a while.
    let old = state.withLock { state in
      let old = state
      state = State(made: old.made)
      return old
    }
    withExtendedLifetime(old) {}
  }

  private func take() throws -> Reader {
    let (idle, make) = try state.withLock { state throws(StoreError) in
      guard let make = state.make else {
        throw StoreError(.closed, "the store is closed", zh: "数据库已关闭")
      }
      if let idle = state.idle.popLast() { return (idle as Idle?, make) }
      guard state.made < limit else {
        throw StoreError(.overloaded, "all \(limit) readers are in use", zh: "\(limit) 个读取通道均在使用")
      }
      state.made += 1
      return (nil, make)
    }
    if let idle { return idle.reader }
    do {
      return try make()
    } catch {
      state.withLock { $0.made -= 1 }
      throw StoreError.wrapping(error)
    }
  }

  private func give(_ reader: Reader) {
    let idle = Idle(reader: reader)
    let isOpen = reader.connection.isOpen
    // Let go outside the lock: closing connections takes a while.
    let lost = state.withLock { state -> [Idle] in
      guard !isOpen else {
        if state.make != nil { state.idle.append(idle) }
        return []
      }
      // What ended one connection to a server has probably ended the others.
      let lost = state.idle
      state.idle = []
      state.made -= lost.count + 1
      return lost
    }
    withExtendedLifetime(lost) {}
  }
}

extension SQLStatement {
  /// Sixteen octets of a column. Throws `StoreError` (`damaged`) for another count.
  func bytes16(at column: Int) throws -> Bytes16 {
    try withBytes(at: column) { octets throws(StoreError) in
      guard octets.count == 16 else {
        throw StoreError(.damaged, "a stored id has \(octets.count) octets")
      }
      return Bytes16(
        high: UInt64(bigEndian: octets.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: octets.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
      )
    }
  }

  /// Binds sixteen octets.
  func bind(_ value: Bytes16, at parameter: Int) {
    withUnsafeBytes(of: (value.high.bigEndian, value.low.bigEndian)) {
      bind(Array($0), at: parameter)
    }
  }

  /// The 32 octets of a hash. Throws `StoreError` (`damaged`) for another count.
  func hash256(at column: Int) throws -> Hash256 {
    guard let hash = withBytes(at: column, { Hash256($0) }) else {
      throw StoreError(.damaged, "a stored hash has not 32 octets")
    }
    return hash
  }
}
