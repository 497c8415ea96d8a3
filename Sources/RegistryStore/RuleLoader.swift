internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel
internal import SQL

/// Reads what is set from above out of the tables, in the connection's present view.
struct RuleLoader {
  let connection: any SQLConnection
  let directory: DivisionDirectory

  /// Everything; what was set takes the place of what comes with the program.
  func contents(over builtIn: PovertyLines) throws -> RuleBook.Contents {
    var contents = RuleBook.Contents(
      lines: try lines(.poverty, over: builtIn),
      lists: RuleBook.SharedLists(try lists())
    )
    contents.standards = try lines(.dibao, over: PovertyLines([]))
    contents.policy = try policy()
    contents.quotas = try quotas()
    return contents
  }

  /// Lines of a kind over those that come with the program.
  func lines(_ kind: LineKind, over builtIn: PovertyLines) throws -> PovertyLines {
    var lines = builtIn
    let rows = try connection.prepare("SELECT division, year, amount FROM line WHERE kind = $1")
    rows.bind(Int64(kind.rawValue), at: 1)
    try rows.forEach { row in
      lines.set(
        PovertyLine(
          division: try code(row.int64(at: 0)),
          year: Int(row.int64(at: 1)),
          amount: Amount(fen: row.int64(at: 2))
        )
      )
    }
    return lines
  }

  private func policy() throws -> PolicyBook {
    var book = PolicyBook()
    let rows = try connection.prepare("SELECT division, name, valid_from, amount FROM policy")
    try rows.forEach { row in
      guard let name = PolicyName(rawValue: row.string(at: 1)),
        let day = Day(yyyymmdd: Int(row.int64(at: 2)))
      else { throw StoreError(.damaged, "a parameter on record is none that is known") }
      book.set(
        PolicyBook.Entry(
          division: try code(row.int64(at: 0)),
          name: name,
          validFrom: day,
          value: row.int64(at: 3)
        )
      )
    }
    return book
  }

  /// The lists that come with the program, with the codes that were added.
  private func lists() throws -> CodeLists {
    var lists = try CodeLists.load()
    let rows = try connection.prepare(
      "SELECT j.sealed FROM code c JOIN journal j ON j.seq = c.entry ORDER BY c.list, c.code"
    )
    try rows.forEach { row in
      let code = try row.withBytes(at: 0) { try Code(wireBytes: OpenBody.content($0)) }
      guard let name = CodeListName(extensible: code.list) else {
        throw StoreError(.damaged, "a code on record is of no list that is known")
      }
      lists = lists.setting(CodeList.Entry(code), in: name)
    }
    return lists
  }

  private func quotas() throws -> [RuleBook.QuotaKey: Int64] {
    var quotas: [RuleBook.QuotaKey: Int64] = [:]
    let rows = try connection.prepare("SELECT division, period, people FROM quota")
    try rows.forEach { row in
      let key = RuleBook.QuotaKey(
        division: row.int64(at: 0),
        period: UInt32(clamping: row.int64(at: 1))
      )
      quotas[key] = row.int64(at: 2)
    }
    return quotas
  }

  private func code(_ id: Int64) throws(StoreError) -> DivisionCode {
    guard let record = directory.record(id: id) else {
      throw StoreError(.damaged, "a rule belongs to a division that is not on record")
    }
    return record.code
  }
}
