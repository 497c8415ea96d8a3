internal import Exchange
internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Proposals that a roster at a node above led to: they come down as orders to the node that owns the
/// file, which makes proposals of them as if the office above had called there.
extension CopyWriter {
  /// Carries an order out, or passes it on to the node below that owns the file.
  func ordered(_ entry: CopiedEntry, _ salt: Bytes16, _ body: [UInt8]) throws -> KeptCopy {
    let header = entry.header
    guard let proposal = try? Proposal(wireArray: body), proposal.id == header.subject.bytes,
      header.operation == .changeProposed, header.versionAfter == 1,
      let household = proposal.change.flatMap({ Bytes16($0.household) })
    else { return try keep(entry, salt, body, refused: .malformed) }
    // Erased, or handed over, since.
    guard let row = try session.household(household) else {
      return try keep(entry, salt, body, refused: .version)
    }
    if EntryPlace.isForeign(row.entry) {
      let path = session.context.directory.record(id: row.village)?.path
      guard let node = try path.flatMap({ try session.nodeBelow(owning: $0) }) else {
        return try keep(entry, salt, body, refused: .foreign)
      }
      try session.order(body, of: household, header.subject, to: node, actor: header.actor)
    } else if let violation = try carryOut(proposal, header, n: row.n) {
      refuse([violation.refusal(of: header.sequence)])
    }
    return try keep(entry, salt, body, refused: nil)
  }

  /// Makes a proposal of an order; the rule against it, or nil.
  private func carryOut(
    _ proposal: Proposal,
    _ header: EntryHeader,
    n: Int64
  ) throws -> Violation? {
    let before = (session.state, session.effects)
    do {
      try session.connection.nested { try propose(proposal, header, n: n) }
      return nil
    } catch {
      guard let violation = OfficeReplay.violation(error) else { throw error }
      (session.state, session.effects) = before
      return violation
    }
  }

  private func propose(_ proposal: Proposal, _ header: EntryHeader, n: Int64) throws {
    guard let store, let change = proposal.change else {
      throw StoreError(.damaged, "an order is carried out without its store")
    }
    let scope = try scope(of: header.actor, store)
    switch change.kind {
    case .category, .exit: break
    default: throw StoreError.broken([CopyRule.kind.violation("change")])
    }
    let known = try session.reader.proposal(
      id: header.subject,
      scope: .system(reason: "order"),
      directory: store.divisions
    )
    guard known == nil else { throw StoreError.broken([CopyRule.version.violation("id")]) }
    // A roster of this node's own, or another one above, may have led to the same.
    guard try !session.reader.isProposed(n, from: WriteSession.noRoster, since: .max) else {
      throw StoreError.broken([
        Violation(
          field: "change.household",
          rule: "roster.known",
          messageEn: "a roster's proposal for the household is not settled yet",
          messageZh: "该户已有名册建议尚未处理"
        )
      ])
    }
    let prepared = try ChangePreparer(store, reader: session.reader, scope: scope)
      .proposal(of: change, recorded: (header.subject, header.instant))
    _ = try session.write(prepared, actor: header.actor)
    try session.keepProposed(n, from: WriteSession.ofOrders, proposal.id)
  }

  /// What the table grants an office above that orders.
  private func scope(of actor: String, _ store: RegistryStore) throws -> Scope {
    guard let office = OfficeIdentity(uri: actor),
      let home = store.divisions.record(code: office.division),
      home.path.contains(session.context.area)
    else { throw StoreError.broken([CopyRule.office.violation("actor")]) }
    let table = try authorization.get()
    do {
      return try table.scope(
        for: office,
        area: home.path,
        level: home.level,
        operation: .proposeRoster
      )
    } catch {
      throw StoreError.refused(by: "office.operation", error.description, zh: error.chinese)
    }
  }
}

extension WriteSession {
  /// The node below that owns the files of a place, or stands above the one that does; nil where none
  /// takes orders from here.
  func nodeBelow(owning path: DivisionPath) throws -> OfficeOrders? {
    try nodesBelow().filter { $0.path.contains(path) }
      .max { $0.path.ids.count < $1.path.ids.count }
  }

  /// Orders a proposal of a node below. Returns the entry's place.
  @discardableResult
  func order(
    _ body: [UInt8],
    of household: Bytes16,
    _ id: Bytes16,
    to node: OfficeOrders,
    actor: String
  ) throws -> Int64 {
    try append(
      order: body,
      EntryDraft(
        operation: .changeProposed,
        kind: .proposal,
        subject: id,
        versionBefore: 0,
        versionAfter: 1,
        prior: 0,
        actor: actor
      ),
      to: node.stream,
      seal: .alone(owner: household)
    )
  }
}
