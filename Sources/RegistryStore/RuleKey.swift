internal import Journal
internal import RegistryAPI
internal import RegistryModel

/// What a rule set from above is found by, and how the journal names it.
enum RuleKey {
  /// A parameter of a division from a day on.
  case policy(DivisionRecord, PolicyName, validFrom: Int32)
  /// A line or standard of a division from an income year on.
  case line(LineKind, DivisionRecord, year: UInt32)
  /// A quota of a division for a period.
  case quota(DivisionRecord, period: UInt32)
  /// A code of a list, with the division whose office set it.
  case code(DivisionRecord, list: CodeListName, code: UInt32)

  /// The kind of the journal's subject.
  var kind: SubjectKind {
    switch self {
    case .policy: .policy
    case .line: .line
    case .quota: .quota
    case .code: .code
    }
  }

  /// The division that it is set for.
  var division: DivisionRecord {
    switch self {
    case .policy(let division, _, _), .line(_, let division, _), .quota(let division, _),
      .code(let division, _, _):
      division
    }
  }

  /// What its entries say was done.
  var operation: EntryOperation {
    switch self {
    case .policy: .policySet
    case .line: .lineSet
    case .quota: .quotaSet
    case .code: .codeSet
    }
  }

  /// The key as text (proto/JOURNAL.md, "Subjects").
  var text: String {
    switch self {
    case .policy(let division, let name, let day): "\(division.code)/\(name.rawValue)/\(day)"
    case .line(let kind, let division, let year): "\(kind.rawValue)/\(division.code)/\(year)"
    case .quota(let division, let period): "\(division.code)/\(period)"
    case .code(_, let list, let code): "\(list.word)/\(code)"
    }
  }

  /// The journal's subject: the first 16 octets of SHA-256 of the kind and the key's text.
  func subject(using hasher: SHA256Context) throws(StoreError) -> Bytes16 {
    let hash = hasher.hash([kind.rawValue] + Array(text.utf8))
    guard let subject = Bytes16(hash.bytes.prefix(16)) else {
      throw StoreError(.damaged, "a hash has not 32 octets")
    }
    return subject
  }
}

extension SubjectKind {
  /// A code that was added to a list; not sealed.
  static let code = SubjectKind(rawValue: 15)
}

extension EntryOperation {
  /// A code was added to a list, or named anew.
  static let codeSet = EntryOperation(rawValue: firstOfRegistry + 18)
}

/// A rule as its row has it.
struct HeldRule: Sendable {
  /// The value, amount or number of people.
  var amount: Int64
  var version: UInt64
  var entry: Int64
}
