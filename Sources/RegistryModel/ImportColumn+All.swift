internal import RegistryAPI

/// Every column that an import file may have.
extension ImportColumn {
  /// All columns, those of the household first.
  package static let all: [ImportColumn] =
    keys + place + income + dwelling + support + person
    + capacity

  private static func household(
    _ name: String,
    _ chinese: [String],
    _ path: String,
    _ read: @escaping @Sendable (String, inout Household, CodeLists) -> Rule?
  ) -> ImportColumn {
    ImportColumn(name: name, chinese: chinese, path: path, reading: .household(read))
  }

  private static func member(
    _ name: String,
    _ chinese: [String],
    _ path: String,
    _ read: @escaping @Sendable (String, inout Member, CodeLists) -> Rule?
  ) -> ImportColumn {
    ImportColumn(name: name, chinese: chinese, path: path, reading: .member(read))
  }

  private static let keys: [ImportColumn] =
    [
      ImportColumn(name: "household", chinese: ["户序号"], path: "", reading: .key)
    ]
    + [
      ("province", "省"), ("prefecture", "市"), ("county", "县"), ("township", "乡"),
      ("village", "村"), ("head", "户主姓名"), ("household_size", "家庭人口"),
      // The last column of a file of refused rows, which is mended and imported in its turn.
      ("refused_because", "拒绝原因"),
    ].map { ImportColumn(name: $0.0, chinese: [$0.1], path: "", reading: .passed) }

  private static let place: [ImportColumn] = [
    household("household_number", ["户编号", "登记户号"], "number") { text, household, _ in
      household.number = text
      return nil
    },
    household("village_code", ["村代码", "行政村代码"], "location.village") { text, household, _ in
      household.location.made.village = TextRules.foldedNumber(text)
      return nil
    },
    household("group", ["组", "村民小组"], "location.group") { text, household, _ in
      household.location.made.group = text
      return nil
    },
    household("telephone", ["联系电话", "户联系电话"], "contact.telephone") { text, household, _ in
      household.contact.made.telephone = TextRules.foldedNumber(text)
      return nil
    },
    household("address", ["地址", "家庭住址"], "contact.address") { text, household, _ in
      household.contact.made.address = text
      return nil
    },
    household("bank", ["开户银行"], "account.bank") { text, household, _ in
      household.account.made.bank = text
      return nil
    },
    household("account_number", ["银行账号", "银行帐号"], "account.number") { text, household, _ in
      household.account.made.number = TextRules.foldedNumber(text)
      return nil
    },
    household("standard", ["识别标准"], "classification.standard") { text, household, lists in
      Cell.code(text, lists.identificationStandard, &household.classification.made.standard)
    },
    household("poverty_object", ["扶贫对象"], "classification.poverty_decision") { text, household, _ in
      guard let yes = Cell.truth(text) else { return .truthValue }
      household.classification.made.povertyDecision = yes ? .object : .refused
      return nil
    },
    household("civil_affairs", ["民政认定"], "classification.security_decision") {
      text,
      household,
      lists in
      guard let code = lists.civilAffairsDecision.code(for: text) else { return .codeUnknown }
      household.classification.made.securityDecision = SecurityDecision(rawValue: code)
      return nil
    },
    household("main_cause", ["主要致贫原因"], "classification.main_cause") { text, household, lists in
      Cell.code(text, lists.cause, &household.classification.made.mainCause)
    },
    household("other_causes", ["其他致贫原因"], "classification.other_causes") { text, household, lists in
      Cell.codes(text, lists.cause, limit: 12, &household.classification.made.otherCauses)
    },
    household("identified_on", ["识别日期"], "classification.identified_on") { text, household, _ in
      Cell.day(text, &household.classification.made.identifiedOn)
    },
  ]

  private static let income: [ImportColumn] = [
    household("income_year", ["收入年度", "年度"], "income.years.year") { text, household, _ in
      Cell.number(text, &household.importedYear.year)
    },
    household("net_income_per_person", ["人均纯收入", "家庭年人均纯收入"], "income.years.net_per_person") {
      text,
      household,
      _ in
      Cell.money(text, &household.importedYear.netPerPerson)
    },
    household("wages", ["工资性收入"], "income.years.wages") { text, household, _ in
      Cell.money(text, &household.importedYear.wages)
    },
    household("business_income", ["经营性收入", "家庭经营性收入"], "income.years.business") {
      text,
      household,
      _ in
      Cell.money(text, &household.importedYear.business)
    },
    household("transfers", ["转移性收入"], "income.years.transfers") { text, household, _ in
      Cell.money(text, &household.importedYear.transfers)
    },
    household("property_income", ["财产性收入"], "income.years.property") { text, household, _ in
      Cell.money(text, &household.importedYear.property)
    },
    household("production_cost", ["生产经营费用支出", "生产经营费用总支出"], "income.years.production_cost") {
      text,
      household,
      _ in
      Cell.money(text, &household.importedYear.productionCost)
    },
  ]

