internal import Journal
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// In which role a record names another, or a household.
enum PilotLinkRole {
  /// What the record is of.
  static let of: Int64 = 1
  /// The project that it is for.
  static let project: Int64 = 2
  /// The household that it is about.
  static let household: Int64 = 3
  /// The household whose need of a kind is taken up.
  static func need(_ kind: UInt32) -> Int64 { 100 + Int64(kind) }
}

extension PilotRecord {
  /// What the record names, each with its role.
  var links: [(target: Bytes16, role: Int64)] {
    var links: [(target: Bytes16, role: Int64)] = []
    if let of = Bytes16(of) { links.append((of, PilotLinkRole.of)) }
    if let project = Bytes16(project) { links.append((project, PilotLinkRole.project)) }
    if let household = Bytes16(household) {
      let role = need > 0 ? PilotLinkRole.need(need) : PilotLinkRole.household
      links.append((household, role))
    }
    return links
  }

  /// The record as an office sees it: nil where it is about a household for one that sees none, since
  /// kind, place and money of a single household tell of it without its name; and where a partner asks
  /// that did not record it.
  func shown(to scope: Scope) -> PilotRecord? {
    // Partners of a division are of as many organisations.
    if let asker = scope.identity, asker.kind == .partner, recordedBy != asker.uri { return nil }
    return household.isEmpty || scope.people == .all ? self : nil
  }

  fileprivate var fen: Int64 { figures.first { $0.key == "fen" }?.value ?? 0 }
}

extension Reader {
  /// The present version of a record, and its entry; nil if there is none.
  func presentPilotRecord(_ id: Bytes16) throws -> (record: PilotRecord, entry: Int64)? {
    let row = try connection.prepare("SELECT entry FROM pilot WHERE id = $1 AND until = $2")
    row.bind(id, at: 1)
    row.bind(WriteSession.untilReplaced, at: 2)
    guard let entry = try row.first({ $0.int64(at: 0) }) else { return nil }
    return (try pilotRecord(entry: entry), entry)
  }

  /// The money of the present records, of one kind or all, that name another one in a role.
  func drawn(
    on id: Bytes16,
    as role: Int64 = PilotLinkRole.of,
    by kind: String = "",
    except own: Bytes16? = nil
  ) throws -> Int64 {
    let row = try connection.prepare(
      """
      SELECT \(Self.sumOfValues) FROM pilot_link l JOIN pilot p ON p.n = l.record
      JOIN pilot_figure f ON f.record = p.n AND f.key = 'fen'
      WHERE l.target = $1 AND l.role = $2 AND p.until = $3 AND p.withdrawn = 0 AND p.id <> $4
        AND ($5 = '' OR p.kind = $5)
      """
    )
    row.bind(id, at: 1)
    row.bind(role, at: 2)
    row.bind(WriteSession.untilReplaced, at: 3)
    row.bind(own ?? id, at: 4)
    row.bind(kind, at: 5)
    return try row.first { Self.sum($0, at: 0) } ?? 0
  }

  /// Selects the sum of `f.value` in two halves: other nodes' numbers may add up to more than 64 bits.
  static let sumOfValues = """
    CAST(sum(f.value / 1000000) AS BIGINT), CAST(sum(f.value % 1000000) AS BIGINT)
    """

  /// The sum that `sumOfValues` selects at a place and the next, the largest number where it is more.
  static func sum(_ row: any SQLStatement, at place: Int) -> Int64 {
    Int64(clamping: Int128(row.int64(at: place)) * 1_000_000 + Int128(row.int64(at: place + 1)))
  }

  /// Whether a present record of a kind, other than one's own, names a target in a role.
  func isNamed(
    _ target: Bytes16,
    _ role: Int64,
    by kind: String,
    except own: Bytes16?
  ) throws -> Bool {
    let row = try connection.prepare(
      """
      SELECT count(*) FROM pilot_link l JOIN pilot p ON p.n = l.record
      WHERE l.target = $1 AND l.role = $2 AND p.kind = $3 AND p.until = $4 AND p.withdrawn = 0
        AND p.id <> $5
      """
    )
    row.bind(target, at: 1)
    row.bind(role, at: 2)
    row.bind(kind, at: 3)
    row.bind(WriteSession.untilReplaced, at: 4)
    row.bind(own ?? target, at: 5)
    return try row.first { $0.int64(at: 0) > 0 } ?? false
  }
}

