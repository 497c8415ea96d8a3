internal import Journal
internal import RPCCore
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

/// What a call is about to show.
package struct Disclosure: Sendable {
  /// The ids of the households and applications.
  package var files: [[UInt8]]
  /// People of whom something is shown.
  package var people: Int
  /// The groups of data that are shown.
  package var classes: DisclosureClasses
  /// Numbers or names that were asked for.
  package var asked: Int

  /// Says what is about to be shown.
  package init(files: [[UInt8]], people: Int, classes: DisclosureClasses, asked: Int = 0) {
    self.files = files
    self.people = people
    self.classes = classes
    self.asked = asked
  }
}

extension RegistryStore {
  /// Records a look; returns when it is durable, and only then may anything be shown.
  ///
  /// The program's own work is no look. Throws `StoreError`: `refused` (`disclosure.budget`) for an
  /// identity that has been shown as many people today as its office may, `overloaded`,
  /// `unavailable`, `diskFull`: nothing may be shown then.
  package func disclose(_ shown: Disclosure, to person: String, scope: Scope) async throws {
    guard let identity = scope.identity, !shown.files.isEmpty || shown.asked > 0 else { return }
    var look = Look(
      operation: scope.operations.count == 1 ? scope.operations.first?.rawValue ?? "" : "",
      purpose: scope.purpose?.rawValue ?? "",
      classes: shown.classes.numbers,
      person: TextRules.broken(person, limit: 200) == nil ? person : "",
      node: node.uri,
      asked: UInt32(clamping: shown.asked)
    )
    look.files.reserveCapacity(shown.files.count * 16)
    for file in shown.files { look.files += file }
    let limit = limit(of: scope)
    let uri = identity.uri
    let people = Int64(shown.people)
    try await writer.perform(weight: 1 + shown.files.count / 20) { [look] session in
      var look = look
      look.at = session.instant.microseconds
      if let limit { try session.spend(people, of: uri, limit: limit) }
      try session.append(look, actor: uri)
    }
  }

  /// How many people stand in files, at least one in each; 0 where a scope's identity has no limit
  /// against which they would count.
  ///
  /// Throws `StoreError`: `overloaded`, `unavailable`.
  package func people(in files: [[UInt8]], _ scope: Scope) async throws -> Int {
    if files.isEmpty || !countsPeople(shownTo: scope) { return 0 }
    return try await work.run { [self] flag in
      try readers.with { reader in
        let row = try reader.connection.prepare("SELECT members FROM household WHERE id = $1")
        return try files.reduce(0) { sum, file in
          try flag.check()
          row.bind(file, at: 1)
          return sum + max(1, try row.first { Int(clamping: $0.int64(at: 0)) } ?? 1)
        }
      }
    }
  }

  /// Whether the people shown to a scope's identity are counted against a limit.
  package func countsPeople(shownTo scope: Scope) -> Bool { limit(of: scope) != nil }

  private func limit(of scope: Scope) -> Int64? {
    guard let identity = scope.identity,
      let level = divisions.record(code: identity.division)?.level
    else { return nil }
    return budgets.people(for: scope, level: level)
  }

  /// Who looked at a household's file, or an application, the latest first: here, and at the nodes
  /// above.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` outside the scope's area.
  package func looks(_ request: ListLooksRequest, scope: Scope) async throws -> ListLooksResponse {
    try scope.require(.access)
    let size = limits.page(request.pageSize, limits.historyPage, limits.historyPageMaximum)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    return try await work.run { [self] flag in
      try readers.with { reader in
        try reader.connection.transaction {
          let holder = scope.actor(node: node)
          let start = try PageToken.place(
            .looks,
            token: request.pageToken,
            start: .max,
            holder: holder,
            question: asked,
            using: reader.sealer
          )
          let id = try reader.file(request.by, scope, self)
          var response = ListLooksResponse()
          let found = try reader.looks(at: id, behind: start, limit: size + 1, flag)
          for (_, header, look) in found.prefix(size) {
            response.looks.append(entry(header, look))
          }
          if found.count > size {
            response.nextPageToken = try PageToken.make(
              .looks,
              place: found[found.startIndex + size - 1].place,
              holder: holder,
              question: asked,
              using: reader.sealer
            )
          }
          return response
        }
      }
    }
  }

  private func entry(_ header: EntryHeader, _ look: Look) -> LookEntry {
    let home = OfficeIdentity(uri: header.actor)
      .flatMap { divisions.record(code: $0.division) }
    return LookEntry(
      at: look.at,
      identity: header.actor,
      person: look.person,
      division: home.map { divisions.message($0).fullName } ?? "",
      operation: look.operation,
      purpose: look.purpose,
      classes: look.classes,
      node: look.node
    )
  }
}

extension DisclosureClasses {
  /// The classes in the order of their numbers.
  fileprivate var numbers: [DisclosureClass] {
    (1...DisclosureClasses.named.count)
      .filter { rawValue >> UInt32($0) & 1 == 1 }
      .map { DisclosureClass(rawValue: Int32($0)) }
  }
}

extension Reader {
  /// The id of the file that a request is about, in the scope's area.
  fileprivate func file(
    _ by: ListLooksRequest.By?,
    _ scope: Scope,
    _ store: RegistryStore
  ) throws -> Bytes16 {
    let reference: HouseholdReference
    switch by {
    case .id(let octets)?:
      guard let id = Bytes16(octets) else {
        throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
      }
      let application = try application(.id(octets), scope: scope, directory: store.divisions)
      if application != nil { return id }
      reference = .id(id)
    case .number(let text)?:
      guard let number = HouseholdNumber(text) else {
        throw StoreError.broken([Violation(.householdNumber, row: 0, member: 0, field: "number")])
      }
      reference = .number(number)
    case nil:
      throw StoreError.broken([Violation(.required, row: 0, member: 0, field: "id")])
    }
    guard let row = try row(reference, scope: scope, directory: store.divisions) else {
      throw StoreError.householdNotFound
    }
    return row.id
  }

  /// The looks behind a place of the list, the latest first: by when they were made, since those of
  /// the nodes above come down later.
  func looks(
    at file: Bytes16,
    behind place: Int64,
    limit: Int,
    _ flag: CancellationFlag
  ) throws -> ArraySlice<(place: Int64, header: EntryHeader, look: Look)> {
    let rows = try connection.prepare(
      """
      SELECT l.entry, j.header, j.sealed FROM look l JOIN journal j ON j.seq = l.entry
      WHERE l.file = $1 ORDER BY l.entry
      """
    )
    rows.bind(file, at: 1)
    var found: [(place: Int64, header: EntryHeader, look: Look)] = []
    try rows.forEach { row in
      if found.count % 256 == 0 { try flag.check() }
      found.append(
        (
          row.int64(at: 0), try row.withBytes(at: 1) { try EntryHeader(decoding: $0) },
          try row.withBytes(at: 2) { try Look(wireBytes: try OpenBody.content($0)) }
        )
      )
    }
    found.sort { ($0.look.at, $0.place) > ($1.look.at, $1.place) }
    let start = found.firstIndex { $0.place == place }.map { $0 + 1 } ?? 0
    return found[start...].prefix(limit)
  }
}

extension PageToken.List {
  /// Looks at a file.
  static let looks = PageToken.List(rawValue: 23)
}
