internal import RegistryAPI
internal import RegistryModel

/// The form of a household: its sections and fields with their titles, for showing and setting.
///
/// Keys are the names of `registry/v1/household.proto`; titles are the terms of the forms.
enum HouseholdForm {
  /// The household's own sections.
  static let household: [Section<Household>] = [
    Section(
      "location",
      "Location",
      "住址所属",
      nil,
      \.location,
      Location(),
      [
        .text("village", "Village", "村级代码", \.village),
        .text("group", "Village group", "村民小组", \.group),
      ]
    ),
    Section(
      "classification",
      "Classification",
      "识别",
      .classification,
      \.classification,
      Classification(),
      [
        .choice(
          "poverty_decision",
          "Poverty office's decision",
          "扶贫部门认定",
          povertyDecisions,
          \.povertyDecision
        ),
        .choice(
          "security_decision",
          "Civil affairs' decision",
          "民政部门认定",
          securityDecisions,
          \.securityDecision
        ),
        .choice("category", "Category", "贫困户属性", categories, \.category),
        .code("standard", "Standard", "识别标准", .identificationStandard, \.standard),
        .code("main_cause", "Main cause", "主要致贫原因", .cause, \.mainCause),
        .codes("other_causes", "Other causes", "其他致贫原因", .cause, \.otherCauses),
        .day("identified_on", "Identified on", "识别日期", \.identifiedOn),
      ]
    ),
    Section(
      "contact",
      "Contact",
      "联系方式",
      .contact,
      \.contact,
      Contact(),
      [
        .text("telephone", "Telephone", "联系电话", \.telephone),
        .text("address", "Address", "家庭住址", \.address),
      ]
    ),
    Section(
      "account",
      "Account",
      "账户",
      .account,
      \.account,
      Account(),
      [
        .text("bank", "Bank", "开户银行", \.bank),
        .text("number", "Account number", "银行账号", \.number),
      ]
    ),
    Section("income", "Income", "收入", .income, \.income, Income(), [], lists: [years]),
    Section("dwelling", "Dwelling", "住房与生活条件", .dwelling, \.dwelling, Dwelling(), dwelling),
    Section(
      "production",
      "Land and organisations",
      "土地与组织",
      .production,
      \.production,
      Production(),
      production
    ),
    Section(
      "support",
      "Support",
      "帮扶",
      .support,
      \.support,
      Support(),
      [],
      lists: [needs]
    ),
    Section(
      "support.plan",
      "Plan",
      "帮扶计划",
      .support,
      \.supportPlan,
      Plan(),
      [
        .text("cadre", "Responsible cadre", "帮扶责任人", \.cadre),
        .text("unit", "Unit", "帮扶单位", \.unit), .text("post", "Post", "职务", \.post),
        .text("telephone", "Telephone", "联系电话", \.telephone),
        .text("text", "Plan", "计划", \.text), .day("day", "Day", "日期", \.day),
      ]
    ),
  ]

  /// A member's sections.
  static let member: [Section<Member>] = [
    Section(
      "identity",
      "Identity",
      "身份",
      .identity,
      \.identity,
      Identity(),
      [
        .text("name", "Name", "姓名", \.name),
        .text("citizen_id", "Citizen ID number", "公民身份号码", \.citizenId),
        .text("citizen_id_15", "15-digit number", "15位号码", \.citizenId15),
        .code("no_id_reason", "No number because", "无号码原因", .noIDReason, \.noIdReason),
        .text(
          "disability_certificate",
          "Disability certificate",
          "残疾证号",
          \.disabilityCertificate
        ),
        .code("sex", "Sex", "性别", .sex, \.sex),
        .day("birth_date", "Birth date", "出生日期", \.birthDate),
        .code("relation", "Relation to head", "与户主关系", .relationOfStandard, \.relation),
        .code("ethnic_group", "Ethnic group", "民族", .ethnicGroup, \.ethnicGroup),
        .code("marital_status", "Marital status", "婚姻状况", .marital, \.maritalStatus),
        .code("political_status", "Political status", "政治面貌", .political, \.politicalStatus),
      ]
    ),
    Section(
      "schooling",
      "Schooling",
      "教育",
      .schooling,
      \.schooling,
      Schooling(),
      [
        .code("education", "Education", "文化程度", .education, \.education),
        .code("at_school", "At school", "在校状况", .schooling, \.atSchool),
      ]
    ),
    Section(
      "health",
      "Health",
      "健康",
      .health,
      \.health,
      Health(),
      [
        .codes("states", "Health", "健康状况", .health, \.states),
        .code("disability_kind", "Disability", "残疾类别", .disabilityKind, \.disabilityKind),
        .code("disability_grade", "Grade", "残疾等级", .disabilityGrade, \.disabilityGrade),
      ]
    ),
    Section(
      "labour",
      "Labour",
      "劳动力",
      .labour,
      \.labour,
      Labour(),
      [
        .code("capacity", "Labour capacity", "劳动能力", .labour, \.capacity),
        .text("away_place", "Works away in", "务工地点", \.awayPlace),
        .number("away_months", "Months away", "务工时间（月）", \.awayMonths),
      ]
    ),
    Section(
      "security",
      "Security",
      "保障",
      .security,
      \.security,
      Security(),
      [
        .answer("medical_scheme", "Medical scheme", "参加新农合", \.medicalScheme),
        .answer("pension", "Pension", "参加养老保险", \.pension),
        .answer("dibao", "Dibao", "低保人口", \.dibao),
        .answer("five_guarantee", "Five-guarantee", "五保人口", \.fiveGuarantee),
      ]
    ),
  ]