extension Reader {
  /// Whether a present record names another one as what it is of, or as its project.
  fileprivate func isNamedByAny(_ target: Bytes16) throws -> Bool {
    let row = try connection.prepare(
      """
      SELECT 1 FROM pilot_link l CROSS JOIN pilot p
      WHERE l.target = $1 AND l.role <= \(PilotLinkRole.project) AND p.n = l.record
        AND p.until = $2 AND p.withdrawn = 0 LIMIT 1
      """
    )
    row.bind(target, at: 1)
    row.bind(WriteSession.untilReplaced, at: 2)
    return try row.first { _ in true } == true
  }
}

extension WriteSession {
  /// Compares a record that is to be written with what it names, in the transaction that writes it:
  /// never is more drawn than there is.
  ///
  /// Completes the figures of a need that is taken up. Throws `StoreError` (`invalid`).
  func fitLinks(_ record: inout PilotRecord, actor: String, _ kinds: PilotKinds) throws {
    guard let kind = kinds[record.kind] else { return }
    let own = Bytes16(record.id)
    // What is drawn on keeps what was drawn.
    if let own {
      let drawn = try reader.drawn(on: own)
      if kind.isMoney, drawn > (record.withdrawn ? 0 : record.fen) {
        throw StoreError.broken([PilotRule.drawn.violation("record.figures.fen", drawn)])
      }
    }
    if kind.word == "project", let own {
      let paid = try reader.drawn(on: own, as: PilotLinkRole.project, by: "disbursement")
      let takesUp =
        try record.withdrawn
        && reader.isNamed(own, PilotLinkRole.project, by: "take-up", except: nil)
      if paid > (record.withdrawn ? 0 : record.fen) || takesUp {
        throw StoreError.broken([PilotRule.projectFunds.violation("record", paid)])
      }
    }
    if record.withdrawn {
      if let own, try reader.isNamedByAny(own) {
        throw StoreError.broken([PilotRule.named.violation("record.withdrawn")])
      }
      return
    }
    try fitSource(of: record, kind, actor: actor)
    let project = try Bytes16(record.project).map { try fitProject($0, of: record, kind) }
    try fitHousehold(&record, unit: project?.unit)
    if kind.isOnce {
      for link in record.links
      where record.household.isEmpty ? link.role == PilotLinkRole.of : link.role > 100 {
        if try reader.isNamed(link.target, link.role, by: kind.word, except: own) {
          throw StoreError.broken([PilotRule.once.violation("record.of")])
        }
      }
    }
  }

  /// The project that a record names: one on record here, of the need that is taken up, where the
  /// record lies, and paid no more than its investment.
  private func fitProject(
    _ id: Bytes16,
    of record: PilotRecord,
    _ kind: PilotKinds.Kind
  ) throws -> PilotRecord {
    guard let project = try reader.presentPilotRecord(id)?.record, project.kind == "project",
      !project.withdrawn, record.need == 0 || project.need == record.need
    else { throw StoreError.broken([PilotRule.project.violation("record.project")]) }
    let places = places(of: project)
    let place = path(of: record)
    // Money may be paid from above the project's place; needs lie within.
    guard let place,
      places.contains(where: { $0.contains(place) || kind.isMoney && place.contains($0) })
    else { throw StoreError.broken([PilotRule.projectPlace.violation("record.division")]) }
    if kind.isMoney {
      let left =
        try project.fen
        &- reader.drawn(
          on: id,
          as: PilotLinkRole.project,
          by: kind.word,
          except: Bytes16(record.id)
        )
      guard record.fen <= left else {
        throw StoreError.broken([PilotRule.projectFunds.violation("record.figures.fen", left)])
      }
    }
    return project
  }

  /// The divisions that a record is about.
  private func places(of record: PilotRecord) -> [DivisionPath] {
    ([record.division] + record.divisions).compactMap {
      DivisionCode($0).flatMap { context.directory.record(code: $0)?.path }
    }
  }

