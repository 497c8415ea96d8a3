internal import Journal
internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel
internal import SQL

extension RegistryStore {
  /// Posts a notice in the caller's own division; returns it, and what became of each application,
  /// when that is durable.
  ///
  /// No notice is posted when no application could be. Throws `StoreError`: `refused`, `invalid`,
  /// `notFound` where nothing waits for a notice, `keyReused`, `overloaded`, `unavailable`.
  package func openNotice(
    _ request: OpenNoticeRequest,
    signer: StepSigner,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<NoticeResponse> {
    try scope.require(.notice)
    let actor = try procedureActor(scope, name: signer.name)
    let division = try noticeDivision(request.division, scope)
    if request.applications.count > limits.stepsPerCall {
      throw StoreError.broken([Violation(.tooMany, row: 0, member: 0, field: "applications")])
    }
    if let rule = TextRules.broken(request.place, limit: 200) {
      throw StoreError.broken([Violation(rule, row: 0, member: 0, field: "place")])
    }
    return try await answered(
      "open-notice",
      request: request,
      key: idempotencyKey,
      scope: scope,
      weight: limits.stepsPerCall
    ) { [self] in
      let (notice, items) = try await work.run { [self] flag in
        try readers.with { reader in
          try opening(
            request,
            division,
            actor,
            StepPreparer(self, reader: reader, scope: scope),
            flag
          )
        }
      }
      return { session in
        try session.open(notice, items, division: division, actor: actor.identity.uri)
      }
    }
  }

  /// Closes a notice: its applications move on, or back where an objection was upheld; all, or none
  /// where a rule keeps one of them.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound`, `keyReused`, `overloaded`,
  /// `unavailable`.
  package func closeNotice(
    _ request: CloseNoticeRequest,
    signer: StepSigner,
    idempotencyKey: [UInt8]? = nil,
    scope: Scope
  ) async throws -> Answered<NoticeResponse> {
    try scope.require(.notice)
    let actor = try procedureActor(scope, name: signer.name)
    return try await answered(
      "close-notice",
      request: request,
      key: idempotencyKey,
      scope: scope,
      weight: limits.stepsPerCall
    ) { [self] in
      let (stored, items, day) = try await work.run { [self] _ in
        try readers.with { reader in
          try closing(request, actor, StepPreparer(self, reader: reader, scope: scope))
        }
      }
      return { session in
        try session.close(stored, items, on: day, actor: actor.identity.uri)
      }
    }
  }

  /// What a notice's printed sheet says: nothing that need not hang on a wall.
  ///
  /// Throws `StoreError`: `refused`, `notFound`, `overloaded`, `damaged`.
  package func noticeSheet(_ request: GetNoticeRequest, scope: Scope) async throws -> NoticeSheet {
    try scope.require(.applicationRead)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let stored = try reader.notice(request.id, scope: scope, directory: divisions)
        guard let stored else { throw StoreError.noticeNotFound }
        var sheet = NoticeSheet(notice: stored.notice, synthetic: isSynthetic)
        sheet.division = divisions.message(stored.division)
        for id in stored.notice.applications {
          let found = try reader.application(.id(id), scope: scope, directory: divisions)
          guard let found else { continue }
          sheet.lines.append(Self.line(found))
          let objections = found.application.objections.count { $0.notice == request.id }
          sheet.objections += UInt32(objections)
        }
        sheet.lines.sort { ($0.place, $0.number) < ($1.place, $1.number) }
        return sheet
      }
    }
  }

  /// A page of notices in the order of their posting.
  ///
  /// Throws `StoreError`: `refused`, `invalid`, `notFound` for an unknown division, `overloaded`.
  package func listNotices(
    _ request: ListNoticesRequest,
    scope: Scope
  ) async throws -> ListNoticesResponse {
    try scope.require(.applicationRead)
    let division = try request.division.isEmpty ? nil : self.division(text: request.division)
    let ranges = AreaRange.ranges(of: scope, within: division?.path)
    let size = limits.page(request.pageSize, limits.searchPage, limits.searchPageMaximum)
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let holder = scope.actor(node: node)
    return try await work.run { [self] _ in
      try readers.with { reader in
        let start = try PageToken.place(
          .notices,
          token: request.pageToken,
          holder: holder,
          question: asked,
          using: reader.sealer
        )
        var response = ListNoticesResponse()
        var last = start
        var hasMore = false
        var named = 0
        try reader.notices(after: start, ranges, open: request.open, limit: size + 1) { n, notice in
          // A page also ends before it is too large for a message.
          named += notice.applications.count
          let isFull = response.notices.count == size || named > limits.namedPerPage
          if hasMore || (isFull && !response.notices.isEmpty) {
            hasMore = true
          } else {
            response.notices.append(notice)
            last = n
          }
        }
        if hasMore {
          response.nextPageToken = try PageToken.make(
            .notices,
            place: last,
            holder: holder,
            question: asked,
            using: reader.sealer
          )
        }
        return response
      }
    }
  }

  private static func line(_ stored: StoredApplication) -> NoticeLine {
    let household = stored.application.household
    return NoticeLine(
      number: stored.application.number,
      head: household?.members.first?.identity?.name ?? "",
      members: UInt32(household?.members.count ?? 0),
      place: stored.village.name + (household?.location?.group ?? ""),
      category: stored.application.category,
      mainCause: household?.classification?.mainCause ?? 0
    )
  }

  /// A notice is posted in the office's own division.
  private func noticeDivision(_ text: String, _ scope: Scope) throws -> DivisionRecord {
    let home = try home(of: scope)
    if text.isEmpty || text == home.code.description { return home }
    throw StoreError.broken([ProcedureRule.noticeDivision.violation("division")])
  }

  /// A notice to be posted, with its applications' next versions.
  ///
  /// - Parameter id: the notice's id where an office gave it one; nil makes one.
  func opening(
    _ request: OpenNoticeRequest,
    _ division: DivisionRecord,
    _ actor: ProcedureActor,
    _ preparer: StepPreparer,
    _ flag: CancellationFlag,
    id: Bytes16? = nil
  ) throws -> (Notice, [StepItem]) {
    let ids =
      request.applications.isEmpty
      ? try preparer.reader.waiting(for: actor, in: division, limit: limits.stepsPerCall)
      : request.applications
    guard !ids.isEmpty else {
      throw StoreError(
        .notFound,
        "no application waits for a notice here",
        zh: "本区划没有待公示的申请"
      )
    }
    let today = preparer.today
    let day = request.day == 0 ? Int32(today.yyyymmdd) : request.day
    guard let opened = Day(yyyymmdd: Int(day)) else {
      throw StoreError.broken([Violation(.dateInvalid, row: 0, member: 0, field: "day")])
    }
    var notice = Notice(version: 1, level: DivisionLevel(rawValue: division.level.rawValue))
    notice.id = try id?.bytes ?? preparer.households.makeID().bytes
    notice.division = division.code.description
    notice.openedOn = day
    notice.closesFrom = Int32(
      try preparer.procedure(division, actor)
        .closesFrom(opened: opened, level: division.level).yyyymmdd
    )
    notice.place = request.place
    notice.openedBy = actor.identity.uri
    let items = try ids.enumerated().map { place, id in
      try flag.check()
      return try preparer.item(UInt32(place + 1), id) { stored in
        let next = try preparer.procedure(stored.village, actor)
          .opening(notice, on: stored.application, evidence: StepEvidence(step: []))
        return try preparer.seal(next, stored: stored, operation: .stepTaken)
      }
    }
    return (notice, items)
  }

  /// A notice to be closed, with its applications' next versions and the day.
  func closing(
    _ request: CloseNoticeRequest,
    _ actor: ProcedureActor,
    _ preparer: StepPreparer
  ) throws -> (StoredNotice, [StepItem], Int32) {
    let scope = preparer.scope
    let found = try preparer.reader.notice(request.notice, scope: scope, directory: divisions)
    guard let stored = found else { throw StoreError.noticeNotFound }
    guard stored.notice.closedOn == 0 else {
      throw StoreError.broken([ProcedureRule.noticeClosed.violation("notice")])
    }
    guard try home(of: scope).id == stored.division.id else {
      throw StoreError.broken([ProcedureRule.noticeDivision.violation("notice")])
    }
    let day = request.day == 0 ? Int32(preparer.today.yyyymmdd) : request.day
    guard Day(yyyymmdd: Int(day)) != nil, day <= Int32(preparer.today.yyyymmdd) else {
      throw StoreError.broken([ProcedureRule.dayFuture.violation("day")])
    }
    guard day >= stored.notice.closesFrom else {
      throw StoreError.broken([ProcedureRule.noticeDays.violation("day")])
    }
    var items: [StepItem] = []
    try preparer.reader.applications(of: stored, scope: scope, directory: divisions) { one in
      let known = StepItem.Known(
        id: one.id.bytes,
        number: one.application.number,
        version: one.version,
        state: one.state
      )
      items.append(
        try StepItem(row: UInt32(items.count + 1), known: known) {
          let next = try preparer.procedure(one.village, actor)
            .closing(stored.notice, on: day, of: one.application, evidence: StepEvidence(step: []))
          return try preparer.seal(next, stored: one, operation: .stepTaken)
        }
      )
    }
    return (stored, items, day)
  }
}

extension StepPreparer {
  /// An item of an application by its id.
  func item(
    _ row: UInt32,
    _ id: [UInt8],
    _ prepare: (StoredApplication) throws -> PreparedStep
  ) throws -> StepItem {
    let found =
      id.count == 16
      ? try reader.application(.id(id), scope: scope, directory: store.divisions) : nil
    guard let stored = found else { return StepItem(row: row, refused: .unknown, "applications") }
    let known = StepItem.Known(
      id: stored.id.bytes,
      number: stored.application.number,
      version: stored.version,
      state: stored.state
    )
    return try StepItem(row: row, known: known) { try prepare(stored) }
  }
}

extension StoreError {
  /// There is none that the caller may know of.
  static let noticeNotFound = StoreError(
    .notFound,
    "no such notice in the caller's area",
    zh: "本机构辖区内没有该公示"
  )
}

extension PageToken.List {
  /// Notices.
  static let notices = PageToken.List(rawValue: 5)
  /// Applications.
  static let applications = PageToken.List(rawValue: 4)
}
