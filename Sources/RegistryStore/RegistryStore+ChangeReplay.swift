internal import Journal
internal import RegistryAPI
internal import RegistryModel

/// The answer of a change that was carried out before, from where it stands in the journal.
extension RegistryStore {
  /// Rebuilds the kept answer of a claim; nil if there is none.
  ///
  /// Throws `StoreError`: `keyReused`, `notFound` if the household lies outside the scope by now.
  func replayedChange(
    _ claim: IdempotencyClaim,
    _ reader: Reader,
    _ scope: Scope
  ) throws -> SubmittedChange? {
    guard let kept = try reader.kept(claim, now: context.environment.now()) else { return nil }
    let row = try reader.row(n: kept.n, scope: scope, directory: divisions)
    guard let row else { throw StoreError.householdNotFound }
    var answer = SubmittedChange(isReplayed: true)
    switch try reader.subjectKind(of: kept.entry) {
    case .household: try rebuild(&answer, kept.entry, row, reader, scope)
    case .proposal:
      let proposal = try reader.proposal(entry: kept.entry, of: row)
      answer.proposal = proposal
      if proposal.madeVersion > 0 {
        let places = try reader.places(of: row, upTo: proposal.madeVersion, limit: 1)
        answer.household = try places.first.map { try reader.version($0, of: row).stored }
      }
    default: throw StoreError(.damaged, "entry \(kept.entry) is no change")
    }
    return answer
  }

  private func rebuild(
    _ answer: inout SubmittedChange,
    _ entry: Int64,
    _ row: HouseholdRow,
    _ reader: Reader,
    _ scope: Scope
  ) throws {
    let stored = try reader.version(
      entry: entry,
      ofHousehold: row.n,
      scope: scope,
      directory: divisions
    )
    guard let stored else { throw StoreError.householdNotFound }
    answer.household = stored
    let note = try stored.household().change ?? ChangeNote()
    switch note.kind {
    case .split: answer.other = try other(note, at: entry + 1, reader, scope)
    case .merge: answer.other = try other(note, at: entry - 1, reader, scope)
    case .handOver: answer.handOver = try reader.handOver(entry: entry + 1, of: row)
    default: break
    }
  }

  private func other(
    _ note: ChangeNote,
    at entry: Int64,
    _ reader: Reader,
    _ scope: Scope
  ) throws -> StoredHousehold? {
    guard let id = Bytes16(note.otherHousehold),
      let row = try reader.row(.id(id), scope: scope, directory: divisions)
    else { return nil }
    return try reader.version(
      entry: entry,
      ofHousehold: row.n,
      scope: scope,
      directory: divisions
    )
  }
}
