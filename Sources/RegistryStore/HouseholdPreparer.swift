internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import Synchronization

/// What preparing needs from the store; shared, and an object because every call takes it.
final class PreparationContext: Sendable {
  let directory: DivisionDirectory
  let numbers: NumberAllocator
  let book: RuleBook
  let environment: StoreEnvironment
  let synthetic: Bool
  /// The area whose files the node owns.
  let area: DivisionPath
  /// The areas within it whose files belong to nodes below.
  let owners: OwnerAreas
  /// The kinds of records of pilot work.
  let pilotKinds: PilotKinds
  /// The key that signs for the node.
  let signer: NodeSigner?

  init(
    directory: DivisionDirectory,
    numbers: NumberAllocator,
    book: RuleBook,
    environment: StoreEnvironment,
    synthetic: Bool,
    area: DivisionPath,
    owners: OwnerAreas,
    pilotKinds: PilotKinds,
    signer: NodeSigner?
  ) {
    self.directory = directory
    self.numbers = numbers
    self.book = book
    self.environment = environment
    self.synthetic = synthetic
    self.area = area
    self.owners = owners
    self.pilotKinds = pilotKinds
    self.signer = signer
  }

  /// The first two digits of the codes of the node's province.
  var province: String {
    String((directory.record(id: area.ids.last ?? 0)?.code.description ?? "").prefix(2))
  }

  /// Whether the node is a restored one, which appends nothing of its own.
  var isRestored: Bool {
    get { restored.load(ordering: .acquiring) }
    set { restored.store(newValue, ordering: .releasing) }
  }

  /// Whether anything is known ahead of the bulk, so that files are looked up there.
  var knowsAhead: Bool {
    get { ahead.load(ordering: .acquiring) }
    set { ahead.store(newValue, ordering: .releasing) }
  }

  private let restored = Atomic(false)
  private let ahead = Atomic(false)

  /// The code lists as they are now.
  var lists: CodeLists { book.current.lists.value }
  /// The poverty lines as they are now.
  var lines: PovertyLines { book.current.lines }
}

/// Makes households ready to be written; on the caller's thread, or on the writer's for a version
/// that another overtook.
struct HouseholdPreparer {
  let context: PreparationContext
  let reader: Reader
  let scope: Scope
  let now: Instant
  let rules: HouseholdRules

  init(_ context: PreparationContext, reader: Reader, scope: Scope) {
    self.context = context
    self.reader = reader
    self.scope = scope
    now = context.environment.now()
    rules = HouseholdRules(
      lists: context.lists,
      today: Day(of: now),
      allowsSynthetic: context.synthetic
    )
  }

  /// Why a household cannot be written.
  struct Refusal: Error {
    var violations: [Violation]
  }

  /// A new household. Throws `Refusal` with the rules that it breaks.
  func create(
    _ input: Household,
    firstRow: UInt32 = 0,
    as mark: VersionMark = .entry
  ) throws -> PreparedHousehold {
    var household = rules.normalised(input)
    household.number = ""
    household.status = .registered
    household.exit = nil
    household.reviewedIn = 0
    household.version = 1
    household.change = mark.note
    if mark.effectiveOn != 0 { household.effectiveOn = mark.effectiveOn }
    if household.effectiveOn == 0 { household.effectiveOn = Int32(rules.today.yyyymmdd) }
    // Ids are given here: one from outside may be that of another household's member.
    for index in household.members.indices
    where !mark.joining.contains(household.members[index].id) {
      household.members[index].id = []
    }
    return try create(checked: household, firstRow: firstRow)
  }

  /// A new household at the end of the procedure: status, change note and members' ids are the
  /// caller's, the id and its key those of the application.
  ///
  /// Throws `Refusal` with the rules that it breaks.
  func create(_ input: Household, id: Bytes16, wrappedKey: [UInt8]) throws -> PreparedHousehold {
    var household = rules.normalised(input)
    household.version = 1
    let key = try reader.sealer.unwrap(wrappedKey, household: id)
    return try create(checked: household, firstRow: 0, sealing: (id, key, wrappedKey))
  }

  /// A household that comes from another county, under the version that it is given.
  func arrive(_ input: Household, id: Bytes16) throws -> PreparedHousehold {
    let key = try reader.sealer.makeKey(for: id)
    let wrapped = try reader.sealer.wrap(key)
    return try create(
      checked: rules.normalised(input),
      firstRow: 0,
      sealing: (id, key, wrapped)
    )
  }

  private func create(
    checked input: Household,
    firstRow: UInt32,
    sealing: (id: Bytes16, key: HouseholdKey, wrapped: [UInt8])? = nil
  ) throws -> PreparedHousehold {
    var household = input
    let village = try check(household, firstRow: firstRow)
    guard let county = context.directory.county(of: village) else {
      throw StoreError(.damaged, "a village lies in no county")
    }
    let number = try context.numbers.take(county: county, list: .households)
    household.number = number.description
    let id = try sealing?.id ?? makeID()
    let key = try sealing?.key ?? reader.sealer.makeKey(for: id)
    let wrapped = try sealing?.wrapped ?? reader.sealer.wrap(key)
    return try finish(
      household,
      id: id,
      number: number,
      village: village,
      county: county.id,
      key: key,
      wrapped: wrapped,
      base: nil
    )
  }

