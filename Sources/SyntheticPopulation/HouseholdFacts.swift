internal import RegistryModel

/// What the file tells of a household beside its people, as it is written on the head's row.
struct HouseholdFacts: Sendable {
  var key = 0
  var village: VillageTable.Village
  var group = 1
  var category: HouseholdCategory
  var cause: PovertyCause
  var otherCauses: [PovertyCause] = []
  var identifiedOn = Day(daysSince1970: 0)
  /// Net income per person in yuan, whole.
  var net = 0
  var wages = 0
  var business = 0
  var transfers = 0
  var property = 0
  var cost = 0
  var cadre = ""

  /// The cause in the words of the form.
  static func words(_ cause: PovertyCause) -> String {
    switch cause {
    case .illness: "因病"
    case .disability: "因残"
    case .schooling: "因学"
    case .disaster: "因灾"
    case .land: "缺土地"
    case .water: "缺水"
    case .technology: "缺技术"
    case .labour: "缺劳力"
    case .funds: "缺资金"
    case .transport: "交通条件落后"
    case .motivation: "自身发展动力不足"
    case .other: "其它"
    }
  }

  /// What a household with a cause most needs: kind, unit, the range of scale and yuan a unit.
  static func need(
    for cause: PovertyCause
  ) -> (kind: String, unit: String, scale: ClosedRange<Int>, price: Int) {
    switch cause {
    case .funds: ("小额信贷", "万元", 1...3, 10_000)
    case .illness, .disability: ("医疗救助", "人", 1...2, 3000)
    case .labour: ("养殖业", "头", 1...6, 1200)
    case .technology: ("技能培训", "人", 1...2, 1500)
    case .disaster: ("危房改造", "平方米", 40...100, 350)
    case .schooling: ("助学", "人", 1...3, 1000)
    case .land, .motivation, .other: ("种植业", "亩", 1...8, 600)
    case .water: ("饮水工程", "处", 1...1, 2500)
    case .transport: ("道路建设", "米", 50...400, 120)
    }
  }
}