  static let categories: [(Category, Text)] = [
    (.povertyObject, Text(en: "poverty object", zh: "扶贫户")), (.dibao, Text(en: "dibao", zh: "低保户")),
    (.both, Text(en: "both", zh: "扶贫低保户")),
    (.fiveGuarantee, Text(en: "five-guarantee", zh: "五保户")),
  ]

  static let statuses: [(HouseholdStatus, Text)] = [
    (.registered, Text(en: "registered", zh: "在册")), (.exited, Text(en: "exited", zh: "已退出")),
  ]

  static let povertyDecisions: [(PovertyDecision, Text)] = [
    (.object, Text(en: "object", zh: "扶贫对象")), (.refused, Text(en: "refused", zh: "不列入")),
  ]

  static let securityDecisions: [(SecurityDecision, Text)] = [
    (.dibao, Text(en: "dibao", zh: "低保")), (.fiveGuarantee, Text(en: "five-guarantee", zh: "五保")),
    (.neither, Text(en: "neither", zh: "无")),
  ]

  private static let years = InnerList<Income>(
    "years",
    "Years",
    "年度",
    \.years,
    YearIncome(),
    [
      .number("year", "Year", "年度", \.year),
      .money("net_per_person", "Net per person", "人均纯收入", \.netPerPerson),
      .money("wages", "Wages", "工资性收入", \.wages),
      .money("business", "Business", "家庭经营性收入", \.business),
      .money("transfers", "Transfers", "转移性收入", \.transfers),
      .money("property", "Property", "财产性收入", \.property),
      .money("production_cost", "Production cost", "生产经营支出", \.productionCost),
    ]
  )

  private static let needs = InnerList<Support>(
    "needs",
    "Needs",
    "项目需求",
    \.needs,
    Need(),
    [
      .code("kind", "Kind", "类别", .needKind, \.kind),
      .quantity("scale", "Scale", "规模", perUnit: 100, \.scale),
      .text("unit", "Unit", "单位", \.unit),
      .money("investment", "Investment", "所需投资", \.investment),
    ]
  )

  private static let dwelling: [Leaf<Dwelling>] = [
    .quantity("floor_area", "Floor area (m2)", "住房面积（平方米）", perUnit: 100, \.floorArea),
    .code("structure", "Structure", "主要结构", .structure, \.structure),
    .code("danger_grade", "Danger grade", "危房等级", .danger, \.dangerGrade),
    .number("year_built", "Built in", "建房时间", \.yearBuilt),
    .code("drinking_water", "Drinking water", "饮水情况", .water, \.drinkingWater),
    .answer("electricity", "Electricity", "通电", \.electricity),
    .code("reception", "Reception", "广播电视信号", .reception, \.reception),
    .codes("fuels", "Fuel", "燃料", .fuel, \.fuels), .code("road", "Road", "入户路", .road, \.road),
    .quantity("market_distance", "Metres to market", "距集市（米）", \.marketDistance),
  ]

  private static let production: [Leaf<Production>] = [
    .quantity("farmland", "Farmland (mu)", "耕地（亩）", perUnit: 100, \.farmland),
    .quantity("irrigated", "Irrigated (mu)", "有效灌溉（亩）", perUnit: 100, \.irrigated),
    .quantity("woodland", "Woodland (mu)", "林地（亩）", perUnit: 100, \.woodland),
    .quantity("orchard", "Orchard (mu)", "林果（亩）", perUnit: 100, \.orchard),
    .quantity("pasture", "Pasture (mu)", "牧草地（亩）", perUnit: 100, \.pasture),
    .quantity("water_surface", "Water (mu)", "水面（亩）", perUnit: 100, \.waterSurface),
    .codes("organisations", "Organisations", "加入组织", .organisation, \.organisations),
  ]
}

extension Household {
  /// The plan within the support.
  fileprivate var supportPlan: Plan? {
    get { support?.plan }
    set {
      var support = support ?? Support()
      support.plan = newValue
      self.support = support
    }
  }
}
