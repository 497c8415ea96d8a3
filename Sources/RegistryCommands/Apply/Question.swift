internal import RegistryAPI
internal import RegistryModel

/// One question of the dialogue about an application: a field of the household's form.
struct Question: Sendable {
  /// Whether the question is put, by the household so far and the member's place from 0.
  typealias Condition = @Sendable (Household, Int) -> Bool

  /// The field's path; `N` stands for the member's number.
  let path: String
  let title: Text
  /// The code list of the answer.
  var list: CodeListName?
  /// How the answer is written, where the title does not say it.
  var hint: Text?
  /// Whether an empty answer is checked too.
  var isRequired = false
  /// Further fields whose rules the answer can break.
  var checks: [String] = []
  var condition: Condition?

  init(
    _ path: String,
    _ en: String,
    _ zh: String,
    list: CodeListName? = nil,
    hint: Text? = nil,
    isRequired: Bool = false,
    checks: [String] = [],
    when condition: Condition? = nil
  ) {
    self.path = path
    title = Text(en: en, zh: zh)
    self.list = list
    self.hint = hint
    self.isRequired = isRequired
    self.checks = checks
    self.condition = condition
  }

  /// The fields whose violations concern the question: paths without the numbers of list elements.
  var fields: Set<String> {
    let own = path.split(separator: ".").filter { $0 != "N" && Int($0) == nil }
      .joined(separator: ".")
    return Set([own] + checks)
  }

  private static let yesNo = Text(en: "yes or no", zh: "是或否")
  private static let several = Text(en: "several with ;", zh: "多项以；分隔")
  private static let dayForm = Text("YYYY-MM-DD")

  /// The questions about the household, in the order of the form.
  static let household: [Question] = [
    Question("location.village", "Code of the village", "村级代码（12位）", isRequired: true),
    Question("location.group", "Village group", "村民小组"),
    Question("contact.address", "Address", "家庭住址"),
    Question("contact.telephone", "Telephone", "联系电话"),
    Question("account.bank", "Bank", "开户银行"),
    Question("account.number", "Account number", "银行账号"),
    Question(
      "classification.main_cause",
      "Main cause of poverty",
      "主要致贫原因",
      list: .cause,
      isRequired: true
    ),
    Question(
      "classification.other_causes",
      "Other causes, at most two",
      "其他致贫原因（最多两项）",
      list: .cause,
      hint: several
    ),
    Question("income.years.1.year", "Income year", "收入年度"),
    Question(
      "income.years.1.net_per_person",
      "Net income per person, yuan",
      "人均纯收入（元）",
      when: { household, _ in household.income?.years.isEmpty == false }
    ),
    Question("dwelling.floor_area", "Floor area, m2", "住房面积（平方米）"),
    Question("dwelling.structure", "Structure of the dwelling", "主要结构", list: .structure),
    Question("dwelling.danger_grade", "Danger grade", "危房等级", list: .danger),
    Question("dwelling.drinking_water", "Drinking water", "饮水情况", list: .water),
    Question("dwelling.electricity", "Electricity", "通电", hint: yesNo),
    Question("dwelling.reception", "Radio and television", "广播电视信号", list: .reception),
    Question("dwelling.road", "Road to the house", "入户路", list: .road),
    Question("production.farmland", "Farmland, mu", "耕地面积（亩）"),
  ]

  /// The questions about each member.
  static let member: [Question] = [
    Question("members.N.identity.name", "Name", "姓名", isRequired: true),
    Question("members.N.identity.citizen_id", "Citizen ID number", "公民身份号码"),
    Question(
      "members.N.identity.no_id_reason",
      "Why there is no number",
      "无号码原因",
      list: .noIDReason,
      isRequired: true,
      checks: ["members.identity.citizen_id"],
      when: withoutNumber
    ),
    Question(
      "members.N.identity.sex",
      "Sex",
      "性别",
      list: .sex,
      isRequired: true,
      when: withoutNumber
    ),
    Question(
      "members.N.identity.birth_date",
      "Birth date",
      "出生日期",
      hint: dayForm,
      isRequired: true,
      when: withoutNumber
    ),
    Question(
      "members.N.identity.relation",
      "Relation to head",
      "与户主关系",
      list: .relationOfStandard,
      isRequired: true,
      when: { _, place in place > 0 }
    ),
    Question("members.N.identity.ethnic_group", "Ethnic group", "民族", list: .ethnicGroup),
    Question(
      "members.N.schooling.at_school",
      "At school (empty: not at school)",
      "在校状况（非在校留空）",
      list: .schooling
    ),
    Question(
      "members.N.schooling.education",
      "Education",
      "文化程度",
      list: .education,
      isRequired: true,
      checks: ["members.schooling"],
      when: { household, place in
        household.members.indices.contains(place)
          && (household.members[place].schooling?.atSchool ?? 0) == 0
      }
    ),
    Question(
      "members.N.health.states",
      "Health",
      "健康状况",
      list: .health,
      hint: several,
      isRequired: true
    ),
    Question(
      "members.N.health.disability_kind",
      "Kind of disability",
      "残疾类别",
      list: .disabilityKind,
      when: isDisabled
    ),
    Question(
      "members.N.health.disability_grade",
      "Grade of disability",
      "残疾等级",
      list: .disabilityGrade,
      when: isDisabled
    ),
    Question(
      "members.N.identity.disability_certificate",
      "Number of the disability certificate",
      "残疾证号",
      checks: ["members.health.disability_kind"],
      when: isDisabled
    ),
    Question("members.N.labour.capacity", "Labour capacity", "劳动能力", list: .labour),
    Question("members.N.security.medical_scheme", "Medical scheme", "参加新农合", hint: yesNo),
    Question("members.N.security.pension", "Pension", "参加养老保险", hint: yesNo),
  ]

  private static let withoutNumber: Condition = { household, place in
    household.members.indices.contains(place)
      && household.members[place].identity?.citizenId.isEmpty ?? true
  }

  /// Code 4 of the form's list is "disabled".
  private static let isDisabled: Condition = { household, place in
    household.members.indices.contains(place)
      && household.members[place].health?.states.contains(4) ?? false
  }
}
