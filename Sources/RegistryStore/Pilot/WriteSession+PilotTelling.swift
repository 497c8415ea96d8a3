internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Of which records of pilot work the nodes below are told: projects, whose households they know, and
/// allocations, whose money they receive. So a county records against what is, not against an id that
/// somebody wrote down.
extension WriteSession {
  /// Tells the nodes below that a record concerns, where its kind is told.
  ///
  /// - Parameter body: the record's octets.
  func tellBelow(_ record: PilotRecord, _ body: [UInt8], _ draft: EntryDraft) throws {
    guard context.pilotKinds[record.kind]?.isTold == true else { return }
    try order(body, draft, about: divisions(of: record))
  }

  /// Tells a new node below of what holds for it.
  func tellPilotRecords(of place: DivisionRecord, in stream: StoredStream) throws {
    let copies = Set(try reader.streams().filter { $0.role == .journal }.map(\.n)).subtracting([0])
    let rows = try connection.prepare(
      "SELECT entry FROM pilot WHERE kind = $1 AND until = $2 AND withdrawn = 0 ORDER BY n"
    )
    for kind in context.pilotKinds.all where kind.isTold {
      rows.bind(kind.word, at: 1)
      rows.bind(Self.untilReplaced, at: 2)
      var entries: [Int64] = []
      // What a node below recorded came from it.
      try rows.forEach { row in
        if !copies.contains(EntryPlace(row.int64(at: 0)).stream) {
          entries.append(row.int64(at: 0))
        }
      }
      for entry in entries {
        let record = try reader.pilotRecord(entry: entry)
        let isConcerned = divisions(of: record).contains {
          place.path.contains($0.path) || $0.path.contains(place.path)
        }
        guard isConcerned, let id = Bytes16(record.id) else { continue }
        let draft = EntryDraft(
          // As it stands: the versions before it are not told.
          operation: .standing,
          kind: .pilot,
          subject: id,
          versionBefore: record.version - 1,
          versionAfter: record.version,
          prior: 0,
          actor: record.recordedBy
        )
        try append(order: record.serializedBytes(), draft, to: stream)
      }
    }
  }

  private func divisions(of record: PilotRecord) -> [DivisionRecord] {
    ([record.division] + record.divisions).compactMap {
      DivisionCode($0).flatMap { context.directory.record(code: $0) }
    }
  }
}
