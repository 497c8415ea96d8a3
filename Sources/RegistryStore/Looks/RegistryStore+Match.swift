internal import Journal
package import RegistryAPI
package import RegistryModel
internal import SQL

/// A part of a list of persons, compared with those on record.
package struct MatchedPart: Sendable {
  /// One `MatchResult` for each number, in order.
  package var results: [UInt8] = []
  /// Those who are on record.
  package var matches: [PersonMatch] = []
  /// Their households' ids, each once.
  package var files: [[UInt8]] = []
}

extension RegistryStore {
  /// Compares a part of a list of persons with those on record in the scope's area, on all workers.
  ///
  /// Of a scope that sees some people only, others are absent. Households that have left the register
  /// are too. The caller records the look before anything of it is shown, and leaves out what the
  /// scope does not disclose. Throws `StoreError`: `refused`, `invalid` for more than
  /// `StoreLimits.numbersPerPart`, `overloaded`.
  package func match(_ numbers: [String], scope: Scope) async throws -> MatchedPart {
    try scope.require(.match)
    guard numbers.count <= limits.numbersPerPart else {
      throw StoreError.broken([Violation(.tooMany, row: 0, member: 0, field: "citizen_ids")])
    }
    let size = max(250, (numbers.count + limits.workers - 1) / limits.workers)
    let pieces = try await withThrowingTaskGroup(of: (Int, MatchedPart).self) { group in
      for start in stride(from: 0, to: numbers.count, by: size) {
        let end = min(start + size, numbers.count)
        group.addTask { [self] in
          let part = try await work.run { [self] flag in
            try readers.with { try match(numbers[start..<end], scope, $0, flag) }
          }
          return (start, part)
        }
      }
      var pieces: [(Int, MatchedPart)] = []
      for try await piece in group { pieces.append(piece) }
      return pieces.sorted { $0.0 < $1.0 }.map { $0.1 }
    }
    var whole = MatchedPart()
    var known: Set<[UInt8]> = []
    for piece in pieces {
      whole.results += piece.results
      whole.matches += piece.matches
      for file in piece.files where known.insert(file).inserted { whole.files.append(file) }
    }
    return whole
  }

  private func match(
    _ numbers: ArraySlice<String>,
    _ scope: Scope,
    _ reader: Reader,
    _ flag: CancellationFlag
  ) throws -> MatchedPart {
    let today = context.environment.today
    let finder = try PersonFinder(reader)
    var part = MatchedPart()
    part.results.reserveCapacity(numbers.count)
    // One view of the database for the piece, so that each look-up does not begin one.
    try reader.connection.transaction {
      for (place, text) in zip(numbers.indices, numbers) {
        if place % 256 == 0 { try flag.check() }
        let read = CitizenIDNumber.read(
          CitizenIDNumber.folded(text),
          on: today,
          allowsSynthetic: isSynthetic
        )
        guard case .success(let number) = read else {
          part.results.append(UInt8(MatchResult.malformed.rawValue))
          continue
        }
        guard let found = try find(number, finder, scope, today, reader) else {
          part.results.append(UInt8(MatchResult.absent.rawValue))
          continue
        }
        part.results.append(UInt8(MatchResult.found.rawValue))
        part.files.append(found.id)
        part.matches.append(
          PersonMatch(
            place: UInt32(place),
            household: HouseholdNumber(stored: found.number)?.description ?? "",
            village: found.village.code.description,
            category: Category(rawValue: found.category),
            mainCause: found.mainCause
          )
        )
      }
    }
    return part
  }

  /// The household in the scope's area in which somebody stands whom the scope sees.
  private func find(
    _ number: CitizenIDNumber,
    _ finder: PersonFinder,
    _ scope: Scope,
    _ today: Day,
    _ reader: Reader
  ) throws -> PersonFinder.Found? {
    let digest = try reader.sealer.digest(of: number.text, field: .idNumber)
    for found in try finder.households(of: digest, divisions) where scope.covers(found.village.path)
    {
      if scope.people == .all { return found }
      let stored = try reader.household(
        .id(try Bytes16(found.id).orDamaged()),
        scope: scope,
        directory: divisions
      )
      guard let whole = try stored?.household(), let shown = scope.disclosed(whole, on: today)
      else { continue }
      // By the member's own id: numbers may be withheld.
      let member = whole.members.first { $0.identity?.citizenId == number.text }
      if shown.members.contains(where: { $0.id == member?.id }) { return found }
    }
    return nil
  }
}

extension Optional where Wrapped == Bytes16 {
  fileprivate func orDamaged() throws(StoreError) -> Bytes16 {
    guard let self else { throw StoreError(.damaged, "a stored id has not 16 octets") }
    return self
  }
}

/// Finds registered households by the digest of a member's number, without opening them.
private struct PersonFinder {
  struct Found {
    let id: [UInt8]
    let number: Int64
    let village: DivisionRecord
    let category: Int32
    let mainCause: UInt32
  }

  private let first: any SQLStatement
  private let others: any SQLStatement
  /// Whether there are people of copies who stand in two nodes' files.
  private let hasOthers: Bool

  private static let columns = "h.id, h.number, h.village, h.category, h.main_cause, h.status"

  init(_ reader: Reader) throws {
    first = try reader.connection.prepare(
      """
      SELECT \(Self.columns) FROM member_number m JOIN household h ON h.n = m.household
      WHERE m.digest = $1
      """
    )
    others = try reader.connection.prepare(
      """
      SELECT \(Self.columns) FROM member_elsewhere m JOIN household h ON h.n = m.household
      WHERE m.digest = $1 ORDER BY h.n
      """
    )
    hasOthers =
      try reader.connection.prepare("SELECT 1 FROM member_elsewhere LIMIT 1")
      .first { _ in true } == true
  }

  func households(of digest: Bytes16, _ directory: DivisionDirectory) throws -> [Found] {
    var found: [Found] = []
    for row in hasOthers ? [first, others] : [first] {
      row.bind(digest, at: 1)
      try row.forEach { row in
        guard row.int64(at: 5) == Int64(HouseholdStatus.registered.rawValue),
          let village = directory.record(id: row.int64(at: 2))
        else { return }
        found.append(
          Found(
            id: row.bytes(at: 0),
            number: row.int64(at: 1),
            village: village,
            category: Int32(clamping: row.int64(at: 3)),
            mainCause: UInt32(clamping: row.int64(at: 4))
          )
        )
      }
    }
    return found
  }
}