  private func fitSource(
    of record: PilotRecord,
    _ kind: PilotKinds.Kind,
    actor: String
  ) throws {
    guard let of = Bytes16(record.of) else { return }
    guard let source = try reader.presentPilotRecord(of) else {
      if kind.links[.of] == .here {
        throw StoreError.broken([PilotRule.of.violation("record.of")])
      }
      return
    }
    // Money that another node keeps is that node's to draw on: only it can hold the limit.
    let isOwn = kind.links[.of] != .here || !kind.isMoney || !EntryPlace.isForeign(source.entry)
    guard kind.of.contains(source.record.kind), !source.record.withdrawn, isOwn else {
      throw StoreError.broken([PilotRule.of.violation("record.of")])
    }
    guard kind.isMoney else { return }
    guard source.record.level == record.level else {
      throw StoreError.broken([PilotRule.ofLevel.violation("record.level")])
    }
    let (from, to) = (path(of: source.record), path(of: record))
    guard let from, let to, kind.links[.of] == .here ? from.contains(to) : from == to else {
      throw StoreError.broken([PilotRule.ofDivision.violation("record.division")])
    }
    if kind.links[.of] == .here, let office = OfficeIdentity(uri: actor), office.kind != .node {
      let home = context.directory.record(code: office.division)?.path
      guard let home, home.contains(from) else {
        throw StoreError.broken([PilotRule.ofOffice.violation("record.of")])
      }
    }
    // Both are within bounds: what was copied is checked as what is made here.
    let left = try source.record.fen &- reader.drawn(on: of, except: Bytes16(record.id))
    guard record.fen <= left else {
      throw StoreError.broken([PilotRule.overdrawn.violation("record.figures.fen", left)])
    }
  }

  private func path(of record: PilotRecord) -> DivisionPath? {
    DivisionCode(record.division).flatMap { context.directory.record(code: $0)?.path }
  }

  /// A household on record in the division; a need that is taken up is one of its own, and gives
  /// the figures that the record leaves out: its scale where that is in the project's unit, so that
  /// what a project takes up adds up.
  private func fitHousehold(_ record: inout PilotRecord, unit wanted: String?) throws {
    guard let id = Bytes16(record.household) else { return }
    let stored = try reader.household(
      .id(id),
      scope: .system(reason: "pilot work"),
      directory: context.directory
    )
    guard let stored, let place = path(of: record), place.contains(stored.village.path) else {
      throw StoreError.broken([PilotRule.household.violation("record.household")])
    }
    guard record.need > 0 else { return }
    // A later version may outlive the need: the file has changed since.
    if !record.id.isEmpty { return }
    let household = try stored.household()
    let needs = (household.support?.needs ?? []).filter { $0.kind == record.need }
    guard household.status == .registered, !needs.isEmpty else {
      throw StoreError.broken([PilotRule.need.violation("record.need")])
    }
    let given = Dictionary(record.figures.map { ($0.key, $0.value) }) { first, _ in first }
    let unit = wanted ?? needs[0].unit
    let scales = needs.compactMap(\.scale?.value).reduce(Int64(0), &+)
    let fen = needs.compactMap(\.investment?.fen).reduce(Int64(0), &+)
    // No more is taken up than is needed, where the file says how much that is.
    for (key, whole) in [("scale", scales), ("fen", fen)] where whole > 0 {
      guard given[key] ?? 0 <= whole else {
        throw StoreError.broken([PilotRule.needExceeded.violation("record.figures.\(key)")])
      }
    }
    if given["scale"] != nil {
      guard wanted == nil || record.unit == wanted else {
        throw StoreError.broken([PilotRule.unit.violation("record.unit")])
      }
    } else if needs.allSatisfy({ $0.unit == unit && $0.scale != nil }) {
      record.figures.append(PilotFigure(key: "scale", value: scales))
      record.unit = unit
    }
    if given["fen"] == nil, needs.contains(where: { $0.investment != nil }) {
      record.figures.append(PilotFigure(key: "fen", value: fen))
    }
  }
}

extension PilotRule {
  /// The violation with the amount of money that decides it.
  fileprivate func violation(_ field: String, _ fen: Int64) -> Violation {
    let yuan = Amount(fen: fen).yuanText
    return Violation(
      field: field,
      rule: rawValue,
      messageEn: "\(english): \(yuan) yuan",
      messageZh: "\(chinese)：\(yuan)元"
    )
  }
}