  private static let dwelling: [ImportColumn] = [
    household("floor_area", ["住房面积"], "dwelling.floor_area") { text, household, _ in
      Cell.hundredths(text, &household.dwelling.made.floorArea)
    },
    household("structure", ["住房结构", "房屋主要结构"], "dwelling.structure") { text, household, lists in
      Cell.code(text, lists.structure, &household.dwelling.made.structure)
    },
    household("danger_grade", ["危房等级", "是否危房"], "dwelling.danger_grade") { text, household, lists in
      Cell.code(text, lists.danger, &household.dwelling.made.dangerGrade)
    },
    household("year_built", ["建房时间", "建房年份"], "dwelling.year_built") { text, household, _ in
      Cell.number(text, &household.dwelling.made.yearBuilt)
    },
    household("drinking_water", ["饮水情况"], "dwelling.drinking_water") { text, household, lists in
      Cell.code(text, lists.water, &household.dwelling.made.drinkingWater)
    },
    household("electricity", ["通电情况"], "dwelling.electricity") { text, household, _ in
      Cell.answer(text, &household.dwelling.made.electricity)
    },
    household("reception", ["广播电视"], "dwelling.reception") { text, household, lists in
      Cell.code(text, lists.reception, &household.dwelling.made.reception)
    },
    household("fuels", ["燃料类型"], "dwelling.fuels") { text, household, lists in
      Cell.codes(text, lists.fuel, limit: 11, &household.dwelling.made.fuels)
    },
    household("road", ["入户路"], "dwelling.road") { text, household, lists in
      Cell.code(text, lists.road, &household.dwelling.made.road)
    },
    household("market_distance_km", ["距集市公里", "距离最近的乡镇市集距离"], "dwelling.market_distance") {
      text,
      household,
      _ in
      Cell.metres(text, &household.dwelling.made.marketDistance)
    },
  ]

  private static let support: [ImportColumn] = [
    household("farmland", ["耕地面积"], "production.farmland") { text, household, _ in
      Cell.hundredths(text, &household.production.made.farmland)
    },
    household("irrigated", ["有效灌溉面积"], "production.irrigated") { text, household, _ in
      Cell.hundredths(text, &household.production.made.irrigated)
    },
    household("woodland", ["林地面积"], "production.woodland") { text, household, _ in
      Cell.hundredths(text, &household.production.made.woodland)
    },
    household("orchard", ["林果面积"], "production.orchard") { text, household, _ in
      Cell.hundredths(text, &household.production.made.orchard)
    },
    household("pasture", ["牧草地面积"], "production.pasture") { text, household, _ in
      Cell.hundredths(text, &household.production.made.pasture)
    },
    household("water_surface", ["水面面积"], "production.water_surface") { text, household, _ in
      Cell.hundredths(text, &household.production.made.waterSurface)
    },
    household("organisations", ["产业组织", "产业组织类型"], "production.organisations") {
      text,
      household,
      lists in
      Cell.codes(text, lists.organisation, limit: 4, &household.production.made.organisations)
    },
    household("need", ["需求类别"], "support.needs.kind") { text, household, lists in
      Cell.code(text, lists.needKind, &household.importedNeed.kind)
    },
    household("need_scale", ["需求规模"], "support.needs.scale") { text, household, _ in
      Cell.hundredths(text, &household.importedNeed.scale)
    },
    household("need_unit", ["规模单位"], "support.needs.unit") { text, household, _ in
      household.importedNeed.unit = text
      return nil
    },
    household("need_investment", ["需求投资"], "support.needs.investment") { text, household, _ in
      Cell.money(text, &household.importedNeed.investment)
    },
    household("cadre", ["帮扶责任人"], "support.plan.cadre") { text, household, _ in
      household.support.made.plan.made.cadre = text
      return nil
    },
    household("cadre_unit", ["帮扶单位"], "support.plan.unit") { text, household, _ in
      household.support.made.plan.made.unit = text
      return nil
    },
    household("cadre_post", ["帮扶人职务"], "support.plan.post") { text, household, _ in
      household.support.made.plan.made.post = text
      return nil
    },
    household("plan", ["帮扶计划"], "support.plan.text") { text, household, _ in
      household.support.made.plan.made.text = text
      return nil
    },
    household("cadre_telephone", ["帮扶人电话"], "support.plan.telephone") { text, household, _ in
      household.support.made.plan.made.telephone = TextRules.foldedNumber(text)
      return nil
    },
    household("plan_date", ["计划日期"], "support.plan.day") { text, household, _ in
      Cell.day(text, &household.support.made.plan.made.day)
    },
  ]

