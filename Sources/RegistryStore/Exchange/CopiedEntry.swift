internal import Exchange
internal import Journal
internal import RPCProtobuf
internal import RegistryAPI
internal import RegistryModel

/// An entry of another node's stream, ready to be written beside what it changes.
struct CopiedEntry: Sendable {
  let header: EntryHeader
  /// The header as it came: the leaf hashes it.
  let octets: [UInt8]
  let bodyHash: Hash256
  let content: Content

  enum Content: Sendable {
    /// The first version of a household on record here, sealed off the writer's thread.
    case household(PreparedHousehold)
    /// A body to be opened where the rows are.
    case body(salt: Bytes16, [UInt8])
    /// Withheld or erased before it came.
    case withheld
    /// A body that takes no effect.
    case refused(CopyRule, salt: Bytes16, [UInt8])
  }
}

/// Why an entry of another node's takes no effect where it is copied.
enum CopyRule: String, Sendable {
  case malformed = "exchange.malformed"
  case foreign = "exchange.foreign"
  case area = "exchange.area"
  case version = "exchange.version"
  case kind = "exchange.kind"
  case office = "exchange.office"
  case number = "exchange.number"

  private var words: (String, String) {
    switch self {
    case .malformed: ("the body is not what its header says", "内容与日志头不符")
    case .foreign: ("the file belongs to another node", "该档案属于其他节点")
    case .area: ("the file lies outside the area of its node", "该档案不在其节点辖区内")
    case .version: ("the version before is not the one on record", "前一版本与已登记的版本不符")
    case .office:
      ("the actor is not of the office that signed the bundle", "经办人不属于签发交换文件的机构")
    case .number:
      ("the number is another county's, or was given before", "编号属于其他县或已被使用")
    case .kind: ("this node takes no entries of this kind from there", "本节点不接收来自该处的此类条目")
    }
  }

  func refusal(of sequence: UInt64) -> RefusedEntry { violation("").refusal(of: sequence) }

  /// The rule broken by a field.
  func violation(_ field: String) -> Violation {
    Violation(field: field, rule: rawValue, messageEn: words.0, messageZh: words.1)
  }
}

extension Violation {
  /// The rule broken by an entry.
  func refusal(of sequence: UInt64) -> RefusedEntry {
    RefusedEntry(sequence: sequence, rule: rule, messageEn: messageEn, messageZh: messageZh)
  }
}

/// Makes entries of other nodes' streams ready to be written; on the caller's thread.
struct CopyPreparer {
  let context: PreparationContext
  let reader: Reader
  /// The area of the stream's node.
  let area: DivisionPath
  /// Whether the bodies are looked at where the rows are: an office's are asked for, not taken over,
  /// and what an office is told stands over what it has.
  var opensLater = false

  /// An entry with its content hashed and, where that is possible yet, decoded and sealed.
  func prepare(_ entry: BatchEntry) throws -> CopiedEntry {
    let octets = Array(entry.headerOctets)
    switch entry.content {
    case .hash(let hash):
      return CopiedEntry(
        header: entry.header,
        octets: octets,
        bodyHash: hash,
        content: .withheld
      )
    case .body(let salt, let body):
      let hash = reader.hasher.bodyHash(salt: salt, body: body)
      return CopiedEntry(
        header: entry.header,
        octets: octets,
        bodyHash: hash,
        content: try content(entry.header, salt, body, hash)
      )
    }
  }

  private func content(
    _ header: EntryHeader,
    _ salt: Bytes16,
    _ body: UnsafeRawBufferPointer,
    _ hash: Hash256
  ) throws -> CopiedEntry.Content {
    guard header.isVersionOfHousehold, header.versionBefore == 0, !opensLater else {
      return .body(salt: salt, Array(body))
    }
    let key = try reader.sealer.makeKey(for: header.subject)
    let made = try household(
      header,
      salt,
      body,
      hash,
      key: key,
      wrapped: try reader.sealer.wrap(key),
      base: nil
    )
    switch made {
    case .success(let prepared): return .household(prepared)
    case .failure(let rule): return .refused(rule.rule, salt: salt, Array(body))
    }
  }

  /// A village of the stream's node; nil for a place that is none of its area.
  ///
  /// Throws `StoreError` (`precondition`, `exchange.village`) for one of the area that is not on
  /// record here: what lies there waits until it is, and is not left out for ever.
  func village(_ text: String) throws -> DivisionRecord? {
    guard let code = DivisionCode(text), code.level == .village else { return nil }
    if let record = context.directory.record(code: code) {
      return record.level == .village && area.contains(record.path) ? record : nil
    }
    let county = DivisionCode(String(text.prefix(6)))
    guard let home = county.flatMap({ context.directory.record(code: $0) }),
      area.contains(home.path)
    else { return nil }
    throw ExchangeRule.village.error(text)
  }

  /// The reason why a copy takes no effect, as an error of `Result`.
  struct Refused: Error {
    let rule: CopyRule
  }

  /// A version of a household as its node made it, sealed under the key that it has here.
  func household(
    _ header: EntryHeader,
    _ salt: Bytes16,
    _ body: UnsafeRawBufferPointer,
    _ hash: Hash256,
    key: HouseholdKey,
    wrapped: [UInt8],
    base: PreparedHousehold.Base?
  ) throws -> Result<PreparedHousehold, Refused> {
    guard let household = try? Household(wireBytes: body), household.id == header.subject.bytes,
      household.version == header.versionAfter, !household.members.isEmpty,
      let number = HouseholdNumber(household.number),
      HouseholdStatus(rawValue: household.status.rawValue) != .unspecified
    else { return .failure(Refused(rule: .malformed)) }
    guard let village = try village(household.location?.village ?? "") else {
      return .failure(Refused(rule: .area))
    }
    let binding = SealBinding.body(
      ofHousehold: header.subject,
      stream: reader.stream,
      version: header.versionAfter
    )
    let preparer = HouseholdPreparer(context, reader: reader, scope: .system(reason: "copy"))
    return .success(
      PreparedHousehold(
        household: household,
        id: header.subject,
        number: number,
        village: village,
        county: nil,
        version: header.versionAfter,
        numbers: try preparer.memberNumbers(of: household),
        body: [],
        sealed: try reader.sealer.seal(body, salt: salt, key: key, binding: binding),
        bodyHash: hash,
        wrappedKey: wrapped,
        base: base
      )
    )
  }
}

extension EntryHeader {
  /// Whether the body is a household's file.
  var isVersionOfHousehold: Bool {
    subjectKind == .household
      && (operation == .householdCreated || operation == .householdUpdated)
  }
}
