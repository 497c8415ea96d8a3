internal import RPCProtobuf
package import RegistryAPI
package import RegistryModel

extension RegistryStore {
  /// The division that bears a code, or bore it last; nil when there is none.
  package func division(code: DivisionCode) -> DivisionRecord? { divisions.record(code: code) }

  /// One division.
  ///
  /// Throws `StoreError`: `refused` if the scope does not allow it, `invalid` for a text that is no
  /// code, `notFound`.
  package func getDivision(_ request: GetDivisionRequest, scope: Scope) throws -> Division {
    try scope.require(.divisionRead)
    return divisions.message(try division(text: request.code))
  }

  /// A page of divisions in the order of their codes.
  ///
  /// Throws `StoreError`: `refused`, `invalid` for a code, level or token that is none, `notFound`
  /// for an unknown parent.
  package func listDivisions(
    _ request: ListDivisionsRequest,
    scope: Scope
  ) throws -> ListDivisionsResponse {
    try scope.require(.divisionRead)
    let parent = request.parent.isEmpty ? try home(of: scope) : try division(text: request.parent)
    let level = DivisionTier(rawValue: request.level.rawValue)
    guard level != nil || request.level == .unspecified else {
      throw StoreError.broken([Violation(.codeUnknown, row: 0, member: 0, field: "level")])
    }
    var question = request
    question.pageToken = ""
    question.pageSize = 0
    let asked = try question.serializedBytes()
    let holder = scope.actor(node: node)
    return try pointReaders.with { reader in
      let place = try PageToken.place(
        .divisions,
        token: request.pageToken,
        holder: holder,
        question: asked,
        using: reader.sealer
      )
      let limit = limits.page(request.pageSize, limits.divisionPage, limits.divisionPageMaximum)
      let page = divisions.list(
        below: parent,
        direct: request.direct,
        level: level,
        nameContains: request.nameContains,
        from: Int(place),
        limit: limit
      )
      var response = ListDivisionsResponse()
      response.divisions = page.found.map(divisions.message)
      if let next = page.next {
        response.nextPageToken = try PageToken.make(
          .divisions,
          place: Int64(next),
          holder: holder,
          question: asked,
          using: reader.sealer
        )
      }
      return response
    }
  }

  /// The division of a code as text. Throws `StoreError`: `invalid`, `notFound`.
  func division(text: String) throws(StoreError) -> DivisionRecord {
    guard let code = DivisionCode(text) else {
      throw .broken([StoreRule.divisionCode.violation(field: "division")])
    }
    guard let record = divisions.record(code: code) else {
      throw StoreError(
        .notFound,
        "division \(code) is not on record",
        zh: "没有代码为 \(code) 的区划"
      )
    }
    return record
  }

  /// The division of a scope's holder.
  func home(of scope: Scope) throws(StoreError) -> DivisionRecord {
    guard let code = scope.identity?.division else { return division }
    return try division(text: code.description)
  }
}

extension StoreLimits {
  /// A page's size as asked for, within its bounds.
  func page(_ asked: UInt32, _ usual: Int, _ maximum: Int) -> Int {
    asked == 0 ? usual : min(Int(asked), maximum)
  }
}