  private static let person: [ImportColumn] = [
    member("name", ["姓名"], "members.identity.name") { text, member, _ in
      member.identity.made.name = text
      return nil
    },
    member(
      "id_number",
      ["公民身份号码", "证件号码", "身份证号", "身份证号码", "公民身份号码或残疾证号码"],
      "members.identity.citizen_id"
    ) { text, member, _ in
      member.identity.made.citizenId = CitizenIDNumber.folded(text)
      return nil
    },
    member("no_id_reason", ["无号码原因"], "members.identity.no_id_reason") { text, member, lists in
      Cell.code(text, lists.noIDReason, &member.identity.made.noIdReason)
    },
    member("disability_certificate", ["残疾证号"], "members.identity.disability_certificate") {
      text,
      member,
      _ in
      member.identity.made.disabilityCertificate = CitizenIDNumber.folded(text)
      return nil
    },
    member("sex", ["性别"], "members.identity.sex") { text, member, lists in
      Cell.code(text, lists.sex, &member.identity.made.sex)
    },
    member("birth_date", ["出生日期"], "members.identity.birth_date") { text, member, _ in
      Cell.day(text, &member.identity.made.birthDate)
    },
    member("relation", ["与户主关系"], "members.identity.relation") { text, member, lists in
      Cell.relation(text, lists, &member.identity.made.relation)
    },
    member("ethnic_group", ["民族"], "members.identity.ethnic_group") { text, member, lists in
      Cell.code(text, lists.ethnicGroup, &member.identity.made.ethnicGroup)
    },
    member("marital_status", ["婚姻状况"], "members.identity.marital_status") { text, member, lists in
      Cell.code(text, lists.marital, &member.identity.made.maritalStatus)
    },
    member("political_status", ["政治面貌"], "members.identity.political_status") {
      text,
      member,
      lists in
      Cell.code(text, lists.political, &member.identity.made.politicalStatus)
    },
  ]

  private static let capacity: [ImportColumn] = [
    member("education", ["文化程度"], "members.schooling.education") { text, member, lists in
      Cell.code(text, lists.education, &member.schooling.made.education)
    },
    member("at_school", ["在校生状况", "在校学生"], "members.schooling.at_school") { text, member, lists in
      Cell.code(text, lists.schooling, &member.schooling.made.atSchool)
    },
    member("health", ["健康状况"], "members.health.states") { text, member, lists in
      Cell.codes(text, lists.health, limit: 4, &member.health.made.states)
    },
    member("disability_kind", ["残疾类别"], "members.health.disability_kind") { text, member, lists in
      Cell.code(text, lists.disabilityKind, &member.health.made.disabilityKind)
    },
    member("disability_grade", ["残疾等级"], "members.health.disability_grade") { text, member, lists in
      Cell.code(text, lists.disabilityGrade, &member.health.made.disabilityGrade)
    },
    member("labour", ["劳动能力", "劳动技能"], "members.labour.capacity") { text, member, lists in
      Cell.code(text, lists.labour, &member.labour.made.capacity)
    },
    member("away_place", ["务工所在地"], "members.labour.away_place") { text, member, _ in
      member.labour.made.awayPlace = text
      return nil
    },
    member("away_months", ["务工时间(月)", "务工时间", "务工月数"], "members.labour.away_months") {
      text,
      member,
      _ in
      Cell.number(text, &member.labour.made.awayMonths)
    },
    member(
      "medical_scheme",
      ["参加新型农村合作医疗", "新农合", "是否参加新型农村合作医疗(城乡居民基本医疗保险)"],
      "members.security.medical_scheme"
    ) { text, member, _ in
      Cell.answer(text, &member.security.made.medicalScheme)
    },
    member("pension", ["参加城乡居民基本养老保险", "养老保险", "是否参加城乡居民基本养老保险"], "members.security.pension") {
      text,
      member,
      _ in
      Cell.answer(text, &member.security.made.pension)
    },
    member("dibao", ["低保人口", "是否享受低保"], "members.security.dibao") { text, member, _ in
      Cell.answer(text, &member.security.made.dibao)
    },
    member("five_guarantee", ["五保人口", "是否特困供养人员"], "members.security.five_guarantee") {
      text,
      member,
      _ in
      Cell.answer(text, &member.security.made.fiveGuarantee)
    },
  ]
}

extension Household {
  /// The one year of income that a file's row tells.
  fileprivate var importedYear: YearIncome {
    get { income?.years.first ?? YearIncome() }
    _modify {
      if income.made.years.isEmpty { income.made.years.append(YearIncome()) }
      yield &income.made.years[0]
    }
  }

  /// The one need that a file's row tells.
  fileprivate var importedNeed: Need {
    get { support?.needs.first ?? Need() }
    _modify {
      if support.made.needs.isEmpty { support.made.needs.append(Need()) }
      yield &support.made.needs[0]
    }
  }
}