  /// The next version of a household on record; nil if nothing would change.
  ///
  /// Status, exit and year reviewed are taken from `changed`: no mask reaches them, so that only the
  /// store's own callers can have set them. Throws `Refusal` with the rules that the changed
  /// household breaks.
  func next(
    of stored: StoredHousehold,
    current: Household,
    changed: Household,
    firstRow: UInt32 = 0,
    as mark: VersionMark = .correction
  ) throws -> PreparedHousehold? {
    var household = rules.normalised(changed)
    if household.effectiveOn == 0 { household.effectiveOn = Int32(rules.today.yyyymmdd) }
    let known = mark.joining.union(current.members.map(\.id))
    for index in household.members.indices where !known.contains(household.members[index].id) {
      household.members[index].id = []
    }
    household.change = current.change
    if household == current { return nil }
    if current.status == .exited,
      [.ready, .taken].contains(try reader.transit(of: stored.n, in: context.province))
    {
      let rule = StoreRule.inTransit.violation(row: firstRow, field: "household")
      throw Refusal(violations: [rule])
    }
    household.version = stored.version + 1
    household.change = mark.note
    if mark.effectiveOn != 0 {
      household.effectiveOn = mark.effectiveOn
    } else if household.effectiveOn == current.effectiveOn {
      household.effectiveOn = Int32(rules.today.yyyymmdd)
    }
    let village = try check(household, firstRow: firstRow)
    guard let number = HouseholdNumber(current.number) else {
      throw StoreError(.damaged, "a stored household has no printed number")
    }
    let wrapped = try reader.wrappedKey(n: stored.n)
    let key = try reader.sealer.unwrap(wrapped, household: stored.id)
    let base = PreparedHousehold.Base(
      n: stored.n,
      entry: stored.entry,
      version: stored.version,
      village: stored.village,
      household: current,
      numbers: try memberNumbers(of: current)
    )
    return try finish(
      household,
      id: stored.id,
      number: number,
      village: village,
      county: nil,
      key: key,
      wrapped: wrapped,
      base: base
    )
  }

  /// Checks the rules and the place, and returns the village.
  func check(_ household: Household, firstRow: UInt32 = 0) throws -> DivisionRecord {
    let (village, violations) = placed(household, firstRow: firstRow)
    guard violations.isEmpty, let village else { throw Refusal(violations: violations) }
    return village
  }

  /// The village of a household, if it is one, and every rule that household and place break.
  func placed(
    _ household: Household,
    firstRow: UInt32 = 0
  ) -> (village: DivisionRecord?, violations: [Violation]) {
    var violations = rules.violations(of: household, firstRow: firstRow)
    let code = DivisionCode(household.location?.village ?? "")
    let village = code.flatMap { context.directory.record(code: $0) }
    if let village, village.level == .village {
      if !context.area.contains(village.path) {
        violations.append(StoreRule.nodeArea.violation(row: firstRow, field: "location.village"))
      } else if !scope.covers(village.path) {
        violations.append(StoreRule.area.violation(row: firstRow, field: "location.village"))
      } else if context.owners.own(village.path) {
        violations.append(StoreRule.owner.violation(row: firstRow, field: "location.village"))
      }
    } else if code?.level == .village {
      violations.append(
        StoreRule.villageUnknown.violation(row: firstRow, field: "location.village")
      )
    }
    return (village, violations)
  }

  private func finish(
    _ input: Household,
    id: Bytes16,
    number: HouseholdNumber,
    village: DivisionRecord,
    county: Int64?,
    key: HouseholdKey,
    wrapped: [UInt8],
    base: PreparedHousehold.Base?
  ) throws -> PreparedHousehold {
    var household = input
    household.id = id.bytes
    household.recordedAt = 0
    household.withheld = []
    household.ahead = nil
    for index in household.members.indices where household.members[index].id.isEmpty {
      household.members[index].id = try reader.sealer.makeRandom16().bytes
    }
    let body = try household.serializedBytes()
    let salt = try reader.sealer.makeRandom16()
    let bodyHash = body.withUnsafeBytes { reader.hasher.bodyHash(salt: salt, body: $0) }
    let binding = SealBinding.body(
      ofHousehold: id,
      stream: reader.stream,
      version: household.version
    )
    let sealed = try reader.sealer.seal(body, salt: salt, key: key, binding: binding)
    return PreparedHousehold(
      household: household,
      id: id,
      number: number,
      village: village,
      county: county,
      version: household.version,
      numbers: try memberNumbers(of: household),
      body: body,
      sealed: sealed,
      bodyHash: bodyHash,
      wrappedKey: wrapped,
      base: base
    )
  }

  /// The digests of the members' ID numbers, in their 18-character form.
  func memberNumbers(of household: Household) throws -> [PreparedHousehold.MemberNumber] {
    var numbers: [PreparedHousehold.MemberNumber] = []
    numbers.reserveCapacity(household.members.count)
    for (position, member) in household.members.enumerated() {
      guard let text = member.identity?.citizenId, !text.isEmpty else { continue }
      let digest = try reader.sealer.digest(of: text, field: .idNumber)
      numbers.append(.init(digest: digest, position: position))
    }
    return numbers
  }

  /// An id that rises with time (the layout of UUID version 7), so that the index grows at its end.
  func makeID() throws -> Bytes16 {
    if let makeID = context.environment.makeID { return makeID() }
    let random = try reader.sealer.makeRandom16()
    let milliseconds = UInt64(max(0, now.microseconds) / 1_000)
    return Bytes16(
      high: milliseconds << 16 | 0x7000 | random.high & 0x0fff,
      low: 0x8000_0000_0000_0000 | random.low >> 2
    )
  }
}
