internal import Journal
internal import RegistryAPI
internal import RegistryModel

/// A household's new version, ready to be written: everything that does not need the journal's
/// sequence was done on the caller's thread.
struct PreparedHousehold: Sendable {
  /// A digest of an ID number, and whose it is.
  struct MemberNumber: Hashable, Sendable {
    var digest: Bytes16
    /// The member's place in the household, from 0.
    var position: Int
  }

  /// What a new version replaces.
  struct Base: Sendable {
    var n: Int64
    var entry: Int64
    var version: UInt64
    var village: DivisionRecord
    var household: Household
    var numbers: [MemberNumber]
  }

  /// The file as recorded, without the instant.
  var household: Household
  var id: Bytes16
  var number: HouseholdNumber
  var village: DivisionRecord
  /// The county whose serials the number is taken from; nil for a later version.
  var county: Int64?
  var version: UInt64
  var numbers: [MemberNumber]
  /// The encoded file; emptied where the caller does not want it back.
  var body: [UInt8]
  var sealed: [UInt8]
  var bodyHash: Hash256
  var wrappedKey: [UInt8]
  /// Nil for a new household.
  var base: Base?

  /// The name of the head, who stands first.
  var headName: String { household.members.first?.identity?.name ?? "" }

  /// The latest year of income, if its net income is known; the same that tallies count.
  var income: (year: UInt32, fen: Int64)? {
    guard let latest = household.income?.years.last, let net = latest.netPerPerson else {
      return nil
    }
    return (latest.year, net.fen)
  }
}

/// A rule of the store's own: about what is on record.
enum StoreRule: String {
  case divisionCode = "division.code"
  case villageUnknown = "household.village-unknown"
  case area = "household.area"
  case nodeArea = "household.node-area"
  case owner = "household.owner"
  case inTransit = "household.in-transit"
  case onFile = "id.on-file"
  case numberUnknown = "household.number-unknown"
  case importRows = "import.rows"
  case importMembers = "import.members"
  case importMore = "import.more"

  private var words: (String, String) {
    switch self {
    case .divisionCode:
      (
        "a division's code has 6 digits, or 12 below the county",
        "区划代码为 6 位数字，县以下为 12 位"
      )
    case .villageUnknown: ("the village is not a division on record", "村级区划代码未登记")
    case .area: ("the village lies outside the caller's area", "该村不在本机构辖区内")
    case .nodeArea: ("the village lies outside this node's area", "该村不在本节点辖区内")
    case .inTransit:
      (
        "the household was handed over to another county: nobody writes its file here",
        "该户已移交外县，本地不得再改写其档案"
      )
    case .owner:
      (
        "the village's files belong to its county's node: this one has copies",
        "该村档案属于其县级节点，本节点仅有副本"
      )
    case .onFile: ("a person with this ID number stands in another file", "该公民身份号码已在其他户建档")
    case .numberUnknown: ("no household in the area has this number", "辖区内没有该户编号")
    case .importRows:
      ("the rows overlap others of this file that have their result", "与本文件已处理的行重叠")
    case .importMembers: ("the household has more members than rows", "户内人口数多于行数")
    case .importMore: ("further rules are broken", "另有不符合的规则")
    }
  }

  /// The violation of the rule.
  func violation(row: UInt32 = 0, member: UInt32 = 0, field: String) -> Violation {
    Violation(
      row: row,
      member: member,
      field: field,
      rule: rawValue,
      messageEn: words.0,
      messageZh: words.1
    )
  }
}
