internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// Persons who stand in two counties: the node above both tells each, naming the other county alone.
extension WriteSession {
  /// A file that a finding is about.
  private struct FoundFile {
    let id: Bytes16
    let node: String
    let county: String
    let member: [UInt8]
  }

  /// Tells both counties of a person who stands in both their files, once for each pair of files.
  func tell(
    _ number: PreparedHousehold.MemberNumber,
    of prepared: PreparedHousehold,
    n: Int64,
    in stream: StoredStream
  ) throws {
    let holder = try connection.prepare(
      """
      SELECT m.household, m.position, h.id, h.entry FROM member_number m
      JOIN household h ON h.n = m.household WHERE m.digest = $1
      """
    )
    holder.bind(number.digest, at: 1)
    let found = try holder.first { row in
      (row.int64(at: 0), Int(row.int64(at: 1)), try row.bytes16(at: 2), row.int64(at: 3))
    }
    guard let (other, position, id, entry) = found,
      let otherStream = try reader.streams().first(where: { $0.n == EntryPlace(entry).stream }),
      otherStream.n != stream.n
    else { return }
    let pair = try connection.prepare(
      """
      INSERT INTO pair_found (digest, household, other) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
      """
    )
    pair.bind(number.digest, at: 1)
    pair.bind(min(n, other), at: 2)
    pair.bind(max(n, other), at: 3)
    try pair.run()
    guard connection.changes == 1 else { return }
    let everywhere = Scope.system(reason: "finding")
    let stored = try reader.household(.id(id), scope: everywhere, directory: context.directory)
    let theirs = try stored?.recorded().members
    guard let theirs, theirs.indices.contains(position) else { return }
    let first = FoundFile(
      id: prepared.id,
      node: stream.node,
      county: county(of: stream),
      member: prepared.household.members[number.position].id
    )
    let second = FoundFile(
      id: id,
      node: otherStream.node,
      county: county(of: otherStream),
      member: theirs[position].id
    )
    try tell(first, other: second.county)
    try tell(second, other: first.county)
  }

  private func county(of stream: StoredStream) -> String {
    context.directory.record(id: stream.division)?.code.description ?? ""
  }

  private func tell(_ file: FoundFile, other county: String) throws {
    let orders = try reader.streams().first {
      !$0.isIncoming && $0.role == .orders && $0.recipient == file.node
    }
    // A county that sends by file alone gets no orders.
    guard let orders else { return }
    let id = try reader.sealer.makeRandom16()
    let finding = PersonFinding(
      id: id.bytes,
      household: file.id.bytes,
      member: file.member,
      otherCounty: county,
      foundAt: instant.microseconds
    )
    try append(
      order: finding.serializedBytes(),
      EntryDraft(
        operation: .findingTold,
        kind: .finding,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: node.uri
      ),
      to: orders
    )
  }

  /// Keeps a finding that the node above told; the rule against it, or nil.
  func keep(finding body: [UInt8], _ header: EntryHeader, at entry: Int64) throws -> CopyRule? {
    guard let finding = try? PersonFinding(wireArray: body), finding.id == header.subject.bytes,
      let id = Bytes16(finding.household)
    else { return .malformed }
    // The file may have been erased or moved meanwhile: then there is nobody to look at it.
    guard let household = try household(id) else { return .version }
    let last = try connection.prepare("SELECT max(n) FROM finding").first { $0.int64(at: 0) }
    let row = try connection.prepare(
      "INSERT INTO finding (n, household, entry) VALUES ($1, $2, $3)"
    )
    row.bind((last ?? 0) + 1, at: 1)
    row.bind(household.n, at: 2)
    row.bind(entry, at: 3)
    try row.run()
    return nil
  }
}

extension SubjectKind {
  /// A finding that a node told one below; not sealed: it names no person.
  static let finding = SubjectKind(rawValue: 12)
}

extension EntryOperation {
  /// A node below was told of a person who stands in two counties.
  static let findingTold = EntryOperation(rawValue: firstOfRegistry + 14)
}

extension RegistryStore {
  /// Persons of files in the scope's area who stand in another county's file too, the oldest first.
  ///
  /// Throws `StoreError`: `refused`, `overloaded`.
  package func findings(
    _ request: ListFindingsRequest,
    scope: Scope
  ) async throws -> ListFindingsResponse {
    try scope.require(.linkRead)
    let asked = request.limit == 0 ? 100 : Int(request.limit)
    return try await work.run { [self] _ in
      try readers.with { reader in
        var response = ListFindingsResponse(last: request.after)
        let rows = try reader.connection.prepare(
          """
          SELECT f.n, h.number, h.village, j.sealed FROM finding f
          JOIN household h ON h.n = f.household JOIN journal j ON j.seq = f.entry
          WHERE f.n > $1 ORDER BY f.n LIMIT $2
          """
        )
        rows.bind(Int64(clamping: request.after), at: 1)
        rows.bind(Int64(min(max(1, asked), 500)), at: 2)
        try rows.forEach { row in
          response.last = UInt64(clamping: row.int64(at: 0))
          guard let village = divisions.record(id: row.int64(at: 2)), scope.covers(village.path)
          else { return }
          response.findings.append(try reader.unsealed(row, at: 3))
          response.numbers.append(HouseholdNumber(stored: row.int64(at: 1))?.description ?? "")
        }
        return response
      }
    }
  }
}
