extension Rule {
  /// The rule in English, one clause without a full stop.
  package var english: String { words.0 }

  /// The rule in Chinese, one clause without a full stop.
  package var chinese: String { words.1 }

  private var words: (String, String) {
    switch self {
    case .idLength:
      (
        "an ID number has 18 characters (15 in the old form, 20 on a disability certificate)",
        "公民身份号码应为18位（旧号15位，残疾证号20位）"
      )
    case .idCharacter:
      ("an ID number is digits, with X only as check character", "公民身份号码只能是数字，仅校验码可为X")
    case .idArea: ("the ID number begins with no province's code", "公民身份号码前两位不是省级代码")
    case .idSynthetic:
      (
        "a synthetic ID number (99…) is taken only by a node for synthetic data",
        "合成号码（99开头）只能用于合成数据节点"
      )
    case .idBirthDate: ("the birth date in the ID number does not exist", "公民身份号码中的出生日期不存在")
    case .idBirthFuture:
      ("the birth date in the ID number lies in the future", "公民身份号码中的出生日期晚于当前日期")
    case .idCheckDigit: ("the check character of the ID number is wrong", "公民身份号码校验码错误")
    case .idDisabilityKind:
      ("the kind of disability in the certificate number is 1 to 7", "残疾证号中的残疾类别应为1至7")
    case .idDisabilityGrade:
      ("the grade of disability in the certificate number is 1 to 4", "残疾证号中的残疾等级应为1至4")
    case .idOrReason:
      ("a member has either an ID number or a reason for having none", "公民身份号码与无号码原因必须且只能填一项")
    case .idRepeated: ("two members of the household have the same ID number", "同一户内公民身份号码重复")
    case .idSex: ("the sex differs from the one in the ID number", "性别与公民身份号码不符")
    case .idBirth: ("the birth date differs from the one in the ID number", "出生日期与公民身份号码不符")
    case .idFifteen: ("the 15-digit number is not the old form of the ID number", "15位旧号与公民身份号码不符")
    case .idCertificate: ("the disability certificate bears another ID number", "残疾证号与公民身份号码不符")
    case .oneHead: ("a household has exactly one head", "每户必须且只能有一名户主")
    case .headFirst: ("the head is the household's first row", "户主应为该户第一行")
    case .oneSpouse: ("a household has at most one spouse of the head", "每户最多一名户主配偶")
    case .coupleSex: ("head and spouse differ in sex", "户主与配偶性别应不同")
    case .relationSex: ("the sex does not fit the relation to the head", "性别与户主关系不符")
    case .memberCount: ("a household has 1 to 30 members", "每户应有1至30人")
    case .memberRepeated: ("two members have the same member id", "人口编号重复")
    case .householdNumber:
      ("a household number has 14 digits with a right check digit", "户编号应为14位且校验码正确")
    case .divisionCode: ("a household belongs to a village's twelve-digit code", "户应属于12位村级代码")
    case .causeMain: ("a household has exactly one main cause of poverty", "主要致贫原因必须且只能填一项")
    case .causeOthers: ("a household has at most two other causes of poverty", "其他致贫原因最多两项")
    case .causeRepeated: ("the causes of poverty differ from each other", "致贫原因不得重复")
    case .fiveGuaranteeExcludes: ("five-guarantee excludes every other category", "五保户不能同时为其他类别")
    case .decisionMissing: ("the decisions give the household no category", "两部门认定结果不构成任何类别")
    case .educationOrSchooling:
      ("exactly one of education and schooling is given", "文化程度与在校状况必须且只能填一项")
    case .monthsWithPlace:
      ("months of work away are given with the place, and only then", "务工时间与务工地点应同时填写")
    case .healthContradiction: ("healthy excludes every other state of health", "健康与其他健康状况不能同时填写")
    case .memberCategory: ("a member is not on dibao and five-guarantee at once", "低保与五保不能同时享受")
    case .disability:
      ("disability and health differ from the disability certificate", "残疾类别、等级或健康状况与残疾证号不符")
    case .memberAmbiguous:
      (
        "the name fits several members of the household and nothing tells which is meant",
        "户内有多名同名人口，无法确定所指何人"
      )
    case .dwellingAbsent:
      (
        "without a dwelling (area 0) structure, year and danger grade stay empty",
        "无住房时结构、建房时间、危房等级应为空"
      )
    case .yearRepeated: ("the years of income rise and none stands twice", "收入年度应递增且不得重复")
    case .codeUnknown: ("the value is not in its code list", "不在代码表中")
    case .codeRepeated: ("a value stands twice", "选项重复")
    case .tooMany: ("there are too many values", "选项过多")
    case .required: ("a value is required", "必填")
    case .textLength: ("the text is too long", "文字过长")
    case .textControl: ("the text holds a control character", "文字含有控制字符")
    case .telephone:
      ("a telephone number is digits, + and -, 7 to 20 characters", "电话号码只能含数字、+和-，7至20位")
    case .account: ("an account number is 8 to 30 digits", "银行账号应为8至30位数字")
    case .dateInvalid:
      ("the date does not exist or is not written YYYY-MM-DD", "日期不存在或格式不是YYYY-MM-DD")
    case .dateFuture: ("the date lies in the future", "日期晚于当前日期")
    case .dateOrder: ("the end lies before the beginning", "结束早于开始")
    case .number: ("the value is not a number as written here", "不是有效数字")
    case .range: ("the number is outside its range", "数值超出范围")
    case .money: ("the amount is not yuan with at most two decimals", "金额格式错误（元，最多两位小数）")
    case .truthValue: ("the value is neither yes nor no", "应填是或否")
    case .columnUnknown: ("the column's heading is unknown", "列名未知")
    case .columnRepeated: ("two columns mean the same field", "列重复")
    case .columnMissing: ("a required column is missing", "缺少必需的列")
    case .rowFields: ("the row has another number of fields than the heading", "该行列数与表头不符")
    case .rowHousehold:
      ("a cell of the household differs from the one on the head's row", "户信息与户主所在行不一致")
    case .rowWithoutHead: ("the row belongs to no household", "该行不属于任何户")
    case .maskField: ("the mask names a field that cannot be updated", "掩码中的字段不可更新")
    case .maskMember: ("no member of the household has this id", "户内没有此人口编号")
    }
  }
}
