internal import Journal
internal import RPCCore
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// A rule that another node set, from its entry's body.
struct CopiedRule: Sendable {
  let key: RuleKey
  let division: DivisionRecord
  let amount: Int64
  /// The line, where it is one.
  var line: PovertyLine?
  /// The list and the code, where it is one.
  var code: (list: CodeListName, entry: CodeList.Entry)?

  /// Nil for a body that is none, or about a division that is not on record.
  init?(_ kind: SubjectKind, _ body: [UInt8], _ context: PreparationContext) {
    func place(_ code: String) -> DivisionRecord? {
      DivisionCode(code).flatMap { context.directory.record(code: $0) }
    }
    switch kind {
    case .policy:
      guard let parameter = try? PolicyParameter(wireArray: body),
        let division = place(parameter.division), let name = PolicyName(rawValue: parameter.name),
        Day(yyyymmdd: Int(parameter.validFrom)) != nil
      else { return nil }
      key = .policy(division, name, validFrom: parameter.validFrom)
      self.division = division
      amount = parameter.value
    case .line:
      guard let line = try? Line(wireArray: body), let division = place(line.division),
        let fen = line.amount?.fen, line.kind == .poverty || line.kind == .dibao
      else { return nil }
      key = .line(line.kind, division, year: line.year)
      self.division = division
      amount = fen
      self.line = PovertyLine(
        division: division.code,
        year: Int(line.year),
        amount: Amount(fen: fen)
      )
    case .quota:
      guard let quota = try? Quota(wireArray: body), let division = place(quota.division) else {
        return nil
      }
      key = .quota(division, period: quota.period)
      self.division = division
      amount = quota.people
    case .code:
      guard let code = try? Code(wireArray: body), let division = place(code.division),
        let list = CodeListName(extensible: code.list), (1...127).contains(code.code)
      else { return nil }
      key = .code(division, list: list, code: code.code)
      self.division = division
      amount = Int64(code.code)
      self.code = (list, CodeList.Entry(code))
    default: return nil
    }
  }

  /// The national line, by which households are counted; nil for every other rule.
  var nationalLine: PovertyLine? {
    guard case .line(.poverty, _, _) = key, division.code == .state else { return nil }
    return line
  }

  /// Makes it known in memory, once it is durable.
  func publish(_ contents: inout RuleBook.Contents) {
    switch key {
    case .policy(let division, let name, let day):
      guard let day = Day(yyyymmdd: Int(day)) else { return }
      contents.policy.set(
        PolicyBook.Entry(division: division.code, name: name, validFrom: day, value: amount)
      )
    case .line(let kind, _, _):
      guard let line else { return }
      if kind == .poverty { contents.lines.set(line) } else { contents.standards.set(line) }
    case .code:
      guard let (list, entry) = code else { return }
      contents.set(entry, in: list)
    case .quota(let division, let period):
      contents.quotas[RuleBook.QuotaKey(division: division.id, period: period)] = amount
    }
  }
}
